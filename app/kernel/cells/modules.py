"""The modules of `micrograd` that a lesson's cells import: copies of the lesson's own.

Whoever changes the engine in a cell, as in `Value.sin = ...`, changes it for this lesson, while the
figures of the page go on with theirs. And all that a cell can import shares one `Value`. A lesson
that begins while a learner's edition is in force begins with that.
"""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from types import ModuleType

from ..edition import put_copy_in_place


class Modules:
    """The modules of one lesson, `__main__` among them. They are there inside a `with`."""

    def __init__(self, main: ModuleType) -> None:
        self._own: dict[str, ModuleType] = {"__main__": main}
        with self.in_place():
            put_copy_in_place()

    @contextmanager
    def in_place(self) -> Iterator[None]:
        """Put the lesson's modules in the place of the others, for a while."""
        others = _take()
        sys.modules.update(self._own)
        try:
            yield
        finally:
            self._own = _take()
            sys.modules.update(others)


def _take() -> dict[str, ModuleType]:
    names = [name for name in sys.modules if name.partition(".")[0] in ("micrograd", "__main__")]
    return {name: sys.modules.pop(name) for name in names}
