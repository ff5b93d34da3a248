"""What the parameters of a network went through: edits, and real steps of gradient descent."""

from __future__ import annotations

from array import array
from typing import Any, NamedTuple

from ..edition import ENGINE, NN, text_in_force
from ..language import say
from ..numbers import show
from .layers import parameters, to_be_trained
from .setup import Change, Sample, Setup, UnusableError

KEPT = 400  # steps of which the numbers are kept


class Course(NamedTuple):
    """The parameters now, and at each step of training so far, the newest last.

    `values` and `gradients` are those before each step, `losses` the loss of all rows there.
    """

    now: array[float]
    steps: int = 0
    values: tuple[array[float], ...] = ()
    gradients: tuple[array[float], ...] = ()
    losses: tuple[float, ...] = ()


_kept: dict[str, Any] = {}  # the courses after each change, of the network that was shown last


def course(setup: Setup) -> Course:
    """Return what all changes of a setup lead to; what was made before is not made again."""
    made_of = (_trained_on(setup), text_in_force(ENGINE), text_in_force(NN))
    if _kept.get("made_of") != made_of:
        first = Course(array("d", [p.data for p in parameters(to_be_trained(setup))]))
        _kept.update(made_of=made_of, changes=[], courses=[first])
    changes: list[Change] = _kept["changes"]
    courses: list[Course] = _kept["courses"]
    common = 0
    while (
        common < min(len(changes), len(setup.changes)) and changes[common] == setup.changes[common]
    ):
        common += 1
    del changes[common:], courses[common + 1 :]
    for change in setup.changes[common:]:
        courses.append(_after(setup, courses[-1], change))
        changes.append(change)
    return courses[-1]


def _trained_on(setup: Setup) -> Setup:
    """Return all of a setup that its training depends on, besides the changes."""
    sample = Sample((), 0.0) if setup.is_lecture else setup.sample
    return setup._replace(changes=(), sample=sample)


def _after(setup: Setup, before: Course, change: Change) -> Course:
    kind, *rest = change
    if kind == "train":
        return _train(setup, before, *rest)
    now = array("d", rest) if kind == "load" else before.now[:]
    if len(now) != len(before.now):
        raise UnusableError(
            say(
                "This network has {expected} parameters, not {given}.",
                expected=len(before.now),
                given=len(now),
            )
        )
    if kind == "set":
        now[rest[0]] = rest[1]
    return before._replace(now=now)


def _train(setup: Setup, before: Course, steps: int, rate: float) -> Course:
    """Make so many steps of gradient descent on all rows at once, with the trainer in force."""
    from micrograd.data import Dataset, lecture  # here, because another edition may be in force
    from micrograd.train import SGD, NonFiniteLossError, Trainer, mse

    rows = (
        lecture() if setup.is_lecture else Dataset([[*setup.sample.inputs]], [setup.sample.target])
    )
    model = to_be_trained(setup)
    trained = parameters(model)
    for parameter, x in zip(trained, before.now):
        parameter.data = x
    optimiser = SGD(trained, lr=rate)
    trainer = Trainer(model, rows, loss=mse, optimiser=optimiser, shuffle=False)
    values, gradients, losses = [], [], []
    try:
        for _ in range(steps):
            values.append(array("d", [p.data for p in trained]))
            losses.append(trainer.step().loss)
            gradients.append(array("d", [p.grad for p in trained]))
    except NonFiniteLossError:
        raise UnusableError(
            say(
                "After {steps} steps the numbers are too large for a float. "
                "A smaller learning rate than {rate} helps.",
                steps=len(losses),
                rate=show(rate),
            )
        ) from None
    return Course(
        array("d", [p.data for p in trained]),
        before.steps + steps,
        (*before.values, *values)[-KEPT:],
        (*before.gradients, *gradients)[-KEPT:],
        (*before.losses, *losses)[-KEPT:],
    )
