"""Each story does what it says, when it is played."""

from __future__ import annotations

import pytest

from app.kernel.training.diagnostics import diagnose
from app.kernel.training.presets import PRESETS, Preset
from app.kernel.training.telling import look_at
from tests.app.kernel.training.test_session import begin

FOUND = {
    "rate": ("rising", 30),
    "dead": ("dead", 30),
    "vanishing": ("vanishing", 30),
    "overfitting": ("overfitting", 300),
    "symmetry": ("symmetry", 30),
}


@pytest.mark.parametrize("preset", PRESETS, ids=lambda preset: preset.name)
def test_a_story_shows_what_it_is_about(preset: Preset) -> None:
    kind, epochs = FOUND[preset.name]
    session = begin(preset.query)
    session.run_epochs(epochs)
    assert kind in {finding.kind for finding in diagnose(look_at(session))}


@pytest.mark.parametrize("preset", PRESETS, ids=lambda preset: preset.name)
def test_a_question_has_one_right_answer_of_three(preset: Preset) -> None:
    assert [choice.is_right for choice in preset.choices].count(True) == 1
    assert len(preset.choices) == 3


def test_l2_helps_against_learning_by_heart() -> None:
    query = next(preset.query for preset in PRESETS if preset.name == "overfitting")
    plain, held = begin(query), begin(f"{query}&regularization=L2&regularizationRate=0.03")
    for session in (plain, held):
        session.run_epochs(400)
    assert plain.curve.last.test_loss is not None
    assert held.curve.last.test_loss is not None
    assert held.curve.last.test_loss < 0.8 * plain.curve.last.test_loss


def test_a_smaller_learning_rate_helps_the_first_story() -> None:
    session = begin(PRESETS[0].query.replace("0.3", "0.03"))
    session.run_epochs(30)
    assert session.curve.last.train_loss < 0.001


def test_a_dead_neuron_lives_again_with_another_bias() -> None:
    session = begin(PRESETS[1].query)
    session.run_epochs(30)
    finding = next(f for f in diagnose(look_at(session)) if f.kind == "dead")
    _, i = finding.where[0]
    session.edit(3 * i + 2, 2.0)
    again = {f.kind: f.where for f in diagnose(look_at(session))}
    assert (1, i) not in again.get("dead", [])
