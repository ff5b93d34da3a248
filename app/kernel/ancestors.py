"""What a node of a trace depends on."""

from .recorder import Trace


def ancestors(trace: Trace, node: int) -> set[int]:
    """Return all nodes that a node was computed from."""
    found: set[int] = set()
    waiting = [node]
    while waiting:
        operands = trace["nodes"][waiting.pop()]["operands"]
        waiting += [operand for operand in operands if operand not in found]
        found.update(operands)
    return found
