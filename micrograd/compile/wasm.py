"""Instructions of WebAssembly as bytes, as far as they are needed here.

An instruction takes its operands from a stack, so the code of an expression is the code of its
operands and then its own: `add(a, b)` is `a + b + F64_ADD`. Everything here returns such code.
The numbers are those of the WebAssembly Core Specification 2.0, chapter 5 (binary format).
"""

from __future__ import annotations

import struct
from collections.abc import Sequence
from typing import NamedTuple

I32, F64, NOTHING = (
    b"\x7f",
    b"\x7c",
    b"",
)  # the types of numbers; NOTHING is the result of an action

_VOID = b"\x40"  # the type of a block that leaves nothing on the stack


def unsigned(n: int) -> bytes:
    """LEB128: seven bits in each byte, the lowest first, and a flag that more will follow."""
    code = bytearray()
    while n > 0x7F:
        code.append(n & 0x7F | 0x80)
        n >>= 7
    return bytes([*code, n])


def signed(n: int) -> bytes:
    code = bytearray()
    while not -0x40 <= n < 0x40:
        code.append(n & 0x7F | 0x80)
        n >>= 7
    return bytes([*code, n & 0x7F])


# Numbers and variables.


def i32(n: int) -> bytes:
    return b"\x41" + signed(n)


def f64(x: float) -> bytes:
    return b"\x44" + struct.pack("<d", x)


def get(local: int) -> bytes:
    return b"\x20" + unsigned(local)


def put(local: int, value: bytes = b"") -> bytes:
    """Move the value to the local variable."""
    return value + b"\x21" + unsigned(local)


def load(address: bytes, offset: int = 0) -> bytes:
    return address + b"\x2b\x03" + unsigned(offset)


def store(address: bytes, value: bytes, offset: int = 0) -> bytes:
    return address + value + b"\x39\x03" + unsigned(offset)


def load_i32(address: bytes, offset: int = 0) -> bytes:
    return address + b"\x28\x02" + unsigned(offset)


def fill_zero(address: bytes, size: bytes) -> bytes:
    """Set so many bytes to 0."""
    return address + i32(0) + size + b"\xfc\x0b\x00"


# Arithmetic of floats: IEEE 754, as in Python.

F64_ABS, F64_NEG, F64_SQRT = b"\x99", b"\x9a", b"\x9f"
F64_ADD, F64_SUB, F64_MUL, F64_DIV = b"\xa0", b"\xa1", b"\xa2", b"\xa3"


def add(a: bytes, b: bytes) -> bytes:
    return a + b + F64_ADD


def sub(a: bytes, b: bytes) -> bytes:
    return a + b + F64_SUB


def mul(a: bytes, b: bytes) -> bytes:
    return a + b + F64_MUL


def div(a: bytes, b: bytes) -> bytes:
    return a + b + F64_DIV


def neg(a: bytes) -> bytes:
    return a + F64_NEG


def sqrt(a: bytes) -> bytes:
    return a + F64_SQRT


def absolute(a: bytes) -> bytes:
    return a + F64_ABS


def equal(a: bytes, b: bytes) -> bytes:
    return a + b + b"\x61"


def less(a: bytes, b: bytes) -> bytes:
    return a + b + b"\x63"


def greater(a: bytes, b: bytes) -> bytes:
    return a + b + b"\x64"


def at_most(a: bytes, b: bytes) -> bytes:
    return a + b + b"\x65"


def at_least(a: bytes, b: bytes) -> bytes:
    return a + b + b"\x66"


def is_finite(a: bytes) -> bytes:
    return less(absolute(a), f64(float("inf")))


def choose(condition: bytes, yes: bytes, no: bytes) -> bytes:
    """Return one of two numbers; both are computed."""
    return yes + no + condition + b"\x1b"


# Arithmetic of addresses and counters.


def i_add(a: bytes, b: bytes) -> bytes:
    return a + b + b"\x6a"


def i_sub(a: bytes, b: bytes) -> bytes:
    return a + b + b"\x6b"


def i_mul(a: bytes, b: bytes) -> bytes:
    return a + b + b"\x6c"


def i_and(a: bytes, b: bytes) -> bytes:
    return a + b + b"\x71"


def i_shift(a: bytes, bits: int) -> bytes:
    return a + i32(bits) + b"\x74"


def i_less(a: bytes, b: bytes) -> bytes:
    """Compare as unsigned numbers."""
    return a + b + b"\x49"


def is_zero(a: bytes) -> bytes:
    return a + b"\x45"


def to_f64(a: bytes) -> bytes:
    """Convert an unsigned counter."""
    return a + b"\xb8"


def to_i32(a: bytes) -> bytes:
    return a + b"\xab"


# Control.


def when(condition: bytes, yes: bytes, no: bytes = b"", result: bytes = _VOID) -> bytes:
    otherwise = b"\x05" + no if no else b""
    return condition + b"\x04" + result + yes + otherwise + b"\x0b"


def loop_while(condition: bytes, body: bytes) -> bytes:
    """Repeat the body as long as the condition holds; it is asked first."""
    leave, again = b"\x0d\x01", b"\x0c\x00"
    return (
        b"\x02" + _VOID + b"\x03" + _VOID + is_zero(condition) + leave + body + again + b"\x0b\x0b"
    )


def count_up(counter: int, first: bytes, end: bytes, body: bytes, step: int = 1) -> bytes:
    """Run the body for first, first + step ... below end, which is computed each time."""
    go_on = put(counter, i_add(get(counter), i32(step)))
    return put(counter, first) + loop_while(i_less(get(counter), end), body + go_on)


def count_down(counter: int, end: bytes, first: bytes, body: bytes, step: int = 1) -> bytes:
    """Run the body for end - step ... down to first."""
    go_on = put(counter, i_sub(get(counter), i32(step)))
    return put(counter, end) + loop_while(i_less(first, get(counter)), go_on + body)


def cases(number: bytes, bodies: Sequence[bytes], result: bytes = _VOID) -> bytes:
    """Run the body of this number, counted from 0; beyond the last, the last one."""
    if len(bodies) == 1:
        return number + b"\x1a" + bodies[0]  # drop the number
    n = len(bodies)
    code = b"\x02" + result + (b"\x02" + _VOID) * n + number
    code += b"\x0e" + unsigned(n - 1) + b"".join(unsigned(i) for i in range(n))
    for i, body in enumerate(bodies):
        code += b"\x0b" + body + b"\x0c" + unsigned(n - 1 - i)
    return code + b"\x0b"


def call(function: int) -> bytes:
    return b"\x10" + unsigned(function)


def leave_with(value: bytes) -> bytes:
    """Return from the function at once."""
    return value + b"\x0f"


# Functions.


class Import(NamedTuple):
    """A function from outside: `tanh` of floats is Import("tanh", F64, F64)."""

    name: str
    parameters: bytes
    result: bytes


class Function(NamedTuple):
    """The body leaves the result on the stack. Locals are counted after the parameters."""

    parameters: bytes  # one byte for each
    result: bytes
    body: bytes
    integers: int = 0  # locals of type I32, and after them
    floats: int = 0  # those of type F64
