"""What is expected of a trainer that is compiled, and how its answers are read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from micrograd.compile.tape import NotCompilable
from micrograd.losses import bce_with_logits

if TYPE_CHECKING:
    from micrograd.train import Trainer


def expect_parameters(trainer: Trainer) -> None:
    """Raise `NotCompilable` unless the optimiser moves each parameter of the model, once."""
    trained = set(trainer.optimiser.parameters)
    if len(trained) < len(trainer.optimiser.parameters):
        raise NotCompilable("the optimiser has a parameter twice")
    for name, parameter in trainer.model.named_parameters():
        if parameter not in trained:
            raise NotCompilable(f"the optimiser does not move the parameter {name}")


def answer_of(trainer: Trainer, shape: int | None) -> str | None:
    """Say how the model's outputs are read, as `Trainer.answer` does."""
    tasks = {data.task for data in (trainer.train, trainer.test) if data is not None}
    if len(tasks) > 1:
        raise NotCompilable("the training data and the test data have different tasks")
    task = tasks.pop()
    if task == "regression":
        return None
    if shape is not None:
        return "class"
    if task == "signs":
        return "sign"
    return "logit" if trainer.loss is bce_with_logits else "number"
