"""Cuts wires into pieces that reach from one column to the next, and lists who is in each column.

Where a wire passes through a column there is a *bend*, an item of its own like a card. All wires of
one operand share their bends, as a bus does: the value they carry is the same, and a value that is
used by a hundred nodes takes the room of one wire (Sander, "Layout of directed hypergraphs with
orthogonal hyperedges", GD 2003).
"""

from typing import NamedTuple

from .gaps import WIRE
from .graph import Graph


class Columns(NamedTuple):
    """Items are numbered: the nodes of the graph first, by position, then the bends.

    `before[i]` lists the items that a piece of wire connects to item i from the left, for a node
    in the order of its operands. `after[i]` lists the items to the right, each with its lean: where
    on the item the wire arrives, between -1/2 (the top) and 1/2 (the bottom).
    """

    rank: list[int]
    height: list[float]
    before: list[list[int]]
    after: list[list[tuple[int, float]]]
    bends: list[list[int]]  # of each node, from left to right


def split(graph: Graph, ranks: list[int]) -> Columns:
    count = len(graph.ids)
    heights = [height for _, height in graph.sizes]
    cols = Columns(list(ranks), heights, [[] for _ in ranks], [[] for _ in ranks], [[]] * count)
    for u, users in enumerate(graph.users):
        cols.bends[u] = lead(cols, u, max((ranks[w] for w in users), default=0) - ranks[u] - 1)
    for w, operands in enumerate(graph.operands):
        for slot, u in enumerate(operands):
            last = [u, *cols.bends[u]][ranks[w] - ranks[u] - 1]
            cols.before[w].append(last)
            cols.after[last].append((w, (slot + 1) / (len(operands) + 1) - 0.5))
    return cols


def lead(cols: Columns, u: int, count: int) -> list[int]:
    """Add so many bends to the right of node u, connected one after another."""
    bends: list[int] = []
    item = u
    for _ in range(count):
        bend = len(cols.rank)
        cols.rank.append(cols.rank[item] + 1)
        cols.height.append(0.0)
        cols.before.append([item])
        cols.after.append([])
        cols.after[item].append((bend, 0.0))
        bends.append(bend)
        item = bend
    return bends


def arrival(height: float, count: int, slot: int) -> float:
    """Return how far below the middle of its left side a node receives one of its operands."""
    return min(WIRE, height / max(count, 1)) * (slot - (count - 1) / 2)
