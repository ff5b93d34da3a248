"""Nudges of a leaf, and sweeps over all sizes of h."""

import math

import pytest

from app.kernel.nudging import STEPS, Quotient, Run, best, measure, summarise, sweep
from micrograd.engine import Value

LECTURE = {"a": 2.0, "b": -3.0, "c": 10.0, "f": -2.0}


def lecture(values: dict[str, float]) -> float:
    a, b, c, f = (Value(values[name]) for name in "abcf")
    return ((a * b + c) * f).data


def square(values: dict[str, float]) -> float:
    return values["a"] ** 2


def test_measure_moves_one_leaf_and_compares() -> None:
    # L = (2 · (−3) + 10) · (−2) = −8; with a = 2.5 it is (−7.5 + 10) · (−2) = −5
    assert measure(lecture, LECTURE, "a", 0.5, 6.0) == {
        "name": "a",
        "h": 0.5,
        "before": -8.0,
        "after": -5.0,
        "quotient": 6.0,  # 3 / 0.5
        "gradient": 6.0,
        "gap": 0.0,
        "says": "The same, to the last digit.",
    }
    assert LECTURE["a"] == 2.0


@pytest.mark.parametrize(
    ("h", "says"),
    [
        (1.0, "The curve bends within the step. Make h smaller."),
        (1e-4, "Almost the derivative. A smaller h brings it closer, until rounding takes over."),
        (
            1e-12,
            "So small a step drowns in rounding: before and after share most of their 16 digits.",
        ),
    ],
)
def test_measure_says_how_close_it_came(h: float, says: str) -> None:
    assert measure(square, {"a": 0.7}, "a", h, 1.4)["says"] == says


def test_sweep_goes_from_1_to_a_billionth_of_a_thousandth() -> None:
    assert STEPS[:3] == (1.0, 0.1, 0.01)
    assert STEPS[-1] == 1e-12
    assert [row.h for row in sweep(square, {"a": 0.7}, "a", 1.4)] == list(STEPS)


def test_sweep_comes_closer_until_rounding_takes_over() -> None:
    found = sweep(square, {"a": 0.7}, "a", 1.4)
    gaps = [row.gap for row in found]
    assert gaps[0] == pytest.approx(1.0)  # ((a + h)² − a²) / h = 2a + h
    assert gaps[:7] == sorted(gaps[:7], reverse=True)
    assert gaps[-1] > 100 * min(gaps)
    closest = best(found)
    assert closest is not None
    assert closest.h == 1e-8  # about the square root of the spacing of floats


def test_best_of_equally_close_ones_is_the_largest_step() -> None:
    rows = [Quotient(1.0, 2.0, 1.0), Quotient(0.1, 3.0, 0.0), Quotient(0.01, 3.0, 0.0)]
    assert best(rows) == rows[1]


def test_best_leaves_out_what_is_not_finite() -> None:
    rows = [Quotient(1.0, math.nan, math.nan), Quotient(0.1, 3.5, 0.5)]
    assert best(rows) == rows[1]
    assert best(rows[:1]) is None


ELSEWHERE = (
    "The quotient settles at another number. The curve has a kink here, the output is too "
    "large to feel a small step, or the gradient is wrong."
)


@pytest.mark.parametrize(
    ("run", "gradient", "says"),
    [
        (
            square,
            1.4,
            "The smaller the step, the closer it comes, down to h = 1e−8. Below that rounding "
            "takes over: the outputs before and after share most of their 16 digits.",
        ),
        (
            lambda values: 3 * values["a"],
            3.0,
            "The curve is straight: the largest step is best, a smaller one only brings rounding.",
        ),
        (lambda values: 5.0, 0.0, "From h = 1 on, it is the gradient to the last digit."),
        (
            lambda values: max(0.0, values["a"] - 1.0),
            0.0,
            "From h = 0.1 on, it is the gradient to the last digit.",
        ),
        (
            lambda values: max(0.0, values["a"] - 0.7),
            0.0,
            ELSEWHERE,
        ),
        (square, 1.5, ELSEWHERE),  # although ((0.7 + 0.1)² − 0.7²) / 0.1 is 1.5
        (lambda values: values["a"] + 1e17, 1.0, ELSEWHERE),
        (lambda values: math.inf, 0.0, "There is no finite slope at this place."),
    ],
)
def test_summarise_says_what_a_sweep_has_shown(run: Run, gradient: float, says: str) -> None:
    assert summarise(sweep(run, {"a": 0.7}, "a", gradient)) == says


def test_summarise_of_a_sweep_that_ends_too_early_has_seen_no_rounding() -> None:
    says = "The smaller the step, the closer it comes. Rounding has not taken over yet."
    assert summarise(sweep(square, {"a": 0.7}, "a", 1.4)[:6]) == says
