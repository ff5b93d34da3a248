"""A loss, row by row: which tape each row has, and which constants."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from micrograd.compile.memory import Sum
from micrograd.compile.tape import Node, NotCompilable, Tape
from micrograd.compile.tracing import Fold, Segment, fold, trace_loss
from micrograd.engine import Value
from micrograd.losses import Loss

if TYPE_CHECKING:
    from micrograd.train import Trainer


class Term(NamedTuple):
    """One target's part of a loss: the number of its tape, and that tape's constants."""

    variant: int
    constants: tuple[float, ...]


class Terms:
    """The terms of a loss for all targets there are. `columns` is how many constants a row needs.

    Targets with the same operations share a tape. Of its constants those that are the same for all
    of them stand in the tape, and the others in each row.
    """

    def __init__(self, loss: Loss, targets: Sequence[float], shape: int | None) -> None:
        self._loss = loss
        self._shape = shape
        distinct = sorted(set(targets))
        probe = distinct if len(distinct) > 1 else distinct * 2
        found = trace_loss(loss, probe, shape)
        unbalanced = [probe[-1], probe[-1], probe[0]]
        again = trace_loss(loss, unbalanced, shape)
        self._segments: dict[float, Segment] = dict(zip(probe, found.segments))
        self._expect_known(unbalanced, again)
        shapes = list(dict.fromkeys(_operations(s.tape) for s in self._segments.values()))
        self._variant_of = {shape: i for i, shape in enumerate(shapes)}
        varying: list[list[int]] = []
        tapes: list[Tape] = []
        for operations in shapes:
            alike = [s for s in self._segments.values() if _operations(s.tape) == operations]
            columns = list(zip(*(s.constants for s in alike)))
            places = [i for i, column in enumerate(columns) if len({*map(repr, column)}) > 1]
            varying.append(places)
            tapes.append(_with_constants(alike[0], places))
        self._varying = varying
        self.columns = max(map(len, varying))
        self.sum = Sum(tapes, found.start, found.tail)

    def __getitem__(self, target: float) -> Term:
        segment = self._segments[target]
        variant = self._variant_of[_operations(segment.tape)]
        constants = [segment.constants[i] for i in self._varying[variant]]
        padding = [0.0] * (self.columns - len(constants))
        return Term(variant, (*constants, *padding))

    def tail(self, targets: Sequence[float]) -> list[float]:
        """Return the seed and the tail's constants for a batch of so many rows."""
        found = trace_loss(self._loss, targets, self._shape, self.sum.tail)
        if (found.start, found.tail) != (self.sum.start, self.sum.tail):
            raise NotCompilable("the loss of many rows is computed in another way than that of few")
        self._expect_known(targets, found)
        return [found.seed, *found.constants]

    def _expect_known(self, targets: Sequence[float], found: Fold) -> None:
        for target, segment in zip(targets, found.segments):
            if segment != self._segments[target]:
                raise NotCompilable("what the loss does with a row depends on the other rows")


def _operations(tape: Tape) -> tuple[Node, ...]:
    return tuple(tape.nodes)


def _with_constants(segment: Segment, varying: Sequence[int]) -> Tape:
    """Put the constants back into the tape, those that vary as leaves that read a column."""
    nodes: list[Node] = []
    constants = iter(enumerate(segment.constants))
    for node in segment.tape.nodes:
        if node.op != "constant":
            nodes.append(node)
            continue
        i, number = next(constants)
        is_varying = i in varying
        nodes.append(
            Node("column", (), varying.index(i)) if is_varying else Node("constant", (), number)
        )
    return segment.tape._replace(nodes=nodes)


def penalties_of(trainer: Trainer) -> list[Fold]:
    """Trace the trainer's penalties on two parameters: that they are sums is known."""
    parameters = [Value(0.5), Value(0.5)]
    return [fold(each, [[p] for p in parameters]) for each in trainer._penalties(parameters)]


def sum_of(penalty: Fold) -> Sum:
    segment = penalty.segments[0]
    return Sum([_with_constants(segment, [])], penalty.start, penalty.tail)
