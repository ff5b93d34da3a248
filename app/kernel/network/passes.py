"""One sample through a network, forward and backward, as one recorded trace of the engine."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from ..language import say
from ..recorded import leaf, value_class
from ..recorder import Recorder, Trace
from .layers import parameters, to_be_recorded
from .setup import Setup, UnusableError


class Pass(NamedTuple):
    """A trace, and which nodes of it are what.

    `layers[k][i]` is what neuron i of layer k gives; `inputs` are the sample's, `parameters` the
    model's, in its order.
    """

    setup: Setup
    trace: Trace
    inputs: list[int]
    parameters: list[int]
    layers: list[list[int]]
    loss: int

    def data(self, node: int) -> float:
        number: float = self.trace["nodes"][node]["data"]
        return number

    def grad(self, node: int) -> float:
        number: float = self.trace["nodes"][node]["grad"]
        return number

    def seen_by(self, k: int) -> list[int]:
        """Return what the neurons of layer k take in, from 0 on."""
        return self.layers[k - 1] if k else self.inputs

    def weighted_sum(self, k: int, i: int) -> int:
        """Return what goes into the activation of a neuron; without one, the neuron's output."""
        node = self.layers[k][i]
        operands: list[int] = self.trace["nodes"][node]["operands"]
        return operands[0] if len(operands) == 1 else node


def record(setup: Setup, numbers: Sequence[float]) -> Pass:
    """Let a network with these parameters see its sample, and go backward from the squared error.

    An engine of the learner's may raise anything.
    """
    model = to_be_recorded(setup)
    of_model = parameters(model)
    for parameter, x in zip(of_model, numbers):
        parameter.data = x
    inputs = [leaf(x, name) for x, name in zip(setup.sample.inputs, setup.names)]
    kinds = {value_class(), *map(type, of_model)}
    outputs: list[list[Any]] = []
    with Recorder(*kinds) as recorder:
        loss = (_output(_listened(model, outputs)(inputs)) - setup.sample.target) ** 2
        loss.backward()
    named = [*zip(setup.parameters, of_model), *zip(setup.names, inputs), ("loss", loss)]
    named += [
        (setup.neuron(k, i), node)
        for k, layer in enumerate(outputs)
        for i, node in enumerate(layer)
    ]
    if not all(recorder.knows(node) for _, node in named):
        raise UnusableError(
            say("With the engine in force, not all of the network has a part in it.")
        )
    ids = recorder.id_of
    return Pass(
        setup,
        recorder.trace(dict(named)),
        [ids(node) for node in inputs],
        [ids(node) for node in of_model],
        [[ids(node) for node in layer] for layer in outputs],
        ids(loss),
    )


class _Listened:
    """Stands for a layer, and notes what it gives."""

    def __init__(self, layer: Any, outputs: list[list[Any]]) -> None:
        self.layer = layer
        self.outputs = outputs

    def __call__(self, x: Any) -> Any:
        given = self.layer(x)
        self.outputs.append(given if isinstance(given, list) else [given])
        return given

    def __getattr__(self, name: str) -> Any:
        return getattr(self.layer, name)


def _listened(model: Any, outputs: list[list[Any]]) -> Any:
    model.layers = [_Listened(layer, outputs) for layer in model.layers]
    return model


def _output(given: Any) -> Any:
    return given[0] if isinstance(given, list) else given
