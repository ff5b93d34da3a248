"""What is said when something else is there than a check asks for."""

import math
from typing import Any

import pytest

from app.kernel.exercises.demand import UnmetError, a_class, function, number, pair, value
from micrograd.engine import Value


class Odd:
    def __repr__(self) -> str:
        raise RuntimeError


def f() -> None: ...


def says(demand: Any, *args: Any) -> str:
    with pytest.raises(UnmetError) as error:
        demand(*args)
    return str(error.value)


def test_number_takes_ints_and_floats() -> None:
    assert [number(x, "It") for x in (3, -0.5, math.inf)] == [3.0, -0.5, math.inf]
    assert number(-(10**400), "It") == -math.inf


@pytest.mark.parametrize(
    ("thing", "sentence"),
    [
        (..., "It is still the three points ... of the beginning. Replace them."),
        (None, "It is None. Does the function return its result?"),
        (math.nan, "It is nan, which means: not a number."),
        (True, "It is True, where a plain number belongs."),
        ("0.5", "It is the text '0.5', where a plain number belongs."),
        ("a" * 31, "It is a long text, where a plain number belongs."),
        ([1.0], "It is a list, where a plain number belongs."),
        (1j, "It is a complex, where a plain number belongs."),
        (Value, "It is the class Value, where a plain number belongs."),
        (Odd(), "It is an Odd, where a plain number belongs."),
        (
            Value(0.5),
            "It is a Value, where a plain number belongs. Take its number, which is its .data.",
        ),
    ],
)
def test_number_says_what_is_there_instead(thing: object, sentence: str) -> None:
    assert says(number, thing, "It") == sentence


def test_pair_takes_tuples_and_lists() -> None:
    assert pair((1, 2), "It") == pair([1.0, 2.0], "It") == (1.0, 2.0)


@pytest.mark.parametrize(
    ("thing", "sentence"),
    [
        (..., "It is still the three points ... of the beginning. Replace them."),
        (1.0, "It is a plain number, where two numbers belong. Write return x, y."),
        ("ab", "It is the text 'ab', where two numbers belong. Write return x, y."),
        ((1, 2, 3), "It is a tuple of 3, where two numbers belong."),
        ((1, None), "The second number of It is None. Does the function return its result?"),
    ],
)
def test_pair_says_what_is_there_instead(thing: object, sentence: str) -> None:
    assert says(pair, thing, "It") == sentence


def test_value_takes_every_class_with_data_and_grad() -> None:
    node = Value(1.0)
    assert value(node, "It") is node


@pytest.mark.parametrize(
    ("thing", "sentence"),
    [
        (None, "It is None. Does the function return its result?"),
        ([Value(1.0)], "It is a list, where a Value belongs."),
        (Value, "It is the class Value, where a Value belongs."),
        (
            0.5,
            "It is a plain number, where a Value belongs. A number does not remember how it was "
            "made: compute with Values, not with their .data.",
        ),
    ],
)
def test_value_says_what_is_there_instead(thing: object, sentence: str) -> None:
    assert says(value, thing, "It") == sentence


def test_function_and_class_are_found_by_name() -> None:
    assert function({"f": f}, "f") is f
    assert a_class({"Value": Value}, "Value") is Value


@pytest.mark.parametrize(
    ("demand", "names", "sentence"),
    [
        (
            function,
            {},
            "There is no f yet. Keep the line that begins with def f, and write below it.",
        ),
        (
            a_class,
            {},
            "There is no f yet. Keep the line that begins with class f, and write below it.",
        ),
        (
            function,
            {"f": 3},
            "f is a plain number now, and should be a function: this name is used for two things. "
            "Choose another one for the second.",
        ),
        (
            function,
            {"f": Value},
            "f is the class Value now, and should be a function: this name is used for two things. "
            "Choose another one for the second.",
        ),
        (
            a_class,
            {"f": f},
            "f is a function now, and should be a class: this name is used for two things. "
            "Choose another one for the second.",
        ),
    ],
)
def test_function_and_class_say_what_the_name_stands_for(
    demand: Any, names: dict[str, Any], sentence: str
) -> None:
    assert says(demand, names, "f") == sentence
