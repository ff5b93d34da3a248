"""A trained network as text that stands alone: programs, weights, losses."""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from micrograd.nn import MLP
from micrograd.train import Epoch

from ..language import say

FORMAT, VERSION = "micrograd-explainer", 1


class Facts(NamedTuple):
    """What an exported program needs beside the weights.

    `formulas` are Python of x1 and x2, one for each input; none where the inputs are columns.
    """

    formulas: Sequence[str]
    settings: str = ""  # as they stand in a link
    epoch: int = 0


class Loaded(NamedTuple):
    """Weights that came from JSON, and the settings that they were trained with."""

    sizes: list[int]
    activations: list[str]
    parameters: list[float]
    settings: str
    epoch: int


# Programs.


def as_micrograd(model: MLP, facts: Facts) -> str:
    """Return a program that builds the model with its weights, and predicts; it needs micrograd."""
    sizes, activations = sizes_of(model), activations_of(model)
    numbers = ",\n    ".join(repr(p.data) for p in model.parameters())
    return f'''"""A network, trained in micrograd-explainer, for its engine: micrograd."""

from math import *

from micrograd.nn import MLP

model = MLP({sizes[0]}, {sizes[1:]}, activation={activations!r})
parameters = [
    {numbers},
]
for p, number in zip(model.parameters(), parameters, strict=True):
    p.data = number

{_predict(facts, sizes[0], "return model(features).data")}

print(predict({_example(facts, sizes[0])}))
'''


TORCH = {"relu": "nn.ReLU()", "tanh": "nn.Tanh()", "sigmoid": "nn.Sigmoid()", "linear": ""}


def as_pytorch(model: MLP, facts: Facts) -> str:
    """Return a program that builds the same network in PyTorch, in float64, with its weights."""
    sizes, activations = sizes_of(model), activations_of(model)
    modules = []
    for fan_in, fan_out, activation in zip(sizes, sizes[1:], activations):
        modules.append(f"nn.Linear({fan_in}, {fan_out}, dtype=torch.float64)")
        modules += [TORCH[activation]] if TORCH[activation] else []
    weights = [[[p.data for p in neuron.w] for neuron in layer.neurons] for layer in model.layers]
    biases = [[neuron.b.data for neuron in layer.neurons] for layer in model.layers]
    result = "return model(torch.tensor(features, dtype=torch.float64)).item()"
    return f'''"""A network, trained in micrograd-explainer, for PyTorch."""

from math import *

import torch
from torch import nn

model = nn.Sequential(
    {f",{chr(10)}    ".join(modules)},
)
weights = {_nested(weights)}
biases = {_nested(biases)}
layers = [module for module in model if isinstance(module, nn.Linear)]
with torch.no_grad():
    for layer, weight, bias in zip(layers, weights, biases, strict=True):
        layer.weight.copy_(torch.tensor(weight, dtype=torch.float64))
        layer.bias.copy_(torch.tensor(bias, dtype=torch.float64))

{_predict(facts, sizes[0], f"with torch.no_grad():{chr(10)}        {result}")}

print(predict({_example(facts, sizes[0])}))
'''


def _predict(facts: Facts, inputs: int, result: str) -> str:
    if not facts.formulas:
        names = ", ".join(f"x{i + 1}" for i in range(inputs))
        return f"\ndef predict({names}):\n    features = [{names}]\n    {result}\n"
    features = ", ".join(facts.formulas)
    return f"\ndef predict(x1, x2):\n    features = [{features}]\n    {result}\n"


def _example(facts: Facts, inputs: int) -> str:
    return ", ".join(["1.0"] * (2 if facts.formulas else inputs))


def _nested(lists: list[Any]) -> str:
    inner = "".join(f"    {item!r},\n" for item in lists)
    return f"[\n{inner}]"


def sizes_of(model: MLP) -> list[int]:
    first = len(model.layers[0].neurons[0].w)
    return [first, *(len(layer.neurons) for layer in model.layers)]


def activations_of(model: MLP) -> list[str]:
    return [layer.neurons[0].activation for layer in model.layers]


# Weights.


def as_json(model: MLP, facts: Facts) -> str:
    """Return the weights by their paths; numbers that JSON does not have stand there as text."""
    content = {
        "format": FORMAT,
        "version": VERSION,
        "sizes": sizes_of(model),
        "activations": activations_of(model),
        "features": list(facts.formulas),
        "settings": facts.settings,
        "epoch": facts.epoch,
        "parameters": {
            name: p.data if math.isfinite(p.data) else repr(p.data)
            for name, p in model.named_parameters()
        },
    }
    return json.dumps(content, indent=1) + "\n"


def from_json(text: str) -> Loaded | str:
    """Read what `as_json` has written, or say in a sentence what is wrong with it."""
    try:
        content = json.loads(text)
    except (ValueError, RecursionError):
        return say("This file is no JSON: choose one that was saved here as weights.")
    if not isinstance(content, dict) or content.get("format") != FORMAT:
        return say("This file has no weights of this page in it: choose one that was saved here.")
    if content.get("version") != VERSION:
        return say(
            "The weights were saved by a newer version of this page: reload it to try again."
        )
    try:
        return _loaded(content)
    except (KeyError, TypeError, ValueError) as error:
        return say("The weights in this file are not complete ({reason}).", reason=_reason(error))


def _loaded(content: dict[str, Any]) -> Loaded:
    sizes, activations = content["sizes"], content["activations"]
    if not all(type(n) is int and 1 <= n <= 100 for n in sizes) or not 2 <= len(sizes) <= 20:
        raise ValueError(say("sizes are whole numbers from 1 to 100"))
    paths = [
        name for name, _ in MLP(sizes[0], sizes[1:], activation=activations).named_parameters()
    ]
    parameters = content["parameters"]
    if set(parameters) != set(paths):
        odd = sorted(set(parameters) ^ set(paths))[0]
        if odd in paths:
            raise ValueError(say("{name} is missing", name=odd))
        raise ValueError(say("{name} is one too many", name=odd))
    numbers = [float(parameters[path]) for path in paths]
    settings, epoch = content.get("settings", ""), content.get("epoch", 0)
    if not isinstance(settings, str) or type(epoch) is not int or epoch < 0:
        raise ValueError(say("settings are text, and the epoch is a number"))
    return Loaded(list(sizes), list(activations), numbers, settings, epoch)


def _reason(error: Exception) -> str:
    is_missing = isinstance(error, KeyError)
    return say("{name} is missing", name=error.args[0]) if is_missing else str(error)


# Losses.


def as_csv(epochs: Iterable[Epoch]) -> str:
    """Return the losses of these epochs as a table, with all digits."""
    lines = [",".join(Epoch._fields)]
    lines += [",".join("" if x is None else repr(x) for x in epoch) for epoch in epochs]
    return "\n".join(lines) + "\n"
