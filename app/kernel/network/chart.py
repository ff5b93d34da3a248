"""A parameter's number and its gradient over the steps of a training, as two small line charts."""

from __future__ import annotations

import math
from collections.abc import Sequence

from ..language import say
from ..markup import escape
from ..numbers import show

WIDTH, HEIGHT = 340, 104  # of one of the two
FEW = 25  # points that are dots, too
LEFT, RIGHT, TOP, BOTTOM = 58, 10, 22, 20


def chart(name: str, first: int, values: Sequence[float], gradients: Sequence[float]) -> str:
    """Return the SVG. `first` is the step of the first number; a gradient led to the next one."""
    steps = first + len(values) - 1
    title = say(
        "{name} over {steps} steps of training: its number, and its gradient",
        name=name,
        steps=steps,
    )
    end = _tick(WIDTH - RIGHT, 2 * HEIGHT - 4, say("step {step}", step=steps), "end")
    begin = _tick(LEFT, 2 * HEIGHT - 4, say("step {step}", step=first), "start")
    return "\n".join(
        [
            f'<svg class="course" viewBox="0 0 {WIDTH} {2 * HEIGHT}" role="img" '
            f'aria-label="{escape(title)}">',
            *_panel("data", say("its number"), 0, first, values, steps),
            *_panel("grad", say("its gradient, over all rows"), HEIGHT, first, gradients, steps),
            end,
            *([begin] if steps > first else []),
            "</svg>",
        ]
    )


def _panel(
    kind: str, caption: str, top: int, first: int, ys: Sequence[float], last: int
) -> list[str]:
    low, high = _range(ys)
    bottom = top + HEIGHT - BOTTOM

    def x(i: int) -> float:
        return LEFT + (i / max(1, last - first)) * (WIDTH - LEFT - RIGHT)

    def y(number: float) -> float:
        return bottom - (number - low) / (high - low) * (bottom - top - TOP)

    points = [(x(i), y(number)) for i, number in enumerate(ys) if math.isfinite(number)]
    path = "L".join(f"{px:.1f} {py:.1f}" for px, py in points)
    zero = (
        [f'<path class="axis" d="M{LEFT} {y(0):.1f}H{WIDTH - RIGHT}"/>'] if low < 0 < high else []
    )
    dots = points if len(points) <= FEW else points[-1:]
    return [
        f'<text class="caption" x="{LEFT}" y="{top + 14}">{caption}</text>',
        *zero,
        _tick(LEFT - 6, top + TOP + 4, show(high, 3), "end"),
        _tick(LEFT - 6, bottom + 4, show(low, 3), "end"),
        *([f'<path class="line {kind}" d="M{path}"/>'] if len(points) > 1 else []),
        *(f'<circle class="dot {kind}" cx="{px:.1f}" cy="{py:.1f}" r="2.5"/>' for px, py in dots),
    ]


def _tick(x: float, y: float, text: str, anchor: str) -> str:
    return f'<text class="tick" x="{x}" y="{y}" text-anchor="{anchor}">{text}</text>'


def _range(ys: Sequence[float]) -> tuple[float, float]:
    """Return where the axis begins and ends; a number that never changes is in the middle."""
    finite = [y for y in ys if math.isfinite(y)]
    low, high = min(finite, default=-1.0), max(finite, default=1.0)
    if low == high:
        room = abs(low) * 0.1 or 1.0
        return low - room, high + room
    return low, high
