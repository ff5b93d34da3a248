"""What network is shown: its shape, how it begins, what was done to it, and one sample for it."""

from __future__ import annotations

import math
from typing import Any, NamedTuple

from ..answer import UnreadableError, read
from ..language import say
from .drawing import neuron_name

MOST_HIDDEN, MOST_NEURONS, MOST_INPUTS = 8, 16, 16
ACTIVATIONS = ("relu", "tanh", "sigmoid", "linear")
LECTURE = ("x1", "x2", "x3")  # the inputs of Karpathy's four rows
INITIALISATIONS = ("uniform", "glorot", "he", "zero")
MOST_STEPS = 1_000  # of one training

# What is done to the parameters: ("set", parameter, number), ("train", steps, learning rate), or
# ("load", number, number, ...) with one for each of them.
Change = tuple[Any, ...]


# What is shown first: the network and the first row of the lecture.
FIRST: dict[str, Any] = {
    "names": list(LECTURE),
    "sizes": [4, 4, 1],
    "activations": ["tanh", "tanh", "tanh"],
    "init": "uniform",
    "seed": "3",
    "changes": [],
    "inputs": ["2", "3", "-1"],
    "target": "1",
}


class UnusableError(ValueError):
    """A network that cannot be shown; its text says why, for the learner."""


class Sample(NamedTuple):
    inputs: tuple[float, ...]
    target: float


class Setup(NamedTuple):
    """A network, and a sample. `sizes` are of the layers, the last of them the output's."""

    names: tuple[str, ...]  # of the inputs
    sizes: tuple[int, ...]
    activations: tuple[str, ...]
    init: str
    seed: int
    changes: tuple[Change, ...]
    sample: Sample

    @property
    def widths(self) -> list[int]:
        """The inputs, then the neurons of each layer."""
        return [len(self.names), *self.sizes]

    @property
    def parameters(self) -> list[str]:
        """The path of each parameter, in the order of the model."""
        return [
            f"layers.{k}.neurons.{i}.{name}"
            for k, (before, size) in enumerate(zip(self.widths, self.sizes))
            for i in range(size)
            for name in [*(f"w.{j}" for j in range(before)), "b"]
        ]

    @property
    def is_lecture(self) -> bool:
        """Is it trained on the four rows of the lecture? Another network has its sample alone."""
        return self.names == LECTURE

    def first_parameter(self, k: int, i: int) -> int:
        """Return the number of the first weight of neuron i of layer k, both counted from 0."""
        earlier = sum(
            size * (before + 1) for before, size in list(zip(self.widths, self.sizes))[:k]
        )
        return earlier + i * (self.widths[k] + 1)

    def place(self, parameter: int) -> tuple[int, int, int]:
        """Return a parameter's layer, neuron and number; a bias comes after the weights."""
        for k, (before, size) in enumerate(zip(self.widths, self.sizes)):
            if parameter < size * (before + 1):
                return k, *divmod(parameter, before + 1)
            parameter -= size * (before + 1)
        raise IndexError(parameter)

    def neuron(self, k: int, i: int) -> str:
        """Return what neuron i of layer k is called, both from 0 on; layer -1 is the inputs."""
        if k < 0:
            return self.names[i]
        return neuron_name(k + 1, i, len(self.sizes))


def read_setup(given: dict[str, Any]) -> Setup:
    """Read a setup as the page sends it, with numbers as they were typed, or say what is wrong."""
    names = tuple(map(str, given["names"]))
    sizes = tuple(map(int, given["sizes"]))
    activations = tuple(given["activations"])
    _expect_shape(len(names), sizes)
    _expect(len(sizes) == len(activations), say("The last layer is one neuron."))
    _expect(set(activations) <= set(ACTIVATIONS), say("There is no such activation."))
    _expect(given["init"] in INITIALISATIONS, say("There is no such initialisation."))
    inputs = tuple(_number(x, name) for x, name in zip(given["inputs"], names))
    sample = Sample(inputs, _number(given["target"], say("the target")))
    changes = tuple(map(_change, given["changes"]))
    return Setup(names, sizes, activations, given["init"], _seed(given["seed"]), changes, sample)


def _expect_shape(inputs: int, sizes: tuple[int, ...]) -> None:
    _expect(
        1 <= inputs <= MOST_INPUTS, say("A network has 1 to {most} inputs here.", most=MOST_INPUTS)
    )
    _expect(
        len(sizes) <= MOST_HIDDEN + 1,
        say("A network has at most {most} hidden layers.", most=MOST_HIDDEN),
    )
    _expect(
        all(1 <= n <= MOST_NEURONS for n in sizes),
        say("A layer has 1 to {most} neurons.", most=MOST_NEURONS),
    )
    _expect(sizes[-1:] == (1,), say("The last layer is one neuron."))


def _change(given: list[Any]) -> Change:
    kind, *rest = given
    if kind == "load":
        return (kind, *map(float, rest))
    name = say("the learning rate") if kind == "train" else say("the parameter")
    count, number = int(rest[0]), _number(rest[1], name)
    if kind == "train":
        _expect(1 <= count <= MOST_STEPS, say("Train 1 to {most} steps at once.", most=MOST_STEPS))
        _expect(number > 0, say("A learning rate is above 0."))
    return (kind, count, number)


def _number(text: str | float, name: str) -> float:
    try:
        number = read(str(text))
    except UnreadableError as error:
        says = say("I need a number for {name}.", name=name)
        raise UnusableError(f"{says} {error}") from None
    _expect(math.isfinite(number), say("I need a finite number for {name}.", name=name))
    return number


def _seed(text: str | int) -> int:
    try:
        return int(text)
    except ValueError:
        raise UnusableError(say("A seed is a whole number, such as 3.")) from None


def _expect(is_true: bool, sentence: str) -> None:
    if not is_true:
        raise UnusableError(sentence)
