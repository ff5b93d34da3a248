"""Lets go of a graph node by node.

Python frees a chain of objects one inside the other, so deep that a browser's stack ends at some
2,500 of them, and the interpreter with it.
"""

from typing import Any

Node = Any


def release(nodes: list[Node]) -> None:
    """Let go of nodes that stand in the list each after its operands, the last one first.

    Nobody else should hold them.
    """
    while nodes:
        nodes.pop()  # all that it was made from is still held


def operands_first(output: Node) -> list[Node]:
    """List all nodes of a graph, each after its operands, without recursion."""
    found: list[Node] = []
    entered: set[int] = set()
    waiting = [(output, False)]
    while waiting:
        node, is_left = waiting.pop()
        if is_left:
            found.append(node)
        elif id(node) not in entered:
            entered.add(id(node))
            waiting.append((node, True))
            waiting += [(operand, False) for operand in getattr(node, "_prev", None) or ()]
    return found
