"""Puts ears on a class: on its `__init__`, and on reads and writes of its nodes' `grad`."""

import sys
from collections.abc import Callable
from functools import wraps
from types import FrameType
from typing import Any

Node = Any
Made = Callable[[Node, tuple[Node, ...], FrameType], None]
Read = Callable[[Node, FrameType], None]
Written = Callable[[Node, Any, Any, FrameType], None]


class Watch:
    """Watches one class from now until `end`."""

    def __init__(self, value_class: type, made: Made, read: Read, written: Written) -> None:
        self.value_class = value_class
        self.own = {name: vars(value_class).get(name) for name in ("__init__", "grad")}
        kept = getattr(value_class, "grad", None)  # the descriptor of a slot, if it has slots
        value_class.__init__ = _noting(value_class.__init__, made)  # type: ignore[misc]
        if not isinstance(kept, _Grad):  # else the class that it inherits from is watched
            value_class.grad = _Grad(kept, read, written)  # type: ignore[attr-defined]

    def end(self) -> None:
        """Give the class back as it was."""
        for name, own in self.own.items():
            if own is not None:
                setattr(self.value_class, name, own)
            elif name in vars(self.value_class):
                delattr(self.value_class, name)


class _Grad:
    """Stands in for `grad`: passes each read and write on to where it is kept, and tells of it.

    It is kept in a slot or a property, or in the node's `__dict__`, with a default on the class.
    """

    def __init__(self, kept: Any, read: Read, written: Written) -> None:
        self.slot = kept if hasattr(kept, "__set__") else None
        self.default = kept
        self.read = read
        self.written = written

    def __get__(self, node: Node, owner: type | None = None) -> Any:
        if node is None:
            return self
        self.read(node, sys._getframe(1))
        return self._kept(node)

    def __set__(self, node: Node, after: Any) -> None:
        before = self._kept_or(node, 0.0)
        if self.slot is None:
            node.__dict__["grad"] = after
        else:
            self.slot.__set__(node, after)
        self.written(node, before, after, sys._getframe(1))

    def _kept(self, node: Node) -> Any:
        if self.slot is not None:
            return self.slot.__get__(node, type(node))
        if "grad" not in node.__dict__ and self.default is None:
            kind = type(node).__name__
            raise AttributeError(f"{kind!r} object has no attribute 'grad'", name="grad", obj=node)
        return node.__dict__.get("grad", self.default)

    def _kept_or(self, node: Node, default: float) -> Any:
        try:
            return self._kept(node)
        except AttributeError:  # the first write, in __init__
            return default


def _noting(init: Callable[..., None], made: Made) -> Callable[..., None]:
    """Wrap `__init__(self, data, children=(), ...)` to tell of each node and its operands."""

    @wraps(init)
    def noting_init(self: Node, *args: Any, **kwargs: Any) -> None:
        init(self, *args, **kwargs)
        if hasattr(self, "_prev"):  # else it is no node
            made(self, _operands(self, args, kwargs), sys._getframe(1))

    return noting_init


def _operands(node: Node, args: tuple[Any, ...], kwargs: dict[str, Any]) -> tuple[Node, ...]:
    """Return the operands as they were given: as a set, they have lost their order."""
    kept = tuple(node._prev or ())
    for given in (*args, *kwargs.values()):
        if isinstance(given, tuple | list) and {*map(id, given)} == {*map(id, kept)}:
            return tuple(given)
    return kept
