"""What came of running a cell, as one plain thing."""

import math
from typing import Any, NamedTuple

from .failure import Failure
from .shown import Shown


class Outcome(NamedTuple):
    """`state` is "done", "stopped" or "failed"; `number` counts the runs of a lesson, from 1.

    `advice` is a sentence about something that Python has nothing against, or empty.
    """

    cell: str
    number: int
    state: str
    shown: Shown | None = None
    failure: Failure | None = None
    advice: str = ""

    def as_data(self) -> dict[str, Any]:
        """Return it for JSON, in which nan and the infinities are texts: "nan", "inf", "-inf"."""
        data = self._asdict()
        data["shown"] = self.shown and self.shown._asdict()
        data["failure"] = self.failure and self.failure.as_data()
        plain: dict[str, Any] = _plain(data)
        return plain


def _plain(thing: Any) -> Any:
    if isinstance(thing, dict):
        return {key: _plain(part) for key, part in thing.items()}
    if isinstance(thing, list | tuple):
        return [_plain(part) for part in thing]
    if isinstance(thing, float) and not math.isfinite(thing):
        return str(thing)
    return thing
