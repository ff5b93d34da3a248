"""The settings of a training: one table, which is also how they stand in the page's address.

The keys are those of TensorFlow Playground (src/state.ts) where it has the setting, so that its
links give the same set-up here.
"""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from typing import Any
from urllib.parse import parse_qsl, quote

from ..language import say, with_decimal_sign
from .table import BY_KEY, RATES, SETTINGS, Kind, Setting


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
    weights_seed: str = ""  # of the first weights; "" is the same
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


DEFAULTS = Settings()


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
            "label": say(s.label),
            "control": s.control,
            "choices": [[value, _label(text)] for value, text in s.choices],
            "min": s.low,
            "max": s.high,
            "step": s.step,
        }
        for s in SETTINGS
    ]


def _label(text: str) -> str:
    """Return what a choice is called; a rate is its number."""
    return with_decimal_sign(text) if text in RATES else say(text)


def kind_of(key: str) -> Kind:
    return BY_KEY[key].kind


def _translated(key: str, text: str) -> str:
    """Playground writes its settings a little differently in places."""
    if key == "regularization" and text in ("", "null", "undefined"):
        return "none"
    return text


def _problem(setting: Setting, text: str, error: Exception) -> str:
    reason = str(error) if "could not convert" not in str(error) else say("it is a number")
    return say(
        "{label} cannot be {text}: {reason}.",
        label=say(setting.label),
        text=repr(text),
        reason=reason,
    )


def _written(value: Any) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, tuple):
        texts = [*map(str, value)]
        is_one_name = len({*texts}) == 1 and not texts[0].isdecimal()
        return texts[0] if is_one_name else ",".join(texts)
    if isinstance(value, float):
        return _plain(value)
    return str(value)


def _plain(x: float) -> str:
    """Write a float without an exponent, as the choices are: 0.00001."""
    text = f"{x:.12f}".rstrip("0").rstrip(".")
    return text if text and float(text) == x else repr(x)


assert {s.field for s in SETTINGS} | {"hidden"} == {f.name for f in fields(Settings)}
