"""Puts ears on a class: on its `__init__`, and on reads and writes of its nodes' `grad`."""

import sys
from collections.abc import Callable
from types import FrameType
from typing import Any

Node = Any
Made = Callable[[Node, tuple[Node, ...], FrameType], None]
Read = Callable[[Node, FrameType], None]
Written = Callable[[Node, float, float, FrameType], None]


class Watch:
    """Watches one class from now until `end`."""

    def __init__(self, value_class: type, made: Made, read: Read, written: Written) -> None:
        self.value_class = value_class
        self.init = value_class.__dict__["__init__"]
        self.grad = value_class.__dict__.get("grad")  # the descriptor of a slot, if it has slots
        value_class.__init__ = _noting(self.init, made)  # type: ignore[misc]
        value_class.grad = _Grad(self.grad, read, written)  # type: ignore[attr-defined]

    def end(self) -> None:
        """Give the class back as it was."""
        self.value_class.__init__ = self.init  # type: ignore[misc]
        if self.grad is None:
            del self.value_class.grad  # type: ignore[attr-defined]
        else:
            self.value_class.grad = self.grad  # type: ignore[attr-defined]


class _Grad:
    """Stands in for `grad`: passes each read and write on to where it is kept, and tells of it."""

    def __init__(self, slot: Any, read: Read, written: Written) -> None:
        self.slot = slot
        self.read = read
        self.written = written

    def __get__(self, node: Node, owner: type | None = None) -> Any:
        if node is None:
            return self
        self.read(node, sys._getframe(1))
        return self._kept(node)

    def __set__(self, node: Node, after: float) -> None:
        before = self._kept_or(node, 0.0)
        if self.slot is None:
            node.__dict__["grad"] = after
        else:
            self.slot.__set__(node, after)
        self.written(node, before, after, sys._getframe(1))

    def _kept(self, node: Node) -> Any:
        if self.slot is None:
            return node.__dict__["grad"]
        return self.slot.__get__(node, type(node))

    def _kept_or(self, node: Node, default: float) -> Any:
        try:
            return self._kept(node)
        except (AttributeError, KeyError):  # the first write, in __init__
            return default


def _noting(init: Callable[..., None], made: Made) -> Callable[..., None]:
    """Wrap `__init__(self, data, children=(), ...)` to tell of each node and its operands."""

    def noting_init(self: Node, *args: Any, **kwargs: Any) -> None:
        init(self, *args, **kwargs)
        children = args[1] if len(args) > 1 else kwargs.get("_children", self._prev)
        made(self, tuple(children), sys._getframe(1))

    return noting_init
