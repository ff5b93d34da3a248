"""Numbers that remember how they were made, and can tell what they depend on.

Every operation on `Value`s makes a new `Value`. It remembers its operands, and beside each of them
the *local derivative*: how fast the result changes when that operand changes and nothing else does.
That is all `backward()` needs. It walks from the result to the inputs and applies the chain rule,
which stands in one place only: `Value._backward`.

After Andrej Karpathy's micrograd. This is reverse-mode automatic differentiation (Linnainmaa 1970;
Griewank and Walther, "Evaluating Derivatives", chapter 3).
"""

from __future__ import annotations

import math
import numbers
from itertools import count
from operator import attrgetter
from typing import SupportsFloat, SupportsIndex, TypeAlias

Number: TypeAlias = SupportsFloat | SupportsIndex  # int, float, bool and the scalars of numpy

_serial_numbers = count()


class Value:
    """A number in a computation: `data` is the number, `grad` how the output changes with it."""

    __slots__ = ("_local", "_op", "_prev", "_serial", "data", "grad", "label")

    def __init__(
        self,
        data: Number,
        _children: tuple[Value, ...] = (),
        _op: str = "",
        label: str = "",
        _local: tuple[float, ...] = (),
    ) -> None:
        self.data = data if type(data) is float else _as_float(data)
        self.grad = 0.0
        self.label = label
        self._prev = tuple(_children)  # the operands, in order; `a + a` has two
        self._op = _op  # the operation that made this node; a leaf has none
        self._local = _local  # the local derivative by each operand
        self._serial = next(_serial_numbers)  # later nodes have larger numbers

    # Operations: compute the result, and say how it depends on each operand.

    def __add__(self, other: Value | Number) -> Value:
        other = _as_value(other)
        return Value(self.data + other.data, (self, other), "+", _local=(1.0, 1.0))

    def __sub__(self, other: Value | Number) -> Value:
        other = _as_value(other)
        return Value(self.data - other.data, (self, other), "-", _local=(1.0, -1.0))

    def __mul__(self, other: Value | Number) -> Value:
        other = _as_value(other)
        return Value(self.data * other.data, (self, other), "*", _local=(other.data, self.data))

    def __truediv__(self, other: Value | Number) -> Value:
        other = _as_value(other)
        quotient = _divide(self.data, other.data)
        local = (_divide(1.0, other.data), -_divide(quotient, other.data))
        return Value(quotient, (self, other), "/", _local=local)

    def __pow__(self, exponent: Value | Number) -> Value:
        if isinstance(exponent, Value):
            power = _power(self.data, exponent.data)
            local = (
                _power_by_base(self.data, exponent.data),
                _power_by_exponent(self.data, exponent.data, power),
            )
            return Value(power, (self, exponent), "**", _local=local)
        k = _as_float(exponent)
        slope = _power_by_base(self.data, k)
        return Value(_power(self.data, k), (self,), f"**{_short(k)}", _local=(slope,))

    def __neg__(self) -> Value:
        return Value(-self.data, (self,), "neg", _local=(-1.0,))

    def tanh(self) -> Value:
        t = math.tanh(self.data)
        slope = (1.0 - t) * (1.0 + t)  # 1 - t², but accurate where t is almost 1
        return Value(t, (self,), "tanh", _local=(slope,))

    def relu(self) -> Value:
        slope = 0.0 if self.data <= 0 else 1.0  # at 0, where both would do, the field takes 0
        return Value(0.0 if self.data < 0 else self.data, (self,), "ReLU", _local=(slope,))

    def exp(self) -> Value:
        e = _exp(self.data)
        return Value(e, (self,), "exp", _local=(e,))

    def log(self) -> Value:
        return Value(_log(self.data), (self,), "log", _local=(_divide(1.0, self.data),))

    def sigmoid(self) -> Value:
        s = 1.0 / (1.0 + _exp(-self.data))
        return Value(s, (self,), "sigmoid", _local=((1.0 - s) * s,))

    # The same operations with a plain number on the left: `2 * a`.

    def __radd__(self, other: Number) -> Value:
        return _as_value(other) + self

    def __rsub__(self, other: Number) -> Value:
        return _as_value(other) - self

    def __rmul__(self, other: Number) -> Value:
        return _as_value(other) * self

    def __rtruediv__(self, other: Number) -> Value:
        return _as_value(other) / self

    def __rpow__(self, other: Number) -> Value:
        return _as_value(other) ** self

    # Backpropagation.

    def backward(self) -> None:
        """Add to the `grad` of every leaf the derivative of this value by it.

        As in PyTorch, leaves keep what they had (set it to zero between training steps), while
        the gradients of the nodes in between belong to this call alone.
        """
        order = self._topological_order()
        kept = [(node, node.grad) for node in order if not node._prev]
        for node in order:
            node.grad = 0.0
        self.grad = 1.0  # a value changes exactly as fast as itself
        for node in order:
            node._backward()
        for leaf, grad in kept:
            leaf.grad += grad

    def _backward(self) -> None:
        """Pass this node's gradient on to its operands: the chain rule, one operand at a time."""
        if len(self._local) != len(self._prev):
            raise ValueError(f"{self!r} has operands, but not one local derivative for each")
        for operand, local in zip(self._prev, self._local):
            operand.grad += local * self.grad

    def _topological_order(self) -> list[Value]:
        """List all nodes this value depends on, itself first, each before its own operands.

        Operands are made before the node that uses them, so "newest first" is such an order. When
        a node's turn comes, everyone who uses it has contributed, and its gradient is complete.
        """
        nodes, seen = [self], {self}
        for node in nodes:  # the list grows while we walk along it
            for operand in node._prev:
                if operand not in seen:
                    seen.add(operand)
                    nodes.append(operand)
        return sorted(nodes, key=attrgetter("_serial"), reverse=True)

    # Being a good citizen of Python.

    def __repr__(self) -> str:
        return f"Value(data={self.data}, grad={self.grad})"

    def __reduce__(self) -> tuple[object, ...]:
        # A copy is a node like any other: made now, after its operands.
        made_from = (self.data, self._prev, self._op, self.label, self._local)
        return type(self), made_from, (None, {"grad": self.grad})

    __array_ufunc__ = None  # so that `numpy.float64(2) * a` asks us, as `2 * a` does


def _as_value(x: Value | Number) -> Value:
    return x if isinstance(x, Value) else Value(x)


def _as_float(x: Number) -> float:
    """Return the number as a float, or raise a `TypeError` that says what to do instead."""
    if isinstance(x, Value):
        raise TypeError("a Value stands where a plain number belongs: use its .data")
    is_text = isinstance(x, str | bytes | bytearray | memoryview)
    is_complex = isinstance(x, numbers.Complex) and not isinstance(x, numbers.Real)
    try:
        if is_text or is_complex:
            raise TypeError
        return float(x)
    except OverflowError:  # an int beyond the largest float, about 1.8e308
        return math.inf if x > 0 else -math.inf  # type: ignore[operator]
    except (TypeError, ValueError):
        raise TypeError(f"a Value holds one real number, not {_describe(x)}") from None


def _describe(x: object) -> str:
    """Name what was given instead of a number, and the way out."""
    if x is None:
        return "None: does the function that made it return its result?"
    if isinstance(x, str | bytes | bytearray):
        return f"the text {x!r}: convert it with float(...)"
    if isinstance(x, numbers.Complex):
        return f"the complex number {x!r}: use its .real or .imag part"
    if hasattr(x, "__iter__") or hasattr(x, "__len__"):
        return f"a {type(x).__name__}: make a Value of each element, as in [Value(x) for x in xs]"
    return f"a {type(x).__name__}: convert it with float(...)"


def _short(k: float) -> str:
    """Write a float as briefly as Python reads it back: 2.0 is '2'."""
    return repr(k).removesuffix(".0")


# Arithmetic as IEEE 754 and PyTorch have it: where Python raises an exception, inf or nan.


def _divide(a: float, b: float) -> float:
    try:
        return a / b
    except ZeroDivisionError:
        return a * math.copysign(math.inf, b)  # 1/0 is inf, 1/-0 is -inf, 0/0 is nan


def _exp(x: float) -> float:
    try:
        return math.exp(x)
    except OverflowError:
        return math.inf


def _log(x: float) -> float:
    if x > 0:
        return math.log(x)
    return -math.inf if x == 0 else math.nan


def _power(base: float, exponent: float) -> float:
    """Return base ** exponent with the special cases of C99's `pow` (annex F.9.4.4)."""
    odd = exponent % 2 == 1
    try:
        return math.pow(base, exponent)
    except OverflowError:
        return -math.inf if base < 0 and odd else math.inf
    except ValueError:
        if base == 0:  # 0 ** -1
            return math.copysign(math.inf, base) if odd else math.inf
        return math.nan  # (-8) ** (1/3)


def _power_by_base(base: float, exponent: float) -> float:
    """d(xᵏ)/dx = k·xᵏ⁻¹, and 0 for k = 0, where x doesn't matter."""
    return 0.0 if exponent == 0 else exponent * _power(base, exponent - 1.0)


def _power_by_exponent(base: float, exponent: float, power: float) -> float:
    """d(xᵏ)/dk = xᵏ·log x, and 0 where 0ᵏ stays 0."""
    return 0.0 if base == 0 and exponent >= 0 else power * _log(base)
