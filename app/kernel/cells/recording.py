"""Records what a cell does with its values, until that is more than anybody could look at."""

import math
from types import FrameType
from typing import Any

from ..contribution import as_number
from ..language import say
from ..recorder import Node, Recorder, Trace, operands_of
from ..release import operands_first
from .forgotten import forgotten
from .prune import prune

MOST = 20_000  # nodes, and as many writes to gradients; then the cell goes on at full speed
READS = 1_000  # of gradients, that may have to do with the next write
LARGEST = 5_000  # nodes, in a graph that is drawn: many of them are folded


class Recording(Recorder):
    """A recorder that ends by itself after so many nodes or writes, and forgets them all."""

    def __init__(self, *classes: type, cell: str, most: int = MOST) -> None:
        super().__init__(*classes, cell=cell)
        self.most = most
        self.is_over = False
        self.advice = ""
        self._data: list[float] = []  # of the written node, for each write

    def watch(self, value_class: type) -> None:
        if not self.is_over:
            super().watch(value_class)

    def graph_of(self, output: Node, names: dict[str, Any]) -> Trace | None:
        """Return the trace of one value; None where `why_not_drawn` gives a reason.

        If the cell did not go backward, it is done here, for the picture alone: afterwards every
        gradient is what it was. To be called while the recording goes on.
        """
        if why_not_drawn(output):
            return None
        if not self.knows(output):
            self._adopt(output)
        trace = prune(self.trace(names), self.id_of(output))
        went_backward = any(event["from"] is not None for event in trace["backward"])
        if went_backward or self.is_over:
            return trace
        nodes = operands_first(output)
        kept = [node.grad for node in nodes]
        written = self.backward[:]
        self.backward.clear()
        try:
            self._go_backward(output, nodes)
            return prune(self.trace(names), self.id_of(output))
        except Exception:  # the learner's own backward(): then the picture goes forward only
            return trace
        finally:
            self._restore(nodes, kept)
            self._reads.clear()
            self.backward[:] = written

    def _go_backward(self, output: Node, nodes: list[Node]) -> None:
        self._restore(nodes, [0.0] * len(nodes))
        output.backward()

    def _restore(self, nodes: list[Node], gradients: list[Any]) -> None:
        """Set gradients without a note of it."""
        before = len(self.backward)
        for node, grad in zip(nodes, gradients):
            node.grad = grad
        del self.backward[before:]

    def advise(self, names: dict[str, Any] | None = None) -> str:
        """Return a sentence about a mistake that raises nothing, or an empty one."""
        return self.advice if self.is_over else forgotten(self.trace(names), self._data)

    def _made(self, node: Node, operands: tuple[Node, ...], caller: FrameType) -> None:
        if not self.is_over:
            super()._made(node, operands, caller)
            self._end_when_full()

    def _read(self, node: Node, reader: FrameType) -> None:
        if not self.is_over:
            del self._reads[:-READS]
            super()._read(node, reader)

    def _written(self, node: Node, old: Any, new: Any, writer: FrameType) -> None:
        if not self.is_over:
            super()._written(node, old, new, writer)
            missing = len(self.backward) - len(self._data)
            self._data += [as_number(getattr(node, "data", math.nan))] * missing
            self._end_when_full()

    def _end_when_full(self) -> None:
        if len(self.nodes) >= self.most or len(self.backward) >= self.most:
            self.advice = self.advise()
            self.is_over = True
            self.__exit__(None, None, None)
            for noted in (self.nodes, self.operands, self.forward, self.backward, self._data):
                noted.clear()
            for by_number in (self._lines, self._constant, self._ids, self._passed_on):
                by_number.clear()


def is_value(thing: object) -> bool:
    """Tell whether a thing is a node that can be drawn: an instance of any such class."""
    parts = ("data", "grad", "_op", "backward")
    has_operands = isinstance(getattr(thing, "_prev", None), tuple | list | set | frozenset)
    return has_operands and all(hasattr(thing, part) for part in parts)


def why_not_drawn(output: Node, largest: int = LARGEST) -> str:
    """Say why the graph of a value cannot be drawn; an empty text if it can be."""
    users: dict[int, int] = {id(output): 0}
    waiting, nodes = [output], {id(output): output}
    while waiting and len(nodes) <= largest:
        for operand in operands_of(waiting.pop()):
            if id(operand) not in nodes:
                nodes[id(operand)] = operand
                waiting.append(operand)
            users[id(operand)] = users.get(id(operand), 0) + 1
    if len(nodes) > largest:
        return say("This graph is too large to be drawn: up to {most} nodes can be.", most=largest)
    if _ends(output, users):
        return ""
    return say("This was made from itself, so it cannot be drawn.")


def _ends(output: Node, users: dict[int, int]) -> bool:
    """Take away, one by one, nodes that nobody uses any more (Kahn 1962): a circle would stay."""
    waiting, taken = [output] if not users[id(output)] else [], 0
    while waiting:
        taken += 1
        for operand in operands_of(waiting.pop()):
            users[id(operand)] -= 1
            if not users[id(operand)]:
                waiting.append(operand)
    return taken == len(users)
