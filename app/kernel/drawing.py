"""Draws a trace as SVG text: what a figure shows at its very end, with a name on every part.

A drawing depends on the shape of the graph alone. The numbers in it are a separate list, so that a
page can exchange them while somebody drags an input, and nothing is drawn again.
"""

from typing import Any, NamedTuple

from .language import say
from .layered import Layout
from .markup import escape
from .numbers import show
from .steps import steps
from .symbols import symbol

OP_RADIUS = 17
CARD_HEIGHT, CONSTANT_HEIGHT = 74, 48
CARD_WIDTH, CONSTANT_WIDTH = 130, 100
CAPTION = 28  # the width of "data" or "grad" before a number
MOST_LABELS = 2  # that stand beside an operand
RIM = 12  # around cards that stand on a stack, or have a button at a corner
WIDEST, HIGHEST = 3000, 1500  # a larger drawing is shown whole at first, and small
LETTER, NARROW, BROAD, BROADEST = 8.4, 6.0, 10.5, 14.0  # about the widths of letters of a label

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
    rim = RIM if any(node.get("folds") or node.get("is_open") for node in trace["nodes"]) else 0
    width, height = layout.width + 2 * rim, layout.height + 2 * rim
    is_large = width > WIDEST or height > HIGHEST
    head = (
        f'<svg class="graph{" large" if is_large else ""}" role="group" '
        f'viewBox="{-rim} {-rim} {width:g} {height:g}" style="--width:{width:g}" '
        f'aria-label="{escape(title)}" xmlns="http://www.w3.org/2000/svg">'
    )
    return "\n".join([head, '<g class="plane">', *edges, *nodes, "</g>", "</svg>"])


def numbers(trace: dict[str, Any]) -> list[dict[str, Any]]:
    """List each number in the drawing: where it stands, and what is there from which step on.

    A gradient grows from step to step; the data of a leaf changes while it is trained. Each write
    has its step, the number's text, and the unrounded number. The first data, and a local
    derivative, are there from the beginning: the score fades them in.
    """
    data, grad, local = _Writes(), _Writes(), _Writes()
    made = steps(trace)
    for step, (is_forward, _, event) in enumerate(made, start=1):
        if is_forward:
            for node, x in _seen(trace["nodes"], event):
                data.note(f"{node_place(node)} [data-role=data]", step, x)
        else:
            grad.add(f"{node_place(event['to'])} [data-role=grad]", step, event["after"])
            if event["from"] is not None and event.get("has_local", True):
                edge = edge_place(event["to"], event["from"], event["slot"])
                local.note(f"{edge} [data-role=local]", step, event["local"])
    for node in trace["nodes"]:
        if not node.get("is_bundle"):
            data.note(f"{node_place(node['id'])} [data-role=data]", len(made), node["data"])
    return [*data.listed(), *grad.listed(), *local.listed()]


def _seen(nodes: list[dict[str, Any]], event: dict[str, Any]) -> list[tuple[int, float]]:
    """Return the data that is seen when a node is computed: its operands', and its own."""
    node = nodes[event["node"]]
    operands = [] if node.get("folds") else zip(node["operands"], event["operands"])
    seen = [*operands, (event["node"], event["data"])]
    return [(i, x) for i, x in seen if not nodes[i].get("is_bundle")]


class _Writes:
    """What is written to each place of a drawing, and in which step."""

    def __init__(self) -> None:
        self.by_place: dict[str, list[dict[str, Any]]] = {}

    def add(self, place: str, step: int, x: float) -> None:
        write = {"step": step, "text": show(x), "exact": str(x)}
        self.by_place.setdefault(place, []).append(write)

    def note(self, place: str, step: int, x: float) -> None:
        """Add a write, unless this very number stands there already; the first is no change."""
        written = self.by_place.get(place)
        if not written or written[-1]["exact"] != str(x):
            self.add(place, step if written else 0, x)

    def listed(self) -> list[dict[str, Any]]:
        return [{"place": place, "writes": writes} for place, writes in self.by_place.items()]


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


def _size(node: dict[str, Any], name: str) -> tuple[float, float]:
    if node.get("is_bundle"):
        return 34 + _length(name), CONSTANT_HEIGHT
    if node["constant"]:
        return max(CONSTANT_WIDTH, 42 + _length(name)), CONSTANT_HEIGHT
    count = f"+{node['folds']}" if node.get("folds") else ""
    return max(CARD_WIDTH, 34 + _length(name + count)), CARD_HEIGHT


def _length(name: str) -> float:
    """Return about how long a name is: too much rather than too little."""
    return sum(map(_width, name))


def _width(letter: str) -> float:
    if letter in "mwMW@%":
        return BROADEST
    if letter in "ijlrtf.,:;'|!()[] ":
        return NARROW
    if letter.isupper() or letter in "_+−×÷=<>#0123456789":
        return BROAD
    return LETTER if letter.isascii() else BROADEST


class _Label(NamedTuple):
    """Where the local derivative of an edge stands: beside its operand, or where it arrives."""

    x: float
    y: float
    at_end: bool = False


def _label_places(edges: list[Edge], layout: Layout) -> dict[Edge, _Label]:
    """Find a place for each edge's label: where it leaves its operand, on the outer side.

    Where many edges leave an operand, their labels stand where they arrive.
    """
    leaving: dict[int, list[Edge]] = {}
    arriving: dict[int, list[Edge]] = {}
    for edge in sorted(edges, key=lambda edge: layout.routes[edge][-1][1]):
        leaving.setdefault(edge[0], []).append(edge)
        arriving.setdefault(edge[1], []).append(edge)
    places = {}
    for group in leaving.values():
        for i, edge in enumerate(group):
            (x, y), (end, to) = layout.routes[edge][0], layout.routes[edge][-1]
            if len(group) > MOST_LABELS:
                beside = arriving[edge[1]]
                above = len(beside) == 1 or beside.index(edge) < len(beside) / 2
                places[edge] = _Label(end - 13, to - 7 if above else to + 15, True)
            else:
                above = to >= y if len(group) == 1 else i == 0
                places[edge] = _Label(x + 7, y - 8 if above else y + 17)
    return places


def _edge(edge: Edge, layout: Layout, names: list[str], label: _Label) -> str:
    operand, node, slot = edge
    path, of, by = _curve(layout.routes[edge]), escape(names[node]), escape(names[operand])
    is_short = len(of) + len(by) < 5 and not label.at_end
    name = f'<tspan class="name">∂{of}/∂{by} = </tspan>' if is_short else ""
    kind = "local end" if label.at_end else "local"
    return (
        f'<g class="edge" data-edge="{operand}-{node}-{slot}">'
        f'<path class="wire" d="{path}"/>'
        f'<text class="{kind}" x="{label.x:g}" y="{label.y:g}">{name}'
        f'<tspan data-role="local"></tspan></text></g>'
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
    name, inset = names[node["id"]], 22 if node["op"] or node.get("folds") else 12
    body = f"{_stack(node, width, height)}{_name(node, name, inset)}"
    sign = "" if node.get("folds") else _operation(node["op"], height / 2)
    rows = "" if node.get("is_bundle") else _rows(inset, width - 10, height)
    return (
        f'<g class="node {_kind(node)}" data-node="{node["id"]}" role="group" '
        f'aria-label="{escape(name)}" transform="translate({x:g} {y:g})">'
        f'<g class="body">{body}{sign}</g>{rows}{_switch(node, name, width, height)}</g>'
    )


def _kind(node: dict[str, Any]) -> str:
    if node.get("is_bundle"):
        return "bundle"
    if node.get("folds"):
        return "result folded"
    return "constant" if node["constant"] else "result" if node["op"] else "leaf"


def _stack(node: dict[str, Any], width: float, height: float) -> str:
    """Draw the card; one that others are folded into lies on a stack, and tells how many."""
    shape = f'width="{width:g}" height="{height:g}" rx="9"'
    card = f'<rect class="card" {shape}/>'
    if not node.get("folds"):
        return card
    below = "".join(f'<rect class="below" x="{d}" y="{-d}" {shape}/>' for d in (8, 4))
    count = f'<text class="count" x="{width - 10:g}" y="22">+{node["folds"]}</text>'
    return below + card + ("" if node.get("is_bundle") else count)


def _switch(node: dict[str, Any], name: str, width: float, height: float) -> str:
    """Draw the button that unfolds a card, where its operation would be, or folds it again."""
    if node.get("folds"):
        action, does, sign, x, y = "unfold", say("Unfold {name}", name=name), "+", 0.0, height / 2
    elif node.get("is_open"):
        action, does, sign, x, y = "fold", say("Fold {name}", name=name), "−", width, 0.0
    else:
        return ""
    return (
        f'<g class="switch" data-switch="{action}" role="button" tabindex="0" '
        f'aria-label="{escape(does)}" transform="translate({x:g} {y:g})">'
        f'<circle class="target" r="16"/><circle r="{12 if action == "unfold" else 9}"/>'
        f'<text dy="0.34em">{sign}</text></g>'
    )


def _name(node: dict[str, Any], name: str, inset: float) -> str:
    if node["constant"] and not node.get("is_bundle"):
        return ""
    kind = "label" if node["label"] else "label unnamed"
    y = CONSTANT_HEIGHT / 2 + 5 if node.get("is_bundle") else 22
    return f'<text class="{kind}" x="{inset:g}" y="{y:g}">{escape(name)}</text>'


def _rows(left: float, right: float, height: float) -> str:
    """Draw the places of the numbers; where one has many letters, they are smaller."""
    room = f'style="--room: {right - left - CAPTION:g}; --letters: 1;"'
    return "".join(
        f'<g class="{role}"><text class="caption" x="{left:g}" y="{y:g}">{role}</text>'
        f'<text class="number" x="{right:g}" y="{y:g}" {room} data-role="{role}"></text></g>'
        for role, y in (("data", height - 29), ("grad", height - 10))
    )


def _operation(op: str, y: float) -> str:
    if not op:
        return ""
    sign = symbol(op)
    size = "long" if len(sign) > 2 else "short"
    circle = f'<circle cy="{y:g}" r="{OP_RADIUS}"/>'
    return f'<g class="op {size}">{circle}<text y="{y:g}" dy="0.36em">{escape(sign)}</text></g>'
