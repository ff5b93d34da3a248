"""The rows of a training: from a data set, from points that were drawn, or from a table."""

from __future__ import annotations

import itertools
import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from micrograd import data
from micrograd.data import Dataset, read_csv

from ..gone import GoneError
from ..language import counted, say
from ..numbers import show
from .features import cannot_be, compile_features, features_of, inputs_or_reason, on_one_line
from .parts import number_of
from .reasons import why_unreadable
from .settings import Settings

Point = tuple[float, float, float]  # x, y, target

SQUARE = (-6.0, 6.0, -6.0, 6.0)  # Playground's plane: left, right, bottom, top
MARGIN = 0.15  # of the width of other data, around it
FEWEST = 2  # rows
MOST = 5_000
LARGEST = 1e30  # of the numbers: pictures are made of floats with 32 bits

SETS: dict[str, Callable[[int, float, int], Dataset]] = {
    "circle": data.circle,
    "xor": data.xor,
    "gauss": data.gaussian,
    "spiral": data.spiral,
    "moons": data.moons,
    "reg-plane": data.plane,
    "reg-gauss": data.multi_gaussian,
}


@dataclass(frozen=True, eq=False)
class Rows:
    """Rows for training and testing, as the network sees them and as the plane shows them.

    `raw` are the columns as they came, in the order of training rows, then test rows. `compute`
    makes features of a point; without it, the columns themselves are the inputs.
    """

    train: Dataset
    test: Dataset | None
    raw: list[list[float]]
    names: list[str]  # of the model's inputs
    formulas: list[str]  # Python for them, of x1 and x2; none where the columns are the inputs
    axes: tuple[str, str]
    domain: tuple[float, float, float, float]  # left, right, bottom, top
    compute: Callable[[float, float], list[float]] | None
    middle: list[float] = field(
        default_factory=list
    )  # of the columns that the plane has no axis for

    @property
    def width(self) -> int:
        """How many inputs the model has."""
        return len(self.train.inputs[0])

    def inputs_at(self, x: float, y: float) -> list[float]:
        """Return the model's inputs for a point on the plane."""
        if self.compute:
            found = inputs_or_reason(self.compute, x, y)
            return [0.0] * self.width if isinstance(found, str) else found
        return [x, y, *self.middle][: self.width]

    def row(self, i: int) -> tuple[list[float], float]:
        """Return inputs and target of a row; those for testing come after those for training."""
        if i < len(self.train):
            return self.train.inputs[i], self.train.targets[i]
        if self.test is None or i >= len(self.raw):
            raise GoneError(say("These data have no row {row}: choose a point.", row=i + 1))
        return self.test.inputs[i - len(self.train)], self.test.targets[i - len(self.train)]

    def train_points(self) -> list[Point]:
        return [
            (raw[0], raw[1] if len(raw) > 1 else 0.0, target)
            for raw, target in zip(self.raw, self.train.targets)
        ]

    def on_the_plane(self) -> dict[str, Any]:
        """Return where each row stands on the plane, and what it is; 0 and 1 count as -1 and 1."""
        targets = [*self.train.targets, *(self.test.targets if self.test else [])]
        if self.train.task == "classes":
            targets = [1.0 if t > 0 else -1.0 for t in targets]
        return {
            "x": [raw[0] for raw in self.raw],
            "y": [raw[1] if len(raw) > 1 else 0.0 for raw in self.raw],
            "target": targets,
            "isTest": [i >= len(self.train) for i in range(len(self.raw))],
        }


def make_rows(settings: Settings, points: Sequence[Point], table: str) -> Rows | str:
    """Make the rows that the settings ask for, or say why that cannot be."""
    found = _columns(settings, points, table)
    if isinstance(found, str):
        return found
    if len(found) < FEWEST or len(found) > MOST:
        return say(
            "A training needs {fewest} to {most} rows, and there are {found}.",
            fewest=FEWEST,
            most=counted(MOST),
            found=counted(len(found)),
        )
    numbers = itertools.chain(*found.inputs, found.targets)
    if (large := max(map(abs, numbers))) > LARGEST:
        return say("A number such as {number} is too large to be trained on.", number=show(large))
    columns = len(found.inputs[0])
    features = features_of(settings)
    if columns == 2 and not features:
        return say("A network needs something to see: switch on a feature, such as x₁.")
    compute = compile_features(features)
    if isinstance(compute, str):
        return compute
    return _rows(settings, found, compute if columns == 2 else None)


def _columns(settings: Settings, points: Sequence[Point], table: str) -> Dataset | str:
    """Return the data as they come, with signs for two classes."""
    is_regression = settings.problem == "regression"
    name = _chosen(settings)
    try:
        if name == "own":
            made = _own(points, is_regression)
        elif name == "csv":
            made = _signs(read_csv(table, "regression" if is_regression else None))
        elif name == "lecture":
            made = data.lecture()
        else:
            noise = settings.noise / 100
            made = SETS[name](settings.samples, noise, number_of(settings.seed))
            made = _on_the_square(made) if name == "moons" else made
    except ValueError as error:
        reason = why_unreadable(error)
        return f"{reason[:1].upper()}{reason[1:]}."
    if made.task == "classes":
        return say("There are more than two classes, and one output can tell only two apart.")
    if not is_regression and made.task == "regression":
        return say("The targets are not two classes: choose the problem Regression.")
    return made


def _chosen(settings: Settings) -> str:
    """Return the name of the data set that the problem is about."""
    return settings.reg_dataset if settings.problem == "regression" else settings.dataset


def _own(points: Sequence[Point], is_regression: bool) -> Dataset:
    if not points:
        raise ValueError("there is no point yet: press Draw points, and click on the plane")
    inputs = [[float(x), float(y)] for x, y, _ in points]
    targets = [float(t) for _, _, t in points]
    if is_regression:
        return Dataset(inputs, targets)
    return Dataset(inputs, [1.0 if t > 0 else -1.0 for t in targets], "signs")


def _signs(found: Dataset) -> Dataset:
    """Two classes are told by a sign, whichever two numbers they are."""
    if found.task == "classes" and max(found.targets) <= 1:
        return found.as_signs()
    return found


def _on_the_square(moons: Dataset) -> Dataset:
    """Spread the moons over Playground's plane: 2.8 times as large, around its middle."""
    inputs = [[round(2.8 * (x - 0.5), 6), round(2.8 * (y - 0.25), 6)] for x, y in moons.inputs]
    return Dataset(inputs, moons.targets, moons.task)


def _rows(
    settings: Settings, found: Dataset, compute: Callable[[float, float], list[float]] | None
) -> Rows | str:
    features = features_of(settings)
    inputs = found.inputs
    if compute:
        inputs = []
        for x, y in found.inputs:
            made = inputs_or_reason(compute, x, y)
            if isinstance(made, str):
                return cannot_be(settings.custom, made)
            inputs.append(made)
    order = _order(settings, len(found))
    seen = Dataset(inputs, found.targets, found.task)
    if settings.loss == "bce" and found.task == "signs":
        seen = seen.as_classes()
    cut = _cut(settings, len(found))
    columns = len(found.inputs[0])
    names = [f"x{i + 1}" for i in range(columns)]
    return Rows(
        train=seen.rows(order[:cut]),
        test=seen.rows(order[cut:]) if cut < len(order) else None,
        raw=[found.inputs[i] for i in order],
        names=[feature.name for feature in features] if compute else names,
        formulas=[on_one_line(feature.formula) for feature in features] if compute else [],
        axes=("x₁", "x₂") if columns > 1 else ("x₁", ""),
        domain=_domain(found.inputs) if _chosen(settings) in ("csv", "lecture") else SQUARE,
        compute=compute,
        middle=[math.fsum(x[k] for x in found.inputs) / len(found) for k in range(2, columns)],
    )


def _order(settings: Settings, rows: int) -> list[int]:
    """Made sets are shuffled already; the rows of a table may stand in any order."""
    if _chosen(settings) != "csv":
        return list(range(rows))
    train, test = Dataset([[float(i)] for i in range(rows)], [0.0] * rows).split(0.5, 0)
    return [int(x) for (x,) in [*train.inputs, *test.inputs]]


def _cut(settings: Settings, rows: int) -> int:
    """Return how many rows are for training. Few rows are too precious to be kept back."""
    if _chosen(settings) in ("own", "lecture") or rows < 10:
        return rows
    return max(1, min(rows - 1, rows * settings.perc_train_data // 100))


def _domain(inputs: Sequence[Sequence[float]]) -> tuple[float, float, float, float]:
    """Return a rectangle around the first two columns, with some room."""
    sides = []
    for k in range(2):
        numbers = [x[k] if len(x) > k else 0.0 for x in inputs]
        low, high = min(numbers), max(numbers)
        room = MARGIN * ((high - low) or 2.0)
        sides += [low - room, high + room]
    return sides[0], sides[1], sides[2], sides[3]
