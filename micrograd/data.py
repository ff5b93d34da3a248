"""Data sets to learn from: made from a seed, or read from a table in CSV text.

Randomness is Python's own generator with a seed, and the numbers are rounded to six decimals (the
last digit of a sine differs from one machine to another). So a seed gives the same rows everywhere.
"""

from __future__ import annotations

import csv
import io
import math
import random
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Literal, TypeAlias, get_args

Task: TypeAlias = Literal["regression", "signs", "classes"]
Row: TypeAlias = tuple[float, float, float]  # x, y and the target


@dataclass(frozen=True)
class Dataset:
    """Rows to learn from: `inputs[i]` is a list of numbers, and `targets[i]` what to predict.

    The `task` says what a target is: any number ("regression"), -1 or 1 ("signs"), or the index
    of a class, 0, 1, 2 ... ("classes").
    """

    inputs: list[list[float]]
    targets: list[float]
    task: Task = "regression"

    def __post_init__(self) -> None:
        if len(self.inputs) != len(self.targets):
            raise ValueError(f"{len(self.inputs)} inputs cannot have {len(self.targets)} targets")
        if not len(self):
            raise ValueError("a data set needs at least one row")
        width = len(self.inputs[0])
        for i, x in enumerate(self.inputs):
            if len(x) != width:
                raise ValueError(f"row {i} has {len(x)} inputs, but row 0 has {width}")
        _expect_targets_of(self.task, self.targets)

    def __len__(self) -> int:
        return len(self.inputs)

    def rows(self, indices: Iterable[int]) -> Dataset:
        """Return a data set of these rows, in this order."""
        chosen = list(indices)
        inputs, targets = [self.inputs[i] for i in chosen], [self.targets[i] for i in chosen]
        return Dataset(inputs, targets, self.task)

    def split(self, fraction: float = 0.5, seed: int = 0) -> tuple[Dataset, Dataset]:
        """Return this fraction of the rows for training and the rest for testing, shuffled."""
        order = list(range(len(self)))
        random.Random(seed).shuffle(order)
        cut = math.floor(round(len(self) * fraction, 9))  # 100 * 0.29 is 28.999999999999996
        if not 0 < cut < len(self):
            raise ValueError(
                f"a fraction of {fraction} leaves training or testing without a row of {len(self)}"
            )
        return self.rows(order[:cut]), self.rows(order[cut:])

    def as_classes(self) -> Dataset:
        """Return the same rows with the classes 0 and 1 for the signs -1 and 1."""
        if self.task == "regression":
            raise ValueError("the targets of a regression are numbers, not classes")
        return Dataset(self.inputs, [max(t, 0.0) for t in self.targets], "classes")

    def as_signs(self) -> Dataset:
        """Return the same rows with the signs -1 and 1 for the classes 0 and 1."""
        if self.task == "regression" or max(self.targets) > 1:
            raise ValueError("only two classes can be told by a sign")
        return Dataset(self.inputs, [1.0 if t > 0 else -1.0 for t in self.targets], "signs")


# Six data sets of TensorFlow Playground (src/dataset.ts), each shuffled. `noise` goes from 0 to 0.5
# there. Where it says so, noise moves a point only for the choice of its target, not on the plane.


def circle(samples: int = 500, noise: float = 0.0, seed: int = 0) -> Dataset:
    """1 inside of radius 2.5, -1 in the ring from 3.5 to 5. Noise changes targets only."""
    rng = _generator(samples, noise, seed)

    def point(nearest: float, farthest: float) -> Row:
        r, angle = rng.uniform(nearest, farthest), rng.uniform(0, math.tau)
        x, y = r * math.sin(angle), r * math.cos(angle)
        inside = math.hypot(*_moved(rng, x, y, 5 * noise)) < 2.5
        return x, y, 1.0 if inside else -1.0

    inner, outer = _halves(samples)
    rows = [point(0, 2.5) for _ in range(inner)] + [point(3.5, 5) for _ in range(outer)]
    return _shuffled(rng, rows, "signs")


def xor(samples: int = 500, noise: float = 0.0, seed: int = 0) -> Dataset:
    """1 where x and y have the same sign, else -1: exclusive or. Noise changes targets only."""
    rng = _generator(samples, noise, seed)

    def coordinate() -> float:
        x = rng.uniform(-5, 5)
        return x + (0.3 if x > 0 else -0.3)  # a gap along the axes

    def point() -> Row:
        x, y = coordinate(), coordinate()
        moved_x, moved_y = _moved(rng, x, y, 5 * noise)
        return x, y, 1.0 if moved_x * moved_y >= 0 else -1.0

    return _shuffled(rng, [point() for _ in range(samples)], "signs")


def gaussian(samples: int = 500, noise: float = 0.0, seed: int = 0) -> Dataset:
    """Two clouds, 1 around (2, 2) and -1 around (-2, -2), of variance 0.5 + 7 · noise."""
    rng = _generator(samples, noise, seed)
    deviation = math.sqrt(0.5 + 7 * noise)

    def point(center: float, target: float) -> Row:
        return rng.gauss(center, deviation), rng.gauss(center, deviation), target

    upper, lower = _halves(samples)
    rows = [point(2, 1.0) for _ in range(upper)] + [point(-2, -1.0) for _ in range(lower)]
    return _shuffled(rng, rows, "signs")


def spiral(samples: int = 500, noise: float = 0.0, seed: int = 0) -> Dataset:
    """Two arms, 1 and -1, which wind 1.75 times around the origin, out to radius 5."""
    rng = _generator(samples, noise, seed)

    def arm(points: int, start: float, target: float) -> list[Row]:
        polar = [(5 * i / points, 1.75 * math.tau * i / points + start) for i in range(points)]
        return [
            (*_moved(rng, r * math.sin(angle), r * math.cos(angle), noise), target)
            for r, angle in polar
        ]

    one, other = _halves(samples)
    return _shuffled(rng, arm(one, 0, 1.0) + arm(other, math.pi, -1.0), "signs")


def plane(samples: int = 1200, noise: float = 0.0, seed: int = 0) -> Dataset:
    """(x + y) / 10, on the square from -6 to 6. Noise changes targets only."""
    rng = _generator(samples, noise, seed)
    return _regression(rng, samples, noise, lambda x, y: (x + y) / 10)


def multi_gaussian(samples: int = 1200, noise: float = 0.0, seed: int = 0) -> Dataset:
    """Six cones of radius 2, three up to 1 and three down to -1. Noise changes targets only."""
    rng = _generator(samples, noise, seed)
    peaks = [(-4, 2.5, 1), (0, 2.5, -1), (4, 2.5, 1), (-4, -2.5, -1), (0, -2.5, 1), (4, -2.5, -1)]

    def height(x: float, y: float) -> float:
        cones = (sign * max(0.0, 1 - math.hypot(x - cx, y - cy) / 2) for cx, cy, sign in peaks)
        return max(cones, key=abs)

    return _regression(rng, samples, noise, height)


def moons(samples: int = 100, noise: float = 0.0, seed: int = 0) -> Dataset:
    """Two half circles that interlock, -1 the upper and 1 the lower (scikit-learn's make_moons).

    `noise` is the standard deviation by which each coordinate is off.
    """
    rng = _generator(samples, noise, seed)
    lower, upper = _halves(samples)
    rows = [(math.cos(t), math.sin(t), -1.0) for t in _half_turn(upper)]
    rows += [(1 - math.cos(t), 0.5 - math.sin(t), 1.0) for t in _half_turn(lower)]
    return _shuffled(
        rng, [(x + rng.gauss(0, noise), y + rng.gauss(0, noise), t) for x, y, t in rows], "signs"
    )


DATASETS: dict[str, Callable[[int, float, int], Dataset]] = {
    "circle": circle,
    "xor": xor,
    "gaussian": gaussian,
    "spiral": spiral,
    "moons": moons,
    "plane": plane,
    "multi_gaussian": multi_gaussian,
}


def lecture() -> Dataset:
    """Return the four rows of Karpathy's lecture: three inputs, and a target of -1 or 1."""
    inputs = [[2.0, 3.0, -1.0], [3.0, -1.0, 0.5], [0.5, 1.0, 1.0], [1.0, 1.0, -1.0]]
    return Dataset(inputs, [1.0, -1.0, -1.0, 1.0], "signs")


def read_csv(text: str, task: Task | None = None) -> Dataset:
    """Read rows of numbers, separated by commas, semicolons or tabs; the last is the target.

    A first row of names is skipped. Without a `task`, the targets tell: -1 and 1 are signs, all of
    0, 1 ... n are classes. What is not a number raises a `ValueError` with its line and column.
    """
    table = _cells(text)
    header = table.pop(0)[1] if table and all(map(_is_name, table[0][1])) else []
    if not table:
        raise ValueError("there is no row of numbers: write one row a line, as in 2.0, 3.0, 1")
    first, width = table[0][0], len(header or table[0][1])
    if width < 2:
        raise ValueError(
            f"line {first} has one column: a row needs an input and a target, "
            "separated by a comma, a semicolon or a tab"
        )
    rows = []
    for line, cells in table:
        if len(cells) != width:
            raise ValueError(f"line {line} has {len(cells)} columns, but the first row has {width}")
        rows.append([_number(cell, line, column, header) for column, cell in enumerate(cells)])
    targets = [row.pop() for row in rows]
    return Dataset(rows, targets, task or _task_of(targets))


def _cells(text: str) -> list[tuple[int, list[str]]]:
    """Return the rows that are not blank, each with the number of the line where it starts."""
    text = text.removeprefix("\ufeff")  # the byte order mark that Excel writes
    table, line = [], 1
    try:
        reader = csv.reader(io.StringIO(text, newline=""), delimiter=_separator(text))
        for row in reader:
            cells = [cell.strip() for cell in row]
            if any(cells):
                table.append((line, cells))
            line = reader.line_num + 1
    except csv.Error as error:
        raise ValueError(f"line {line} is not CSV: {error}") from None
    return table


def _separator(text: str) -> str:
    """Return the tab or semicolon that separates cells in the first line, or else the comma."""
    lines = [line for line in text.splitlines() if line.strip()]
    for separator in "\t;":
        if any(len(cells) > 1 for cells in csv.reader(lines[:1], delimiter=separator)):
            return separator
    return ","


def _is_name(cell: str) -> bool:
    """Tell whether the cell is neither a number, nor begins like one: 1,5 is no name."""
    return not _is_number(cell) and not cell.lstrip("+-.")[:1].isdigit()


def _is_number(cell: str) -> bool:
    try:
        float(cell)
    except ValueError:
        return False
    return True


def _number(cell: str, line: int, column: int, header: list[str]) -> float:
    """Return the cell as a finite float, or raise a `ValueError` that says where it is."""
    name = f" ({header[column]})" if header else ""
    where = f"line {line}, column {column + 1}{name}"
    if not cell:
        raise ValueError(f"{where}: the cell is empty; write a number, or remove the row")
    if not _is_number(cell):
        shown = cell if len(cell) <= 30 else cell[:30] + "..."
        point = "; write a decimal point" if _is_number(cell.replace(",", ".", 1)) else ""
        raise ValueError(f"{where}: {shown!r} is not a number{point}")
    if not math.isfinite(float(cell)):
        raise ValueError(f"{where}: {cell} is not a finite number; remove the row")
    return float(cell)


def _task_of(targets: list[float]) -> Task:
    kinds = set(targets)
    if kinds <= {-1, 1}:
        return "signs"
    return "classes" if len(kinds) > 1 and kinds == set(range(len(kinds))) else "regression"


def _expect_targets_of(task: Task, targets: list[float]) -> None:
    if task not in get_args(Task):
        raise ValueError(f"unknown task {task!r}: choose one of {', '.join(get_args(Task))}")
    for i, target in enumerate(targets):
        if task == "signs" and target not in (-1, 1):
            raise ValueError(f"targets that are signs are -1 or 1, but row {i} has {target}")
        if task == "classes" and not (target >= 0 and target % 1 == 0):
            raise ValueError(f"targets that are classes are 0, 1, 2 ..., but row {i} has {target}")


def _generator(samples: int, noise: float, seed: int) -> random.Random:
    if samples < 1:
        raise ValueError(f"samples must be at least 1, not {samples}")
    if not 0 <= noise < math.inf:
        raise ValueError(f"noise must be a number from 0 on, not {noise}")
    return random.Random(seed)


def _halves(samples: int) -> tuple[int, int]:
    return samples - samples // 2, samples // 2


def _half_turn(points: int) -> list[float]:
    return [math.pi * i / max(points - 1, 1) for i in range(points)]


def _moved(rng: random.Random, x: float, y: float, reach: float) -> tuple[float, float]:
    return x + rng.uniform(-reach, reach), y + rng.uniform(-reach, reach)


def _regression(
    rng: random.Random, samples: int, noise: float, height: Callable[[float, float], float]
) -> Dataset:
    def point() -> Row:
        x, y = rng.uniform(-6, 6), rng.uniform(-6, 6)
        return x, y, height(*_moved(rng, x, y, 6 * noise))

    return _shuffled(rng, [point() for _ in range(samples)], "regression")


def _shuffled(rng: random.Random, rows: list[Row], task: Task) -> Dataset:
    rng.shuffle(rows)
    inputs = [[round(x, 6), round(y, 6)] for x, y, _ in rows]
    return Dataset(inputs, [round(target, 6) for _, _, target in rows], task)
