"""The check of one leaf's gradient in a figure: the leaf is nudged, and the code is run again."""

import math
from typing import Any

from .gap import draw_gap
from .graphs import shown_in
from .nudging import measure, summarise, sweep
from .numbers import show


def nudge_leaf(figure: str, leaf: str, exponent: str) -> dict[str, Any]:
    """Move a leaf by h = 10 to the power of `exponent`, and compare the output's with its gradient.

    The figure's code is run again for that, forward only, and for h from 1 to 1e-12 besides.
    """
    here = shown_in(figure)
    leaves = here.run.leaves
    values = {name: here.given(node) for name, node in leaves.items()}
    name = leaf if leaf in values else next(iter(values))
    gradient, h = here.trace["nodes"][leaves[name]]["grad"], 10.0 ** float(exponent)

    def output(values: dict[str, float]) -> float:
        found = here.rerun(values)
        return math.nan if found is None else found

    measured = measure(output, values, name, h, gradient)
    rows = sweep(output, values, name, gradient)
    return {
        "leaf": name,
        "h": show(h),
        "quotient": show(measured["quotient"], digits=12),
        "gradient": show(gradient, digits=12),
        "gap": show(measured["gap"], digits=2),
        "says": measured["says"],
        "svg": draw_gap(rows, h),
        "summary": summarise(rows),
    }
