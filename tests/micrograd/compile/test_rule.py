"""Optimisers of a learner's own: compiled if they only compute, else a sentence says why not."""

import math
from collections.abc import Callable
from typing import Any

import pytest

from micrograd.engine import Value
from micrograd.optimisers import SGD, Adam, Optimiser
from tests.micrograd.compile.pairs import both, compiled, fallback, run, trainer_of

Move = Callable[[Any, Any, Value, float], object]


def own(move: Move) -> Any:
    class Own(Optimiser):
        def __init__(self, parameters: Any) -> None:
            super().__init__(parameters, 0.01, 0.0)
            self.before = self._zeros()
            self.last = [*self._zeros(), 0.0]
            self.count = 0
            self.rates = {"slow": 0.5}
            self.names = ["a name"] * len(self.parameters)

        def _move(self, i: int, p: Value, g: float) -> None:
            move(self, i, p, g)

    return lambda compile: trainer_of(optimiser=Own, batch_size=4, compile=compile)


def by(change: Callable[[Any, int, float], Any]) -> Move:
    def move(self: Any, i: int, p: Value, g: float) -> None:
        p.data -= self.lr * change(self, i, g)

    return move


def remember(self: Any, i: int, g: float) -> float:
    self.before[i] = 0.9 * self.before[i] + g
    return self.before[i]  # type: ignore[no-any-return]


@pytest.mark.parametrize(
    "change",
    [
        lambda o, i, g: g,
        lambda o, i, g: -g / 3 + 1 - 2 * g,
        lambda o, i, g: g * o.rates["slow"],
        lambda o, i, g: g / (1 + o.steps) ** 0.5,
        lambda o, i, g: 0.9**o.steps * g,
        lambda o, i, g: abs(g) * g,
        lambda o, i, g: 1 - g - (2 / (3 + abs(g))),
        lambda o, i, g: 5,
        remember,
    ],
)
def test_optimiser_that_computes_has_the_same_digits(change: Any) -> None:
    compiled(own(by(change)), run(10))


class Clipped(SGD):
    def _gradient(self, p: Value) -> float:
        size = math.sqrt(p.grad * p.grad) + math.exp(p.grad) + math.log(1 + math.fabs(p.grad))
        return max(-0.5, min(size, 0.5), math.pow(p.grad, 2))


def test_functions_of_math_have_the_same_digits() -> None:
    compiled(lambda compile: trainer_of(optimiser=Clipped, compile=compile), run(10))


def move_by_sign(self: Any, i: int, p: Value, g: float) -> None:
    p.data -= 0.1 if g > 0 else -0.1


def move_like_the_first(self: Any, i: int, p: Value, g: float) -> None:
    p.data -= 0.1 * self.before[0]


def move_all_but_the_first(self: Any, i: int, p: Value, g: float) -> None:
    p.data -= 0.0 if i == 0 else 0.01 * g


def count_moves(self: Any, i: int, p: Value, g: float) -> None:
    self.count += 1
    p.data -= 0.01 * g / self.count


def keep_in_a_dict(self: Any, i: int, p: Value, g: float) -> None:
    self.rates["last"] = g
    p.data -= 0.01 * g


def floor(self: Any, i: int, p: Value, g: float) -> None:
    p.data -= math.floor(g)


@pytest.mark.parametrize(
    ("move", "reason"),
    [
        (move_by_sign, "the optimiser decides by a number, so its rule is not one formula"),
        (move_like_the_first, "the optimiser looks at before of other parameters too"),
        (
            move_all_but_the_first,
            "the optimiser moves one parameter in another way than the next",
        ),
        (count_moves, "Own changes its count when it moves a parameter"),
        (keep_in_a_dict, "Own changes its rates when it moves a parameter"),
        (floor, "Own does more than arithmetic (must be real number, not _Symbol)"),
    ],
)
def test_optimiser_that_does_more_is_left_to_the_engine(move: Move, reason: str) -> None:
    assert fallback(own(move)) == f"{reason}."


def test_step_of_its_own_is_left_to_the_engine() -> None:
    class Stepping(SGD):
        def step(self) -> None:
            super().step()

    reason = fallback(lambda compile: trainer_of(optimiser=Stepping, compile=compile))
    assert reason == "Stepping has a step of its own."


def test_list_named_as_a_part_of_the_program_is_left_to_the_engine() -> None:
    class Named(SGD):
        def __init__(self, parameters: Any) -> None:
            super().__init__(parameters)
            self.terms = self._zeros()

    reason = fallback(lambda compile: trainer_of(optimiser=Named, compile=compile))
    assert reason == "the optimiser has a list named terms, as the program has."


def test_option_changed_in_place_is_seen() -> None:
    def play(trainer: Any) -> None:
        trainer.run(2)
        trainer.optimiser.rates["slow"] = 0.25
        trainer.run(2)

    compiled(own(by(lambda o, i, g: g * o.rates["slow"])), play)


def test_betas_in_a_list_have_the_same_digits() -> None:
    def kind(parameters: Any) -> Any:
        return Adam(parameters, betas=[0.5, 0.75])  # type: ignore[arg-type]

    both(lambda compile: trainer_of(optimiser=kind, compile=compile), run(5))


def test_parameter_that_is_not_moved_is_left_to_the_engine() -> None:
    def all_but_one(parameters: Any) -> Any:
        return SGD(parameters[1:])

    reason = fallback(lambda compile: trainer_of(optimiser=all_but_one, compile=compile))
    assert reason == "the optimiser does not move the parameter layers.0.neurons.0.w.0."


def test_parameter_that_is_moved_twice_is_left_to_the_engine() -> None:
    def twice(parameters: Any) -> Any:
        return SGD(parameters + parameters)

    reason = fallback(lambda compile: trainer_of(optimiser=twice, compile=compile))
    assert reason == "the optimiser has a parameter twice."
