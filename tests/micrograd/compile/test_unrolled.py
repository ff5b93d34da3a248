"""Losses that couple rows: the interpreter runs the graph of a batch, with the engine's digits."""

import math
from collections.abc import Callable, Iterator, Sequence
from typing import Any

import pytest

from micrograd.compile import unrolling
from micrograd.compile.tape import NotCompilable
from micrograd.compile.unrolled import Unrolled
from micrograd.data import Dataset, moons, multi_gaussian, xor
from micrograd.engine import Value
from micrograd.losses import Output, bce_with_logits, cross_entropy, hinge, mse
from micrograd.train import OPTIMISERS, SGD, Adam, NonFiniteLossError, Trainer
from tests.micrograd.compile.pairs import bits, both, network, run, trainer_of

each = pytest.mark.parametrize


def rmse(outputs: Sequence[Output], targets: Sequence[float]) -> Value:
    """Root mean squared error: the root couples the rows."""
    return mse(outputs, targets) ** 0.5


def momentum(parameters: list[Value]) -> SGD:
    return SGD(parameters, lr=0.05, momentum=0.9)


def unrolled(make: Callable[..., Trainer], play: Callable[[Trainer], object]) -> Trainer:
    trainer = both(make, play)
    assert isinstance(trainer._compilation._compiled, Unrolled), trainer.explain()
    return trainer


def make(**options: Any) -> Callable[..., Trainer]:
    return lambda compile: trainer_of(compile=compile, **{"loss": rmse, **options})


def reason(**options: Any) -> str:
    """Expect the engine's numbers by the engine, and return why."""
    trainer = both(make(**options), run(2))
    assert trainer._compilation._compiled is None
    return trainer.explain()


# The same digits.


@each("optimiser", [momentum, Adam])
@each("batch_size", [None, 4])
def test_20_steps_of_a_coupled_loss(optimiser: Any, batch_size: int | None) -> None:
    def play(trainer: Trainer) -> None:
        for _ in range(20):
            trainer.step()

    unrolled(make(optimiser=optimiser, batch_size=batch_size), play)


@each("name", OPTIMISERS)
def test_every_optimiser(name: str) -> None:
    unrolled(make(optimiser=OPTIMISERS[name]), run(10))


@each("shuffle", [True, False])
@each("batch_size", [1, 4, 5, 6, 100])
def test_batches_of_each_size(shuffle: bool, batch_size: int) -> None:
    unrolled(make(batch_size=batch_size, shuffle=shuffle), run(5))


def test_penalties_belong_to_the_graph_and_their_rates_may_change() -> None:
    def play(trainer: Trainer) -> None:
        trainer.run(3)
        trainer.l1, trainer.l2 = 0.5, 0.001
        trainer.run(3)
        trainer.l1 = 0.0
        trainer.run(3)

    unrolled(make(l1=0.01, l2=0.02), play)


def test_a_new_rate_of_a_penalty_needs_no_new_graph() -> None:
    trainer = make(l2=0.02)(compile=True)
    trainer.run(1)
    before = trainer._compilation._compiled
    trainer.l2 = 0.5
    trainer.run(1)
    assert trainer._compilation._compiled is before


def test_a_new_rule_needs_no_new_graph() -> None:
    def play(trainer: Trainer) -> None:
        trainer.run(2)  # the first step of momentum has a rule of its own
        before = trainer._compilation._compiled
        trainer.optimiser.momentum = 0.5
        trainer.run(2)
        assert trainer._compilation._compiled is before

    unrolled(make(optimiser=momentum), play)


def test_another_optimiser_takes_over() -> None:
    def play(trainer: Trainer) -> None:
        parameters = trainer.optimiser.parameters
        for optimiser in (Adam(parameters), SGD(parameters), SGD(parameters, momentum=0.5)):
            trainer.run(3)
            trainer.optimiser = optimiser
        trainer.run(3)

    unrolled(make(optimiser=Adam), play)


def test_batch_size_and_order_may_change_in_the_middle_of_an_epoch() -> None:
    def play(trainer: Trainer) -> None:
        for batch_size in (4, 1, None, 3, None):
            trainer.batch_size = batch_size
            trainer.step()
        trainer.shuffle = False
        trainer.run(2)

    unrolled(make(), play)


def test_parameters_changed_by_hand_are_seen() -> None:
    def play(trainer: Trainer) -> None:
        trainer.run(2)
        trainer.optimiser.parameters[0].data = 2.5
        trainer.optimiser.lr = 1.0  # the trainer sets it at each step
        trainer.learning_rate = 0.01
        trainer.run(2)

    unrolled(make(), play)


def test_a_schedule_and_a_test_set() -> None:
    options = {"test": xor(5, seed=7), "schedule": lambda step: 1 / (1 + step)}
    unrolled(make(**options, l2=0.01), run(5))


@each("shuffle", [True, False])
def test_a_test_set_of_a_loss_that_looks_at_targets_or_not(shuffle: bool) -> None:
    def squared(outputs: Sequence[Output], targets: Sequence[float]) -> Value:
        return (mse if shuffle else hinge)(outputs, targets) ** 2

    data, test = moons(8).as_signs(), moons(7, seed=3).as_signs()
    trainer = unrolled(make(data=data, test=test, loss=squared, shuffle=shuffle), run(4))
    assert trainer.history[-1].test_accuracy is not None


def test_accuracy_of_signs_and_of_classes() -> None:
    def signs(outputs: Sequence[Output], targets: Sequence[float]) -> Value:
        return mse(outputs, targets) ** 2

    trainer = unrolled(make(data=moons(10).as_signs(), loss=signs, batch_size=3), run(3))
    assert trainer.history[-1].train_accuracy is not None

    def classes(outputs: Sequence[Any], targets: Sequence[float]) -> Value:
        rows = [row[0] * row[1] - row[2] * target for row, target in zip(outputs, targets)]
        return (sum(rows[1:], rows[0]) / len(rows)).sigmoid()

    data = Dataset([[0.5, 1.0], [-1.0, 2.0], [0.0, 0.25]], [0.0, 1.0, 2.0], "classes")

    def build(compile: bool) -> Trainer:
        return trainer_of(network(nouts=[3, 3]), data, loss=classes, compile=compile)

    trainer = unrolled(build, run(3))
    assert trainer.history[-1].train_accuracy is not None


# What couples rows, or tells them apart.


def test_a_loss_that_touches_parameters() -> None:
    model = network()
    scale = model.layers[0].neurons[0].w[0]

    def loss(outputs: Sequence[Output], targets: Sequence[float]) -> Value:
        return mse(outputs, targets) + scale * scale

    def build(compile: bool) -> Trainer:
        for parameter, first in zip(model.parameters(), network().parameters()):
            parameter.data = first.data
        return trainer_of(model, loss=loss, compile=compile)

    unrolled(build, run(5))


def test_a_loss_with_a_parameter_of_its_own() -> None:
    def build(compile: bool) -> Trainer:
        model, scale = network(), Value(0.5)

        def loss(outputs: Sequence[Output], targets: Sequence[float]) -> Value:
            return mse(outputs, targets) * scale.exp() - scale

        optimiser = Adam([*model.parameters(), scale])
        return Trainer(model, xor(6), loss=loss, optimiser=optimiser, compile=compile)

    unrolled(build, run(5))


def test_a_leaf_that_is_not_trained_is_read_at_each_step() -> None:
    scales = []

    def build(compile: bool) -> Trainer:
        scales.append(Value(0.5))
        scale = scales[-1]
        return trainer_of(loss=lambda o, t: rmse(o, t) * scale, compile=compile)

    def play(trainer: Trainer) -> None:
        trainer.run(2)
        scales[-1].data = 3.0
        trainer.run(2)

    unrolled(build, play)


def test_a_loss_that_weighs_rows_by_their_place() -> None:
    def loss(outputs: Sequence[Output], targets: Sequence[float]) -> Value:
        parts = [(y - t) ** 2 * (i + 1.0) for i, (y, t) in enumerate(zip(outputs, targets))]
        return sum(parts[1:], parts[0])

    unrolled(make(loss=loss, batch_size=4), run(4))


class Alternating:
    """A model whose second row of each call goes another way."""

    def __init__(self) -> None:
        self.w = Value(0.75)
        self.rows = 0

    def __call__(self, x: Sequence[Any]) -> Value:
        self.rows += 1
        y = self.w * x[0] + x[1]
        return y.tanh() if self.rows % 2 else y

    def named_parameters(self) -> Iterator[tuple[str, Value]]:
        yield "w", self.w


def test_a_model_that_counts_its_rows_is_left_to_the_engine() -> None:
    with pytest.raises(NotCompilable, match="another one each time"):
        Unrolled(trainer_of(Alternating(), data=xor(5), loss=rmse))


def test_a_loss_that_looks_at_targets_of_the_whole_set_in_order() -> None:
    def loss(outputs: Sequence[Output], targets: Sequence[float]) -> Value:
        return hinge(outputs, targets) ** 2

    unrolled(make(data=moons(8).as_signs(), loss=loss, shuffle=False), run(5))


def test_rows_left_of_an_epoch_have_a_tape_of_their_own_where_targets_are_constants() -> None:
    def loss(outputs: Sequence[Output], targets: Sequence[float]) -> Value:
        return bce_with_logits(outputs, targets) ** 2

    def play(trainer: Trainer) -> None:
        trainer.batch_size = 3
        trainer.shuffle = False
        trainer.step()
        trainer.batch_size = None
        for _ in range(4):
            trainer.step()

    unrolled(make(data=moons(8).as_classes(), loss=loss, shuffle=False), play)


# What is left to the engine, and why.


def test_a_loss_that_looks_at_shuffled_targets_is_left_to_the_engine() -> None:
    def loss(outputs: Sequence[Output], targets: Sequence[float]) -> Value:
        return hinge(outputs, targets) ** 2

    told = reason(data=moons(8).as_signs(), loss=loss)
    assert "it looks at the targets, which differ from batch to batch" in told


def test_a_loss_that_compares_targets_is_left_to_the_engine() -> None:
    def loss(outputs: Sequence[Output], targets: Sequence[float]) -> Value:
        weights = [2.0 if target == 1 else 1.0 for target in targets]
        parts = [(y - t) ** 2 * w for y, t, w in zip(outputs, targets, weights)]
        return sum(parts[1:], parts[0]) ** 0.5

    assert "looks at the targets" in reason(loss=loss, batch_size=2, data=moons(8))


def test_a_loss_that_looks_at_outputs_is_left_to_the_engine() -> None:
    def loss(outputs: Sequence[Any], targets: Sequence[float]) -> Value:
        worst = max((y.data - t) ** 2 for y, t in zip(outputs, targets))
        return rmse(outputs, targets) * worst

    assert "the loss looks at numbers while it computes" in reason(loss=loss)


def test_both_reasons_are_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(unrolling, "LIMIT", 100)
    assert reason() == (
        "The engine makes each step: the loss is not a sum over the rows, "
        "and the graph of a batch has more than 100 nodes."
    )


def test_a_reason_that_holds_for_both_ways_is_told_once() -> None:
    class Unknown(SGD):
        def step(self) -> None:
            super().step()

    told = reason(loss=mse, optimiser=Unknown)
    assert told == "The engine makes each step: Unknown has a step of its own."


def test_a_batch_of_another_size_that_can_not_be_compiled_is_left_to_the_engine() -> None:
    def loss(outputs: Sequence[Any], targets: Sequence[float]) -> Value:
        if len(outputs) == 2 and outputs[0].data > 100:
            return mse(outputs, targets)
        return rmse(outputs, targets)

    trainer = both(make(loss=loss, batch_size=4), run(3))  # batches of 4 and 2 rows
    assert "looks at numbers" in trainer.explain()


# What is not finite.


def test_a_loss_that_is_not_finite_moves_nothing() -> None:
    def play(trainer: Trainer) -> None:
        trainer.run(2)
        trainer.optimiser.parameters[0].data = math.inf
        trainer.run(1)

    trainer = unrolled(make(), play)
    with pytest.raises(NonFiniteLossError, match=r"the parameter layers\.0\.neurons\.0\.w\.0 is"):
        trainer.step()


def test_a_gradient_that_is_not_finite_moves_nothing() -> None:
    def play(trainer: Trainer) -> None:
        trainer.run(2)
        for parameter in trainer.optimiser.parameters:
            parameter.data = 0.0  # all outputs are 0, as are all targets: the slope of √0 is inf
        trainer.run(1)

    data = Dataset([[0.5, 1.0], [-1.0, 2.0]], [0.0, 0.0], "regression")
    trainer = unrolled(make(data=data), play)
    with pytest.raises(NonFiniteLossError, match="the gradient of the parameter"):
        trainer.step()


def test_training_that_grows_without_bound_stops_at_the_same_step() -> None:
    def loss(outputs: Sequence[Output], targets: Sequence[float]) -> Value:
        return mse(outputs, targets) ** 2

    def fast(parameters: list[Value]) -> SGD:
        return SGD(parameters, lr=100.0)

    def build(compile: bool) -> Trainer:
        return trainer_of(network(activation="linear"), loss=loss, optimiser=fast, compile=compile)

    trainer = unrolled(build, run(50))
    assert 0 < trainer.steps < 50


# Explanations and pictures.


def test_explain_tells_that_the_interpreter_runs_and_why() -> None:
    trainer = make()(compile=True)
    trainer.step()
    first, *lines = trainer.explain().splitlines()
    assert first == (
        "Steps run as WebAssembly: an interpreter with the graph of a whole batch "
        "(the loss is not a sum over the rows)."
    )
    told = dict(line.split(maxsplit=1) for line in lines)
    assert told["parameters"] == "13"
    assert told["code"] == "1,064 bytes"
    assert told["checked"] == "on 6 rows: the same digits as the engine's"
    assert set(told) == {"machine", "nodes", "parameters", "code", "made", "checked"}


@each("nouts", [[3, 1], [4, 3]])
def test_activations_are_those_of_the_engine(nouts: list[int]) -> None:
    data = multi_gaussian(6) if nouts[-1] > 1 else xor(6)

    def loss(outputs: Sequence[Any], targets: Sequence[float]) -> Value:
        parts = [y if isinstance(y, Value) else y[0] * y[1] for y in outputs]
        return sum(parts[1:], parts[0]).sigmoid()

    points = [(0.0, 1.0), (-2.0, 0.5), (3.0, 3.0)]
    found = []
    for compile in (False, True):
        trainer = make(model=network(nouts=nouts), data=data, loss=loss)(compile)
        trainer.run(2)
        found.append([[neuron.tolist() for neuron in x] for x in trainer.activations(points)])
    assert isinstance(trainer._compilation._compiled, Unrolled)
    assert bits(found[0]) == bits(found[1])


def test_activations_need_as_many_inputs_as_the_model() -> None:
    trainer = make()(compile=True)
    trainer.step()
    with pytest.raises(ValueError, match="2 leaves, but 1 numbers"):
        trainer.activations([(1.0,)])


def test_a_loss_of_rows_alone_is_not_unrolled() -> None:
    data = Dataset([[0.5, 1.0], [-1.0, 2.0], [0.0, 0.25]], [0.0, 1.0, 2.0], "classes")
    trainer = make(model=network(nouts=[3, 3]), data=data, loss=cross_entropy)(compile=True)
    trainer.step()
    assert not isinstance(trainer._compilation._compiled, Unrolled)
