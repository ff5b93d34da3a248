"""Many points at once: what a program's "picture" finds for each neuron, block after block."""

from __future__ import annotations

from array import array
from collections.abc import Sequence

from micrograd.compile.machine import Instance, read_numbers, write_numbers
from micrograd.compile.memory import BLOCK, Layout, Plan


def picture(
    instance: Instance, layout: Layout, plan: Plan, numbers: array[float], stride: int
) -> list[array[float]]:
    """Return for each neuron an array over the points. Each has so many of the numbers."""
    neurons = [array("d") for _ in plan.neurons]
    points = len(numbers) // stride
    for first in range(0, points, BLOCK):
        n = min(BLOCK, points - first)
        write_numbers(instance, layout["points"], numbers[stride * first : stride * (first + n)])
        instance.call("picture", n)
        found = read_numbers(instance, *layout.region("picture"))
        for k, neuron in enumerate(neurons):
            neuron += found[BLOCK * k : BLOCK * k + n]
    return neurons


def expect_inputs(points: Sequence[Sequence[float]], inputs: int) -> None:
    if any(len(point) != inputs for point in points):
        raise ValueError(f"each point needs {inputs} inputs")
