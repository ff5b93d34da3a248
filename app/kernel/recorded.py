"""A second copy of the engine, the same text compiled once more, for what is recorded.

A recording changes the class for a while. CPython stops optimising a class that was changed too
often, and whoever trains a network on it would pay for that: so the figures have a `Value` of their
own, and `micrograd.engine` stays as it is. When a learner's edition comes into force, the figures
get a copy of that one.
"""

from contextlib import suppress
from pathlib import Path
from types import ModuleType
from typing import Any

import micrograd.engine


def compile_engine(name: str, text: str, file: str) -> ModuleType:
    """Make a module of an engine's text. Its lines are told as lines of `file`."""
    module = ModuleType(name)
    exec(compile(text, file, "exec"), vars(module))
    return module


_FILE = str(micrograd.engine.__file__)
_text = Path(_FILE).read_text(encoding="utf-8")
ORIGINAL: type[micrograd.engine.Value] = compile_engine("engine", _text, _FILE).Value
_in_force: type[Any] = ORIGINAL


def value_class() -> type[Any]:
    """Return the `Value` of the engine in force. Ask each time: the learner may have edited it."""
    return _in_force


def put_in_force(edited: type[Any]) -> None:
    """Let the figures run on another `Value` from now on."""
    global _in_force
    _in_force = edited


def leaf(x: float, name: str) -> Any:
    """Make a leaf with a name, also where the learner's `Value` takes none."""
    made = _in_force(x)
    with suppress(Exception):
        made.label = name
    return made
