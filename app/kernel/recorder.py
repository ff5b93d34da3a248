"""Watches an engine while it runs, and writes down what it did: the trace.

The engine has no word of this. For the time of the recording its class gets an `__init__` that
notes each new node, and a `grad` that notes each read and write. Both are taken off again, whatever
happens. Any class can be watched that has `data`, `grad`, `_prev`, `_op` and `backward()`.
"""

import builtins
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from types import FrameType, TracebackType
from typing import Any, Self

from .contribution import as_number, contribution, same
from .frames import is_inside_an_operation, learners_line, place_of
from .watch import Watch

Node = Any  # an instance of a watched class
Trace = dict[str, Any]


_listening: list["Recorder"] = []  # those that are inside a `with`


@contextmanager
def unheard() -> Iterator[None]:
    """Let engines work at full speed: what they do in here is no part of any recording."""
    paused = [(recorder, recorder.pause()) for recorder in reversed(_listening)]
    try:
        yield
    finally:
        for recorder, classes in reversed(paused):
            for value_class in classes:
                recorder.watch(value_class)


class Recorder:
    """Records every node made, and every gradient written, inside a `with`.

    `cell` is the file name under which the learner's code was compiled: its lines are noted. When
    the code runs with `names()` as its globals, a class of its own is watched from the start.
    """

    def __init__(self, *classes: type, cell: str = "<cell>") -> None:
        self.cell = cell
        self.classes = list(classes)
        self.nodes: list[Node] = []
        self.operands: list[tuple[Node, ...]] = []
        self.forward: list[dict[str, Any]] = []
        self.backward: list[dict[str, Any]] = []
        self._lines: list[int | None] = []
        self._constant: list[bool] = []
        self._ids: dict[int, int] = {}  # id() of a node -> its place in the order of creation
        self._reads: list[tuple[Node, FrameType, int]] = []  # of gradients, since the last write
        self._upstream: tuple[Node, FrameType | None] = (None, None)
        self._passed_on: dict[tuple[int, int], int] = {}  # contributions from a node to an operand
        self._watches: list[Watch] = []
        self._is_thinking = False

    def __enter__(self) -> Self:
        _listening.append(self)
        for value_class in self.classes:
            self.watch(value_class)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        if self in _listening:
            _listening.remove(self)
        self.pause()
        self._reads.clear()
        self._upstream = (None, None)

    def pause(self) -> list[type]:
        """Watch nothing any more; return the classes that were watched."""
        watches, self._watches = self._watches, []
        for watch in reversed(watches):
            watch.end()
        return [watch.value_class for watch in watches]

    def watch(self, value_class: type) -> None:
        """Watch one more class, until the recording ends."""
        self._watches.append(Watch(value_class, self._made, self._read, self._written))

    def names(self, **names: Any) -> dict[str, Any]:
        """Return globals for the learner's code, in which new `Value` classes are watched."""

        def build_class(*args: Any, **kwargs: Any) -> type:
            made: type = builtins.__build_class__(*args, **kwargs)
            if is_value_class(made):
                self.watch(made)
            return made

        return {"__builtins__": {**vars(builtins), "__build_class__": build_class}, **names}

    def trace(self, names: dict[str, Any] | None = None) -> Trace:
        """Return all that was recorded as plain data; nodes are named by the order of creation.

        A node without a label gets the name of the variable that holds it, from `names`.
        """
        labels = {id(x): name for name, x in (names or {}).items() if id(x) in self._ids}
        nodes = [self._describe(i, node, labels) for i, node in enumerate(self.nodes)]
        return {
            "trace": 1,
            "nodes": nodes,
            "forward": self.forward,
            "backward": self.backward,
            "error": None,
        }

    def id_of(self, node: Node) -> int:
        """Return the number of a node in the trace; KeyError for one that was not recorded."""
        return self._ids[id(node)]

    def knows(self, thing: object) -> bool:
        """Tell whether this is a node that was recorded."""
        return id(thing) in self._ids

    def _describe(self, i: int, node: Node, labels: dict[int, str]) -> dict[str, Any]:
        return {
            "id": i,
            "op": str(getattr(node, "_op", "")),
            "label": str(getattr(node, "label", "") or labels.get(id(node), "")),
            "data": as_number(getattr(node, "data", None)),
            "grad": as_number(getattr(node, "grad", None)),
            "operands": [self._ids[id(operand)] for operand in self.operands[i]],
            "constant": self._constant[i],
            "line": self._lines[i],
        }

    def _made(self, node: Node, operands: tuple[Node, ...], caller: FrameType) -> None:
        """Note a new node, with its operands as they were given: a set would lose their order."""
        if self._is_thinking:
            return
        operands = _nodes(operands)
        for operand in operands:
            self._adopt(operand)
        line = learners_line(caller, self.cell)
        constant = not operands and is_inside_an_operation(caller, node)
        if id(node) in self._ids:  # by the `__init__` of a class that its own class inherits from
            self._place(self.id_of(node), place_of(caller), line, constant)
        else:
            self._add(node, operands, place_of(caller), line, constant)

    def _adopt(self, node: Node) -> None:
        """Note a node that was made before the recording, after the nodes that it was made from."""
        waiting = [node]
        while waiting:
            missing = [x for x in _nodes(waiting[-1]._prev) if id(x) not in self._ids]
            if id(waiting[-1]) in self._ids:
                waiting.pop()
            elif missing:
                waiting.extend(reversed(missing))
            else:
                earlier = waiting.pop()
                operands = _nodes(earlier._prev)
                self._add(earlier, operands, {"file": "", "line": None}, None, False)

    def _add(
        self,
        node: Node,
        operands: tuple[Node, ...],
        place: dict[str, Any],
        line: int | None,
        constant: bool,
    ) -> None:
        self._ids[id(node)] = len(self.nodes)
        self.forward.append({"node": len(self.nodes), **place, **_numbers(node, operands)})
        self.nodes.append(node)
        self.operands.append(operands)
        self._lines.append(line)
        self._constant.append(constant)

    def _place(self, i: int, place: dict[str, Any], line: int | None, constant: bool) -> None:
        self.forward[i].update(place | _numbers(self.nodes[i], self.operands[i]))
        self._lines[i] = line
        self._constant[i] = constant

    def _read(self, node: Node, reader: FrameType) -> None:
        self._reads.append((node, reader, reader.f_lineno))

    def _written(self, node: Node, old: Any, new: Any, writer: FrameType) -> None:
        """Note a write to a gradient: a contribution of the node whose gradient was read for it."""
        before, after = as_number(old), as_number(new)
        lines = [line for _, reader, line in self._reads if reader is writer]
        reads = [read for read, reader, _ in self._reads if reader is writer]
        if before != 0.0 == after and writer.f_lineno not in lines:
            reads = []  # set to 0: what was printed before has nothing to do with it
        self._reads.clear()
        if id(node) not in self._ids:
            return
        upstream = self._find_upstream(node, reads, after, writer)
        if upstream is not None:
            self._upstream = (upstream, writer)
            slot = self._next_slot(upstream, node)
            adds = any(read is node for read in reads)
            self._is_thinking = True  # what is computed now is not the learner's
            event = contribution(upstream, self._operands_of(upstream), slot, before, after, adds)
            self._is_thinking = False
            ends = {"from": self.id_of(upstream), "to": self.id_of(node), "slot": slot}
            self.backward.append({**ends, **event, **self._where(writer)})
        elif not same(before, after):
            given = after - before if any(read is node for read in reads) else after
            event = _from_outside(self.id_of(node), given, before, after)
            self.backward.append({**event, **self._where(writer)})

    def _where(self, frame: FrameType) -> dict[str, Any]:
        """Return where a gradient is written, and how many nodes had been computed by then."""
        line = learners_line(frame, self.cell)
        return {**place_of(frame), "cell_line": line, "computed": len(self.forward)}

    def _find_upstream(
        self, node: Node, reads: list[Node], after: float, writer: FrameType
    ) -> Node | None:
        """Find the node whose gradient was passed on: the last one read that has `node` as operand.

        An engine may read it once and use it for several operands: then it is the one of before.
        """
        for read in reversed(reads):
            if self._is_operand(node, read):
                return read
        upstream, frame = self._upstream
        if frame is writer and self._is_operand(node, upstream) and (reads or after != 0.0):
            return upstream
        return None

    def _operands_of(self, node: Node) -> tuple[Node, ...]:
        return self.operands[self._ids[id(node)]]

    def _is_operand(self, node: Node, of: Node) -> bool:
        return id(of) in self._ids and any(operand is node for operand in self._operands_of(of))

    def _next_slot(self, upstream: Node, node: Node) -> int:
        """Tell the two edges of `a + a` apart: contributions come in the order of the operands."""
        operands = self._operands_of(upstream)
        slots = [slot for slot, operand in enumerate(operands) if operand is node]
        key = (id(upstream), id(node))
        count = self._passed_on[key] = self._passed_on.get(key, 0) + 1
        return slots[(count - 1) % len(slots)]


def is_value_class(thing: object) -> bool:
    """Tell whether instances of a class may be nodes, so that it has to be watched."""
    return (
        isinstance(thing, type)
        and callable(getattr(thing, "backward", None))
        and "__init__" in vars(thing)
    )


def operands_of(node: Node) -> tuple[Node, ...]:
    """Return the nodes that a node was computed from, as it knows them itself."""
    return _nodes(node._prev)


def _nodes(operands: Iterable[Any]) -> tuple[Node, ...]:
    """Leave out plain numbers, which some classes keep among the operands."""
    return tuple(operand for operand in operands or () if hasattr(operand, "_prev"))


def _numbers(node: Node, operands: tuple[Node, ...]) -> dict[str, Any]:
    """Return the node's and its operands' `data` as they are now: a program may change them."""
    given = [as_number(getattr(operand, "data", None)) for operand in operands]
    return {"data": as_number(getattr(node, "data", None)), "operands": given}


def _from_outside(node: int, given: float, before: float, after: float) -> dict[str, Any]:
    """A write that passes no gradient on: the 1 at the output, or a gradient that is set to 0."""
    nothing = {"from": None, "slot": None, "upstream": None, "local": None}
    return {**nothing, "to": node, "contribution": given, "before": before, "after": after}
