"""Weights in a link: eight bytes for each parameter, so that they come back to the bit."""

from __future__ import annotations

import base64
import binascii
import math
import struct
from collections.abc import Sequence
from urllib.parse import parse_qs

from ..language import noted, say

MOST = 10_000  # parameters


def with_weights(query: str, numbers: Sequence[float], epoch: int) -> str:
    """Return the query with the parameters and the number of the epoch."""
    code = base64.urlsafe_b64encode(struct.pack(f"<{len(numbers)}d", *numbers)).decode()
    parts = [query, f"epoch={epoch}", f"weights={code.rstrip('=')}"]
    return "&".join(part for part in parts if part)


def weights_in(query: str) -> tuple[list[float], int, str]:
    """Return the parameters in a query, the number of the epoch, and what is wrong with them."""
    found = parse_qs(query.lstrip("#?"))
    code = found.get("weights", [""])[0]
    try:
        content = base64.b64decode(code + "=" * (-len(code) % 4), altchars=b"-_", validate=True)
        numbers = [*struct.unpack(f"<{len(content) // 8}d", content)] if content else []
    except (binascii.Error, struct.error, ValueError):
        return [], 0, say(DAMAGED)
    if len(numbers) > MOST or not all(map(math.isfinite, numbers)):
        return [], 0, say(DAMAGED)
    epoch = found.get("epoch", ["0"])[0]
    return numbers, int(epoch) if epoch.isdecimal() and len(epoch) < 12 else 0, ""


DAMAGED = noted("The weights in the link were damaged on their way, so the training begins anew.")
