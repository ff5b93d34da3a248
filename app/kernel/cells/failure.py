"""An error as a learner needs it: in words, with its place in the cell, and how it came to it."""

from typing import Any, NamedTuple

from ..language import say
from ..mistake import Mistake
from .cell import Cell
from .hints import hint
from .scene import Scene, called
from .stack import Find, Folded, Step, fold, way
from .words import in_words, message_of


class Failure(NamedTuple):
    """`says` and `hint` are sentences; line and columns mark the place in the cell that was run.

    They count from 1, and 0 means nowhere. `elsewhere` says where it happened, if that was in
    another cell. `error` is what Python says.
    """

    says: str
    line: int = 0
    column: int = 0
    end: int = 0
    hint: str = ""
    elsewhere: str = ""
    error: str = ""
    steps: tuple[Step | Folded, ...] = ()

    def as_data(self) -> dict[str, Any]:
        return {**self._asdict(), "steps": [step.as_data() for step in self.steps]}


def of_mistake(mistake: Mistake) -> Failure:
    """Return the failure of code that could not be read."""
    return Failure(*mistake, error="SyntaxError")


def of_exception(error: BaseException, cell: Cell, find: Find, scene: Scene) -> Failure:
    """Return the failure of code that raised an exception while it ran."""
    steps = way(error.__traceback__, find)
    own = [step for step in steps if isinstance(step, Step)]
    here = [step for step in own if step.run == cell.number]
    at = here[-1] if here else Step(cell.id, cell.number, 0, 0, 0, "", "")
    innermost = own[-1] if own else at
    message = message_of(error)
    marked = innermost.text[max(innermost.column - 1, 0) : innermost.end - 1]
    scene = scene._replace(marked=marked, text=innermost.text, line=innermost.line, code=cell.code)
    helps = hint(error, message, scene)
    return Failure(
        in_words(error, scene, helps),
        *(at.line, at.column, at.end),
        helps,
        _elsewhere(innermost, scene) if own and innermost not in here else "",
        f"{type(error).__name__}: {message}" if message else type(error).__name__,
        tuple(fold(steps)),
    )


def _elsewhere(step: Step, scene: Scene) -> str:
    if step.cell == scene.cell:
        return say("It happened in line {line} of an older text of this cell.", line=step.line)
    return say(
        "It happened in line {line} of {cell}.",
        line=step.line,
        cell=called(step.cell, scene.texts),
    )
