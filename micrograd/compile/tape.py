"""A tape: the operations that made some values, one after the other, without the `Value`s.

It is called after the tape on which the first programs for automatic differentiation recorded what
they computed (Griewank and Walther, "Evaluating Derivatives", chapter 4).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import NamedTuple

from micrograd.engine import Value

OPERATIONS = {"+", "-", "*", "/", "**", "neg", "tanh", "ReLU", "exp", "log", "sigmoid"}
POWER = "** number"  # a power whose exponent is part of the operation, and no operand


class NotCompilable(Exception):  # noqa: N818
    """The reason, as a sentence for the user."""


class Node(NamedTuple):
    """An operation with the places of its operands; or a leaf.

    A leaf is a "constant", or a number with a place of its own in memory: an "input", which differs
    from row to row, or a "parameter". Then `number` is which one.
    """

    op: str
    operands: tuple[int, ...] = ()
    number: float = 0.0  # of a constant, or the exponent of a POWER

    @property
    def place(self) -> int:
        return int(self.number)


class Tape(NamedTuple):
    nodes: list[Node]  # in the order in which they were made: operands before their results
    outputs: list[int]
    kept: list[int]  # other nodes that somebody wants to look at

    def leads_to(self, is_wanted: Callable[[int], bool]) -> list[bool]:
        """Say of each node whether it is wanted, or has one under it that is."""
        leads: list[bool] = []
        for i, node in enumerate(self.nodes):
            leads.append(is_wanted(i) or any(leads[operand] for operand in node.operands))
        return leads


Leaves = Mapping[Value, tuple[str, int]]  # what kind of leaf, and which one of them


def tape_of(outputs: Sequence[Value], leaves: Leaves, kept: Sequence[Value] = ()) -> Tape:
    """Write down everything under the outputs; leaves that are not listed are constants.

    Raises `NotCompilable` for what the engine does not have.
    """
    values = ordered([*outputs, *kept])
    places = {value: i for i, value in enumerate(values)}
    nodes = [_node(value, places, leaves) for value in values]
    return Tape(nodes, [places[v] for v in outputs], [places[v] for v in kept])


def ordered(outputs: Iterable[Value]) -> list[Value]:
    """List everything under the outputs, in the order in which it was made."""
    values = list(dict.fromkeys(outputs))
    seen = set(values)
    for value in values:  # the list grows while we walk along it
        if type(value) is not Value:
            kind = type(value).__name__
            raise NotCompilable(f"there is a {kind} where a Value of micrograd.engine is expected")
        for operand in value._prev:
            if operand not in seen:
                seen.add(operand)
                values.append(operand)
    return sorted(values, key=lambda value: value._serial)


def _node(value: Value, places: Mapping[Value, int], leaves: Leaves) -> Node:
    if value in leaves:
        kind, number = leaves[value]
        return Node(kind, (), number)
    if not value._prev:
        return Node("constant", (), value.data)
    operands = tuple(places[operand] for operand in value._prev)
    op = value._op
    if op in OPERATIONS:
        return Node(op, operands)
    if op.startswith("**") and len(operands) == 1:
        return Node(POWER, operands, float(op[2:]))
    raise NotCompilable(f"the operation {op!r} is not one of the engine's")
