"""Turns a trace into steps, and each step into cues for one timeline.

A cue says what changes (a CSS selector in the figure), which property, from what to what, and when,
in thousandths of its step. Every step takes the same time; a page only ever seeks the timeline.
"""

import json
from typing import Any

from app.kernel.drawing import Edge, edge_place, node_place

Cue = dict[str, Any]
LIGHT = 22  # how long the light on an edge is, in hundredths of the edge; see figure.css


def score(trace: dict[str, Any]) -> list[list[Cue]]:
    """Return the cues of every step: first each node, in the order in which they were computed,
    then each contribution to a gradient, in the order in which `backward` made them."""
    steps = [_compute(trace["nodes"][event["node"]]) for event in trace["forward"]]
    shown: set[str] = set()  # the gradients and local derivatives that are there already
    for event in trace["backward"]:
        steps.append(_contribute(event, shown))
    return steps


def flow(edges: list[Edge]) -> list[list[Cue]]:
    """Return the cues that let light run along these edges, node by node, and change nothing."""
    nodes = sorted({node for _, node, _ in edges})
    return [
        [
            cue
            for edge in edges
            if edge[1] == node
            for cue in _run(f"{edge_place(*edge)} .light.forward", LIGHT, -100)
        ]
        for node in nodes
    ]


def _compute(node: dict[str, Any]) -> list[Cue]:
    """Light runs from the operands to the operation; then the result is there."""
    here = node_place(node["id"])
    cues = [_fade_in(f"{here} .body", 0)]
    for slot, operand in enumerate(node["operands"]):
        edge = edge_place(operand, node["id"], slot)
        cues += [_fade_in(f"{edge} .wire", 0), *_run(f"{edge} .light.forward", LIGHT, -100)]
    arrival = 600 if node["operands"] else 150
    return [*cues, _fade_in(f"{here} .data", arrival), *_pulse(f"{here} .card", arrival)]


def _contribute(event: dict[str, Any], shown: set[str]) -> list[Cue]:
    """Light runs back along one edge, past the local derivative; then the gradient is there."""
    here = node_place(event["to"])
    cues, arrival = [], 150
    if event["from"] is not None:
        edge = edge_place(event["to"], event["from"], event["slot"])
        cues += _appear(f"{edge} .local", 0, shown)
        cues += _run(f"{edge} .light.backward", -100, LIGHT)
        arrival = 600
    return [*cues, *_appear(f"{here} .grad", arrival, shown), *_pulse(f"{here} .card", arrival)]


def _appear(target: str, at: int, shown: set[str]) -> list[Cue]:
    """Fade in what is not there yet, and remember that it is."""
    cues = [] if target in shown else [_fade_in(target, at)]
    shown.add(target)
    return cues


def _fade_in(target: str, at: int) -> Cue:
    return _cue(target, "opacity", 0, 1, at, 250)


def _run(light: str, start: int, end: int) -> list[Cue]:
    """Let a light run along an edge: a dash is shifted along a path whose length counts as 100."""
    return [
        _cue(light, "strokeDashoffset", start, end, 50, 600),
        _cue(light, "opacity", 0, 1, 50, 60),
        _cue(light, "opacity", 1, 0, 600, 60),
    ]


def _pulse(card: str, at: int) -> list[Cue]:
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
