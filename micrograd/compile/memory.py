"""What a program is made for, and where its numbers stand in memory."""

from __future__ import annotations

import struct
from typing import NamedTuple

from micrograd.compile.rule import arrays_of
from micrograd.compile.tape import NotCompilable, Tape
from micrograd.compile.tracing import Tail
from micrograd.optimisers import Optimiser

TAILS = 5  # sizes of a batch: one row, a whole one, two that end an epoch, the checked one
BLOCK = 1_000  # points of a picture that are computed in one call
STEP = struct.Struct("<iiiid")  # begin and end in the order, address of a tail, end of epoch?, rate


class Sum(NamedTuple):
    """A fold as the program needs it: a tape for each variant of a row, and the tail."""

    tapes: list[Tape]
    start: float | None
    tail: Tail


class Plan(NamedTuple):
    """What a program is made for. Sizes are numbers of rows, or of numbers."""

    model: Tape
    parameters: int  # those that are trained
    others: int  # leaves that outlive a call and are not trained
    inputs: int
    constants: int  # of the loss, that differ from row to row
    loss: Sum
    penalties: list[Sum]
    optimiser: Optimiser
    answer: str | None  # as `answer_of` says: "class", "sign", "logit", "number", or None
    rows: int
    test_rows: int
    batch: int  # rows at most
    order: int  # rows of all batches in one call
    steps: int  # in one call

    @property
    def neurons(self) -> list[int]:
        """The nodes that a picture shows; of a model that tells nothing of neurons, its outputs."""
        return self.model.kept or self.model.outputs


class Layout:
    """Addresses in memory, by name. Each region follows the one before."""

    def __init__(self) -> None:
        self.size = 8  # address 0 stays free
        self._regions: dict[str, tuple[int, int]] = {}

    def add(self, name: str, numbers: int) -> None:
        if name in self:
            raise NotCompilable(f"the optimiser has a list named {name}, as the program has")
        self._regions[name] = (self.size, 8 * numbers)
        self.size += 8 * numbers

    def __contains__(self, name: object) -> bool:
        return name in self._regions

    def __getitem__(self, name: str) -> int:
        return self._regions[name][0]

    def region(self, name: str) -> tuple[int, int]:
        """Return address and size in bytes."""
        return self._regions[name]


# A row: its inputs, its target, the number of its variant, and the loss's constants for it.


def stride_of(plan: Plan) -> int:
    return 8 * (plan.inputs + 2 + plan.constants)


def lay_out(plan: Plan) -> Layout:
    layout = Layout()
    numbers = plan.parameters
    layout.add("data", numbers + plan.others)
    layout.add("grad", numbers)
    for name in arrays_of(plan.optimiser):
        layout.add(name, numbers)
    layout.add("clock", 3)  # steps of the optimiser; and of the epoch so far: loss, right answers
    layout.add("last", 3)  # of the last step: loss, penalty, right answers
    layout.add("tests", 2)  # loss and right answers
    layout.add("term", 2)  # of the row or parameter under way: its part of the sum, its seed
    layout.add("penalties", sum(1 + len(penalty.tail) for penalty in plan.penalties))
    layout.add("outputs", len(plan.model.outputs))
    layout.add("upstream", len(plan.model.outputs))
    layout.add("neurons", len(plan.neurons))  # at a point: their values, or the loss's derivatives
    layout.add("terms", plan.batch)
    layout.add("tails", (1 + len(plan.loss.tail)) * TAILS)
    layout.add("rows", (plan.rows + plan.test_rows) * stride_of(plan) // 8)
    layout.add("points", BLOCK * stride_of(plan) // 8)  # only inputs, or whole rows
    layout.add("picture", BLOCK * len(plan.neurons))
    layout.add(
        "epochs", 5 * plan.steps
    )  # rate, train loss and right ones, test loss and right ones
    layout.add("steps", plan.steps * STEP.size // 8)
    layout.add("order", (plan.order + 1) // 2)
    return layout
