"""Works out what one write to a gradient meant: which local derivative, and was it added?"""

import math
from typing import Any

from .derivative import local_derivative

Node = Any


def contribution(
    upstream: Node,
    operands: tuple[Node, ...],
    slot: int,
    before: float,
    after: float,
    adds: bool,
) -> dict[str, Any]:
    """Return the upstream gradient, the local derivative and the product that explain the write.

    Where the engine's own local derivative explains it to the last bit, it is that one. Otherwise
    the engine did something else, and what it did is reported: `adds` tells whether the gradient
    was read before it was written, so that `after - before` is the contribution, or `after` is.
    """
    gradient = as_number(upstream.grad)
    local = _local_derivative(upstream, operands, slot)
    product = local * gradient
    if not same(before + product, after) and not same(product, after):
        product = after - before if adds else after
        local = product / gradient if gradient else 0.0
    return {
        "upstream": gradient,
        "local": local,
        "contribution": product,
        "before": before,
        "after": after,
    }


def _local_derivative(node: Node, operands: tuple[Node, ...], slot: int) -> float:
    """Return the local derivative that the node keeps, else its operation's; nan if unknown."""
    kept = getattr(node, "_local", None)
    if isinstance(kept, tuple) and len(kept) == len(operands):
        return as_number(kept[slot])
    data = [as_number(operand.data) for operand in operands]
    return local_derivative(str(getattr(node, "_op", "")), data, slot)


def as_number(x: Any) -> float:
    """Return what a learner's class keeps as a number; nan if it is none."""
    try:
        return float(x)
    except (TypeError, ValueError, OverflowError):
        return math.nan


def same(a: float, b: float) -> bool:
    """Tell whether two numbers are equal; unlike Python, take nan for equal to nan."""
    return a == b or (a != a and b != b)
