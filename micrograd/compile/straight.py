"""A tape as straight-line code: forward, and backward in the reverse order, without a loop.

Results stay in locals, or on the stack where they are read once. A long tape is cut into pieces,
each a function of its own, since compilers of WebAssembly take long over long functions; what one
piece needs of another stands in memory.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TypeAlias

from micrograd.compile import wasm
from micrograd.compile.arithmetic import READS_TWICE, SLOPES, Around, Slope, forward
from micrograd.compile.tape import Node, Tape
from micrograd.compile.wasm import I32, NOTHING, Function, f64, get, i32, load, put, store

PIECE = 2_000  # nodes
ROW = 0  # the first local of each function: the address of the row

Place: TypeAlias = tuple[bytes, int]  # an address as code, and an offset


class Straight:
    """The code of one tape.

    `place_of` says where the number of an input or a parameter stands; `gradient_of` where its
    gradient is added up, or None where nobody wants it; `gradients` has such places for any nodes.
    `sinks` has places for results, by node, and `seeds` what gradients start from. `scratch` is the
    address of free memory, and `size` tells how many bytes of it are used.
    """

    def __init__(
        self,
        tape: Tape,
        place_of: Callable[[Node], Place],
        gradient_of: Callable[[Node], Place | None] = lambda node: None,
        *,
        scratch: int = 0,
        sinks: Mapping[int, list[Place]] | None = None,
        seeds: Mapping[int, list[bytes]] | None = None,
        gradients: Mapping[int, Place] | None = None,
        piece: int = PIECE,
    ) -> None:
        self.nodes = tape.nodes
        self.sinks = sinks or {}
        self.seeds = seeds or {}
        self.size = 0
        self._scratch = scratch
        self._place_of = place_of
        self._gradient_places = dict(gradients or {})
        for i, node in enumerate(self.nodes):
            if not node.operands and node.op != "constant" and (place := gradient_of(node)):
                self._gradient_places.setdefault(i, place)
        self._piece_of = [i // piece for i in range(len(self.nodes))]
        self.pieces = self._piece_of[-1] + 1
        self.is_whole = self.pieces == 1  # then forward and backward share one function
        self._active = tape.leads_to(lambda i: bool(seeds) and i in self._gradient_places)
        self._count_readers()
        self._needed = self._find_needed()
        self._values: dict[int, bytes] = {}  # the code that gives a result, where it is in memory
        self._local_of: dict[int, int] = {}
        self._inline: dict[int, bytes] = {}
        self._gradients: dict[int, bytes] = {}  # the code that gives a gradient, and where it is:
        self._gradient_home: dict[int, int | Place] = {}  # in a local or in memory
        self._contributions = self._count_contributions()
        self._locals = 1

    # What there is to compute.

    def _count_readers(self) -> None:
        self._readers: list[list[int]] = [[] for _ in self.nodes]  # in forward
        self._backward_pieces: list[set[int]] = [set() for _ in self.nodes]
        for i, node in enumerate(self.nodes):
            for operand in node.operands:
                self._readers[operand] += [i] * (2 if node.op in READS_TWICE else 1)
            if self._active[i]:
                for operand, slope in self._slopes(i):
                    for reads in slope.reads if self._active[operand] else ():
                        place = i if reads == "result" else node.operands[int(reads)]
                        self._backward_pieces[place].add(self._piece_of[i])

    def _find_needed(self) -> list[bool]:
        """Say of each node whether its result is stored, or read on the way to what is stored."""
        needed = [i in self.sinks or bool(self._backward_pieces[i]) for i in range(len(self.nodes))]
        for i in reversed(range(len(self.nodes))):
            needed[i] = needed[i] or any(needed[reader] for reader in self._readers[i])
        return needed

    def _count_contributions(self) -> list[int]:
        counts = [len(self.seeds.get(i, ())) for i in range(len(self.nodes))]
        for i, node in enumerate(self.nodes):
            if self._active[i]:
                for operand in node.operands:
                    counts[operand] += self._active[operand]
        return counts

    def _slopes(self, i: int) -> list[tuple[int, Slope]]:
        node = self.nodes[i]
        return list(zip(node.operands, SLOPES[node.op])) if node.operands else []

    # Forward.

    def forward(self, piece: int) -> bytes:
        """Return the code that computes one piece, and stores what goes to a sink."""
        self._begin_function(is_new=True)
        code = bytearray()
        for i in self._of_piece(piece):
            node = self.nodes[i]
            if node.operands and self._needed[i]:
                result = forward(node, [self._value(j, piece) for j in node.operands])
                if self._is_inline(i):
                    self._inline[i] = result
                    continue
                local = self._local_of[i] = self._new_local()
                code += put(local, result)
                if self._is_read_elsewhere(i):
                    place = self._new_place()
                    self._values[i] = load(*place)
                    code += store(place[0], get(local), place[1])
            for address, offset in self.sinks.get(i, ()):
                code += store(address, self._value(i, piece), offset)
        return bytes(code)

    def _is_inline(self, i: int) -> bool:
        readers = self._readers[i]
        return (
            len(readers) == 1
            and not self._backward_pieces[i]
            and i not in self.sinks
            and self._piece_of[readers[0]] == self._piece_of[i]
        )

    def _is_read_elsewhere(self, i: int) -> bool:
        if self.is_whole:
            return False
        own = self._piece_of[i]
        return bool(self._backward_pieces[i]) or any(
            self._piece_of[reader] != own for reader in self._readers[i]
        )

    def _value(self, i: int, piece: int) -> bytes:
        node = self.nodes[i]
        if node.op == "constant":
            return f64(node.number)
        if not node.operands:
            return load(*self._place_of(node))
        if i in self._inline:
            return self._inline.pop(i)
        return get(self._local_of[i]) if i in self._local_of else self._values[i]

    # Backward.

    def backward(self, piece: int) -> bytes:
        """Return the code that passes the gradients of one piece on to its operands."""
        self._begin_function(is_new=not self.is_whole)
        nodes = self._of_piece(piece)
        code = bytearray()
        for i in nodes:
            for seed in self.seeds.get(i, ()) if self._active[i] else ():
                code += self._contribute(i, seed, piece, is_alone=False)
        for i in reversed(nodes):
            for operand, slope in self._slopes(i) if self._active[i] else ():
                if self._active[operand]:
                    is_plain = slope.code is None and slope.sign > 0
                    contribution = self._times_slope(i, slope, piece)
                    code += self._contribute(operand, contribution, piece, is_alone=is_plain)
        return bytes(code)

    def _contribute(self, target: int, contribution: bytes, piece: int, *, is_alone: bool) -> bytes:
        """Return the code of `target.grad += contribution`."""
        if target in self._gradient_places:
            address, offset = self._gradient_places[target]
            self._gradients[target] = load(address, offset)
            return store(address, wasm.add(self._gradients[target], contribution), offset)
        if target in self._gradients:
            return self._store_gradient(target, wasm.add(self._gradients[target], contribution))
        pieces = {self._piece_of[i] for i in self._readers[target]} | {self._piece_of[target]}
        if pieces == {piece} or self.is_whole:
            if is_alone and self._contributions[target] == 1:
                self._gradients[target] = contribution  # the same number as its consumer's gradient
                return b""
            self._gradient_home[target] = local = self._new_local()
            self._gradients[target] = get(local)
        else:
            self._gradient_home[target] = place = self._new_place()
            self._gradients[target] = load(*place)
        return self._store_gradient(target, contribution)

    def _store_gradient(self, target: int, gradient: bytes) -> bytes:
        home = self._gradient_home[target]
        return put(home, gradient) if isinstance(home, int) else store(home[0], gradient, home[1])

    def _times_slope(self, i: int, slope: Slope, piece: int) -> bytes:
        """Return the code of: the local derivative times the upstream gradient."""
        upstream = self._gradients[i]
        if slope.code is None:
            return upstream if slope.sign > 0 else wasm.neg(upstream)
        node = self.nodes[i]
        operands = [
            self._value(j, piece) if k in slope.reads else b"" for k, j in enumerate(node.operands)
        ]
        result = self._value(i, piece) if "result" in slope.reads else b""
        return wasm.mul(slope.code(Around(node, result, operands)), upstream)

    # Functions, locals and memory.

    def functions(self, first: int, between: bytes) -> list[Function]:
        """Return functions of one parameter, the address of a row; the last one does everything.

        They are numbered from `first` on. The code `between` runs after forward, before backward.
        """
        if self.is_whole:
            body = self.forward(0) + between + self.backward(0)
            return [self._function(body)]
        functions = []
        for piece in range(self.pieces):
            functions.append(self._function(self.forward(piece)))
        if self.seeds:
            for piece in reversed(range(self.pieces)):
                functions.append(self._function(self.backward(piece)))
        calls = [get(ROW) + wasm.call(first + i) for i in range(len(functions))]
        calls.insert(self.pieces, between)
        return [*functions, Function(I32, NOTHING, b"".join(calls))]

    def _function(self, body: bytes) -> Function:
        return Function(I32, NOTHING, body, floats=self._locals - 1)

    def _begin_function(self, *, is_new: bool) -> None:
        if is_new:
            self._locals = 1
            self._local_of = {}

    def _of_piece(self, piece: int) -> range:
        of = self._piece_of
        return range(of.index(piece), len(of) - of[::-1].index(piece))

    def _new_local(self) -> int:
        self._locals += 1
        return self._locals - 1

    def _new_place(self) -> Place:
        self.size += 8
        return i32(0), self._scratch + self.size - 8
