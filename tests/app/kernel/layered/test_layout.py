"""What holds for every drawing; and literal drawings of the smallest graphs."""

import random
from itertools import pairwise
from time import perf_counter
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.kernel.layered import Layout, layout
from tests.app.kernel.layered.shapes import nodes, sizes
from tests.bench.graphs import expression, horner, network, polynomial

Shape = tuple[list[dict[str, Any]], dict[int, tuple[float, float]]]


@st.composite
def shapes(draw: st.DrawFn) -> Shape:
    """Any graph of up to 25 nodes with up to four operands each, and cards of different sizes."""
    operands = []
    for i in range(draw(st.integers(0, 25))):
        least = st.integers(0, i - 1) if i else st.nothing()
        operands.append(draw(st.lists(least, max_size=4)) if i else [])
    shape = nodes(*operands)
    size = st.tuples(st.integers(10, 150), st.integers(10, 100))
    return shape, {node["id"]: draw(size) for node in shape}


@settings(max_examples=150, deadline=None)
@given(shapes())
def test_every_node_stands_right_of_its_operands(given_shape: Shape):
    shape, size = given_shape
    places = layout(shape, size).places
    for node in shape:
        for operand in node["operands"]:
            assert places[operand][0] + size[operand][0] < places[node["id"]][0]


@settings(max_examples=150, deadline=None)
@given(shapes())
def test_no_two_cards_overlap(given_shape: Shape):
    shape, size = given_shape
    cards = cards_of(layout(shape, size), size)
    for a in cards:
        for b in cards:
            assert a == b or not overlap(cards[a], cards[b])


@settings(max_examples=150, deadline=None)
@given(shapes())
def test_no_wire_meets_the_card_of_another_node(given_shape: Shape):
    shape, size = given_shape
    drawing = layout(shape, size)
    cards = cards_of(drawing, size)
    for (operand, node, _), points in drawing.routes.items():
        for (x1, y1), (x2, y2) in pairwise(points):
            # the box around a piece holds any curve with level ends between its points, too
            box = (x1, min(y1, y2), x2, max(y1, y2))
            others = [card for id, card in cards.items() if id not in (operand, node)]
            assert not any(overlap(box, card) for card in others)


@settings(max_examples=150, deadline=None)
@given(shapes())
def test_wires_start_and_end_where_they_should(given_shape: Shape):
    shape, size = given_shape
    places, routes, *_ = layout(shape, size)
    assert list(routes) == [(u, n["id"], s) for n in shape for s, u in enumerate(n["operands"])]
    for (operand, node, _), points in routes.items():
        (x, y), (width, height) = places[operand], size[operand]
        assert points[0] == pytest.approx((x + width, y + height / 2))
        (x, y), height = places[node], size[node][1]
        assert points[-1][0] == pytest.approx(x)
        assert y < points[-1][1] < y + height
        assert all(a[0] < b[0] for a, b in pairwise(points))
    for node in shape:
        ends = [routes[u, node["id"], slot][-1][1] for slot, u in enumerate(node["operands"])]
        assert ends == sorted(set(ends))


@settings(max_examples=150, deadline=None)
@given(shapes())
def test_everything_is_inside_the_drawing(given_shape: Shape):
    shape, size = given_shape
    drawing = layout(shape, size)
    corners = [
        p for x1, y1, x2, y2 in cards_of(drawing, size).values() for p in [(x1, y1), (x2, y2)]
    ]
    for x, y in [*corners, *(p for points in drawing.routes.values() for p in points)]:
        assert 6 - 1e-6 <= x <= drawing.width - 6 + 1e-6
        assert 6 - 1e-6 <= y <= drawing.height - 6 + 1e-6


@given(shapes())
@settings(max_examples=50, deadline=None)
def test_layout_of_the_same_shape_is_the_same(given_shape: Shape):
    shape, size = given_shape
    changed = [{**node, "data": random.random()} for node in shape]
    assert layout(shape, size) == layout(changed, size)


def test_layout_of_no_nodes():
    assert layout([], {}) == ({}, {}, 12, 12)


def test_layout_of_a_leaf_alone():
    assert layout(nodes([]), {0: (116, 74)}) == ({0: (6, 6)}, {}, 128, 86)


def test_layout_of_a_plus_a():
    drawing = layout(nodes([], [0, 0]), {0: (116, 74), 1: (116, 74)})
    assert set(drawing.routes) == {(0, 1, 0), (0, 1, 1)}
    assert drawing.places[1][0] == 6 + 116 + 104


def test_layout_of_a_chain_of_5000():
    shape = nodes([], *([i] for i in range(4999)))
    drawing = layout(shape, sizes(shape))
    assert drawing.height == 86
    assert drawing.width == 5000 * 116 + 4999 * 104 + 12


def test_layout_of_separate_components_stacks_them():
    shape = nodes([], [], [0], [1])
    assert layout(shape, sizes(shape)).places == {
        0: (6, 6),
        1: (6, 110),
        2: (226, 6),
        3: (226, 110),
    }


def test_layout_of_a_node_with_100_operands():
    shape = nodes(*([] for _ in range(100)), list(range(100)))
    drawing = layout(shape, sizes(shape))
    tops = [drawing.places[i][1] for i in range(100)]
    assert tops == sorted(tops)  # in the order of the slots
    assert drawing.height == 100 * 74 + 99 * 30 + 12


def test_layout_of_an_operand_after_its_user_is_an_error():
    with pytest.raises(ValueError, match="node 0"):
        layout([{"id": 0, "operands": [0]}], {0: (1, 1)})


L = nodes([], [], [0, 1], [], [2, 3], [], [4, 5])  # L = (a*b + c) * f


@pytest.mark.parametrize("shape", [L, polynomial(3), network(2, [2, 1])], ids=["L", "x³", "MLP"])
def test_layout_moves_nothing_when_the_result_is_used_once(shape: list[dict[str, Any]]):
    assert moved(shape, [len(shape) - 1]) == (0, 0)


@pytest.mark.parametrize("shape", [L, polynomial(3), horner(4)], ids=["L", "x³", "Horner"])
def test_layout_moves_little_when_a_wire_goes_round_everything(shape: list[dict[str, Any]]):
    right, down = moved(shape, [len(shape) - 1, 0])
    assert right == 0
    assert down <= 60  # half a card and its gap are (74 + 30)/2 = 52


def moved(shape: list[dict[str, Any]], operands: list[int]) -> tuple[float, float]:
    """Return how far nodes move at most, right and down, when one with such operands is added."""
    more = [*shape, {"id": len(shape), "operands": operands}]
    before, after = layout(shape, sizes(shape)).places, layout(more, sizes(more)).places
    by = [(abs(after[i][0] - x), abs(after[i][1] - y)) for i, (x, y) in before.items()]
    return max(right for right, _ in by), max(down for _, down in by)


def test_layout_of_300_nodes_takes_no_noticeable_time():
    shape = expression(random.Random(1), 300)
    start = perf_counter()
    layout(shape, sizes(shape))
    assert perf_counter() - start < 0.5  # about 0.05 s; a busy machine may take longer


def cards_of(drawing: Layout, size: dict[int, tuple[float, float]]) -> dict[int, tuple[float, ...]]:
    return {id: (x, y, x + size[id][0], y + size[id][1]) for id, (x, y) in drawing.places.items()}


def overlap(a: tuple[float, ...], b: tuple[float, ...]) -> bool:
    """Whether two boxes share more than an edge."""
    near = 1e-6
    return min(a[2], b[2]) - max(a[0], b[0]) > near and min(a[3], b[3]) - max(a[1], b[1]) > -near
