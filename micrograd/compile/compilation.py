"""Whether a trainer's steps can be compiled: decided at the first, and when something changes."""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from typing import TYPE_CHECKING

from micrograd.compile.check import check
from micrograd.compile.fingerprint import fingerprint
from micrograd.compile.machine import aside
from micrograd.compile.steps import Steps
from micrograd.compile.tape import NotCompilable
from micrograd.compile.training import Compiled
from micrograd.compile.unrolled import Unrolled
from micrograd.data import Dataset

if TYPE_CHECKING:
    from micrograd.train import Trainer

CHECKED = 100_000  # nodes of the first step that the engine makes too
CHECKED_AGAIN = 5_000  # and of the first one after a change


class Explanation(str):
    """Text that a console or a cell shows as it is."""

    __slots__ = ()

    def __repr__(self) -> str:
        return str(self)


class Compilation:
    """The compiled steps of a trainer, or the reason why there are none."""

    def __init__(self, trainer: Trainer) -> None:
        self._trainer = trainer
        self._compiled: Steps | None = None
        self._reason = "no step has been made yet"  # why not, or why a batch at a time
        self._made_for: tuple[object, ...] = ()
        self._checked = 0  # rows
        self._nodes_to_check = CHECKED

    def train(self, steps: int) -> int:
        """Train for at most so many steps. Return for how many; 0 leaves the next to the engine."""
        compiled = self._current()
        if compiled is None:
            return 0
        try:
            with aside():
                made = compiled.train(steps)
        except NotCompilable as reason:  # a batch of another size is computed in another way
            self._compiled, self._reason = None, str(reason)
            return 0
        if made == 0:
            compiled.fail()
        return made

    def evaluate(self, data: Dataset) -> tuple[float, float | None]:
        """Return what `Trainer.evaluate` does, after a step."""
        compiled = self._compiled
        evaluator = compiled if isinstance(compiled, Unrolled) else self._trainer
        return evaluator.evaluate(data)

    def activations(self, points: Sequence[Sequence[float]]) -> list[list[array[float]]] | None:
        """Return `Trainer.activations`, or None if there is no program."""
        compiled = self._current_for(points)
        if compiled is None or compiled.trace is None:
            return None
        return compiled.trace.in_layers(compiled.activations(points))

    def gradients(
        self, points: Sequence[Sequence[float]], targets: Sequence[float]
    ) -> list[list[array[float]]] | None:
        """Return `Trainer.gradients`, or None if there is no program for them."""
        compiled = self._current_for(points)
        if not isinstance(compiled, Compiled):
            return None
        try:
            with aside():
                neurons = compiled.gradients(points, targets)
        except NotCompilable:
            return None
        return compiled.trace.in_layers(neurons)

    def _current_for(self, points: Sequence[Sequence[float]]) -> Steps | None:
        return self._current() if self._trainer.compile and len(points) else None

    def _current(self) -> Steps | None:
        """Return the program for the trainer as it is now."""
        now = fingerprint(self._trainer)
        if now != self._made_for:
            with aside():
                self._compile(is_same_graph=now[:-1] == self._made_for[:-1])
            is_decided = self._compiled is None or self._checked
            self._made_for = now if is_decided else ()  # nan and inf could not be compared
        return self._compiled

    def _compile(self, is_same_graph: bool) -> None:
        before, self._compiled = self._compiled, None
        try:
            if is_same_graph and isinstance(before, Unrolled):
                before.renew_rule()
                compiled: Steps = before
            else:
                compiled = self._rolled_or_unrolled()
            is_whole = isinstance(compiled, Unrolled)  # then only a whole batch has a tape
            nodes = compiled.batch * compiled.nodes if is_whole else self._nodes_to_check
            self._checked = check(compiled, nodes)
        except NotCompilable as reason:
            self._reason = str(reason)
            return
        self._nodes_to_check = CHECKED_AGAIN
        self._compiled = compiled

    def _rolled_or_unrolled(self) -> Steps:
        try:
            return Compiled(self._trainer)
        except NotCompilable as reason:
            self._reason = str(reason)
        try:
            return Unrolled(self._trainer)
        except NotCompilable as reason:
            reasons = dict.fromkeys([self._reason, str(reason)])
            raise NotCompilable(", and ".join(reasons)) from None

    def explain(self) -> str:
        return Explanation(self._explanation())

    def _explanation(self) -> str:
        if not self._trainer.compile:
            return "The engine makes each step: compile=False."
        compiled = self._compiled
        if compiled is None:
            return f"The engine makes each step: {self._reason}."
        rows = "row" if self._checked == 1 else "rows"
        how = "the code of one row, in a loop over the batch"
        if isinstance(compiled, Unrolled):
            how = f"an interpreter with the graph of a whole batch ({self._reason})"
        lines = [
            f"Steps run as WebAssembly: {how}.",
            f"  machine      {compiled.machine.name}",
            f"  nodes        {compiled.nodes:,} a row, {compiled.nodes * compiled.batch:,} a step",
            f"  parameters   {len(self._trainer.optimiser.parameters):,}",
            f"  code         {len(compiled.code):,} bytes",
            f"  made in      {1000 * compiled.seconds:.0f} ms",
            f"  checked      on {self._checked:,} {rows}: the same digits as the engine's",
        ]
        if not compiled.machine.is_exact:
            lines[-1] = (
                f"  checked      on {self._checked:,} {rows}; here tanh, exp, log and pow "
                "may differ from Python's in the last digits"
            )
        return "\n".join(lines)
