"""Ties items of neighbouring columns into blocks that shall be level, so that wires are straight.

The "vertical alignment" of Brandes and Köpf ("Fast and simple horizontal coordinate assignment",
GD 2001), where the graph lies on its side as ours does, with ports as in Rüegg, Schulze, Carstens
and von Hanxleden ("Size- and port-aware horizontal node coordinate assignment", GD 2015).
"""

from bisect import bisect_left, bisect_right
from itertools import accumulate, pairwise
from typing import NamedTuple

from .columns import Columns, arrival

Near = list[list[tuple[int, float]]]  # neighbours, and how far below each an item stands if level


class Blocks(NamedTuple):
    """Each item's block, named by its first item, and how far below that one the item stands."""

    root: list[int]
    shift: list[float]


def align(columns: list[list[int]], near: Near, blocked: set[tuple[int, int]]) -> Blocks:
    """Tie each item to its median neighbour in the column before, if no such tie is crossed."""
    count = len(near)
    root, shift, place = list(range(count)), [0.0] * count, [0] * count
    for column in columns:
        last = -1
        for i, item in enumerate(column):
            place[item] = i
            for other, offset in medians(near[item]):
                if place[other] > last and (other, item) not in blocked:
                    root[item], shift[item] = root[other], shift[other] + offset
                    last = place[other]
                    break
    return Blocks(root, shift)


def medians(near: list[tuple[int, float]]) -> list[tuple[int, float]]:
    middle = (len(near) - 1) // 2
    return near[middle : len(near) // 2 + 1]


def neighbours(cols: Columns, columns: list[list[int]]) -> tuple[Near, Near]:
    """List each item's neighbours before and after it, from top to bottom.

    A bend that leads to another bend looks only at that one: a long wire shall be straight.
    """
    place = places(columns)
    before: Near = [[] for _ in place]
    after: Near = [[] for _ in place]
    for item, others in enumerate(cols.before):
        for slot, other in enumerate(others):
            offset = arrival(cols.height[item], len(others), slot)
            before[item].append((other, -offset))
            after[other].append((item, offset))
    for near in (*before, *after):
        near.sort(key=lambda pair: (place[pair[0]], pair[1]))
    for bends in cols.bends:
        for bend, following in pairwise(bends):
            after[bend] = [(following, 0.0)]
    return before, after


def places(columns: list[list[int]]) -> list[int]:
    found = [0] * sum(len(column) for column in columns)
    for column in columns:
        for i, item in enumerate(column):
            found[item] = i
    return found


def crossed(cols: Columns, columns: list[list[int]]) -> set[tuple[int, int]]:
    """List the pieces that cross a piece between two bends: "type 1 conflicts", in both ways."""
    place = places(columns)
    long: list[list[tuple[int, int]]] = [[] for _ in columns]
    for bends in cols.bends:
        for bend, following in pairwise(bends):
            long[cols.rank[bend]].append((place[bend], place[following]))
    found = set()
    for column, pieces in zip(columns, long):
        if pieces:
            found |= crossed_by(sorted(pieces), cols, column, place)
    return found


def crossed_by(
    pieces: list[tuple[int, int]], cols: Columns, column: list[int], place: list[int]
) -> set[tuple[int, int]]:
    starts = [start for start, _ in pieces]
    lowest = list(accumulate((end for _, end in pieces), max))
    highest = list(accumulate((end for _, end in reversed(pieces)), min))[::-1]
    found = set()
    for item in column:
        above = bisect_left(starts, place[item])  # how many pieces start above this one
        below = bisect_right(starts, place[item])
        for other, _ in cols.after[item]:
            over = above > 0 and lowest[above - 1] > place[other]
            under = below < len(pieces) and highest[below] < place[other]
            if (over or under) and not is_long(cols, item, other):
                found |= {(item, other), (other, item)}
    return found


def is_long(cols: Columns, item: int, other: int) -> bool:
    nodes = len(cols.bends)
    return item >= nodes and other >= nodes
