"""Watches an engine while it runs, and writes down what it did: the trace.

The engine has no word of this. For the time of the recording its class gets an `__init__` that
notes each new node, and a `grad` that notes each write. Both are taken off again, whatever happens.
"""

import sys
from collections.abc import Callable
from types import FrameType
from typing import Any

Node = Any  # an instance of the recorded class: it has data, grad, _prev and _op
Trace = dict[str, Any]


class Recorder:
    """Records every node of one `Value` class made, and every gradient written, inside a `with`.

    `cell` is the file name under which the learner's code was compiled: its lines are noted.
    """

    def __init__(self, value_class: type, cell: str = "<cell>") -> None:
        self.value_class = value_class
        self.cell = cell
        self.nodes: list[Node] = []
        self.forward: list[dict[str, Any]] = []
        self.backward: list[dict[str, Any]] = []
        self._ids: dict[int, int] = {}  # id() of a node -> its place in the order of creation
        self._lines: list[int | None] = []
        self._last_read: tuple[Node, FrameType | None] = (None, None)
        self._slots_used: dict[tuple[int, int], int] = {}

    def __enter__(self) -> "Recorder":
        self._original_init = self.value_class.__dict__["__init__"]
        self._original_grad = self.value_class.__dict__.get("grad")
        self.value_class.__init__ = _noting_init(self._original_init, self._made)  # type: ignore[misc]
        self.value_class.grad = _WatchedGrad(self._original_grad, self)  # type: ignore[attr-defined]
        return self

    def __exit__(self, *exception: object) -> None:
        self.value_class.__init__ = self._original_init  # type: ignore[misc]
        if self._original_grad is None:
            del self.value_class.grad  # type: ignore[attr-defined]
        else:
            self.value_class.grad = self._original_grad  # type: ignore[attr-defined]

    def trace(self) -> Trace:
        """Return all that was recorded as plain data, with nodes named by the order of creation."""
        nodes = [self._describe(i, node) for i, node in enumerate(self.nodes)]
        return {"trace": 1, "nodes": nodes, "forward": self.forward, "backward": self.backward}

    def id_of(self, node: Node) -> int:
        return self._ids[id(node)]

    def _describe(self, i: int, node: Node) -> dict[str, Any]:
        return {
            "id": i,
            "op": node._op,
            "label": getattr(node, "label", ""),
            "data": node.data,
            "grad": node.grad,
            "operands": [
                self._ids[id(operand)] for operand in node._prev if id(operand) in self._ids
            ],
            "line": self._lines[i],
        }

    def _made(self, node: Node) -> None:
        self._ids[id(node)] = len(self.nodes)
        self.nodes.append(node)
        self._lines.append(_line_in(self.cell, sys._getframe(2)))
        maker = _frame_outside_of("__init__", sys._getframe(2))
        place = {"file": maker.f_code.co_filename, "line": maker.f_lineno}
        self.forward.append({"node": self._ids[id(node)], **place})

    def _read(self, node: Node) -> None:
        self._last_read = (node, sys._getframe(2))

    def _written(self, node: Node, before: float, after: float) -> None:
        """Note a contribution: the gradient that was read last is the upstream of this write.

        `x.grad += local * out.grad` reads `x.grad`, then `out.grad`, and then writes.
        """
        (upstream, reader), writer = self._last_read, sys._getframe(2)
        if reader is writer and id(node) in self._ids:
            place = {"file": writer.f_code.co_filename, "line": writer.f_lineno}
            if any(operand is node for operand in upstream._prev):
                self.backward.append({**self._contribution(upstream, node, before, after), **place})
            elif upstream is node:  # the output itself, which changes exactly as fast as itself
                self.backward.append({**self._seed(node, before, after), **place})
        self._last_read = (None, None)

    def _contribution(
        self, upstream: Node, node: Node, before: float, after: float
    ) -> dict[str, Any]:
        slot = self._next_slot(upstream, node)
        local, gradient = upstream._local[slot], upstream.grad
        return {
            "from": self._ids[id(upstream)],
            "to": self._ids[id(node)],
            "slot": slot,
            "upstream": gradient,
            "local": local,
            "contribution": local * gradient,
            "before": before,
            "after": after,
        }

    def _seed(self, node: Node, before: float, after: float) -> dict[str, Any]:
        nothing = {"from": None, "slot": None, "upstream": None, "local": None}
        grads = {"contribution": after - before, "before": before, "after": after}
        return {"to": self._ids[id(node)], **nothing, **grads}

    def _next_slot(self, upstream: Node, node: Node) -> int:
        """Tell `a + a`'s two edges apart: contributions come in the order of the operands."""
        slots = [i for i, operand in enumerate(upstream._prev) if operand is node]
        key = (id(upstream), id(node))
        used = self._slots_used.get(key, 0)
        self._slots_used[key] = used + 1
        return slots[used % len(slots)]


class _WatchedGrad:
    """Stands in for the class's `grad`: passes each read and write on, and tells the recorder."""

    def __init__(self, original: Any, recorder: Recorder) -> None:
        self.original = original  # the descriptor of a slot, or None where nodes have a __dict__
        self.recorder = recorder

    def __get__(self, node: Node, owner: type | None = None) -> Any:
        if node is None:
            return self
        self.recorder._read(node)
        return self._stored(node)

    def __set__(self, node: Node, after: float) -> None:
        before = self._stored(node, 0.0)
        if self.original is None:
            node.__dict__["grad"] = after
        else:
            self.original.__set__(node, after)
        self.recorder._written(node, before, after)

    def _stored(self, node: Node, *default: float) -> Any:
        if self.original is None:
            return node.__dict__.get("grad", *default) if default else node.__dict__["grad"]
        try:
            return self.original.__get__(node, type(node))
        except AttributeError:  # the very first write, in __init__
            if not default:
                raise
            return default[0]


def _noting_init(
    original: Callable[..., None], made: Callable[[Node], None]
) -> Callable[..., None]:
    def init(self: Node, *args: Any, **kwargs: Any) -> None:
        original(self, *args, **kwargs)
        made(self)

    return init


def _frame_outside_of(name: str, frame: FrameType) -> FrameType:
    """Go outwards to the code that asked for a node: subclasses' `__init__`s are in between."""
    while frame.f_code.co_name == name and frame.f_back:
        frame = frame.f_back
    return frame


def _line_in(cell: str, frame: FrameType | None) -> int | None:
    """Return the line of the learner's code that is running, or None when none of it is."""
    while frame and frame.f_code.co_filename != cell:
        frame = frame.f_back
    return frame.f_lineno if frame else None
