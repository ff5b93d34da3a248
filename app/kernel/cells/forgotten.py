"""Notices a training loop that forgets to set gradients to 0. Python has nothing against it."""

from typing import NamedTuple

from ..language import in_language, noted, say
from ..recorder import Trace
from ..writes import calls, kinds

FORGOTTEN = noted(
    "{} still had its gradient of the step before, and backward() added the new one to it. "
    "Set all gradients to 0 before each backward(): for p in parameters: p.grad = 0"
)


class _Write(NamedTuple):
    """A write to the gradient of a leaf, and the leaf's number at that time."""

    kind: str
    call: int
    before: float
    data: float


def forgotten(trace: Trace, data: list[float]) -> str:
    """Return the sentence about the first leaf whose gradient should have been set to 0, or "".

    `data` is the number of the written node at each backward event. A leaf counts only if all of
    this is so: its number was changed between two calls of `backward()`; the second added to the
    gradient that the first had left; its number was changed once more after that; and nothing else
    ever touched its gradient. To add up gradients, and then take one step, is no mistake.
    """
    writes: dict[int, list[_Write]] = {}
    for event, kind, call, number in zip(trace["backward"], kinds(trace), calls(trace), data):
        write = _Write(kind, call, event["before"], number)
        writes.setdefault(event["to"], []).append(write)
    for node in trace["nodes"]:
        if not node["operands"] and _is_forgotten(writes.get(node["id"], []), node["data"]):
            return in_language(FORGOTTEN).format(node["label"] or say("A value"))
    return ""


def _is_forgotten(writes: list[_Write], now: float) -> bool:
    """Look at all writes to one leaf's gradient; `now` is its number in the end."""
    if any(write.kind in ("given", "overwrite") for write in writes):
        return False
    last: _Write | None = None  # of the call before
    for before, write in zip([None, *writes], writes):
        begins = before is None or before.call != write.call
        last = before if begins else last
        adds = write.kind == "kept" or (write.kind == "pass" and begins and write.before != 0)
        if adds and last and last.data != write.data != now:
            return True
    return False
