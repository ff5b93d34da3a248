"""A second copy of the engine, the same text compiled once more, for what is recorded.

A recording changes the class for a while. CPython stops optimising a class that was changed too
often, and whoever trains a network on it would pay for that: so the figures have a `Value` of their
own, and `micrograd.engine` stays as it is.
"""

from pathlib import Path
from types import ModuleType

import micrograd.engine


def compile_engine(name: str, text: str, file: str) -> ModuleType:
    """Make a module of an engine's text. Its lines are told as lines of `file`."""
    module = ModuleType(name)
    exec(compile(text, file, "exec"), vars(module))
    return module


_FILE = str(micrograd.engine.__file__)
_text = Path(_FILE).read_text(encoding="utf-8")
Value: type[micrograd.engine.Value] = compile_engine("engine", _text, _FILE).Value
