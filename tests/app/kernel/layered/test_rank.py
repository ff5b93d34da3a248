from app.kernel.layered.rank import early, late, rank
from tests.app.kernel.layered.shapes import graph


def test_rank_puts_a_leaf_just_before_its_first_user():
    # 0 → 1 → 2 → 3, and the leaf 4 that only the last node uses
    assert rank(graph([], [0], [1], [], [2, 3])) == [0, 1, 2, 2, 3]


def test_rank_moves_a_subtree_with_its_leaves():
    # a chain 0 → 1 → 2 → 3, and a product 6 of the leaves 4 and 5, added to its end
    assert rank(graph([], [0], [1], [2], [], [], [4, 5], [3, 6])) == [0, 1, 2, 3, 2, 2, 3, 4]


def test_rank_leaves_a_product_of_early_values_early():
    # 2 = 0 * 1, and 0 and 1 are also used at once: late, 2 would draw two wires after it, not one
    shape = graph([], [], [0, 1], [0, 1], [3], [4], [5, 2])
    assert rank(shape) == [0, 0, 1, 1, 2, 3, 4]


def test_rank_brings_loose_ends_back_to_their_operand():
    assert rank(graph([], [0], [1], [0])) == [0, 1, 2, 1]


def test_rank_starts_each_component_at_the_first_column():
    assert rank(graph([], [0], [], [2])) == [0, 1, 0, 1]


def test_rank_of_repeated_operands():
    assert rank(graph([], [0, 0])) == [0, 1]


def test_rank_of_nothing_and_of_a_leaf():
    assert rank(graph()) == []
    assert rank(graph([])) == [0]


def test_early_is_one_more_than_the_last_operand():
    assert early(graph([], [0], [], [1, 2])) == [0, 1, 0, 2]


def test_late_moves_only_what_is_used():
    assert late(graph([], [0], [], [1, 2]), [0, 1, 0, 2]) == [0, 1, 1, 2]
