"""The table of settings: what each is called, what it may be, and what a change of it means."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Literal, NamedTuple

from ..language import noted
from .texts import (
    ACTIVATIONS,
    Choices,
    activations,
    any_text,
    choice,
    flag,
    number,
    shape,
    whole,
)

Kind = Literal["live", "data", "model", "view"]

RATES = ("0.00001", "0.0001", "0.001", "0.003", "0.01", "0.03", "0.1", "0.3", "1", "3", "10")


class Setting(NamedTuple):
    """One row of the table. `read` raises ValueError for a text that it does not take."""

    key: str
    field: str
    kind: Kind
    label: str
    control: str  # "select", "range", "number", "check" or "text"
    read: Callable[[str], Any]
    choices: Choices = ()
    low: float | None = None
    high: float | None = None
    step: float | None = None


# The table.


def _select(key: str, field: str, kind: Kind, label: str, *pairs: tuple[str, str]) -> Setting:
    read, choices = choice(*pairs)
    return Setting(key, field, kind, label, "select", read, choices)


def _rate(key: str, field: str, label: str, low: float, texts: tuple[str, ...]) -> Setting:
    choices = tuple((text, text) for text in texts)
    return Setting(key, field, "live", label, "select", number(low, 10), choices)


def _check(key: str, field: str, kind: Kind, label: str) -> Setting:
    return Setting(key, field, kind, label, "check", flag)


def _slider(
    key: str, field: str, kind: Kind, label: str, low: int, high: int, step: int
) -> Setting:
    read = number(low, high) if field == "noise" else whole(low, high)
    return Setting(key, field, kind, label, "range", read, (), low, high, step)


def _count(key: str, field: str, kind: Kind, label: str, high: int) -> Setting:
    return Setting(key, field, kind, label, "number", whole(0, high), (), 0, high, 1)


SETTINGS = (
    _select(
        "problem", "problem", "data", noted("Problem"),
        ("classification", noted("Classification")), ("regression", noted("Regression")),
    ),
    _select(
        "dataset", "dataset", "data", noted("Data set"),
        ("circle", noted("Circle")), ("xor", noted("Exclusive or")), ("gauss", noted("Two clouds")),
        ("spiral", noted("Spiral")), ("moons", noted("Two moons")),
        ("lecture", noted("Karpathy’s four rows")),
        ("own", noted("Own points")), ("csv", noted("Own table")),
    ),
    _select(
        "regDataset", "reg_dataset", "data", noted("Data set"),
        ("reg-plane", noted("Plane")), ("reg-gauss", noted("Six cones")),
        ("own", noted("Own points")),
        ("csv", noted("Own table")),
    ),
    Setting("samples", "samples", "data", noted("Rows"), "number", whole(4, 2000), (), 4, 2000, 1),
    _slider("noise", "noise", "data", noted("Noise"), 0, 50, 5),
    _slider("percTrainData", "perc_train_data", "data", noted("Rows for training, %"), 10, 90, 10),
    Setting("seed", "seed", "model", noted("Seed"), "text", any_text),
    Setting(
        "weightsSeed", "weights_seed", "model", noted("Seed of the weights (empty: the same)"),
        "text", any_text,
    ),
    _count("batchSize", "batch_size", "live", noted("Batch size (0: all)"), 5_000),
    _check("x", "x", "model", "x₁"),
    _check("y", "y", "model", "x₂"),
    _check("xSquared", "x_squared", "model", "x₁²"),
    _check("ySquared", "y_squared", "model", "x₂²"),
    _check("xTimesY", "x_times_y", "model", "x₁x₂"),
    _check("sinX", "sin_x", "model", "sin x₁"),
    _check("sinY", "sin_y", "model", "sin x₂"),
    _check("cosX", "cos_x", "model", "cos x₁"),
    _check("cosY", "cos_y", "model", "cos x₂"),
    Setting("custom", "custom", "model", noted("Your own, of x1 and x2"), "text", any_text),
    Setting("networkShape", "network_shape", "model", noted("Hidden layers"), "text", shape),
    Setting("activation", "activations", "model", noted("Activations"), "text", activations),
    _select(
        "outputActivation", "output_activation", "model", noted("Activation of the output"),
        ("", noted("as it fits the loss")), *((name, name) for name in ACTIVATIONS),
    ),
    _select(
        "init", "init", "model", noted("First weights"),
        ("playground", noted("±0.5, biases 0.1")), ("uniform", "±1"), ("glorot", "Glorot"),
        ("he", "He"),
        ("zero", noted("all 0")),
    ),
    _rate("learningRate", "learning_rate", noted("Learning rate"), 1e-5, RATES),
    _select(
        "schedule", "schedule", "live", noted("Schedule"),
        ("constant", noted("constant")), ("linear", noted("linear")), ("cosine", noted("cosine")),
        ("exponential", noted("exponential")), ("staircase", noted("staircase")),
    ),
    Setting(
        "scheduleSteps", "schedule_steps", "live", noted("Steps of the schedule"), "number",
        whole(1, 1_000_000), (), 1, 1_000_000, 1,
    ),
    _select(
        "optimiser", "optimiser", "live", noted("Optimiser"),
        ("sgd", "SGD"), ("momentum", noted("SGD with momentum")), ("nesterov", "Nesterov"),
        ("rmsprop", "RMSprop"), ("adagrad", "Adagrad"), ("adam", "Adam"), ("adamw", "AdamW"),
    ),
    _select(
        "regularization", "regularization", "live", noted("Regularisation"),
        ("none", noted("none")), ("L1", "L1"), ("L2", "L2"),
    ),
    _rate(
        "regularizationRate", "regularization_rate", noted("Rate of regularisation"), 0,
        ("0", *RATES[2:]),
    ),
    _select(
        "loss", "loss", "live", noted("Loss"),
        ("squared", noted("½ squared error")), ("mse", noted("squared error")),
        ("mae", noted("absolute error")),
        ("huber", "Huber"), ("hinge", noted("hinge")), ("bce", noted("cross entropy")),
    ),
    _check("showTestData", "show_test_data", "view", noted("Show test data")),
    _check("discretize", "discretize", "view", noted("Discretise")),
    _select(
        "picture", "picture", "view", noted("Pictures"),
        ("output", noted("what each neuron gives")), ("gradient", "∂loss/∂neuron"),
    ),
    _count("stopEpoch", "stop_epoch", "view", noted("Stop at epoch"), 10_000_000),
    Setting(
        "stopLoss", "stop_loss", "view", noted("Stop at loss"), "number", number(0, 1e6), (), 0,
    ),
    _select(
        "stepsPerFrame", "steps_per_frame", "view", noted("Speed"),
        ("0", noted("as fast as it goes")), ("1", noted("1 step a frame")),
        ("5", noted("5 steps a frame")),
        ("25", noted("25 steps a frame")), ("100", noted("100 steps a frame")),
    )._replace(read=whole(0, 100_000)),
)  # fmt: skip

BY_KEY = {setting.key: setting for setting in SETTINGS}
