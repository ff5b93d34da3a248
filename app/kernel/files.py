"""The cells of a lesson as a file, and cells from a file that somebody has chosen."""

from typing import Any

from .mistake import Mistake
from .notebook import ipynb, percent
from .notebook.notebook import NotebookCell
from .notebook.upload import read

# Elsewhere nothing is there before it is imported.
FIRST = "from micrograd.engine import Value"
_WRITERS = {"py": percent.write, "ipynb": ipynb.write}


def export_cells(kind: str, texts: list[str]) -> dict[str, Any]:
    """Return cells as the text of a file; `kind` is "py" or "ipynb"."""
    begins = any(FIRST in text for text in texts)
    cells = [NotebookCell(text) for text in ([] if begins else [FIRST]) + texts]
    return {"text": _WRITERS[kind](cells)}


def import_cells(text: str, name: str) -> dict[str, Any]:
    """Return the cells of a file with this name, or a sentence that says why there are none.

    What is no Python comes as comments, so that nothing of the file is lost.
    """
    found = read(text, name)
    if isinstance(found, Mistake):
        return {"cells": [], "says": found.says}
    cells = [cell.text if cell.kind == "code" else _commented(cell.text) for cell in found.cells]
    return {"cells": [cell for cell in cells if cell != FIRST], "says": " ".join(found.notes)}


def _commented(text: str) -> str:
    return "\n".join(f"# {line}".rstrip() for line in text.split("\n"))
