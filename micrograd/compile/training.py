"""A trainer's steps as a program, with its memory."""

from __future__ import annotations

import math
from array import array
from collections.abc import Sequence
from itertools import chain, count, repeat
from time import perf_counter
from typing import TYPE_CHECKING

from micrograd.compile.batches import Epochs, depends_on_the_step_alone, table
from micrograd.compile.expected import answer_of, expect_parameters
from micrograd.compile.gradients import Gradients
from micrograd.compile.interrupts import Interrupts, held_back
from micrograd.compile.machine import Instance, machine, read_numbers, write_numbers
from micrograd.compile.memory import STEP, TAILS, Plan
from micrograd.compile.pictures import expect_inputs, picture
from micrograd.compile.program import build
from micrograd.compile.rule import numbers_of
from micrograd.compile.tape import NotCompilable
from micrograd.compile.terms import Terms, penalties_of, sum_of
from micrograd.compile.tracing import trace_model
from micrograd.history import Epoch, Step, expect_finite_gradients, expect_finite_loss
from micrograd.optimisers import constant

if TYPE_CHECKING:
    from micrograd.train import Trainer

_EPOCH = 5 * 8  # bytes that an epoch leaves
STEPS = 1_024  # so many fit into one call, and at least an epoch
ROWS = 65_536  # and so many rows of shuffled batches
LONG = 0.02  # seconds; a call is as short, so that it can be interrupted after it


class Compiled:
    """What was compiled for a trainer, as it was then: model, loss, data, and options.

    It keeps no number that the trainer does not have: each call begins with the parameters and the
    optimiser as they are, and leaves them as the engine would.
    """

    def __init__(self, trainer: Trainer) -> None:
        began = perf_counter()
        self.trainer = trainer
        self.machine = machine()
        self._parameters = list(trainer.optimiser.parameters)
        expect_parameters(trainer)
        inputs = trainer.train.inputs
        self.trace = trace_model(trainer.model, self._parameters, (inputs[0], inputs[-1]))
        self.batch = min(trainer._rows_in_a_batch(), len(trainer.train))
        sets = [data for data in (trainer.train, trainer.test) if data is not None]
        self._rows = [(x, t) for data in sets for x, t in zip(data.inputs, data.targets)]
        if any(len(x) != len(inputs[0]) for x, _ in self._rows):
            raise NotCompilable("rows have different numbers of inputs")
        self._terms = Terms(trainer.loss, [t for _, t in self._rows], self.trace.shape)
        plan = self.plan = self._planned()
        self.program = build(plan)
        self.instance: Instance = self.machine.instantiate(self.program.code)
        self.code, self.states = self.program.code, self.program.rule.states
        self._layout = self.program.layout
        self._gradients: Gradients | None = None  # made when it is asked for
        self._steps_at_once = 1
        self._rates: tuple[float, float] | None = None
        self._tails: dict[int, int] = {}
        self._done = 0
        self._write_rows()
        self._tail_of(1)  # the first: the test rows are measured one by one
        self._tails_of_batches()
        self.nodes = len(self.trace.tape.nodes) + max(len(t.nodes) for t in plan.loss.tapes)
        self.seconds = perf_counter() - began

    def _planned(self) -> Plan:
        trainer = self.trainer
        penalties = penalties_of(trainer)
        return Plan(
            model=self.trace.tape,
            parameters=len(self._parameters),
            others=len(self.trace.parameters) - len(self._parameters),
            inputs=len(trainer.train.inputs[0]),
            constants=self._terms.columns,
            loss=self._terms.sum,
            penalties=[sum_of(penalty) for penalty in penalties],
            optimiser=trainer.optimiser,
            answer=answer_of(trainer, self.trace.shape),
            rows=len(trainer.train),
            test_rows=len(self._rows) - len(trainer.train),
            batch=self.batch,
            order=len(trainer.train) * 2 + (ROWS if trainer.shuffle else 0),
            steps=max(STEPS, math.ceil(len(trainer.train) / self.batch)),
        )

    def _write_rows(self) -> None:
        numbers = array("d")
        for x, target in self._rows:
            term = self._terms[target]
            numbers.extend(x)
            numbers.extend((target, term.variant, *term.constants))
        self.write("rows", numbers)

    def _tail_of(self, rows: int) -> int:
        """Return the address of the tail for a batch of so many rows."""
        if rows not in self._tails:
            size = 8 * (1 + len(self.plan.loss.tail))
            self._tails[rows] = self._layout["tails"] + size * len(self._tails)
            numbers = array("d", self._terms.tail(self.trainer.train.targets[:rows]))
            write_numbers(self.instance, self._tails[rows], numbers)
        return self._tails[rows]

    def _tails_of_batches(self) -> dict[int, int]:
        rows = len(self.trainer._order), len(self.trainer.train)
        sizes = {self.batch, *(n % self.batch for n in rows)} - {0}
        self._make_room(sizes)
        return {size: self._tail_of(size) for size in sizes}

    def _make_room(self, sizes: set[int]) -> None:
        """Forget the tails of before where these would not fit in: epochs may end in many ways."""
        if len(sizes | self._tails.keys()) > TAILS:
            self._tails = {1: self._tails[1]}

    # Steps.

    def train(self, steps: int) -> int:
        """Train for at most so many steps, and return for how many.

        0 says that the next one would give something that is not finite: see `fail`. An interrupt
        ends the call after a step, and loses none.
        """
        with held_back() as interrupts:
            return self._train(steps, interrupts)

    def _train(self, steps: int, interrupts: Interrupts) -> int:
        trainer, layout = self.trainer, self._layout
        rng = trainer._rng if trainer.shuffle else None
        can_plan = (
            depends_on_the_step_alone(trainer.schedule) and not self.program.rule.is_for_one_step
        )
        most = min(steps, self.plan.steps) if can_plan else 1
        epochs = Epochs(trainer._order, len(trainer.train), self.batch, rng, most, self.plan.order)
        self._done = 0
        try:
            rows, begins = epochs.placed()
            tails = self._tails_of_batches()
            is_constant = trainer.schedule is constant
            entries = table(
                epochs, begins, self.batch, layout["order"], tails, trainer._rate, is_constant
            )
            self.write("order", rows)
            self.instance.write(layout["steps"], entries)
            self._load()
            self._run(epochs, interrupts)
        finally:  # whatever went wrong, the steps that were made count
            if self._done:
                self._store(epochs)
            else:
                epochs.after(0)
        return self._done

    def rehearse(self, rows: list[int], rate: float) -> array[float]:
        """Make one step on these rows, in memory only.

        Returns loss, penalty and right answers, then all parameters, all gradients, and the lists
        of the optimiser that its rule uses.
        """
        layout = self._layout
        begin = layout["order"]
        self._make_room({len(rows)})
        entry = STEP.pack(begin, begin + 4 * len(rows), self._tail_of(len(rows)), 0, rate)
        self.write("order", array("i", rows))
        self.instance.write(layout["steps"], entry)
        self._load()
        self.instance.call("run", layout["steps"], layout["steps"] + STEP.size, layout["epochs"])
        n = len(self._parameters)
        result = self.read("last") + self.read("data", n) + self.read("grad")
        for name in self.states:
            result += self.read(name)
        return result

    # Pictures.

    def activations(self, points: Sequence[Sequence[float]]) -> list[array[float]]:
        """Return what each neuron gives at these points, neuron by neuron.

        Of a model that tells nothing of its neurons, these are the outputs.
        """
        expect_inputs(points, self.plan.inputs)
        self._load()
        numbers = array("d", chain.from_iterable(points))
        return picture(self.instance, self._layout, self.plan, numbers, self.plan.inputs)

    def gradients(
        self, points: Sequence[Sequence[float]], targets: Sequence[float]
    ) -> list[array[float]]:
        """Return the derivative of each point's loss by each neuron, neuron by neuron.

        Raises `NotCompilable` for a target whose loss has another formula than those of the data.
        """
        expect_inputs(points, self.plan.inputs)
        if self._gradients is None:
            seed, *_ = self._terms.tail(self.trainer.train.targets[:1])
            self._gradients = Gradients(self.machine, self.plan, self._terms, seed)
        numbers = array("d", [p.data for p in self.trace.parameters])
        return self._gradients.at(numbers, points, targets)

    def fail(self) -> None:
        """Raise the `NonFiniteLossError` for which `train` came back with 0 steps."""
        self.trainer.optimiser.lr = self.trainer._rate(0)
        loss, penalty, _ = self.read("last")
        expect_finite_loss(loss + penalty, self.trainer.model, self.trainer.steps + 1)
        for p, grad in zip(self._parameters, self.read("grad")):
            p.grad = grad
        expect_finite_gradients(self.trainer.model, self.trainer.steps + 1)

    def _run(self, epochs: Epochs, interrupts: Interrupts) -> None:
        try:
            self._run_in_calls(epochs, interrupts)
        except BaseException:  # perhaps from within a call, whose steps are not counted: go back
            self._load()
            self._call(0, self._done, epochs)
            raise

    def _run_in_calls(self, epochs: Epochs, interrupts: Interrupts) -> None:
        while self._done < epochs.steps and not interrupts.is_waiting:
            end = min(self._done + self._steps_at_once, epochs.steps)
            began = perf_counter()
            done = self._call(self._done, end, epochs)
            if 0 < done < end:  # the gradients are now those of the step that failed: go back
                self._load()
                self._call(0, done, epochs)
            self._done = done
            if done < end:
                return
            self._steps_at_once *= 2 if perf_counter() - began < LONG / 2 else 1

    def _call(self, first: int, end: int, epochs: Epochs) -> int:
        """Run these steps; return the number of the first that was not made."""
        steps, place = self._layout["steps"], self._layout["epochs"]
        place += _EPOCH * epochs.ended(first)
        stopped = self.instance.call(
            "run", steps + first * STEP.size, steps + end * STEP.size, place
        )
        assert stopped is not None
        return (stopped - steps) // STEP.size

    def _load(self) -> None:
        """Copy the parameters and the optimiser to the memory."""
        trainer, optimiser = self.trainer, self.trainer.optimiser
        numbers = array("d", [p.data for p in self.trace.parameters])
        numbers.extend([0.0] * len(self._parameters))  # the gradients
        numbers += numbers_of(optimiser)
        numbers.extend((optimiser.steps, trainer._loss_of_epoch, trainer._right_of_epoch))
        self.write("data", numbers)
        if self._rates != (trainer.l1, trainer.l2):
            self._rates = trainer.l1, trainer.l2
            folds = penalties_of(trainer)
            self.write("penalties", [x for f in folds for x in (f.seed, *f.constants)])

    def _store(self, epochs: Epochs) -> None:
        """Leave the trainer as if it had made the steps itself."""
        trainer, optimiser, done = self.trainer, self.trainer.optimiser, self._done
        for p, data, grad in zip(self._parameters, self.read("data"), self.read("grad")):
            p.data = data
            p.grad = grad
        for name in self.states:
            getattr(optimiser, name)[:] = self.read(name)
        optimiser.steps += done
        trainer.steps += done
        _, trainer._loss_of_epoch, right = self.read("clock")
        trainer._right_of_epoch = int(right)
        ended, trainer._order = epochs.after(done)
        self._store_epochs(trainer.steps - done + epochs.first, epochs.each, ended)
        begin, end, _, is_last, rate = STEP.unpack(
            self.instance.read(self._layout["steps"] + (done - 1) * STEP.size, STEP.size)
        )
        optimiser.lr = rate
        loss, penalty, right = self.read("last")
        epoch = trainer.epochs + (not is_last)
        accuracy = self._share(right, (end - begin) // 4)
        trainer._last = Step(trainer.steps, epoch, rate, loss, penalty, accuracy)

    def _store_epochs(self, first: int, each: int, ended: int) -> None:
        """Add to the history what each epoch left; the first ended with step number `first`."""
        history = self.trainer.history
        results = self.read("epochs", 5 * ended)
        rates, losses, right, test_losses, test_right = (results[i::5] for i in range(5))
        rows, test_rows = self.plan.rows, self.plan.test_rows
        nothing = repeat(None)
        is_answered = self.plan.answer is not None
        history += map(
            Epoch,
            count(first, each),
            count(self.trainer.epochs + 1),
            rates,
            [loss / rows for loss in losses],
            test_losses if test_rows else nothing,
            [n / rows for n in right] if is_answered else nothing,
            [n / test_rows for n in test_right] if is_answered and test_rows else nothing,
        )
        self.trainer.epochs += ended

    def _share(self, right: float, rows: int) -> float | None:
        return None if self.plan.answer is None else right / rows

    def write(self, name: str, numbers: array[float] | array[int] | Sequence[float]) -> None:
        if not isinstance(numbers, array):
            numbers = array("d", numbers)
        write_numbers(self.instance, self._layout[name], numbers)

    def read(self, name: str, numbers: int | None = None) -> array[float]:
        address, size = self._layout.region(name)
        return read_numbers(self.instance, address, size if numbers is None else 8 * numbers)
