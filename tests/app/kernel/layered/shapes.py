"""Small graphs for the tests: `graph([], [], [0, 1])` is two leaves and a node that uses both."""

from typing import Any

from app.kernel.layered.columns import Columns, split
from app.kernel.layered.graph import Graph, Size, read
from app.kernel.layered.rank import rank

CARD: Size = (116, 74)


def nodes(*operands: list[int]) -> list[dict[str, Any]]:
    return [{"id": i, "operands": list(mine)} for i, mine in enumerate(operands)]


def sizes(shape: list[dict[str, Any]], size: Size = CARD) -> dict[int, Size]:
    return {node["id"]: size for node in shape}


def graph(*operands: list[int]) -> Graph:
    shape = nodes(*operands)
    return read(shape, sizes(shape))


def columns(*operands: list[int]) -> Columns:
    shape = graph(*operands)
    return split(shape, rank(shape))
