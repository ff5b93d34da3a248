"""Hands on what a cell prints, in pieces of a reasonable size, and ends when it is too much."""

import time
from collections.abc import Callable
from io import TextIOBase

from ..language import counted, say

MOST = 200_000  # characters that are shown of one run
PIECE = 8_192  # characters that are handed on together
OFTEN = 40  # pieces a second; faster ones are joined
SOON = 0.1  # seconds, after which half a line is handed on too


class Writer(TextIOBase):
    """Stands in for `sys.stdout` and `sys.stderr`. Lines go on at once, unless there are many."""

    def __init__(self, write: Callable[[str], object], most: int = MOST) -> None:
        self.left = most
        self.dropped = 0
        self._write = write
        self._waiting: list[str] = []
        self._length = 0
        self._last = time.monotonic()  # when something was handed on
        self._second, self._pieces = 0.0, 0  # when the second began, and how many were in it

    def writable(self) -> bool:
        return True

    def write(self, text: str) -> int:
        """Take a text; return its length, as files do. TypeError for anything else."""
        if not isinstance(text, str):
            raise TypeError(f"only text can be printed, not {type(text).__name__}")
        shown = text[: self.left]
        self.left -= len(shown)
        self.dropped += len(text) - len(shown)
        if shown:
            self._waiting.append(shown)
            self._length += len(shown)
            if self._length >= PIECE:
                self._hand_on()
            elif "\n" in shown or time.monotonic() - self._last > SOON:
                self.flush()
        return len(text)

    def flush(self) -> None:
        """Hand on what is waiting, if that was not done too often within this second."""
        now = time.monotonic()
        if now - self._second >= 1:
            self._second, self._pieces = now, 0
        if self._pieces < OFTEN:
            self._pieces += 1
            self._hand_on()

    def end(self) -> None:
        """Hand on the rest, and say how much was dropped."""
        if self.dropped:
            says = say("… {count} more characters were not shown", count=counted(self.dropped))
            self._waiting.append(f"\n{says}\n")
        self._hand_on()

    def _hand_on(self) -> None:
        text, self._waiting, self._length = "".join(self._waiting), [], 0
        self._last = time.monotonic()
        if text:
            self._write(text)
