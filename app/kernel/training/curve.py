"""The losses of a training over its epochs, as many as a chart can show."""

from __future__ import annotations

import math
from array import array
from collections.abc import Iterable

from micrograd.train import Epoch

MOST = 800  # epochs
COLUMNS = ("epoch", "train_loss", "test_loss", "train_accuracy", "test_accuracy")


class Curve:
    """Keeps the first epoch, the last, and those between whose number is a multiple of `stride`.

    The stride doubles when there are too many.
    """

    def __init__(self, first: Epoch, most: int = MOST) -> None:
        self._most = most
        self._stride = 1
        self._kept = [first]
        self.last = first

    def add(self, epochs: Iterable[Epoch]) -> None:
        for epoch in epochs:
            self.last = epoch
            if epoch.epoch % self._stride == 0:
                self._kept.append(epoch)
                if len(self._kept) > self._most:
                    self._thin_out()

    def cut(self, step: int) -> None:
        """Forget the epochs that ended after this step."""
        self._kept = [epoch for epoch in self._kept if epoch.step <= step] or self._kept[:1]
        if self.last.step > step:
            self.last = self._kept[-1]

    def epochs(self) -> list[Epoch]:
        """Return the epochs that are kept, in order, and always the last."""
        return self._kept if self._kept[-1] == self.last else [*self._kept, self.last]

    def at(self, step: int) -> Epoch:
        """Return the last epoch that is kept and was over at this step; else the first."""
        return self.before(step + 1) or self._kept[0]

    def until(self, step: int) -> list[Epoch]:
        """Return the epochs that are kept and were over at this step."""
        return [epoch for epoch in self.epochs() if epoch.step <= step]

    def before(self, step: int) -> Epoch | None:
        """Return the last epoch that is kept and ended before this step."""
        return next((epoch for epoch in reversed(self.epochs()) if epoch.step < step), None)

    def columns(self) -> array[float]:
        """Return the numbers of `COLUMNS`, one column after the other; nan where there is none."""
        epochs = self.epochs()
        columns = array("d")
        for name in COLUMNS:
            numbers = (getattr(epoch, name) for epoch in epochs)
            columns.extend(math.nan if x is None else x for x in numbers)
        return columns

    def _thin_out(self) -> None:
        self._stride *= 2
        first, *others = self._kept
        self._kept = [first, *(e for e in others if e.epoch % self._stride == 0)]
