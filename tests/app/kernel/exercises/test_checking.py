"""Trying out answers: what they raise, print and leave behind."""

import random
from typing import Any

import pytest

from app.kernel.cells.lesson import Lesson
from app.kernel.exercises.checking import Result, check
from app.kernel.exercises.collection import EXERCISES
from app.kernel.exercises.demand import UnmetError
from app.kernel.exercises.exercise import Check, Exercise
from tests.app.kernel.exercises.answer import answer


def exercise(*checks: Check) -> Exercise:
    return Exercise("one", "One", "", "", checks, [], "", {})


def check_f(names: dict[str, Any]) -> str | None:
    """What f gives."""
    return None if names["f"]() == 1 else "f gives something else."


def check_sign(names: dict[str, Any]) -> str | None:
    """The sign."""
    return "" if names["f"]() > 0 else "f is not above 0."


def check_unmet(names: dict[str, Any]) -> str | None:
    """Nothing."""
    raise UnmetError("There is no f.")


ONE = exercise(check_sign, check_f)


@pytest.mark.parametrize(
    ("code", "result"),
    [
        ("def f(): return 1", Result(True, "This is right.")),
        ("def f(): return 2", Result(False, "f gives something else.", "check_f")),
        ("def f(): return -1", Result(False, "f is not above 0.", "check_sign")),
    ],
)
def test_check_stops_at_the_first_check_that_fails(code: str, result: Result) -> None:
    assert answer(ONE, code) == result


def test_check_hands_on_what_a_demand_says() -> None:
    assert check(exercise(check_unmet), {}) == (False, "There is no f.", "check_unmet")


@pytest.mark.parametrize(
    ("code", "says"),
    [
        ("def f():\n    x = 1\n    return x / 0", "The sign: your code stops in line 3. "
         "ZeroDivisionError: division by zero"),
        ("def f():\n    return nmae", "The sign: your code stops in line 2. nmae has no value yet "
         "at this place."),
        ("def f(): return f()", "The sign: your code stops in line 1. A function calls itself too "
         "often, or without end."),
        ("def f(): exit()", "The sign: your code stops in line 1. This would end Python, and the "
         "page with it."),
        ("def f(): raise GeneratorExit", "The sign: your code stops in line 1. GeneratorExit"),
        ("def f(x): return 1", "The sign: f needs 1 more value in its brackets: x."),
        ("sum = 3\ndef f(): return sum([1])", "The sign: your code stops in line 2. This is an "
         "int, and not a function. sum was made an int, and hides Python's own sum(). Choose "
         "another name for it, and run: del sum"),
        ("import math\nmath = 3\ndef f(): return math.exp(0)", "The sign: your code stops in line "
         "3. An int has no exp. math is a plain number now, and hides the module math. Choose "
         "another name for it."),
        ("class E(Exception):\n    def __str__(self): raise self\ndef f(): raise E", "The sign: "
         "your code stops in line 3. E"),
    ],
)  # fmt: skip
def test_check_tells_in_words_what_an_answer_raises(code: str, says: str) -> None:
    code = code.replace("exit()", "raise SystemExit")
    assert answer(ONE, code) == (False, says, "check_sign")


def test_check_lets_a_stop_pass_with_a_note_of_where_it_was() -> None:
    with pytest.raises(KeyboardInterrupt) as stop:
        answer(ONE, "def f(): raise KeyboardInterrupt")
    assert stop.value.__notes__ == ["This did not come to an end: The sign."]


def test_check_drops_prints_and_warnings(capsys: pytest.CaptureFixture[str]) -> None:
    code = "import warnings\ndef f():\n    print('hello')\n    warnings.warn('oh')\n    return 1"
    assert answer(ONE, code).passed
    assert capsys.readouterr() == ("", "")


def test_check_gives_the_same_random_numbers_each_time_and_leaves_those_outside_alone() -> None:
    seen: list[float] = []
    random.seed(7)
    expected = random.Random(7).random()
    for _ in range(2):
        check(exercise(check_f), {"f": lambda: seen.append(random.random())})
    assert seen[0] == seen[1]
    assert random.random() == expected


def test_check_takes_the_engine_of_the_lesson() -> None:
    code = EXERCISES["training_loop"].solution.replace(
        "    losses = []", "    assert type(model.w) is Value is Own\n    losses = []"
    )
    code = f"from micrograd.engine import Value as Own\n{code}"
    assert answer(EXERCISES["training_loop"], code).passed


def test_check_takes_the_names_of_a_lesson_that_has_run() -> None:
    lesson = Lesson()
    tanh = EXERCISES["tanh"]
    lesson.run("1", "import math", print)
    assert lesson.run("2", tanh.wrong["no square"].code, print).state == "done"
    assert check(tanh, lesson.names).says == tanh.wrong["no square"].says
    assert lesson.run("2", tanh.solution, print).state == "done"
    assert check(tanh, lesson.names).passed
