"""A file of Jupyter, in version 4.5 of its format.

https://nbformat.readthedocs.io/en/latest/format_description.html
"""

import json
import re
from collections.abc import Iterable
from typing import Any

from ..language import noted, say
from ..mistake import Mistake
from .magics import comment_out
from .notebook import Notebook, NotebookCell, with_plain_line_ends
from .notes import Counts

LONGEST = 30  # characters of a language's name

_ID = re.compile(r"[a-zA-Z0-9_-]{1,64}")
_METADATA = {
    "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
    "language_info": {"name": "python"},
}
_NO_NOTEBOOK = noted(
    "This is no notebook. Choose a file that Jupyter has saved, which ends in .ipynb."
)


def write(cells: Iterable[NotebookCell]) -> str:
    """Return the file's text. A cell keeps its id if Jupyter allows it and no other cell has it."""
    used: set[str] = set()
    written = [_as_json(cell, _fresh_id(cell.id, used)) for cell in cells]
    notebook = {"cells": written, "metadata": _METADATA, "nbformat": 4, "nbformat_minor": 5}
    return json.dumps(notebook, indent=1, ensure_ascii=False) + "\n"


def read(text: str) -> Notebook | Mistake:
    """Return the cells of a file, or say why there are none, and what to do."""
    try:
        data = json.loads(text.removeprefix("\ufeff"))
    except json.JSONDecodeError as error:
        return Mistake(
            say(
                "This notebook is damaged in line {line}, where it is no JSON any more. "
                "Save or download it once more.",
                line=error.lineno,
            ),
            error.lineno,
            error.colno,
        )
    except (ValueError, RecursionError, MemoryError):
        return Mistake(say(_NO_NOTEBOOK))
    return _refusal(data) or _notebook(data["cells"])


def _as_json(cell: NotebookCell, cell_id: str) -> dict[str, Any]:
    source = re.findall(r"[^\n]*\n|[^\n]+", cell.text)
    if cell.kind == "markdown":
        return {"cell_type": "markdown", "id": cell_id, "metadata": {}, "source": source}
    nothing: dict[str, Any] = {"execution_count": None, "outputs": []}
    return {"cell_type": "code", "id": cell_id, "metadata": {}, "source": source, **nothing}


def _fresh_id(wanted: str, used: set[str]) -> str:
    i, cell_id = len(used) + 1, wanted
    while not _ID.fullmatch(cell_id) or cell_id in used:
        cell_id, i = f"cell-{i}", i + 1
    used.add(cell_id)
    return cell_id


def _refusal(data: Any) -> Mistake | None:
    """Say why a file is not read at all."""
    if not isinstance(data, dict) or not isinstance(version := data.get("nbformat"), int):
        return Mistake(say(_NO_NOTEBOOK))
    if version < 4:
        return Mistake(
            say(
                "This notebook has an old format, version {version}. Open it in Jupyter, save it, "
                "and choose it again: Jupyter writes version 4.",
                version=version,
            )
        )
    if version > 4:
        return Mistake(
            say(
                "This notebook has a format that is newer than this page, version {version}. "
                "Export it from Jupyter as a Python file, and choose that.",
                version=version,
            )
        )
    if not isinstance(data.get("cells"), list):
        return Mistake(say(_NO_NOTEBOOK))
    language = _language(data.get("metadata"))
    if language and "python" not in language.lower():
        return Mistake(
            say(
                "This notebook is written in {language}. Cells here run Python.",
                language=language[:LONGEST],
            )
        )
    return None


def _language(metadata: Any) -> str:
    """Return the language that a notebook says it has, or an empty text."""
    for part, key in (("kernelspec", "language"), ("language_info", "name")):
        found = metadata.get(part) if isinstance(metadata, dict) else None
        name = found.get(key) if isinstance(found, dict) else None
        if name and isinstance(name, str):
            return name
    return ""


def _notebook(found: list[Any]) -> Notebook:
    counts = Counts()
    cells = [_cell(data, counts) for data in found]
    return Notebook(tuple(cell for cell in cells if cell), counts.notes())


def _cell(data: Any, counts: Counts) -> NotebookCell | None:
    text = _text(data.get("source")) if isinstance(data, dict) else None
    if text is None:
        counts.damaged += 1
        return None
    counts.outputs += bool(data.get("outputs"))
    counts.attachments += bool(data.get("attachments"))
    cell_id = data.get("id")
    cell_id = cell_id if isinstance(cell_id, str) and _ID.fullmatch(cell_id) else ""
    if data.get("cell_type") != "code":
        counts.raw += data.get("cell_type") != "markdown"
        return NotebookCell(text, "markdown", cell_id)
    code, commands = comment_out(text)
    counts.commands += commands
    return NotebookCell(code, "code", cell_id)


def _text(source: Any) -> str | None:
    """Return a text that is written as one, or as a list of its lines; else None."""
    if isinstance(source, list) and all(isinstance(line, str) for line in source):
        source = "".join(source)
    return with_plain_line_ends(source) if isinstance(source, str) else None
