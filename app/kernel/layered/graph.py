"""Reads the nodes of a trace as a graph over positions: 0, 1, 2, ... in the order of creation."""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

Size = tuple[float, float]


class Graph(NamedTuple):
    """`operands[v]` are the positions of the operands of node v, in order, repeats kept."""

    ids: list[int]
    operands: list[list[int]]
    users: list[list[int]]
    sizes: list[Size]


def read(nodes: Sequence[Mapping[str, Any]], sizes: Mapping[int, Size]) -> Graph:
    """Raise a `ValueError` if an operand does not stand before its user."""
    ids = [node["id"] for node in nodes]
    position: dict[int, int] = {}
    operands: list[list[int]] = []
    users: list[list[int]] = [[] for _ in ids]
    for v, node in enumerate(nodes):
        if any(operand not in position for operand in node["operands"]):
            raise ValueError(f"an operand of node {node['id']} does not stand before it")
        operands.append([position[operand] for operand in node["operands"]])
        for u in operands[v]:
            users[u].append(v)
        position[node["id"]] = v
    return Graph(ids, operands, users, [sizes[id] for id in ids])


def components(graph: Graph) -> list[list[int]]:
    """Split the graph into parts that no wire connects, in the order of their first nodes."""
    parts: list[list[int]] = []
    seen = [False] * len(graph.ids)
    for start in range(len(graph.ids)):
        if not seen[start]:
            seen[start] = True
            part = [start]
            for v in part:  # the list grows while we walk along it
                for w in (*graph.operands[v], *graph.users[v]):
                    if not seen[w]:
                        seen[w] = True
                        part.append(w)
            parts.append(sorted(part))
    return parts
