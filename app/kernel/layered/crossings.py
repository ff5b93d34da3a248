"""Counts the crossings of wires between two columns (Barth, Jünger and Mutzel 2002, by insertion).

Two pieces of wire cross if one starts above the other and ends below it.
"""

from bisect import bisect_right, insort


def crossings(starts: list[list[float]]) -> int:
    """Count crossings, given the sorted ends of the pieces that start at each item of a column."""
    total = 0
    ends: list[float] = []
    for mine in starts:
        for end in mine:
            total += len(ends) - bisect_right(ends, end)
        for end in mine:
            insort(ends, end)
    return total
