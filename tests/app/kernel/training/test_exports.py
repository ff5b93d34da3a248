"""A network as text: what comes out runs, and gives the same numbers."""

from __future__ import annotations

import json
import math
from typing import Any

import pytest

from app.kernel.training.exports import (
    Facts,
    Loaded,
    as_csv,
    as_json,
    as_micrograd,
    as_pytorch,
    from_json,
)
from micrograd.nn import MLP
from micrograd.train import Epoch

FACTS = Facts(["x1", "x2", "sin(x1)"], "dataset=xor", 7)
POINTS = [(0.5, -1.25), (3.0, 2.0), (0.0, 0.0)]


def model() -> MLP:
    made = MLP(3, [4, 2, 1], activation=["tanh", "relu", "sigmoid"], seed=3)
    for i, p in enumerate(made.parameters()):
        p.data += i / 7
    return made


def expected(made: MLP, x1: float, x2: float) -> float:
    output = made([x1, x2, math.sin(x1)])
    assert not isinstance(output, list)
    return output.data


def run(program: str) -> dict[str, Any]:
    names: dict[str, Any] = {}
    exec(program, names)
    return names


def test_the_micrograd_program_gives_the_same_to_the_bit(
    capsys: pytest.CaptureFixture[str],
) -> None:
    made = model()
    predict = run(as_micrograd(made, FACTS))["predict"]
    assert [predict(x, y) for x, y in POINTS] == [expected(made, x, y) for x, y in POINTS]
    assert float(capsys.readouterr().out) == expected(made, 1.0, 1.0)


def test_the_micrograd_program_of_columns_takes_them_all() -> None:
    made = model()
    predict = run(as_micrograd(made, Facts([])))["predict"]
    output = made([1.0, -2.0, 0.5])
    assert not isinstance(output, list)
    assert predict(1.0, -2.0, 0.5) == output.data


def test_the_pytorch_program_has_every_weight_where_it_belongs() -> None:
    made = model()
    program = as_pytorch(made, FACTS)
    compile(program, "network", "exec")
    assert "nn.Linear(3, 4, dtype=torch.float64),\n    nn.Tanh()," in program
    assert "nn.Linear(2, 1, dtype=torch.float64),\n    nn.Sigmoid()," in program
    for layer in made.layers:
        assert repr([[w.data for w in neuron.w] for neuron in layer.neurons]) in program
        assert repr([neuron.b.data for neuron in layer.neurons]) in program


def test_the_pytorch_program_gives_the_same() -> None:
    pytest.importorskip("torch")
    made = model()
    predict = run(as_pytorch(made, FACTS))["predict"]
    for x, y in POINTS:
        assert predict(x, y) == pytest.approx(expected(made, x, y), rel=1e-6)


def test_json_brings_back_every_bit() -> None:
    made = model()
    made.parameters()[0].data = math.inf
    loaded = from_json(as_json(made, FACTS))
    numbers = [p.data for p in made.parameters()]
    activations = ["tanh", "relu", "sigmoid"]
    assert loaded == Loaded([3, 4, 2, 1], activations, numbers, "dataset=xor", 7)


def changed(**parts: Any) -> str:
    return json.dumps({**json.loads(as_json(model(), FACTS)), **parts})


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("hello", "no JSON"),
        ("[" * 100_000, "no JSON"),
        ("[1]", "no weights of this page"),
        ('{"format": "other"}', "no weights of this page"),
        (changed(version=2), "newer version"),
        (changed(sizes=[3, 0, 1]), "from 1 to 100"),
        (changed(sizes="abc"), "not complete"),
        (changed(sizes=[2, 4, 2, 1]), "layers.0.neurons.0.w.2 is one too many"),
        (changed(activations=["tanh"]), "3 layers need 3 activations"),
        (changed(activations=["tanh", "swish", "relu"]), "swish"),
        (changed(parameters={}), "layers.0.neurons.0.b is missing"),
        (changed(epoch=-1), "not complete"),
        (changed(settings=5), "not complete"),
    ],
)
def test_what_is_wrong_with_json_is_told(text: str, says: str) -> None:
    told = from_json(text)
    assert isinstance(told, str)
    assert says in told


def test_a_key_that_is_missing_is_named() -> None:
    content = json.loads(as_json(model(), FACTS))
    del content["sizes"]
    assert from_json(json.dumps(content)) == (
        "The weights in this file are not complete (sizes is missing)."
    )


def test_losses_are_a_table_with_all_digits() -> None:
    epochs = [Epoch(10, 1, 0.1, 1 / 3, None, 0.5, None)]
    assert as_csv(epochs) == (
        "step,epoch,learning_rate,train_loss,test_loss,train_accuracy,test_accuracy\n"
        "10,1,0.1,0.3333333333333333,,0.5,\n"
    )
