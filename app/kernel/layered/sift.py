"""Moves single items up or down in their column as long as that removes crossings.

After Matuszewski, Schönfeld and Molitor ("Using sifting for k-layer straight line crossing
minimization", GD 1999), within a window; a window of 1 is the "transpose" of Gansner et al. 1993.
"""

from bisect import bisect_left, bisect_right

from .columns import Columns

WINDOW = 8  # how many others an item may pass at once,
LOSS = 2  # and how many crossings more that may cost on the way to a better place
PASSES = 2  # over all columns

Ends = tuple[list[float], list[float]]  # where an item's wires end, on its left and on its right


def sift(cols: Columns, columns: list[list[int]]) -> list[list[int]]:
    """Return better columns; only those beside a changed one are looked at again."""
    columns = [list(column) for column in columns]
    place = {item: float(i) for column in columns for i, item in enumerate(column)}
    restless = set(range(len(columns)))
    for _ in range(PASSES):
        moved = set()
        for i in sorted(restless):
            if sift_column(columns[i], ends_of(cols, columns[i], place), place):
                moved |= {i - 1, i, i + 1}
        restless = moved & set(range(len(columns)))
    return columns


def ends_of(cols: Columns, column: list[int], place: dict[int, float]) -> dict[int, Ends]:
    return {
        item: (
            sorted([place[u] for u in cols.before[item]]),
            sorted([place[w] + lean for w, lean in cols.after[item]]),
        )
        for item in column
    }


def sift_column(column: list[int], ends: dict[int, Ends], place: dict[int, float]) -> bool:
    """Move each item to its best place in the window; say if any moved."""
    moved = False
    for item in list(column):
        i = int(place[item])
        up = best_move(ends, item, column[max(i - WINDOW, 0) : i][::-1], -1)
        down = best_move(ends, item, column[i + 1 : i + 1 + WINDOW], 1)
        saved, steps = max(up, down)
        if saved > 0:
            moved = True
            column.insert(i + steps, column.pop(i))
            for j in range(min(i, i + steps), max(i, i + steps) + 1):
                place[column[j]] = j
    return moved


def best_move(ends: dict[int, Ends], item: int, others: list[int], way: int) -> tuple[int, int]:
    """Return how many crossings it saves to pass some of the others, and how far to move."""
    saved, best, steps = 0, 0, 0
    left, right = ends[item]
    for i, other in enumerate(others, 1):
        other_left, other_right = ends[other]
        saved += way * (excess(left, other_left) + excess(right, other_right))
        if saved > best:
            best, steps = saved, i
        elif saved <= -LOSS:
            break
    return best, way * steps


def excess(a: list[float], b: list[float]) -> int:
    """Return how many crossings more two items' wires have on one side if a stands above b."""
    if not a or not b:
        return 0
    if a[-1] < b[0]:
        return -len(a) * len(b)
    if a[0] > b[-1]:
        return len(a) * len(b)
    return sum([bisect_left(b, end) + bisect_right(b, end) - len(b) for end in a])
