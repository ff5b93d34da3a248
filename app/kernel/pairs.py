"""The accidents as pairs of figures: beside what should be, what an accident makes of it."""

from functools import cache
from textwrap import dedent
from typing import Any

from .accidents import accidents
from .drawing import node_place
from .figure import figure
from .language import say
from .names import names
from .numbers import show


def accident(name: str) -> dict[str, Any]:
    """Return one accident: both figures, the change that makes it, and where it first shows."""
    found = _by_name()[name]
    wrong = found["first_wrong"]
    label = names(found["wrong"])[wrong["node"]]
    forward, title = len(found["wrong"]["forward"]), say(found["title"])
    return {
        "name": name,
        "says": say(found["says"]),
        "change": {
            "where": found["change"]["where"],
            "before": dedent(found["change"]["before"]).rstrip(),
            "after": dedent(found["change"]["after"]).rstrip(),
        },
        "right": figure(found["right"], say("{title}: as it should be", title=title)),
        "wrong": figure(found["wrong"], say("{title}: the accident", title=title)),
        "mark": {
            "places": [f"{node_place(wrong['node'])} .grad"],
            "step": forward + wrong["step"] + 1,
            "says": _says(label, wrong),
            "says_in_the_end": _says(label, wrong["in_the_end"]),
            "in_the_end": [f"{node_place(i)} .grad" for i in _wrong_in_the_end(found)],
        },
        "code": found["code"]["wrong"],
    }


def _says(name: str, numbers: dict[str, Any]) -> str:
    wrong, right = show(numbers["wrong"]), show(numbers["right"])
    return say("{name}: {wrong} should be {right}.", name=name, wrong=wrong, right=right)


def _wrong_in_the_end(found: dict[str, Any]) -> list[int]:
    """Return the leaves whose gradient is not what it should be, when all is done."""
    pairs = zip(found["right"]["nodes"], found["wrong"]["nodes"])
    return [a["id"] for a, b in pairs if not a["operands"] and a["grad"] != b["grad"]]


@cache
def _by_name() -> dict[str, Any]:
    return {accident["id"]: accident for accident in accidents()}
