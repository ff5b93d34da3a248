"""Weights in a link come back to the bit; damaged ones are told."""

from __future__ import annotations

import math

import pytest

from app.kernel.training.links import DAMAGED, weights_in, with_weights

NUMBERS = [0.1, -1 / 3, 5e-324, 1.7976931348623157e308, -0.0]


def test_weights_come_back_to_the_bit() -> None:
    query = with_weights("dataset=xor", NUMBERS, 12)
    assert query.startswith("dataset=xor&epoch=12&weights=")
    numbers, epoch, problem = weights_in(f"#{query}")
    assert [x.hex() for x in numbers] == [x.hex() for x in NUMBERS]
    assert (epoch, problem) == (12, "")


def test_a_link_without_weights_has_none() -> None:
    assert weights_in("dataset=xor") == ([], 0, "")


@pytest.mark.parametrize("code", ["abc", "!!!!", "AAAA", "%FF"])
def test_damaged_weights_are_told(code: str) -> None:
    assert weights_in(f"weights={code}") == ([], 0, DAMAGED)


@pytest.mark.parametrize("number", [math.nan, math.inf])
def test_weights_that_are_not_finite_are_told(number: float) -> None:
    assert weights_in(with_weights("", [number], 0))[2] == DAMAGED


@pytest.mark.parametrize("epoch", ["-1", "x", "9" * 50])
def test_an_epoch_that_is_no_number_is_0(epoch: str) -> None:
    query = with_weights("", [1.0], 3).replace("epoch=3", f"epoch={epoch}")
    assert weights_in(query) == ([1.0], 0, "")
