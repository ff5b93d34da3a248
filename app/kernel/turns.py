"""Whose turn it is to pass a gradient on: any node that has got its own from everybody it feeds."""

from typing import Any, NamedTuple

from .language import say
from .names import names
from .writes import calls, kinds


class _Call(NamedTuple):
    """One call of `backward()`, some of whose events have been made already."""

    output: int | None
    begun: bool  # is the 1 at the output?
    due: set[tuple[int, int, int]]  # (from, to, number of the event): all that is passed on
    passed: set[tuple[int, int, int]]


def ready(trace: dict[str, Any], done: int) -> list[int]:
    """Return the nodes whose gradient is complete and not passed on yet, after `done` events.

    Before anything else that is the output, where the 1 is put. The engine takes one of them; any
    other would be as right.
    """
    call = _call(trace, done)
    if call.output is not None and not call.begun:
        return [call.output]
    waiting = {to for _, to, _ in call.due - call.passed}
    return sorted({sender for sender, _, _ in call.due - call.passed} - waiting)


def why_not(
    trace: dict[str, Any], done: int, node: int, called: list[str] | None = None
) -> str | None:
    """Say why a node cannot pass its gradient on after `done` events, or None when it can.

    `called` are the names of the nodes, where the trace alone cannot tell them.
    """
    if node in ready(trace, done):
        return None
    called = names(trace) if called is None else called
    name, call, here = called[node], _call(trace, done), trace["nodes"][node]
    if not here["operands"] and here.get("folds"):
        return say("All that {name} passes its gradient on to is folded into its card.", name=name)
    if not here["operands"]:
        return say("{name} is a leaf: it has nothing to pass on.", name=name)
    missing = sorted({sender for sender, to, _ in call.due - call.passed if to == node})
    has_some = any(to == node for _, to, _ in call.passed)
    if missing and has_some and call.begun:
        return _incomplete(name, [called[i] for i in missing])
    if missing or not call.begun:
        return say("{name} has no gradient yet.", name=name)
    if any(sender == node for sender, _, _ in call.passed):
        return say("{name} has already passed its gradient on.", name=name)
    if node == call.output or has_some:
        return say("{name} passes nothing on.", name=name)
    if call.output is None:
        return say("{name} gets no gradient: the output does not depend on it.", name=name)
    output = called[call.output]
    return say("{name} gets no gradient: {output} does not depend on it.", name=name, output=output)


def _call(trace: dict[str, Any], done: int) -> _Call:
    """Look at the call that the next event belongs to; after the last event, at the last call."""
    events = list(zip(trace["backward"], kinds(trace), calls(trace)))
    if not events:
        return _Call(None, False, set(), set())
    number = events[min(done, len(events) - 1)][2]
    due, passed = set(), set()
    output, begun = None, False
    for i, (event, kind, call) in enumerate(events):
        if call != number:
            continue
        if event["from"] is not None:
            edge = event["from"], event["to"], i
            due.add(edge)
            passed |= {edge} if i < done else set()
            output, begun = (event["from"], True) if output is None else (output, begun)
        elif kind == "seed":
            output, begun = event["to"], i < done
    return _Call(output, begun, due, passed)


def _incomplete(name: str, missing: list[str]) -> str:
    if len(missing) == 1:
        return say(
            "The gradient of {name} is not complete: {other} has not passed its share on yet.",
            name=name,
            other=missing[0],
        )
    return say(
        "The gradient of {name} is not complete: {others} and {last} have not passed their shares "
        "on yet.",
        name=name,
        others=", ".join(missing[:-1]),
        last=missing[-1],
    )
