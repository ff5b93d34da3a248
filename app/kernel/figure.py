"""Everything that a page needs to show one trace as a live figure."""

import json
import zlib
from typing import Any

from .drawing import draw, numbers, sizes
from .folding import card_names
from .layered import layout
from .names import names
from .narration import narrate, unbroken
from .recorder import Trace
from .score import as_text, score
from .steps import forward_pass, steps


def figure(
    trace: Trace, title: str, drawn: str = "", folded: Trace | None = None
) -> dict[str, Any]:
    """Return the figure of a trace; without the drawing and its motion, if the page has them.

    `drawn` is the `shape` of the figure that stands on the page already. `folded` is what shows of
    a trace that is too large to be drawn whole.
    """
    shown = trace if folded is None else folded
    called = names(trace) if folded is None else card_names(names(trace), folded)
    shape = shape_of(shown, called)
    live = {
        "shape": shape,
        "numbers": numbers(shown),
        "narration": [unbroken(sentence) for sentence in narrate(trace, shown)],
        "lines": _lines(shown),
        "at": _nodes(shown),
    }
    return live if drawn == shape else {**live, **_picture(shown, called, title)}


def shape_of(trace: Trace, called: list[str]) -> str:
    """Name the structure of a trace: equal for two traces that differ in numbers only."""
    looks = ("op", "operands", "label", "folds", "is_open")
    nodes = [[node.get(key) for key in looks] for node in trace["nodes"]]
    events = [[event["from"], event["to"], event["slot"]] for event in trace["backward"]]
    when = [event.get("computed") for event in trace["backward"]]
    constants = [x for x, node in zip(called, trace["nodes"]) if node["constant"]]
    return format(zlib.crc32(json.dumps([nodes, events, when, constants]).encode()), "08x")


def _picture(trace: Trace, called: list[str], title: str) -> dict[str, Any]:
    placed = layout(trace["nodes"], sizes(trace, called))
    cues = score(trace)
    return {
        "svg": draw(trace, placed, called, title),
        "score": as_text(cues),  # text, because the page hands it on as it is
        "steps": len(cues),
        "forward_steps": forward_pass(trace),
        "width": placed.width,
        "height": placed.height,
    }


def _nodes(trace: Trace) -> list[int]:
    """Return, for every step, the node that it is about."""
    return [event["node" if is_forward else "to"] for is_forward, _, event in steps(trace)]


def _lines(trace: Trace) -> list[dict[str, int | None]]:
    """Return, for every step, the line of the learner's cell and the line of engine.py that ran."""
    found = []
    for is_forward, _, event in steps(trace):
        cell = trace["nodes"][event["node"]]["line"] if is_forward else event["cell_line"]
        engine = event["line"] if event["file"].endswith("engine.py") else None
        found.append({"cell": cell, "engine": engine})
    return found
