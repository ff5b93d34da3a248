"""The curve, its tangent and the nudge: where things are on the plane, and what is said of them."""

import math
import re
import xml.etree.ElementTree as ET
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.kernel.slope import (
    HEIGHT,
    LEFT,
    RIGHT,
    WIDTH,
    Nudge,
    Plane,
    _curve,
    _plane,
    compare,
    draw_slope,
)

INF, NAN = math.inf, math.nan


def nudge_of(f: Callable[[float], float], x: float, h: float, slope: float) -> Nudge:
    return Nudge(x, f(x), h, f(x + h), slope)


def draw(f: Callable[[float], float], nudge: Nudge, op: str = "+") -> ET.Element:
    return ET.fromstring(draw_slope(op, f, nudge, ("a", "c")))


def part(svg: ET.Element, kind: str) -> ET.Element | None:
    return svg.find(f".//*[@class='{kind}']")


def kinds(svg: ET.Element) -> list[str]:
    return [element.attrib["class"] for element in svg]


# The plane.


def test_plane_maps_its_corners_to_the_picture() -> None:
    plane = Plane(middle=2.0, reach=8.0)
    assert (plane.x(LEFT), plane.x(0), plane.x(RIGHT)) == (0, WIDTH / 2, WIDTH)
    assert (plane.y(10), plane.y(2), plane.y(-6)) == (0, HEIGHT / 2, HEIGHT)  # up is up


@pytest.mark.parametrize(
    ("y", "y_nudged", "middle"),
    [
        (0.0, 1.0, 0.0),
        (6.0, -6.0, 0.0),  # just in sight: 6 = 0.75·8
        (7.0, 6.5, 1.0),  # 7 - 6
        (-7.0, -6.5, -1.0),
        (5.0, 9.0, 3.0),  # 9 - 6, so that the nudged point is in sight too
        (0.0, 100.0, 0.0),  # both don't fit
        (100.0, 0.0, 94.0),  # 100 - 6
        (100.0, INF, 94.0),
        (INF, 1.0, 0.0),
        (NAN, NAN, 0.0),
    ],
)
def test_plane_moves_only_as_far_as_it_must(y: float, y_nudged: float, middle: float) -> None:
    assert _plane("+", Nudge(0.0, y, 0.1, y_nudged, 1.0)) == Plane(middle, 8.0)


@pytest.mark.parametrize(("op", "reach"), [("tanh", 1.6), ("log", 3.2), ("exp", 6.4), ("*", 8.0)])
def test_plane_reaches_as_far_as_suits_the_operation(op: str, reach: float) -> None:
    assert _plane(op, Nudge(0.0, 0.0, 0.1, 0.0, 1.0)).reach == reach


@given(y=st.floats(-1e12, 1e12), y_nudged=st.floats())
def test_plane_keeps_the_point_in_sight(y: float, y_nudged: float) -> None:
    plane = _plane("+", Nudge(0.0, y, 0.1, y_nudged, 1.0))
    assert 0 < plane.y(y) < HEIGHT


# The curve.

HERE = Plane(0.0, 8.0)


def test_curve_of_a_line_is_one_stroke_through_all_points() -> None:
    path = _curve(HERE, lambda x: x)
    # (4.3/8 of the upper half: 125 - 67.2, and as far below)
    assert path.startswith("M0.0 192.2L")
    assert path.endswith("L340.0 57.8")
    assert (path.count("M"), path.count("L")) == (1, 120)


def test_curve_is_interrupted_at_a_pole() -> None:
    path = _curve(HERE, lambda x: 1 / x if x else INF)
    left, right = path.split("M")[1:]
    xs = [[float(x) for x in re.findall(r"([\d.]+) ", stroke)] for stroke in (left, right)]
    assert (max(xs[0]), min(xs[1])) == (167.2, 172.8)  # 170 is 0, and 340/120 the next point


def test_curve_does_not_jump_across_a_pole_between_two_points() -> None:
    path = _curve(HERE, lambda x: 1 / (x - 0.03))
    assert path.count("M") == 2


def test_curve_is_interrupted_where_there_is_no_number() -> None:
    path = _curve(HERE, lambda x: NAN if abs(x) < 1 else x)
    assert path.count("M") == 2
    assert "nan" not in path


@pytest.mark.parametrize("y", [NAN, INF, -INF, 1000.0])
def test_curve_that_is_nowhere_in_sight_is_empty(y: float) -> None:
    assert _curve(HERE, lambda x: y) == ""


# The drawing.


def test_draw_slope_has_all_parts_in_order() -> None:
    svg = draw(lambda x: x * x, nudge_of(lambda x: x * x, 1.0, 1.0, 2.0))
    assert kinds(svg) == [
        *["axis", "axis-name", "axis-name", "curve", "tangent", "secant"],
        *["sides", "side", "side", "nudged", "point"],
    ]
    assert [text.text for text in svg.iter("text")] == ["a", "c", "h", "Δc"]
    assert svg.attrib["aria-label"] == ("c as a varies, with its tangent at a and the nudge by h")


def test_draw_slope_lets_tangent_and_secant_meet_in_the_point() -> None:
    f = lambda x: x * x  # noqa: E731
    svg = draw(f, nudge_of(f, 0.0, 2.0, 0.0))
    # slope 0 through y = 0; quotient (4 - 0)/2 = 2: ±8.6 at ±4.3, that is 125 ∓ 134.375
    assert part(svg, "tangent").attrib["d"] == "M0 125.0L340 125.0"  # type: ignore[union-attr]
    assert part(svg, "secant").attrib["d"] == "M0 259.4L340 -9.4"  # type: ignore[union-attr]
    point = part(svg, "point")
    assert point is not None
    assert (point.attrib["cx"], point.attrib["cy"]) == ("170.0", "125.0")


def test_draw_slope_names_the_sides_only_where_there_is_room() -> None:
    f = lambda x: x  # noqa: E731
    assert "side" in kinds(draw(f, nudge_of(f, 1.0, 0.5, 1.0)))  # 0.5/8.6·340 = 19.8
    assert "side" not in kinds(draw(f, nudge_of(f, 1.0, 0.4, 1.0)))  # 15.8


@pytest.mark.parametrize("slope", [INF, -INF, NAN])
def test_draw_slope_omits_a_tangent_that_has_no_finite_slope(slope: float) -> None:
    svg = draw(lambda x: x, Nudge(0.0, 0.0, 0.1, 0.1, slope))
    assert "tangent" not in kinds(svg)
    assert {"secant", "point", "nudged"} <= set(kinds(svg))


@pytest.mark.parametrize("y", [INF, -INF, NAN])
def test_draw_slope_without_a_point_has_only_axes_and_curve(y: float) -> None:
    svg = draw(lambda x: x, Nudge(0.0, y, 0.1, 0.1, 1.0))
    assert set(kinds(svg)) == {"axis", "axis-name", "curve"}


def test_draw_slope_without_a_nudged_point_keeps_the_point_and_its_tangent() -> None:
    svg = draw(lambda x: x, Nudge(-1.0, -1.0, 1.0, INF, -1.0))  # 1/x, nudged into its pole
    assert kinds(svg)[-2:] == ["tangent", "point"]


def test_draw_slope_omits_what_lies_too_far_away_for_a_browser() -> None:
    f = math.exp
    svg = draw(f, Nudge(709.0, f(709.0), 0.1, f(709.1), f(709.0)), "exp")
    # e^709 = 8e307 is the middle of the plane, and the slope too: all but the point is 1e307 away
    assert set(kinds(svg)) == {"axis", "axis-name", "curve", "point"}


@given(
    numbers=st.tuples(*[st.floats()] * 5),
    ys=st.lists(st.floats(), min_size=1, max_size=5),
    op=st.sampled_from(["+", "tanh", "log", "ReLU", "exp"]),
)
def test_draw_slope_is_well_formed_for_any_floats(
    numbers: tuple[float, float, float, float, float], ys: list[float], op: str
) -> None:
    x, y, h, y_nudged, slope = numbers
    values = iter(ys * 200)
    text = draw_slope(
        op, lambda x: next(values), Nudge(x, y, h or 0.1, y_nudged, slope), ("a", "c")
    )
    for element in ET.fromstring(text):
        for key in ("d", "cx", "cy", "x", "y"):
            assert not re.search(r"nan|inf|e", element.get(key, "")), element.attrib


# What is said.


def test_quotient_is_the_change_of_y_for_each_h() -> None:
    assert Nudge(1.0, 1.0, 0.5, 2.25, 2.0).quotient == 2.5  # (2.25 - 1)/0.5


SAME = "The same, to the last digit."
ROUNDING = "As close as rounding lets it come: a result has only 16 digits."
DROWNS = "So small a step drowns in rounding: before and after share most of their 16 digits."
ALMOST = "Almost the derivative. A smaller h brings it closer, until rounding takes over."
BENDS = "The curve bends within the step. Make h smaller."
NO_SLOPE = "There is no finite slope at this place."
NO_RESULT = "The step leads to where there is no finite result. Make h smaller."


@pytest.mark.parametrize(
    ("nudge", "sentence"),
    [
        # x², from 1: the quotient is 2 + h
        (nudge_of(lambda x: x * x, 1.0, 1.0, 2.0), BENDS),
        (nudge_of(lambda x: x * x, 1.0, 0.01, 2.0), BENDS),
        (nudge_of(lambda x: x * x, 1.0, 0.001, 2.0), ALMOST),
        (nudge_of(lambda x: x * x, 1.0, 1e-7, 2.0), ALMOST),
        (nudge_of(lambda x: x * x, 1.0, 1e-12, 2.0), DROWNS),
        # steep: within a thousandth of the slope is close
        (Nudge(0.0, 0.0, 1.0, 1000.9, 1000.0), ALMOST),
        (Nudge(0.0, 0.0, 1.0, 1001.1, 1000.0), BENDS),
        # flat: a thousandth is close
        (Nudge(0.0, 0.0, 1.0, 0.0009, 0.0), ALMOST),
        # a straight line has nothing but rounding: (2.5 - 2.4)/0.1 = 1.0000000000000009
        (nudge_of(lambda x: x + 2, 0.4, 0.1, 1.0), ROUNDING),
        (nudge_of(lambda x: x + 2, 0.5, 0.25, 1.0), SAME),
        (nudge_of(lambda x: 0.0, -1.0, 0.1, 0.0), SAME),
        # 1e17 + 1 is 1e17: a large step can drown too
        (nudge_of(lambda x: x + 2, 1e17, 1.0, 1.0), DROWNS),
        (nudge_of(lambda x: x + 1e17, 1.0, 1.0, 1.0), DROWNS),
        # poles
        (Nudge(0.0, INF, 0.1, 10.0, -INF), NO_SLOPE),
        (Nudge(0.0, 0.0, 0.1, 0.1, NAN), NO_SLOPE),
        (Nudge(-1.0, NAN, 0.1, NAN, -1.0), NO_SLOPE),  # log(-1)
        (Nudge(-1.0, -1.0, 1.0, INF, -1.0), NO_RESULT),  # 1/x from -1 to 0
    ],
)
def test_compare_says_how_close_it_came_and_why(nudge: Nudge, sentence: str) -> None:
    assert compare(nudge) == sentence


TENTHS = st.integers(-40, 40).map(lambda k: k / 10)
STEPS = st.integers(-48, 0).map(lambda k: 10.0 ** (k / 4))


@given(x=TENTHS, slope=TENTHS, offset=TENTHS, h=STEPS)
def test_compare_never_finds_a_bend_in_a_straight_line(
    x: float, slope: float, offset: float, h: float
) -> None:
    assert compare(nudge_of(lambda x: slope * x + offset, x, h, slope)) in {SAME, ROUNDING, DROWNS}


@given(x=TENTHS.filter(lambda x: abs(x) > 0.5), h=st.integers(-24, -1).map(lambda k: 10 ** (k / 4)))
def test_compare_always_sees_the_bend_of_a_parabola(x: float, h: float) -> None:
    assert compare(nudge_of(lambda x: x * x, x, h, 2 * x)) in {BENDS, ALMOST}
