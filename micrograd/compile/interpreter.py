"""One small module for every graph: it finds a tape in its memory, and runs it.

The memory begins with the numbers: those of the leaves, the constants, and then the result of each
operation, one after the other. The gradients follow, in the same order. Then there is a record of
each operation: which one, and the addresses of its operands.
"""

from __future__ import annotations

import struct
from array import array
from collections.abc import Mapping, Sequence
from functools import cache

from micrograd.compile import wasm
from micrograd.compile.arithmetic import FORWARD, LIBM, SLOPES, Around
from micrograd.compile.machine import Machine, read_numbers, write_numbers
from micrograd.compile.module import module
from micrograd.compile.tape import POWER, Node, Tape
from micrograd.compile.wasm import F64, I32, NOTHING, Function, get, i32, load, put, store

NUMBERS = 8  # where they begin; address 0 stays free
RECORD = struct.Struct("<iii")
NOTHING_TO_ADD = -0.0  # x + -0.0 is x, for every x


class Interpreter:
    """A tape in the memory of the module. `leaves` says how many there are of each kind."""

    def __init__(self, machine: Machine, tape: Tape, leaves: Mapping[str, int]) -> None:
        self.nodes = len(tape.nodes)
        self._regions: dict[str, tuple[int, int]] = {}
        end = NUMBERS
        for kind, n in leaves.items():
            self._regions[kind] = end, 8 * n
            end += 8 * n
        memory = _Memory(tape, {kind: address for kind, (address, _) in self._regions.items()}, end)
        self._results = memory.results
        self._outputs = memory.end - 8 * len(tape.outputs), 8 * len(tape.outputs)
        self._gap = memory.end - NUMBERS  # from a number to its gradient
        self._records = NUMBERS + 2 * self._gap
        self._end = self._records + len(memory.records)
        self._end_of_backward = self._records + RECORD.size * memory.under
        self._output = memory.address_of(tape.outputs[0])
        self.code = code(self._end)
        self._instance = machine.instantiate(self.code)
        write_numbers(self._instance, end, memory.constants)
        if memory.records:
            self._instance.write(self._records, memory.records)

    def write(self, kind: str, numbers: Sequence[float]) -> None:
        """Give these numbers to the leaves of a kind."""
        content = numbers if isinstance(numbers, array) else array("d", numbers)
        address, size = self._regions[kind]
        if 8 * len(content) != size:
            raise ValueError(f"there are {size // 8} leaves, but {len(content)} numbers")
        write_numbers(self._instance, address, content)

    def forward(self) -> array[float]:
        """Compute all results, and return the tape's outputs."""
        self._instance.call("forward", self._records, self._end, self._results)
        return read_numbers(self._instance, *self._outputs)

    def backward(self) -> None:
        """Compute the gradients of the first output, after `forward`."""
        arguments = self._records, self._end_of_backward, self._output, self._gap
        self._instance.call("backward", *arguments)

    def gradients(self, kind: str) -> array[float]:
        address, size = self._regions[kind]
        return read_numbers(self._instance, address + self._gap, size)


class _Memory:
    """Where a tape's numbers stand, and its records. `under` of them are under the first output."""

    def __init__(self, tape: Tape, begins: Mapping[str, int], first: int) -> None:
        self._nodes = tape.nodes
        self._begins = begins
        numbers = [n.number for n in tape.nodes if n.op in ("constant", POWER)]
        distinct = {repr(number): number for number in [NOTHING_TO_ADD, *numbers]}
        self.constants = array("d", distinct.values())
        self._constants = {text: first + 8 * i for i, text in enumerate(distinct)}
        self.results = first + 8 * len(distinct)
        under, others = _operations(tape)
        self.under = len(under)
        self._rank = {place: i for i, place in enumerate([*under, *others])}
        # What is wanted from outside is copied to the end, where it is read in one go.
        copies = [self._copy(output) for output in tape.outputs]
        self.records = b"".join([*map(self._record, [*under, *others]), *copies])
        self.end = self.results + 8 * (len(self.records) // RECORD.size)

    def address_of(self, place: int) -> int:
        node = self._nodes[place]
        if node.operands:
            return self.results + 8 * self._rank[place]
        if node.op == "constant":
            return self._constants[repr(node.number)]
        return self._begins[node.op] + 8 * node.place

    def _record(self, place: int) -> bytes:
        node = self._nodes[place]
        operands = [self.address_of(operand) for operand in node.operands]
        if node.op == POWER:
            operands.append(self._constants[repr(node.number)])
        return RECORD.pack(_CASES.index(node.op), operands[0], operands[-1])

    def _copy(self, place: int) -> bytes:
        nothing = self._constants[repr(NOTHING_TO_ADD)]
        return RECORD.pack(_CASES.index("+"), self.address_of(place), nothing)


def _operations(tape: Tape) -> tuple[list[int], list[int]]:
    """Return the operations under the first output, and the others: each list the oldest first."""
    is_under = [False] * len(tape.nodes)
    is_under[tape.outputs[0]] = True
    for i in reversed(range(len(tape.nodes))):
        if is_under[i]:
            for operand in tape.nodes[i].operands:
                is_under[operand] = True
    places = [i for i, node in enumerate(tape.nodes) if node.operands]
    return [i for i in places if is_under[i]], [i for i in places if not is_under[i]]


# The module.

_CASES = [*FORWARD, POWER]  # an operation's number is its place here


def code(size: int) -> bytes:
    """Return the module, with a memory of so many bytes: the only thing in which two differ."""
    exports = {"forward": len(LIBM), "backward": len(LIBM) + 1}
    return module(LIBM, _functions(), exports, size)


@cache
def _functions() -> tuple[Function, Function]:
    return _forward(), _backward()


def _formula(op: str) -> str:
    """A POWER's exponent stands in memory here, so its formulas are those of `**`."""
    return "**" if op == POWER else op


def _forward() -> Function:
    """(records, end, results): compute one result after the other."""
    record, end, result, x, y = range(5)
    operands = [get(x), get(y)]
    formulas = [FORWARD[_formula(op)](*operands[: len(SLOPES[_formula(op)])]) for op in _CASES]
    body = put(x, load(wasm.load_i32(get(record), 4))) + put(y, load(wasm.load_i32(get(record), 8)))
    body += store(get(result), wasm.cases(wasm.load_i32(get(record)), formulas, F64))
    body += put(result, wasm.i_add(get(result), i32(8)))
    loop = wasm.count_up(record, get(record), get(end), body, RECORD.size)
    return Function(I32 * 3, NOTHING, loop, floats=2)


def _backward() -> Function:
    """(records, end, output, gap): pass the gradient on, from the output to its oldest operand.

    The gradient of each number is as many bytes behind it as all numbers take.
    """
    first, end, result, gap, record, a, b, x, y, upstream = range(10)
    bodies = []
    for op in _CASES:
        around = Around(Node(op), load(get(result)), [get(x), get(y)])
        body = b""
        for slope, place in zip(SLOPES[_formula(op)][: 1 if op == POWER else 2], (a, b)):
            contribution = get(upstream)
            if slope.code is not None:
                contribution = wasm.mul(slope.code(around), contribution)
            elif slope.sign < 0:
                contribution = wasm.neg(contribution)
            body += store(get(place), wasm.add(load(get(place)), contribution))
        bodies.append(body)
    step = b""
    for place, number, offset in ((a, x, 4), (b, y, 8)):
        step += put(place, wasm.load_i32(get(record), offset)) + put(number, load(get(place)))
        step += put(place, wasm.i_add(get(place), get(gap)))
    step += put(upstream, load(wasm.i_add(get(result), get(gap))))
    step += wasm.cases(wasm.load_i32(get(record)), bodies)
    step += put(result, wasm.i_sub(get(result), i32(8)))
    code = wasm.fill_zero(wasm.i_add(get(gap), i32(NUMBERS)), get(gap))
    code += store(wasm.i_add(get(result), get(gap)), wasm.f64(1.0))
    code += wasm.count_down(record, get(end), get(first), step, RECORD.size)
    return Function(I32 * 4, NOTHING, code, integers=3, floats=3)
