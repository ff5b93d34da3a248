"""What an operation and its local derivatives are at given numbers, as micrograd computes them."""

import math
from collections.abc import Sequence
from typing import Any

from micrograd.engine import Value

_METHODS = {
    "+": "__add__",
    "-": "__sub__",
    "*": "__mul__",
    "/": "__truediv__",
    "**": "__pow__",
    "neg": "__neg__",
    "tanh": "tanh",
    "ReLU": "relu",
    "relu": "relu",
    "exp": "exp",
    "log": "log",
    "sigmoid": "sigmoid",
}

_UNKNOWN = (
    KeyError,
    IndexError,
    TypeError,
    ValueError,
)  # a learner's own: another name, more operands


def result(op: str, operands: Sequence[float], value_class: type[Any] = Value) -> float:
    """Return the result of the operation on these numbers; nan for an unknown operation.

    Another `value_class` may be a learner's, which can fail in any way.
    """
    try:
        return float(_result(op, *map(value_class, operands)).data)
    except Exception:
        return math.nan


def local_derivative(op: str, operands: Sequence[float], slot: int) -> float:
    """Return ∂result/∂operand for the operand in this slot; nan for an unknown operation."""
    try:
        return float(_result(op, *map(Value, operands))._local[slot])
    except _UNKNOWN:
        return math.nan


def _result(op: str, first: Any, *rest: Any) -> Any:
    if op.startswith("**") and op != "**":  # a plain exponent stands in the name: "**-0.5"
        return first ** float(op[2:])
    return getattr(first, _METHODS[op])(*rest)
