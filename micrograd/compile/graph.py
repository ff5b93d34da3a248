"""A graph of `Value`s that runs again, with other numbers in its leaves."""

from __future__ import annotations

from collections.abc import Sequence

from micrograd.compile.interpreter import Interpreter
from micrograd.compile.machine import machine
from micrograd.compile.tape import tape_of
from micrograd.engine import Value


class Graph:
    """Everything under `output`, compiled once: any graph of the engine's operations.

    `leaves` are the numbers that may change; the others stay as they are. The operations stay as
    they are, too: where Python chose between two by a number (`if x.data > 0`), the choice is not
    seen, and not made again.
    """

    def __init__(self, output: Value, leaves: Sequence[Value]) -> None:
        """Raise `NotCompilable` where there is no WebAssembly, or an operation is unknown."""
        for leaf in leaves:
            if leaf._prev:
                raise ValueError(f"{leaf!r} is the result of an operation, and no leaf")
        places = {leaf: ("leaf", i) for i, leaf in enumerate(leaves)}
        if len(places) < len(leaves):
            raise ValueError("a leaf is listed twice")
        tape = tape_of([output], places)
        self._interpreter = Interpreter(machine(), tape, {"leaf": len(leaves)})
        self.forward([leaf.data for leaf in leaves])

    def forward(self, numbers: Sequence[float]) -> float:
        """Return the output for these numbers, one for each leaf."""
        self._interpreter.write("leaf", numbers)
        (output,) = self._interpreter.forward()
        return output

    def gradients(self) -> list[float]:
        """Return the derivative of the output by each leaf, at the numbers of the last forward."""
        self._interpreter.backward()
        return self._interpreter.gradients("leaf").tolist()
