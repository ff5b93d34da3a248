"""Our layout and dagre's of the same graphs: how many wires cross, how large the drawings are."""

import json
import subprocess
from itertools import pairwise
from time import perf_counter
from typing import Any, NamedTuple

from app.kernel.layered import layout
from app.kernel.layered.columns import arrival
from app.kernel.layered.gaps import COLUMN, MARGIN, ROW, WIRE
from tests.bench.graphs import CARD, Nodes, fifty_graphs
from tests.bench.table import Row

GAPS = {"nodesep": ROW, "ranksep": COLUMN, "edgesep": WIRE, "marginx": MARGIN, "marginy": MARGIN}

Point = tuple[float, float]
Line = tuple[int, list[Point]]  # the operand from which a wire comes, and the wire's points


class Drawing(NamedTuple):
    width: float
    height: float
    lines: list[Line]


class Segment(NamedTuple):
    """A piece of a wire, from left to right."""

    x1: float
    y1: float
    x2: float
    y2: float
    operand: int


def measure_layouts() -> list[Row]:
    """Return crossings, area (millions of square units) and our milliseconds, graph by graph.

    Ours leads wires to a node in the order of its operands, one above the other. dagre lets each
    arrive where it likes, which saves crossings; so we also count with its wires led to our places.
    """
    graphs = list(fifty_graphs().values())
    answers = ask_dagre(graphs)
    ours = [by_us(nodes) for nodes in graphs]
    theirs = [by_dagre(answer) for answer in answers]
    ordered = [by_dagre(answer, nodes) for answer, nodes in zip(answers, graphs)]
    return [
        ("crossings, ours", [crossings(drawing.lines) for drawing in ours]),
        ("crossings, dagre", [crossings(drawing.lines) for drawing in theirs]),
        ("crossings, dagre in operand order", [crossings(drawing.lines) for drawing in ordered]),
        ("area, ours", [drawing.width * drawing.height / 1e6 for drawing in ours]),
        ("area, dagre", [drawing.width * drawing.height / 1e6 for drawing in theirs]),
        ("milliseconds, ours", [milliseconds(nodes) for nodes in graphs]),
    ]


def by_us(nodes: Nodes) -> Drawing:
    _, routes, width, height = layout(nodes, {node["id"]: CARD for node in nodes})
    return Drawing(width, height, [(operand, points) for (operand, *_), points in routes.items()])


def by_dagre(answer: dict[str, Any], nodes: Nodes | None = None) -> Drawing:
    """Return dagre's drawing; given the nodes, its wires end where the layout of ours ends them."""
    lines: list[Line] = []
    for operand, node, slot, points in answer["wires"]:
        if nodes is not None:
            x, y = answer["places"][node]
            down = arrival(CARD[1], len(nodes[node]["operands"]), slot)
            points = [*points[:-1], (x - CARD[0] / 2, y + down)]
        lines.append((operand, [tuple(point) for point in points]))
    return Drawing(answer["width"], answer["height"], lines)


def ask_dagre(graphs: list[Nodes]) -> list[dict[str, Any]]:
    question = json.dumps({"graphs": graphs, "card": CARD, "gaps": GAPS})
    command = ["node", "tests/bench/dagre.js"]
    run = subprocess.run(command, input=question, capture_output=True, text=True, check=True)
    answers: list[dict[str, Any]] = json.loads(run.stdout)
    return answers


def milliseconds(nodes: Nodes) -> float:
    start = perf_counter()
    by_us(nodes)
    return 1000 * (perf_counter() - start)


def crossings(lines: list[Line]) -> int:
    """Count the pairs of pieces of wires of different operands that cross, from left to right."""
    count = 0
    active: list[Segment] = []
    for a in sorted(segments(lines)):
        active = [b for b in active if b.x2 > a.x1]
        count += sum(a.operand != b.operand and cross(a, b) for b in active)
        active.append(a)
    return count


def segments(lines: list[Line]) -> list[Segment]:
    return [
        Segment(*min(p, q), *max(p, q), operand)
        for operand, points in lines
        for p, q in pairwise(points)
        if p[0] != q[0]
    ]


def cross(a: Segment, b: Segment) -> bool:
    """Tell whether two pieces cross; where they only touch, they do not."""
    left, right = max(a.x1, b.x1), min(a.x2, b.x2)
    first, last = height(a, left) - height(b, left), height(a, right) - height(b, right)
    return first * last < 0 and min(abs(first), abs(last)) > 1e-9


def height(a: Segment, x: float) -> float:
    return a.y1 + (a.y2 - a.y1) * (x - a.x1) / (a.x2 - a.x1)
