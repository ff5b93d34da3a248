"""Draws a trace as SVG text: what a figure shows at its very end, with a name on every part.

A drawing depends on the shape of the graph alone. The numbers in it are a separate list, so that a
page can exchange them while somebody drags an input, and nothing is drawn again.
"""

from html import escape
from typing import Any

from app.kernel.layout import CARD, Layout
from app.kernel.numbers import show
from app.kernel.symbols import symbol

OP_RADIUS = 17


def draw(trace: dict[str, Any], layout: Layout, name: str) -> str:
    """Return the SVG of the graph; `name` is what a screen reader says in place of the picture."""
    edges = [_edge(edge, trace, layout) for edge in edges_of(trace)]
    nodes = [_node(node, layout) for node in trace["nodes"]]
    head = (
        f'<svg class="graph" viewBox="0 0 {layout.width:g} {layout.height:g}" role="img" '
        f'aria-label="{escape(name)}" xmlns="http://www.w3.org/2000/svg">'
    )
    return "\n".join([head, *edges, *nodes, "</svg>"])


def numbers(trace: dict[str, Any]) -> list[dict[str, str]]:
    """List each number in the drawing: where it stands, its text, and the unrounded number."""
    found = []
    for node in trace["nodes"]:
        for role in ("data", "grad"):
            place = f'[data-node="{node["id"]}"] [data-role="{role}"]'
            found.append(_number(place, float(node[role])))
    for event in trace["backward"]:
        if event["from"] is not None:
            edge = edge_name(event["to"], event["from"], event["slot"])
            found.append(_number(f'[data-edge="{edge}"] [data-role="local"]', event["local"]))
    return found


def edges_of(trace: dict[str, Any]) -> list[tuple[int, int, int]]:
    """List every edge as (operand, node, slot), in the order of creation."""
    return [
        (operand, node["id"], slot)
        for node in trace["nodes"]
        for slot, operand in enumerate(node["operands"])
    ]


def edge_name(operand: int, node: int, slot: int) -> str:
    return f"{operand}-{node}-{slot}"


def _number(place: str, x: float) -> dict[str, str]:
    return {"place": place, "text": show(x), "exact": str(x)}


def _edge(edge: tuple[int, int, int], trace: dict[str, Any], layout: Layout) -> str:
    operand, node, _ = edge
    path, (x, y) = _curve(edge, trace, layout)
    of, by = _label(trace["nodes"][node]), _label(trace["nodes"][operand])
    return (
        f'<g class="edge" data-edge="{edge_name(*edge)}">'
        f'<path class="wire" d="{path}"/>'
        f'<path class="light forward" d="{path}" pathLength="100"/>'
        f'<path class="light backward" d="{path}" pathLength="100"/>'
        f'<text class="local" x="{x:g}" y="{y:g}">'
        f'<tspan class="name">∂{of}/∂{by} = </tspan><tspan data-role="local"></tspan></text>'
        f"</g>"
    )


def _curve(
    edge: tuple[int, int, int], trace: dict[str, Any], layout: Layout
) -> tuple[str, tuple[float, float]]:
    """Return the path from an operand to the operation's circle, and the place of its label.

    The label stands where the edge leaves the operand, on the side from which the edge bends away.
    """
    operand, node, slot = edge
    (x1, y1), (x2, y2) = layout.places[operand], layout.places[node]
    x1, y1, y2 = x1 + CARD[0], y1 + CARD[1] / 2, y2 + CARD[1] / 2
    count = len(trace["nodes"][node]["operands"])
    y2 += 14 * (slot - (count - 1) / 2)  # operands arrive one above the other: two edges of a + a
    x2 -= OP_RADIUS * 0.9
    middle = (x1 + x2) / 2
    path = f"M{x1:g} {y1:g}C{middle:g} {y1:g} {middle:g} {y2:g} {x2:g} {y2:g}"
    return path, (x1 + 7, y1 - 8 if y2 >= y1 else y1 + 17)


def _node(node: dict[str, Any], layout: Layout) -> str:
    x, y = layout.places[node["id"]]
    width, height = CARD
    kind = "result" if node["op"] else "leaf"
    inset = 20 if node["op"] else 12
    return (
        f'<g class="node {kind}" data-node="{node["id"]}" transform="translate({x:g} {y:g})">'
        f'<g class="body"><rect class="card" width="{width}" height="{height}" rx="9"/>'
        f'<text class="label" x="{inset}" y="22">{_label(node)}</text>'
        f"{_operation(node['op'], height / 2)}</g>"
        f"{_row('data', inset, width - 10, 45)}{_row('grad', inset, width - 10, 64)}</g>"
    )


def _row(role: str, left: float, right: float, y: float) -> str:
    return (
        f'<g class="{role}"><text class="caption" x="{left}" y="{y}">{role}</text>'
        f'<text class="number" x="{right}" y="{y}" data-role="{role}"></text></g>'
    )


def _operation(op: str, y: float) -> str:
    if not op:
        return ""
    sign = symbol(op)
    size = "long" if len(sign) > 2 else "short"
    circle = f'<circle cy="{y:g}" r="{OP_RADIUS}"/>'
    return f'<g class="op {size}">{circle}<text y="{y:g}" dy="0.36em">{escape(sign)}</text></g>'


def _label(node: dict[str, Any]) -> str:
    return escape(node["label"]) if node["label"] else f"#{node['id']}"
