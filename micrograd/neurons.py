"""What the neurons of a model give, and how the loss changes with them, found by the engine."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, TypeAlias

from micrograd.engine import Value
from micrograd.losses import Loss, Output
from micrograd.nn import MLP

if TYPE_CHECKING:
    from micrograd.train import Model

Neurons: TypeAlias = "list[list[array[float]]]"  # for each layer and neuron an array over points


def activations(model: Model, points: Sequence[Sequence[float]]) -> Neurons:
    """Return what each neuron gives at these points."""
    return _over_points(
        [[neuron.data for neuron in layer] for layer in _layers_and_output(model, point)[0]]
        for point in points
    )


def gradients(
    model: Model, loss: Loss, points: Sequence[Sequence[float]], targets: Sequence[float]
) -> Neurons:
    """Return how the loss of each point, with its target, changes with each neuron."""
    return _over_points(
        _gradients_at(model, loss, point, target) for point, target in zip(points, targets)
    )


def _gradients_at(
    model: Model, loss: Loss, point: Sequence[float], target: float
) -> list[list[float]]:
    """Backpropagate from the loss of one point; all leaves get back the gradients they had."""
    layers, output = _layers_and_output(model, point)
    result = loss([output], [target])
    nodes = result._topological_order()
    before = [node.grad for node in nodes]
    try:
        for node in nodes:
            node.grad = 0.0
        result.backward()
        found = {node: node.grad for node in nodes}
    finally:
        for node, grad in zip(nodes, before):
            node.grad = grad
    return [[found.get(neuron, 0.0) for neuron in layer] for layer in layers]


def _layers_and_output(model: Model, point: Sequence[float]) -> tuple[list[list[Value]], Output]:
    """Run the model. If it is no `MLP`, its outputs stand for the one layer it has."""
    if isinstance(model, MLP) and type(model).__call__ is MLP.__call__:
        layers = model.activations(point)
        return layers, layers[-1][0] if len(layers[-1]) == 1 else layers[-1]
    output = model(point)
    return [[output] if isinstance(output, Value) else list(output)], output


def _over_points(rows: Iterable[list[list[float]]]) -> Neurons:
    """Turn numbers by point, layer and neuron into arrays by layer and neuron."""
    points = list(rows)
    return [
        [array("d", (point[k][i] for point in points)) for i in range(len(layer))]
        for k, layer in enumerate(points[0] if points else [])
    ]
