"""Training: show a model its data in batches, and let an optimiser make the loss smaller."""

from __future__ import annotations

import math
import operator
import random
from array import array
from collections.abc import Iterable, Iterator, Sequence
from functools import reduce
from typing import Protocol

from micrograd import neurons
from micrograd.compile.compilation import Compilation
from micrograd.data import Dataset, Task
from micrograd.engine import Value
from micrograd.history import (
    Epoch,
    NonFiniteLossError,
    Step,
    expect_finite_gradients,
    expect_finite_loss,
)
from micrograd.losses import (
    LOSSES,
    Loss,
    Output,
    bce_with_logits,
    cross_entropy,
    hinge,
    huber,
    l1,
    l2,
    mae,
    mse,
    softplus,
)
from micrograd.optimisers import (
    OPTIMISERS,
    SCHEDULES,
    SGD,
    Adagrad,
    Adam,
    AdamW,
    Optimiser,
    RMSprop,
    Schedule,
    constant,
    cosine,
    exponential,
    linear,
    staircase,
)

__all__ = [
    "LOSSES",
    "OPTIMISERS",
    "SCHEDULES",
    "SGD",
    "Adagrad",
    "Adam",
    "AdamW",
    "Dataset",
    "Epoch",
    "Loss",
    "Model",
    "NonFiniteLossError",
    "Optimiser",
    "RMSprop",
    "Schedule",
    "Step",
    "Trainer",
    "bce_with_logits",
    "constant",
    "cosine",
    "cross_entropy",
    "exponential",
    "hinge",
    "huber",
    "l1",
    "l2",
    "linear",
    "mae",
    "mse",
    "softplus",
    "staircase",
]


class Model(Protocol):
    """What can be trained: an `MLP`, or anything that is called and named in the same way."""

    def __call__(self, x: Sequence[float], /) -> Output: ...

    def named_parameters(self) -> Iterator[tuple[str, Value]]: ...


class Trainer:
    """Trains `model` on `train`, batch after batch, and measures it on `test`.

    `learning_rate` (which `schedule` multiplies at each step), `batch_size` (None is the whole
    set), the rates `l1` and `l2` of regularisation, and `shuffle` may change between two steps.

    Steps are compiled to WebAssembly where that is possible, with the same digits: `explain()`
    tells. With `compile=False` the engine makes each of them.
    """

    def __init__(
        self,
        model: Model,
        train: Dataset,
        test: Dataset | None = None,
        *,
        loss: Loss,
        optimiser: Optimiser,
        schedule: Schedule = constant,
        batch_size: int | None = None,
        l1: float = 0.0,
        l2: float = 0.0,
        shuffle: bool = True,
        seed: int = 0,
        compile: bool = True,
    ) -> None:
        self.model = model
        self.train = train
        self.test = test
        self.loss = loss
        self.optimiser = optimiser
        self.learning_rate = optimiser.lr
        self.schedule = schedule
        self.batch_size = batch_size
        self.l1 = l1
        self.l2 = l2
        self.shuffle = shuffle
        self.compile = compile
        self.steps = 0
        self.epochs = 0  # that are over
        self.history: list[Epoch] = []
        self._rng = random.Random(seed)
        self._last: Step | None = None
        self._compilation = Compilation(self)
        self.begin_epoch()

    def run(self, epochs: int) -> list[Epoch]:
        """Train for so many epochs, and return the history of all so far.

        The history is a list that may be shortened at any time.
        """
        self.run_steps(self.steps_of(epochs))
        return self.history

    def run_steps(self, steps: int) -> None:
        """Make so many steps."""
        while steps > 0:
            made = self._compilation.train(steps) if self.compile else 0
            steps -= made or self._make_step()

    def steps_of(self, epochs: int) -> int:
        """Return how many steps it is to the end of the current epoch and of all but one more."""
        if epochs < 1:
            return 0
        batch = self._rows_in_a_batch()
        left, each = math.ceil(self.rows_left / batch), math.ceil(len(self.train) / batch)
        return left + (epochs - 1) * each

    @property
    def rows_left(self) -> int:
        """How many rows of the current epoch are still to come."""
        return len(self._order)

    def begin_epoch(self) -> None:
        """Begin an epoch, with all rows to come: also after `train` was exchanged."""
        self._order = list(range(len(self.train)))
        if self.shuffle:
            self._rng.shuffle(self._order)
        self._loss_of_epoch = 0.0  # the sum over the rows so far
        self._right_of_epoch = 0

    def epoch(self) -> Epoch:
        """Train to the end of the current epoch."""
        return self.run(1)[-1]

    def step(self) -> Step:
        """Train on the next batch; the last of an epoch has the rows that are left.

        Raises `NonFiniteLossError` before a parameter would be moved by nan or inf. The next step
        takes the same batch again.
        """
        self.run_steps(1)
        assert self._last is not None
        return self._last

    def explain(self) -> str:
        """Tell how the steps are made, compiled or by the engine, and why."""
        return self._compilation.explain()

    def evaluate(self, data: Dataset) -> tuple[float, float | None]:
        """Return the mean loss and the accuracy on these data; the parameters stay as they are."""
        losses, answers = [], []
        for x, target in zip(data.inputs, data.targets):  # one by one: no large graph is kept
            output = self.model(x)
            losses.append(self.loss([output], [target]).data)
            answers.append(self.answer(output, data.task))
        return _sum(losses) / len(losses), _share(_right(answers, data.targets), len(data))

    def activations(self, points: Sequence[Sequence[float]]) -> list[list[array[float]]]:
        """Return what every neuron gives at many points: for each layer and neuron an array.

        Of a model that is no `MLP`, only the outputs are known, as if they were its one layer.
        """
        compiled = self._compilation.activations(points)
        return neurons.activations(self.model, points) if compiled is None else compiled

    def gradients(
        self, points: Sequence[Sequence[float]], targets: Sequence[float]
    ) -> list[list[array[float]]]:
        """Return how the loss of each point, with its target, changes with every neuron.

        That is the derivative of `loss([model(x)], [target])` by what the neuron gives, in arrays
        as those of `activations`. The gradients of the parameters stay as they are.
        """
        if len(points) != len(targets):
            raise ValueError(f"{len(points)} points need as many targets, not {len(targets)}")
        compiled = self._compilation.gradients(points, targets)
        if compiled is not None:
            return compiled
        return neurons.gradients(self.model, self.loss, points, targets)

    def answer(self, output: Output, task: Task) -> float | None:
        """Return the class or sign that this output of the model stands for; None in a regression.

        Of several outputs the largest wins. One output is cut at 0, if it is a logit or the answer
        a sign, else at 0.5.
        """
        if task == "regression":
            return None
        if not isinstance(output, Value):
            return max(range(len(output)), key=lambda k: output[k].data)
        if task == "signs":
            return 1.0 if output.data > 0 else -1.0
        return 1.0 if output.data > (0 if self.loss is bce_with_logits else 0.5) else 0.0

    def _make_step(self) -> int:
        """Make one step with the engine."""
        batch = self._next_batch()
        self._note(len(batch), *self._train_on(batch))
        return 1

    def _next_batch(self) -> Dataset:
        self.optimiser.lr = self._rate(0)
        return self.train.rows(self._order[: self._rows_in_a_batch()])

    def _note(self, rows: int, loss: float, penalty: float, right: int | None) -> None:
        """Go on after a step on so many rows."""
        self._loss_of_epoch += rows * loss
        self._right_of_epoch += right or 0
        self.steps += 1
        accuracy, rate = _share(right, rows), self.optimiser.lr
        self._last = Step(self.steps, self.epochs + 1, rate, loss, penalty, accuracy)
        del self._order[:rows]
        if not self._order:
            self.epochs += 1
            self.history.append(self._end_of_epoch(self._last))
            self.begin_epoch()

    def _train_on(self, batch: Dataset) -> tuple[float, float, int | None]:
        """Forward, zero, backward, step: all that one batch does to the parameters."""
        outputs = [self.model(x) for x in batch.inputs]
        loss = self.loss(outputs, batch.targets)
        penalties = self._penalties(self.optimiser.parameters)
        total = sum(penalties, loss)
        expect_finite_loss(total.data, self.model, self.steps + 1)
        self.optimiser.zero_grad()
        total.backward()
        expect_finite_gradients(self.model, self.steps + 1)
        self.optimiser.step()
        return loss.data, math.fsum(p.data for p in penalties), self._right(outputs, batch)

    def _right(self, outputs: Sequence[Output], data: Dataset) -> int | None:
        return _right([self.answer(output, data.task) for output in outputs], data.targets)

    def _penalties(self, parameters: Sequence[Value]) -> list[Value]:
        rates = [(l1, self.l1), (l2, self.l2)]
        return [penalty(parameters, rate) for penalty, rate in rates if rate]

    def _rate(self, ahead: int) -> float:
        """Return the learning rate of the step that is so many steps ahead."""
        return self.learning_rate * self.schedule(self.steps + ahead)

    def _rows_in_a_batch(self) -> int:
        if self.batch_size is None:
            return len(self.train)
        if self.batch_size < 1:
            raise ValueError(f"batch_size must be at least 1, not {self.batch_size}")
        return self.batch_size

    def _end_of_epoch(self, last: Step) -> Epoch:
        rows = len(self.train)
        accuracy = None if last.accuracy is None else self._right_of_epoch / rows
        evaluate = self._compilation.evaluate if self.compile else self.evaluate
        test_loss, test_accuracy = (None, None) if self.test is None else evaluate(self.test)
        loss = self._loss_of_epoch / rows
        return Epoch(*last[:3], loss, test_loss, accuracy, test_accuracy)


def _sum(numbers: Iterable[float]) -> float:
    return reduce(operator.add, numbers)  # one by one; from Python 3.12 on, `sum` rounds otherwise


def _right(answers: Sequence[float | None], targets: Sequence[float]) -> int | None:
    """Return how many answers are right, or None if there are none, as in a regression."""
    if None in answers:
        return None
    return sum(a == t for a, t in zip(answers, targets))


def _share(right: int | None, rows: int) -> float | None:
    return None if right is None else right / rows
