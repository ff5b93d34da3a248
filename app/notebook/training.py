"""A training in a notebook: how far it is and its losses, in a picture that goes along with it."""

import math
import time
from collections.abc import Sequence

from micrograd.train import Epoch, Trainer

from ..kernel.numbers import show
from .still import Still, by_itself

WIDTH, HEIGHT = 560, 220
LEFT, RIGHT, TOP, BOTTOM = 52, 12, 40, 24
BAR = 8
EVERY = 0.1  # seconds between two pictures


def train(trainer: Trainer, epochs: int) -> None:
    """Train for so many epochs, and show it: the loss of each epoch, on the test set, too.

    What stops it, Ctrl+C or a loss that is nan, leaves the last picture.
    """
    from IPython.display import display

    first = trainer.epochs
    shown = display(picture(trainer.history, first, epochs), display_id=True)
    last = time.monotonic()
    try:
        for _ in range(epochs):
            trainer.epoch()
            if time.monotonic() - last >= EVERY:
                shown.update(picture(trainer.history, first, epochs))
                last = time.monotonic()
    finally:
        shown.update(picture(trainer.history, first, epochs))


def picture(history: Sequence[Epoch], first: int, epochs: int) -> Still:
    """Return the picture of all epochs so far; `first` were over before these `epochs` began."""
    done = (history[-1].epoch if history else 0) - first
    text = f"Epoch {done} of {epochs}"
    share = done / epochs if epochs else 1.0
    width = WIDTH - LEFT - RIGHT
    parts = [
        f'<svg class="chart" role="img" viewBox="0 0 {WIDTH} {HEIGHT}" '
        f'aria-label="{text}" xmlns="http://www.w3.org/2000/svg">',
        f'<text x="{LEFT}" y="12">{text}</text>',
        f'<rect class="bar" x="{LEFT}" y="20" width="{width}" height="{BAR}" rx="4"/>',
        f'<rect class="done" x="{LEFT}" y="20" width="{width * share:.1f}" height="{BAR}" rx="4"/>',
        *_losses(history),
        "</svg>",
    ]
    return Still(by_itself("\n".join(parts)))


def _losses(history: Sequence[Epoch]) -> list[str]:
    """Draw the losses over the epochs, one line for each set."""
    lines = [("train", [epoch.train_loss for epoch in history])]
    if history and history[-1].test_loss is not None:
        lines.append(("test", [epoch.test_loss or 0.0 for epoch in history]))
    highest = max((y for _, ys in lines for y in ys if math.isfinite(y)), default=0.0)
    if not history or not highest:
        return []
    bottom, height = HEIGHT - BOTTOM, HEIGHT - BOTTOM - TOP
    first, last = history[0].epoch, history[-1].epoch

    def place(i: int, y: float) -> str:
        share = i / (len(history) - 1) if len(history) > 1 else 1.0
        return f"{LEFT + share * (WIDTH - LEFT - RIGHT):.1f} {bottom - y / highest * height:.1f}"

    drawn = [f'<path class="axis" d="M{LEFT} {TOP}V{bottom}H{WIDTH - RIGHT}"/>']
    drawn += [_tick(LEFT - 6, TOP + 4, show(highest, 3)), _tick(LEFT - 6, bottom + 4, "0")]
    drawn += [
        f'<text class="tick" x="{LEFT}" y="{HEIGHT - 6}">epoch {first}</text>',
        _tick(WIDTH - RIGHT, HEIGHT - 6, f"epoch {last}"),
    ]
    for row, (name, ys) in enumerate(lines):
        points = "L".join(place(i, y) for i, y in enumerate(ys) if math.isfinite(y))
        drawn.append(f'<path class="line {name}" d="M{points}"/>')
        told = f"{name} loss {show(ys[-1])}"
        drawn.append(
            f'<text class="name {name} right" x="{WIDTH - RIGHT}" y="{TOP + 14 + 16 * row}">'
            f"{told}</text>"
        )
    return drawn


def _tick(x: float, y: float, text: str) -> str:
    return f'<text class="tick right" x="{x}" y="{y}">{text}</text>'
