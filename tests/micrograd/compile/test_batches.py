"""The order of rows in the next epochs, and what is left of it."""

import math
import random

import pytest

from micrograd.compile.batches import Epochs, depends_on_the_step_alone
from micrograd.optimisers import SCHEDULES


def test_epochs_without_chance_repeat_one_order() -> None:
    epochs = Epochs([1, 2], 3, 2, None, 5, 100)
    assert (epochs.first, epochs.each, epochs.steps) == (1, 2, 5)
    assert list(epochs.placed()[0]) == [1, 2, 0, 1, 2]
    assert [epochs.ended(n) for n in range(6)] == [0, 1, 1, 2, 2, 3]
    assert epochs.after(2) == (1, [2])  # one batch of [0, 1, 2] is made


@pytest.mark.parametrize("steps", range(7))
def test_shuffles_that_were_not_used_are_taken_back(steps: int) -> None:
    rng, other = random.Random(1), random.Random(1)
    ended, left = Epochs([0, 1, 2], 3, 2, rng, 6, 100).after(steps)
    order = [0, 1, 2]
    for _ in range(steps // 2):
        order = [0, 1, 2]
        other.shuffle(order)
    assert (ended, left) == (steps // 2, order[steps % 2 * 2 :])
    assert rng.getstate() == other.getstate()


@pytest.mark.parametrize("name", SCHEDULES)
def test_schedules_of_ours_depend_on_the_step_alone(name: str) -> None:
    assert depends_on_the_step_alone(SCHEDULES[name](10))


def test_what_else_a_schedule_uses_is_seen() -> None:
    seen: list[int] = []
    assert depends_on_the_step_alone(lambda step: math.exp(-step))
    assert not depends_on_the_step_alone(lambda step: len(seen))
    assert not depends_on_the_step_alone(lambda step: random.random())
    assert not depends_on_the_step_alone([1.0].__getitem__)
