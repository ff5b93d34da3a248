import pytest

from app.kernel.network.descent import course
from app.kernel.network.setup import UnusableError
from micrograd.data import lecture
from micrograd.nn import MLP
from micrograd.train import SGD, Trainer, mse
from tests.app.kernel.network.setups import CHAIN, NEURON, setup


def test_a_parameter_that_is_set_has_that_number() -> None:
    assert course(
        setup(CHAIN, changes=[["load", 2, 1, 10, -60], ["set", 1, "0.5"]])
    ).now.tolist() == [*[2, 0.5, 10, -60]]


def test_a_step_goes_down_the_gradient() -> None:
    went = course(setup(CHAIN, changes=[["load", 2, 1, 10, -60], ["train", 1, "0.01"]]))
    # the gradients are 120, 40, 28 and 4, and the rate is 0.01
    assert went.now.tolist() == pytest.approx([2 - 1.2, 1 - 0.4, 10 - 0.28, -60 - 0.04])
    assert went.gradients[0].tolist() == [120, 40, 28, 4]
    assert went.losses == (4,)


def test_training_is_that_of_the_trainer_on_the_four_rows() -> None:
    went = course(setup(changes=[["train", 20, "0.1"]]))
    model = MLP(3, [4, 4, 1], activation=["tanh"] * 3, seed=3)
    optimiser = SGD(model.parameters(), lr=0.1)
    Trainer(model, lecture(), loss=mse, optimiser=optimiser, shuffle=False).run_steps(20)
    assert went.now.tolist() == [p.data for p in model.parameters()]
    assert (went.steps, len(went.values), len(went.gradients)) == (20, 20, 20)
    assert went.losses[-1] < went.losses[0] / 10


def test_what_was_trained_is_not_trained_again() -> None:
    once = course(setup(changes=[["train", 3, "0.1"]]))
    more = course(setup(changes=[["train", 3, "0.1"], ["set", 0, "1"]], inputs=["1", "1", "1"]))
    assert more.values[0] is once.values[0]
    back = course(setup(changes=[["train", 3, "0.1"]]))
    assert back is once


FAR = "steps the numbers are too large for a float. A smaller learning rate than 10 helps.$"


def test_numbers_that_grow_too_large_are_told() -> None:
    # the distance from the target grows by |1 - 2·10·(5² + 6² + 1)| = 1239 in each step
    with pytest.raises(UnusableError, match=FAR):
        course(setup(NEURON, changes=[["train", 200, "10"]]))
