"""Cuts a trace down to one value: what it was computed from, and what happened to that."""

from typing import Any

from ..ancestors import ancestors
from ..recorder import Trace
from ..writes import calls

Event = dict[str, Any]


def prune(trace: Trace, output: int) -> Trace:
    """Return the trace of the nodes that `output` depends on, numbered anew in the same order.

    A call of `backward()` stays if it passed a gradient from one of them to another, or if nothing
    passed any on. In what stays, a contribution of any other node is a write from outside.
    """
    kept = sorted(ancestors(trace, output) | {output})
    number = {old: new for new, old in enumerate(kept)}
    forward = [event for event in trace["forward"] if event["node"] in number]
    computed = [event["node"] in number for event in trace["forward"]]
    events = [_seen_from(event, number, output) for event in _calls_among(trace, number)]
    return {
        **trace,
        "nodes": [_numbered(trace["nodes"][old], number) for old in kept],
        "forward": [{**event, "node": number[event["node"]]} for event in forward],
        "backward": [_counted(event, computed) for event in events if event],
    }


def _numbered(node: dict[str, Any], number: dict[int, int]) -> dict[str, Any]:
    operands = [number[operand] for operand in node["operands"]]
    return {**node, "id": number[node["id"]], "operands": operands}


def _calls_among(trace: Trace, number: dict[int, int]) -> list[Event]:
    """Return the events of those calls that are about nodes which are kept."""
    events = list(zip(trace["backward"], calls(trace)))
    passing = {call for event, call in events if event["from"] is not None}
    inside = {call for event, call in events if event["from"] in number and event["to"] in number}
    return [event for event, call in events if call in inside or call not in passing]


def _seen_from(event: Event, number: dict[int, int], output: int) -> Event | None:
    """Return the event with the new numbers, or None when there is nothing to be seen of it.

    A 1 from outside would be taken for the 1 at the output: it is left out at any other node.
    """
    if event["to"] not in number:
        return None
    inside = {**event, "to": number[event["to"]]}
    if event["from"] is None:
        return inside
    if event["from"] in number:
        return {**inside, "from": number[event["from"]]}
    if event["contribution"] == event["after"] == 1 and event["to"] != output:
        return None
    return {**inside, "from": None, "slot": None, "upstream": None, "local": None}


def _counted(event: Event, computed: list[bool]) -> Event:
    """Count anew how many nodes had been computed by then, if the event says it."""
    if "computed" not in event:
        return event
    return {**event, "computed": sum(computed[: event["computed"]])}
