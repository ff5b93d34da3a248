"""Tries out an answer to an exercise: its checks one by one, up to the first that fails."""

import linecache
import random
import sys
import warnings
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stdout
from types import ModuleType
from typing import NamedTuple

from ..cells.cell import Cell
from ..cells.failure import of_exception
from ..cells.scene import Scene
from ..language import say
from ..mistake import explain
from ..printed import Printed
from .demand import UnmetError, describe
from .exercise import Check, Exercise, Names, title


class Result(NamedTuple):
    """Whether all checks passed; else `says` is about the first that failed, `which` its name."""

    passed: bool
    says: str
    which: str = ""


def check(exercise: Exercise, names: Names) -> Result:
    """Try an answer, which has been run: `names` are those of its lesson, whose modules are there.

    What the answer raises is told in words. A KeyboardInterrupt passes through, with a note that
    says which check did not come to an end.
    """
    for each in exercise.checks:
        if says := _try(each, names):
            return Result(False, says, each.__name__)
    return Result(True, say("This is right."))


def _try(check: Check, names: Names) -> str | None:
    """Return what is wrong with an answer, in words, or None or an empty text."""
    try:
        with _quiet(), _seeded():
            return check(names)
    except UnmetError as unmet:
        return str(unmet)
    except KeyboardInterrupt as error:
        error.add_note(say("This did not come to an end: {check}.", check=title(check)))
        raise
    except BaseException as error:  # a SystemExit, too
        return f"{title(check)}: {_stopped(error, names)}"


def _stopped(error: BaseException, names: Names) -> str:
    """Say what the answer raised, and in which line."""
    found = of_exception(error, Cell("", 0, "", ""), _cell, Scene(names))
    if not found.line:  # it was called in a wrong way, by us
        return explain(error, "", names).says
    helps = _hidden_module(error, names) or found.hint
    stops = say("your code stops in line {line}.", line=found.line)
    return f"{stops} {found.says} {helps}".rstrip()


def _hidden_module(error: BaseException, names: Names) -> str:
    """Say that a module's name was given to something else, as in math = 3."""
    owner = getattr(error, "obj", None) if isinstance(error, AttributeError) else None
    for name in sys.stdlib_module_names & names.keys():
        if owner is not None and names[name] is owner and not isinstance(owner, ModuleType):
            return say(
                "{name} is {thing} now, and hides the module {name}. Choose another name for it.",
                name=name,
                thing=describe(owner),
            )
    return ""


def _cell(file: str) -> Cell | None:
    """Return the cell that was run under a file's name, or None for all other files."""
    is_cell = file.startswith("<cell")
    return Cell("", 0, "".join(linecache.getlines(file)), file) if is_cell else None


@contextmanager
def _quiet() -> Iterator[None]:
    """Drop what is printed, and what Python warns of: the cell has shown it already."""
    with redirect_stdout(Printed()), warnings.catch_warnings():
        warnings.simplefilter("ignore")
        yield


@contextmanager
def _seeded() -> Iterator[None]:
    """Let random numbers be the same in each check, and go on behind it as if it had not been."""
    before = random.getstate()
    random.seed(0)
    try:
        yield
    finally:
        random.setstate(before)
