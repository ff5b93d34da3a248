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
        balanced = trace_loss(loss, [probe[-1], probe[0], probe[0]], shape)
        if (again.seed, again.constants) != (balanced.seed, balanced.constants):
            raise NotCompilable("what the loss does with its sum depends on the targets")
        self._segments: dict[float, Segment] = dict(zip(probe, found.segments))
        self._expect_known(unbalanced, again)
        shapes = list(dict.fromkeys(_operations(s.tape) for s in self._segments.values()))
        self._variant_of = {shape: i for i, shape in enumerate(shapes)}
        varying: list[list[int]] = []
        self._samples: list[Segment] = []  # one of each variant
        tapes: list[Tape] = []
        for operations in shapes:
            alike = [s for s in self._segments.values() if _operations(s.tape) == operations]
            columns = list(zip(*(s.constants for s in alike)))
            places = [i for i, column in enumerate(columns) if len({*map(repr, column)}) > 1]
            varying.append(places)
            self._samples.append(alike[0])
            tapes.append(_with_constants(alike[0], places))
        self._varying = varying
        self.columns = max(map(len, varying))
        self.sum = Sum(tapes, found.start, found.tail)

    def __getitem__(self, target: float) -> Term:
        return self._term_of(self._segments[target])

    def of(self, targets: Sequence[float]) -> dict[float, Term]:
        """Return the terms of these targets, also of those that were not there before.

        Raises `NotCompilable` if there is no tape for one of them.
        """
        segments = {target: self._segments.get(target) for target in targets}
        unknown = [target for target, segment in segments.items() if segment is None]
        if unknown:
            probe = unknown if len(unknown) > 1 else unknown * 2
            found = trace_loss(self._loss, probe, self._shape)
            self._expect_alike(found)
            segments.update(zip(probe, found.segments))
        return {t: self._term_of(segment) for t, segment in segments.items() if segment}

    def _term_of(self, segment: Segment) -> Term:
        variant = self._variant_of.get(_operations(segment.tape))
        if variant is None or not self._is_like(variant, segment):
            raise NotCompilable("the loss computes another formula for a target that is new")
        constants = [segment.constants[i] for i in self._varying[variant]]
        padding = [0.0] * (self.columns - len(constants))
        return Term(variant, (*constants, *padding))

    def _is_like(self, variant: int, segment: Segment) -> bool:
        """Say whether the constants that stand in the tape are those of this segment."""
        pairs = enumerate(zip(segment.constants, self._samples[variant].constants))
        varying = self._varying[variant]
        return all(repr(a) == repr(b) for i, (a, b) in pairs if i not in varying)

    def tail(self, targets: Sequence[float]) -> list[float]:
        """Return the seed and the tail's constants for a batch of so many rows."""
        found = trace_loss(self._loss, targets, self._shape, self.sum.tail)
        self._expect_alike(found)
        self._expect_known(targets, found)
        return [found.seed, *found.constants]

    def _expect_alike(self, found: Fold) -> None:
        if (found.start, found.tail) != (self.sum.start, self.sum.tail):
            raise NotCompilable("the loss of many rows is computed in another way than that of few")

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
