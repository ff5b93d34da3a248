"""Neurons, layers and multi-layer perceptrons, made of `Value`s and nothing else."""

from __future__ import annotations

import math
import random
from collections.abc import Callable, Iterator, Sequence
from typing import TypeAlias, TypeVar

from micrograd.engine import Number, Value

Input: TypeAlias = Value | Number
T = TypeVar("T")

ACTIVATIONS: dict[str, Callable[[Value], Value]] = {
    "linear": lambda x: x,
    "relu": Value.relu,
    "tanh": Value.tanh,
    "sigmoid": Value.sigmoid,
}

# How far from 0 a weight may start, for so many inputs of a neuron and so many neurons of a layer.
INITIALISATIONS: dict[str, Callable[[int, int], float]] = {
    "uniform": lambda nin, nout: 1.0,
    "glorot": lambda nin, nout: math.sqrt(6 / (nin + nout)),  # Glorot and Bengio 2010, eq. 16
    "he": lambda nin, nout: math.sqrt(6 / nin),  # He et al. 2015, eq. 10, as a uniform
    "zero": lambda nin, nout: 0.0,
}


class Module:
    """Anything with parameters that can be trained."""

    def named_parameters(self) -> Iterator[tuple[str, Value]]:
        """Yield each parameter with its path in the module, such as `layers.0.neurons.1.w.2`."""
        yield from ()

    def parameters(self) -> list[Value]:
        return [parameter for _, parameter in self.named_parameters()]

    def zero_grad(self) -> None:
        """Forget the gradients of the last step: `backward` adds to what is there."""
        for parameter in self.parameters():
            parameter.grad = 0.0


class Neuron(Module):
    """A weighted sum of `nin` inputs, plus a bias, through an activation."""

    def __init__(
        self,
        nin: int,
        nonlin: bool = True,
        *,
        activation: str | None = None,
        init: str = "uniform",
        fan_out: int = 1,
        rng: random.Random | None = None,
    ) -> None:
        draw = rng.uniform if rng else random.uniform
        reach = _choice("init", init, INITIALISATIONS)(_at_least_one("nin", nin), fan_out)
        self.w = [Value(draw(-1, 1) * reach) for _ in range(nin)]
        self.b = Value(0.0)
        self.activation = activation or ("relu" if nonlin else "linear")
        _choice("activation", self.activation, ACTIVATIONS)

    def __call__(self, x: Sequence[Input]) -> Value:
        """Return the activation for one input of `nin` numbers."""
        _expect_length(self, len(self.w), x)
        weighted_sum = sum((w * xi for w, xi in zip(self.w, x)), self.b)
        return ACTIVATIONS[self.activation](weighted_sum)

    def named_parameters(self) -> Iterator[tuple[str, Value]]:
        for i, w in enumerate(self.w):
            yield f"w.{i}", w
        yield "b", self.b

    def __repr__(self) -> str:
        name = {"relu": "ReLU", "linear": "Linear"}.get(self.activation, self.activation)
        return f"{name}Neuron({len(self.w)})"


class Layer(Module):
    """`nout` neurons that look at the same `nin` inputs."""

    def __init__(
        self,
        nin: int,
        nout: int,
        nonlin: bool = True,
        *,
        activation: str | None = None,
        init: str = "uniform",
        rng: random.Random | None = None,
    ) -> None:
        self.neurons = [
            Neuron(nin, nonlin, activation=activation, init=init, fan_out=nout, rng=rng)
            for _ in range(_at_least_one("nout", nout))
        ]

    def __call__(self, x: Sequence[Input]) -> list[Value]:
        """Return the list of the neurons' outputs, also when there is only one."""
        return [neuron(x) for neuron in self.neurons]

    def named_parameters(self) -> Iterator[tuple[str, Value]]:
        for i, neuron in enumerate(self.neurons):
            for name, parameter in neuron.named_parameters():
                yield f"neurons.{i}.{name}", parameter

    def __repr__(self) -> str:
        return f"Layer of [{', '.join(str(neuron) for neuron in self.neurons)}]"


class MLP(Module):
    """A multi-layer perceptron: `MLP(3, [4, 4, 1])` has 3 inputs, two hidden layers, one output.

    `activation` is one name for all hidden layers (the output stays linear), or a list with a name
    for each layer, the output too. With a `seed` the first weights are the same each time; without
    one they come from Python's `random`, so that `random.seed` rules them.
    """

    def __init__(
        self,
        nin: int,
        nouts: Sequence[int],
        *,
        activation: str | Sequence[str] = "relu",
        init: str = "uniform",
        seed: int | None = None,
    ) -> None:
        if not hasattr(nouts, "__len__") or len(nouts) == 0:
            raise ValueError(
                f"nouts lists the size of each layer, such as [4, 4, 1], not {nouts!r}"
            )
        rng = None if seed is None else random.Random(seed)
        sizes = [nin, *nouts]
        names = _activation_of_each_layer(activation, len(nouts))
        self.layers = [
            Layer(fan_in, fan_out, activation=name, init=init, rng=rng)
            for fan_in, fan_out, name in zip(sizes, nouts, names)
        ]

    def __call__(self, x: Sequence[Input]) -> Value | list[Value]:
        """Return the output: a `Value` where the last layer has one neuron, else a list of them."""
        *_, outputs = self.activations(x)
        return outputs[0] if len(outputs) == 1 else outputs

    def activations(self, x: Sequence[Input]) -> list[list[Value]]:
        """Return what each neuron gives for one input, layer by layer."""
        _expect_length(self, len(self.layers[0].neurons[0].w), x)
        first, *others = self.layers
        activations = [first(x)]
        for layer in others:
            activations.append(layer(activations[-1]))
        return activations

    def named_parameters(self) -> Iterator[tuple[str, Value]]:
        for i, layer in enumerate(self.layers):
            for name, parameter in layer.named_parameters():
                yield f"layers.{i}.{name}", parameter

    def __repr__(self) -> str:
        return f"MLP of [{', '.join(str(layer) for layer in self.layers)}]"


def _activation_of_each_layer(activation: str | Sequence[str], layers: int) -> list[str]:
    if isinstance(activation, str):
        return [activation] * (layers - 1) + ["linear"]
    if len(activation) != layers:
        raise ValueError(f"{layers} layers need {layers} activations, not {len(activation)}")
    return list(activation)


def _choice(what: str, name: str, table: dict[str, T]) -> T:
    if name not in table:
        raise ValueError(f"unknown {what} {name!r}: choose one of {', '.join(table)}")
    return table[name]


def _at_least_one(what: str, n: int) -> int:
    if n < 1:
        raise ValueError(f"{what} must be at least 1, not {n}")
    return n


def _expect_length(module: Module, expected: int, x: Sequence[Input]) -> None:
    name = type(module).__name__
    if not hasattr(x, "__len__"):
        raise TypeError(f"this {name} takes a list of {expected} numbers, not {x!r}")
    if len(x) != expected:
        raise ValueError(f"this {name} takes {expected} inputs, but got {len(x)}: {x!r}")
