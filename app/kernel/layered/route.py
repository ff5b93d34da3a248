"""Lists the points through which each wire passes.

Between two columns a wire may slope; beside the cards of a column it runs level. So a curve with
level ends from each point to the next meets no card either.
"""

from .columns import Columns, arrival
from .graph import Graph

Point = tuple[float, float]
Extent = tuple[float, float]  # where a card or a column begins and ends, from left to right
Edge = tuple[int, int, int]  # operand, node, slot; by their ids


def route(
    graph: Graph, cols: Columns, extents: list[Extent], cards: list[Extent], middles: list[float]
) -> dict[Edge, list[Point]]:
    """Return the points of each wire, in the order of creation."""
    routes: dict[Edge, list[Point]] = {}
    for w, operands in enumerate(graph.operands):
        for slot, u in enumerate(operands):
            down = middles[w] + arrival(cols.height[w], len(operands), slot)
            points = [(cards[u][1], middles[u]), (extents[cols.rank[u]][1], middles[u])]
            for bend in cols.bends[u][: cols.rank[w] - cols.rank[u] - 1]:
                points += [(x, middles[bend]) for x in extents[cols.rank[bend]]]
            points += [(extents[cols.rank[w]][0], down), (cards[w][0], down)]
            edge = graph.ids[u], graph.ids[w], slot
            routes[edge] = list(dict.fromkeys(points))  # a card as wide as its column: one point
    return routes
