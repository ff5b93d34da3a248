from app.kernel.layered.columns import arrival, split
from tests.app.kernel.layered.shapes import columns, graph


def test_split_connects_neighbouring_columns_directly():
    cols = columns([], [], [0, 1])
    assert cols.before == [[], [], [0, 1]]
    assert cols.bends == [[], [], []]
    # two operands arrive at 1/3 and 2/3 of the height, that is 1/6 above and below the middle
    assert [[(w, round(lean * 6)) for w, lean in after] for after in cols.after] == [
        [(2, -1)],
        [(2, 1)],
        [],
    ]


def test_split_bends_all_wires_of_an_operand_together():
    # 0 → 1 → 2 → 3, and 0 is also used by 2 and 3: two bends, 4 and 5, serve both
    cols = split(graph([], [0], [0, 1], [0, 2]), [0, 1, 2, 3])
    assert cols.bends == [[4, 5], [], [], []]
    assert cols.rank == [0, 1, 2, 3, 1, 2]
    assert cols.before == [[], [0], [4, 1], [5, 2], [0], [4]]


def test_split_of_nothing():
    assert split(graph(), []) == ([], [], [], [], [])


def test_arrival_spreads_operands_around_the_middle():
    assert [arrival(74, 2, slot) for slot in (0, 1)] == [-7, 7]
    assert arrival(74, 1, 0) == 0


def test_arrival_stays_on_a_small_node():
    assert [arrival(20, 4, slot) for slot in range(4)] == [-7.5, -2.5, 2.5, 7.5]  # 20/4 = 5 apart
