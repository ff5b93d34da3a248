"""An optimiser's rule as a program of its own, for gradients that come from elsewhere."""

from __future__ import annotations

from array import array

from micrograd.compile import wasm
from micrograd.compile.arithmetic import LIBM
from micrograd.compile.machine import Machine, read_numbers, write_numbers
from micrograd.compile.memory import Layout
from micrograd.compile.module import module
from micrograd.compile.rule import arrays_of, numbers_of, rule_of, update
from micrograd.compile.wasm import NOTHING, Function, i32, load
from micrograd.optimisers import Optimiser


class Mover:
    """Moves all parameters once. `states` names the optimiser's lists that the rule uses."""

    def __init__(self, machine: Machine, optimiser: Optimiser) -> None:
        n = len(optimiser.parameters)
        layout = self._layout = Layout()
        for name in ("data", "grad", *arrays_of(optimiser)):
            layout.add(name, n)
        layout.add("clock", 2)  # learning rate, steps
        rule = rule_of(optimiser, layout.__getitem__)
        self.states = rule.states
        self.is_for_one_step = rule.is_for_one_step
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
        numbers += numbers_of(optimiser)
        numbers.extend((rate, optimiser.steps + 1))
        write_numbers(self._instance, layout["data"], numbers)
        self._instance.call("move")
        names = ("data", *self.states)
        return {name: read_numbers(self._instance, *layout.region(name)) for name in names}
