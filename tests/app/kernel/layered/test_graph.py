import pytest

from app.kernel.layered.graph import components, read
from tests.app.kernel.layered.shapes import graph


def test_read_turns_ids_into_positions_and_lists_users():
    shape = [{"id": 7, "operands": []}, {"id": 9, "operands": [7, 7]}]
    found = read(shape, {7: (1, 2), 9: (3, 4)})
    assert found == ([7, 9], [[], [0, 0]], [[1, 1], []], [(1, 2), (3, 4)])


def test_read_of_nothing():
    assert read([], {}) == ([], [], [], [])


def test_read_says_which_node_stands_before_its_operand():
    with pytest.raises(ValueError, match="an operand of node 0 does not stand before it"):
        read([{"id": 0, "operands": [1]}, {"id": 1, "operands": []}], {0: (1, 1), 1: (1, 1)})


def test_components_come_in_the_order_of_their_first_nodes():
    assert components(graph([], [], [0], [1])) == [[0, 2], [1, 3]]


def test_components_of_nothing():
    assert components(graph()) == []
