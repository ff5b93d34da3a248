"""Gives each node a column, so that wires are short: leaves stand just before their first user."""

from .graph import Graph, components
from .simplex import shorten


def rank(graph: Graph) -> list[int]:
    """Return the column of each node; every connected part of the graph starts at column 0."""
    ranks = late(graph, early(graph))
    for part in components(graph):
        shorten(graph, part, ranks)
        first = min(ranks[v] for v in part)
        for v in part:
            ranks[v] -= first
    return ranks


def early(graph: Graph) -> list[int]:
    """Return the first possible column of each node: one more than its last operand's."""
    ranks: list[int] = []
    for operands in graph.operands:  # in the order of creation, so operands come first
        ranks.append(1 + max((ranks[u] for u in operands), default=-1))
    return ranks


def late(graph: Graph, ranks: list[int]) -> list[int]:
    """Move each node right to just before its first user; what nobody uses stays."""
    moved = list(ranks)
    for v in reversed(range(len(moved))):
        if graph.users[v]:
            moved[v] = min(moved[w] for w in graph.users[v]) - 1
    return moved
