"""Sums over rows and over parameters: what they begin with, and what is done to them at the end."""

from __future__ import annotations

from micrograd.compile import wasm
from micrograd.compile.memory import Sum
from micrograd.compile.tracing import Tail
from micrograd.compile.wasm import f64, get, load, put


def start_of(total: Sum) -> bytes:
    return f64(-0.0 if total.start is None else total.start)  # -0.0 + x is x, for every x


def tail_of(operations: Tail, total: int, constants: bytes, offset: int = 0) -> bytes:
    """Return the code that does to a sum, in the local `total`, what is done after summing."""
    code = b""
    symbols = {"+": wasm.add, "-": wasm.sub, "*": wasm.mul, "/": wasm.div}
    for i, (op, is_first) in enumerate(operations):
        constant = load(constants, offset + 8 * i)
        if op == "neg":
            code += put(total, wasm.neg(get(total)))
        elif is_first:
            code += put(total, symbols[op](constant, get(total)))
        else:
            code += put(total, symbols[op](get(total), constant))
    return code
