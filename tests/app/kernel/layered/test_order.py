from app.kernel.layered.order import count, first, follow, order, sweep
from tests.app.kernel.layered.shapes import columns
from tests.bench.graphs import network


def test_order_puts_operands_from_top_to_bottom():
    assert order(columns([], [], [1, 0])) == [[1, 0], [2]]


def test_order_of_a_tree_has_no_crossing():
    cols = columns([], [], [], [], [3, 0], [1, 2], [5, 4])
    assert count(cols, order(cols)) == 0


def test_order_finds_what_the_first_walk_misses():
    cols = columns(*(node["operands"] for node in network(2, [3, 1])))
    assert (count(cols, first(cols)), count(cols, order(cols))) == (12, 7)


def test_order_of_nothing_and_of_a_leaf():
    assert order(columns()) == []
    assert order(columns([])) == [[0]]


def test_order_keeps_components_apart():
    assert order(columns([], [], [0], [1])) == [[0, 1], [2, 3]]


def test_first_walks_from_the_result_to_its_operands():
    assert first(columns([], [], [1, 0])) == [[1, 0], [2]]


def test_follow_sorts_by_operands_and_keeps_leaves_in_place():
    # columns: [0, 1], [a leaf 2, 3 = f(1), 4 = f(0)], [5 = g(2, 3, 4)]
    cols = columns([], [], [], [1], [0], [2, 3, 4])
    assert follow(cols, [[0, 1], [2, 3, 4], [5]]) == [[0, 1], [2, 4, 3], [5]]


def test_sweep_sorts_by_neighbours_on_both_sides():
    assert sweep(columns([], [], [0], [1]), [[0, 1], [3, 2]], rightwards=True) in (
        [[0, 1], [2, 3]],
        [[1, 0], [3, 2]],
    )


def test_count_adds_up_all_columns():
    assert count(columns([], [], [0], [1]), [[0, 1], [3, 2]]) == 1
    assert count(columns([], [], [0, 1]), [[1, 0], [2]]) == 1  # operands in the wrong order
