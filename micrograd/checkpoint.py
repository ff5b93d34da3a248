"""A moment of a training, kept, so that it can be gone back to: what follows is the same again."""

from __future__ import annotations

import random
from array import array
from typing import TYPE_CHECKING, NamedTuple

from micrograd.compile.rule import arrays_of
from micrograd.data import Dataset
from micrograd.losses import Loss
from micrograd.optimisers import Optimiser, Schedule

if TYPE_CHECKING:
    from micrograd.train import Step, Trainer


class Options(NamedTuple):
    """What may change between two steps of a `Trainer`, and rules those that follow."""

    train: Dataset
    test: Dataset | None
    loss: Loss
    optimiser: Optimiser
    learning_rate: float
    schedule: Schedule
    batch_size: int | None
    l1: float
    l2: float
    shuffle: bool
    compile: bool


class Checkpoint(NamedTuple):
    """All that the next steps depend on, to the bit.

    `data` and `grad` have a number for each parameter, `lists` are those of the optimiser.
    """

    step: int
    epoch: int
    options: Options
    data: array[float]
    grad: array[float]
    lists: dict[str, list[float | None]]
    optimiser_steps: int
    last: Step | None
    order: array[int]
    loss_of_epoch: float
    right_of_epoch: int
    generator: array[int]

    @classmethod
    def of(cls, trainer: Trainer) -> Checkpoint:
        optimiser = trainer.optimiser
        return cls(
            step=trainer.steps,
            epoch=trainer.epochs,
            options=Options(*(getattr(trainer, name) for name in Options._fields)),
            data=array("d", [p.data for p in optimiser.parameters]),
            grad=array("d", [p.grad for p in optimiser.parameters]),
            lists={name: list(numbers) for name, numbers in arrays_of(optimiser).items()},
            optimiser_steps=optimiser.steps,
            last=trainer._last,
            order=array("i", trainer._order),
            loss_of_epoch=trainer._loss_of_epoch,
            right_of_epoch=trainer._right_of_epoch,
            generator=_state_of(trainer._rng),
        )

    def restore(self, trainer: Trainer) -> None:
        """Bring the trainer back to this moment. Its history of epochs is emptied."""
        for name, option in self.options._asdict().items():
            setattr(trainer, name, option)
        for p, data, grad in zip(trainer.optimiser.parameters, self.data, self.grad):
            p.data, p.grad = data, grad
        for name, numbers in self.lists.items():
            getattr(trainer.optimiser, name)[:] = numbers
        trainer.optimiser.steps = self.optimiser_steps
        trainer.optimiser.lr = self.last.learning_rate if self.last else self.options.learning_rate
        trainer.steps, trainer.epochs = self.step, self.epoch
        trainer.history.clear()
        trainer._last = self.last
        trainer._order = list(self.order)
        trainer._loss_of_epoch = self.loss_of_epoch
        trainer._right_of_epoch = self.right_of_epoch
        _restore_state(trainer._rng, self.generator)


# Python's generator is 624 numbers of 32 bits, and a place among them.


def _state_of(rng: random.Random) -> array[int]:
    _, numbers, _ = rng.getstate()
    return array("I", numbers)


def _restore_state(rng: random.Random, numbers: array[int]) -> None:
    rng.setstate((3, tuple(numbers), None))
