from app.kernel.layered.simplex import Tree, below, shorten, tight_tree, worst
from tests.app.kernel.layered.shapes import graph


def test_shorten_moves_a_node_to_where_more_wires_pull_it():
    # 2 uses 0 and 1, and 6 uses 2: at column 3, two long wires come in; at 1, one goes out
    shape = graph([], [], [0, 1], [0, 1], [3], [4], [5, 2])
    ranks = [0, 0, 3, 1, 2, 3, 4]
    shorten(shape, list(range(7)), ranks)
    assert ranks == [0, 0, 1, 1, 2, 3, 4]


def test_shorten_of_a_leaf_alone():
    ranks = [0]
    shorten(graph([]), [0], ranks)
    assert ranks == [0]


def test_tight_tree_pulls_a_distant_node_close():
    ranks = [0, 5]
    assert tight_tree(graph([], [0]), [0, 1], ranks) == Tree([0, 1], {1: 0})
    assert ranks == [4, 5]


def test_worst_is_none_if_no_half_is_pulled_away():
    assert worst(Tree([0, 1], {1: 0}), {0: 1, 1: -1}, [0, 1]) is None


def test_below_lists_what_hangs_on_a_node():
    assert below(Tree([0, 1, 2, 3], {1: 0, 2: 1, 3: 0}), 1) == {1, 2}
