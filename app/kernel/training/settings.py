"""The settings of a training: one table, which is also how they stand in the page's address.

The keys are those of TensorFlow Playground (src/state.ts) where it has the setting, so that its
links give the same set-up here.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, fields, replace
from typing import Any, Literal, NamedTuple
from urllib.parse import parse_qsl, quote

from app.kernel.training.texts import (
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


@dataclass(frozen=True)
class Settings:
    """What is trained, on what, and how. The defaults are Playground's."""

    problem: str = "classification"
    dataset: str = "circle"
    reg_dataset: str = "reg-plane"
    samples: int = 500
    noise: float = 0.0  # 0 to 50
    perc_train_data: int = 50
    seed: str = "1"
    batch_size: int = 10  # rows; 0 is the whole set
    x: bool = True
    y: bool = True
    x_squared: bool = False
    y_squared: bool = False
    x_times_y: bool = False
    sin_x: bool = False
    sin_y: bool = False
    cos_x: bool = False
    cos_y: bool = False
    custom: str = ""  # a Python expression of x1 and x2
    network_shape: tuple[int, ...] = (4, 2)
    activations: tuple[str, ...] = ("tanh", "tanh")  # of the hidden layers
    output_activation: str = ""  # "" is what fits the loss
    init: str = "playground"
    learning_rate: float = 0.03
    schedule: str = "constant"
    schedule_steps: int = 1000
    optimiser: str = "sgd"
    regularization: str = "none"
    regularization_rate: float = 0.0
    loss: str = "squared"
    show_test_data: bool = False
    discretize: bool = False
    picture: str = "output"
    stop_epoch: int = 0  # 0 is never
    stop_loss: float = 0.0
    steps_per_frame: int = 0  # 0 is as many as there is time for
    hidden: frozenset[str] = frozenset()  # keys that a teacher does not show


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

    @property
    def default(self) -> Any:
        return getattr(DEFAULTS, self.field)


DEFAULTS = Settings()


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
        "problem", "problem", "data", "Problem",
        ("classification", "Classification"), ("regression", "Regression"),
    ),
    _select(
        "dataset", "dataset", "data", "Data set",
        ("circle", "Circle"), ("xor", "Exclusive or"), ("gauss", "Two clouds"),
        ("spiral", "Spiral"), ("moons", "Two moons"), ("lecture", "Karpathy’s four rows"),
        ("own", "Own points"), ("csv", "Own table"),
    ),
    _select(
        "regDataset", "reg_dataset", "data", "Data set",
        ("reg-plane", "Plane"), ("reg-gauss", "Six cones"), ("own", "Own points"),
        ("csv", "Own table"),
    ),
    Setting("samples", "samples", "data", "Rows", "number", whole(4, 2000), (), 4, 2000, 1),
    _slider("noise", "noise", "data", "Noise", 0, 50, 5),
    _slider("percTrainData", "perc_train_data", "data", "Rows for training, %", 10, 90, 10),
    Setting("seed", "seed", "model", "Seed", "text", any_text),
    _count("batchSize", "batch_size", "live", "Batch size (0: all)", 5_000),
    _check("x", "x", "model", "x₁"),
    _check("y", "y", "model", "x₂"),
    _check("xSquared", "x_squared", "model", "x₁²"),
    _check("ySquared", "y_squared", "model", "x₂²"),
    _check("xTimesY", "x_times_y", "model", "x₁x₂"),
    _check("sinX", "sin_x", "model", "sin x₁"),
    _check("sinY", "sin_y", "model", "sin x₂"),
    _check("cosX", "cos_x", "model", "cos x₁"),
    _check("cosY", "cos_y", "model", "cos x₂"),
    Setting("custom", "custom", "model", "Your own, of x1 and x2", "text", any_text),
    Setting("networkShape", "network_shape", "model", "Hidden layers", "text", shape),
    Setting("activation", "activations", "model", "Activations", "text", activations),
    _select(
        "outputActivation", "output_activation", "model", "Activation of the output",
        ("", "as it fits the loss"), *((name, name) for name in ACTIVATIONS),
    ),
    _select(
        "init", "init", "model", "First weights",
        ("playground", "±0.5, biases 0.1"), ("uniform", "±1"), ("glorot", "Glorot"), ("he", "He"),
        ("zero", "all 0"),
    ),
    _rate("learningRate", "learning_rate", "Learning rate", 1e-5, RATES),
    _select(
        "schedule", "schedule", "live", "Schedule",
        ("constant", "constant"), ("linear", "linear"), ("cosine", "cosine"),
        ("exponential", "exponential"), ("staircase", "staircase"),
    ),
    Setting(
        "scheduleSteps", "schedule_steps", "live", "Steps of the schedule", "number",
        whole(1, 1_000_000), (), 1, 1_000_000, 1,
    ),
    _select(
        "optimiser", "optimiser", "live", "Optimiser",
        ("sgd", "SGD"), ("momentum", "SGD with momentum"), ("nesterov", "Nesterov"),
        ("rmsprop", "RMSprop"), ("adagrad", "Adagrad"), ("adam", "Adam"), ("adamw", "AdamW"),
    ),
    _select(
        "regularization", "regularization", "live", "Regularisation",
        ("none", "none"), ("L1", "L1"), ("L2", "L2"),
    ),
    _rate(
        "regularizationRate", "regularization_rate", "Rate of regularisation", 0, ("0", *RATES[2:])
    ),
    _select(
        "loss", "loss", "live", "Loss",
        ("squared", "½ squared error"), ("mse", "squared error"), ("mae", "absolute error"),
        ("huber", "Huber"), ("hinge", "hinge"), ("bce", "cross entropy"),
    ),
    _check("showTestData", "show_test_data", "view", "Show test data"),
    _check("discretize", "discretize", "view", "Discretise"),
    _select(
        "picture", "picture", "view", "Pictures",
        ("output", "what each neuron gives"), ("gradient", "∂loss/∂neuron"),
    ),
    _count("stopEpoch", "stop_epoch", "view", "Stop at epoch", 10_000_000),
    Setting("stopLoss", "stop_loss", "view", "Stop at loss", "number", number(0, 1e6), (), 0),
    _select(
        "stepsPerFrame", "steps_per_frame", "view", "Speed",
        ("0", "as fast as it goes"), ("1", "1 step a frame"), ("5", "5 steps a frame"),
        ("25", "25 steps a frame"), ("100", "100 steps a frame"),
    )._replace(read=whole(0, 100_000)),
)  # fmt: skip

BY_KEY = {setting.key: setting for setting in SETTINGS}


# Reading and writing.


def read(query: str) -> tuple[Settings, list[str]]:
    """Read the settings from a query or a fragment.

    A key that is not known is left out; a text that cannot be gives the default and a sentence.
    """
    pairs = dict(parse_qsl(query.lstrip("#?"), keep_blank_values=True))
    values: dict[str, Any] = {}
    problems = []
    for key, text in pairs.items():
        if key in BY_KEY:
            setting = BY_KEY[key]
            try:
                values[setting.field] = setting.read(_translated(key, text))
            except (ValueError, OverflowError) as error:
                problems.append(_problem(setting, text, error))
    if pairs.get("initZero") == "true":
        values["init"] = "zero"
    if values.get("problem") == "regression" and "samples" not in values:
        values["samples"] = 1200
    hidden = {
        key[: -len("_hide")]
        for key, text in pairs.items()
        if key.endswith("_hide") and text == "true"
    }
    return fitting(replace(DEFAULTS, **values, hidden=frozenset(hidden))), problems


def change(settings: Settings, key: str, text: str) -> tuple[Settings, list[str]]:
    """Change one setting, or say in a sentence why not."""
    setting = BY_KEY[key]
    try:
        value = setting.read(text.strip())
    except (ValueError, OverflowError) as error:
        return settings, [_problem(setting, text, error)]
    return fitting(replace(settings, **{setting.field: value})), []


def fitting(settings: Settings) -> Settings:
    """Make what depends on each other fit: an activation for each layer, a loss for the problem."""
    layers = len(settings.network_shape)
    names = settings.activations or ("tanh",)
    names = (*names, *[names[-1]] * layers)[:layers]
    loss = settings.loss
    if settings.problem == "regression" and loss in ("hinge", "bce"):
        loss = "squared"
    return replace(settings, activations=names, loss=loss)


def write(settings: Settings) -> str:
    """Write what differs from the defaults, as it stands in an address."""
    texts = as_data(settings)
    usual = as_data(DEFAULTS)
    pairs = [f"{key}={quote(text, safe=',')}" for key, text in texts.items() if text != usual[key]]
    return "&".join([*pairs, *(f"{key}_hide=true" for key in sorted(settings.hidden))])


def as_data(settings: Settings) -> dict[str, str]:
    """Return the text of each setting by its key."""
    return {setting.key: _written(getattr(settings, setting.field)) for setting in SETTINGS}


def describe() -> list[dict[str, Any]]:
    """Return the table as a page needs it to make its fields."""
    return [
        {
            "key": s.key,
            "label": s.label,
            "control": s.control,
            "choices": [list(pair) for pair in s.choices],
            "min": s.low,
            "max": s.high,
            "step": s.step,
        }
        for s in SETTINGS
    ]


def kind_of(key: str) -> Kind:
    return BY_KEY[key].kind


def _translated(key: str, text: str) -> str:
    """Playground writes its settings a little differently in places."""
    if key == "regularization" and text in ("", "null", "undefined"):
        return "none"
    return text


def _problem(setting: Setting, text: str, error: Exception) -> str:
    reason = str(error) if "could not convert" not in str(error) else "it is a number"
    return f"{setting.label} cannot be {text!r}: {reason}."


def _written(value: Any) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, tuple):
        return ",".join(map(str, value))
    if isinstance(value, float):
        return _plain(value)
    return str(value)


def _plain(x: float) -> str:
    """Write a float without an exponent, as the choices are: 0.00001."""
    text = f"{x:.12f}".rstrip("0").rstrip(".")
    return text if text and float(text) == x else repr(x)


assert {s.field for s in SETTINGS} | {"hidden"} == {f.name for f in fields(Settings)}
