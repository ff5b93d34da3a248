"""A trainer's steps by the interpreter: one tape for a whole batch, one step at a time."""

from __future__ import annotations

import math
import operator
from array import array
from collections.abc import Sequence
from contextlib import suppress
from functools import reduce
from itertools import chain
from time import perf_counter
from typing import TYPE_CHECKING, NamedTuple

from micrograd.compile.expected import expect_parameters
from micrograd.compile.interpreter import Interpreter
from micrograd.compile.interrupts import held_back
from micrograd.compile.machine import machine
from micrograd.compile.mover import Mover
from micrograd.compile.tape import NotCompilable
from micrograd.compile.tracing import ModelTrace, trace_model
from micrograd.compile.training import LONG
from micrograd.compile.unrolling import unroll
from micrograd.data import Dataset
from micrograd.engine import Value
from micrograd.history import expect_finite_gradients, expect_finite_loss
from micrograd.losses import Output

if TYPE_CHECKING:
    from micrograd.train import Trainer


class _Batch(NamedTuple):
    """The tape of a batch of so many rows, ready to run."""

    interpreter: Interpreter
    others: list[Value]
    shapes: list[int | None]


class _Step(NamedTuple):
    """What a step gives; `moved` has the optimiser's numbers after it, if all are finite."""

    total: float
    loss: float
    penalty: float
    right: int | None
    gradients: array[float]
    moved: dict[str, array[float]]


class Unrolled:
    """The steps of a trainer, each from the graph of its whole batch. `nodes` are those of a row.

    There is one tape for each size of a batch. Where all steps take the same rows in the same
    order, the loss may look at the targets, and the tape is for these rows alone.
    """

    def __init__(self, trainer: Trainer) -> None:
        began = perf_counter()
        self.trainer = trainer
        self.machine = machine()
        expect_parameters(trainer)
        self.renew_rule()
        self.batch = min(trainer._rows_in_a_batch(), len(trainer.train))
        self._is_fixed = not trainer.shuffle and self.batch == len(trainer.train)
        self._batches: dict[object, _Batch] = {}
        self._single: _Batch | None = None  # a row of any targets
        self._failed: _Step | None = None
        rows = trainer._order[: self.batch]
        with suppress(NotCompilable):
            if trainer.test is not None:
                self._single = self._made(trainer.test.rows([0]), is_fixed=False)
        interpreter = self._batch_of(rows).interpreter
        self.code = interpreter.code
        self.nodes = math.ceil(interpreter.nodes / len(rows))
        self.trace = self._trace()
        self.seconds = perf_counter() - began

    def renew_rule(self) -> None:
        """Take the optimiser's rule as it is now; the graphs stay."""
        self._mover = Mover(self.machine, self.trainer.optimiser)
        self.states = self._mover.states

    def _trace(self) -> ModelTrace | None:
        """Return the tape of a single row, if it is the same for all of them."""
        inputs = self.trainer.train.inputs
        parameters = self.trainer.optimiser.parameters
        try:
            return trace_model(self.trainer.model, parameters, (inputs[0], inputs[-1]))
        except NotCompilable:
            return None

    def _batch_of(self, rows: list[int]) -> _Batch:
        key = tuple(rows) if self._is_fixed else len(rows)
        if key not in self._batches:
            data = self.trainer.train.rows(rows)
            self._batches[key] = self._made(data, is_fixed=self._is_fixed)
        return self._batches[key]

    def _made(self, data: Dataset, *, is_fixed: bool) -> _Batch:
        found = unroll(self.trainer, data, is_fixed=is_fixed)
        leaves = {
            "parameter": len(self.trainer.optimiser.parameters),
            "other": len(found.others),
            "input": len(data) * len(data.inputs[0]),
            "target": 0 if is_fixed else len(data),
            "rate": len(self._rates()),
        }
        interpreter = Interpreter(self.machine, found.tape, leaves)
        return _Batch(interpreter, found.others, found.shapes)

    def _rates(self) -> list[float]:
        return [rate for rate in (self.trainer.l1, self.trainer.l2) if rate]

    # Steps.

    def train(self, steps: int) -> int:
        """Train for at most so many steps, and not for long. Return for how many.

        0 says that the next one would give something that is not finite: see `fail`.
        """
        most = 1 if self._mover.is_for_one_step else steps
        end = perf_counter() + LONG
        made = 0
        while made < most and (made == 0 or perf_counter() < end):
            try:
                is_made = self._make_step()
            except NotCompilable:  # a batch of another size
                if made == 0:
                    raise
                break
            if not is_made:
                break
            made += 1
        return made

    def _make_step(self) -> bool:
        trainer, optimiser = self.trainer, self.trainer.optimiser
        rows = trainer._order[: trainer._rows_in_a_batch()]
        batch = self._batch_of(rows)
        step = self._step(batch, trainer._next_batch(), optimiser.lr)
        if not step.moved:
            self._failed = step
            return False
        with held_back():
            for p, data, grad in zip(optimiser.parameters, step.moved["data"], step.gradients):
                p.data = data
                p.grad = grad
            for name in self.states:
                getattr(optimiser, name)[:] = step.moved[name]
            optimiser.steps += 1
            trainer._note(len(rows), step.loss, step.penalty, step.right)
        return True

    def _step(self, batch: _Batch, data: Dataset, rate: float) -> _Step:
        """Make a step in memory only."""
        tape, rates = self._loaded(batch), self._rates()
        tape.write("input", array("d", chain.from_iterable(data.inputs)))
        if not self._is_fixed:
            tape.write("target", data.targets)
        total, loss, *others = tape.forward()
        if not math.isfinite(total):
            return _Step(total, loss, 0.0, None, array("d"), {})
        penalty = math.fsum(others[: len(rates)])
        outputs = others[len(rates) :]
        tape.backward()
        gradients = tape.gradients("parameter")
        if not all(map(math.isfinite, gradients)):
            return _Step(total, loss, penalty, None, gradients, {})
        right = self._right(outputs, batch.shapes, data)
        moved = self._mover.move(self.trainer.optimiser, gradients, rate)
        return _Step(total, loss, penalty, right, gradients, moved)

    def _loaded(self, batch: _Batch) -> Interpreter:
        tape = batch.interpreter
        tape.write("parameter", [p.data for p in self.trainer.optimiser.parameters])
        tape.write("other", [value.data for value in batch.others])
        tape.write("rate", self._rates())
        return tape

    def evaluate(self, data: Dataset) -> tuple[float, float | None]:
        """Return what `Trainer.evaluate` does, also row by row."""
        if self._single is None:
            return self.trainer.evaluate(data)
        tape, rates = self._loaded(self._single), self._rates()
        losses: list[float] = []
        outputs: list[float] = []
        for x, target in zip(data.inputs, data.targets):
            tape.write("input", x)
            tape.write("target", [target])
            _, loss, *others = tape.forward()
            losses.append(loss)
            outputs += others[len(rates) :]
        right = self._right(outputs, self._single.shapes * len(data), data)
        loss = reduce(operator.add, losses) / len(losses)
        return loss, None if right is None else right / len(data)

    def _right(
        self, outputs: Sequence[float], shapes: Sequence[int | None], data: Dataset
    ) -> int | None:
        if data.task == "regression":
            return None
        numbers = map(Value, outputs)
        answers: list[Output] = [
            next(numbers) if shape is None else [next(numbers) for _ in range(shape)]
            for shape in shapes
        ]
        return self.trainer._right(answers, data)

    def rehearse(self, rows: list[int], rate: float) -> array[float]:
        """Make one step on these rows, in memory only: see `Compiled.rehearse`."""
        step = self._step(self._batch_of(rows), self.trainer.train.rows(rows), rate)
        result = array("d", [step.loss, step.penalty, step.right or 0])
        if step.moved:
            result += step.moved["data"] + step.gradients
            for name in self.states:
                result += step.moved[name]
        return result

    def fail(self) -> None:
        """Raise the `NonFiniteLossError` for which `train` came back with 0 steps."""
        step, trainer = self._failed, self.trainer
        assert step is not None
        expect_finite_loss(step.total, trainer.model, trainer.steps + 1)
        for p, grad in zip(trainer.optimiser.parameters, step.gradients):
            p.grad = grad
        expect_finite_gradients(trainer.model, trainer.steps + 1)

    # Pictures.

    def activations(self, points: Sequence[Sequence[float]]) -> list[array[float]]:
        """Return what each neuron gives at these points, if there is a `trace`."""
        assert self.trace is not None
        tape, parameters = self.trace.tape, self.trace.parameters
        tape = tape._replace(outputs=tape.kept or tape.outputs)
        leaves = {"parameter": len(parameters), "input": len(self.trainer.train.inputs[0])}
        interpreter = Interpreter(self.machine, tape, leaves)
        interpreter.write("parameter", [p.data for p in parameters])
        rows = []
        for point in points:
            interpreter.write("input", point)
            rows.append(interpreter.forward())
        return [array("d", neuron) for neuron in zip(*rows)]
