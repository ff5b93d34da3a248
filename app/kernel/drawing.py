"""Draws a trace as SVG text: what a figure shows at its very end, with a name on every part.

A drawing depends on the shape of the graph alone. The numbers in it are a separate list, so that a
page can exchange them while somebody drags an input, and nothing is drawn again.
"""

import html
import re
from typing import Any

from app.kernel.layered import Layout
from app.kernel.numbers import show
from app.kernel.symbols import symbol

OP_RADIUS = 17
CARD_HEIGHT, CONSTANT_HEIGHT = 74, 48
CARD_WIDTH, CONSTANT_WIDTH = 116, 72
LINE = 13  # from one label to the next, where several edges leave an operand
LETTER = 8.4  # about the width of a letter of a label, to make room for long ones

Edge = tuple[int, int, int]  # operand, node, slot


def sizes(trace: dict[str, Any], names: list[str]) -> dict[int, tuple[float, float]]:
    """Return how much room each node takes: constants little, long names more."""
    return {node["id"]: _size(node, names[node["id"]]) for node in trace["nodes"]}


def draw(trace: dict[str, Any], layout: Layout, names: list[str], title: str) -> str:
    """Return the SVG of the graph; `title` is what a screen reader says before its parts."""
    room = sizes(trace, names)
    labels = _label_places(edges_of(trace), layout)
    edges = [_edge(edge, layout, names, labels[edge]) for edge in edges_of(trace)]
    nodes = [_node(node, layout, room[node["id"]], names) for node in trace["nodes"]]
    head = (
        f'<svg class="graph" viewBox="0 0 {layout.width:g} {layout.height:g}" role="group" '
        f'style="--width:{layout.width:g}" '
        f'aria-label="{escape(title)}" xmlns="http://www.w3.org/2000/svg">'
    )
    return "\n".join([head, '<g class="plane">', *edges, *nodes, "</g>", "</svg>"])


def numbers(trace: dict[str, Any]) -> list[dict[str, str]]:
    """List each number that stands in the drawing: where, its text, and the unrounded number."""
    data = [_number(f"{node_place(x['id'])} [data-role=data]", x["data"]) for x in trace["nodes"]]
    passed = [event for event in trace["backward"] if event["from"] is not None]
    edges = [(edge_place(event["to"], event["from"], event["slot"]), event) for event in passed]
    return data + [_number(f"{edge} [data-role=local]", event["local"]) for edge, event in edges]


def gradients(trace: dict[str, Any]) -> list[dict[str, Any]]:
    """List each gradient in the drawing with all that was ever written to it, and after which step.

    A gradient grows from step to step, so that its number depends on where the figure stands.
    """
    first = len(trace["forward"]) + 1
    writes: dict[int, list[dict[str, Any]]] = {node["id"]: [] for node in trace["nodes"]}
    for i, event in enumerate(trace["backward"]):
        number = {"text": show(event["after"]), "exact": str(event["after"])}
        writes[event["to"]].append({"step": first + i, **number})
    return [
        {"place": f"{node_place(node)} [data-role=grad]", "writes": writes[node]} for node in writes
    ]


def edges_of(trace: dict[str, Any]) -> list[Edge]:
    """List every edge as (operand, node, slot), in the order of creation."""
    return [
        (operand, node["id"], slot)
        for node in trace["nodes"]
        for slot, operand in enumerate(node["operands"])
    ]


def node_place(node: int) -> str:
    """Return the CSS selector of a node in its figure."""
    return f'[data-node="{node}"]'


def edge_place(operand: int, node: int, slot: int) -> str:
    """Return the CSS selector of an edge in its figure."""
    return f'[data-edge="{operand}-{node}-{slot}"]'


def escape(text: str) -> str:
    """Write a text as XML can hold it: most control characters it cannot."""
    return html.escape(_CONTROL.sub("\ufffd", text))


_CONTROL = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def _number(place: str, x: float) -> dict[str, str]:
    return {"place": place, "text": show(x), "exact": str(x)}


def _size(node: dict[str, Any], name: str) -> tuple[float, float]:
    if node["constant"]:
        return CONSTANT_WIDTH, CONSTANT_HEIGHT
    return max(CARD_WIDTH, 34 + LETTER * len(name)), CARD_HEIGHT


def _label_places(edges: list[Edge], layout: Layout) -> dict[Edge, tuple[float, float]]:
    """Find a place for each edge's label, where the edge leaves its operand.

    A single edge has it on the side from which it bends away. Of several, the upper ones have
    theirs above, the lower ones below, stacked so that the outermost edge has the outermost label.
    """
    leaving: dict[int, list[Edge]] = {}
    for edge in sorted(edges, key=lambda edge: layout.routes[edge][-1][1]):
        leaving.setdefault(edge[0], []).append(edge)
    places = {}
    for group in leaving.values():
        for i, edge in enumerate(group):
            (x, y), (_, end) = layout.routes[edge][0], layout.routes[edge][-1]
            above = end >= y if len(group) == 1 else i < len(group) / 2
            depth = min(i, len(group) - 1 - i) if len(group) > 1 else 0
            outwards = (len(group) - 1) // 2 - depth
            places[edge] = (x + 7, y - 8 - LINE * outwards if above else y + 17 + LINE * outwards)
    return places


def _edge(edge: Edge, layout: Layout, names: list[str], label_at: tuple[float, float]) -> str:
    operand, node, slot = edge
    path, (x, y) = _curve(layout.routes[edge]), label_at
    of, by = escape(names[node]), escape(names[operand])
    label = f'<tspan class="name">∂{of}/∂{by} = </tspan>' if len(of) + len(by) < 5 else ""
    return (
        f'<g class="edge" data-edge="{operand}-{node}-{slot}">'
        f'<path class="wire" d="{path}"/>'
        f'<path class="light forward" d="{path}" pathLength="100"/>'
        f'<path class="light backward" d="{path}" pathLength="100"/>'
        f'<text class="local" x="{x:g}" y="{y:g}">{label}<tspan data-role="local"></tspan></text>'
        f"</g>"
    )


def _curve(points: list[tuple[float, float]]) -> str:
    """Return a path through the points that leaves and reaches each of them horizontally."""
    (x, y), *others = points
    path = f"M{x:g} {y:g}"
    for x2, y2 in others:
        middle = (x + x2) / 2
        path += f"C{middle:g} {y:g} {middle:g} {y2:g} {x2:g} {y2:g}"
        x, y = x2, y2
    return path


def _node(node: dict[str, Any], layout: Layout, size: tuple[float, float], names: list[str]) -> str:
    (x, y), (width, height) = layout.places[node["id"]], size
    kind = "constant" if node["constant"] else "result" if node["op"] else "leaf"
    inset = 22 if node["op"] else 12
    return (
        f'<g class="node {kind}" data-node="{node["id"]}" role="group" '
        f'aria-label="{escape(names[node["id"]])}" transform="translate({x:g} {y:g})">'
        f'<g class="body"><rect class="card" width="{width:g}" height="{height:g}" rx="9"/>'
        f"{_name(node, names[node['id']], inset)}{_operation(node['op'], height / 2)}</g>"
        f"{_rows(node, inset, width - 10, height)}</g>"
    )


def _name(node: dict[str, Any], name: str, inset: float) -> str:
    if node["constant"]:
        return ""
    kind = "label" if node["label"] else "label unnamed"
    return f'<text class="{kind}" x="{inset:g}" y="22">{escape(name)}</text>'


def _rows(node: dict[str, Any], left: float, right: float, height: float) -> str:
    return "".join(
        f'<g class="{role}"><text class="caption" x="{left:g}" y="{y:g}">{role}</text>'
        f'<text class="number" x="{right:g}" y="{y:g}" data-role="{role}"></text></g>'
        for role, y in (("data", height - 29), ("grad", height - 10))
    )


def _operation(op: str, y: float) -> str:
    if not op:
        return ""
    sign = symbol(op)
    size = "long" if len(sign) > 2 else "short"
    circle = f'<circle cy="{y:g}" r="{OP_RADIUS}"/>'
    return f'<g class="op {size}">{circle}<text y="{y:g}" dy="0.36em">{escape(sign)}</text></g>'
