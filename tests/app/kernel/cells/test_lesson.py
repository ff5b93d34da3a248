"""Cells that share their names."""

import builtins
import json
import sys
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import micrograd.engine
from app.kernel.cells.lesson import Lesson
from app.kernel.cells.outcome import Outcome
from app.kernel.recorded import ORIGINAL
from tests.app.kernel.cells.run import failure, printed, run
from tests.app.kernel.test_mistake import mutated


def text(*codes: str, lesson: Lesson | None = None) -> str:
    found = run(*codes, lesson=lesson)
    assert found.shown is not None, found
    return found.shown.text


def ignore(text: str) -> None:
    pass


# Names.


def test_cells_share_their_names() -> None:
    assert text("x = 2", "def f(): return x", "x = 3", "f()") == "3"


def test_two_lessons_share_nothing() -> None:
    one, other = Lesson(), Lesson()
    run("x = 1\nValue.double = lambda self: self + self", lesson=one)
    assert failure("x").says == "x has no value yet at this place."
    assert run("Value(1.0).double()", lesson=other).state == "failed"
    assert text("Value(1.0).double().data", lesson=one) == "2.0"


def test_a_lesson_begins_with_a_value_that_is_nobody_elses() -> None:
    run("Value.__mul__ = None")
    assert (ORIGINAL(2.0) * 3).data == (micrograd.engine.Value(2.0) * 3).data == 6.0


@pytest.mark.parametrize(
    "code",
    [
        "from micrograd.engine import Value as V\nV is Value",
        "from micrograd import Value as V\nV is Value",
        "from micrograd import engine\nengine.Value is Value",
        "import micrograd.engine\nmicrograd.engine.Value is Value",
        "import micrograd as m\nm.Value is Value",
        "import math, random, itertools, collections\nmath.pi > 3",
        "__name__ == '__main__'",
        "import sys\nsys.modules['__main__'].__dict__ is globals()",
        "import copy\na = Value(2.0)\ncopy.deepcopy(a * a).data == 4",
        "from dataclasses import dataclass\n@dataclass\nclass P:\n    x: 'int'\nP(1) == P(1)",
    ],
)
def test_imports_work_and_give_the_lessons_own_engine(code: str) -> None:
    assert text(code) == "True"


def test_modules_are_put_back() -> None:
    before = {name: sys.modules[name] for name in ("__main__", "micrograd", "micrograd.engine")}
    run("import micrograd.engine\n1 / 0")
    assert {name: sys.modules[name] for name in before} == before
    assert sys.modules["micrograd.engine"].Value is micrograd.engine.Value


def test_a_class_of_an_earlier_cell_is_watched_in_a_later_one() -> None:
    lesson = Lesson()
    make = "def make():\n    class V(Value):\n        def __init__(self, x): super().__init__(x)\n"
    run(
        f"{make}    return V", "V = make()\na = V(2.0)", "b = a * a\nb.backward()\nb", lesson=lesson
    )
    assert lesson.graph is not None
    assert len(lesson.graph["backward"]) == 3


def test_the_source_of_a_function_is_shown_by_inspect() -> None:
    code = "import inspect\ndef f(x):\n    return x  # ä\n\nprint(inspect.getsource(f), end='')"
    assert printed(code) == "def f(x):\n    return x  # ä\n"


def test_the_source_of_the_engine_is_shown_by_inspect() -> None:
    assert printed("import inspect\nprint(inspect.getsource(Value))").startswith("class Value:")


def test_a_traceback_that_is_printed_shows_the_cells_lines() -> None:
    code = "import traceback\ntry:\n    1 / 0\nexcept ZeroDivisionError:\n    traceback.print_exc()"
    shown = printed(code)
    assert 'File "<cell 1>", line 3, in <module>\n    1 / 0' in shown


def test_builtins_of_python_are_left_alone() -> None:
    before = dict(vars(builtins))
    run("import builtins\nclass A: pass")
    assert dict(vars(builtins)) == before


# Runs.


def test_runs_are_numbered_from_1() -> None:
    lesson = Lesson()
    numbers = [lesson.run(cell, "1", ignore).number for cell in "ABA"]
    assert numbers == [1, 2, 3]
    assert lesson.numbers() == {"A": 3, "B": 2}


def test_a_cell_that_cannot_be_read_has_a_number_but_has_not_run() -> None:
    lesson = Lesson()
    assert lesson.run("A", "x = (", ignore).number == 1
    assert lesson.numbers() == {}


def test_out_of_date_and_to_run_first_follow_the_runs() -> None:
    lesson = Lesson()
    texts = [("A", "x = 1"), ("B", "y = x"), ("C", "y")]
    assert lesson.to_run_first(texts, "C") == ["A", "B"]
    for cell, code in texts:
        lesson.run(cell, code, ignore)
    assert lesson.out_of_date(texts) == []
    lesson.run("A", "x = 2", ignore)
    assert lesson.out_of_date(texts) == ["A", "B", "C"]
    texts[0] = ("A", "x = 2")
    assert lesson.out_of_date(texts) == ["B", "C"]
    lesson.run("B", "1 / 0", ignore)
    assert lesson.to_run_first(texts, "C") == ["B"]


def test_names_that_only_the_run_knows_are_defined_too() -> None:
    lesson = Lesson()
    texts = [("A", "from math import *"), ("B", "pi"), ("C", "globals()['z'] = 1"), ("D", "z")]
    for cell, code in texts:
        lesson.run(cell, code, ignore)
    lesson.run("A", texts[0][1], ignore)
    assert lesson.out_of_date(texts) == []  # pi is the same one
    lesson.run("C", "globals()['z'] = 2", ignore)
    assert lesson.out_of_date(texts) == ["C", "D"]


def test_old_sources_are_forgotten_but_not_those_of_the_last_runs() -> None:
    lesson = Lesson()
    lesson.run("A", "def f(): 1 / 0", ignore)
    for _ in range(600):
        lesson.run("B", "1", ignore)
    assert len(lesson._cells) == 503  # and the last run of A, and the last two of B
    found = run("f()", lesson=lesson).failure
    assert found is not None
    assert found.elsewhere == "It happened in line 1 of another cell."


def test_the_last_graph_is_kept_until_the_next_run() -> None:
    lesson = Lesson()
    run("Value(1.0)", lesson=lesson)
    assert lesson.graph is not None
    run("1", lesson=lesson)
    assert lesson.graph is None


# Ends.


def test_a_stop_is_no_error_and_names_survive() -> None:
    lesson = Lesson()
    found = run("x = 1\nraise KeyboardInterrupt\nx = 2", lesson=lesson)
    assert found == Outcome("1", 1, "stopped")
    assert text("x", lesson=lesson) == "1"


def test_a_stop_while_something_is_shown_is_a_stop() -> None:
    code = "class A:\n    def __repr__(self): raise KeyboardInterrupt\nA()"
    assert run(code).state == "stopped"


@pytest.mark.parametrize("end", ["1 / 0", "raise KeyboardInterrupt", "raise SystemExit", "1"])
def test_the_engine_is_left_as_it_was(end: str) -> None:
    lesson = Lesson()
    before = dict(vars(lesson.names["Value"]))
    run(f"L = Value(1.0) * 2\nL.backward()\n{end}", lesson=lesson)
    assert dict(vars(lesson.names["Value"])) == before


def test_standard_output_is_put_back() -> None:
    before = sys.stdout, sys.stderr
    run("import sys\nsys.stdout = None\n1 / 0")
    assert (sys.stdout, sys.stderr) == before


def test_as_data_is_json() -> None:
    codes = ["Value(2.0) * 3", "1 / 0", "raise KeyboardInterrupt", "x = (", "float('nan')", ""]
    for code in codes:
        data = run(code).as_data()
        assert json.loads(json.dumps(data, allow_nan=False)) == data
    assert run("").as_data() == {
        **{"cell": "1", "number": 1, "state": "done"},
        **{"shown": None, "failure": None, "advice": ""},
    }


def test_floats_are_exact_in_json() -> None:
    data = json.loads(json.dumps(run("Value(0.1) + Value(0.2)").as_data()))
    assert data["shown"]["trace"]["nodes"][2]["data"] == 0.1 + 0.2


# As a plain Python would.

PIECES = [
    *["x = 1", "x = 2.5", "y = x", "y = x + 1", "x += 1", "xs = [x]", "xs.append(x)", "del y"],
    *["def f(): return x", "z = f()", "x = f() * 2", "z = [i * x for i in range(3)]"],
    *["for i in range(3): x = i", "if x > 2: y = 3", "import math", "w = math.sqrt(4)", "1 / 0"],
    *["class A:\n    k = x", "k = A.k", "x = 3; y = 1 / 0", "y", "print(x)", "x = ("],
]


@settings(max_examples=100, deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=12))
def test_a_lesson_has_the_names_that_plain_python_has(codes: list[str]) -> None:
    lesson, plain = Lesson(), dict[str, Any]()
    for code in codes:
        failed = lesson.run(code, code, ignore).state == "failed"
        try:
            exec(code, plain)
            assert not failed
        except Exception:
            assert failed
    assert known(lesson.names) == known(plain)


def known(names: dict[str, Any]) -> dict[str, Any]:
    """Return the names with what they stand for; of functions and classes, that they are there."""
    own = {name: x for name, x in names.items() if name != "Value" and not name.startswith("__")}
    return {name: type(x) if name in "fA" else x for name, x in own.items()}


def test_exit_leaves_standard_input_open() -> None:
    before = sys.stdin
    for code in ("exit()", "quit(1)"):
        assert run(code).state == "failed"
    assert sys.stdin is before
    assert not sys.stdin.closed


# Whatever is typed.


@settings(max_examples=150, deadline=None)
@given(st.text("ab(L+*)=.,:' \n\t#^ä×", max_size=25))
def test_random_signs_and_names_always_have_an_outcome(code: str) -> None:
    json.dumps(run("a = Value(2.0)", code).as_data(), allow_nan=False)


@settings(max_examples=150, deadline=None)
@given(mutated())
def test_a_program_that_was_mistyped_always_has_an_outcome(code: str) -> None:
    found = run("a, b, c = Value(1), Value(2), Value(3)", code)
    json.dumps(found.as_data(), allow_nan=False)
    if found.failure and found.failure.line:
        assert 1 <= found.failure.line <= len(code.split("\n"))


def test_what_a_learner_does_to_the_lesson_itself_ends_with_the_run() -> None:
    assert text("__builtins__ = 3", "len('ab')") == "2"


def test_what_python_warns_of_is_printed() -> None:
    with pytest.warns(SyntaxWarning, match='"is" with'):
        run("1 is 2")


def test_a_cell_that_imports_what_is_there_already_puts_no_other_out_of_date() -> None:
    lesson = Lesson()
    texts = [("1", "a = Value(2.0)"), ("2", "from micrograd.engine import Value")]
    for cell, code in texts:
        lesson.run(cell, code, print)
    assert lesson.out_of_date(texts) == []
