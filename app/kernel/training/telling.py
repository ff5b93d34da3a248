"""What is said of a training: what goes wrong, and the stories to try."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from . import settings as table
from .diagnostics import Look, diagnose
from .live import begin, training
from .presets import PRESETS
from .session import Session

Answer = dict[str, Any]


def look_at(session: Session) -> Look:
    """Look at a training on every row that it learns from."""
    trainer, data = session.trainer, session.rows.train
    return Look(
        session.model,
        trainer.activations(data.inputs),
        trainer.gradients(data.inputs, data.targets),
        session.curve.until(trainer.steps),
        session.failure,
    )


def training_diagnose() -> Answer:
    """Say what goes wrong, if anything does."""
    return {"findings": [finding._asdict() for finding in diagnose(look_at(training()))]}


def training_stories() -> Answer:
    return {"stories": [preset.as_data() for preset in PRESETS]}


def training_preset(name: str) -> Answer:
    """Begin the training of a story."""
    preset = next(preset for preset in PRESETS if preset.name == name)
    settings, problems = table.read(preset.query)
    return begin(settings, problems)


METHODS: dict[str, Callable[..., Answer]] = {
    method.__name__: method for method in (training_diagnose, training_preset, training_stories)
}
