"""How numbers are written: literal in, literal out."""

import math

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from app.kernel.numbers import equals, is_exact, show

INF, NAN = math.inf, math.nan


@pytest.mark.parametrize(
    ("x", "text"),
    [
        (0.0, "0"),
        (-0.0, "−0"),
        (1.0, "1"),
        (-3.0, "−3"),
        (1000.0, "1000"),
        (12345.0, "12345"),  # an integer keeps all its digits ...
        (-999_999.0, "−999999"),
        (1e6, "1e6"),  # ... up to a million
        (-1_234_567.0, "−1.235e6"),
    ],
)
def test_show_writes_integers_as_integers(x: float, text: str) -> None:
    assert show(x) == text


@pytest.mark.parametrize(
    ("x", "text"),
    [
        (0.5, "0.5"),
        (-0.66666, "−0.6667"),
        (3.14159, "3.142"),
        (1234.5, "1234"),  # half goes to even, as everywhere in floating point
        (1235.5, "1236"),
        (12345.6, "1.235e4"),
        (0.0001, "0.0001"),
        (0.00012346, "0.0001235"),
        (0.00001, "1e−5"),
        (-6.66e-10, "−6.66e−10"),
        (5e-324, "4.941e−324"),  # the smallest float
        (1.7976931348623157e308, "1.798e308"),  # and the largest
    ],
)
def test_show_keeps_four_digits(x: float, text: str) -> None:
    assert show(x) == text


@pytest.mark.parametrize(
    ("x", "text"),
    [
        (0.99996, "1"),
        (-0.99996, "−1"),
        (9.9996, "10"),
        (9999.96, "1e4"),
        (99999.5, "1e5"),
        (0.000099996, "0.0001"),
        (9.9996e-10, "1e−9"),
        (999_999.5, "1e6"),
    ],
)
def test_show_carries_when_it_rounds(x: float, text: str) -> None:
    assert show(x) == text


@pytest.mark.parametrize(("x", "text"), [(INF, "∞"), (-INF, "−∞"), (NAN, "nan"), (-NAN, "nan")])
def test_show_has_a_word_for_what_is_no_number(x: float, text: str) -> None:
    assert show(x) == text


@pytest.mark.parametrize(
    ("x", "digits", "text"),
    [
        (1 / 3, 2, "0.33"),
        (0.0996, 2, "0.1"),
        (-6.66e-10, 2, "−6.7e−10"),
        (12345.0, 2, "12345"),  # integers below a million are short enough
        (123.4, 2, "1.2e2"),
        (1 / 3, 12, "0.333333333333"),
        (1_000_000.5, 12, "1000000.5"),
        (999_999_999_999.0, 12, "999999999999"),
        (1e12, 12, "1e12"),
    ],
)
def test_show_keeps_as_many_digits_as_asked_for(x: float, digits: int, text: str) -> None:
    assert show(x, digits) == text


@pytest.mark.parametrize("x", [0.0, -0.0, -3.0, 0.25, 1234.0, 123456.0, 1e6, 1e22, 1e-5, INF, NAN])
def test_is_exact_where_no_digit_was_lost(x: float) -> None:
    assert is_exact(x)


@pytest.mark.parametrize("x", [1 / 3, 0.12345, 1234.5, 0.99996, 9999.96, 1_000_001.0, 0.1 + 0.2])
def test_is_exact_is_false_where_a_digit_was_lost(x: float) -> None:
    assert not is_exact(x)


def test_is_exact_depends_on_the_digits() -> None:
    assert [is_exact(0.123, digits) for digits in (2, 3, 4)] == [False, True, True]


def test_equals_says_about_where_a_digit_was_lost() -> None:
    assert (equals(0.5), equals(1 / 3)) == ("=", "≈")
    assert (equals(0.123, digits=2), equals(0.123, digits=12)) == ("≈", "=")


def test_equals_of_several_numbers_needs_all_of_them_exact() -> None:
    assert (equals(1.0, 2.0, NAN), equals(1.0, 1 / 3, 3.0)) == ("=", "≈")


def test_equals_of_nothing_is_exact() -> None:
    assert equals() == "="


# Promises that hold for each float.

FLOATS = st.floats(allow_nan=False, allow_infinity=False)


@given(
    x=FLOATS | FLOATS.map(lambda x: float(f"{x:.4g}")).filter(math.isfinite),
    digits=st.integers(1, 17),
)
@example(x=999_999.5, digits=4)
def test_is_exact_means_that_the_text_reads_back_as_the_number(x: float, digits: int) -> None:
    read_back = float(show(x, digits).replace("−", "-"))
    assert is_exact(x, digits) == (read_back == x)
    assert math.copysign(1, read_back) == math.copysign(1, x)


@given(x=st.floats())
@example(x=-1.2345e-300)
def test_show_never_takes_more_than_11_characters(x: float) -> None:
    assert 1 <= len(show(x)) <= 11  # −1.235e−300


@given(x=st.floats(), digits=st.integers(1, 17))
def test_show_never_writes_a_hyphen_or_a_plus(x: float, digits: int) -> None:
    assert not set("-+ ") & set(show(x, digits))
