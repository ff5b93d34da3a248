from app.kernel.layered import layout
from tests.app.kernel.layered.shapes import nodes, sizes


def test_route_runs_from_the_right_middle_to_the_left_side():
    shape = nodes([], [0])
    assert layout(shape, sizes(shape)).routes == {(0, 1, 0): [(122, 43), (226, 43)]}


def test_route_gives_repeated_operands_ends_of_their_own():
    shape = nodes([], [0, 0])
    routes = layout(shape, sizes(shape)).routes
    assert routes[0, 1, 1][-1][1] - routes[0, 1, 0][-1][1] == 14


def test_route_of_a_long_wire_is_level_beside_the_cards():
    shape = nodes([], [0], [0, 1])
    _, (_, left), (right, also), _ = layout(shape, sizes(shape)).routes[0, 2, 0]
    assert left == also
    assert right == 226 + 116


def test_route_of_a_small_card_leaves_its_column_level():
    shape = nodes([], [], [0], [1])
    drawing = layout(shape, {0: (16, 20), 1: (116, 74), 2: (116, 74), 3: (116, 74)})
    (x, y), (edge, level), *_ = drawing.routes[0, 2, 0]
    assert (x, edge) == (6 + 58 + 8, 122)  # from the card in the middle of its column
    assert y == level
