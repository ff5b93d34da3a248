"""One run of a cell: its text, its number, and the file name by which Python knows it."""

import linecache
from io import StringIO
from typing import NamedTuple


class Cell(NamedTuple):
    """What is run. `file` is like "<cell 3>": another one for each run, so that a function of an
    older text is not looked up in the newer one.
    """

    id: str
    number: int
    code: str
    file: str


def keep_source(cell: Cell) -> None:
    """Let tracebacks and `inspect.getsource` show the cell's lines."""
    lines = StringIO(cell.code, newline=None).readlines()  # not splitlines(): it knows \x0c, too
    linecache.cache[cell.file] = len(cell.code), None, lines, cell.file


def forget_source(cell: Cell) -> None:
    """Give the memory back that `keep_source` took."""
    linecache.cache.pop(cell.file, None)
