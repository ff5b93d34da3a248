"""The accidents as pairs of figures: beside what should be, what an accident makes of it."""

from functools import cache
from textwrap import dedent
from typing import Any

from app.kernel.accidents import accidents
from app.kernel.drawing import node_place
from app.kernel.figure import figure
from app.kernel.numbers import show


def accident(name: str) -> dict[str, Any]:
    """Return one accident: both figures, the change that makes it, and where it first shows."""
    found = _by_name()[name]
    wrong = found["first_wrong"]
    forward = len(found["wrong"]["forward"])
    return {
        "name": name,
        "says": found["says"],
        "change": {
            "where": found["change"]["where"],
            "before": dedent(found["change"]["before"]).rstrip(),
            "after": dedent(found["change"]["after"]).rstrip(),
        },
        "right": figure(found["right"], f"{found['title']}: as it should be"),
        "wrong": figure(found["wrong"], f"{found['title']}: the accident"),
        "mark": {
            "place": f"{node_place(wrong['node'])} .grad",
            "step": forward + wrong["step"] + 1,
            "says": f"{show(wrong['wrong'])} should be {show(wrong['right'])}.",
        },
    }


@cache
def _by_name() -> dict[str, Any]:
    return {accident["id"]: accident for accident in accidents()}
