"""The steps of a trace: each node as it was computed, each gradient as it was written, in turn."""

from itertools import takewhile
from typing import Any, NamedTuple

Event = dict[str, Any]


class Step(NamedTuple):
    """One event of a trace, and its place among the forward or the backward ones."""

    is_forward: bool
    number: int
    event: Event


def steps(trace: dict[str, Any]) -> list[Step]:
    """Return all events in the order in which they happened.

    A backward event tells how many nodes had been `computed` by then; where it does not, it came
    after all of them.
    """
    forward = [Step(True, i, event) for i, event in enumerate(trace["forward"])]
    found: list[Step] = []
    done = 0
    for i, event in enumerate(trace["backward"]):
        computed = event.get("computed", len(forward))
        found += [*forward[done:computed], Step(False, i, event)]
        done = max(done, computed)
    return found + forward[done:]


def forward_pass(trace: dict[str, Any]) -> int:
    """Return how many steps there are before the first gradient is written."""
    return sum(1 for _ in takewhile(lambda step: step.is_forward, steps(trace)))
