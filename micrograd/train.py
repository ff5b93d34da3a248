"""Training: show a model its data in batches, and let an optimiser make the loss smaller."""

from __future__ import annotations

import math
import random
from collections.abc import Iterator, Sequence
from typing import NamedTuple, Protocol

from micrograd.data import Dataset, Task
from micrograd.engine import Value
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


class Step(NamedTuple):
    """What one batch gave: its mean loss and accuracy before the parameters moved."""

    step: int
    epoch: int
    learning_rate: float
    loss: float
    penalty: float  # of the regularisation; the optimiser makes loss + penalty smaller
    accuracy: float | None


class Epoch(NamedTuple):
    """What one pass through the training set gave, after so many steps from the beginning.

    Train loss and accuracy are the mean over the epoch, while the parameters moved. Those of the
    test set were measured when it was over. No test set, or no notion of right: `None`.
    """

    step: int
    epoch: int
    learning_rate: float
    train_loss: float
    test_loss: float | None
    train_accuracy: float | None
    test_accuracy: float | None


class NonFiniteLossError(ArithmeticError):
    """The loss or a gradient is nan or inf, so training stopped before it moved any parameter.

    `step` counts from 1. `parameter` is the path of the first one that is not finite, or whose
    gradient is not; None while all of them are finite.
    """

    def __init__(self, reason: str, step: int, parameter: str | None) -> None:
        super().__init__(f"stopped in step {step}: {reason}")
        self.step = step
        self.parameter = parameter


class Trainer:
    """Trains `model` on `train`, batch after batch, and measures it on `test`.

    `learning_rate` (which `schedule` multiplies at each step), `batch_size` (None is the whole
    set), the rates `l1` and `l2` of regularisation, and `shuffle` may change between two steps.
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
        self.steps = 0
        self.history: list[Epoch] = []
        self._rng = random.Random(seed)
        self._begin_epoch()

    def run(self, epochs: int) -> list[Epoch]:
        """Train for so many epochs, and return the history of all so far."""
        for _ in range(epochs):
            self.epoch()
        return self.history

    def epoch(self) -> Epoch:
        """Train to the end of the current epoch."""
        epochs = len(self.history)
        while len(self.history) == epochs:
            self.step()
        return self.history[-1]

    def step(self) -> Step:
        """Train on the next batch; the last of an epoch has the rows that are left.

        Raises `NonFiniteLossError` before a parameter would be moved by nan or inf. The next step
        takes the same batch again.
        """
        batch = self.train.rows(self._order[: self._rows_in_a_batch()])
        self.optimiser.lr = self.learning_rate * self.schedule(self.steps)
        loss, penalty, accuracy = self._train_on(batch)
        self.steps += 1
        epoch = len(self.history) + 1
        step = Step(self.steps, epoch, self.optimiser.lr, loss, penalty, accuracy)
        self._batches.append((len(batch), step))
        del self._order[: len(batch)]
        if not self._order:
            self.history.append(self._end_of_epoch(step))
            self._begin_epoch()
        return step

    def evaluate(self, data: Dataset) -> tuple[float, float | None]:
        """Return the mean loss and the accuracy on these data; the parameters stay as they are."""
        losses, answers = [], []
        for x, target in zip(data.inputs, data.targets):  # one by one: no large graph is kept
            output = self.model(x)
            losses.append(self.loss([output], [target]).data)
            answers.append(self.answer(output, data.task))
        return sum(losses) / len(losses), _accuracy(answers, data.targets)

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

    def _train_on(self, batch: Dataset) -> tuple[float, float, float | None]:
        """Forward, zero, backward, step: all that one batch does to the parameters."""
        outputs = [self.model(x) for x in batch.inputs]
        loss = self.loss(outputs, batch.targets)
        penalties = self._penalties()
        total = sum(penalties, loss)
        self._expect_finite_loss(total.data)
        self.optimiser.zero_grad()
        total.backward()
        self._expect_finite_gradients()
        self.optimiser.step()
        answers = [self.answer(output, batch.task) for output in outputs]
        return loss.data, math.fsum(p.data for p in penalties), _accuracy(answers, batch.targets)

    def _penalties(self) -> list[Value]:
        rates = [(l1, self.l1), (l2, self.l2)]
        return [penalty(self.optimiser.parameters, rate) for penalty, rate in rates if rate]

    def _rows_in_a_batch(self) -> int:
        if self.batch_size is None:
            return len(self.train)
        if self.batch_size < 1:
            raise ValueError(f"batch_size must be at least 1, not {self.batch_size}")
        return self.batch_size

    def _begin_epoch(self) -> None:
        self._order = list(range(len(self.train)))  # the rows that are still to come
        if self.shuffle:
            self._rng.shuffle(self._order)
        self._batches: list[tuple[int, Step]] = []  # how many rows, and what they gave

    def _end_of_epoch(self, last: Step) -> Epoch:
        train_loss = sum(rows * step.loss for rows, step in self._batches) / len(self.train)
        accuracy = None
        if last.accuracy is not None:
            right = sum(rows * (step.accuracy or 0.0) for rows, step in self._batches)
            accuracy = right / len(self.train)
        test_loss, test_accuracy = (None, None) if self.test is None else self.evaluate(self.test)
        return Epoch(*last[:3], train_loss, test_loss, accuracy, test_accuracy)

    def _expect_finite_loss(self, loss: float) -> None:
        if math.isfinite(loss):
            return
        for name, p in self.model.named_parameters():
            if not math.isfinite(p.data):
                reason = f"the loss is {loss}, since the parameter {name} is {p.data}"
                raise NonFiniteLossError(reason, self.steps + 1, name)
        reason = (
            f"the loss is {loss}, though all parameters are finite; "
            "start again with a smaller learning rate, or look for nan and inf in the data"
        )
        raise NonFiniteLossError(reason, self.steps + 1, None)

    def _expect_finite_gradients(self) -> None:
        for name, p in self.model.named_parameters():
            if not math.isfinite(p.grad):
                reason = f"the gradient of the parameter {name} is {p.grad}"
                raise NonFiniteLossError(reason, self.steps + 1, name)


def _accuracy(answers: Sequence[float | None], targets: Sequence[float]) -> float | None:
    """Return the share of right answers, or None if there are no answers, as in a regression."""
    if None in answers:
        return None
    return sum(a == t for a, t in zip(answers, targets)) / len(targets)
