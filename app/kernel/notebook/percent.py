"""A Python file with a line "# %%" above each cell, as jupytext, VS Code and Spyder read it.

https://jupytext.readthedocs.io/en/latest/formats-scripts.html#the-percent-format
"""

import re
from collections.abc import Iterable, Iterator

from .magics import comment_out
from .notebook import Kind, Notebook, NotebookCell, with_plain_line_ends
from .notes import Counts

# Without comment_magics, jupytext would make a command of a comment such as "# %time".
HEADER = """\
# ---
# jupyter:
#   jupytext:
#     comment_magics: false
#     text_representation:
#       extension: .py
#       format_name: percent
#   kernelspec:
#     display_name: Python 3
#     language: python
#     name: python3
# ---
"""

_SIGN = r"#[ \t]*(?:%%+(?=[ \t\[]|$)|(?:<codecell>|In\[[0-9 ]*\]:?)[ \t]*$)"
_MARKER = re.compile(_SIGN)
# What looks like a marker inside of a cell gets one more "# ", and loses it again.
_TO_ESCAPE = re.compile(rf"^([ \t]*)((?:# )*{_SIGN})")
_ESCAPED = re.compile(rf"^([ \t]*)# ((?:# )*{_SIGN})")
_QUOTED = re.compile(r'r?("""|\'\'\')(.*)\1', re.DOTALL)


def write(cells: Iterable[NotebookCell]) -> str:
    """Return the file's text."""
    return HEADER + "".join(f"\n{_marker(cell.kind)}\n{_body(cell)}\n" for cell in cells)


def read(text: str) -> Notebook:
    """Return the cells of a file; of one without any marker, all of it is one cell."""
    counts = Counts()
    cells = tuple(_cell(marker, lines, counts) for marker, lines in _parts(text))
    return Notebook(cells, counts.notes())


def _marker(kind: Kind) -> str:
    return "# %%" if kind == "code" else "# %% [markdown]"


def _body(cell: NotebookCell) -> str:
    lines = cell.text.split("\n")
    if cell.kind == "markdown":
        lines = [f"# {line}" if line else "#" for line in lines]
    return "\n".join(_TO_ESCAPE.sub(r"\1# \2", line) for line in lines)


def _parts(text: str) -> Iterator[tuple[str, list[str]]]:
    """Yield each marker with the lines below it; what stands above the first has none."""
    lines = _without_header(with_plain_line_ends(text.removeprefix("\ufeff")).split("\n"))
    marker, part = "", list[str]()
    for line in lines:
        if _MARKER.match(line):
            if marker or any(map(str.strip, part)):
                yield marker, part
            marker, part = line, []
        else:
            part.append(line)
    yield marker, part


def _without_header(lines: list[str]) -> list[str]:
    """Drop what jupytext writes at the beginning, between two lines of ---."""
    if lines[0].rstrip() != "# ---":
        return lines
    for i, line in enumerate(lines[1:], 1):
        if line.rstrip() == "# ---":
            return lines[i + 1 :]
        if not line.startswith("#") or _MARKER.match(line):
            break
    return lines


def _cell(marker: str, lines: list[str], counts: Counts) -> NotebookCell:
    if lines and not lines[-1]:
        lines = lines[:-1]  # the empty line between two cells
    if not marker:
        lines = "\n".join(lines).strip("\n").split("\n")
    lines = [_ESCAPED.sub(r"\1\2", line) for line in lines]
    kind = re.search(r"\[(markdown|md|raw)\]", marker)
    if not kind:
        code, commands = comment_out("\n".join(lines))
        counts.commands += commands
        return NotebookCell(code)
    counts.raw += kind[1] == "raw"
    return NotebookCell(_uncommented(lines), "markdown")


def _uncommented(lines: list[str]) -> str:
    text = "\n".join(lines)
    if quoted := _QUOTED.fullmatch(text.strip()):
        return quoted[2].strip("\n")
    return "\n".join(re.sub("^# ?", "", line) for line in lines)
