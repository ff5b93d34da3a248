"""An optimiser's rule as a program of its own, for gradients that come from elsewhere."""

from __future__ import annotations

from array import array

from micrograd.compile import wasm
from micrograd.compile.arithmetic import LIBM
from micrograd.compile.machine import Machine
from micrograd.compile.memory import Layout
from micrograd.compile.module import module
from micrograd.compile.rule import arrays_of, rule_of, update
from micrograd.compile.wasm import NOTHING, Function, i32, load
from micrograd.optimisers import Optimiser


class Mover:
    """Moves all parameters once. `states` names the optimiser's lists that the rule uses."""

    def __init__(self, machine: Machine, optimiser: Optimiser) -> None:
        n = len(optimiser.parameters)
        self._arrays = list(arrays_of(optimiser))
        layout = self._layout = Layout()
        for name in ("data", "grad", *self._arrays):
            layout.add(name, n)
        layout.add("clock", 2)  # learning rate, steps
        rule = rule_of(optimiser, layout.__getitem__)
        self.states = rule.states
        # A list without numbers gets them in the first step, by a rule that may be another one.
        arrays = arrays_of(optimiser)
        self.is_for_one_step = any(arrays[name][0] is None for name in rule.states)
        clock = load(i32(0), layout["clock"]) + load(i32(0), layout["clock"] + 8)
        move = Function(NOTHING, NOTHING, clock + wasm.call(len(LIBM)))
        code = module(LIBM, [update(rule, n), move], {"move": len(LIBM) + 1}, layout.size)
        self._instance = machine.instantiate(code)

    def move(
        self, optimiser: Optimiser, gradients: array[float], rate: float
    ) -> dict[str, array[float]]:
        """Return what the next step makes of the optimiser's parameters and lists, by name."""
        layout = self._layout
        numbers = array("d", [p.data for p in optimiser.parameters]) + gradients
        for name in self._arrays:
            numbers.extend(0.0 if x is None else x for x in getattr(optimiser, name))
        numbers.extend((rate, optimiser.steps + 1))
        self._instance.write(layout["data"], memoryview(numbers).cast("B"))
        self._instance.call("move")
        return {name: self._read(name) for name in ("data", *self.states)}

    def _read(self, name: str) -> array[float]:
        numbers = array("d")
        numbers.frombytes(self._instance.read(*self._layout.region(name)))
        return numbers
