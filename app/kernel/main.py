"""The kernel's door: every call from the page comes in here, as a method's name and JSON text."""

from __future__ import annotations

import json
from array import array
from collections.abc import Callable
from typing import Any

from .clients import take_turn
from .graphs import chain_rule, graph
from .language import speak
from .operations import nudge, operate
from .paths import light_path

# Methods that the first figures ask. Python begins with them; what others need is imported when one
# of them is asked.
METHODS: dict[str, Callable[..., dict[str, Any]]] = {
    "chain_rule": chain_rule,
    "graph": graph,
    "light_path": light_path,
    "nudge": nudge,
    "operate": operate,
    "speak": speak,
}


# What of a figure goes straight to the screen: it may be large, and the page's Python would take
# long to read it. static/picture.js looks into it.
DRAWN = ("svg", "score", "numbers", "narration", "lines", "at")


# Methods that send text to the page while they run.
TELLING = {"check_answer", "run_cell"}


# Methods of the sections that train. What they need is large, and is loaded after the rest; but
# before another engine is in force, as it keeps the one that it was imported with.
LATER = ("training_", "network", "use_engine")


def _methods_of_cells() -> dict[str, Callable[..., dict[str, Any]]]:
    from .cell_methods import METHODS

    return METHODS


def _methods_of_later() -> dict[str, Callable[..., dict[str, Any]]]:
    from .network import live as networks
    from .training import live, looking, taking, telling

    parts = (networks, live, looking, taking, telling)
    return {name: method for part in parts for name, method in part.METHODS.items()}


_arrays: dict[str, array[float]] = {}  # of the last answer


def prepare(method: str, client: str = "") -> None:
    """Import what a method needs, before its time counts: where a computer is slow, that is long.

    `client` is who asks, where several figures share this kernel.
    """
    take_turn(client)
    if method not in METHODS and "run_cell" not in METHODS:
        METHODS.update(_methods_of_cells())
    if method.startswith(LATER) and "network" not in METHODS:
        METHODS.update(_methods_of_later())


def handle(
    method: str, request: str, tell: Callable[[str], object] = print, client: str = ""
) -> str:
    """Call a method with the keys of the request as arguments; return its answer as JSON text."""
    prepare(method, client)
    if method not in METHODS:
        raise ValueError(f"the kernel has no method {method!r}: it has {', '.join(METHODS)}")
    own = {"tell": tell} if method in TELLING else {}
    _arrays.clear()
    answer = METHODS[method](**json.loads(request), **own)
    _arrays.update(answer.pop("arrays", {}))
    pictures = _lift_pictures(answer)
    if "drawn" in answer:
        pictures["drawn"] = answer.pop("drawn")
    return json.dumps({**answer, "pictures": pictures}, allow_nan=False)


def arrays() -> list[tuple[str, str, array[float]]]:
    """Return what of the last answer JSON is too slow for: names, types ("f32", "f64"), numbers."""
    return [(name, f"f{8 * x.itemsize}", x) for name, x in _arrays.items()]


def _lift_pictures(answer: dict[str, Any]) -> dict[str, Any]:
    """Take what is drawn out of an answer, by the name of the part that shows it."""
    parts = {name: part for name, part in answer.items() if isinstance(part, dict)}
    return {
        name: {key: part.pop(key) for key in DRAWN if key in part}
        for name, part in {"graph": answer, **parts}.items()
        if "numbers" in part
    }
