import random

import pytest

from app.kernel.edition import restore, use
from app.kernel.network.layers import parameters, to_be_recorded, to_be_trained
from app.kernel.network.live import network
from app.kernel.network.setup import UnusableError
from micrograd.engine import Value
from micrograd.nn import MLP
from tests.app.kernel.network.setups import CHAIN, LECTURE, NEURON, passed, setup

LECTURES_NN = """
import random
from micrograd.engine import Value
class Neuron:
    def __init__(self, nin):
        self.w = [Value(random.uniform(-1, 1)) for _ in range(nin)]
        self.b = Value(random.uniform(-1, 1))
    def __call__(self, x):
        return sum((wi * xi for wi, xi in zip(self.w, x)), self.b).tanh()
class Layer:
    def __init__(self, nin, nout):
        self.neurons = [Neuron(nin) for _ in range(nout)]
    def __call__(self, x):
        outs = [n(x) for n in self.neurons]
        return outs[0] if len(outs) == 1 else outs
class MLP:
    def __init__(self, nin, nouts):
        sz = [nin] + nouts
        self.layers = [Layer(sz[i], sz[i + 1]) for i in range(len(nouts))]
    def __call__(self, x):
        for layer in self.layers:
            x = layer(x)
        return x
"""


def engine_text() -> str:
    from app.kernel.edition import ENGINE, printed_text

    return printed_text(ENGINE)


def test_a_pass_has_the_numbers_of_one_neuron() -> None:
    made = passed(NEURON)
    assert made.data(made.layers[0][0]) == 7  # 3·5 − 2·6 + 4
    assert made.data(made.loss) == 36  # (7 − 1)²
    assert made.grad(made.layers[0][0]) == 12  # 2·(7 − 1)
    assert [made.grad(node) for node in made.parameters] == [60, 72, 12]  # 12·5, 12·6, 12


def test_a_pass_goes_back_through_layers() -> None:
    made = passed(CHAIN)
    assert made.data(made.loss) == 4
    # ∂loss/∂out = 2·(10 − 8) = 4; ∂loss/∂h = 4·10 = 40; ∂loss/∂w = 40·3
    assert [made.grad(node) for node in made.parameters] == [120, 40, 4 * 7, 4]
    assert made.weighted_sum(0, 0) != made.layers[0][0]
    assert made.weighted_sum(1, 0) == made.layers[1][0]  # linear: there is nothing between


def test_the_numbers_are_those_of_the_network_that_a_cell_would_make() -> None:
    made = passed()
    model = MLP(3, [4, 4, 1], activation=["tanh"] * 3, seed=3)
    output = model([2.0, 3.0, -1.0])
    assert isinstance(output, Value)
    loss = (output - 1.0) ** 2
    loss.backward()
    assert made.data(made.loss) == loss.data
    assert [made.data(node) for node in made.parameters] == [p.data for p in model.parameters()]
    assert [made.grad(node) for node in made.parameters] == [p.grad for p in model.parameters()]


def test_both_networks_begin_with_the_same_numbers() -> None:
    both = [to_be_recorded(setup()), to_be_trained(setup())]
    first, second = ([p.data for p in parameters(model)] for model in both)
    assert first == second
    assert type(parameters(both[0])[0]) is not Value  # it may be watched


def test_a_learners_nn_is_used_also_without_options() -> None:
    state = random.getstate()
    use(engine_text(), LECTURES_NN)
    try:
        made = passed()
        again = passed()
    finally:
        restore()
    assert made.setup.activations[0] == "tanh"
    assert made.data(made.loss) == again.data(again.loss)  # the seed rules them
    assert made.data(made.parameters[3]) != 0  # a bias that this nn.py draws, too
    assert random.getstate() == state


def test_a_learners_nn_that_cannot_be_shown_is_told() -> None:
    use(engine_text(), "class MLP:\n    def __init__(self, *shape, **options):\n        pass\n")
    try:
        with pytest.raises(UnusableError, match="keeps no layers with neurons"):
            passed()
    finally:
        restore()


def test_an_engine_that_fails_is_told_in_words() -> None:
    use(engine_text().replace("def tanh(", "def tanh_of("), None)
    try:
        answer = network(LECTURE)
    finally:
        restore()
    assert answer["problem"].startswith("The engine and the nn.py in force cannot compute this")
