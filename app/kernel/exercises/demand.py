"""What a check asks of the learner's names: the thing that belongs there, or a sentence why not."""

import math
from collections.abc import Callable
from typing import Any

from ..language import a, noted, say
from .exercise import Names

LONGEST = 30  # characters of a text that is quoted

# What a name should be, which is used for two things.
FUNCTION = noted(
    "{name} is {thing} now, and should be a function: this name is used for two things. "
    "Choose another one for the second."
)
CLASS = noted(
    "{name} is {thing} now, and should be a class: this name is used for two things. "
    "Choose another one for the second."
)


class UnmetError(Exception):
    """There is something else than was asked for. The message is a sentence for the learner."""


def function(names: Names, name: str) -> Callable[..., Any]:
    """Return the learner's function of this name."""
    thing = _named(names, name, "def")
    if isinstance(thing, type) or not callable(thing):
        raise UnmetError(say(FUNCTION, name=name, thing=describe(thing)))
    found: Callable[..., Any] = thing
    return found


def a_class(names: Names, name: str) -> Any:
    """Return the learner's class of this name."""
    thing = _named(names, name, "class")
    if not isinstance(thing, type):
        raise UnmetError(say(CLASS, name=name, thing=describe(thing)))
    return thing


def number(thing: object, what: str) -> float:
    """Return a plain number as a float; `what` names it at the beginning of a sentence."""
    _expect_something(thing, what)
    if isinstance(thing, bool) or not isinstance(thing, int | float):
        says = _is(noted("{what} is {thing}, where a plain number belongs."), what, thing)
        way_out = say("Take its number, which is its .data.") if _is_node(thing) else ""
        raise UnmetError(f"{says} {way_out}".rstrip())
    if thing != thing:
        raise UnmetError(say("{what} is nan, which means: not a number.", what=what))
    try:
        return float(thing)
    except OverflowError:  # an int beyond the largest float
        return math.inf if thing > 0 else -math.inf


def pair(thing: object, what: str) -> tuple[float, float]:
    """Return two plain numbers, from a tuple or a list."""
    _expect_something(thing, what)
    if not isinstance(thing, tuple | list):
        text = noted("{what} is {thing}, where two numbers belong. Write return x, y.")
        raise UnmetError(_is(text, what, thing))
    if len(thing) != 2:
        text = noted("{what} is {thing} of {count}, where two numbers belong.")
        raise UnmetError(_is(text, what, thing, count=len(thing)))
    return (
        number(thing[0], say("The first number of {what}", what=what)),
        number(thing[1], say("The second number of {what}", what=what)),
    )


def value(thing: object, what: str) -> Any:
    """Return a Value, of whatever class: it has data and grad."""
    _expect_something(thing, what)
    if not _is_node(thing):
        says = _is(noted("{what} is {thing}, where a Value belongs."), what, thing)
        forgets = say(
            "A number does not remember how it was made: compute with Values, not with their .data."
        )
        raise UnmetError(f"{says} {forgets}" if isinstance(thing, int | float) else says)
    return thing


def _is(text: str, what: str, thing: object, **values: object) -> str:
    return say(text, what=what, thing=describe(thing), **values)


def describe(thing: object) -> str:
    """Say what a thing is, without asking it: its own `__repr__` may do anything."""
    if isinstance(thing, str):
        if len(thing) > LONGEST:
            return say("a long text")
        return say("the text {text}", text=repr(thing))
    if isinstance(thing, bool):
        return repr(thing)
    if isinstance(thing, int | float):
        return say("a plain number")
    if isinstance(thing, type):
        return say("the class {name}", name=thing.__name__)
    return a(type(thing).__name__)


def _named(names: Names, name: str, keyword: str) -> Any:
    if name not in names:
        raise UnmetError(
            say(
                "There is no {name} yet. Keep the line that begins with {keyword} {name}, "
                "and write below it.",
                name=name,
                keyword=keyword,
            )
        )
    return names[name]


def _expect_something(thing: object, what: str) -> None:
    if thing is ...:
        raise UnmetError(
            say("{what} is still the three points ... of the beginning. Replace them.", what=what)
        )
    if thing is None:
        raise UnmetError(say("{what} is None. Does the function return its result?", what=what))


def _is_node(thing: object) -> bool:
    return not isinstance(thing, type) and hasattr(thing, "data") and hasattr(thing, "grad")
