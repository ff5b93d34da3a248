"""Moves one leaf by h and looks what the output does: a check of its gradient without theory."""

import math
from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

from .language import say
from .numbers import show
from .slope import Nudge, compare

Run = Callable[[dict[str, float]], float]  # from the values of all leaves to the output
STEPS = tuple(float(f"1e-{k}") for k in range(13))  # 1, 0.1, ... 1e-12


class Quotient(NamedTuple):
    """What a nudge by h came to: Δoutput/h, and how far that is from the gradient."""

    h: float
    quotient: float
    gap: float


def measure(
    run: Run, values: dict[str, float], name: str, h: float, gradient: float
) -> dict[str, Any]:
    """Move the leaf `name` by h, run again, and compare Δoutput/h with its gradient."""
    seen = _nudge(run, values, name, h, gradient, run(values))
    return {
        "name": name,
        "h": h,
        "before": seen.y,
        "after": seen.y_nudged,
        "quotient": seen.quotient,
        "gradient": gradient,
        "gap": abs(seen.quotient - gradient),
        "says": compare(seen),
    }


def sweep(run: Run, values: dict[str, float], name: str, gradient: float) -> list[Quotient]:
    """Measure with h from 1 to 1e-12: the gap shrinks with h, until rounding takes over."""
    before = run(values)  # once: only the run after the push differs from step to step
    quotients = [_nudge(run, values, name, h, gradient, before).quotient for h in STEPS]
    return [Quotient(h, found, abs(found - gradient)) for h, found in zip(STEPS, quotients)]


def best(measured: Sequence[Quotient]) -> Quotient | None:
    """Return the quotient that came closest, of several the one with the largest h.

    None when no step led to a finite number.
    """
    finite = [row for row in measured if math.isfinite(row.gap)]
    return min(finite, key=lambda row: row.gap, default=None)


def summarise(measured: Sequence[Quotient]) -> str:
    """Say in a sentence or two what a sweep has shown."""
    closest = best(measured)
    if closest is None:
        return say("There is no finite slope at this place.")
    if _is_far(closest) or settles_elsewhere(measured):
        return say(
            "The quotient settles at another number. The curve has a kink here, the output is too "
            "large to feel a small step, or the gradient is wrong."
        )
    h, last = show(closest.h), measured[-1]
    if closest.gap == last.gap == 0:
        return say("From h = {h} on, it is the gradient to the last digit.", h=h)
    if closest == last:
        return say("The smaller the step, the closer it comes. Rounding has not taken over yet.")
    if closest == measured[0]:
        return say(
            "The curve is straight: the largest step is best, a smaller one only brings rounding."
        )
    return say(
        "The smaller the step, the closer it comes, down to h = {h}. Below that rounding takes "
        "over: the outputs before and after share most of their 16 digits.",
        h=h,
    )


def _is_far(row: Quotient) -> bool:
    return row.gap > 1e-3 * max(1.0, abs(row.quotient))


def settles_elsewhere(measured: Sequence[Quotient]) -> bool:
    """Tell whether the gap stops shrinking long before rounding: one large h may hit by chance."""
    middle = [row for row in measured if 1e-5 <= row.h <= 1e-3]
    gaps = [row.gap for row in middle]
    return all(map(_is_far, middle)) and max(gaps, default=0.0) <= 1.1 * min(gaps, default=0.0)


def _nudge(
    run: Run, values: dict[str, float], name: str, h: float, gradient: float, before: float
) -> Nudge:
    x = values[name]
    return Nudge(x, before, h, run({**values, name: x + h}), gradient)
