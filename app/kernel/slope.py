"""The picture beside the derivative: the curve of an operation, its tangent, and a nudge.

The curve is the engine's own: one operand varies, the others stay, every point is a forward pass.
"""

import math
import sys
from collections.abc import Callable
from itertools import pairwise
from typing import NamedTuple

from .language import say

WIDTH, HEIGHT = 340, 250
POINTS = 121  # forward passes for one curve
LEFT, RIGHT = -4.3, 4.3

_ROOM_FOR_NAMES = 18  # in a triangle less wide than this, the names of its sides would not fit

# How far the plane reaches below and above its middle, so that a slope looks like one.
_REACH = {"tanh": 1.6, "log": 3.2, "ReLU": 3.2, "exp": 6.4}


class Nudge(NamedTuple):
    """What a small step did: from the point (x, y), by h, to a new y; and the slope there."""

    x: float
    y: float
    h: float
    y_nudged: float
    slope: float

    @property
    def quotient(self) -> float:
        """Δy/h, which comes close to the slope as h gets small."""
        return (self.y_nudged - self.y) / self.h


class Plane(NamedTuple):
    """The part of the plane that is drawn: from LEFT to RIGHT, and `reach` up and down."""

    middle: float
    reach: float

    def x(self, x: float) -> float:
        return (x - LEFT) / (RIGHT - LEFT) * WIDTH

    def y(self, y: float) -> float:
        return HEIGHT / 2 - (y - self.middle) / self.reach * HEIGHT / 2


def draw_slope(op: str, f: Callable[[float], float], nudge: Nudge, names: tuple[str, str]) -> str:
    """Return the SVG of f, its tangent and the nudge; `names` are of the operand and the result."""
    plane = _plane(op, nudge)
    operand, result = names
    name = say(
        "{result} as {operand} varies, with its tangent at {operand} and the nudge by h",
        result=result,
        operand=operand,
    )
    return "\n".join(
        [
            f'<svg class="slope" viewBox="0 0 {WIDTH} {HEIGHT}" role="img" aria-label="{name}">',
            *_axes(plane, operand, result),
            f'<path class="curve" d="{_curve(plane, f)}"/>',
            *_line(plane, "tangent", nudge, nudge.slope),
            *_line(plane, "secant", nudge, nudge.quotient),
            *_triangle(plane, nudge, result),
            "</svg>",
        ]
    )


def _plane(op: str, nudge: Nudge) -> Plane:
    """Centre on 0, and move only as far as keeps the point and the nudged point in sight."""
    reach = _REACH.get(op, 8.0)
    ys = [y for y in (nudge.y, nudge.y_nudged) if math.isfinite(y)]
    if not ys:
        return Plane(0.0, reach)
    room = 0.75 * reach
    if max(ys) - min(ys) > 2 * room:  # they don't fit both: the point comes first
        ys = [nudge.y]
    return Plane(min(max(0.0, max(ys) - room), min(ys) + room), reach)


def _axes(plane: Plane, operand: str, result: str) -> list[str]:
    x, y = plane.x(0), min(max(plane.y(0), 0), HEIGHT)
    return [
        f'<path class="axis" d="M0 {y:.1f}H{WIDTH}M{x:.1f} 0V{HEIGHT}"/>',
        _text("axis-name", WIDTH - 16, y - 7, operand),
        _text("axis-name", x + 8, 14, result),
    ]


def _curve(plane: Plane, f: Callable[[float], float]) -> str:
    """Return the path through all points in sight; it is interrupted where f has no number."""
    xs = [LEFT + (RIGHT - LEFT) * i / (POINTS - 1) for i in range(POINTS)]
    points = [(x, f(x)) for x in xs]
    path, pen_down = [], False
    for (x, y), (_, after) in pairwise([*points, points[-1]]):
        visible = math.isfinite(y) and abs(y - plane.middle) < 4 * plane.reach
        if visible:
            path.append(f"{'L' if pen_down else 'M'}{plane.x(x):.1f} {plane.y(y):.1f}")
        pen_down = visible and abs(after - y) < 3 * plane.reach  # not across a pole
    return "".join(path)


def _line(plane: Plane, kind: str, nudge: Nudge, slope: float) -> list[str]:
    """Draw the line through the point with this slope, all across the plane."""
    left = plane.y(nudge.y + slope * (LEFT - nudge.x))
    right = plane.y(nudge.y + slope * (RIGHT - nudge.x))
    if not _can_be_drawn(left, right):
        return []
    return [f'<path class="{kind}" d="M0 {left:.1f}L{WIDTH} {right:.1f}"/>']


def _triangle(plane: Plane, nudge: Nudge, result: str) -> list[str]:
    """Draw the point, the nudged point, and between them the sides h and Δ of a triangle."""
    x, y = plane.x(nudge.x), plane.y(nudge.y)
    if not _can_be_drawn(x, y):
        return []
    point = f'<circle class="point" cx="{x:.1f}" cy="{y:.1f}" r="6"/>'
    x2, y2 = plane.x(nudge.x + nudge.h), plane.y(nudge.y_nudged)
    if not _can_be_drawn(x2, y2):
        return [point]
    sides = [f'<path class="sides" d="M{x:.1f} {y:.1f}H{x2:.1f}V{y2:.1f}"/>']
    if x2 - x > _ROOM_FOR_NAMES:
        sides.append(_text("side", (x + x2) / 2 - 4, y + 15 if y2 <= y else y - 6, "h"))
        sides.append(_text("side", x2 + 7, (y + y2) / 2 + 4, f"Δ{result}"))
    return [*sides, f'<circle class="nudged" cx="{x2:.1f}" cy="{y2:.1f}" r="4.5"/>', point]


def _can_be_drawn(*coordinates: float) -> bool:
    """Browsers refuse what single precision cannot hold, about 3e38; of course also inf and nan."""
    return all(abs(coordinate) < 1e30 for coordinate in coordinates)


def _text(kind: str, x: float, y: float, text: str) -> str:
    return f'<text class="{kind}" x="{x:.1f}" y="{y:.1f}">{text}</text>'


# About the square root of the spacing of floats: Press et al., "Numerical Recipes", section 5.7.
_ROUNDING_TAKES_OVER = 1e-8


def compare(nudge: Nudge) -> str:
    """Say in a sentence how close the quotient came to the slope, and why it is not closer."""
    gap = abs(nudge.quotient - nudge.slope)
    if not (math.isfinite(nudge.y) and math.isfinite(nudge.slope)):
        return say("There is no finite slope at this place.")
    if not math.isfinite(gap):
        return say("The step leads to where there is no finite result. Make h smaller.")
    if gap == 0:
        return say("The same, to the last digit.")
    is_close, is_rounding = gap <= 1e-3 * max(1.0, abs(nudge.slope)), gap <= _rounding(nudge)
    if nudge.h < _ROUNDING_TAKES_OVER or (is_rounding and not is_close):
        return say(
            "So small a step drowns in rounding: before and after share most of their 16 digits."
        )
    if is_rounding:
        return say("As close as rounding lets it come: a result has only 16 digits.")
    if is_close:
        return say(
            "Almost the derivative. A smaller h brings it closer, until rounding takes over."
        )
    return say("The curve bends within the step. Make h smaller.")


def _rounding(nudge: Nudge) -> float:
    """Return by how much the quotient may be off although the curve is straight.

    Each of the three numbers it is made of, x + h and both results, is rounded in its last digit.
    """
    moved = abs((nudge.x + nudge.h) * nudge.slope)
    return sys.float_info.epsilon * (moved + abs(nudge.y) + abs(nudge.y_nudged)) / nudge.h
