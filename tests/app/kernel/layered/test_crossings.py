from app.kernel.layered.crossings import crossings


def test_crossings_counts_pairs_in_the_wrong_order():
    assert crossings([[1], [0]]) == 1
    assert crossings([[0], [1]]) == 0
    assert crossings([[2], [1], [0]]) == 3


def test_crossings_of_wires_from_one_item_are_none():
    assert crossings([[0, 1, 2]]) == 0


def test_crossings_of_all_with_all():
    assert crossings([[0, 1, 2], [0.5, 1.5, 2.5]]) == 3  # 0.5 under 1 and 2; 1.5 under 2


def test_crossings_of_nothing():
    assert crossings([]) == 0
