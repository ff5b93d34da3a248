"""Draws how far a measured slope is from the derivative, over the size of the step, both in powers
of ten: a valley, with the bend of the curve on one side and rounding on the other."""

import math
from collections.abc import Sequence

from .language import say
from .nudging import Quotient

WIDTH, HEIGHT = 340, 170
LEFT, BOTTOM = 46, 26  # for the names of the powers
TALLEST, DEEPEST = 1, -17  # powers of ten; the deepest stands for nothing at all


def draw_gap(measured: Sequence[Quotient], h: float) -> str:
    """Return the SVG of the valley, with the step `h` that is looked at marked in it."""
    points = [(row.h, row.gap) for row in measured if math.isfinite(row.gap)]
    path = "".join(f"{'L' if i else 'M'}{_x(a):.1f} {_y(b):.1f}" for i, (a, b) in enumerate(points))
    nearest = sorted(points, key=lambda point: abs(math.log10(point[0] / h)))[:1]
    marks = [f'<circle class="point" cx="{_x(a):.1f}" cy="{_y(b):.1f}" r="5"/>' for a, b in nearest]
    name = say("The gap between the measured slope and the derivative, over h")
    return "\n".join(
        [
            f'<svg class="slope gap" viewBox="0 0 {WIDTH} {HEIGHT}" role="img" '
            f'aria-label="{name}">',
            *_axes(),
            f'<path class="curve" d="{path}"/>' if points else "",
            *marks,
            "</svg>",
        ]
    )


def _axes() -> list[str]:
    lines = "".join(f"M{LEFT} {_y(gap):.1f}H{WIDTH}" for gap in (1.0, 1e-5, 1e-10, 0.0))
    gaps = [_tick(LEFT - 6, _y(10.0**k) + 4, _power(k), "end") for k in (0, -5, -10)]
    gaps.append(_tick(LEFT - 6, _y(0.0) + 4, "0", "end"))
    steps = [_tick(_x(10.0**k), HEIGHT - 8, _power(k), "middle") for k in (0, -4, -8, -12)]
    titles = [
        f'<text class="tick" x="{LEFT + 4}" y="{_y(1.0) + 13:.1f}">{say("apart by")}</text>',
        f'<text class="axis-name" x="{WIDTH - 14}" y="{HEIGHT - BOTTOM - 6}">h</text>',
    ]
    return [f'<path class="axis" d="{lines}"/>', *gaps, *steps, *titles]


def _power(k: int) -> str:
    return f"1e{k}".replace("-", "−")


def _tick(x: float, y: float, name: str, anchor: str) -> str:
    return f'<text class="tick" x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}">{name}</text>'


def _x(h: float) -> float:
    return LEFT + 14 + (12 + math.log10(h)) / 12 * (WIDTH - LEFT - 32)


def _y(gap: float) -> float:
    """Return the height of a gap; one of nothing at all lies at the very bottom, and no other."""
    power = max(math.log10(gap), DEEPEST + 1) if gap > 0 else DEEPEST
    power = min(power, TALLEST)
    return 8 + (TALLEST - power) / (TALLEST - DEEPEST) * (HEIGHT - BOTTOM - 8)
