import math

from app.kernel.layered.align import neighbours
from app.kernel.layered.straighten import beside, best_level, room, straighten
from tests.app.kernel.layered.shapes import columns


def test_straighten_takes_a_small_kink_out():
    cols = columns([], [0])
    near = [a + b for a, b in zip(*neighbours(cols, [[0], [1]]))]
    assert straighten(cols, [[0], [1]], near, [37, 47], (0, 100)) == [47, 47]


def test_straighten_leaves_a_large_one():
    cols = columns([], [0])
    near = [a + b for a, b in zip(*neighbours(cols, [[0], [1]]))]
    assert straighten(cols, [[0], [1]], near, [37, 87], (0, 200)) == [37, 87]


def test_best_level_is_where_most_wires_are_level():
    near = [[(1, 0.0), (2, 0.0), (3, 0.0)]]
    assert best_level([0], near, [1, 3, 3, 2], (0, 9), math.inf) == 3
    assert best_level([0], near, [1, 3, 3, 2], (0, 2.5), math.inf) == 2
    assert best_level([0], [[]], [1], (0, 9), math.inf) == 1


def test_beside_lists_who_is_above_and_below():
    assert beside([[2, 0], [1]], 3) == [(2, None), (None, None), (None, 0)]


def test_room_ends_at_the_neighbours_and_at_the_edge():
    cols = columns([], [])
    assert room(cols, [37, 200], (0, None), 1, (0, 300)) == (141, 263)
