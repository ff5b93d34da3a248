"""Where an error is marked, and the way to it."""

from typing import Any

import pytest

from app.kernel.cells.cell import Cell
from app.kernel.cells.failure import of_exception
from app.kernel.cells.lesson import Lesson
from app.kernel.cells.scene import Scene
from app.kernel.mistake import TOO_DEEP
from tests.app.kernel.cells.run import failure, marked, run


def way(*codes: str) -> list[tuple[Any, ...]]:
    """Return each step as (cell, line, function), each folded one as (its sentence,)."""
    return [
        (step.cell, step.line, step.function)
        if hasattr(step, "cell")
        else (step.as_data()["says"],)
        for step in failure(*codes).steps
    ]


@pytest.mark.parametrize(
    ("code", "place"),
    [
        ("x = 1\ny = 1 / 0", "y = «1 / 0»"),
        ("def f(x):\n    return x.foo\n\nf(1)", "    return «x.foo»"),
        ("ü = 'ä'; ü.foo", "ü = 'ä'; «ü.foo»"),
        ("x = (1,\n  2", "x = «(»1,"),
        ("if 1\n  2", "if «1»"),
        ("  x = 1", " « »x = 1"),
        ("Value(2) * 'x'", "«Value(2) * 'x'»"),
        ("raise KeyError(1)", "«raise KeyError(1)»"),
    ],
)
def test_the_place_is_marked(code: str, place: str) -> None:
    assert marked(code, failure(code)) == place


def test_the_steps_go_from_the_call_to_the_error_through_the_learners_lines() -> None:
    code = "def g(x):\n    return h(x) + 1\n\ndef h(x):\n    return 1 / x\n\ng(0)"
    assert way(code) == [("1", 7, ""), ("1", 2, "g"), ("1", 5, "h")]
    step = failure(code).steps[1]
    assert step.as_data() == {
        **{"kind": "cell", "cell": "1", "run": 1, "line": 2, "column": 12, "end": 16},
        **{"text": "    return h(x) + 1", "function": "g", "times": 1},
    }


def test_lines_of_the_engine_are_folded() -> None:
    assert way("a = Value(1.0)\na * 'x'") == [("1", 2, ""), ("4 lines in micrograd/engine.py",)]
    code = "a = Value(1.0)\na.grad = None\n(a * 2).backward()"
    assert way(code) == [("1", 3, ""), ("1 line in micrograd/engine.py",)]


def test_lines_of_a_library_between_two_cells_are_folded() -> None:
    code = "from functools import reduce\nimport json\njson.loads('[1]', parse_int=lambda x: 1 / 0)"
    assert way(code) == [("1", 3, ""), ("3 lines in json/__init__.py and json/decoder.py",),
                         ("1", 3, "<lambda>")]  # fmt: skip


def test_what_watches_over_the_cells_is_not_in_the_way() -> None:
    code = (
        "class Own(Value):\n    def __init__(self, x):\n        super().__init__(x / 0)\n\nOwn(1)"
    )
    assert way(code) == [("1", 5, ""), ("1", 3, "__init__")]


def test_an_endless_recursion_is_counted() -> None:
    found = failure("def f(x):\n    return f(x)\n\nf(1)")
    assert found.says == "A function calls itself too often, or without end."
    assert len(found.steps) == 2
    assert found.steps[1].times > 100  # type: ignore[union-attr]


def test_a_recursion_of_two_is_shown_at_its_beginning_and_its_end() -> None:
    code = "def f(x):\n    return g(x)\n\ndef g(x):\n    return f(x)\n\nf(1)"
    steps = failure(code).steps
    assert len(steps) == 21
    assert steps[10].as_data()["says"].endswith(" lines of this way are left out")


# Other cells.


def test_an_error_in_a_function_of_another_cell_is_marked_at_the_call() -> None:
    codes = "1", "def half(x):\n    return x.halve()", "y = 1\nhalf(y)"
    found = failure(*codes)
    assert marked(codes[2], found) == "«half(y)»"
    assert found.says == "An int has no halve."
    assert found.elsewhere == "It happened in line 2 of cell 2."
    assert way(*codes) == [("3", 2, ""), ("2", 2, "half")]


def test_an_error_in_a_call_back_from_another_cell_is_marked_where_it_is() -> None:
    codes = "def call(f):\n    return f()", "def f():\n    return 1 / 0\n\ncall(f)"
    found = failure(*codes)
    assert (marked(codes[1], found), found.elsewhere) == ("    return «1 / 0»", "")
    assert way(*codes) == [("2", 4, ""), ("1", 2, "call"), ("2", 2, "f")]


def test_an_error_in_an_older_text_of_the_cell_is_marked_at_the_call() -> None:
    lesson = Lesson()
    run("def f():\n    return 1 / 0", lesson=lesson)
    found = lesson.run("1", "f()\n\n", lambda text: None).failure
    assert found is not None
    assert (found.line, found.elsewhere) == (
        1,
        "It happened in line 2 of an older text of this cell.",
    )
    assert [(step.run, step.text) for step in found.steps if hasattr(step, "run")] == [
        *[(2, "f()"), (1, "    return 1 / 0")],
    ]


# Sentences.


@pytest.mark.parametrize(
    ("code", "sentence"),
    [
        ("exit()", "This would end Python, and the page with it."),
        ("raise SystemExit", "This would end Python, and the page with it."),
        ("raise MemoryError", "This needs more memory than the browser has."),
        (
            "raise OverflowError(\"cannot fit 'int' into an index-sized integer\")",
            "This needs more memory than the browser has.",
        ),
        ("-" * 10_000 + "1", TOO_DEEP),
        ("(" * 300 + ")" * 300, TOO_DEEP),
        ("input('Name? ')", "input() cannot ask here: there is no keyboard. Write the answer into "
         "the code."),
        ("assert 1 == 2", "AssertionError"),
        ("raise ValueError('too large')", "ValueError: too large"),
        ("exec('a b')", "SyntaxError: invalid syntax (<string>, line 1)"),
        ("import nonsense_", "There is no module called nonsense_."),
        ("from math import nonsense", "The module math has no nonsense."),
        ("class E(Exception):\n    def __str__(self): return 1 / 0\nraise E", "E"),
        ("raise BaseException('x')", "BaseException: x"),
        ("a\0", "There is an invisible character in the code. Type it again."),
        ("x = '\ud800'", "There is an invisible character in the code. Type it again."),
    ],
)  # fmt: skip
def test_an_error_is_said_in_words(code: str, sentence: str) -> None:
    assert failure(code).says == sentence


@pytest.mark.parametrize("code", ["await x", "[x async for x in y]", "async with x: pass"])
def test_waiting_is_refused(code: str) -> None:
    assert failure(code).says.startswith("A cell runs from its first line to its last")


def test_an_async_function_may_be_defined() -> None:
    assert run("async def f():\n    await g()").state == "done"


def test_what_python_says_is_kept() -> None:
    assert failure("1 / 0").error == "ZeroDivisionError: division by zero"
    assert failure("assert 0").error == "AssertionError"
    assert failure("x = (").error == "SyntaxError"


def test_a_long_message_is_cut() -> None:
    assert len(failure("raise ValueError('x' * 100_000)").says) == 1000


def test_an_error_that_has_lost_its_place_claims_none() -> None:
    cell = Cell("1", 1, "a = 1", "<cell 1>")
    found = of_exception(MemoryError(), cell, lambda file: None, Scene({}, "1", [], frozenset()))
    assert (found.line, found.elsewhere) == (0, "")
