"""The training on the page: the kernel's methods for it. Each client has one."""

from __future__ import annotations

import math
import random
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

from micrograd.data import read_csv

from ..clients import own
from ..gone import GoneError
from ..language import say
from . import settings as table
from .frame import frame, view
from .links import weights_in
from .reasons import why_it_stopped
from .rows import make_rows
from .session import Session
from .settings import Settings

Answer = dict[str, Any]
Point = tuple[float, float, float]  # x, y, target

SECONDS = 0.009  # of training for a frame, as fast as it goes
SEEDS = 1_000_000


class _Live:
    """What the methods share: the training, and what its rows were made from."""

    session: Session
    points: Sequence[Point] = ()
    csv: str = ""
    shown: int | None = None  # the neuron whose picture is large
    watch: int | None = None
    serial: int = 0


LIVE = _Live()
own(vars(LIVE))


def training() -> Session:
    """Return the training that is on the page."""
    if not hasattr(LIVE, "session"):
        raise GoneError(say("Python was started anew, and this training has to be opened again."))
    return LIVE.session


# Beginning.


def training_open(
    query: str = "",
    points: list[Point] | None = None,
    csv: str | None = None,
    weights: list[float] | None = None,
    epoch: int = 0,
) -> Answer:
    """Begin a training as the query says, with what the visitor brought; return all that is shown.

    `weights` are those of an earlier training; they are left out where they do not fit.
    """
    settings, problems = table.read(query)
    LIVE.points = LIVE.points if points is None else points
    LIVE.csv = LIVE.csv if csv is None else csv
    if not weights:
        weights, epoch, problem = weights_in(query)
        problems += [problem] if problem else []
    return begin(settings, problems, weights, epoch)


def begin(
    settings: Settings,
    problems: Sequence[str] = (),
    weights: Sequence[float] | None = None,
    epoch: int = 0,
) -> Answer:
    """Begin anew; where there can be no rows, everything stays as it was and the reason is told."""
    made = make_rows(settings, LIVE.points, LIVE.csv)
    if isinstance(made, str):
        return _refuse(settings, [*problems, made])
    LIVE.session = Session(settings, made)
    LIVE.shown = LIVE.watch = None
    if weights and len(weights) == len(LIVE.session.parameters):
        LIVE.session.load(weights, epoch)
    return everything(problems)


def _refuse(settings: Settings, problems: Sequence[str]) -> Answer:
    """Say why something cannot be. Without a training yet, begin with what can always be."""
    if not hasattr(LIVE, "session"):
        usual = replace(settings, dataset="circle", reg_dataset="reg-plane", x=True, custom="")
        return begin(usual, problems)
    return everything(problems)


# Onward and back.


def training_advance(watch: int | None = None) -> Answer:
    """Train for one frame: so many steps as the settings say, or as many as there is time for."""
    session = training()
    LIVE.watch = watch
    steps = session.settings.steps_per_frame
    if steps:
        session.run(steps)
    else:
        session.advance(SECONDS)
    return moment(moves=True)


def training_step(by: str) -> Answer:
    """Make a step on one sample or one batch, or train to the end of the epoch."""
    session = training()
    if by == "sample":
        session.run_sample()
    elif by == "batch":
        session.run(1)
    else:
        session.run_epochs(1)
    return moment()


def training_back(by: str) -> Answer:
    training().back(by)
    return moment()


def training_seek(step: int, moves: bool = False) -> Answer:
    """Go to a step of the history; `moves` while somebody scrubs."""
    training().seek(step)
    return moment(moves)


def training_reset(new: str = "") -> Answer:
    """Begin again: with the same rows and first weights, or with new "rows" or new "weights"."""
    settings = training().settings
    seed = str(random.randrange(SEEDS))
    if new == "weights":
        settings = replace(settings, weights_seed=seed)
    if new == "rows":
        first = settings.weights_seed or settings.seed
        settings = replace(settings, seed=seed, weights_seed=first)
    return begin(settings)


# Changes.


def training_set(key: str, text: str) -> Answer:
    """Change a setting. What needs no other model and no other rows changes while it trains."""
    session = training()
    settings, problems = table.change(session.settings, key, text)
    if problems:
        return {**settled(), "problems": problems}
    kind = table.kind_of(key)
    if kind == "view" or settings == session.settings:
        session.settings = settings
    elif kind == "live" and settings.loss == session.settings.loss:
        session.change(settings)
    else:
        return begin(settings)
    return settled()


def training_points(points: list[Point]) -> Answer:
    """Train on other points that the visitor has drawn; the weights stay."""
    LIVE.points = points
    session = training()
    settings = replace(session.settings, dataset="own", reg_dataset="own")
    made = make_rows(settings, points, LIVE.csv)
    if isinstance(made, str):
        return everything([made])
    if session.settings != settings or made.width != session.rows.width:
        return begin(settings)
    session.change_rows(settings, made)
    return everything()


def training_csv(text: str) -> Answer:
    """Train on a table, or say which line of it is wrong; then everything stays as it was.

    Two different targets are classes, more of them are numbers: a regression.
    """
    try:
        is_regression = read_csv(text).task == "regression"
    except ValueError:
        is_regression = False  # why it cannot be read is told below
    problem = "regression" if is_regression else "classification"
    settings = replace(training().settings, problem=problem, dataset="csv", reg_dataset="csv")
    made = make_rows(settings, LIVE.points, text)
    if isinstance(made, str):
        return everything([made])
    LIVE.csv = text
    return begin(settings)


def training_edit(parameter: int, text: str) -> Answer:
    """Give a parameter the number that was typed, or say that it is none."""
    try:
        number = float(text.replace("\u2212", "-").replace(",", "."))
    except ValueError:
        number = math.nan
    if not math.isfinite(number):
        problem = say("{text} is no number. Type one such as 0.5 or -2.", text=repr(text))
        return {**moment(), "problems": [problem]}
    session = training()
    if parameter < len(session.parameters):  # else it is of a network that was here before
        session.edit(parameter, number)
    return moment()


def training_shape(shape: list[int], activations: list[str]) -> Answer:
    """Begin anew with other hidden layers."""
    changed = replace(
        training().settings, network_shape=tuple(shape), activations=tuple(activations)
    )
    return begin(changed)


# Answers.


def moment(moves: bool = False) -> Answer:
    session = training()
    shown = frame(session, moves=moves, shown=LIVE.shown, watch=LIVE.watch)
    LIVE.serial += 1
    shown["drawn"]["serial"] = LIVE.serial
    return {**shown, **_state(session), "problems": []}


def _state(session: Session) -> Answer:
    past, trainer = session.past, session.trainer
    return {
        "state": "over" if session.is_over else "running",
        "says": why_it_stopped(session.failure) if session.failure else session.reached,
        "step": trainer.steps,
        "epoch": trainer.epochs,
        "begin": past.begin,
        "end": past.end,
    }


def settled() -> Answer:
    """Return a frame with the settings as they are now."""
    session = training()
    return {
        **moment(),
        "settings": table.as_data(session.settings),
        "query": table.write(session.settings),
        "hidden": hidden(session),
        "hidden_by_teacher": sorted(session.settings.hidden),
        "shape": list(session.settings.network_shape),
        "activations": list(session.settings.activations),
    }


def everything(problems: Sequence[str] = ()) -> Answer:
    """Return a frame with all that stays while it trains."""
    answer = {**settled(), "problems": list(problems)}
    answer["drawn"]["view"] = view(training())
    return {**answer, "names": training().names, "table": table.describe()}


def hidden(session: Session) -> list[str]:
    """List the keys of settings that have no meaning here, or that a teacher has hidden."""
    settings = session.settings
    keys = set(settings.hidden)
    keys |= {"regDataset"} if settings.problem == "classification" else {"dataset"}
    if settings.schedule == "constant":
        keys.add("scheduleSteps")
    if settings.regularization == "none":
        keys.add("regularizationRate")
    return sorted(keys)


METHODS: dict[str, Callable[..., Answer]] = {
    method.__name__: method
    for method in (
        training_advance,
        training_back,
        training_csv,
        training_edit,
        training_open,
        training_points,
        training_reset,
        training_seek,
        training_set,
        training_shape,
        training_step,
    )
}
