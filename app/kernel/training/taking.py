"""What is taken away from a training and brought back: files and links."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from ..language import say
from . import settings as table
from .exports import (
    Facts,
    as_csv,
    as_json,
    as_micrograd,
    as_pytorch,
    from_json,
    sizes_of,
)
from .links import with_weights
from .live import begin, everything, training
from .parts import make_model
from .session import Session

Answer = dict[str, Any]

FILES: dict[str, tuple[str, Callable[[Session], str]]] = {
    "pytorch": (
        "network_in_pytorch.py",
        lambda session: as_pytorch(session.model, _facts(session)),
    ),
    "micrograd": ("network.py", lambda session: as_micrograd(session.model, _facts(session))),
    "json": ("network.json", lambda session: as_json(session.model, _facts(session))),
    "csv": ("losses.csv", lambda session: as_csv(session.curve.epochs())),
}


def training_export(what: str) -> Answer:
    """Return a file: its name and its text."""
    name, make = FILES[what]
    return {"name": name, "text": make(training())}


def training_link() -> Answer:
    """Return the settings with the weights and the epoch, as they stand in a link.

    The settings alone are in `settings`: they are enough while `is_first`, as the first weights
    follow from the seed.
    """
    session = training()
    numbers = [p.data for p in session.parameters]
    first = [p.data for p in make_model(session.settings, session.rows.width).parameters()]
    query = table.write(session.settings)
    return {
        "query": with_weights(query, numbers, session.trainer.epochs),
        "settings": query,
        "is_first": numbers == first,
    }


def training_load(text: str) -> Answer:
    """Go on with weights from JSON, also of another shape; or say what is wrong with it."""
    loaded = from_json(text)
    if isinstance(loaded, str):
        return everything([loaded])
    settings, problems = table.read(loaded.settings)
    answer = begin(settings, problems, loaded.parameters, loaded.epoch)
    if sizes_of(training().model) != loaded.sizes:
        answer["problems"].append(
            say("The weights are of another network than the settings beside them.")
        )
    return answer


def _facts(session: Session) -> Facts:
    return Facts(session.rows.formulas, table.write(session.settings), session.trainer.epochs)


METHODS: dict[str, Callable[..., Answer]] = {
    method.__name__: method for method in (training_export, training_link, training_load)
}
