"""What training asks of compiled steps, however they are compiled."""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from typing import TYPE_CHECKING, Protocol

from micrograd.compile.machine import Machine
from micrograd.compile.tracing import ModelTrace

if TYPE_CHECKING:
    from micrograd.train import Trainer


class Steps(Protocol):
    """A trainer's steps in WebAssembly. `nodes` are those of a row, `batch` is a number of rows.

    `states` names the optimiser's lists that its rule uses. `trace` is None where rows differ.
    """

    trainer: Trainer
    machine: Machine
    batch: int
    nodes: int
    code: bytes
    states: list[str]
    seconds: float  # that it took to make them

    @property
    def trace(self) -> ModelTrace | None: ...

    def train(self, steps: int) -> int: ...

    def rehearse(self, rows: list[int], rate: float) -> array[float]: ...

    def fail(self) -> None: ...

    def activations(self, points: Sequence[Sequence[float]]) -> list[array[float]]: ...
