"""Networks: their shapes, names, first weights, activations, mistakes, and the lecture's loop."""

import json
import math
import random
import re
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from micrograd.engine import Value
from micrograd.nn import ACTIVATIONS, INITIALISATIONS, MLP, Layer, Module, Neuron

DATA = Path(__file__).parent.parent / "data" / "training_golden.json"
MOONS = json.loads(DATA.read_text())["moons_relu_mlp_2_16_16_1"]


def with_weights(neuron: Neuron, *w: float, b: float = 0.0) -> Neuron:
    for parameter, number in zip(neuron.parameters(), [*w, b], strict=True):
        parameter.data = number
    return neuron


def data_of(module: Module) -> list[float]:
    return [parameter.data for parameter in module.parameters()]


def weights_of(module: Module) -> list[float]:
    return [p.data for name, p in module.named_parameters() if ".w." in f".{name}"]


# A neuron.


def test_neuron_is_a_weighted_sum_plus_bias() -> None:
    neuron = with_weights(Neuron(2, nonlin=False), 2.0, -3.0, b=0.5)
    assert neuron([1.0, 4.0]).data == -9.5  # 2·1 - 3·4 + 0.5


def test_neuron_lets_only_the_positive_through() -> None:
    neuron = with_weights(Neuron(1), 2.0, b=-1.0)
    assert [neuron([x]).data for x in (3.0, 0.5, -1.0)] == [5.0, 0.0, 0.0]  # relu(2x - 1)


@pytest.mark.parametrize(
    ("activation", "result"),
    [("linear", -2.0), ("relu", 0.0), ("tanh", math.tanh(-2)), ("sigmoid", 1 / (1 + math.e**2))],
)
def test_neuron_with_activation(activation: str, result: float) -> None:
    neuron = with_weights(Neuron(1, activation=activation), 1.0, b=-3.0)
    assert neuron([1.0]).data == pytest.approx(result)  # of 1·1 - 3 = -2
    assert activation in ACTIVATIONS


def test_neuron_has_the_gradients_of_its_weights_inputs_and_bias() -> None:
    neuron = with_weights(Neuron(2), 2.0, -3.0, b=20.0)
    x = [Value(1.0), Value(4.0)]
    neuron(x).backward()
    assert [w.grad for w in neuron.w] == [1.0, 4.0]  # the inputs
    assert [xi.grad for xi in x] == [2.0, -3.0]  # the weights
    assert neuron.b.grad == 1.0


def test_neuron_starts_with_weights_between_minus_1_and_1_and_bias_0() -> None:
    neuron = Neuron(1000, rng=random.Random(0))
    assert -1 <= min(neuron.w, key=lambda w: w.data).data < -0.99
    assert 0.99 < max(neuron.w, key=lambda w: w.data).data <= 1
    assert neuron.b.data == 0.0


@pytest.mark.parametrize(
    "x", [(1.0, 2.0), [1, 2], np.array([1.0, 2.0]), [Value(1.0), 2], [np.float32(1), True + 1]]
)
def test_neuron_takes_any_sequence_of_numbers(x: Any) -> None:
    assert with_weights(Neuron(2), 3.0, 0.5)(x).data == 4.0  # 3·1 + 0.5·2


def test_neuron_of_one_input_has_one_weight() -> None:
    assert [name for name, _ in Neuron(1).named_parameters()] == ["w.0", "b"]


def test_neuron_of_no_inputs_is_an_error() -> None:
    with pytest.raises(ValueError, match="nin must be at least 1, not 0"):
        Neuron(0)


@pytest.mark.parametrize("x", [[], [1.0], [1.0, 2.0, 3.0]])
def test_neuron_with_a_wrong_number_of_inputs_is_an_error(x: list[float]) -> None:
    sentence = re.escape(f"this Neuron takes 2 inputs, but got {len(x)}: {x}")
    with pytest.raises(ValueError, match=sentence):
        Neuron(2)(x)


def test_neuron_with_unknown_activation_names_the_known_ones() -> None:
    with pytest.raises(ValueError, match="'gelu': choose one of linear, relu, tanh, sigmoid"):
        Neuron(2, activation="gelu")


def test_neuron_with_unknown_init_names_the_known_ones() -> None:
    with pytest.raises(ValueError, match="'xavier': choose one of uniform, glorot, he, zero"):
        Neuron(2, init="xavier")


def test_neuron_with_text_as_input_says_what_to_do() -> None:
    with pytest.raises(TypeError, match=r"the text '1': convert it with float\(\.\.\.\)"):
        Neuron(2)("12")  # type: ignore[arg-type]


# A layer.


def test_layer_returns_a_list_with_an_output_for_each_neuron() -> None:
    out = Layer(2, 3)([1.0, 2.0])
    assert type(out) is list
    assert [type(y) for y in out] == [Value] * 3


def test_layer_of_one_neuron_returns_a_list_too() -> None:
    out = Layer(2, 1)([1.0, 2.0])
    assert type(out) is list
    assert len(out) == 1


def test_layer_gives_the_same_input_to_all_its_neurons() -> None:
    layer = Layer(1, 2, nonlin=False)
    with_weights(layer.neurons[0], 2.0)
    with_weights(layer.neurons[1], -1.0, b=1.0)
    x = Value(5.0)
    first, second = layer([x])
    assert (first.data, second.data) == (10.0, -4.0)
    (first + second).backward()
    assert x.grad == 1.0  # 2 - 1


def test_layer_parameters_are_named_by_neuron() -> None:
    names = [name for name, _ in Layer(2, 2).named_parameters()]
    assert names == [
        *("neurons.0.w.0", "neurons.0.w.1", "neurons.0.b"),
        *("neurons.1.w.0", "neurons.1.w.1", "neurons.1.b"),
    ]


def test_layer_of_no_neurons_is_an_error() -> None:
    with pytest.raises(ValueError, match="nout must be at least 1, not 0"):
        Layer(2, 0)


def test_layer_of_no_inputs_is_an_error() -> None:
    with pytest.raises(ValueError, match="nin must be at least 1, not 0"):
        Layer(0, 2)


def test_layer_with_a_wrong_number_of_inputs_is_an_error() -> None:
    with pytest.raises(ValueError, match=r"takes 2 inputs, but got 1: \[5\]"):
        Layer(2, 3)([5])


# A multi-layer perceptron.


@pytest.mark.parametrize(
    ("nin", "nouts", "count"),
    [
        (3, [4, 4, 1], 41),  # 4·(3 + 1) + 4·(4 + 1) + 1·(4 + 1)
        (2, [16, 16, 1], 337),  # 16·(2 + 1) + 16·(16 + 1) + 1·(16 + 1)
        (1, [1], 2),
    ],
)
def test_mlp_has_a_parameter_for_each_connection_and_each_neuron(
    nin: int, nouts: list[int], count: int
) -> None:
    assert len(MLP(nin, nouts).parameters()) == count


def test_mlp_has_the_shape_it_was_given() -> None:
    model = MLP(3, (4, 5, 2))
    assert [len(layer.neurons) for layer in model.layers] == [4, 5, 2]
    assert [len(layer.neurons[0].w) for layer in model.layers] == [3, 4, 5]


def test_mlp_parameters_are_named_by_their_path() -> None:
    model = MLP(3, [4, 4, 1])
    named = dict(model.named_parameters())
    assert list(named)[:5] == [
        *("layers.0.neurons.0.w.0", "layers.0.neurons.0.w.1", "layers.0.neurons.0.w.2"),
        *("layers.0.neurons.0.b", "layers.0.neurons.1.w.0"),
    ]
    assert named["layers.0.neurons.1.w.2"] is model.layers[0].neurons[1].w[2]
    assert list(named)[-1] == "layers.2.neurons.0.b"
    assert list(named.values()) == model.parameters()


def test_mlp_parameters_are_the_same_values_each_time() -> None:
    model = MLP(2, [2, 1])
    assert model.parameters() == model.parameters()
    assert len(set(model.parameters())) == 9


@pytest.mark.parametrize("nouts", [[4, 4, 1], [1, 1], [1]])
def test_mlp_with_one_output_returns_a_value(nouts: list[int]) -> None:
    assert type(MLP(3, nouts)([2.0, 3.0, -1.0])) is Value


def test_mlp_with_more_outputs_returns_a_list() -> None:
    out = MLP(3, [4, 2])([2.0, 3.0, -1.0])
    assert type(out) is list
    assert len(out) == 2


@pytest.mark.parametrize("nouts", [[1, 1], [4, 1, 1], [1, 2]])
def test_mlp_with_a_hidden_layer_of_one_neuron_works(nouts: list[int]) -> None:
    out = MLP(2, nouts, activation="tanh", seed=0)([0.5, -0.5])
    outputs = out if isinstance(out, list) else [out]
    assert len(outputs) == nouts[-1]


def test_mlp_chains_its_layers() -> None:
    model = MLP(1, [2, 1])
    with_weights(model.layers[0].neurons[0], 1.0)
    with_weights(model.layers[0].neurons[1], -1.0)
    with_weights(model.layers[1].neurons[0], 1.0, 1.0, b=-2.0)
    # relu(x) + relu(-x) - 2 = |x| - 2
    assert [model([x]).data for x in (3.0, -3.0, 0.5)] == [1.0, 1.0, -1.5]


def test_mlp_gives_the_lecture_gradient_of_its_first_weight() -> None:
    n = MLP(3, [4, 4, 1], activation=["tanh"] * 3, seed=0)
    xs, ys = [[2.0, 3.0, -1.0], [3.0, -1.0, 0.5]], [1.0, -1.0]

    def loss() -> Value:
        return sum((n(x) - y) ** 2 for x, y in zip(xs, ys))

    loss().backward()
    w, h = n.layers[0].neurons[0].w[0], 1e-6
    w.data += h
    above = loss().data
    w.data -= 2 * h
    below = loss().data
    assert n.layers[0].neurons[0].w[0].grad == pytest.approx((above - below) / (2 * h), rel=1e-6)


def test_mlp_of_no_layers_is_an_error() -> None:
    with pytest.raises(ValueError, match="nouts lists the size of each layer"):
        MLP(3, [])


@pytest.mark.parametrize(
    ("nin", "nouts", "sentence"),
    [
        (0, [1], "nin must be at least 1, not 0"),
        (-1, [2, 1], "nin must be at least 1, not -1"),
        (3, [0], "nout must be at least 1, not 0"),
        (3, [4, 0, 1], "nout must be at least 1, not 0"),
        (3, [4, 4, -2], "nout must be at least 1, not -2"),
    ],
)
def test_mlp_of_an_empty_layer_is_an_error(nin: int, nouts: list[int], sentence: str) -> None:
    with pytest.raises(ValueError, match=sentence):
        MLP(nin, nouts)


@pytest.mark.parametrize("x", [[], [1, 2], [1, 2, 3, 4]])
def test_mlp_with_a_wrong_number_of_inputs_is_an_error(x: list[int]) -> None:
    sentence = re.escape(f"takes 3 inputs, but got {len(x)}: {x}")
    with pytest.raises(ValueError, match=f"^this MLP {sentence}$"):
        MLP(3, [2, 1])(x)


# Activations.


def test_mlp_has_relu_inside_and_a_linear_output() -> None:
    model = MLP(2, [3, 3, 1])
    assert [layer.neurons[0].activation for layer in model.layers] == ["relu", "relu", "linear"]


def test_mlp_activation_is_that_of_all_hidden_layers() -> None:
    model = MLP(2, [3, 3, 1], activation="tanh")
    assert [layer.neurons[0].activation for layer in model.layers] == ["tanh", "tanh", "linear"]


def test_mlp_activation_can_be_given_for_each_layer() -> None:
    names = ["tanh", "linear", "sigmoid"]
    model = MLP(2, [3, 3, 1], activation=names)
    assert [layer.neurons[0].activation for layer in model.layers] == names
    assert 0 < model([100.0, -100.0]).data < 1


def test_mlp_of_one_layer_is_linear() -> None:
    assert MLP(2, [1], activation="tanh").layers[0].neurons[0].activation == "linear"


@pytest.mark.parametrize("names", [[], ["relu"], ["relu"] * 3])
def test_mlp_with_activations_that_do_not_match_its_layers_is_an_error(names: list[str]) -> None:
    with pytest.raises(ValueError, match=f"2 layers need 2 activations, not {len(names)}"):
        MLP(2, [3, 1], activation=names)


@pytest.mark.parametrize("activation", ["swish", ["relu", "swish"]])
def test_mlp_with_unknown_activation_names_the_known_ones(activation: Any) -> None:
    with pytest.raises(ValueError, match="unknown activation 'swish': choose one of linear, relu"):
        MLP(2, [3, 1], activation=activation)


# The first weights.


def test_mlp_with_the_same_seed_has_the_same_weights() -> None:
    assert data_of(MLP(3, [4, 1], seed=42)) == data_of(MLP(3, [4, 1], seed=42))


def test_mlp_with_another_seed_has_other_weights() -> None:
    assert data_of(MLP(3, [4, 1], seed=42)) != data_of(MLP(3, [4, 1], seed=43))


def test_mlp_with_seed_0_is_seeded() -> None:
    assert data_of(MLP(2, [1], seed=0)) == data_of(MLP(2, [1], seed=0))


def test_mlp_with_a_seed_leaves_the_random_of_others_alone() -> None:
    random.seed(5)
    expected = random.random()
    random.seed(5)
    MLP(3, [4, 1], seed=42)
    assert random.random() == expected


def test_mlp_without_a_seed_is_ruled_by_random_seed() -> None:
    random.seed(1337)
    model = MLP(2, [16, 16, 1])
    init = [
        [[[w.data for w in neuron.w], neuron.b.data] for neuron in layer.neurons]
        for layer in model.layers
    ]
    assert init == MOONS["init"]


def test_mlp_without_a_seed_is_another_each_time() -> None:
    assert data_of(MLP(3, [4, 1])) != data_of(MLP(3, [4, 1]))


@pytest.mark.parametrize(
    ("init", "reaches"),
    [
        ("uniform", [1.0, 1.0]),
        ("glorot", [math.sqrt(6 / (20 + 40)), math.sqrt(6 / (40 + 10))]),
        ("he", [math.sqrt(6 / 20), math.sqrt(6 / 40)]),
        ("zero", [0.0, 0.0]),
    ],
)
def test_mlp_init_says_how_far_from_0_a_weight_may_start(init: str, reaches: list[float]) -> None:
    model = MLP(20, [40, 10], init=init, seed=1)
    for layer, reach in zip(model.layers, reaches, strict=True):
        weights = weights_of(layer)
        assert 0.97 * reach <= max(weights) <= reach
        assert -reach <= min(weights) <= -0.97 * reach
        assert [neuron.b.data for neuron in layer.neurons] == [0.0] * len(layer.neurons)
    assert init in INITIALISATIONS


# Repr, as in PyPI's micrograd.


def test_repr_of_a_neuron_says_its_activation_and_its_inputs() -> None:
    assert repr(Neuron(2)) == "ReLUNeuron(2)"
    assert repr(Neuron(16, nonlin=False)) == "LinearNeuron(16)"


def test_repr_of_a_layer_lists_its_neurons() -> None:
    assert repr(Layer(3, 2)) == "Layer of [ReLUNeuron(3), ReLUNeuron(3)]"
    assert repr(Layer(3, 1, nonlin=False)) == "Layer of [LinearNeuron(3)]"


def test_repr_of_an_mlp_lists_its_layers() -> None:
    neurons = ", ".join
    assert repr(MLP(2, [16, 16, 1])) == (
        f"MLP of [Layer of [{neurons(['ReLUNeuron(2)'] * 16)}], "
        f"Layer of [{neurons(['ReLUNeuron(16)'] * 16)}], Layer of [LinearNeuron(16)]]"
    )


# Training.


def test_module_of_nothing_has_no_parameters() -> None:
    module = Module()
    assert module.parameters() == []
    module.zero_grad()


@pytest.mark.parametrize("module", [Neuron(2), Layer(2, 2), MLP(2, [2, 1])], ids=repr)
def test_zero_grad_forgets_all_gradients_and_keeps_the_weights(module: Module) -> None:
    before = data_of(module)
    for parameter in module.parameters():
        parameter.grad = 5.0
    module.zero_grad()
    assert [parameter.grad for parameter in module.parameters()] == [0.0] * len(before)
    assert data_of(module) == before


def test_zero_grad_leaves_the_inputs_alone() -> None:
    neuron, x = Neuron(1, nonlin=False), Value(2.0)
    neuron([x]).backward()
    neuron.zero_grad()
    assert x.grad == neuron.w[0].data


def test_without_zero_grad_the_gradients_add_up() -> None:
    neuron = with_weights(Neuron(1, nonlin=False), 1.0)
    neuron([2.0]).backward()
    neuron([2.0]).backward()
    assert neuron.w[0].grad == 4.0  # 2 + 2


def test_lecture_training_loop_brings_the_loss_down() -> None:
    n = MLP(3, [4, 4, 1], activation=["tanh", "tanh", "tanh"], seed=1337)
    xs = [[2.0, 3.0, -1.0], [3.0, -1.0, 0.5], [0.5, 1.0, 1.0], [1.0, 1.0, -1.0]]
    ys = [1.0, -1.0, -1.0, 1.0]
    losses = []
    for _ in range(60):
        # forward pass
        ypred = [n(x) for x in xs]
        loss = sum((yout - ygt) ** 2 for ygt, yout in zip(ys, ypred))
        # backward pass
        for p in n.parameters():
            p.grad = 0.0
        loss.backward()
        # update
        for p in n.parameters():
            p.data += -0.1 * p.grad
        losses.append(loss.data)
    assert losses[-1] < 0.1 < 1 < losses[0]
    assert losses[-20:] == sorted(losses[-20:], reverse=True)
    assert [y.data > 0 for y in ypred] == [True, False, False, True]


def test_training_that_goes_nowhere_changes_nothing() -> None:
    n = MLP(2, [2, 1], init="zero", seed=0)
    (n([1.0, 1.0]) * 3).backward()
    # All hidden neurons are 0, so only the bias of the output can move.
    assert [name for name, p in n.named_parameters() if p.grad != 0] == ["layers.1.neurons.0.b"]
