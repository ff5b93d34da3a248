"""Tells what each write to a gradient was: a trace has more of them than the chain rule's."""

import math
from typing import Any

Event = dict[str, Any]


def kinds(trace: dict[str, Any]) -> list[str]:
    """Return the kind of each backward event.

    "seed": the 1 at the output; "pass": a contribution that is added; "overwrite": one that is not;
    "zero": a gradient set to 0; "kept": what a leaf had from an earlier call is added again;
    "given": any other number that was set from outside.
    """
    found = []
    zeroed: dict[int, float] = {}  # what each node lost when it was set to 0
    lost: dict[int, float] = {}  # the same, as it was when the call began
    for event in trace["backward"]:
        kind = _kind(event, lost)
        if kind == "zero":
            zeroed[event["to"]] = event["before"]
            lost.pop(event["to"], None)
        elif kind == "seed":
            lost, zeroed = {**lost, **zeroed}, {}
        elif kind == "kept":
            lost.pop(event["to"])
        found.append(kind)
    return found


def calls(trace: dict[str, Any]) -> list[int]:
    """Return for each backward event which call of `backward()` it belongs to, from 0 on.

    Setting gradients to 0 belongs to the call that follows. An engine that leaves the old 1 at the
    output makes no new one: then its next call begins when the output passes on once more.
    """
    numbers, call, output = [], 0, None
    passed: set[tuple[int, int]] = set()
    for event, kind in zip(trace["backward"], kinds(trace)):
        edge = event["from"], event["slot"]
        is_inner = event.get(
            "is_inner"
        )  # several nodes may use an edge that leads into a folded part
        begins_again = edge in passed and event["from"] == output and not is_inner
        if output is not None and (kind in ("zero", "seed") or begins_again):
            call, output = call + 1, None
            passed.clear()
        if kind == "seed":
            output = event["to"]
        elif event["from"] is not None:
            output = event["from"] if output is None else output
            passed.add(edge)
        numbers.append(call)
    return numbers


def outputs(trace: dict[str, Any]) -> list[int | None]:
    """Return for each event the output: the node whose derivatives it is about.

    That is the node that was given the 1 last; without one, the first that passed anything on.
    """
    found: list[int | None] = []
    output = None
    for event, kind in zip(trace["backward"], kinds(trace)):
        if kind == "seed":
            output = event["to"]
        elif output is None:
            output = event["from"]
        found.append(output)
    return found


def _kind(event: Event, lost: dict[int, float]) -> str:
    before, given, after = event["before"], event["contribution"], event["after"]
    if event["from"] is not None:
        return "overwrite" if after == given and before + given != after else "pass"
    if event["to"] in lost and given != 0 and _is_about(given, lost[event["to"]], before):
        return "kept"
    if after == 0 and given in (0, -before):  # read before it was set, it seems to be subtracted
        return "zero"
    return "seed" if given == after == 1 else "given"


def _is_about(x: float, y: float, before: float) -> bool:
    """Compare what was added, known up to rounding as after - before, with what was lost."""
    return math.isclose(x, y, rel_tol=1e-9, abs_tol=1e-9 * abs(before)) or (x != x and y != y)
