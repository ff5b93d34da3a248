"""Which cells are out of date, and which have to be run before another one can be.

A cell is out of date when its text is another one than was run; when a name that it reads has been
defined again since, by another cell; or when it had that name from a cell that is out of date.
"""

from collections.abc import Iterable
from typing import NamedTuple

from .uses import Uses, uses

Texts = list[tuple[str, str]]  # (cell id, text) in the order of the page


class Ran(NamedTuple):
    """The last run of a cell: as which one in the lesson it was run, and what came of it."""

    number: int
    code: str
    uses: Uses
    failed: bool = False


def out_of_date(ran: dict[str, Ran], texts: Texts) -> list[str]:
    """Return the cells that have run and should be run again, in the order of the page."""
    now = dict(texts)
    old: set[str] = set()
    for cell, run in sorted(ran.items(), key=lambda item: item[1].number):
        changed = cell in now and now[cell] != run.code
        if changed or any(_is_old(name, cell, ran, old) for name in run.uses.reads):
            old.add(cell)
    return [cell for cell in now if cell in old]


def _is_old(name: str, reader: str, ran: dict[str, Ran], old: set[str]) -> bool:
    """Tell whether a name has another value than a cell read, or one that is out of date."""
    others = [cell for cell in _defining(name, ran) if cell != reader]
    if not others:
        return False
    last = max(others, key=lambda cell: ran[cell].number)
    return ran[last].number > ran[reader].number or last in old


def _defining(name: str, ran: dict[str, Ran]) -> Iterable[str]:
    return (cell for cell, run in ran.items() if name in run.uses.defines)


def to_run_first(ran: dict[str, Ran], texts: Texts, cell: str) -> list[str]:
    """Return the cells above that have to be run before this one, in the order of the page.

    These are the ones that define what it reads, and what they read in turn, as far as they have
    not been run, have failed, or are out of date. KeyError for a cell that is not among the texts.
    """
    used = {name: uses(text) for name, text in texts}
    above = [name for name, _ in texts]
    above = above[: above.index(cell)] if cell in used else []
    old = {*out_of_date(ran, texts)}
    found: list[str] = []
    for name in _sources(above, used, used[cell].reads):
        is_new = name not in ran or ran[name].failed or name in old
        if is_new or used[name].reads & {x for other in found for x in used[other].defines}:
            found.append(name)
    return found


def _sources(above: list[str], used: dict[str, Uses], reads: frozenset[str]) -> list[str]:
    """Return the cells that define these names, each name by the nearest one, and their sources."""
    wanted, found = set(reads), []
    for cell in reversed(above):
        if wanted & used[cell].defines:
            wanted = wanted - used[cell].defines | used[cell].reads
            found.append(cell)
    return found[::-1]


def defined_in(name: str, texts: Texts) -> str | None:
    """Return the first cell whose text defines a name, or None."""
    return next((cell for cell, text in texts if name in uses(text).defines), None)
