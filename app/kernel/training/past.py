"""The past of a training: checkpoints to go back to. What lies between them is computed again."""

from __future__ import annotations

from micrograd.checkpoint import Checkpoint
from micrograd.train import Trainer

MOST = 240  # checkpoints; from one to the next is at most about a hundredth of the training


class Past:
    """Knows each step of a trainer from `begin` to `end`, whichever it stands at now.

    Between two checkpoints the options are those of the first: a change has one of its own.
    """

    def __init__(self, trainer: Trainer, most: int = MOST) -> None:
        self._trainer = trainer
        self._most = most
        self._kept = [Checkpoint.of(trainer)]
        self._changes = {0}  # the places of checkpoints in the list that cannot be left out

    @property
    def begin(self) -> int:
        return self._kept[0].step

    @property
    def end(self) -> int:
        return self._kept[-1].step

    def mark(self, is_change: bool = False) -> None:
        """Keep this moment as the last one: what came after it is another past now.

        `is_change` says that the next steps do not follow from those before.
        """
        now = Checkpoint.of(self._trainer)
        self.cut()
        last = len(self._kept) - 1
        if self._kept[last].step < now.step:
            last += 1
            self._kept.append(now)
        self._kept[last] = now
        if is_change:
            self._changes.add(last)
        if len(self._kept) > self._most:
            self._thin_out()

    def cut(self) -> None:
        """Forget what comes after this moment."""
        while self._kept[-1].step > self._trainer.steps:
            self._kept.pop()
            self._changes.discard(len(self._kept))

    def seek(self, step: int) -> None:
        """Go to a step that is known, backward or forward, with all weights as they were there."""
        step = min(max(step, self.begin), self.end)
        before = max(kept.step for kept in self._kept if kept.step <= step)
        next(kept for kept in self._kept if kept.step == before).restore(self._trainer)
        self._trainer.run_steps(step - before)
        self._trainer.history.clear()

    def _thin_out(self) -> None:
        """Leave out every second checkpoint that is no change; of too many changes, the oldest."""
        last = len(self._kept) - 1
        places = [i for i in range(last + 1) if i in self._changes or i % 2 == 0 or i == last]
        if len(places) > 0.9 * self._most:
            places = places[len(places) // 3 :]
        changes = {k for k, i in enumerate(places) if i in self._changes}
        self._kept = [self._kept[i] for i in places]
        self._changes = {0, *changes}
