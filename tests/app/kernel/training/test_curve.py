"""The losses that a chart shows: few points, the newest always among them."""

from __future__ import annotations

import math

from app.kernel.training.curve import Curve
from micrograd.train import Epoch


def epoch(n: int, loss: float = 0.5) -> Epoch:
    """Epoch number n, of 10 steps each."""
    return Epoch(10 * n, n, 0.1, loss, None, 0.75, None)


def numbers(curve: Curve) -> list[int]:
    return [e.epoch for e in curve.epochs()]


def test_add_keeps_the_first_and_the_last_of_many() -> None:
    curve = Curve(epoch(0), most=4)
    curve.add(epoch(n) for n in range(1, 8))
    assert numbers(curve) == [0, 2, 4, 6, 7]
    curve.add([epoch(8), epoch(9)])
    assert numbers(curve) == [0, 4, 8, 9]


def test_few_epochs_are_all_kept() -> None:
    curve = Curve(epoch(0), most=4)
    curve.add([epoch(1), epoch(2)])
    assert numbers(curve) == [0, 1, 2]


def test_cut_forgets_what_ended_later() -> None:
    curve = Curve(epoch(0))
    curve.add(epoch(n) for n in range(1, 6))
    curve.cut(35)
    assert numbers(curve) == [0, 1, 2, 3]
    curve.cut(0)
    assert numbers(curve) == [0]


def test_at_is_the_last_epoch_that_was_over() -> None:
    curve = Curve(epoch(0))
    curve.add(epoch(n) for n in range(1, 4))
    assert [curve.at(step).epoch for step in (0, 9, 10, 25, 99)] == [0, 0, 1, 2, 3]


def test_before_is_the_last_epoch_that_ended_earlier() -> None:
    curve = Curve(epoch(0))
    curve.add([epoch(1)])
    found = curve.before(10)
    assert found is not None
    assert found.epoch == 0
    assert curve.before(0) is None


def test_columns_have_nan_where_nothing_was_measured() -> None:
    curve = Curve(epoch(0, loss=0.25))
    curve.add([epoch(1)])
    columns = curve.columns().tolist()
    assert columns[:4] == [0.0, 1.0, 0.25, 0.5]  # epoch, train_loss
    assert all(math.isnan(x) for x in columns[4:6] + columns[8:])  # of the test set
    assert columns[6:8] == [0.75, 0.75]
