"""The way of an exception through the learner's cells, from the outermost call to the innermost."""

from collections.abc import Callable
from itertools import groupby
from pathlib import Path, PurePosixPath
from types import TracebackType
from typing import Any, NamedTuple

from ..language import counted, say
from ..mistake import _line, _position
from .cell import Cell

MOST = 20  # steps that are shown of a long way: its beginning and its end


class Step(NamedTuple):
    """A line of a cell that was running. Columns count from 1; `times` in a row it was the same."""

    cell: str
    run: int
    line: int
    column: int
    end: int
    text: str
    function: str
    times: int = 1

    def as_data(self) -> dict[str, Any]:
        return {"kind": "cell", **self._asdict()}


class Folded(NamedTuple):
    """Lines that are not the learner's: how many, and where; without a place, lines left out."""

    lines: int
    where: str

    def as_data(self) -> dict[str, Any]:
        return {"kind": "folded", "says": self._says()}

    def _says(self) -> str:
        if self.lines == 1 and not self.where:
            return say("1 line of this way are left out")
        if not self.where:
            return say("{lines} lines of this way are left out", lines=counted(self.lines))
        if self.lines == 1:
            return say("1 line in {where}", where=self.where)
        return say("{lines} lines in {where}", lines=counted(self.lines), where=self.where)


Find = Callable[[str], Cell | None]  # from a file's name to the cell that was run under it


def way(traceback: TracebackType | None, find: Find) -> list[Step | str]:
    """Return each line that was running, from the first cell on; of other code its file's name."""
    found: list[Step | str] = []
    while traceback:
        file = traceback.tb_frame.f_code.co_filename
        if cell := find(file):
            found.append(_step(traceback, cell))
        elif found and not file.startswith(_OURS):
            found.append(file)
        traceback = traceback.tb_next
    return found


_OURS = str(Path(__file__).parents[1])  # what watches over the learner's code is no part of it


def fold(steps: list[Step | str]) -> list[Step | Folded]:
    """Count equal steps that follow each other, and make one of all lines between two cells."""
    found: list[Step | Folded] = []
    for step, same in groupby(steps, key=lambda step: step if isinstance(step, Step) else None):
        group = [*same]
        files = [_short(file) for file in group if isinstance(file, str)]
        if isinstance(step, Step):
            found.append(step._replace(times=len(group)))
        else:
            found.append(Folded(len(files), say(" and ").join(dict.fromkeys(files))))
    return _shorten(found)


def _step(traceback: TracebackType, cell: Cell) -> Step:
    code = traceback.tb_frame.f_code
    line, column, end = _position(code, traceback.tb_lasti, cell.code)
    line = line or traceback.tb_lineno
    function = "" if code.co_name == "<module>" else code.co_name
    return Step(cell.id, cell.number, line, column, end, _line(cell.code, line), function)


def _shorten(way: list[Step | Folded]) -> list[Step | Folded]:
    missing = len(way) - MOST
    if missing <= 0:
        return way
    return [*way[: MOST // 2], Folded(missing, ""), *way[-MOST // 2 :]]


def _short(file: str) -> str:
    """Name a file by its folder and itself: micrograd/engine.py."""
    return "/".join(PurePosixPath(file.replace("\\", "/")).parts[-2:])
