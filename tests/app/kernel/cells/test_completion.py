"""How names go on, without running anything of the learner's."""

import math
from typing import Any

import pytest

from app.kernel.cells.completion import completions
from micrograd.engine import Value


class Bomb:
    """Fails the test when anything of it runs."""

    quiet = 1

    def __init__(self) -> None:
        object.__setattr__(self, "inner", Value(2))

    @property
    def tick(self) -> Any:
        raise AssertionError("a property ran")

    def __getattr__(self, name: str) -> Any:
        raise AssertionError("__getattr__ ran")

    def __getattribute__(self, name: str) -> Any:
        raise AssertionError("__getattribute__ ran")

    def __dir__(self) -> Any:
        raise AssertionError("__dir__ ran")


def test_completions_of_a_name() -> None:
    assert completions("lo", {"loss": 1, "log": 2, "lr": 3}) == ["log", "loss"]


def test_completions_of_nothing_are_all_names_without_underscore() -> None:
    assert completions("", {"b": 1, "a": 2, "__name__": 3}) == ["a", "b"]
    assert completions("_", {"b": 1, "_a": 2}) == ["_a"]


def test_completions_of_an_attribute() -> None:
    assert completions("v.da", {"v": Value(2)}) == ["data"]
    assert "backward" in completions("v.", {"v": Value(2)})
    assert "relu" in completions("Value.", {"Value": Value})


def test_completions_of_a_module_and_of_a_builtin() -> None:
    assert completions("math.sq", {"math": math}) == ["sqrt"]
    assert completions("str.upp", {}) == ["upper"]


def test_completions_go_through_attributes_and_slots() -> None:
    class Slotted:
        __slots__ = ("full", "unset")

    slotted = Slotted()
    slotted.full = Value(1)
    assert completions("s.full.gra", {"s": slotted}) == ["grad"]
    assert completions("s.unset.", {"s": slotted}) == []
    assert completions("s.", {"s": slotted}) == ["full", "unset"]


def test_completions_run_nothing() -> None:
    names = {"b": Bomb()}
    assert completions("b.", names) == ["inner", "quiet", "tick"]
    assert completions("b.tick.", names) == []
    assert completions("b.missing.", names) == []
    assert completions("b.inner.da", names) == ["data"]


def test_completions_ask_no_metaclass() -> None:
    class Meta(type):
        def __getattribute__(cls, name: str) -> Any:
            raise AssertionError("a metaclass ran")

        def __dir__(cls) -> Any:
            raise AssertionError("a metaclass ran")

    class Odd(metaclass=Meta):
        known = 1

    assert completions("Odd.kn", {"Odd": Odd}) == ["known"]
    assert completions("odd.kn", {"odd": object.__new__(Odd)}) == ["known"]


def test_completions_trust_no_dict_that_is_a_property() -> None:
    class Odd:
        @property
        def __dict__(self) -> Any:  # type: ignore[override]
            raise AssertionError("a property ran")

    assert completions("o.", {"o": Odd()}) == []


@pytest.mark.parametrize("prefix", ["f().", "'a'.", "x[0].", "1.", "a b", ".x", "x..", "nobody."])
def test_completions_of_what_is_no_name_are_none(prefix: str) -> None:
    assert completions(prefix, {"x": [1], "f": print}) == []
