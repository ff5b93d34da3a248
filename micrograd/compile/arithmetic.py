"""The engine's operations in WebAssembly: what each computes, and its local derivatives.

Every formula is the one in `micrograd/engine.py`, with the same roundings in the same order. So the
digits are the same too.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from micrograd.compile import wasm
from micrograd.compile.tape import POWER, Node
from micrograd.compile.wasm import F64, Import, call, f64

# Functions of the C library, which WebAssembly has not. `libm` in the engine's own runtime computes
# them, so that they agree with Python's `math`. `machine` knows them in the same order.
LIBM = [
    Import("tanh", F64, F64),
    Import("exp", F64, F64),
    Import("log", F64, F64),
    Import("pow", F64 + F64, F64),
]
_TANH, _EXP, _LOG, _POW = range(len(LIBM))

ONE = f64(1.0)


class Around(NamedTuple):
    """An operation among its numbers, each as code that gives it."""

    node: Node
    result: bytes
    operands: list[bytes]


def forward(node: Node, operands: list[bytes]) -> bytes:
    """Return the code of the result. Operands may be used twice, so they are cheap: locals."""
    if node.op == POWER:
        return power(operands[0], f64(node.number))
    return FORWARD[node.op](*operands)


def power(base: bytes, exponent: bytes) -> bytes:
    return base + exponent + call(_POW)


def exp(x: bytes) -> bytes:
    return x + call(_EXP)


def log(x: bytes) -> bytes:
    return x + call(_LOG)


FORWARD: dict[str, Callable[..., bytes]] = {
    "+": wasm.add,
    "-": wasm.sub,
    "*": wasm.mul,
    "/": wasm.div,
    "**": power,
    "neg": wasm.neg,
    "tanh": lambda x: x + call(_TANH),
    "ReLU": lambda x: wasm.choose(wasm.less(x, f64(0.0)), f64(0.0), x),
    "exp": exp,
    "log": log,
    "sigmoid": lambda x: wasm.div(ONE, wasm.add(ONE, exp(wasm.neg(x)))),
}

# Where forward reads an operand more than once, it must stand in a local.
READS_TWICE = {"ReLU"}


class Slope(NamedTuple):
    """A local derivative: what its code reads, and the code.

    `reads` names places: 0 and 1 are the operands, "result" is the result. The code of ±1 is None.
    """

    reads: tuple[int | str, ...]
    code: Callable[[Around], bytes] | None
    sign: int = 1


def _power_by_base(base: bytes, k: float) -> bytes:
    """k·xᵏ⁻¹; `pow(x, 1)` is x and `pow(x, 0)` is 1, exactly."""
    if k == 0:
        return f64(0.0)
    rest = {1.0: base, 0.0: ONE}.get(k - 1.0) or power(base, f64(k - 1.0))
    return wasm.mul(f64(k), rest)


def _variable_power_by_base(at: Around) -> bytes:
    base, exponent = at.operands
    slope = wasm.mul(exponent, power(base, wasm.sub(exponent, ONE)))
    return wasm.choose(wasm.equal(exponent, f64(0.0)), f64(0.0), slope)


def _variable_power_by_exponent(at: Around) -> bytes:
    base, exponent = at.operands
    is_flat = wasm.i_and(wasm.equal(base, f64(0.0)), wasm.at_least(exponent, f64(0.0)))
    return wasm.choose(is_flat, f64(0.0), wasm.mul(at.result, log(base)))


_PLUS_ONE = Slope((), None)
_MINUS_ONE = Slope((), None, -1)

SLOPES: dict[str, tuple[Slope, ...]] = {
    "+": (_PLUS_ONE, _PLUS_ONE),
    "-": (_PLUS_ONE, _MINUS_ONE),
    "*": (Slope((1,), lambda at: at.operands[1]), Slope((0,), lambda at: at.operands[0])),
    "/": (
        Slope((1,), lambda at: wasm.div(ONE, at.operands[1])),
        Slope(("result", 1), lambda at: wasm.neg(wasm.div(at.result, at.operands[1]))),
    ),
    POWER: (Slope((0,), lambda at: _power_by_base(at.operands[0], at.node.number)),),
    "**": (
        Slope((0, 1), _variable_power_by_base),
        Slope((0, 1, "result"), _variable_power_by_exponent),
    ),
    "neg": (_MINUS_ONE,),
    "tanh": (
        Slope(
            ("result",),
            lambda at: wasm.mul(wasm.sub(ONE, at.result), wasm.add(ONE, at.result)),
        ),
    ),
    "ReLU": (
        Slope(
            ("result",), lambda at: wasm.choose(wasm.at_most(at.result, f64(0.0)), f64(0.0), ONE)
        ),
    ),
    "exp": (Slope(("result",), lambda at: at.result),),
    "log": (Slope((0,), lambda at: wasm.div(ONE, at.operands[0])),),
    "sigmoid": (Slope(("result",), lambda at: wasm.mul(wasm.sub(ONE, at.result), at.result)),),
}
