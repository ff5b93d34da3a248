"""The values of leaves that nobody has given one."""

import ast

import pytest

from app.kernel.leaves import leaf_values


@pytest.mark.parametrize(
    ("code", "values"),
    [
        ("(a*b + c) * f", {"a": 2.0, "b": -3.0, "c": 10.0, "f": -2.0}),  # the lecture's
        ("x1*w1 + x2*w2", {"x1": 2.0, "w1": -3.0, "x2": 0.0, "w2": 1.0}),  # and its neuron's
        ("p + a + q", {"p": 1.5, "a": 2.0, "q": -0.5}),
        (
            "p + q + r + s + t + u + v",
            {"p": 1.5, "q": -0.5, "r": 2.5, "s": -1.5, "t": 0.5, "u": 1.5, "v": -0.5},
        ),
    ],
)
def test_leaf_values_has_defaults_for_all(code: str, values: dict[str, float]) -> None:
    assert list(leaf_values(code, ast.parse(code), {}).items()) == list(values.items())


def test_leaf_values_takes_the_values_that_are_given() -> None:
    values = leaf_values("p * q", ast.parse("p * q"), {"p": 7.0, "other": 1.0})
    assert values == {"p": 7.0, "q": -0.5}  # the default of q is what it is without p's value
