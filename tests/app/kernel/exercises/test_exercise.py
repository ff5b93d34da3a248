"""Reading an exercise from its file."""

import json
from types import ModuleType

import pytest

from app.kernel.exercises.collection import EXERCISES
from app.kernel.exercises.exercise import Wrong, read

TEXT = '''
"""One more."""
from app.kernel.exercises.exercise import Wrong
TASK, START, SOLUTION = "Add 1.", "x = ...", "x = 1"
HINTS = ["Count."]
WRONG = {"two": Wrong("x = 2", "x is 2.")}
def check_sign(names):
    """The sign of x.

    More about it.
    """
def check_x(names):
    """The number x."""
def helper(names): ...
'''


def module(text: str) -> ModuleType:
    made = ModuleType("app.lessons.exercises.more")
    exec(text, vars(made))
    return made


def test_read_finds_all_parts() -> None:
    found = read(module(TEXT))
    assert found[:4] == ("more", "One more", "Add 1.", "x = ...")
    assert [check.__name__ for check in found.checks] == ["check_sign", "check_x"]
    assert found[5:] == (["Count."], "x = 1", {"two": Wrong("x = 2", "x is 2.")})


def test_as_data_keeps_the_solution_to_itself() -> None:
    assert read(module(TEXT)).as_data() == {
        "name": "more",
        "title": "One more",
        "task": "Add 1.",
        "start": "x = ...",
        "hints": ["Count."],
        "checks": ["The sign of x", "The number x"],
    }


@pytest.mark.parametrize(
    ("before", "after", "message"),
    [
        ('"""One more."""', "", "has no docstring"),
        ("SOLUTION", "ANSWER", "has no SOLUTION"),
        ("HINTS", "Hints", "has no HINTS"),
        ("def check_", "def _", r"has no check_\.\.\."),
        ('"""The number x."""', "...", "has no docstring of check_x"),
    ],
)
def test_read_says_what_is_missing(before: str, after: str, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        read(module(TEXT.replace(before, after)))


def test_the_collection_keeps_the_order_of_the_course() -> None:
    assert list(EXERCISES) == [
        *("local_derivatives", "tanh", "multiplication", "backward", "neuron", "training_loop"),
    ]
    json.dumps([exercise.as_data() for exercise in EXERCISES.values()])
