"""A change of what a loss or a model is made of is noticed before the next step."""

import math
from collections.abc import Callable, Sequence
from typing import Any

import pytest

from micrograd import nn
from micrograd.data import xor
from micrograd.engine import Value
from micrograd.losses import huber
from micrograd.nn import MLP
from micrograd.train import SGD, Trainer

LESSON = """
delta = 0.5

def shifted(p):
    return p + offset

offset = 0.25

def loss(predictions, targets):
    terms = [huber([shifted(p)], [t], delta) for p, t in zip(predictions, targets)]
    return sum(terms[1:], terms[0]) / len(terms)
"""


def trained(loss: Any, compile: bool, change: Callable[[Trainer], None]) -> tuple[list[str], str]:
    model = MLP(2, [3, 1], activation="tanh", seed=1)
    optimiser = SGD(model.parameters(), lr=0.05)
    trainer = Trainer(model, xor(6, seed=1), loss=loss, optimiser=optimiser, compile=compile)
    trainer.run(3)
    change(trainer)
    trainer.run(3)
    return [p.data.hex() for p in model.parameters()], trainer.explain()


def expect_equal(
    make_loss: Callable[[], Any], change: Callable[[Any], Callable[[Trainer], None]]
) -> None:
    results = []
    for compile in (False, True):
        loss = make_loss()
        results.append(trained(loss, compile, change(loss)))
    (by_engine, _), (by_program, explanation) = results
    assert by_program == by_engine
    assert explanation.startswith("Steps run as WebAssembly")


@pytest.mark.parametrize(("name", "number"), [("delta", 2.0), ("offset", -0.5)])
def test_a_global_that_a_loss_or_what_it_calls_uses(name: str, number: float) -> None:
    lesson: list[dict[str, Any]] = []

    def make() -> Any:
        lesson.append({"huber": huber, "__name__": "lesson"})
        exec(LESSON, lesson[-1])
        return lesson[-1]["loss"]

    expect_equal(make, lambda loss: lambda trainer: loss.__globals__.update({name: number}))


def test_a_variable_that_a_loss_encloses() -> None:
    def make() -> Any:
        delta = 0.5

        def loss(predictions: Sequence[Value], targets: Sequence[float]) -> Value:
            return huber(predictions, targets, delta)

        def set_delta(number: float) -> None:
            nonlocal delta
            delta = number

        loss.set_delta = set_delta  # type: ignore[attr-defined]
        return loss

    expect_equal(make, lambda loss: lambda trainer: loss.set_delta(2.0))


def test_an_activation_that_is_replaced(monkeypatch: pytest.MonkeyPatch) -> None:
    tanh = nn.ACTIVATIONS["tanh"]

    def replace(trainer: Trainer) -> None:
        monkeypatch.setitem(nn.ACTIVATIONS, "tanh", lambda x: x.sigmoid() * 2 - 1)

    def make() -> Any:
        monkeypatch.setitem(nn.ACTIVATIONS, "tanh", tanh)
        return lambda predictions, targets: huber(predictions, targets)

    expect_equal(make, lambda loss: replace)
    assert math.isclose(Value(0.5).tanh().data, math.tanh(0.5))


def test_a_recorder_that_listens_to_the_engine_changes_nothing(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    model = MLP(2, [3, 1], seed=1)
    optimiser = SGD(model.parameters(), lr=0.01)
    trainer = Trainer(model, xor(6, seed=1), loss=huber, optimiser=optimiser)
    trainer.run(3)
    compiled = trainer._compilation._compiled
    make = Value.__init__
    monkeypatch.setattr(Value, "__init__", lambda *args, **kwargs: make(*args, **kwargs))
    trainer.run(3)
    assert compiled is not None
    assert trainer._compilation._compiled is compiled
