from app.kernel.layered.place import floor, mean, place, span, squeeze
from tests.app.kernel.layered.shapes import columns


def test_place_makes_a_chain_level():
    assert place(columns([], [0], [1]), [[0], [1], [2]]) == [37, 37, 37]


def test_place_puts_a_node_in_the_middle_of_its_operands():
    assert place(columns([], [], [0, 1]), [[0, 1], [2]]) == [37, 141, 89]  # (37 + 141)/2


def test_place_of_nothing_and_of_a_leaf():
    assert place(columns(), []) == []
    assert place(columns([]), [[0]]) == [37]


def test_mean_is_that_of_the_middle_two():
    # as wide as [0], all four are laid over each other at 0
    assert mean([[0.0], [9.0], [5.0], [7.0]], [0.0], (0.0, 0.0)) == [0]


def test_span_counts_half_the_height_on_either_side():
    assert span([37, 141], [74, 74]) == (0, 178)
    assert span([], []) == (0, 0)


def test_squeeze_moves_items_inside():
    cols = columns([], [])
    assert squeeze(cols, [[0, 1]], [37, 400], (0, 178)) == [37, 141]


def test_floor_stacks_a_column():
    assert floor(columns([], []), [1, 0], 10) == [47, 151]
    assert floor(columns(), [], 10) == []
