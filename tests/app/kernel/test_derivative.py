"""Local derivatives at given numbers."""

import math

import pytest

from app.kernel.derivative import local_derivative, result


@pytest.mark.parametrize(
    ("op", "operands", "slot", "local"),
    [
        ("+", [2, 3], 1, 1),
        ("-", [2, 3], 1, -1),
        ("*", [2, 3], 0, 3),
        ("/", [6, 2], 0, 0.5),  # 1/b
        ("/", [6, 2], 1, -1.5),  # -a/b² = -6/4
        ("**", [2, 3], 0, 12),  # 3·2²
        ("**3", [2], 0, 12),
        ("**-1", [2], 0, -0.25),  # -1/2²
        ("neg", [2], 0, -1),
        ("tanh", [0], 0, 1),
        ("ReLU", [-2], 0, 0),
        ("relu", [2], 0, 1),
        ("exp", [0], 0, 1),
        ("log", [4], 0, 0.25),
        ("sigmoid", [0], 0, 0.25),  # 0.5·(1 - 0.5)
    ],
)
def test_local_derivative_is_the_engines(
    op: str, operands: list[float], slot: int, local: float
) -> None:
    assert local_derivative(op, operands, slot) == local


@pytest.mark.parametrize(
    ("op", "operands"), [("backward", [2]), ("+", [1, 2, 3]), ("tanh", []), ("**k", [2])]
)
def test_result_and_local_derivative_of_an_unknown_operation_are_nan(
    op: str, operands: list[float]
) -> None:
    assert math.isnan(result(op, operands))
    assert math.isnan(local_derivative(op, operands, 0))


@pytest.mark.parametrize(
    ("op", "operands", "number"), [("-", [2, 3], -1), ("**", [2, 3], 8), ("**3", [2], 8)]
)
def test_result_is_the_engines(op: str, operands: list[float], number: float) -> None:
    assert result(op, operands) == number
