"""Graphs written down as tapes."""

import pytest

from micrograd.compile.tape import Node, NotCompilable, tape_of
from micrograd.engine import Value


def test_tape_of_a_leaf_alone_is_a_constant() -> None:
    a = Value(2)
    assert tape_of([a], {}) == ([Node("constant", (), 2.0)], [0], [])


def test_tape_of_a_plus_a_reads_a_twice() -> None:
    a = Value(2)
    nodes = [Node("input", (), 0), Node("+", (0, 0))]
    assert tape_of([a + a], {a: ("input", 0)}).nodes == nodes


def test_exponent_is_part_of_the_operation() -> None:
    a = Value(2)
    assert tape_of([a**3], {a: ("input", 0)}).nodes[1] == Node("** number", (0,), 3.0)


def test_needs_gradient_follows_the_operands() -> None:
    a, b = Value(2), Value(3)
    tape = tape_of([a * 2 + b], {a: ("parameter", 0), b: ("input", 0)})
    is_wanted = [node.op == "parameter" for node in tape.nodes]
    assert tape.leads_to(is_wanted.__getitem__) == [True, False, False, True, True]


def test_unknown_operation_is_named() -> None:
    with pytest.raises(NotCompilable, match="the operation 'cube' is not one of the engine's"):
        tape_of([Value(8, (Value(2),), "cube", _local=(12.0,))], {})


def test_chain_of_10000_is_a_tape() -> None:
    a = Value(1)
    for _ in range(10_000):
        a = a + 1
    assert len(tape_of([a], {}).nodes) == 20_001
