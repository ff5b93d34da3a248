from app.kernel.layered.sift import best_move, excess, sift
from tests.app.kernel.layered.shapes import columns


def test_sift_exchanges_two_items_whose_wires_cross():
    cols = columns([], [], [0], [1])
    assert sift(cols, [[0, 1], [3, 2]]) in ([[1, 0], [3, 2]], [[0, 1], [2, 3]])


def test_sift_puts_operands_in_order():
    assert sift(columns([], [], [0, 1]), [[1, 0], [2]]) == [[0, 1], [2]]


def test_sift_leaves_good_columns_alone():
    assert sift(columns([], [], [0, 1]), [[0, 1], [2]]) == [[0, 1], [2]]


def test_best_move_passes_several_at_once():
    ends = {0: ([], [5.0]), 1: ([], [1.0]), 2: ([], [2.0])}
    assert best_move(ends, 0, [1, 2], 1) == (2, 2)  # both crossings go, two places down
    assert best_move(ends, 2, [1, 0], -1) == (0, 0)  # passing 1 costs what passing 0 saves


def test_excess_is_what_one_order_costs_more_than_the_other():
    assert excess([2.0], [1.0]) == 1
    assert excess([1.0, 2.0], [3.0]) == -2
    assert excess([1.0, 4.0], [3.0]) == 0
    assert excess([1.0], [1.0]) == 0  # wires from one item never cross
    assert excess([], [1.0]) == 0
