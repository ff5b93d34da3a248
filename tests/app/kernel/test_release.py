"""Graphs that are let go node by node, however deep they are."""

import weakref

from app.kernel.release import operands_first, release


class Node:
    def __init__(self, *operands: "Node") -> None:
        self._prev = operands


def test_operands_first_lists_every_node_once_and_after_its_operands() -> None:
    a = Node()
    b, c = Node(a, a), Node(a)
    output = Node(b, c, b)
    found = operands_first(output)
    assert {*found} == {a, b, c, output}
    assert len(found) == 4
    assert all(found.index(x) < found.index(node) for node in found for x in node._prev)


def test_release_frees_a_deep_chain_from_its_output_on() -> None:
    freed: list[int] = []
    node = Node()
    for i in range(100_000):
        node = Node(node)
        weakref.finalize(node, freed.append, i)
    held = operands_first(node)
    del node
    release(held)
    assert freed == [*reversed(range(100_000))]
