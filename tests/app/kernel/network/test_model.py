"""A network that a cell has made: read as it is built, and drawn with its numbers."""

import re
from typing import Any

import pytest

from app.kernel.cells.shown import Shown
from app.kernel.lessons import run_cell
from app.kernel.network.model import read_model
from tests.app.kernel.cells.run import run

OWN = """
import random
class Neuron:
    def __init__(self, nin):
        self.w = [Value(random.uniform(-1, 1)) for _ in range(nin)]
        self.b = Value(0.5)
class Layer:
    def __init__(self, nin, nout):
        self.neurons = [Neuron(nin) for _ in range(nout)]
class MLP:
    def __init__(self, nin, nouts):
        sizes = [nin] + nouts
        self.layers = [Layer(sizes[i], sizes[i + 1]) for i in range(len(nouts))]
"""


IMPORT = "from micrograd.nn import MLP\n"


def shown(code: str) -> Shown:
    found = run(IMPORT + code)
    assert found.shown is not None, found
    return found.shown


def answer(code: str) -> dict[str, Any]:
    code = IMPORT + code
    return run_cell("models", "1", code, [["1", code]], lambda text: None)


@pytest.mark.parametrize(
    ("code", "widths", "last"),
    [
        ("MLP(3, [4, 4, 1])", [3, 4, 4, 1], "layers.2.neurons.0.b"),
        ("MLP(2, [1])", [2, 1], "layers.0.neurons.0.b"),
        ("MLP(2, [3]).layers[0]", [2, 3], "neurons.2.b"),
        ("MLP(2, [3]).layers[0].neurons[1]", [2, 1], "b"),
        (OWN + "MLP(2, [3, 2])", [2, 3, 2], "layers.1.neurons.1.b"),
        (OWN + "Neuron(1)", [1, 1], "b"),
    ],
)
def test_a_network_is_read(code: str, widths: list[int], last: str) -> None:
    seen = shown(code)
    assert seen.kind == "network"
    assert seen.model is not None
    assert (seen.model.widths, seen.model.paths[-1]) == (widths, last)
    assert len(seen.model.paths) == len(seen.model.parameters)


def test_the_paths_are_those_of_named_parameters() -> None:
    seen = shown("net = MLP(2, [3, 1])\nnet")
    listed = shown("net = MLP(2, [3, 1])\n[name for name, _ in net.named_parameters()]")
    assert seen.model is not None
    assert seen.model.paths == eval(listed.text)


@pytest.mark.parametrize(
    "code",
    [
        "class A: layers = []\nA()",
        "class A: layers = [1, 2]\nA()",
        "class A: neurons = 3\nA()",
        "class A:\n    w = [1.0]\n    b = 2.0\nA()",
        "net = MLP(2, [3, 1])\nnet.layers[1].neurons[0].w.pop()\nnet",
        "net = MLP(2, [3, 1])\nnet.layers[0].neurons.clear()\nnet",
    ],
)
def test_what_is_no_network_is_shown_by_its_repr(code: str) -> None:
    assert (shown(code).kind, shown(code).note) == ("repr", "")


def test_a_network_that_is_too_large_is_said_to_be() -> None:
    seen = shown("MLP(50, [40, 1])")  # 50·40 + 40 weights and biases, and 40 + 1
    assert (seen.kind, seen.note) == ("repr", "It has 2,081 parameters: up to 2,000 are drawn.")


def test_it_is_drawn_with_its_numbers_as_they_are() -> None:
    told = answer(
        "net = MLP(2, [1], seed=1)\nnet.layers[0].neurons[0].w[1].data = -2.5\n"
        "net([1.0, 2.0]).backward()\nnet"
    )
    assert told["drawn"]["paths"] == [f"layers.0.neurons.0.{name}" for name in ("w.0", "w.1", "b")]
    assert told["drawn"]["data"][1:] == ["−2.5", "0"]
    assert list(told["arrays"]["gradients"]) == [1.0, 2.0, 1.0]
    assert told["shown"]["text"].startswith("MLP of")
    assert re.findall(r'class="caption"[^>]*>(\w+)<', told["drawn"]["svg"]) == ["linear"]
    assert told["network"]["opens"]["parameters"] == list(told["arrays"]["weights"])


@pytest.mark.parametrize(
    "code",
    [
        "MLP(2, [3, 2])",  # two outputs
        "MLP(17, [1])",
        "MLP(2, [17, 1])",
        "MLP(2, [2] * 9 + [1])",
        "net = MLP(2, [1])\nnet.layers[0].neurons[0].b.data = float('nan')\nnet",
        OWN + "MLP(2, [1])",  # does not tell its activation
    ],
)
def test_what_the_section_cannot_compute_is_drawn_all_the_same(code: str) -> None:
    told = answer(code)
    assert told["network"] == {"opens": None}
    assert told["drawn"]["svg"].startswith("<svg")


def test_nothing_else_is_a_network() -> None:
    assert [read_model(thing) for thing in (None, 3, "w", [1.0], object())] == [None] * 5
