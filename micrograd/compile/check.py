"""The first step of a program beside the engine's: all digits must be the same."""

from __future__ import annotations

import math
from array import array
from typing import TYPE_CHECKING, NamedTuple

from micrograd.compile.interrupts import held_back
from micrograd.compile.rule import arrays_of
from micrograd.compile.steps import Steps
from micrograd.compile.tape import NotCompilable

if TYPE_CHECKING:
    from micrograd.train import Trainer


class _State(NamedTuple):
    """All that a step changes: numbers by name."""

    parameters: list[tuple[float, float]]
    arrays: dict[str, list[float | None]]
    steps: int
    rate: float


def check(compiled: Steps, nodes: int) -> int:
    """Make one step both ways, on as many rows as have so many nodes, and take it back.

    Returns the number of rows, or 0 if the engine's loss or gradient is not finite, so that there
    is nothing to compare. Raises `NotCompilable` where a digit differs.
    """
    trainer = compiled.trainer
    rows = trainer._order[: min(compiled.batch, max(1, nodes // compiled.nodes))]
    batch = trainer.train.rows(rows)
    before = _state(trainer)
    trainer.optimiser.lr = rate = trainer._rate(0)
    try:
        loss, penalty, right = trainer._train_on(batch)
        after = _state(trainer)
    except ArithmeticError:
        return 0
    finally:
        with held_back():
            _restore(trainer, before)
    expected = array("d", [loss, penalty, right or 0])
    expected.extend(data for data, _ in after.parameters)
    expected.extend(grad for _, grad in after.parameters)
    expected.extend(x or 0.0 for name in compiled.states for x in after.arrays[name])
    _compare(compiled, expected, compiled.rehearse(rows, rate))
    return len(rows)


def _compare(compiled: Steps, expected: array[float], found: array[float]) -> None:
    if expected.tobytes() == found.tobytes():
        return
    pairs = list(zip(_names(compiled), expected, found))
    if not compiled.machine.is_exact:  # the last bits may differ: in tanh, exp, log and pow
        pairs = [
            (n, e, f) for n, e, f in pairs if not math.isclose(e, f, rel_tol=1e-9, abs_tol=1e-12)
        ]
    for name, by_engine, by_program in pairs:
        if by_engine != by_program:
            raise NotCompilable(
                f"its first step differs: {name} is {by_program} instead of {by_engine}"
            )


def _names(compiled: Steps) -> list[str]:
    trainer = compiled.trainer
    names = {parameter: name for name, parameter in trainer.model.named_parameters()}
    trained = enumerate(trainer.optimiser.parameters)
    parameters = [names.get(p, f"parameter number {i} of the optimiser") for i, p in trained]
    kinds = ["{}", "the gradient of {}", *(f"{s} of {{}}" for s in compiled.states)]
    numbers = [kind.format(name) for kind in kinds for name in parameters]
    return ["the loss", "the penalty", "the number of right answers", *numbers]


def _state(trainer: Trainer) -> _State:
    optimiser = trainer.optimiser
    return _State(
        [(p.data, p.grad) for p in optimiser.parameters],
        {name: list(numbers) for name, numbers in arrays_of(optimiser).items()},
        optimiser.steps,
        optimiser.lr,
    )


def _restore(trainer: Trainer, state: _State) -> None:
    optimiser = trainer.optimiser
    for p, (data, grad) in zip(optimiser.parameters, state.parameters):
        p.data, p.grad = data, grad
    for name, numbers in state.arrays.items():
        getattr(optimiser, name)[:] = numbers
    optimiser.steps, optimiser.lr = state.steps, state.rate
