"""The operations as functions, which stand beside the methods: people write tanh(a) first."""

from collections.abc import Callable
from functools import cache
from typing import Any

from .misuse import operations
from .recorded import ORIGINAL, value_class


def functions() -> dict[str, Callable[[Any], Any]]:
    """Return the functions by name: of the engine in force, and of the original besides.

    Where a learner's engine has lost an operation, it is that which is told, and no leaf tanh made.
    """
    names = [*operations(ORIGINAL), *operations(value_class())]
    return {name: _function(name) for name in names}


@cache
def _function(name: str) -> Callable[[Any], Any]:
    def function(x: Any) -> Any:
        return getattr(_value(x), name)()

    function.__qualname__ = name  # by which Python calls it when it complains
    return function


def _value(x: Any) -> Any:
    return x if hasattr(x, "_prev") else value_class()(x)
