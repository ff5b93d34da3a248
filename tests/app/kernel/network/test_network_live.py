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
    shape = network(CHAIN)["shape"]
    titles = [
        network_tell(shape, place)["title"]
        for place in ("parameter 0", "neuron 1-0", "feature 0", "loss")
    ]
    assert titles == [
        *["layers.0.neurons.0.w.0", "Neuron 1 of layer 1, h1.1", "Input x", "The loss"],
    ]


def test_a_neuron_is_opened_with_the_followed_weight_in_it() -> None:
    shape = network(LECTURE)["shape"]
    answer = network_neuron("opened", shape, layer=1, neuron=1, followed=5)
    assert answer["title"] == "Neuron 2 of layer 1, h1.2: 15 of 120 nodes"
    assert answer["parameters"] == {"w1": 4, "w2": 5, "w3": 6, "b": 7}
    assert answer["leaf_of"][str(answer["followed"])] == 5


def test_a_parameter_is_followed_over_the_steps_of_the_training() -> None:
    shape = network({**CHAIN, "changes": [*CHAIN["changes"], ["train", 2, "0.001"]]})["shape"]
    answer = network_follow(shape, 0)
    assert answer["title"] == "layers.0.neurons.0.w.0"
    root = ElementTree.fromstring(answer["svg"])
    kinds = [circle.get("class") for circle in root.iter("circle")]
    assert kinds == ["dot data"] * 3 + ["dot grad"] * 2  # a gradient lies between two numbers


def test_of_a_network_that_is_gone_there_is_nothing_to_answer() -> None:
    large = network(LECTURE)["shape"]
    small = network({**LECTURE, "sizes": [1], "activations": ["tanh"]})["shape"]
    assert network_follow(small, 3)["title"] == "layers.0.neurons.0.b"
    assert network_follow(large, 40) == {"is_gone": True}
    assert network_tell(large, "parameter 40") == {"is_gone": True}
    assert network_neuron("opened", large, layer=3, neuron=0) == {"is_gone": True}


def test_other_numbers_make_no_other_shape() -> None:
    shape = network(LECTURE)["shape"]
    assert network({**LECTURE, "seed": "8"})["shape"] == shape
    assert network_follow(shape, 40)["title"] == "layers.2.neurons.0.b"


@pytest.mark.parametrize("layers", [1, 9])
def test_the_smallest_and_the_largest_network(layers: int) -> None:
    sizes = [16] * (layers - 1) + [1]
    answer = network({**LECTURE, "sizes": sizes, "activations": ["tanh"] * layers})
    assert answer["steps"] == 2 * layers + 3
