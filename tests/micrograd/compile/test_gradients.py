"""How the loss changes with each neuron: compiled and by the engine, bit for bit."""

import math
from collections.abc import Sequence
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from micrograd.compile import straight
from micrograd.compile.training import Compiled
from micrograd.compile.unrolled import Unrolled
from micrograd.data import Dataset, xor
from micrograd.engine import Value
from micrograd.losses import LOSSES
from micrograd.nn import ACTIVATIONS, MLP
from micrograd.train import Adam, Trainer, cross_entropy, hinge, mse
from tests.micrograd.compile.pairs import bits, network, state_of, trainer_of
from tests.micrograd.compile.test_training import Net

TASKS = {"hinge": "as_signs", "bce_with_logits": "as_classes", "cross_entropy": "as_classes"}
MIXED = xor(6, seed=0)
POINTS = [(0.5, -1.5), (0.0, 0.0), (-0.0, 2.0), (3.0, -4.0), (-1.0, 0.25)]


def by_the_engine(trainer: Trainer, point: Sequence[float], target: float) -> list[list[float]]:
    """Return the `grad` of the neurons' nodes after a backward pass."""
    assert isinstance(trainer.model, MLP)
    kept = [p.grad for p in trainer.optimiser.parameters]
    layers = trainer.model.activations(point)
    output = layers[-1][0] if len(layers[-1]) == 1 else layers[-1]
    trainer.loss([output], [target]).backward()
    for p, grad in zip(trainer.optimiser.parameters, kept):
        p.grad = grad
    return [[neuron.grad for neuron in layer] for layer in layers]


def expect_the_engines(
    trainer: Trainer, points: Sequence[Sequence[float]], targets: Sequence[float]
) -> None:
    found = trainer.gradients(points, targets)
    for i, (point, target) in enumerate(zip(points, targets)):
        here = [[neuron[i] for neuron in layer] for layer in found]
        assert bits(here) == bits(by_the_engine(trainer, point, target))


def program_of(trainer: Trainer) -> Any:
    """Return the program of gradients, if there is one."""
    return getattr(trainer._compilation._compiled, "_gradients", None)


def is_left_to_the_engine(trainer: Trainer, targets: Sequence[float]) -> bool:
    points = [POINTS[0]] * len(targets)
    return trainer._compilation.gradients(points, targets) is None


def trainer_with(name: str, nouts: list[int], activation: Any, seed: int, **more: Any) -> Trainer:
    data = MIXED
    data = getattr(data, TASKS[name])() if name in TASKS else data
    model = network(nouts=nouts, activation=activation, seed=seed)
    return trainer_of(model, data, loss=LOSSES[name], **more)


@pytest.mark.parametrize("compile", [True, False])
@pytest.mark.parametrize("name", LOSSES)
@given(
    hidden=st.lists(st.tuples(st.integers(1, 4), st.sampled_from(list(ACTIVATIONS))), max_size=3),
    last=st.sampled_from(list(ACTIVATIONS)),
    seed=st.integers(0, 99),
    points=st.lists(
        st.tuples(st.floats(-5, 5), st.floats(-5, 5)) | st.sampled_from(POINTS), min_size=1
    ),
    chance=st.randoms(use_true_random=False),
)
@settings(max_examples=12, deadline=None, derandomize=True)
def test_gradients_are_those_of_the_neurons_nodes(
    compile: bool, name: str, hidden: Any, last: str, seed: int, points: Any, chance: Any
) -> None:
    nouts = [*(n for n, _ in hidden), 2 if name == "cross_entropy" else 1]
    names = [*(activation for _, activation in hidden), last]
    trainer = trainer_with(name, nouts, names, seed, compile=compile)
    trainer.step()
    targets = [chance.choice(trainer.train.targets) for _ in points]
    expect_the_engines(trainer, points, targets)
    assert is_left_to_the_engine(trainer, targets) != compile


@pytest.mark.parametrize("points", [1, 999, 1000, 2500])
def test_gradients_at_many_points(points: int) -> None:
    trainer = trainer_with("mse", [3, 2, 1], "relu", 3)
    grid = [(i / 100 - 5, 3 - i / 200) for i in range(points)]
    targets = [1.0 if i % 3 else -1.0 for i in range(points)]
    expect_the_engines(trainer, grid, targets)
    assert [len(n) for layer in trainer.gradients(grid, targets) for n in layer] == [points] * 6


def test_gradient_of_no_point_is_empty() -> None:
    assert trainer_with("mse", [3, 1], "relu", 3).gradients([], []) == []


@pytest.mark.parametrize("compile", [True, False])
def test_gradients_by_hand(compile: bool) -> None:
    model = MLP(1, [2, 1], activation="relu")
    for p, number in zip(model.parameters(), [2.0, 0.0, -1.0, 0.0, 3.0, 5.0, 1.0]):
        p.data = number
    data = Dataset([[1.0], [2.0]], [5.0, 6.0], "regression")
    trainer = trainer_of(model, data, compile=compile)
    [[first, second], [output]] = trainer.gradients([(1.0,), (-1.0,)], [5.0, 6.0])
    # 2x and -x through ReLU, then 3a + 5b + 1: 7 at x = 1, and 6 at x = -1
    assert output.tolist() == [2 * (7.0 - 5.0), 0.0]
    assert first.tolist() == [3 * 4.0, 0.0]
    assert second.tolist() == [5 * 4.0, 0.0]  # by the neuron's output, though its ReLU is shut


@pytest.mark.parametrize("name", ["mse", "mae", "huber"])
def test_a_regression_may_ask_for_targets_that_are_new(name: str) -> None:
    trainer = trainer_with(name, [3, 1], "tanh", 5)
    for targets in ([0.125, -7.5, 1.0, 0.0, 1e-3], [math.pi] * 5):
        expect_the_engines(trainer, POINTS, targets)
        assert not is_left_to_the_engine(trainer, targets)


def test_a_constant_that_no_target_of_the_data_needs_leads_to_the_engine() -> None:
    data = Dataset([[0.0, 1.0], [1.0, 1.0]], [2.0, 2.0], "regression")  # the 2 is in the code
    trainer = trainer_of(network(nouts=[2, 1]), data)
    expect_the_engines(trainer, POINTS, [3.0] * 5)
    assert is_left_to_the_engine(trainer, [3.0])
    assert not is_left_to_the_engine(trainer, [2.0])


def test_a_class_that_is_new_leads_to_the_engine() -> None:
    data = Dataset([[1, 2], [2, 0.5], [-1, 1]], [0, 1, 1], "classes")
    trainer = trainer_of(network(nouts=[4, 3]), data, loss=cross_entropy)
    expect_the_engines(trainer, POINTS, [0, 1, 2, 0, 2])
    assert is_left_to_the_engine(trainer, [2])
    with pytest.raises(ValueError, match="3"):
        trainer.gradients(POINTS, [3] * 5)


def test_a_target_that_the_loss_refuses_is_refused() -> None:
    trainer = trainer_with("hinge", [2, 1], "relu", 1)
    with pytest.raises(ValueError, match="hinge"):
        trainer.gradients(POINTS[:1], [0.5])


@pytest.mark.parametrize("compile", [True, False])
def test_nothing_else_changes(compile: bool) -> None:
    def trained(looks: bool) -> dict[str, Any]:
        trainer = trainer_of(network(nouts=[3, 1]), optimiser=Adam, batch_size=4, compile=compile)
        for _ in range(3):
            trainer.run(2)
            trainer.step()
            before = state_of(trainer)
            if looks:
                trainer.gradients(POINTS, [1.0, 2.0, -1.0, 0.0, 1.0])
            assert state_of(trainer) == before
        return state_of(trainer)

    assert trained(True) == trained(False)


def test_parameters_are_read_each_time() -> None:
    trainer = trainer_with("mse", [3, 1], "sigmoid", 5)
    for number in (0.5, -2.0, 0):
        trainer.optimiser.parameters[-2].data = number
        expect_the_engines(trainer, POINTS, [1.0] * 5)


@pytest.mark.parametrize("name", ["mse", "cross_entropy"])
def test_long_tapes_in_pieces_have_the_same_digits(
    name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    defaults = {**(straight.Straight.__init__.__kwdefaults__ or {}), "piece": 7}
    monkeypatch.setattr(straight.Straight.__init__, "__kwdefaults__", defaults)
    nouts = [4, 3, 2 if name == "cross_entropy" else 1]
    trainer = trainer_with(name, nouts, ["relu", "tanh", "linear"], 3)
    expect_the_engines(trainer, POINTS, [1.0] * 5)
    assert not is_left_to_the_engine(trainer, [1.0])


# Other models, other ways.


def one_of_two(outputs: Sequence[Any], targets: Sequence[float]) -> Value:
    return mse([y[0] for y in outputs], targets)


@pytest.mark.parametrize("compile", [True, False])
def test_neuron_that_the_loss_does_not_look_at_has_0(compile: bool) -> None:
    data = Dataset([[1, 2], [2, 0.5], [-1, 1]], [0, 1, 1], "classes")
    options: Any = {"loss": one_of_two, "compile": compile}
    trainer = trainer_of(network(nouts=[2, 2]), data, **options)
    expect_the_engines(trainer, POINTS, [0.0, 1.0, 1.0, 0.0, 1.0])
    assert trainer.gradients(POINTS, [1.0] * 5)[-1][1].tolist() == [0.0] * 5
    assert is_left_to_the_engine(trainer, [1.0]) != compile


class Twice(Net):
    """Its second output depends on the first, and is there twice."""

    def __call__(self, x: Sequence[float]) -> Any:
        first = self.w * x[0]
        second = (first * x[1]).tanh()
        return [first, second, second]


@pytest.mark.parametrize("model", [Net, Twice])
def test_gradients_of_another_model_are_those_of_its_outputs(model: Any) -> None:
    data, found = MIXED.as_classes(), []
    for compile in (False, True):
        options: Any = {"data": data, "loss": cross_entropy, "compile": compile}
        trainer = trainer_of(model(), **options)
        trainer.step()
        layers = trainer.gradients(POINTS, [0.0, 1.0, 1.0, 0.0, 1.0])
        found.append([[neuron.tolist() for neuron in layer] for layer in layers])
    assert bits(found[0]) == bits(found[1])
    assert not is_left_to_the_engine(trainer, [0.0, 1.0])


class Scaled(MLP):
    """An MLP that does more than its layers."""

    def __call__(self, x: Any) -> Value:
        output = super().__call__(x)
        assert isinstance(output, Value)
        return output * 2.0


def test_an_mlp_with_a_call_of_its_own_has_its_output_alone() -> None:
    found = []
    for compile in (False, True):
        trainer = trainer_of(Scaled(2, [3, 1], seed=1), compile=compile)
        gradients = trainer.gradients(POINTS, [1.0] * 5)
        activations = trainer.activations(POINTS)
        found.append([bits([list(n) for n in x[0]]) for x in (gradients, activations)])
        assert [len(layer) for layer in gradients] == [1]
    assert found[0] == found[1]


def test_an_unrolled_loss_is_left_to_the_engine() -> None:
    def coupled(outputs: Sequence[Any], targets: Sequence[float]) -> Value:
        return sum((y * t for y, t in zip(outputs, targets)), Value(0.0)).sigmoid()

    trainer = trainer_of(network(nouts=[2, 1]), loss=coupled)
    trainer.step()
    assert isinstance(trainer._compilation._compiled, Unrolled)
    expect_the_engines(trainer, POINTS, [1.0] * 5)


def by_weight(outputs: Sequence[Any], targets: Sequence[float]) -> Value:
    weights = [3.0 if t > 0 else 1.0 for t in targets]
    terms = [w * (y - t) ** 2 for w, y, t in zip(weights, outputs, targets)]
    return sum(terms[1:], terms[0]) / sum(weights)


def test_a_loss_that_weighs_its_sum_by_the_targets_is_left_to_the_engine() -> None:
    trainer = trainer_of(network(nouts=[2, 1]), MIXED, loss=by_weight)
    expect_the_engines(trainer, POINTS, [1.0, -1.0, -1.0, 1.0, -1.0])
    assert "what the loss does with its sum depends on the targets" in trainer.explain()


def test_mistakes_are_told() -> None:
    trainer = trainer_with("mse", [2, 1], "relu", 1)
    with pytest.raises(ValueError, match="2 points need as many targets, not 1"):
        trainer.gradients(POINTS[:2], [1.0])
    with pytest.raises(ValueError, match="each point needs 2 inputs"):
        trainer.gradients([(1.0,), (1.0, 2.0, 3.0)], [1.0, 1.0])


def test_the_program_is_made_when_it_is_asked_for() -> None:
    trainer = trainer_with("mse", [2, 1], "relu", 1)
    trainer.step()
    assert isinstance(trainer._compilation._compiled, Compiled)
    assert program_of(trainer) is None
    trainer.gradients(POINTS, [1.0] * 5)
    made = program_of(trainer)
    trainer.run(2)
    trainer.gradients(POINTS, [1.0] * 5)
    assert program_of(trainer) is made
    trainer.loss = hinge
    expect_the_engines(trainer, POINTS, [1.0] * 5)
    assert program_of(trainer) is not made
