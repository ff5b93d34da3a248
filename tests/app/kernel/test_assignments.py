"""Exercises as the page asks for them."""

import json

import pytest

from app.kernel.assignments import check_answer, exercise, solution
from app.kernel.exercises.collection import EXERCISES
from app.kernel.lessons import forget_lesson, run_cell


def answered(name: str, code: str) -> dict[str, object]:
    forget_lesson("homework")
    run_cell("homework", "1", code, [["1", code]], print)
    return check_answer("homework", name, print)


@pytest.mark.parametrize("name", EXERCISES)
def test_a_solution_is_right_and_the_starting_text_is_not(name: str) -> None:
    assert answered(name, solution(name)["code"]) == {"passed": True, "says": "This is right."}
    start = answered(name, exercise(name)["start"])
    assert start["passed"] is False
    assert start["says"]


@pytest.mark.parametrize("name", EXERCISES)
def test_exercise_is_plain_and_keeps_its_solution_to_itself(name: str) -> None:
    shown = exercise(name)
    assert set(shown) == {"name", "title", "task", "start", "hints", "checks"}
    assert solution(name)["code"] not in json.dumps(shown)


def test_check_answer_that_is_stopped_says_so() -> None:
    code = "def derivative(x):\n    raise KeyboardInterrupt"
    name = "tanh"
    start = exercise(name)["start"]
    function = start.split("def ")[1].split("(")[0]
    found = answered(name, code.replace("derivative", function))
    assert found["passed"] is False
    assert str(found["says"]).startswith("Stopped.")
