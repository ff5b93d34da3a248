"""Cells as a file has them, and what was noticed when they were read."""

from typing import Any, Literal, NamedTuple, TypeAlias

Kind: TypeAlias = Literal["code", "markdown"]


class NotebookCell(NamedTuple):
    """A cell's text, and its id in the file, or "" where it has none."""

    text: str
    kind: Kind = "code"
    id: str = ""


class Notebook(NamedTuple):
    """Cells in their order. Each note is a sentence about something that could not be kept."""

    cells: tuple[NotebookCell, ...]
    notes: tuple[str, ...] = ()

    def as_data(self) -> dict[str, Any]:
        return {"cells": [cell._asdict() for cell in self.cells], "notes": list(self.notes)}


def with_plain_line_ends(text: str) -> str:
    """Return the text with \\n for the line ends of Windows and of old Macs."""
    return text.replace("\r\n", "\n").replace("\r", "\n")
