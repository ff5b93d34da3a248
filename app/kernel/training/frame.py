"""What is shown of a training at one moment: texts, and arrays for the pictures."""

from __future__ import annotations

import math
from array import array
from collections.abc import Sequence
from itertools import pairwise
from typing import Any, TypeAlias

from ..language import counted, say, with_decimal_sign
from ..network.drawing import draw
from ..numbers import show
from .grid import grid, nearest_targets
from .session import Session

COARSE = 36  # points of a picture in each direction, in a neuron and while it moves
FINE = 100  # of the plane, when it rests
BOUNDED = {"tanh", "sigmoid"}
LOGIT = 4.0  # P = 0.98: where the colours of a logit end

Pictures: TypeAlias = "list[array[float]]"  # one for each neuron, row by row from the top left


def view(session: Session) -> dict[str, Any]:
    """Return what stays while it trains: the network's drawing, and the rows on the plane."""
    rows = session.rows
    layers = session.model.layers
    sizes = [rows.width, *(len(layer.neurons) for layer in layers)]
    ends = [0]
    for layer in layers:
        ends.append(ends[-1] + len(layer.parameters()))
    return {
        "svg": draw(sizes, rows.names, "pictures", say("The network: a picture in each neuron")),
        "rows": rows.on_the_plane(),
        "domain": list(rows.domain),
        "layers": list(pairwise(ends)),
        "axes": list(rows.axes),
    }


def frame(
    session: Session, *, moves: bool, shown: int | None = None, watch: int | None = None
) -> dict[str, Any]:
    """Return the texts and arrays of this moment.

    `shown` is the neuron whose picture is large, else the output; `watch` a parameter that is
    looked at. The page may still mean those of a network that was here before, and had more.
    """
    settings, rows = session.settings, session.rows
    small = _pictures(session, COARSE)
    last = len(small) - 1
    shown = last if shown is None else min(shown, last)
    large = small[shown] if moves else _pictures(session, FINE)[shown]
    is_output = shown == last and settings.picture == "output"
    scales = _scales(session, small)
    drawn = {
        "texts": texts(session, watch),
        "view": None,
        "resolution": COARSE,
        "fine": COARSE if moves else FINE,
        "scale": scales[shown],
        "level": 0.0 if is_output and rows.train.task != "regression" else None,
        "discretize": settings.discretize,
        "showTest": settings.show_test_data,
    }
    arrays = {
        "weights": array("d", [p.data for p in session.parameters]),
        "gradients": array("d", [p.grad for p in session.parameters]),
        "neurons": array("f", [x for picture in small for x in picture]),
        "scales": array("f", scales),
        "plane": array("f", large),
        "curve": session.curve.columns(),
    }
    return {"drawn": drawn, "arrays": arrays}


def _pictures(session: Session, resolution: int) -> Pictures:
    points = grid(session.rows, resolution)
    if session.settings.picture == "gradient":
        targets = nearest_targets(session.rows, resolution)
        layers = session.trainer.gradients(points, targets)
    else:
        layers = session.trainer.activations(points)
    return [neuron for layer in layers for neuron in layer]


def _scales(session: Session, pictures: Sequence[array[float]]) -> list[float]:
    """Return for each neuron the number at which its colours end, on both sides of 0."""
    scales: list[float] = []
    layers = session.model.layers
    for k, layer in enumerate(layers):
        first, n = len(scales), len(layer.neurons)
        largest = [max(_size(x) for x in picture) for picture in pictures[first : first + n]]
        if session.settings.picture == "gradient":
            scales += [max(*largest, 0.0) or 1.0] * n
        elif k == len(layers) - 1:
            scales += [_output_scale(session)] * n
        else:
            bounded = layer.neurons[0].activation in BOUNDED
            scales += [1.0 if bounded else max(1.0, x) for x in largest]
    return scales


def _output_scale(session: Session) -> float:
    data = session.rows.train
    if data.task == "regression":
        return max(map(abs, data.targets)) or 1.0
    return LOGIT if data.task == "classes" else 1.0


def _size(x: float) -> float:
    return abs(x) if math.isfinite(x) else 0.0


# Texts.


def texts(session: Session, watch: int | None = None) -> dict[str, str]:
    """Return the numbers beside the pictures, by the place where they stand."""
    trainer, past = session.trainer, session.past
    last = session.curve.at(trainer.steps)
    goal = session.settings.stop_epoch
    said = {
        "epoch": counted(trainer.epochs),
        "goal": say(" of {goal}", goal=counted(goal)) if goal else "",
        "step": counted(trainer.steps),
        "train_loss": show(last.train_loss),
        "test_loss": "–" if last.test_loss is None else show(last.test_loss),
        "test_accuracy": percent(last.test_accuracy),
        "place": say("step {step} of {end}", step=counted(trainer.steps), end=counted(past.end)),
        **confusion(session),
    }
    if watch is not None and watch < len(session.parameters):
        said["watched"] = watched(session, watch)
    return said


def watched(session: Session, parameter: int) -> str:
    """Say the numbers of a parameter."""
    p = session.parameters[parameter]
    return say(
        "{name}: {data}, gradient {grad}",
        name=session.names[parameter],
        data=show(p.data),
        grad=show(p.grad),
    )


def percent(share: float | None) -> str:
    return "–" if share is None else with_decimal_sign(f"{100 * share:.1f} %")


def confusion(session: Session) -> dict[str, str]:
    """Count the rows of the test set (or, without one, of the training set) by class and answer."""
    data = session.rows.test or session.rows.train
    if data.task == "regression":
        return {}
    (outputs,) = session.trainer.activations(data.inputs)[-1]
    counts = [[0, 0], [0, 0]]
    for y, target in zip(outputs, data.targets):
        counts[target > 0][y > 0] += 1
    return {f"c{i}{j}": str(counts[i][j]) for i in range(2) for j in range(2)}
