"""What one write to a gradient meant, from the numbers alone."""

import math
from types import SimpleNamespace
from typing import Any

import pytest

from app.kernel.contribution import as_number, contribution
from micrograd.engine import Value


def node(op: str, grad: float, **more: Any) -> SimpleNamespace:
    """Return a node of a class that keeps no local derivatives, unless `_local` is given."""
    return SimpleNamespace(_op=op, grad=grad, **more)


def explain(
    upstream: Any, data: list[float], slot: int, before: float, after: float, adds: bool = True
) -> tuple[float, float]:
    """Return the local derivative and the contribution."""
    operands = tuple(SimpleNamespace(data=x) for x in data)
    event = contribution(upstream, operands, slot, before, after, adds)
    assert (event["upstream"], event["before"]) == (float(upstream.grad), before)
    assert event["after"] == after
    return event["local"], event["contribution"]


@pytest.mark.parametrize(
    ("op", "data", "slot", "local"),
    [
        ("+", [2.0, 4.0], 0, 1.0),
        ("-", [2.0, 4.0], 1, -1.0),
        ("*", [2.0, 4.0], 0, 4.0),
        ("/", [2.0, 4.0], 0, 0.25),
        ("/", [2.0, 4.0], 1, -0.125),  # -2/4²
        ("**", [2.0, 4.0], 0, 32.0),  # 4·2³
        ("**3", [2.0], 0, 12.0),  # 3·2²
        ("**-1", [2.0], 0, -0.25),  # -1/2²
        ("**0.5", [4.0], 0, 0.25),  # 1/(2√4)
        ("neg", [2.0], 0, -1.0),
        ("tanh", [0.0], 0, 1.0),
        ("ReLU", [2.0], 0, 1.0),
        ("relu", [-2.0], 0, 0.0),
        ("exp", [0.0], 0, 1.0),
        ("log", [2.0], 0, 0.5),
        ("sigmoid", [0.0], 0, 0.25),
    ],
)
def test_contribution_of_an_operation_we_know(
    op: str, data: list[float], slot: int, local: float
) -> None:
    assert explain(node(op, 3.0), data, slot, 5.0, 5.0 + 3 * local) == (local, 3 * local)


def test_contribution_takes_the_local_derivative_that_a_node_keeps() -> None:
    a, b = Value(2.0), Value(4.0)
    c = a * b
    c.grad = 3.0
    assert explain(c, [7.0, 7.0], 1, 0.0, 6.0) == (2.0, 6.0)


def test_contribution_that_is_not_added_is_what_was_written() -> None:
    assert explain(node("*", 3.0), [2.0, 4.0], 0, 5.0, 12.0, adds=False) == (4.0, 12.0)


def test_contribution_of_another_number_is_what_was_added() -> None:
    # the other operand would be 4, but 2 · 3 was added
    assert explain(node("*", 3.0), [2.0, 4.0], 0, 5.0, 11.0) == (2.0, 6.0)


def test_contribution_of_another_number_that_is_not_added_is_what_was_written() -> None:
    assert explain(node("*", 3.0), [2.0, 4.0], 0, 5.0, 6.0, adds=False) == (2.0, 6.0)


def test_contribution_with_no_upstream_gradient_has_no_local_derivative_to_report() -> None:
    assert explain(node("*", 0.0), [2.0, 4.0], 0, 5.0, 11.0) == (0.0, 6.0)


@pytest.mark.parametrize("op", ["", "cube", "**k", "+"])
def test_contribution_of_an_operation_we_do_not_know(op: str) -> None:
    assert explain(node(op, 2.0), [3.0], 0, 1.0, 55.0) == (27.0, 54.0)


def test_contribution_ignores_a_local_that_is_something_else() -> None:
    assert explain(node("*", 3.0, _local="mine"), [2.0, 4.0], 0, 0.0, 12.0) == (4.0, 12.0)


def test_contribution_of_nan_is_nan() -> None:
    local, product = explain(node("log", math.inf), [math.inf], 0, 0.0, 0.0)
    assert (local, math.isnan(product)) == (0.0, False)  # 0·inf is nan, but 0 is what was written


def test_contribution_that_rounding_swallows_is_not_lost() -> None:
    assert explain(node("+", 1e-30), [1.0, 1.0], 0, 1.0, 1.0) == (1.0, 1e-30)


@pytest.mark.parametrize(
    ("thing", "number"), [(2, 2.0), (True, 1.0), ("1.5", 1.5), (Value(2.0).data, 2.0)]
)
def test_as_number_of_a_number(thing: Any, number: float) -> None:
    assert as_number(thing) == number


@pytest.mark.parametrize("thing", [None, "a", Value(2.0), [], 10**400])
def test_as_number_of_anything_else_is_nan(thing: Any) -> None:
    assert math.isnan(as_number(thing))
