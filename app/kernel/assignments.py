"""The exercises of the page: what is shown of one, and whether a learner's answer is right."""

from collections.abc import Callable
from typing import Any

from .exercises.collection import EXERCISES
from .language import say
from .lessons import lesson_named


def exercise(name: str) -> dict[str, Any]:
    """Return the task of an exercise, its starting text and its hints."""
    return EXERCISES[name].as_data()


def check_answer(lesson: str, name: str, tell: Callable[[str], object]) -> dict[str, Any]:
    """Check what the cells of a lesson have defined; what the checks print is not shown.

    The checks run the learner's code, which may not end: then it is stopped from outside.
    """
    try:
        found = lesson_named(lesson).check(EXERCISES[name])
    except KeyboardInterrupt as stop:
        return {
            "passed": False,
            "says": " ".join([say("Stopped."), *getattr(stop, "__notes__", [])]),
        }
    return {"passed": found.passed, "says": found.says}


def solution(name: str) -> dict[str, Any]:
    """Return the code of a right answer."""
    return {"code": EXERCISES[name].solution}
