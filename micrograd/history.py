"""What training leaves behind: a record of each step and each epoch, or why it stopped."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import NamedTuple, Protocol

from micrograd.engine import Value


class _Named(Protocol):
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


def expect_finite_loss(loss: float, model: _Named, step: int) -> None:
    """Raise `NonFiniteLossError` for a loss that is nan or inf."""
    if math.isfinite(loss):
        return
    for name, p in model.named_parameters():
        if not math.isfinite(p.data):
            reason = f"the loss is {loss}, since the parameter {name} is {p.data}"
            raise NonFiniteLossError(reason, step, name)
    reason = (
        f"the loss is {loss}, though all parameters are finite; "
        "start again with a smaller learning rate, or look for nan and inf in the data"
    )
    raise NonFiniteLossError(reason, step, None)


def expect_finite_gradients(model: _Named, step: int) -> None:
    """Raise `NonFiniteLossError` for a parameter whose gradient is nan or inf."""
    for name, p in model.named_parameters():
        if not math.isfinite(p.grad):
            reason = f"the gradient of the parameter {name} is {p.grad}"
            raise NonFiniteLossError(reason, step, name)
