"""The steps of the layout, one after another, and what comes out."""

from collections.abc import Mapping, Sequence
from itertools import accumulate
from typing import Any, NamedTuple

from .columns import split
from .gaps import COLUMN, MARGIN
from .graph import Graph, Size, read
from .order import order
from .place import place
from .rank import rank
from .route import Extent, Point, route


class Layout(NamedTuple):
    """Where each card's upper left corner is, by id, and how large the whole is.

    `routes[operand, node, slot]` lists the points of a wire, from the right middle of the operand
    to the left side of the node, where the wires arrive one above the other in order of the slots.
    """

    places: dict[int, Point]
    routes: dict[tuple[int, int, int], list[Point]]
    width: float
    height: float


def layout(nodes: Sequence[Mapping[str, Any]], sizes: Mapping[int, Size]) -> Layout:
    """Lay out nodes, given in the order of creation as {"id", "operands"}, with their sizes by id.

    Raises a `ValueError` if an operand does not stand before its user.
    """
    graph = read(nodes, sizes)
    ranks = rank(graph)
    cols = split(graph, ranks)
    middles = [MARGIN + y for y in place(cols, order(cols))]
    extents = abreast(graph, ranks)
    cards = [centred(extents[r], width) for r, (width, _) in zip(ranks, graph.sizes)]
    tops = [y - height / 2 for y, (_, height) in zip(middles, graph.sizes)]
    return Layout(
        dict(zip(graph.ids, zip((left for left, _ in cards), tops))),
        route(graph, cols, extents, cards, middles),
        max((right for _, right in extents), default=MARGIN) + MARGIN,
        max((y + height / 2 for y, height in zip(middles, cols.height)), default=MARGIN) + MARGIN,
    )


def abreast(graph: Graph, ranks: list[int]) -> list[Extent]:
    """Return where each column begins and ends: it is as wide as its widest card."""
    widths = [0.0] * (max(ranks, default=-1) + 1)
    for r, (width, _) in zip(ranks, graph.sizes):
        widths[r] = max(widths[r], width)
    ends = accumulate(widths, lambda end, width: end + COLUMN + width, initial=MARGIN - COLUMN)
    return [(end - width, end) for width, end in zip(widths, list(ends)[1:])]


def centred(extent: Extent, width: float) -> Extent:
    middle = sum(extent) / 2
    return middle - width / 2, middle + width / 2
