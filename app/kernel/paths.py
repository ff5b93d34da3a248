"""What lights up around a node of a figure: where it comes from, and what it leads to."""

from typing import Any

from .ancestors import ancestors
from .drawing import edge_place, edges_of, node_place
from .graphs import shown_in
from .recorder import Trace
from .score import as_text, flow
from .steps import steps


def light_path(figure: str, node: int) -> dict[str, Any]:
    """Return what lights up around a node: all it depends on, and its way to the output."""
    here = shown_in(figure, node)
    shown = here.shown
    below, above = ancestors(shown, node), _way_to(shown, node, here.output)
    into = [edge for edge in edges_of(shown) if edge[1] in below | {node}]
    onward = [edge for edge in edges_of(shown) if {*edge[:2]} <= above | {node}]
    return {
        "places": [
            *[node_place(i) for i in sorted(below | above | {node})],
            *[edge_place(*edge) for edge in into + onward],
        ],
        "says": here.told[_forward_step(shown, node)],
        "flow": as_text(flow(into + onward)),
    }


def _way_to(trace: Trace, node: int, output: int) -> set[int]:
    """Return the nodes on all ways from a node to the output, the node itself left out."""
    reached = {node}
    for later in trace["nodes"][node + 1 :]:  # in the order of creation, so operands come first
        if reached.intersection(later["operands"]):
            reached.add(later["id"])
    return (reached & (ancestors(trace, output) | {output})) - {node}


def _forward_step(trace: Trace, node: int) -> int:
    made = enumerate(steps(trace))
    return next(i for i, step in made if step.is_forward and step.event["node"] == node)
