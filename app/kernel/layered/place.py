"""Decides how far down each item stands: four extreme drawings, and the mean of the middle two.

Brandes and Köpf 2001: blocks are tied to the left or to the right, from the top or from the bottom.
Each of the four drawings keeps all distances, and so does the mean.
"""

from itertools import pairwise

from .align import Near, align, crossed, neighbours
from .columns import Columns
from .compact import apart, compact
from .straighten import Extent, straighten

SQUEEZE = 0.2  # which part of the height beyond the tallest column's is given up


def place(cols: Columns, columns: list[list[int]]) -> list[float]:
    """Return the vertical middle of each item; the topmost card begins at 0."""
    before, after = neighbours(cols, columns)
    blocked = crossed(cols, columns)
    drawings = []
    for near, ways in ((before, columns), (after, columns[::-1])):
        drawings.append(compact_one(cols, ways, near, blocked))
        mirrored = compact_one(cols, [c[::-1] for c in ways], mirror(near), blocked)
        drawings.append([-y for y in mirrored])
    extent = min((span(d, cols.height) for d in drawings), key=lambda s: s[1] - s[0])
    means = mean(drawings, cols.height, extent)
    inside = squeeze(cols, columns, means, extent)
    near = [[*a, *b] for a, b in zip(before, after)]
    level = straighten(cols, columns, near, inside, span(inside, cols.height))
    top, _ = span(level, cols.height)
    return [y - top for y in level]


def compact_one(
    cols: Columns, columns: list[list[int]], near: Near, blocked: set[tuple[int, int]]
) -> list[float]:
    blocks = align(columns, near, blocked)
    return compact(columns, cols.height, len(cols.bends), blocks)


def mirror(near: Near) -> Near:
    return [[(other, -offset) for other, offset in reversed(pairs)] for pairs in near]


def mean(drawings: list[list[float]], heights: list[float], extent: Extent) -> list[float]:
    """Lay the drawings over the smallest one, edge to edge, and take the mean of the middle two."""
    moved = []
    for i, drawing in enumerate(drawings):
        top, bottom = span(drawing, heights)
        by = extent[1] - bottom if i % 2 else extent[0] - top
        moved.append([y + by for y in drawing])
    return [sum(sorted(ys)[1:3]) / 2 for ys in zip(*moved)]


def span(ys: list[float], heights: list[float]) -> Extent:
    top = min((y - height / 2 for y, height in zip(ys, heights)), default=0.0)
    return top, max((y + height / 2 for y, height in zip(ys, heights)), default=0.0)


def squeeze(
    cols: Columns, columns: list[list[int]], ys: list[float], extent: Extent
) -> list[float]:
    """Move what sticks out of the extent back inside, and what stands in its way aside.

    The extent gives up a part of what it has beyond the tallest column first.
    """
    room = extent[1] - extent[0] - tallest(cols, columns)
    top, bottom = extent[0] + room * SQUEEZE / 2, extent[1] - room * SQUEEZE / 2
    found = list(ys)
    for column in columns:
        least, most = floor(cols, column, top), floor(cols, column[::-1], -bottom)
        for item, low, high in zip(column, least, reversed(most)):
            found[item] = min(max(found[item], low), -high)
    return found


def tallest(cols: Columns, columns: list[list[int]]) -> float:
    return max(
        (
            floor(cols, column, 0.0)[-1] + cols.height[column[-1]] / 2
            for column in columns
            if column
        ),
        default=0.0,
    )


def floor(cols: Columns, column: list[int], top: float) -> list[float]:
    """Return where the items of a column stand if all of them are as far up as they can be."""
    found = [top + cols.height[item] / 2 for item in column[:1]]
    for a, b in pairwise(column):
        found.append(found[-1] + apart(a, b, cols.height, len(cols.bends)))
    return found
