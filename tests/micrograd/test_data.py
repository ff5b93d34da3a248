"""Data sets: their definitions, their seeds, and what a table of numbers may look like."""

import math
import random
from collections.abc import Callable
from typing import Any

import pytest

from micrograd.data import (
    DATASETS,
    Dataset,
    circle,
    gaussian,
    lecture,
    moons,
    multi_gaussian,
    plane,
    read_csv,
    spiral,
    xor,
)

ROUNDED = 2e-6  # the numbers are rounded to six decimals


def rows_of(data: Dataset) -> list[tuple[float, float, float]]:
    return [(x, y, target) for (x, y), target in zip(data.inputs, data.targets, strict=True)]


# Each set by its definition.


def test_circle_is_a_disc_in_a_ring() -> None:
    for x, y, target in rows_of(circle(200)):
        r = math.hypot(x, y)
        assert r < 2.5 if target == 1 else 3.5 - ROUNDED < r < 5 + ROUNDED


def test_xor_compares_signs_and_keeps_off_the_axes() -> None:
    for x, y, target in rows_of(xor(200)):
        assert target == (1 if x * y > 0 else -1)
        assert 0.3 <= abs(x) <= 5.3
        assert 0.3 <= abs(y) <= 5.3


@pytest.mark.parametrize(("noise", "variance"), [(0.0, 0.5), (0.25, 2.25), (0.5, 4.0)])
def test_gaussian_has_two_clouds_of_a_variance(noise: float, variance: float) -> None:
    offsets = [(x - 2 * t, y - 2 * t) for x, y, t in rows_of(gaussian(2000, noise))]
    for offset in zip(*offsets):
        assert abs(sum(offset) / 2000) < 0.2
        assert sum(d * d for d in offset) / 2000 == pytest.approx(variance, rel=0.15)


def test_spiral_winds_out_from_the_centre() -> None:
    for x, y, target in rows_of(spiral(100)):
        r = math.hypot(x, y)
        angle = 1.75 * math.tau * r / 5 + (0 if target == 1 else math.pi)
        assert (x, y) == pytest.approx((r * math.sin(angle), r * math.cos(angle)), abs=1e-4)
        assert r < 5


def test_spiral_noise_is_a_distance() -> None:
    still, moved = spiral(100), spiral(100, 0.5)
    offsets = [abs(a - b) for p, q in zip(still.inputs, moved.inputs) for a, b in zip(p, q)]
    assert 0.4 < max(offsets) <= 0.5 + ROUNDED


def test_plane_is_a_tenth_of_the_sum() -> None:
    for x, y, target in rows_of(plane(200)):
        assert target == pytest.approx((x + y) / 10, abs=ROUNDED)
        assert max(abs(x), abs(y)) <= 6


def test_multi_gaussian_has_six_cones() -> None:
    for x, y, target in rows_of(multi_gaussian(400)):
        column, row = min((-4, 0, 4), key=lambda c: abs(x - c)), math.copysign(2.5, y)
        sign = math.copysign(1, row) * (-1 if column == 0 else 1)
        cone = max(0.0, 1 - math.hypot(x - column, y - row) / 2)
        assert target == pytest.approx(sign * cone, abs=ROUNDED)


def test_moons_are_two_half_circles() -> None:
    for x, y, target in rows_of(moons(101)):
        center, side = ((0, 0), 1) if target == -1 else ((1, 0.5), -1)
        assert math.dist((x, y), center) == pytest.approx(1, abs=ROUNDED)
        assert side * (y - center[1]) >= 0


def test_moons_of_four_are_the_ends_of_the_arcs() -> None:
    # as sklearn.datasets.make_moons(4, shuffle=False), with -1 for 0
    assert sorted(rows_of(moons(4))) == [(-1, 0, -1), (0, 0.5, 1), (1, 0, -1), (2, 0.5, 1)]


def test_moons_noise_is_a_standard_deviation() -> None:
    offsets = []
    for x, y, target in rows_of(moons(2000, 0.1)):
        center = (0, 0) if target == -1 else (1, 0.5)
        offsets.append(math.dist((x, y), center) - 1)  # across the arc
    assert math.sqrt(sum(d * d for d in offsets) / 2000) == pytest.approx(0.1, rel=0.1)


def test_lecture_has_four_rows() -> None:
    assert lecture().inputs == [[2, 3, -1], [3, -1, 0.5], [0.5, 1, 1], [1, 1, -1]]
    assert lecture().targets == [1, -1, -1, 1]


# What all of them do.


@pytest.mark.parametrize("make", DATASETS.values(), ids=DATASETS)
class TestEachDataset:
    def test_has_as_many_rows_as_asked(self, make: Callable[..., Dataset]) -> None:
        assert [len(make(n)) for n in (1, 2, 7, 10)] == [1, 2, 7, 10]

    def test_has_equal_rows_for_equal_seeds(self, make: Callable[..., Dataset]) -> None:
        assert make(50, 0.2, 3) == make(50, 0.2, 3)
        assert make(50, 0.2, 3) != make(50, 0.2, 4)

    def test_leaves_the_random_numbers_of_others_alone(self, make: Callable[..., Dataset]) -> None:
        random.seed(1)
        expected = random.random()
        random.seed(1)
        make(10, 0.1)
        assert random.random() == expected

    def test_without_a_sample_is_an_error(self, make: Callable[..., Dataset]) -> None:
        with pytest.raises(ValueError, match="samples must be at least 1, not 0"):
            make(0)

    @pytest.mark.parametrize("noise", [-0.1, math.nan, math.inf])
    def test_with_impossible_noise_is_an_error(
        self, make: Callable[..., Dataset], noise: float
    ) -> None:
        with pytest.raises(ValueError, match=f"noise must be a number from 0 on, not {noise}"):
            make(10, noise)


@pytest.mark.parametrize("name", ["circle", "xor", "gaussian", "spiral", "moons"])
def test_two_classes_are_shuffled_and_balanced(name: str) -> None:
    targets = DATASETS[name](200, 0.0, 1).targets
    assert 80 <= sum(t == 1 for t in targets) <= 120
    assert 20 <= sum(t == 1 for t in targets[:50]) + 10 <= 45


@pytest.mark.parametrize("name", ["circle", "xor", "plane", "multi_gaussian"])
def test_noise_changes_targets_and_moves_no_point(name: str) -> None:
    still, noisy = DATASETS[name](200, 0.0, 1), DATASETS[name](200, 0.4, 1)
    assert sorted(still.inputs) == sorted(noisy.inputs)
    assert sorted(rows_of(still)) != sorted(rows_of(noisy))


def test_noise_reaches_a_part_of_the_radius() -> None:
    # The Playground moves each coordinate by up to noise times 5 (6 for the plane), then looks.
    wrong = [min(abs(x), abs(y)) for x, y, t in rows_of(xor(1000, 0.2)) if x * y * t < 0]
    assert 0.8 < max(wrong) <= 1  # 0.2·5
    inside = [math.hypot(x, y) for x, y, t in rows_of(circle(1000, 0.3)) if t == 1]
    assert 3.8 < max(inside) <= 2.5 + math.hypot(1.5, 1.5)  # 0.3·5 in both directions
    offsets = [abs(t - (x + y) / 10) for x, y, t in rows_of(plane(1000, 0.5))]
    assert 0.5 < max(offsets) <= 0.6 + ROUNDED  # (3 + 3)/10


def test_rows_of_a_seed_stay_the_same() -> None:
    # In a browser too: a seed in a link is a promise.
    disc = [(0.645047, 3.583192, -1), (0.38651, -1.176737, 1), (-0.274906, 0.193036, 1)]
    arcs = [(1.128818, 0.144945, -1), (0.006634, 0.423546, 1), (1.890783, 0.503133, 1)]
    assert rows_of(circle(3, 0.1, seed=1)) == disc
    assert rows_of(moons(3, 0.1, seed=1)) == arcs


# Dataset.


def test_split_deals_out_every_row_once() -> None:
    data = xor(50)
    train, test = data.split(0.7, seed=1)
    assert (len(train), len(test)) == (35, 15)
    assert sorted(rows_of(train) + rows_of(test)) == sorted(rows_of(data))
    assert train.task == test.task == "signs"


def test_split_has_its_own_seed() -> None:
    data = xor(50)
    assert data.split(seed=1) == data.split(seed=1)
    assert data.split(seed=1) != data.split(seed=2)


@pytest.mark.parametrize(
    ("rows", "fraction", "cut"), [(500, 0.5, 250), (5, 0.5, 2), (100, 0.29, 29)]
)
def test_split_rounds_down(rows: int, fraction: float, cut: int) -> None:
    assert len(plane(rows).split(fraction)[0]) == cut


@pytest.mark.parametrize("fraction", [0.0, 1.0, 0.01, -1, 2])
def test_split_that_leaves_nothing_is_an_error(fraction: float) -> None:
    with pytest.raises(ValueError, match="without a row of 10"):
        plane(10).split(fraction)


def test_as_classes_has_0_for_minus_1_and_back() -> None:
    classes = lecture().as_classes()
    assert (classes.targets, classes.task) == ([1, 0, 0, 1], "classes")
    assert classes.as_classes() == classes
    assert classes.as_signs() == lecture() == lecture().as_signs()


def test_as_classes_of_a_regression_is_an_error() -> None:
    with pytest.raises(ValueError, match="numbers, not classes"):
        plane(5).as_classes()


def test_as_signs_of_three_classes_is_an_error() -> None:
    with pytest.raises(ValueError, match="only two classes"):
        Dataset([[1.0], [2.0], [3.0]], [0, 1, 2], "classes").as_signs()


@pytest.mark.parametrize(
    ("inputs", "targets", "task", "message"),
    [
        ([], [], "regression", "at least one row"),
        ([[1.0]], [], "regression", "1 inputs cannot have 0 targets"),
        ([[1.0], [1.0, 2.0]], [1, 2], "regression", "row 1 has 2 inputs, but row 0 has 1"),
        ([[1.0]], [0.0], "signs", "-1 or 1, but row 0 has 0.0"),
        ([[1.0]], [0.5], "classes", "0, 1, 2 ..., but row 0 has 0.5"),
        ([[1.0]], [-1.0], "classes", "0, 1, 2 ..., but row 0 has -1.0"),
        ([[1.0]], [math.nan], "classes", "0, 1, 2 ..., but row 0 has nan"),
        ([[1.0]], [1.0], "ranking", "unknown task 'ranking': choose one of regression, signs"),
    ],
)
def test_dataset_that_does_not_fit_is_an_error(
    inputs: Any, targets: Any, task: Any, message: str
) -> None:
    with pytest.raises(ValueError, match=message):
        Dataset(inputs, targets, task)


# CSV.


@pytest.mark.parametrize(
    "text",
    [
        "1,2,3\n4,5,6",
        "1,2,3\n4,5,6\n",
        "1,2,3\r\n4,5,6\r\n",
        "1,2,3\r4,5,6\r",
        "1;2;3\n4;5;6\n",
        "1\t2\t3\n4\t5\t6\n",
        " 1 , 2.0 ,3e0\n+4, 5 ,6\n",
        '"1","2","3"\n"4","5","6"\n',
        "\ufeff1,2,3\n4,5,6\n",
        "\n  \n1,2,3\n\n,,\n4,5,6\n\n",
        "x,y,height\n1,2,3\n4,5,6\n",
        "\ufeff\nx;y;height\r\n1;2;3\r\n\r\n4;5;6\r\n",
        '"x; in metres",y,"a ""good"" name"\n1,2,3\n4,5,6\n',
        '"two\nlines",y,z\n1,2,3\n4,5,6\n',
        ",y,z\n1,2,3\n4,5,6\n",
    ],
)
def test_read_csv_takes_the_last_column_as_target(text: str) -> None:
    assert read_csv(text) == Dataset([[1.0, 2.0], [4.0, 5.0]], [3.0, 6.0])


@pytest.mark.parametrize(
    ("targets", "task"),
    [
        ([1, -1, 1], "signs"),
        ([0, 1, 1], "classes"),
        ([2, 0, 1], "classes"),
        ([0, 2, 0], "regression"),
        ([1, 2, 3], "regression"),
        ([0.5, 1, 0], "regression"),
        ([0, 0, 0], "regression"),
    ],
)
def test_read_csv_sees_the_task_in_the_targets(targets: list[float], task: str) -> None:
    assert read_csv("".join(f"7,{t}\n" for t in targets)).task == task


def test_read_csv_with_a_task_believes_it() -> None:
    assert read_csv("7,0\n7,1\n", task="regression").task == "regression"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "there is no row of numbers: write one row a line, as in 2.0, 3.0, 1"),
        (" \n\r\n", "there is no row of numbers: write one row a line, as in 2.0, 3.0, 1"),
        ("x,y\n", "there is no row of numbers: write one row a line, as in 2.0, 3.0, 1"),
        ("1,2\n3,abc\n", "line 2, column 2: 'abc' is not a number"),
        ("abc,2\n", "line 1, column 1: 'abc' is not a number"),
        ("x,y\n\n1,2\n3,abc\n", "line 4, column 2 (y): 'abc' is not a number"),
        ('"two\nlines",y\n1,?\n', "line 3, column 2 (y): '?' is not a number"),
        ("1,2\n,4\n", "line 2, column 1: the cell is empty; write a number, or remove the row"),
        ("1,2,\n", "line 1, column 3: the cell is empty; write a number, or remove the row"),
        ("1,nan\n", "line 1, column 2: nan is not a finite number; remove the row"),
        ("1,2\n-inf,3\n", "line 2, column 1: -inf is not a finite number; remove the row"),
        ("1,1e999\n", "line 1, column 2: 1e999 is not a finite number; remove the row"),
        ("1,5;2,5\n", "line 1, column 1: '1,5' is not a number; write a decimal point"),
        ("-1,5;2,5\n1;2\n", "line 1, column 1: '-1,5' is not a number; write a decimal point"),
        ("1,2,3\n4,5\n", "line 2 has 2 columns, but the first row has 3"),
        ("x,y\n1,2,3\n", "line 2 has 3 columns, but the first row has 2"),
        (
            "1\n2\n",
            "line 1 has one column: a row needs an input and a target, "
            "separated by a comma, a semicolon or a tab",
        ),
        (f"1,{'z' * 99}\n", f"line 1, column 2: '{'z' * 30}...' is not a number"),
        (f"1,2\n3,{'z' * 200_000}\n", "line 2 is not CSV: field larger than field limit (131072)"),
    ],
)
def test_read_csv_says_where_and_what_to_do(text: str, message: str) -> None:
    with pytest.raises(ValueError) as error:  # noqa: PT011 (the whole message is compared)
        read_csv(text)
    assert str(error.value) == message
