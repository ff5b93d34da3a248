"""A `time.sleep` that can be stopped. In WebAssembly nothing wakes the real one up."""

import time
from collections.abc import Iterator
from contextlib import contextmanager

SLICE = 0.002  # seconds: Pyodide looks for an interrupt about every fifty instructions that jump

_sleep = time.sleep


def sleep(seconds: float) -> None:
    """Sleep in slices, so that a KeyboardInterrupt comes through; errors are as before."""
    end = time.monotonic() + max(seconds, 0)
    _sleep(min(seconds, SLICE))
    while (left := end - time.monotonic()) > 0:
        _sleep(min(left, SLICE))


@contextmanager
def interruptible_sleep() -> Iterator[None]:
    """Put it in the place of `time.sleep`, for a while."""
    time.sleep = sleep  # type: ignore[assignment]
    try:
        yield
    finally:
        time.sleep = _sleep
