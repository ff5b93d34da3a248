"""A learner's number beside the right one."""

import math

import pytest

from app.kernel.exercises.comparison import compare, same, written


@pytest.mark.parametrize(
    ("got", "right", "found"),
    [
        (0.1 + 0.2, 0.3, True),  # 5e-17 off
        (1.0, 1.0 + 1e-12, True),
        (1.0, 1.0 + 1e-6, False),  # a difference quotient with h = 1e-6
        (1e-12, 0.0, True),
        (1e-6, 0.0, False),
        (1e12, 1e12 + 1, True),  # a part in 1e12
        (-6.0, 6.0, False),
        (math.inf, math.inf, True),
        (math.inf, 1.0, False),
        (math.nan, 1.0, False),
    ],
)
def test_same_allows_for_rounding_only(got: float, right: float, found: bool) -> None:
    assert same(got, right) is found


@pytest.mark.parametrize(
    ("got", "right", "texts"),
    [
        (0.5, 0.75, ("0.5", "0.75")),
        (0.75001, 0.75, ("0.75001", "0.75")),
        (0.75000001, 0.75, ("0.75000001", "0.75")),
        (math.inf, 0.75, ("∞", "0.75")),
    ],
)
def test_written_shows_that_numbers_are_different(
    got: float, right: float, texts: tuple[str, str]
) -> None:
    assert written(got, right) == texts


def test_compare_says_nothing_about_a_right_number() -> None:
    assert compare("a.grad", 0.1 + 0.2, 0.3) is None


@pytest.mark.parametrize(
    ("got", "right", "formula", "sentence"),
    [
        (0.5, 0.75, "1 − 0.5²", "a.grad is 0.5, it should be 1 − 0.5² = 0.75."),
        (0.5, 1 / 3, "1 ÷ 3", "a.grad is 0.5, it should be 1 ÷ 3 ≈ 0.3333."),
        (0.5, 1.0, "", "a.grad is 0.5, it should be 1."),
        (0.5, 1.0, "1", "a.grad is 0.5, it should be 1."),
        (1.0 + 1e-6, 1.0, "", "a.grad is 1.000001, it should be 1."),
        (4.0, 1.0, "", "a.grad is 4, it should be 1. That is four."),
    ],
)
def test_compare_says_both_numbers(got: float, right: float, formula: str, sentence: str) -> None:
    assert compare("a.grad", got, right, formula, {4.0: "That is four."}) == sentence
