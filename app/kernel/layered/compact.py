"""Gives each block the topmost height at which nothing overlaps, then closes the gaps below it.

The "horizontal compaction" of Brandes and Köpf as longest paths in the graph of blocks, which is
how dagre does it; the paper's own way has known faults (Brandes, Walter and Zink 2020, "Erratum").
"""

from itertools import pairwise

from .align import Blocks
from .gaps import ROW, WIRE

Below = dict[int, list[tuple[int, float]]]  # blocks under each block, and the least distance


def compact(
    columns: list[list[int]], heights: list[float], nodes: int, blocks: Blocks
) -> list[float]:
    """Return the middle of each item, from the top downwards."""
    below: Below = {root: [] for root in blocks.root}
    y = dict.fromkeys(below, 0.0)
    for column in columns:
        for item in column:
            root = blocks.root[item]
            y[root] = max(y[root], heights[item] / 2 - blocks.shift[item])
        for a, b in pairwise(column):
            distance = apart(a, b, heights, nodes) + blocks.shift[a] - blocks.shift[b]
            below[blocks.root[a]].append((blocks.root[b], distance))
    order = from_the_top(below)
    for root in order:
        for other, distance in below[root]:
            y[other] = max(y[other], y[root] + distance)
    for root in reversed(order):
        lowest = min((y[other] - distance for other, distance in below[root]), default=y[root])
        y[root] = max(y[root], lowest)
    return [y[root] + shift for root, shift in zip(blocks.root, blocks.shift)]


def apart(a: int, b: int, heights: list[float], nodes: int) -> float:
    """Return the least distance of two items' middles: cards keep away more than wires do."""
    gap = ((ROW if a < nodes else WIRE) + (ROW if b < nodes else WIRE)) / 2
    return (heights[a] + heights[b]) / 2 + gap


def from_the_top(below: Below) -> list[int]:
    """List the blocks, each before all that are under it (Kahn 1962)."""
    waits = dict.fromkeys(below, 0)
    for others in below.values():
        for other, _ in others:
            waits[other] += 1
    order = [root for root, count in waits.items() if count == 0]
    for root in order:  # the list grows while we walk along it
        for other, _ in below[root]:
            waits[other] -= 1
            if waits[other] == 0:
                order.append(other)
    return order
