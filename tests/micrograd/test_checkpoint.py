"""Going back to a checkpoint: what follows is the same, to the bit."""

from __future__ import annotations

import pytest

from micrograd.checkpoint import Checkpoint
from micrograd.data import circle
from micrograd.nn import MLP
from micrograd.train import OPTIMISERS, SGD, Trainer, hinge, mse

each = pytest.mark.parametrize


def trainer(optimiser: str = "sgd", compile: bool = True, **options: float) -> Trainer:
    model = MLP(2, [3, 1], activation="tanh", seed=1)
    train, test = circle(40, noise=0.1, seed=2).split(0.5)
    rule = OPTIMISERS[optimiser](model.parameters(), lr=0.03, **options)
    return Trainer(
        model, train, test, loss=mse, optimiser=rule, batch_size=8, l2=0.001, compile=compile
    )


def numbers(t: Trainer) -> list[float]:
    return [x for p in t.optimiser.parameters for x in (p.data, p.grad)]


def make(t: Trainer, steps: int) -> list[float]:
    for _ in range(steps):
        t.step()
    return numbers(t)


@each("compile", [True, False])
@each("optimiser", OPTIMISERS)
def test_what_follows_is_the_same_again(optimiser: str, compile: bool) -> None:
    t = trainer(optimiser, compile)
    make(t, 4)
    kept = Checkpoint.of(t)
    first, history = make(t, 9), list(t.history)
    kept.restore(t)
    assert (t.steps, t.epochs, t.history) == (4, 1, [])
    assert make(t, 9) == first
    assert t.history == history[1:]


def test_momentum_goes_back_too_also_to_before_the_first_step() -> None:
    t = trainer(momentum=0.9)
    kept = Checkpoint.of(t)
    before = numbers(t)
    first = make(t, 7)
    kept.restore(t)
    assert numbers(t) == before
    assert make(t, 7) == first


def test_compiled_steps_and_the_engines_go_back_to_each_others_checkpoints() -> None:
    compiled, eager = trainer(compile=True), trainer(compile=False)
    make(compiled, 7)
    kept = Checkpoint.of(compiled)._replace(
        options=Checkpoint.of(eager).options  # another model's optimiser and data
    )
    kept.restore(eager)
    assert make(eager, 6) == make(compiled, 6)


def test_what_was_changed_is_changed_back() -> None:
    t = trainer()
    make(t, 3)
    kept = Checkpoint.of(t)
    first = make(t, 6)
    t.learning_rate, t.batch_size, t.l2, t.loss = 0.5, 3, 0.0, hinge
    t.optimiser = SGD(t.optimiser.parameters, lr=0.5)
    make(t, 5)
    kept.restore(t)
    assert make(t, 6) == first


def test_a_checkpoint_does_not_change_while_training_goes_on() -> None:
    t = trainer("adam")
    make(t, 2)
    kept = Checkpoint.of(t)
    again = Checkpoint.of(t)
    make(t, 8)
    assert kept == again
