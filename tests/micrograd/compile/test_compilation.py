"""The engine's digits, compiled: every optimiser, loss, activation and data set."""

from functools import partial
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from micrograd.data import DATASETS, Dataset, xor
from micrograd.nn import ACTIVATIONS
from micrograd.train import (
    LOSSES,
    SCHEDULES,
    SGD,
    Adagrad,
    Adam,
    AdamW,
    RMSprop,
    Trainer,
    cross_entropy,
    hinge,
    mse,
)
from tests.micrograd.compile.pairs import both, compiled, network, run, trainer_of

OPTIMISERS: dict[str, Any] = {
    "sgd": partial(SGD, lr=0.01),
    "decay": partial(SGD, lr=0.01, weight_decay=0.1),
    "momentum": partial(SGD, lr=0.01, momentum=0.9, dampening=0.1, weight_decay=0.01),
    "nesterov": partial(SGD, lr=0.01, momentum=0.9, nesterov=True),
    "rmsprop": partial(RMSprop, weight_decay=0.01),
    "centered": partial(RMSprop, centered=True, momentum=0.5),
    "adagrad": partial(Adagrad, lr_decay=0.1, initial_accumulator_value=0.5),
    "adam": partial(Adam, lr=0.01, betas=(0.8, 0.9)),
    "amsgrad": partial(Adam, lr=0.01, amsgrad=True, weight_decay=0.01),
    "adamw": partial(AdamW, lr=0.01),
}
each = pytest.mark.parametrize


def setting(loss: str, data: Dataset, activation: str = "tanh", **options: Any) -> Any:
    many = loss == "cross_entropy"
    if loss in ("cross_entropy", "bce_with_logits"):
        data = data.as_classes()

    def make(compile: bool) -> Trainer:
        model = network(activation=activation, nouts=[3, 3 if many else 1])
        return trainer_of(model, data, loss=LOSSES[loss], compile=compile, **options)

    return make


@each("activation", ACTIVATIONS)
@each("loss", LOSSES)
@each("optimiser", OPTIMISERS)
def test_100_steps_have_the_same_digits(optimiser: str, loss: str, activation: str) -> None:
    kind = OPTIMISERS[optimiser]
    compiled(setting(loss, xor(6, seed=2), activation, optimiser=kind, batch_size=4), run(50))


@each("batch_size", [1, 3, 5, 7, 100, None])
@each("shuffle", [False, True])
@each("name", DATASETS)
def test_every_data_set_in_batches_of_each_size(
    name: str, shuffle: bool, batch_size: int | None
) -> None:
    data, test = DATASETS[name](7, 0.1, 1), DATASETS[name](5, 0.1, 2)
    options = {"test": test, "shuffle": shuffle, "batch_size": batch_size, "optimiser": Adam}
    compiled(setting("huber", data, "relu", **options), run(9))


@each("schedule", SCHEDULES)
def test_schedules_and_penalties_have_the_same_digits(schedule: str) -> None:
    options = {"schedule": SCHEDULES[schedule](20), "l1": 1e-3, "l2": 1e-2, "batch_size": 4}
    compiled(setting("hinge", xor(6), optimiser=OPTIMISERS["momentum"], **options), run(15))


CHANGES: dict[str, Any] = {
    "step": Trainer.step,
    "epoch": Trainer.epoch,
    "run": run(2),
    "rate": lambda t: setattr(t, "learning_rate", 0.02),
    "l1": lambda t: setattr(t, "l1", 0.01 if t.l1 == 0 else 0.0),
    "l2": lambda t: setattr(t, "l2", t.l2 + 0.01),
    "batch": lambda t: setattr(t, "batch_size", 5 if t.batch_size == 2 else 2),
    "shuffle": lambda t: setattr(t, "shuffle", not t.shuffle),
    "weight": lambda t: setattr(t.optimiser.parameters[1], "data", 0.25),
    "integer": lambda t: setattr(t.optimiser.parameters[2], "data", 1),
    "input": lambda t: t.train.inputs[1].__setitem__(0, 0.5),
    "target": lambda t: t.train.targets.__setitem__(2, -t.train.targets[2]),
    "data": lambda t: setattr(t, "train", xor(9, seed=t.steps)),
    "test": lambda t: setattr(t, "test", xor(4, seed=5)),
    "decay": lambda t: setattr(t.optimiser, "weight_decay", 0.1),
    "momentum": lambda t: setattr(t.optimiser, "momentum", 0.5),
    "activation": lambda t: setattr(t.model.layers[0].neurons[0], "activation", "sigmoid"),
    "loss": lambda t: setattr(t, "loss", hinge if t.loss is mse else mse),
}


@given(
    nouts=st.lists(st.integers(1, 4), max_size=2).map(lambda hidden: [*hidden, 1]),
    activations=st.lists(st.sampled_from(list(ACTIVATIONS)), min_size=3, max_size=3),
    seed=st.integers(0, 9),
    kind=st.sampled_from([OPTIMISERS[name] for name in ("sgd", "momentum", "centered", "adagrad")]),
    batch_size=st.sampled_from([None, 1, 2, 3, 5]),
    changes=st.lists(st.sampled_from(list(CHANGES)), min_size=1, max_size=8),
)
@settings(max_examples=60, deadline=None, derandomize=True)
def test_changes_between_steps_leave_the_same_digits(
    nouts: list[int], activations: list[str], seed: int, kind: Any, batch_size: Any, changes: Any
) -> None:
    def make(compile: bool) -> Trainer:
        model = network(nouts=nouts, activation=activations[: len(nouts)], seed=seed)
        return trainer_of(model, xor(7, 0.3, seed), kind, batch_size=batch_size, compile=compile)

    def play(trainer: Trainer) -> None:
        for change in [*changes, "step"]:
            CHANGES[change](trainer)

    both(make, play)


def test_three_classes_have_the_same_digits() -> None:
    data = Dataset([[1, 2], [2, 0.5], [-1, 1], [0, -2]], [0, 1, 2, 1], "classes")

    def make(compile: bool) -> Trainer:
        model = network(nouts=[4, 3])
        return trainer_of(model, data, Adam, loss=cross_entropy, test=data, compile=compile)

    compiled(make, run(30))
