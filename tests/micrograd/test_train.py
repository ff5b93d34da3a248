"""The trainer: Karpathy's demo and the toy network digit by digit, and every edge of a batch."""

import json
import math
import random
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest

import micrograd.train
from micrograd.data import Dataset, circle, lecture, moons
from micrograd.engine import Value
from micrograd.losses import Output
from micrograd.nn import MLP, Module
from micrograd.train import (
    LOSSES,
    SGD,
    Adam,
    NonFiniteLossError,
    Step,
    Trainer,
    bce_with_logits,
    cross_entropy,
    hinge,
    linear,
    mae,
    mse,
    staircase,
)

DATA = Path(__file__).parent.parent / "data" / "training_golden.json"
GOLDEN = json.loads(DATA.read_text())
TOY = GOLDEN["toy_tanh_mlp_3_4_4_1"]
MOONS = GOLDEN["moons_relu_mlp_2_16_16_1"]


def numbers_of(model: MLP, what: str) -> list[Any]:
    """Return the parameters' `data` or `grad` as the file has them: layers of [weights, bias]."""
    return [
        [[[getattr(w, what) for w in n.w], getattr(n.b, what)] for n in layer.neurons]
        for layer in model.layers
    ]


def flat(nested: Any) -> list[float]:
    return [x for part in nested for x in flat(part)] if isinstance(nested, list) else [nested]


def started_at(model: MLP, init: Any) -> MLP:
    for parameter, number in zip(model.parameters(), flat(init), strict=True):
        parameter.data = float(number)
    return model


class Line(Module):
    """The smallest model: w·x, with w = 0 at first."""

    def __init__(self, w: float = 0.0) -> None:
        self.w = Value(w)

    def __call__(self, x: Sequence[float]) -> Value:
        return self.w * x[0]

    def named_parameters(self) -> Iterator[tuple[str, Value]]:
        yield "w", self.w


def line_trainer(targets: list[float], **options: Any) -> Trainer:
    """Fit w·1 to the targets, so that the loss of each row is (w - target)²."""
    model = options.pop("model", None) or Line()
    data = Dataset([[1.0] for _ in targets], targets)
    optimiser = SGD(model.parameters(), lr=options.pop("lr", 0.25))
    return Trainer(model, data, loss=options.pop("loss", mse), optimiser=optimiser, **options)


def w_of(trainer: Trainer) -> Value:
    return trainer.optimiser.parameters[0]


# Digit by digit.


def demo_trainer(model: MLP) -> Trainer:
    return Trainer(
        model,
        Dataset(MOONS["X"], MOONS["y"], "signs"),
        loss=hinge,
        optimiser=SGD(model.parameters(), lr=1.0),
        schedule=linear(100, end=0.1),
        l2=1e-4,
        shuffle=False,
    )


def test_moons_demo_from_its_seed_matches_karpathy_and_pytorch() -> None:
    random.seed(1337)
    model = MLP(2, [16, 16, 1])
    assert numbers_of(model, "data") == MOONS["init"]
    trainer = demo_trainer(model)
    steps = [trainer.step()]
    assert flat(numbers_of(model, "grad")) == pytest.approx(
        flat(MOONS["grads_step0"]), rel=1e-10, abs=1e-15
    )
    steps += [trainer.step() for _ in range(10)]
    losses = [step.loss + step.penalty for step in steps]
    assert losses == pytest.approx(MOONS["karpathy_demo_first_losses"], rel=1e-10, abs=0)
    assert losses[:10] == pytest.approx(MOONS["losses"], rel=1e-10, abs=0)
    assert [step.accuracy for step in steps[:4]] == [0.50, 0.81, 0.77, 0.82]  # as in the notebook


def test_toy_network_matches_pytorch() -> None:
    def sum_of_squares(predictions: Sequence[Output], targets: Sequence[float]) -> Value:
        return mse(predictions, targets) * len(targets)

    model = started_at(MLP(3, [4, 4, 1], activation=["tanh"] * 3), TOY["init"])
    optimiser = SGD(model.parameters(), lr=TOY["lr"])
    trainer = Trainer(model, lecture(), loss=sum_of_squares, optimiser=optimiser, shuffle=False)
    losses = [trainer.step().loss]
    assert flat(numbers_of(model, "grad")) == pytest.approx(flat(TOY["grads_step0"]), rel=1e-10)
    losses += [trainer.step().loss for _ in range(TOY["steps"] - 1)]
    assert losses == pytest.approx(TOY["losses"], rel=1e-10, abs=0)
    assert flat(numbers_of(model, "data")) == pytest.approx(flat(TOY["params_final"]), rel=1e-10)


def test_toy_rows_are_those_of_the_lecture() -> None:
    assert (lecture().inputs, lecture().targets) == (TOY["X"], TOY["y"])


# Batches and epochs.


def test_step_moves_against_the_mean_gradient_of_the_batch() -> None:
    trainer = line_trainer([1.0, 3.0])
    assert trainer.step() == Step(1, 1, 0.25, loss=5.0, penalty=0.0, accuracy=None)  # (1² + 3²)/2
    assert w_of(trainer).data == 1.0  # 0 - 0.25·(-2·1 - 2·3)/2


def test_last_batch_has_the_rows_that_are_left() -> None:
    trainer = line_trainer([1.0, 3.0, 2.0], batch_size=2, shuffle=False, lr=0.0)
    assert [trainer.step().loss for _ in range(3)] == [5.0, 4.0, 5.0]  # (1 + 9)/2, 4/1, again
    assert len(trainer.history) == 1


def test_epoch_loss_counts_each_row_once() -> None:
    trainer = line_trainer([1.0, 3.0, 2.0], batch_size=2, shuffle=False, lr=0.0)
    assert trainer.epoch().train_loss == pytest.approx(14 / 3)  # (1 + 9 + 4)/3, not (5 + 4)/2


def test_epoch_accuracy_counts_each_row_once() -> None:
    trainer = line_trainer([1.0, 1.0, 0.0], model=Line(2.0), batch_size=2, shuffle=False, lr=0.0)
    trainer.train = Dataset(trainer.train.inputs, trainer.train.targets, "classes")
    assert trainer.epoch().train_accuracy == pytest.approx(2 / 3)


def test_batch_larger_than_the_set_is_the_whole_set() -> None:
    trainer = line_trainer([1.0, 3.0], batch_size=100)
    trainer.step()
    assert (len(trainer.history), w_of(trainer).data) == (1, 1.0)


def test_one_sample_is_a_batch() -> None:
    assert line_trainer([3.0], batch_size=1).epoch().train_loss == 9.0


def test_epoch_ends_what_a_step_began() -> None:
    trainer = line_trainer([1.0, 2.0, 3.0], batch_size=1)
    trainer.step()
    assert trainer.epoch()[:2] == (3, 1)  # 3 steps, 1 epoch


def test_every_epoch_shows_each_row_in_another_order() -> None:
    trainer = line_trainer([float(k) for k in range(8)], batch_size=1, lr=0.0)
    orders = [[math.sqrt(trainer.step().loss) for _ in range(8)] for _ in range(2)]
    assert sorted(orders[0]) == sorted(orders[1]) == [0, 1, 2, 3, 4, 5, 6, 7]
    assert orders[0] != orders[1]


def test_seed_decides_the_order() -> None:
    def losses(seed: int) -> list[float]:
        trainer = line_trainer([float(k) for k in range(8)], batch_size=2, seed=seed)
        return [trainer.step().loss for _ in range(12)]

    assert losses(5) == losses(5)
    assert losses(5) != losses(6)


def test_shuffling_leaves_the_random_numbers_of_others_alone() -> None:
    random.seed(1)
    expected = random.random()
    random.seed(1)
    line_trainer([1.0, 2.0, 3.0]).run(2)
    assert random.random() == expected


def test_run_of_0_epochs_changes_nothing() -> None:
    trainer = line_trainer([1.0])
    assert trainer.run(0) == []
    assert (trainer.steps, w_of(trainer).data) == (0, 0.0)


def test_run_returns_the_history_so_far() -> None:
    trainer = line_trainer([1.0, 2.0], batch_size=1)
    trainer.run(2)
    assert [epoch[:2] for epoch in trainer.run(1)] == [(2, 1), (4, 2), (6, 3)]


def test_history_is_plain_data() -> None:
    model = MLP(2, [1], seed=0)
    optimiser = SGD(model.parameters())
    train, test = moons(20).split()
    row = Trainer(model, train, test, loss=hinge, optimiser=optimiser).run(1)[0]
    assert json.loads(json.dumps(row._asdict())) == row._asdict()
    assert {type(value) for value in row} == {int, float}


@pytest.mark.parametrize("size", [0, -1])
def test_batch_without_rows_is_an_error(size: int) -> None:
    with pytest.raises(ValueError, match=f"batch_size must be at least 1, not {size}"):
        line_trainer([1.0, 2.0], batch_size=size).step()


def test_targets_that_the_loss_does_not_know_are_an_error() -> None:
    with pytest.raises(ValueError, match="takes the targets 0 and 1, not -1"):
        line_trainer([-1.0], loss=bce_with_logits).step()


# What can be changed between two steps.


def test_learning_rate_may_change_between_steps() -> None:
    trainer = line_trainer([1.0], lr=0.25)
    trainer.step()
    trainer.learning_rate = 0.0
    assert trainer.step().learning_rate == 0.0
    assert w_of(trainer).data == 0.5  # 0 - 0.25·(-2·1)


def test_schedule_multiplies_the_learning_rate() -> None:
    trainer = line_trainer([1.0], lr=0.5, schedule=staircase(2, factor=0.5))
    assert [trainer.step().learning_rate for _ in range(3)] == [0.5, 0.5, 0.25]
    trainer.learning_rate = 0.1
    assert trainer.step().learning_rate == 0.05


def test_regularisation_may_change_between_steps() -> None:
    trainer = line_trainer([4.0], model=Line(4.0), lr=0.0)
    assert trainer.step().penalty == 0.0
    trainer.l1, trainer.l2 = 0.5, 0.25
    step = trainer.step()
    assert (step.loss, step.penalty) == (0.0, 6.0)  # 0.5·4 + 0.25·4²


def test_l2_is_a_weight_decay_of_twice_the_rate() -> None:
    by_penalty = line_trainer([1.0, 2.0], l2=0.1)
    by_decay = line_trainer([1.0, 2.0])
    by_decay.optimiser.weight_decay = 0.2
    by_penalty.run(5)
    by_decay.run(5)
    assert w_of(by_penalty).data == pytest.approx(w_of(by_decay).data, rel=1e-14)


def test_batch_size_may_change_within_an_epoch() -> None:
    trainer = line_trainer([1.0, 2.0, 3.0, 4.0], batch_size=1, lr=0.0)
    trainer.step()
    trainer.batch_size = None
    trainer.step()
    assert trainer.history[0].train_loss == pytest.approx(30 / 4)  # (1 + 4 + 9 + 16)/4


# Measuring.


def test_evaluate_returns_loss_and_accuracy_and_moves_nothing() -> None:
    trainer = line_trainer([1.0], model=Line(2.0))
    data = Dataset([[1.0], [-1.0], [3.0]], [1.0, 1.0, 1.0], "signs")
    loss, accuracy = trainer.evaluate(data)
    assert loss == pytest.approx(35 / 3)  # (1² + 3² + 5²)/3
    assert accuracy == 2 / 3
    assert (w_of(trainer).data, w_of(trainer).grad) == (2.0, 0.0)


def test_test_set_is_measured_after_the_epoch() -> None:
    model = Line()
    train, test = Dataset([[1.0]], [1.0]), Dataset([[2.0]], [1.0])
    trainer = Trainer(model, train, test, loss=mse, optimiser=SGD(model.parameters(), lr=0.25))
    row = trainer.epoch()
    assert (row.train_loss, row.test_loss) == (1.0, 0.0)  # (0 - 1)², then (0.5·2 - 1)²
    assert (row.train_accuracy, row.test_accuracy) == (None, None)


def test_history_without_a_test_set_has_none() -> None:
    row = line_trainer([1.0]).epoch()
    assert (row.test_loss, row.test_accuracy) == (None, None)


@pytest.mark.parametrize(
    ("loss", "task", "output", "answer"),
    [
        (mse, "signs", 0.1, 1.0),
        (mse, "signs", -0.1, -1.0),
        (hinge, "signs", 0.0, -1.0),  # neither, as in Karpathy's demo: only above 0 is positive
        (mse, "classes", 0.4, 0.0),
        (mse, "classes", 0.6, 1.0),
        (bce_with_logits, "classes", 0.4, 1.0),
        (bce_with_logits, "classes", -0.4, 0.0),
        (cross_entropy, "classes", [0.1, 0.3, 0.2], 1),
        (mae, "regression", 0.4, None),
    ],
)
def test_answer_is_what_the_output_stands_for(
    loss: Any, task: Any, output: Any, answer: float | None
) -> None:
    trainer = line_trainer([1.0], loss=loss)
    values = [Value(x) for x in output] if isinstance(output, list) else Value(output)
    assert trainer.answer(values, task) == answer


# Learning.


def test_several_classes_are_learned_with_cross_entropy() -> None:
    corners = [[2.0, 2.0], [-2.0, 2.0], [0.0, -2.0]]
    data = Dataset(corners, [0, 1, 2], "classes")
    model = MLP(2, [3], seed=3)
    optimiser = SGD(model.parameters(), lr=0.5)
    trainer = Trainer(model, data, data, loss=cross_entropy, optimiser=optimiser)
    history = trainer.run(20)
    assert history[-1].test_accuracy == 1.0
    assert trainer.evaluate(data)[0] < 0.1 < history[0].train_loss


@pytest.mark.parametrize("name", [name for name in LOSSES if name != "cross_entropy"])
def test_circle_is_learned_with_each_loss(name: str) -> None:
    signs = circle(60, seed=1)
    data = signs.as_classes() if name == "bce_with_logits" else signs
    model = MLP(2, [6, 1], activation="tanh", seed=2)
    optimiser = Adam(model.parameters(), lr=0.1)
    trainer = Trainer(model, data, loss=LOSSES[name], optimiser=optimiser, batch_size=10)
    trainer.run(15)
    assert trainer.evaluate(data)[1] == pytest.approx(1.0, abs=0.05)


# Stopping.


def test_divergence_stops_before_the_parameters_are_lost() -> None:
    trainer = line_trainer([1.0], lr=1e10)
    with pytest.raises(
        NonFiniteLossError, match="the loss is inf, though all parameters are fin"
    ) as e:
        trainer.run(100)
    assert (e.value.step, e.value.parameter) == (trainer.steps + 1, None)
    assert f"stopped in step {trainer.steps + 1}:" in str(e.value)
    assert math.isfinite(w_of(trainer).data)
    assert len(trainer.history) == trainer.steps


def test_parameter_that_is_not_finite_is_named() -> None:
    model = MLP(2, [2, 1], seed=0)
    model.layers[0].neurons[1].w[0].data = math.inf
    trainer = Trainer(model, moons(4), loss=mse, optimiser=SGD(model.parameters()))
    with pytest.raises(
        NonFiniteLossError, match=r"parameter layers\.0\.neurons\.1\.w\.0 is inf"
    ) as e:
        trainer.step()
    assert (e.value.step, e.value.parameter) == (1, "layers.0.neurons.1.w.0")


def test_gradient_that_is_not_finite_is_named() -> None:
    class Root(Line):
        def __call__(self, x: Sequence[float]) -> Value:
            return self.w**0.5

    trainer = line_trainer([1.0], model=Root())  # √0 = 0, but with a vertical slope
    with pytest.raises(NonFiniteLossError, match="the gradient of the parameter w is -inf") as e:
        trainer.step()
    assert (e.value.parameter, w_of(trainer).data) == ("w", 0.0)


def test_nan_in_the_data_stops_training() -> None:
    with pytest.raises(NonFiniteLossError, match="look for nan and inf in the data"):
        line_trainer([math.nan]).step()


def test_training_goes_on_with_the_same_batch_after_a_stop() -> None:
    trainer = line_trainer([1.0, 3.0], model=Line(1e200), batch_size=1, shuffle=False)
    with pytest.raises(NonFiniteLossError):
        trainer.step()
    w_of(trainer).data = 0.0
    assert trainer.step()[:4] == (1, 1, 0.25, 1.0)


def test_train_offers_all_its_names() -> None:
    assert all(hasattr(micrograd.train, name) for name in micrograd.train.__all__)


@pytest.mark.parametrize("compile", [True, False])
def test_epochs_are_counted_though_the_history_is_shortened(compile: bool) -> None:
    model = MLP(2, [2, 1], seed=1)
    rule = SGD(model.parameters(), lr=0.01)
    trainer = Trainer(
        model, circle(20, seed=1), loss=mse, optimiser=rule, batch_size=8, compile=compile
    )
    trainer.run(3)
    trainer.history.clear()
    trainer.run(2)
    assert [epoch.epoch for epoch in trainer.history] == [4, 5]
    assert (trainer.epochs, trainer.step().epoch) == (5, 6)
