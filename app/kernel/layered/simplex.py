"""Network simplex (Gansner et al. 1993, section 2.3): columns with the least total length of wires.

A tree of tight wires, of length 1, holds a part of the graph together. Cutting one wire of the tree
splits the part in two. If more wires pull the halves towards each other than apart, one of them
moves until another wire between them becomes tight, and takes the place of the cut one.
"""

from typing import NamedTuple

from .graph import Graph

STEPS = 60_000  # nodes walked over at most: a large graph stays as good as it got in this time


class Tree(NamedTuple):
    """The nodes, each after its parent; and the parent of each but the first, which is the root."""

    order: list[int]
    parent: dict[int, int]


class Wire(NamedTuple):
    """A wire between a node inside and one outside of some set; slack is its length beyond 1."""

    slack: int
    inner: int
    outer: int


def shorten(graph: Graph, part: list[int], ranks: list[int]) -> None:
    """Improve the ranks of one connected part of the graph, in place."""
    pull = {v: len(graph.users[v]) - len(graph.operands[v]) for v in part}
    tree = tight_tree(graph, part, ranks)
    for _ in range(STEPS // len(part)):
        cut = worst(tree, pull, ranks)
        if cut is None:
            return
        tree = exchange(graph, tree, cut, ranks)


def tight_tree(graph: Graph, part: list[int], ranks: list[int]) -> Tree:
    """Join the whole part by tight wires; where none leads on, move all that is joined so far."""
    tree, inside = Tree([part[0]], {}), {part[0]}
    while True:
        for v in tree.order:  # the list grows while we walk along it
            for w in (*graph.operands[v], *graph.users[v]):
                if w not in inside and abs(ranks[w] - ranks[v]) == 1:
                    inside.add(w)
                    tree.order.append(w)
                    tree.parent[w] = v
        if len(inside) == len(part):
            return tree
        wire = min(leaving(graph.operands, inside, ranks) + leaving(graph.users, inside, ranks))
        rightwards = ranks[wire.outer] > ranks[wire.inner]
        move(ranks, inside, wire.slack if rightwards else -wire.slack)


def worst(tree: Tree, pull: dict[int, int], ranks: list[int]) -> int | None:
    """Return the node whose half of the tree is pulled most away from its parent, if any is."""
    total = dict(pull)  # wires that leave the half below v to the right, minus to the left
    found, least = None, 0
    for v in reversed(tree.order[1:]):
        up = tree.parent[v]
        total[up] += total[v]
        cut_value = total[v] if ranks[v] < ranks[up] else -total[v]
        if cut_value < least:
            found, least = v, cut_value
    return found


def exchange(graph: Graph, tree: Tree, cut: int, ranks: list[int]) -> Tree:
    """Move the half below `cut` away from its parent until another wire between them is tight."""
    half = below(tree, cut)
    leftwards = ranks[cut] < ranks[tree.parent[cut]]
    wire = min(leaving(graph.operands if leftwards else graph.users, half, ranks))
    move(ranks, half, -wire.slack if leftwards else wire.slack)
    return hang(tree, half, wire)


def below(tree: Tree, top: int) -> set[int]:
    """Return `top` and all nodes that hang on it."""
    found = {top}
    for v in tree.order:
        if tree.parent.get(v) in found:
            found.add(v)
    return found


def leaving(neighbours: list[list[int]], inside: set[int], ranks: list[int]) -> list[Wire]:
    """List the wires from a set of nodes to those of their neighbours that are outside."""
    return [
        Wire(abs(ranks[v] - ranks[w]) - 1, v, w)
        for v in inside
        for w in neighbours[v]
        if w not in inside
    ]


def move(ranks: list[int], nodes: set[int], by: int) -> None:
    for v in nodes:
        ranks[v] += by


def hang(tree: Tree, half: set[int], wire: Wire) -> Tree:
    """Hang one half of the tree by the inner end of a wire on its outer end, in the other half."""
    parent = dict(tree.parent)
    child, up = wire.inner, wire.outer
    while child in half:  # turn the path from here to where the half hung before
        parent[child], child, up = up, parent[child], child
    return Tree(by_depth(tree.order[0], parent), parent)


def by_depth(root: int, parent: dict[int, int]) -> list[int]:
    """List all nodes of a tree, each after its parent."""
    children: dict[int, list[int]] = {}
    for v, up in parent.items():
        children.setdefault(up, []).append(v)
    order = [root]
    for v in order:  # the list grows while we walk along it
        order += children.get(v, ())
    return order
