"""The operations as functions, which stand beside the methods: people write tanh(a) first."""

from collections.abc import Callable
from typing import Any

from app.kernel.misuse import operations
from app.kernel.recorded import Value


def _function(name: str) -> Callable[[Any], Any]:
    def function(x: Any) -> Any:
        return getattr(_value(x), name)()

    function.__qualname__ = name  # by which Python calls it when it complains
    return function


def _value(x: Any) -> Any:
    return x if hasattr(x, "_prev") else Value(x)


FUNCTIONS = {name: _function(name) for name in operations(Value)}
