"""The browser as the machine that runs compiled training: static/kernel/machine.js in Python."""

import sys
from typing import Any

from .recorder import unheard


class BrowserMachine:
    name = "this browser"
    # Training is too much to be drawn, and slow when it is recorded.
    aside = staticmethod(unheard)

    def __init__(self, javascript: Any) -> None:
        self._javascript = javascript
        self.is_exact: bool = javascript.isExact

    def instantiate(self, code: bytes) -> "_BrowserInstance":
        return _BrowserInstance(self._javascript.instantiate(code))


class _BrowserInstance:
    def __init__(self, javascript: Any) -> None:
        self.call = javascript.call
        self._part = javascript.part

    def read(self, address: int, size: int) -> bytes:
        content: bytes = self._part(address, size).to_bytes()
        return content

    def write(self, address: int, content: bytes | bytearray | memoryview) -> None:
        self._part(address, len(content)).assign(content)


def use_machine(javascript: Any) -> None:
    """Offer it to all engines, each lesson's own too: `micrograd.compile.machine` looks there."""
    sys.modules["micrograd_machine"] = BrowserMachine(javascript)  # type: ignore[assignment]
