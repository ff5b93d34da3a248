"""A training that one can walk about in: on, back to any step, with other settings and weights."""

from __future__ import annotations

import math
from collections.abc import Sequence
from time import perf_counter

from micrograd.data import Dataset
from micrograd.engine import Value
from micrograd.train import Epoch, NonFiniteLossError

from ..language import say, with_decimal_sign
from .curve import Curve
from .parts import (
    loss_of,
    make_model,
    make_trainer,
    optimiser_of,
    penalties_of,
    schedule_of,
)
from .past import Past
from .rows import Rows
from .settings import Settings


class Session:
    """One model, trained on some rows as the settings say."""

    def __init__(self, settings: Settings, rows: Rows) -> None:
        self.settings = settings
        self.rows = rows
        self.model = make_model(settings, rows.width)
        self.trainer = make_trainer(settings, self.model, rows)
        self.names = [name for name, _ in self.model.named_parameters()]
        self.parameters = self.trainer.optimiser.parameters
        self.failure: NonFiniteLossError | None = None
        self.reached = ""  # why it stopped by itself
        self._pace = 0.0  # steps in a second
        self._begin()

    def _begin(self) -> None:
        self.past = Past(self.trainer)
        self.curve = Curve(self._measured())

    # Onward.

    def advance(self, seconds: float) -> None:
        """Train for about so long, or until the settings say to stop."""
        self._go()
        end = perf_counter() + seconds
        steps = 1
        while (now := perf_counter()) < end and not self.is_over:
            steps = max(1, min(math.ceil(self._pace * (end - now)), 2 * steps + 64))
            made = self._run(min(steps, self._steps_to_stop()))
            self._pace = made / max(perf_counter() - now, 1e-4)
        self.past.mark()

    def run(self, steps: int) -> None:
        """Make so many steps, or fewer, if the settings say to stop."""
        self._go()
        self._run(min(steps, self._steps_to_stop()))
        self.past.mark()

    def run_epochs(self, epochs: int) -> None:
        """Train to the end of the current epoch, and for so many more less one."""
        self.run(self.trainer.steps_of(epochs))

    def run_sample(self) -> None:
        """Make a step on the next row of the batch alone, by the engine itself."""
        self._go()
        size, compiles = self.trainer.batch_size, self.trainer.compile
        self.trainer.batch_size, self.trainer.compile = 1, False
        try:
            self.past.mark(is_change=True)
            self._run(1)
        finally:  # also where it was interrupted
            self.trainer.batch_size, self.trainer.compile = size, compiles
        self.past.mark(is_change=True)

    @property
    def is_over(self) -> bool:
        return self.failure is not None or self.reached != ""

    def _go(self) -> None:
        """Go on from here: what came after this moment is another past now."""
        self.past.cut()
        self.curve.cut(self.trainer.steps)
        self.failure, self.reached = None, ""

    def _run(self, steps: int) -> int:
        before = self.trainer.steps
        try:
            self.trainer.run_steps(steps)
        except NonFiniteLossError as failure:
            self.failure = failure
        self._collect()
        return self.trainer.steps - before

    def _collect(self) -> None:
        """Take over the epochs that have ended; go back to the one whose loss is small enough."""
        epochs = list(self.trainer.history)
        self.trainer.history.clear()
        target = self.settings.stop_loss
        small = next((e for e in epochs if target and e.train_loss <= target), None)
        if small:
            self.past.mark()
            self.past.seek(small.step)
            self.failure = None
            self.reached = say(
                "The loss of epoch {epoch} is {target} or less.",
                epoch=small.epoch,
                target=with_decimal_sign(f"{target:g}"),
            )
            epochs = [e for e in epochs if e.step <= small.step]
        self.curve.add(epochs)
        end = self.settings.stop_epoch
        if end and self.trainer.epochs >= end and not small:
            self.reached = say("Epoch {epoch} is over.", epoch=end)

    def _steps_to_stop(self) -> int:
        end = self.settings.stop_epoch
        if not end or self.trainer.epochs >= end:
            return 1_000_000
        return self.trainer.steps_of(end - self.trainer.epochs)

    # Back, and anywhere.

    def seek(self, step: int) -> None:
        """Go to a step of the past, or of what was the future before one went back."""
        self.past.seek(step)
        self.failure, self.reached = None, ""

    def back(self, by: str) -> None:
        """Go back by a step ("batch" or "sample"), or to the end of the epoch before ("epoch")."""
        step = self.trainer.steps - 1
        if by == "epoch":
            ended = self.curve.before(self.trainer.steps)
            rows, batch = len(self.rows.train), self.settings.batch_size or len(self.rows.train)
            begun = math.ceil((rows - self.trainer.rows_left) / batch)
            each = math.ceil(rows / batch)
            step = max(self.trainer.steps - (begun or each), ended.step if ended else 0)
        self.seek(step)

    # Changes.

    def edit(self, parameter: int, number: float) -> None:
        """Give a parameter another number; training goes on from there."""
        self._go()
        self.parameters[parameter].data = number
        self.past.mark(is_change=True)

    def load(self, numbers: Sequence[float], epoch: int = 0) -> None:
        """Begin with these parameters, at this epoch."""
        for p, x in zip(self.parameters, numbers, strict=True):
            p.data = x
        self.trainer.epochs = epoch
        self._begin()

    def change(self, settings: Settings) -> None:
        """Go on with other settings, as far as they need no other model and no other rows."""
        before, self.settings = self.settings, settings
        trainer = self.trainer
        if settings.optimiser != before.optimiser:
            trainer.optimiser = optimiser_of(settings, self.parameters)
        if settings.loss != before.loss:
            trainer.loss = loss_of(settings)
        trainer.learning_rate = settings.learning_rate
        trainer.schedule = schedule_of(settings)
        trainer.batch_size = settings.batch_size or None
        trainer.l1, trainer.l2 = penalties_of(settings)
        self._go()
        self.past.mark(is_change=True)

    def change_rows(self, settings: Settings, rows: Rows) -> None:
        """Go on with other rows, which have as many inputs. The epoch begins anew."""
        self.settings, self.rows = settings, rows
        self.trainer.train, self.trainer.test = rows.train, rows.test
        self.trainer.begin_epoch()
        self._go()
        self.past.mark(is_change=True)

    # What it has come to.

    def _measured(self) -> Epoch:
        """Return the losses as they are now, as an epoch that ends here."""
        trainer = self.trainer
        loss, accuracy = self.measure(self.rows.train)
        test = self.measure(self.rows.test) if self.rows.test else (None, None)
        rate = trainer.learning_rate
        return Epoch(trainer.steps, trainer.epochs, rate, loss, test[0], accuracy, test[1])

    def measure(self, data: Dataset) -> tuple[float, float | None]:
        """Return the mean loss and the accuracy on these data, as `Trainer.evaluate` does."""
        (outputs,) = self.trainer.activations(data.inputs)[-1]
        losses = [self.trainer.loss([Value(y)], [t]).data for y, t in zip(outputs, data.targets)]
        answers = [self.trainer.answer(Value(y), data.task) for y in outputs]
        right = [a == t for a, t in zip(answers, data.targets)]
        share = None if data.task == "regression" else sum(right) / len(right)
        return math.fsum(losses) / len(losses), share
