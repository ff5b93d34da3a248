"""How operations are written in a circle: literal in, literal out."""

import pytest

from app.kernel.symbols import symbol


@pytest.mark.parametrize(
    ("op", "text"),
    [("+", "+"), ("-", "−"), ("*", "×"), ("/", "÷"), ("**", "xʸ"), ("neg", "−x"), ("ReLU", "ReLU")],
)
def test_symbol_is_what_mathematics_writes(op: str, text: str) -> None:
    assert symbol(op) == text


@pytest.mark.parametrize(
    ("op", "text"),
    [
        ("**2", "x²"),
        ("**-1", "x⁻¹"),
        ("**0.5", "x⁰·⁵"),
        ("**-12.75", "x⁻¹²·⁷⁵"),
        ("**3456789", "x³⁴⁵⁶⁷⁸⁹"),
    ],
)
def test_symbol_raises_an_exponent(op: str, text: str) -> None:
    assert symbol(op) == text


@pytest.mark.parametrize("op", ["**1e-05", "**inf", "**-inf", "**nan"])
def test_symbol_of_an_exponent_that_is_no_plain_decimal_is_the_power(op: str) -> None:
    assert symbol(op) == "xʸ"


@pytest.mark.parametrize("op", ["tanh", "exp", "log", "my_op", ""])
def test_symbol_of_any_other_operation_is_its_name(op: str) -> None:
    assert symbol(op) == op
