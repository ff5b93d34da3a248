import re
from xml.etree import ElementTree

import pytest

from app.kernel.network.live import network, network_follow, network_neuron, network_tell
from tests.app.kernel.network.setups import CHAIN, LECTURE


def test_a_network_is_drawn_once_and_its_numbers_again_and_again() -> None:
    first = network(LECTURE)
    assert first["counts"] == "41 parameters, 120 nodes in the scalar graph of this sample"
    assert len(first["arrays"]["weights"]) == 41
    again = network({**LECTURE, "changes": [["set", 0, "1"]]}, drawn=first["shape"])
    assert "svg" not in again
    assert again["arrays"]["weights"][0] == 1


def test_every_place_of_the_motion_is_in_the_drawing() -> None:
    answer = network(LECTURE)
    ElementTree.fromstring(answer["svg"])
    for place in answer["numbers"]:
        for name, value in re.findall(r'\[(data-\w+)="([\d-]+)"\]', place["place"]):
            assert f'{name}="{value}"' in answer["svg"]
    assert len(answer["narration"]) == len(answer["lines"]) == answer["steps"]


def test_a_problem_is_told() -> None:
    assert network({**LECTURE, "target": ""})["problem"].startswith(
        "I need a number for the target."
    )


def test_the_places_are_told() -> None:
    network(CHAIN)
    titles = [
        network_tell(place)["title"] for place in ("parameter 0", "neuron 1-0", "feature 0", "loss")
    ]
    assert titles == [
        *["layers.0.neurons.0.w.0", "Neuron 1 of layer 1, h1.1", "Input x", "The loss"],
    ]


def test_a_neuron_is_opened_with_the_followed_weight_in_it() -> None:
    network(LECTURE)
    answer = network_neuron("opened", layer=1, neuron=1, followed=5)
    assert answer["title"] == "Neuron 2 of layer 1, h1.2: 15 of 120 nodes"
    assert answer["parameters"] == {"w1": 4, "w2": 5, "w3": 6, "b": 7}
    assert answer["leaf_of"][str(answer["followed"])] == 5


def test_a_parameter_is_followed_over_the_steps_of_the_training() -> None:
    network({**CHAIN, "changes": [*CHAIN["changes"], ["train", 2, "0.001"]]})
    answer = network_follow(0)
    assert answer["title"] == "layers.0.neurons.0.w.0"
    root = ElementTree.fromstring(answer["svg"])
    kinds = [circle.get("class") for circle in root.iter("circle")]
    assert kinds == ["dot data"] * 3 + ["dot grad"] * 2  # a gradient lies between two numbers


@pytest.mark.parametrize("layers", [1, 9])
def test_the_smallest_and_the_largest_network(layers: int) -> None:
    sizes = [16] * (layers - 1) + [1]
    answer = network({**LECTURE, "sizes": sizes, "activations": ["tanh"] * layers})
    assert answer["steps"] == 2 * layers + 3
