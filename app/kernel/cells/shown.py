"""What is shown of a cell's last value: a graph, a network, or a text of a reasonable length."""

import asyncio
import inspect
from pprint import pformat
from typing import Any, NamedTuple

from ..language import counted, noted, say
from ..network.model import Model, read_model, why_no_picture
from ..recorder import Trace
from .recording import is_value, why_not_drawn

LONGEST = 10_000  # characters
MOST = 1_000  # elements of lists, tuples and dictionaries, in all
DEEPEST = 5  # lists in lists

NOT_AWAITED = noted(
    "This is still under way, and nothing waits for it here: a cell only runs to its last line."
)
NOT_BEGUN = noted("An async function was called, and nothing waits for it here: leave async away.")


class Shown(NamedTuple):
    """`kind` is "graph" with a trace, "network" with a model, "text" for what is laid out in lines,
    "repr" for the rest.
    """

    kind: str
    text: str
    trace: Trace | None = None
    note: str = ""
    model: Model | None = None


class _More:
    """Stands for the elements of a list that are left out."""

    def __init__(self, count: int) -> None:
        self.count = count

    def __repr__(self) -> str:
        return say("… {count} more", count=counted(self.count))


def show(thing: Any, trace: Trace | None = None) -> Shown:
    """Return what is shown of a value; `trace` is the graph of one that has a graph to be drawn.

    The learner's own `__repr__` may raise anything.
    """
    if inspect.iscoroutine(thing):
        thing.close()  # or Python warns of it
        return Shown("repr", repr(thing), note=say(NOT_BEGUN))
    if asyncio.isfuture(thing):
        thing.add_done_callback(_hear)
        return Shown("repr", repr(thing), note=say(NOT_AWAITED))
    if is_value(thing):
        text, note = cut(repr(thing))
        return Shown("graph" if trace else "repr", text, trace, note or why_not_drawn(thing))
    if type(thing) in (list, tuple, dict):
        return Shown("text", *_with_note(pformat(shorten(thing), sort_dicts=False)))
    model = read_model(thing)
    if model and not (why_not := why_no_picture(model)):
        return Shown("network", *_with_note(repr(thing)), model)
    text, note = cut(repr(thing))
    return Shown("repr", text, note=note or (why_not if model else ""))


def _hear(future: asyncio.Future[Any]) -> None:
    """Hear of an exception, or Python complains that nobody did."""
    if not future.cancelled():
        future.exception()


def _with_note(text: str) -> tuple[str, None, str]:
    shown, note = cut(text)
    return shown, None, note


def cut(text: str, longest: int = LONGEST) -> tuple[str, str]:
    """Return the beginning of a text, and a note of how much is missing, or an empty one."""
    missing = len(text) - longest
    if missing <= 0:
        return text, ""
    note = say("… {count} more characters are not shown.", count=counted(missing))
    return text[:longest], note


def shorten(thing: Any, most: int = MOST) -> Any:
    """Return a copy of lists in lists with at most so many elements; the rest is counted."""
    return _shorten(thing, [most], 0)


def _shorten(thing: Any, left: list[int], depth: int) -> Any:
    """Copy one list, tuple or dictionary as long as there are elements left to be spent."""
    if type(thing) not in (list, tuple, dict) or depth == DEEPEST:
        return thing
    kept: list[Any] = []
    for element in thing.items() if type(thing) is dict else thing:
        if left[0] <= 0:
            break
        left[0] -= 1
        if type(thing) is dict:
            kept.append((element[0], _shorten(element[1], left, depth + 1)))
        else:
            kept.append(_shorten(element, left, depth + 1))
    more = [_More(len(thing) - len(kept))] if len(kept) < len(thing) else []
    if type(thing) is dict:
        return dict(kept) | {mark: _Nothing() for mark in more}
    return type(thing)([*kept, *more])


class _Nothing:
    def __repr__(self) -> str:
        return "…"
