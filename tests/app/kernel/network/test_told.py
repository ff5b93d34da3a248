import re

from app.kernel.network.told import feature, loss, neuron, parameter
from tests.app.kernel.network.setups import CHAIN, NEURON, passed


def text(lines: str) -> list[str]:
    return [re.sub("<[^>]*>", "", line) for line in re.findall("<p>(.*?)</p>", lines)]


def test_a_weight_is_told_forward_and_backward() -> None:
    told = parameter(passed(CHAIN), 0)
    assert told["title"] == "layers.0.neurons.0.w.0"
    assert text(told["lines"]) == [
        "The weight of h1.1 for x: data 2, gradient 120.",
        "Forward, w × x = 2 × 3 = 6.",
        "Backward, ∂loss/∂s × ∂s/∂w = 40 × 3 = 120, where s is the weighted sum.",
    ]


def test_a_bias_is_told() -> None:
    assert text(parameter(passed(CHAIN), 3)["lines"]) == [
        "The bias of out: data −60, gradient 4.",
        "It is added to the weighted sum as it is.",
        "Backward, ∂loss/∂s × ∂s/∂b = 4 × 1 = 4, where s is the weighted sum.",
    ]


def test_a_neuron_is_told_with_its_numbers_substituted() -> None:
    assert text(neuron(passed(CHAIN), 0, 0)["lines"]) == [
        "s = w·x + b = 2·3 + 1 = 7",
        "h1.1 = ReLU(s) = ReLU(7) = 7",
        "∂loss/∂h1.1 = 40, and ∂loss/∂s = 40 before ReLU.",
    ]


def test_a_neuron_without_an_activation_is_its_weighted_sum() -> None:
    told = neuron(passed(NEURON), 0, 0)
    assert told["title"] == "The output, out"
    assert text(told["lines"])[0] == "s = w·x + b = 3·5 + (−2)·6 + 4 = 7"


def test_an_input_and_the_loss_are_told() -> None:
    made = passed(CHAIN)
    assert "∂loss/∂x = 80" in text(feature(made, 0)["lines"])[1]  # 40·2
    assert text(loss(made)["lines"]) == ["loss = (out − target)² = (10 − 8)² = 4"]
