"""Turns a trace into steps, and each step into cues for one timeline.

A cue says what changes (a CSS selector in the figure), which property, from what to what, and when,
in thousandths of its step. Every step takes the same time; a page only ever seeks the timeline.
"""

import json
from typing import Any

from .drawing import Edge, edge_place, node_place
from .steps import steps

Cue = dict[str, Any]


def score(trace: dict[str, Any]) -> list[list[Cue]]:
    """Return the cues of every step, in the order in which it was made: each node as it was
    computed, each contribution to a gradient as `backward` made it."""
    shown: set[str] = set()  # the gradients and local derivatives that are there already
    return [
        _compute(trace["nodes"][event["node"]]) if is_forward else _contribute(event, shown)
        for is_forward, _, event in steps(trace)
    ]


def flow(edges: list[Edge]) -> list[list[Cue]]:
    """Return the cues that let light run along these edges, node by node, and change nothing."""
    nodes = sorted({node for _, node, _ in edges})
    return [[light(edge_place(*edge), 0, 1) for edge in edges if edge[1] == node] for node in nodes]


def _compute(node: dict[str, Any]) -> list[Cue]:
    """Light runs from the operands to the operation; then the result is there."""
    here = node_place(node["id"])
    cues = [fade_in(f"{here} .body", 0)]
    for slot, operand in enumerate(node["operands"]):
        edge = edge_place(operand, node["id"], slot)
        cues += [fade_in(f"{edge} .wire", 0), light(edge, 0, 1)]
    arrival = 600 if node["operands"] else 150
    return [*cues, fade_in(f"{here} .data", arrival), *pulse(f"{here} .card", arrival)]


def _contribute(event: dict[str, Any], shown: set[str]) -> list[Cue]:
    """Light runs back along one edge, past the local derivative; then the gradient is there."""
    here = node_place(event["to"])
    cues, arrival = [], 150
    if event["from"] is not None:
        edge = edge_place(event["to"], event["from"], event["slot"])
        if event.get("has_local", True):
            cues += _appear(f"{edge} .local", 0, shown)
        cues.append(light(edge, 1, 0))
        arrival = 600
    return [*cues, *_appear(f"{here} .grad", arrival, shown), *pulse(f"{here} .card", arrival)]


def _appear(target: str, at: int, shown: set[str]) -> list[Cue]:
    """Fade in what is not there yet, and remember that it is."""
    cues = [] if target in shown else [fade_in(target, at)]
    shown.add(target)
    return cues


def fade_in(target: str, at: int) -> Cue:
    return _cue(target, "opacity", 0, 1, at, 250)


def light(edge: str, start: int, end: int) -> Cue:
    """Let a light run along an edge: 0 is the end at the operand, 1 the one at the result."""
    return _cue(edge, "light", start, end, 50, 600)


def pulse(card: str, at: int) -> list[Cue]:
    """A card whose number has just changed stands out for a moment."""
    return [
        _cue(card, "strokeWidth", 1.25, 3.5, at, 120),
        _cue(card, "strokeWidth", 3.5, 1.25, at + 150, 200),
    ]


def as_text(steps: list[list[Cue]]) -> str:
    """Write a score as JSON, each cue as a list: [target, property, from, to, at, for]."""
    return json.dumps([[list(cue.values()) for cue in step] for step in steps])


def _cue(target: str, what: str, start: float, end: float, at: int, duration: int) -> Cue:
    return {"target": target, "property": what, "from": start, "to": end, "at": at, "for": duration}
