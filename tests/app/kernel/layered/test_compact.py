from app.kernel.layered.align import Blocks
from app.kernel.layered.compact import apart, compact, from_the_top


def test_compact_stacks_cards_with_a_gap():
    # 74 high and 30 apart: middles at 37 and 37 + 104
    assert compact([[0, 1]], [74, 74], 2, Blocks([0, 1], [0, 0])) == [37, 141]


def test_compact_moves_a_block_as_one():
    # 2 is level with 1, which stands under 0
    assert compact([[0, 1], [2]], [74, 74, 74], 3, Blocks([0, 1, 1], [0, 0, 0])) == [37, 141, 141]


def test_compact_of_nothing():
    assert compact([], [], 0, Blocks([], [])) == []


def test_apart_keeps_wires_closer_than_cards():
    heights = [74.0, 74.0, 0.0, 0.0]
    assert apart(0, 1, heights, 2) == 74 + 30
    assert apart(1, 2, heights, 2) == 37 + (30 + 14) / 2
    assert apart(2, 3, heights, 2) == 14


def test_from_the_top_lists_a_block_after_all_above_it():
    assert from_the_top({3: [], 1: [(3, 1.0)], 2: [(1, 1.0), (3, 1.0)]}) == [2, 1, 3]
