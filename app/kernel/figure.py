"""Everything that a page needs to show one trace as a live figure."""

import json
import zlib
from typing import Any

from app.kernel.drawing import draw, gradients, numbers, sizes
from app.kernel.layered import layout
from app.kernel.names import names
from app.kernel.narration import narrate
from app.kernel.recorder import Trace
from app.kernel.score import as_text, score


def figure(trace: Trace, title: str, drawn: str = "") -> dict[str, Any]:
    """Return the figure of a trace; without the drawing and its motion, if the page has them.

    `drawn` is the `shape` of the figure that stands on the page already.
    """
    shape = shape_of(trace)
    live = {
        "shape": shape,
        "numbers": numbers(trace),
        "gradients": gradients(trace),
        "narration": narrate(trace),
        "lines": _lines(trace),
        "at": _nodes(trace),
    }
    return live if drawn == shape else {**live, **_picture(trace, title)}


def shape_of(trace: Trace) -> str:
    """Name the structure of a trace: equal for two traces that differ in numbers only."""
    nodes = [[node["op"], node["operands"], node["label"]] for node in trace["nodes"]]
    writes = [[event["from"], event["to"], event["slot"]] for event in trace["backward"]]
    constants = [x for x, node in zip(names(trace), trace["nodes"]) if node["constant"]]
    return format(zlib.crc32(json.dumps([nodes, writes, constants]).encode()), "08x")


def _picture(trace: Trace, title: str) -> dict[str, Any]:
    called = names(trace)
    placed = layout(trace["nodes"], sizes(trace, called))
    steps = score(trace)
    return {
        "svg": draw(trace, placed, called, title),
        "score": as_text(steps),  # text, because the page hands it on as it is
        "steps": len(steps),
        "forward_steps": len(trace["forward"]),
        "width": placed.width,
        "height": placed.height,
    }


def _nodes(trace: Trace) -> list[int]:
    """Return, for every step, the node that it is about."""
    forward = [event["node"] for event in trace["forward"]]
    return forward + [event["to"] for event in trace["backward"]]


def _lines(trace: Trace) -> list[dict[str, int | None]]:
    """Return, for every step, the line of the learner's cell and the line of engine.py that ran."""
    cell = [trace["nodes"][event["node"]]["line"] for event in trace["forward"]]
    events = trace["forward"] + trace["backward"]
    engine = [event["line"] if event["file"].endswith("engine.py") else None for event in events]
    cell += [event["cell_line"] for event in trace["backward"]]
    return [{"cell": a, "engine": b} for a, b in zip(cell, engine, strict=True)]
