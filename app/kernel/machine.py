"""The browser as the machine that runs compiled training: static/kernel/machine.js in Python."""

from typing import Any

from micrograd.compile.machine import Instance


class BrowserMachine:
    name = "this browser"

    def __init__(self, javascript: Any) -> None:
        self._javascript = javascript
        self.is_exact: bool = javascript.isExact

    def instantiate(self, code: bytes) -> Instance:
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
