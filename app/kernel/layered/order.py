"""Decides who stands above whom in each column, so that few wires cross.

Sweeps to and fro put each item at the mean place of its neighbours (the barycentre method of
Sugiyama et al. 1981); after each sweep `sift` repairs what a mean does not see. We keep the best.
"""

from itertools import pairwise

from .columns import Columns
from .crossings import crossings
from .sift import sift

ROUNDS = (2, 10)  # at least and at most so many sweeps to and fro,
WORK = 2_000  # and in between so many that they look at so many items: small graphs get more


def order(cols: Columns) -> list[list[int]]:
    """Return the items of each column from top to bottom."""
    best = first(cols)
    least = count(cols, best)
    now = follow(cols, best)
    for i in range(max(ROUNDS[0], min(ROUNDS[1], WORK // max(len(cols.rank), 1)))):
        now = sift(cols, now)
        crossed = count(cols, now)
        if crossed < least:
            best, least = now, crossed
        if least == 0:
            break
        now = sweep(cols, now, rightwards=i % 2 == 1)
    return best


def first(cols: Columns) -> list[list[int]]:
    """Walk from what nobody uses to its operands, the first one first: a tree has no crossings."""
    found: list[list[int]] = [[] for _ in range(max(cols.rank, default=-1) + 1)]
    seen = [False] * len(cols.rank)
    stack = [i for i, after in enumerate(cols.after) if not after][::-1]
    while stack:
        item = stack.pop()
        if not seen[item]:
            seen[item] = True
            found[cols.rank[item]].append(item)
            stack += reversed(cols.before[item])
    return found


def follow(cols: Columns, columns: list[list[int]]) -> list[list[int]]:
    """Sort from left to right by the mean place of the operands; leaves keep their places."""
    place: dict[int, int] = {}
    found = []
    for column in columns:
        moving = [item for item in column if cols.before[item]]
        means = {item: mean([place[u] for u in cols.before[item]]) for item in moving}
        moving.sort(key=means.__getitem__)
        turn = iter(moving)
        found.append([next(turn) if cols.before[item] else item for item in column])
        place |= {item: i for i, item in enumerate(found[-1])}
    return found


def sweep(cols: Columns, columns: list[list[int]], rightwards: bool) -> list[list[int]]:
    """Sort each column by the mean place of the neighbours on both sides, one column at a time.

    Columns differ in length: a place is a part of the column's length, between 0 and 1.
    """
    size = [float(len(column)) for column in columns]
    found = [list(column) for column in columns]
    place = {item: float(i) for column in columns for i, item in enumerate(column)}

    def height(item: int) -> float:
        before = [place[u] + 0.5 for u in cols.before[item]]
        after = [place[w] + lean + 0.5 for w, lean in cols.after[item]]
        r = cols.rank[item]
        means = [mean(before) / size[r - 1]] if before else []
        means += [mean(after) / size[r + 1]] if after else []
        return mean(means) if means else (place[item] + 0.5) / size[r]

    for column in found if rightwards else reversed(found):
        column.sort(key=height)
        place.update({item: float(i) for i, item in enumerate(column)})
    return found


def mean(numbers: list[float]) -> float:
    return sum(numbers) / len(numbers)


def count(cols: Columns, columns: list[list[int]]) -> int:
    """Count all crossings."""
    total = 0
    for column, following in pairwise(columns):
        place = {item: i for i, item in enumerate(following)}
        ends = [sorted([place[w] + lean for w, lean in cols.after[item]]) for item in column]
        total += crossings(ends)
    return total
