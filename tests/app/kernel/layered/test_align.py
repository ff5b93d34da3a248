from app.kernel.layered.align import align, crossed, medians, neighbours
from tests.app.kernel.layered.shapes import columns


def test_align_ties_a_chain_into_one_block():
    before, _ = neighbours(columns([], [0], [1]), [[0], [1], [2]])
    assert align([[0], [1], [2]], before, set()) == ([0, 0, 0], [0, 0, 0])


def test_align_makes_the_wire_level_not_the_middles():
    before, _ = neighbours(columns([], [], [0, 1]), [[0, 1], [2]])
    # the first operand arrives 7 above the middle of 2, so 2 stands 7 below the first operand
    assert align([[0, 1], [2]], before, set()) == ([0, 1, 0], [0, 0, 7])


def test_align_never_lets_two_ties_cross():
    before, _ = neighbours(columns([], [], [0], [1]), [[0, 1], [3, 2]])
    assert align([[0, 1], [3, 2]], before, set()).root == [0, 1, 2, 1]


def test_medians_are_one_or_two():
    assert medians([]) == []
    assert medians([(1, 0.0), (2, 0.0), (3, 0.0)]) == [(2, 0.0)]
    assert medians([(1, 0.0), (2, 0.0)]) == [(1, 0.0), (2, 0.0)]


def test_neighbours_of_a_bend_are_bends_first():
    cols = columns([], [0], [1, 0], [2, 0])  # 0 has the bends 4 and 5, and 4 also leads to 2
    _, after = neighbours(cols, [[0], [1, 4], [2, 5], [3]])
    assert after[4] == [(5, 0.0)]


def test_crossed_lists_what_crosses_a_long_wire():
    cols = columns([], [0], [1, 0], [2, 0])
    assert crossed(cols, [[0], [1, 4], [2, 5], [3]]) == set()
    assert crossed(cols, [[0], [1, 4], [5, 2], [3]]) == {(1, 2), (2, 1)}
