"""What a check asks of the learner's names: the thing that belongs there, or a sentence why not."""

import math
from collections.abc import Callable
from typing import Any

from ..cells.words import a
from .exercise import Names

LONGEST = 30  # characters of a text that is quoted

_FORGETS = " A number does not remember how it was made: compute with Values, not with their .data."


class UnmetError(Exception):
    """There is something else than was asked for. The message is a sentence for the learner."""


def function(names: Names, name: str) -> Callable[..., Any]:
    """Return the learner's function of this name."""
    thing = _named(names, name, "def")
    if isinstance(thing, type) or not callable(thing):
        raise UnmetError(_is_used_twice(name, thing, "a function"))
    found: Callable[..., Any] = thing
    return found


def a_class(names: Names, name: str) -> Any:
    """Return the learner's class of this name."""
    thing = _named(names, name, "class")
    if not isinstance(thing, type):
        raise UnmetError(_is_used_twice(name, thing, "a class"))
    return thing


def number(thing: object, what: str) -> float:
    """Return a plain number as a float; `what` names it at the beginning of a sentence."""
    _expect_something(thing, what)
    if isinstance(thing, bool) or not isinstance(thing, int | float):
        way_out = " Take its number, which is its .data." if _is_node(thing) else ""
        raise UnmetError(f"{what} is {describe(thing)}, where a plain number belongs.{way_out}")
    if thing != thing:
        raise UnmetError(f"{what} is nan, which means: not a number.")
    try:
        return float(thing)
    except OverflowError:  # an int beyond the largest float
        return math.inf if thing > 0 else -math.inf


def pair(thing: object, what: str) -> tuple[float, float]:
    """Return two plain numbers, from a tuple or a list."""
    _expect_something(thing, what)
    if not isinstance(thing, tuple | list):
        raise UnmetError(
            f"{what} is {describe(thing)}, where two numbers belong. Write return x, y."
        )
    if len(thing) != 2:
        raise UnmetError(f"{what} is {describe(thing)} of {len(thing)}, where two numbers belong.")
    return number(thing[0], f"The first number of {what}"), number(
        thing[1], f"The second number of {what}"
    )


def value(thing: object, what: str) -> Any:
    """Return a Value, of whatever class: it has data and grad."""
    _expect_something(thing, what)
    if not _is_node(thing):
        forgets = isinstance(thing, int | float)
        raise UnmetError(
            f"{what} is {describe(thing)}, where a Value belongs.{_FORGETS if forgets else ''}"
        )
    return thing


def describe(thing: object) -> str:
    """Say what a thing is, without asking it: its own `__repr__` may do anything."""
    if isinstance(thing, str):
        return f"the text {thing!r}" if len(thing) <= LONGEST else "a long text"
    if isinstance(thing, bool):
        return repr(thing)
    if isinstance(thing, int | float):
        return "a plain number"
    if isinstance(thing, type):
        return f"the class {thing.__name__}"
    return a(type(thing).__name__)


def _named(names: Names, name: str, keyword: str) -> Any:
    if name not in names:
        raise UnmetError(
            f"There is no {name} yet. Keep the line that begins with {keyword} {name}, "
            "and write below it."
        )
    return names[name]


def _is_used_twice(name: str, thing: object, kind: str) -> str:
    return (
        f"{name} is {describe(thing)} now, and should be {kind}: this name is used for two things. "
        "Choose another one for the second."
    )


def _expect_something(thing: object, what: str) -> None:
    if thing is ...:
        raise UnmetError(f"{what} is still the three points ... of the beginning. Replace them.")
    if thing is None:
        raise UnmetError(f"{what} is None. Does the function return its result?")


def _is_node(thing: object) -> bool:
    return not isinstance(thing, type) and hasattr(thing, "data") and hasattr(thing, "grad")
