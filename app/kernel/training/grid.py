"""Points all over the plane, for pictures: from the top left, row by row."""

from __future__ import annotations

from functools import lru_cache

from .rows import Rows


@lru_cache(maxsize=4)
def grid(rows: Rows, resolution: int) -> list[list[float]]:
    """Return the model's inputs in the middle of each cell of a square with so many a side."""
    left, right, bottom, top = rows.domain
    xs = [left + (right - left) * (i + 0.5) / resolution for i in range(resolution)]
    ys = [top - (top - bottom) * (i + 0.5) / resolution for i in range(resolution)]
    return [rows.inputs_at(x, y) for y in ys for x in xs]


@lru_cache(maxsize=4)
def nearest_targets(rows: Rows, resolution: int) -> list[float]:
    """Return for each of these points the target of a training row that is about the nearest.

    From the cells with a row, targets spread from cell to cell, all at the same pace.
    """
    left, right, bottom, top = rows.domain
    found: dict[tuple[int, int], float] = {}
    for x, y, target in rows.train_points():
        column = int((x - left) / (right - left) * resolution)
        line = int((top - y) / (top - bottom) * resolution)
        if 0 <= column < resolution and 0 <= line < resolution:
            found.setdefault((line, column), target)
    front = list(found)
    while front:
        reached = []
        for line, column in front:
            for cell in (
                (line, column - 1),
                (line, column + 1),
                (line - 1, column),
                (line + 1, column),
            ):
                if cell not in found and min(cell) >= 0 and max(cell) < resolution:
                    found[cell] = found[line, column]
                    reached.append(cell)
        front = reached
    return [found.get((i, j), 0.0) for i in range(resolution) for j in range(resolution)]
