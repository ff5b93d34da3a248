"""The score of a network: which numbers appear when, layer by layer, forward and back.

The steps are: the inputs, each layer, the loss; then the gradient of the output, and each layer
from the last to the first, whose weights get their gradients while light runs back along them.
"""

from __future__ import annotations

from typing import Any

from ..numbers import show
from ..score import Cue, fade_in, light, pulse
from .passes import Pass

ARRIVAL = 600  # when the light is there, in thousandths of a step


class Steps:
    """The number of each step, counted from 1, of a network with so many layers."""

    def __init__(self, layers: int) -> None:
        self.layers = layers
        self.inputs = 1
        self.loss = layers + 2
        self.all = 2 * layers + 3

    def forward(self, k: int) -> int:
        """When layer k, from 0 on, is computed."""
        return k + 2

    def gradient(self, k: int) -> int:
        """When the gradients of the outputs of layer k are complete."""
        return self.all - k - 1

    def backward(self, k: int) -> int:
        """When the weights of layer k get their gradients."""
        return self.all - k


def score(layers: int) -> list[list[Cue]]:
    """Return the cues of each step."""
    forward = [_layer(k) for k in range(1, layers + 1)]
    backward = [_back(k) for k in range(layers, 0, -1)]
    return [_inputs(), *forward, _loss(), _seed(layers), *backward]


def _inputs() -> list[Cue]:
    return [fade_in(".feature [data-role=data]", 150), *pulse(".feature .card", 150)]


def _layer(k: int) -> list[Cue]:
    here = f'[data-neuron^="{k}-"]'
    arrived = [fade_in(f"{here} [data-role=data]", ARRIVAL), *pulse(f"{here} .card", ARRIVAL)]
    return [light(f'[data-weight^="{k}-"]', 0, 1), *arrived]


def _loss() -> list[Cue]:
    arrived = [fade_in(".loss [data-role=data]", ARRIVAL), *pulse(".loss .card", ARRIVAL)]
    return [light(".to-loss", 0, 1), *arrived]


def _seed(layers: int) -> list[Cue]:
    here = f'[data-neuron^="{layers}-"]'
    arrived = [fade_in(f"{here} [data-role=grad]", ARRIVAL), *pulse(f"{here} .card", ARRIVAL)]
    return [fade_in(".loss [data-role=grad]", 0), light(".to-loss.of-output", 1, 0), *arrived]


def _back(k: int) -> list[Cue]:
    cues = [light(f'[data-weight^="{k}-"]', 1, 0), *pulse(f'[data-bias^="{k}-"] .mark', 50)]
    if k == 1:
        return cues
    before = f'[data-neuron^="{k - 1}-"]'
    return [
        *cues,
        fade_in(f"{before} [data-role=grad]", ARRIVAL),
        *pulse(f"{before} .card", ARRIVAL),
    ]


def numbers(made: Pass) -> list[dict[str, Any]]:
    """List each number in the cards, and the step from which on it is there."""
    steps = Steps(len(made.layers))
    listed = [
        _write(f'[data-feature="{j}"] [data-role=data]', steps.inputs, made.data(node))
        for j, node in enumerate(made.inputs)
    ]
    for k, layer in enumerate(made.layers):
        for i, node in enumerate(layer):
            here = f'[data-neuron="{k + 1}-{i}"]'
            listed.append(_write(f"{here} [data-role=data]", steps.forward(k), made.data(node)))
            listed.append(_write(f"{here} [data-role=grad]", steps.gradient(k), made.grad(node)))
    loss = [("data", made.data(made.loss)), ("grad", made.grad(made.loss))]
    when = {"data": steps.loss, "grad": steps.loss + 1}
    return [*listed, *(_write(f".loss [data-role={role}]", when[role], x) for role, x in loss)]


def _write(place: str, step: int, x: float) -> dict[str, Any]:
    return {"place": place, "writes": [{"step": step, "text": show(x), "exact": str(x)}]}
