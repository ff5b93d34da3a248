"""Numbers as learners type them."""

import math
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.kernel.answer import UnreadableError, as_shown, read, same
from app.kernel.numbers import show


@pytest.mark.parametrize(
    ("answer", "number"),
    [
        ("-3", -3.0),
        ("−3", -3.0),
        (" 6.0 ", 6.0),
        ("+.5", 0.5),
        ("1/3", 1 / 3),
        ("2*-3", -6.0),
        ("2 × −3", -6.0),
        ("6 ÷ 4", 1.5),
        ("-2**2", -4.0),
        ("(1 - 0.5) * 2", 1.0),
        ("1e3", 1000.0),
        ("1E−3", 0.001),
        ("∞", math.inf),
        ("-inf", -math.inf),
    ],
)
def test_read_takes_numbers_and_arithmetic(answer: str, number: float) -> None:
    assert read(answer) == number


def test_read_takes_nan_because_a_gradient_can_be_nan() -> None:
    assert math.isnan(read("NaN"))


@pytest.mark.parametrize(
    ("answer", "says"),
    [
        ("", "Type a number, such as −3, 0.5 or 2 * −3."),
        ("0,5", "Write a decimal number with a point: 0.5."),
        ("2^3", "Write a power as in Python: 2**3."),
        ("1+" * 60 + "1", "This is too long for me. Type the number alone."),
        ("a*b", "I can read numbers, + − * / ** and parentheses, but not “ab”."),
        ("1 if 1 else 2", "I can read numbers, + − * / ** and parentheses, but not “ifelse”."),
        ("1/0", "This divides by zero."),
        ("0**-1", "This divides by zero."),
        ("9**9**9", "This is a larger number than a float can hold."),
        ("2 *", "I cannot read this as a number. Is a sign or a bracket missing?"),
        ("2(3)", "I cannot read this as a number. Is a sign or a bracket missing?"),
        ("1//2", "I cannot read this as a number. Is a sign or a bracket missing?"),
        ("012", "I cannot read this as a number. Is a sign or a bracket missing?"),
        ("()", "I cannot read this as a number. Is a sign or a bracket missing?"),
        ("(" * 99, "I cannot read this as a number. Is a sign or a bracket missing?"),
        ("(-8)**(1/3)", "This is not a real number."),
    ],
)
def test_read_says_why_it_cannot_read_an_answer(answer: str, says: str) -> None:
    with pytest.raises(UnreadableError) as error:
        read(answer)
    assert str(error.value) == says


@given(st.one_of(st.text(), st.text(alphabet="0123456789.e+-*/() ", max_size=30)))
def test_read_returns_a_number_or_says_why_not_whatever_is_typed(answer: str) -> None:
    with suppress(UnreadableError):
        assert isinstance(read(answer), float)


@given(st.floats(-1e308, 1e308) | st.sampled_from([math.inf, -math.inf, math.nan]))
def test_same_takes_a_number_as_it_is_shown(x: float) -> None:
    assert same(read(show(x)), x)
    assert same(as_shown(x), x)


@pytest.mark.parametrize(
    ("answer", "right", "found"),
    [
        (0.333, 1 / 3, True),  # 0.1 % off
        (0.33, 1 / 3, False),  # 1 % off
        (-6.0, 6.0, False),
        (0.0, 0.0, True),
        (0.001, 0.0, False),
        (math.inf, math.inf, True),
        (1e300, math.inf, False),
        (math.nan, math.nan, True),
        (1.0, math.nan, False),
    ],
)
def test_same_compares_to_a_thousandth(answer: float, right: float, found: bool) -> None:
    assert same(answer, right) is found
