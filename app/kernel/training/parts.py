"""What a training is made of, by its settings: model, loss, optimiser, schedule, trainer."""

from __future__ import annotations

import random
from collections.abc import Sequence
from typing import TYPE_CHECKING
from zlib import crc32

from micrograd.engine import Value
from micrograd.losses import LOSSES, Loss, Output, mse
from micrograd.nn import MLP
from micrograd.optimisers import OPTIMISERS, SCHEDULES, SGD, Optimiser, Schedule
from micrograd.train import Trainer

from .settings import Settings

if TYPE_CHECKING:
    from .rows import Rows

MOMENTUM = 0.9
BIAS = 0.1  # Playground's first bias; its first weights lie between -0.5 and 0.5


def number_of(seed: str) -> int:
    """Return the number that a seed stands for; Playground's are texts such as 0.42017."""
    return int(seed) if seed.isdecimal() and len(seed) < 10 else crc32(seed.encode())


def make_model(settings: Settings, inputs: int) -> MLP:
    """Make the network for so many inputs, with the first weights that their seed gives."""
    is_playground = settings.init == "playground"
    seed = number_of(settings.weights_seed or settings.seed)
    model = MLP(
        inputs,
        [*settings.network_shape, 1],
        activation=[*settings.activations, output_activation(settings)],
        init="zero" if is_playground else settings.init,
        seed=seed,
    )
    if is_playground:
        rng = random.Random(seed)
        for name, p in model.named_parameters():
            p.data = BIAS if name.endswith(".b") else rng.uniform(-0.5, 0.5)
    return model


def output_activation(settings: Settings) -> str:
    """Return what is asked for, or what fits: tanh for signs, unless the loss takes any number."""
    takes_any = settings.problem == "regression" or settings.loss in ("hinge", "bce")
    return settings.output_activation or ("linear" if takes_any else "tanh")


def squared(predictions: Sequence[Output], targets: Sequence[float]) -> Value:
    """The mean of half the squared error: ½(p − t)², as in TensorFlow Playground."""
    return mse(predictions, targets) * 0.5


def loss_of(settings: Settings) -> Loss:
    if settings.loss == "squared":
        return squared
    return LOSSES["bce_with_logits" if settings.loss == "bce" else settings.loss]


def optimiser_of(settings: Settings, parameters: Sequence[Value]) -> Optimiser:
    rate = settings.learning_rate
    if settings.optimiser in ("momentum", "nesterov"):
        return SGD(parameters, rate, momentum=MOMENTUM, nesterov=settings.optimiser == "nesterov")
    return OPTIMISERS[settings.optimiser](parameters, lr=rate)


def schedule_of(settings: Settings) -> Schedule:
    return SCHEDULES[settings.schedule](settings.schedule_steps)


def penalties_of(settings: Settings) -> tuple[float, float]:
    """Return the rates of L1 and L2, of which one is 0. All parameters count, biases too.

    Playground's L2 is ½ · rate · Σw², so that a weight shrinks by rate · w.
    """
    rate = settings.regularization_rate
    l1 = rate if settings.regularization == "L1" else 0.0
    l2 = rate / 2 if settings.regularization == "L2" else 0.0
    return l1, l2


def make_trainer(settings: Settings, model: MLP, rows: Rows) -> Trainer:
    l1, l2 = penalties_of(settings)
    return Trainer(
        model,
        rows.train,
        rows.test,
        loss=loss_of(settings),
        optimiser=optimiser_of(settings, model.parameters()),
        schedule=schedule_of(settings),
        batch_size=settings.batch_size or None,
        l1=l1,
        l2=l2,
        seed=number_of(settings.seed),
    )
