"""Places the nodes of a trace: from left to right, each to the right of all its operands.

Only the shape of the graph counts, never its numbers: changing a value moves nothing.
"""

from typing import Any, NamedTuple

CARD = (116, 74)  # width and height of a node, in the units of the drawing
GAP = (104, 34)  # between columns, for the edges and their labels; between the nodes of a column
MARGIN = 6


class Layout(NamedTuple):
    """Where each node's upper left corner is, by id, and how large the whole is."""

    places: dict[int, tuple[float, float]]
    width: float
    height: float


def layout(trace: dict[str, Any]) -> Layout:
    columns = _columns(trace["nodes"])
    tallest = max((len(column) for column in columns), default=0)
    width, height = _extent(len(columns), CARD[0], GAP[0]), _extent(tallest, CARD[1], GAP[1])
    places: dict[int, tuple[float, float]] = {}
    for i, column in enumerate(columns):
        top = (height - _extent(len(column), CARD[1], GAP[1])) / 2
        for j, node in enumerate(column):
            x, y = i * (CARD[0] + GAP[0]), top + j * (CARD[1] + GAP[1])
            places[node] = (MARGIN + x, MARGIN + y)
    return Layout(places, width + 2 * MARGIN, height + 2 * MARGIN)


def _columns(nodes: list[dict[str, Any]]) -> list[list[int]]:
    """Group ids by rank: a leaf has rank 0, any other node one more than its highest operand."""
    rank: dict[int, int] = {}
    columns: list[list[int]] = []
    for node in nodes:  # in the order of creation, so operands come first
        rank[node["id"]] = 1 + max((rank[operand] for operand in node["operands"]), default=-1)
        while len(columns) <= rank[node["id"]]:
            columns.append([])
        columns[rank[node["id"]]].append(node["id"])
    return columns


def _extent(count: int, size: float, gap: float) -> float:
    return count * size + max(count - 1, 0) * gap
