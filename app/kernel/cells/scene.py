"""What is known of the place and the time at which a cell failed, for whoever wants to help."""

import builtins
import difflib
from typing import Any, NamedTuple

from ..language import say
from ..recorder import is_value_class
from .history import Texts, defined_in


class Scene(NamedTuple):
    """The lesson's names, what is marked in which line, the cell, and all cells of the page."""

    names: dict[str, Any]
    marked: str = ""
    text: str = ""
    line: int = 0
    code: str = ""
    cell: str = ""
    texts: Texts = []  # noqa: RUF012 - never changed
    ran: frozenset[str] = frozenset()

    def value_classes(self) -> list[str]:
        """Return the names of classes whose instances are nodes."""
        found = {thing.__name__ for thing in self.names.values() if is_value_class(thing)}
        return sorted({"Value", *found})

    def where(self, name: str) -> str | None:
        """Return the cell in whose text a name is defined, or None."""
        return defined_in(name, self.texts)


def called(cell: str, texts: Texts) -> str:
    """Return what the page calls a cell: "cell 2" is the second one on it."""
    ids = [name for name, _ in texts]
    if cell not in ids:
        return say("another cell")
    return say("cell {number}", number=ids.index(cell) + 1)


def nearest(name: str, others: list[str]) -> str:
    """Return what may be meant by a misspelt name, as a sentence, or nothing."""
    near = difflib.get_close_matches(name, [x for x in others if x != name], n=1)
    return say("Did you mean {name}?", name=near[0]) if near else ""


def with_builtins(names: dict[str, Any]) -> dict[str, Any]:
    """Return the names that code can use: Python's own, and the lesson's."""
    return {**vars(builtins), **names}
