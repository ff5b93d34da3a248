"""Reads the network that a learner's program has made, to draw it: an MLP, a layer or a neuron.

Any class will do that is built like those of `micrograd/nn.py`: a network has `layers`, a layer has
`neurons`, a neuron has weights `w` and a bias `b`.
"""

from __future__ import annotations

import math
from array import array
from typing import Any, NamedTuple

from ..cells.recording import is_value
from ..language import counted, say
from ..numbers import show
from .drawing import draw
from .setup import ACTIVATIONS, MOST_HIDDEN, MOST_INPUTS, MOST_NEURONS

LARGEST = 2_000  # parameters that are drawn


class Model(NamedTuple):
    """`widths` are the inputs, then the neurons of each layer; a neuron's bias comes last.

    `activations` are those of the layers, where the neurons tell one, and tell the same.
    """

    widths: list[int]
    paths: list[str]
    parameters: list[Any]
    activations: list[str] | None


def read_model(thing: Any) -> Model | None:
    """Return a network as it is built; None for anything else."""
    layers, prefix = _layers(thing)
    if not layers or not all(layers):
        return None
    widths = [len(layers[0][0].w), *map(len, layers)]
    paths: list[str] = []
    parameters: list[Any] = []
    for k, (before, layer) in enumerate(zip(widths, layers)):
        for i, neuron in enumerate(layer):
            if len(neuron.w) != before:
                return None
            parts = {**{f"w.{j}": w for j, w in enumerate(neuron.w)}, "b": neuron.b}
            paths += [prefix.format(k=k, i=i) + name for name in parts]
            parameters += parts.values()
    return Model(widths, paths, parameters, _activations(layers)) if min(widths) else None


def _layers(thing: Any) -> tuple[list[list[Any]], str]:
    """Return the neurons of each layer, and how a neuron's path is made."""
    if isinstance(getattr(thing, "layers", None), list | tuple):
        layers = [_neurons(layer) for layer in thing.layers]
        return layers, "layers.{k}.neurons.{i}."
    if isinstance(getattr(thing, "neurons", None), list | tuple):
        return [_neurons(thing)], "neurons.{i}."
    return ([[thing]], "") if _is_neuron(thing) else ([], "")


def _neurons(layer: Any) -> list[Any]:
    neurons = getattr(layer, "neurons", None)
    if not isinstance(neurons, list | tuple) or not all(map(_is_neuron, neurons)):
        return []
    return list(neurons)


def _is_neuron(thing: Any) -> bool:
    weights = getattr(thing, "w", None)
    has_weights = isinstance(weights, list | tuple) and all(map(is_value, weights))
    return has_weights and is_value(getattr(thing, "b", None))


def _activations(layers: list[list[Any]]) -> list[str] | None:
    names: list[str] = []
    for layer in layers:
        told = {str(getattr(neuron, "activation", "")) for neuron in layer}
        names += told if len(told) == 1 else [""]
    return names if all(name in ACTIVATIONS for name in names) else None


def why_no_picture(model: Model) -> str:
    """Say why a network is too large to be drawn; an empty text if it can be."""
    count = len(model.parameters)
    if count <= LARGEST:
        return ""
    return say(
        "It has {count} parameters: up to {most} are drawn.",
        count=counted(count),
        most=counted(LARGEST),
    )


def show_model(model: Model) -> dict[str, Any]:
    """Return the picture of a network, and its numbers, as they are now."""
    names = [f"x{j + 1}" for j in range(model.widths[0])]
    captions = [
        name for name, n in zip(model.activations or [], model.widths[1:]) for _ in range(n)
    ]
    data = [float(parameter.data) for parameter in model.parameters]
    grad = [float(parameter.grad) for parameter in model.parameters]
    title = say(
        "The network of this cell's value, with {count} parameters", count=counted(len(data))
    )
    return {
        "network": {"opens": _opened(model, names, data)},
        "drawn": {
            "svg": draw(model.widths, names, "pictures", title, captions=captions),
            "paths": model.paths,
            "data": [*map(show, data)],
            "grad": [*map(show, grad)],
        },
        "arrays": {"weights": array("d", data), "gradients": array("d", grad)},
    }


def _opened(model: Model, names: list[str], data: list[float]) -> dict[str, Any] | None:
    """Return it as the section Neural networks takes a network, where that can compute it."""
    inputs, *sizes = model.widths
    if model.activations is None or not all(map(math.isfinite, data)):
        return None
    if inputs > MOST_INPUTS or len(sizes) > MOST_HIDDEN + 1 or max(sizes) > MOST_NEURONS:
        return None
    if sizes[-1] != 1:
        return None
    return {
        "names": names,
        "sizes": model.widths,
        "activations": model.activations,
        "parameters": data,
        "inputs": [1.0] * inputs,
        "target": 1.0,
    }
