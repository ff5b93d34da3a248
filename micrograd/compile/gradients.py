"""How the loss of a row changes with each neuron: a program beside that of the steps."""

from __future__ import annotations

from array import array
from collections.abc import Sequence

from micrograd.compile.machine import Machine, write_numbers
from micrograd.compile.memory import Plan, stride_of
from micrograd.compile.pictures import picture
from micrograd.compile.program import build_gradients
from micrograd.compile.terms import Terms


class Gradients:
    """A module with a memory of its own, so that the steps find theirs as they left it.

    `seed` is the gradient of the term of a single row.
    """

    def __init__(self, machine: Machine, plan: Plan, terms: Terms, seed: float) -> None:
        self._plan = plan
        self._terms = terms
        self.code, self._layout = build_gradients(plan)
        self._instance = machine.instantiate(self.code)
        write_numbers(self._instance, self._layout["term"] + 8, array("d", [seed]))

    def at(
        self, parameters: array[float], points: Sequence[Sequence[float]], targets: Sequence[float]
    ) -> list[array[float]]:
        """Return for each neuron an array over the points, each with its own target."""
        ends = {
            target: (target, term.variant, *term.constants)
            for target, term in self._terms.of(targets).items()
        }
        numbers = array("d")
        for point, target in zip(points, targets):
            numbers.extend(point)
            numbers.extend(ends[target])
        write_numbers(self._instance, self._layout["data"], parameters)
        stride = stride_of(self._plan) // 8
        return picture(self._instance, self._layout, self._plan, numbers, stride)
