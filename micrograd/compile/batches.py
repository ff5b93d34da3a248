"""The batches of the next steps as a table for the program, and what is left of them after it."""

from __future__ import annotations

import math
import random
from array import array
from collections.abc import Callable
from types import CodeType, FunctionType

from micrograd.compile.memory import STEP


class Epochs:
    """The orders of rows in the epoch that has begun and in the next ones.

    `order` is what is left of the first. Each further one costs a shuffle of `rng`, which may be
    taken back.
    """

    def __init__(
        self,
        order: list[int],
        rows: int,
        batch: int,
        rng: random.Random | None,
        steps: int,
        room: int,
    ) -> None:
        self._rows, self._batch, self._rng = rows, batch, rng
        self._state = rng.getstate() if rng else None
        self._in_order = list(range(rows))
        self.orders = [order]
        self.first = self._batches(len(order))  # batches that are left of the first epoch
        self.each = self._batches(rows)
        planned, placed = self.first, len(order) + rows
        while planned < steps and placed <= room:
            self.orders.append(self._next())
            planned += self.each
            placed += rows if rng else 0
        self.steps = min(steps, planned)

    def _batches(self, rows: int) -> int:
        return -(-rows // self._batch)

    def _next(self) -> list[int]:
        if self._rng is None:
            return self._in_order
        order = self._in_order.copy()
        self._rng.shuffle(order)
        return order

    def placed(self) -> tuple[array[int], dict[int, int]]:
        """Return all rows, each order once, and where each order begins, by its id."""
        rows = array("i")
        begins: dict[int, int] = {}
        for order in self.orders:
            if id(order) not in begins:
                begins[id(order)] = len(rows)
                rows.extend(order)
        return rows, begins

    def ended(self, steps: int) -> int:
        """Return how many epochs end with so many steps."""
        return 0 if steps < self.first else 1 + (steps - self.first) // self.each

    def after(self, steps: int) -> tuple[int, list[int]]:
        """Return how many epochs end with so many steps, and the order that is left then.

        The generator is left as if only the shuffles up to there had been made.
        """
        ended = self.ended(steps)
        begun = steps - (self.first + (ended - 1) * self.each if ended else 0)
        if ended == len(self.orders):
            self.orders.append(self._next())
        elif self._rng and ended < len(self.orders) - 1:
            self._rng.setstate(self._state)  # type: ignore[arg-type]
            for _ in range(ended):
                self._next()
        return ended, self.orders[ended][begun * self._batch :]


def table(
    epochs: Epochs,
    begins: dict[int, int],
    batch: int,
    order: int,
    tails: dict[int, int],
    rate_of: Callable[[int], float],
    is_constant: bool,
) -> bytes:
    """Return the steps as the program reads them.

    `order` is the address of the placed rows, and `tails` has the address of the tail for each size
    of a batch. `rate_of` gives the learning rate of step 0, 1 ... from here.
    """
    known: dict[int, bytes] = {}
    parts: list[bytes] = []
    steps = 0
    for rows in epochs.orders:
        part = known.get(id(rows)) if is_constant else None
        if part is None:
            begin, n = order + 4 * begins[id(rows)], len(rows)
            end = n if is_constant else min(n, batch * (epochs.steps - steps))
            sizes = [(i, min(batch, n - i)) for i in range(0, end, batch)]
            part = b"".join(
                STEP.pack(
                    begin + 4 * i,
                    begin + 4 * (i + size),
                    tails[size],
                    i + size == n,
                    rate_of(0 if is_constant else steps + i // batch),
                )
                for i, size in sizes
            )
            known[id(rows)] = part
        parts.append(part)
        steps += len(part) // STEP.size
        if steps >= epochs.steps:
            break
    return b"".join(parts)[: epochs.steps * STEP.size]


def depends_on_the_step_alone(schedule: object) -> bool:
    """Say whether a function can use nothing but its argument, numbers, `math` and `min` or `max`.

    Others may look at the trainer (a plateau of its history), so they can't be asked ahead.
    """
    if isinstance(schedule, int | float | str) or schedule in (math, min, max, abs, round):
        return True
    if not isinstance(schedule, FunctionType):
        return False
    names, code = schedule.__globals__, schedule.__code__
    used = [names[name] for name in code.co_names if name in names]
    used += [cell.cell_contents for cell in schedule.__closure__ or ()]
    used += schedule.__defaults__ or ()
    is_plain = not any(isinstance(constant, CodeType) for constant in code.co_consts)
    return is_plain and all(map(depends_on_the_step_alone, used))
