"""What goes wrong is found where it happens for real, and nothing where all is well."""

from __future__ import annotations

from array import array

import pytest

from app.kernel.training.diagnostics import Finding, Look, diagnose
from app.kernel.training.telling import look_at
from micrograd.nn import MLP
from micrograd.train import Epoch
from tests.app.kernel.training.test_session import begin


def found(query: str, epochs: int) -> dict[str, Finding]:
    session = begin(query)
    session.run_epochs(epochs)
    return {finding.kind: finding for finding in diagnose(look_at(session))}


@pytest.mark.parametrize("seed", [1, 2])
@pytest.mark.parametrize("name", ["circle", "xor", "gauss", "moons"])
def test_a_training_that_is_well_has_no_findings(name: str, seed: int) -> None:
    assert found(f"dataset={name}&samples=100&seed={seed}", 60) == {}


def test_dead_neurons_are_named() -> None:
    session = begin("samples=40&networkShape=3&activation=relu")
    session.edit(5, -100.0)  # the bias of the second neuron
    finding = {f.kind: f for f in diagnose(look_at(session))}["dead"]
    assert finding.says.startswith("Neuron 2 of layer 1 is 0 on every row")
    assert finding.where == [(1, 1)]


def test_saturated_neurons_are_named_with_their_layer() -> None:
    session = begin("samples=40&networkShape=2")
    for parameter in (2, 5):  # both biases
        session.edit(parameter, 50.0)
    finding = {f.kind: f for f in diagnose(look_at(session))}["saturated"]
    assert finding.says.startswith("2 neurons of layer 1 are at the flat end")


def test_a_gradient_vanishes_in_eight_layers_of_sigmoids() -> None:
    finding = found("samples=100&networkShape=4,4,4,4,4,4,4,4&activation=sigmoid", 3)["vanishing"]
    assert "in layer 8" in finding.says
    assert finding.setting == "init"


def test_a_gradient_explodes_with_large_weights() -> None:
    session = begin("samples=100&networkShape=4,4,4,4&activation=linear&outputActivation=linear")
    for p in session.parameters:
        p.data *= 40
    assert "exploding" in {f.kind for f in diagnose(look_at(session))}


def test_equal_weights_are_found() -> None:
    finding = found("samples=100&networkShape=4&init=zero", 2)["symmetry"]
    assert finding.says.startswith("All 4 neurons of layer 1 have the same weights")


def test_a_loss_that_is_not_finite_is_the_only_finding_and_names_the_step() -> None:
    session = begin("problem=regression&samples=100&networkShape=&learningRate=1")
    session.run_epochs(100)
    (finding,) = diagnose(look_at(session))
    assert finding.kind == "non-finite"
    assert finding.says.startswith("Stopped in step ")


def test_a_loss_that_rises_is_told_with_its_lowest() -> None:
    finding = found("problem=regression&samples=100&networkShape=&learningRate=0.3", 30)["rising"]
    assert finding.setting == "learningRate"


def test_learning_by_heart_is_told_with_the_epoch_from_which_on() -> None:
    query = "dataset=gauss&samples=60&noise=50&networkShape=8,8&activation=relu&xSquared=true"
    finding = found(f"{query}&ySquared=true&sinX=true&sinY=true&seed=4", 400)["overfitting"]
    assert finding.says.startswith("Since epoch ")


def test_a_plateau_is_told() -> None:
    finding = found("dataset=xor&samples=100&networkShape=4&init=zero", 100)["plateau"]
    assert finding.says.startswith("The loss stays near 0.4")


def test_a_single_layer_and_few_epochs_are_fine() -> None:
    look = Look(MLP(1, [1]), [[array("d", [0.0])]], [[array("d", [0.0])]], [])
    assert diagnose(look) == []
    assert diagnose(look._replace(epochs=[Epoch(1, 1, 0.1, 0.5, None, None, None)])) == []
