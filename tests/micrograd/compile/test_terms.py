"""Losses row by row: tapes, constants, and what is done with the sum."""

from typing import Any

from micrograd.compile.terms import Terms
from micrograd.train import bce_with_logits, cross_entropy, mse


def test_target_of_mse_is_a_column() -> None:
    terms = Terms(mse, [1.0, -1.0], None)
    assert (terms.columns, len(terms.sum.tapes), terms.sum.tail) == (1, 1, (("/", False),))
    assert terms[-1.0] == (0, (-1.0,))
    assert terms.tail([1.0, -1.0, 1.0, 1.0]) == [0.25, 4.0]  # 1/n is each row's seed, n divides


def test_classes_of_cross_entropy_have_a_tape_each() -> None:
    terms = Terms(cross_entropy, [0.0, 1.0, 2.0], 3)
    assert [terms[float(k)].variant for k in range(3)] == [0, 1, 2]


def test_one_target_alone_needs_no_column() -> None:
    assert Terms(bce_with_logits, [1.0, 1.0], None).columns == 0


def test_sum_of_python_starts_from_0() -> None:
    def loss(p: Any, t: Any) -> Any:
        return sum((y - x) ** 2 for y, x in zip(p, t))

    terms = Terms(loss, [1.0, 2.0], None)
    assert (terms.sum.start, terms.sum.tail, terms.tail([1.0])) == (0.0, (), [1.0])
