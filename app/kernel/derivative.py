"""What an operation and its local derivatives are at given numbers, as micrograd computes them."""

import math
from collections.abc import Sequence

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


def result(op: str, operands: Sequence[float]) -> float:
    """Return the result of the operation on these numbers; nan for an unknown operation."""
    try:
        return _result(op, *map(Value, operands)).data
    except _UNKNOWN:
        return math.nan


def local_derivative(op: str, operands: Sequence[float], slot: int) -> float:
    """Return ∂result/∂operand for the operand in this slot; nan for an unknown operation."""
    try:
        return _result(op, *map(Value, operands))._local[slot]
    except _UNKNOWN:
        return math.nan


def _result(op: str, first: Value, *rest: Value) -> Value:
    if op.startswith("**") and op != "**":  # a plain exponent stands in the name: "**-0.5"
        return first ** float(op[2:])
    result: Value = getattr(first, _METHODS[op])(*rest)
    return result
