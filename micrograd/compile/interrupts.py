"""Ctrl+C, and the page's Stop, at a time when nothing is half done."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from contextlib import contextmanager


class Interrupts:
    """Whether an interrupt waits."""

    is_waiting = False


@contextmanager
def held_back() -> Iterator[Interrupts]:
    """Let an interrupt wait for the end of this block; it is raised then.

    A block that takes long looks at `is_waiting`, and ends soon.
    """
    interrupts = Interrupts()

    def wait(*_: object) -> None:
        interrupts.is_waiting = True

    before = signal.getsignal(signal.SIGINT)
    try:
        signal.signal(signal.SIGINT, wait)
    except ValueError:  # in another thread than the main one, where no interrupt arrives
        yield interrupts
        return
    try:
        yield interrupts
    finally:
        signal.signal(signal.SIGINT, before)
    if interrupts.is_waiting:
        signal.raise_signal(signal.SIGINT)
