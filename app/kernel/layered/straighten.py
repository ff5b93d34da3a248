"""Takes small kinks out of wires: an item moves a little where that makes more of them level."""

import math
from collections import Counter

from .align import Near
from .columns import Columns
from .compact import apart
from .gaps import WIRE

Extent = tuple[float, float]  # top and bottom


def straighten(
    cols: Columns, columns: list[list[int]], near: Near, ys: list[float], extent: Extent
) -> list[float]:
    """Return better middles. The bends of one wire move together, onto one level if they can."""
    found = list(ys)
    neighbours = beside(columns, len(ys))
    for group in [*([v] for v in range(len(cols.bends))), *filter(None, cols.bends)]:
        rooms = [room(cols, found, neighbours[item], item, extent) for item in group]
        low, high = max(top for top, _ in rooms), min(bottom for _, bottom in rooms)
        if low <= high:
            reach = WIRE if group[0] < len(cols.bends) else math.inf
            level = best_level(group, near, found, (low, high), reach)
            for item in group:
                found[item] = level
    return found


def best_level(
    group: list[int], near: Near, ys: list[float], bounds: Extent, reach: float
) -> float:
    """Return the height, within bounds and reach, at which most wires are level."""
    low, high = bounds
    now = sorted(ys[item] for item in group)[len(group) // 2]
    together = set(group)
    levels = Counter(
        round(ys[other] + offset, 6)
        for item in group
        for other, offset in near[item]
        if other not in together
    )
    fits = [y for y in levels if low <= y <= high and abs(y - now) <= reach]
    return max(fits, key=lambda y: (levels[y], -abs(y - now)), default=min(max(now, low), high))


def beside(columns: list[list[int]], count: int) -> list[tuple[int | None, int | None]]:
    """Return the items above and below each item in its column."""
    found: list[tuple[int | None, int | None]] = [(None, None)] * count
    for column in columns:
        for above, item, below in zip([None, *column], column, [*column[1:], None]):
            found[item] = (above, below)
    return found


def room(
    cols: Columns,
    ys: list[float],
    neighbours: tuple[int | None, int | None],
    item: int,
    extent: Extent,
) -> tuple[float, float]:
    """Return how far up and how far down the middle of an item may be."""
    above, below = neighbours
    nodes, half = len(cols.bends), cols.height[item] / 2
    top, bottom = extent[0] + half, extent[1] - half
    if above is not None:
        top = ys[above] + apart(above, item, cols.height, nodes)
    if below is not None:
        bottom = ys[below] - apart(item, below, cols.height, nodes)
    return top, bottom
