"""Going back and forth in a training: bit-equal weights at each step."""

from __future__ import annotations

import pytest

from app.kernel.training.past import Past
from micrograd.data import circle
from micrograd.nn import MLP
from micrograd.train import SGD, Trainer, mse


def make(most: int = 240) -> tuple[Trainer, Past]:
    model = MLP(2, [3, 1], activation="tanh", seed=1)
    rule = SGD(model.parameters(), lr=0.03, momentum=0.9)
    trainer = Trainer(model, circle(40, seed=2), loss=mse, optimiser=rule, batch_size=8)
    return trainer, Past(trainer, most)


def weights(trainer: Trainer) -> list[float]:
    return [p.data for p in trainer.optimiser.parameters]


def walk(trainer: Trainer, past: Past, marks: int, steps: int = 3) -> list[list[float]]:
    """Train one step at a time, with a mark after so many; return the weights at each step."""
    seen = [weights(trainer)]
    for _ in range(marks):
        for _ in range(steps):
            trainer.step()
            seen.append(weights(trainer))
        past.mark()
    return seen


def test_seek_gives_the_weights_of_each_step() -> None:
    trainer, past = make()
    seen = walk(trainer, past, marks=4)
    assert (past.begin, past.end) == (0, 12)
    for step in [7, 3, 12, 0, 11]:
        past.seek(step)
        assert (trainer.steps, weights(trainer)) == (step, seen[step])
    assert past.end == 12  # what is ahead stays


def test_seek_stays_within_what_is_known() -> None:
    trainer, past = make()
    walk(trainer, past, marks=1)
    past.seek(99)
    assert trainer.steps == 3
    past.seek(-1)
    assert trainer.steps == 0


def test_a_change_rules_the_steps_after_it_and_no_others() -> None:
    trainer, past = make()
    before = walk(trainer, past, marks=2)
    trainer.learning_rate = 0.1
    past.mark(is_change=True)
    after = walk(trainer, past, marks=2)
    past.seek(5)
    assert (weights(trainer), trainer.learning_rate) == (before[5], 0.03)
    past.seek(10)
    assert (weights(trainer), trainer.learning_rate) == (after[4], 0.1)


def test_going_on_from_the_past_is_another_future() -> None:
    trainer, past = make()
    walk(trainer, past, marks=4)
    past.seek(4)
    trainer.optimiser.parameters[0].data = 2.0
    past.mark(is_change=True)
    assert past.end == 4
    seen = walk(trainer, past, marks=1)
    past.seek(4)
    assert weights(trainer) == seen[0]
    past.seek(5)
    assert weights(trainer) == seen[1]


@pytest.mark.parametrize("change_at", [None, 5, 17])
def test_a_long_past_keeps_few_checkpoints_and_every_step(change_at: int | None) -> None:
    trainer, past = make(most=8)
    seen = [weights(trainer)]
    for step in range(1, 60):
        trainer.step()
        seen.append(weights(trainer))
        if step == change_at:
            trainer.learning_rate = 0.1
        past.mark(is_change=step == change_at)
        assert len(past._kept) <= 8
    for step in [59, 0, 4, 5, 6, 16, 17, 18, 31, 58]:
        past.seek(step)
        assert weights(trainer) == seen[step], step


def test_with_too_many_changes_the_past_begins_later() -> None:
    trainer, past = make(most=8)
    seen = [weights(trainer)]
    for step in range(1, 30):
        trainer.step()
        seen.append(weights(trainer))
        trainer.learning_rate = 0.01 + step / 1000
        past.mark(is_change=True)
    assert past.begin > 0
    for step in range(past.begin, 30):
        past.seek(step)
        assert weights(trainer) == seen[step], step
