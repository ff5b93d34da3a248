import re
from xml.etree import ElementTree

from app.kernel.network.drawing import draw, place

SVG = "{http://www.w3.org/2000/svg}"


def parse(text: str) -> ElementTree.Element:
    return ElementTree.fromstring(text)


def values(text: str, name: str) -> list[str]:
    return re.findall(f'{name}="([^"]*)"', text)


def test_place_puts_layers_side_by_side_and_centres_them() -> None:
    inputs, output = place([2, 1], "pictures")
    # cards are 36 high and 14 apart, from a margin of 12 on; a layer is 64 right of the one before
    assert [card.y for card in inputs] == [12, 62]
    assert output[0].y == 12 + (86 - 36) / 2
    assert output[0].x == 12 + 44 + 64


def test_draw_numbers_parameters_in_the_order_of_the_model() -> None:
    drawn = draw([2, 2, 1], ["x1", "x2"], "numbers", "A network")
    # neuron 1-0: weights 0, 1 and bias 2; neuron 1-1: 3, 4, 5; neuron 2-0: 6, 7, 8
    weights = re.findall(r'data-parameter="(\d)" data-weight="([\d-]+)"', drawn)
    assert weights == [
        *[("0", "1-0-0"), ("1", "1-0-1"), ("3", "1-1-0"), ("4", "1-1-1")],
        *[("6", "2-0-0"), ("7", "2-0-1")],
    ]
    assert re.findall(r'class="bias" data-parameter="(\d)"', drawn) == ["2", "5", "8"]


def test_draw_names_neurons_and_inputs() -> None:
    drawn = draw([2, 2, 1], ["x1", "x2"], "numbers", "A network")
    assert values(drawn, "data-neuron") == ["1-0", "1-1", "2-0"]
    assert values(drawn, "data-index") == ["0", "1", "2"]
    assert values(drawn, "data-feature") == ["0", "1"]
    assert values(drawn, "aria-label") == [
        *["A network", "Weight 1 of neuron 1 of layer 1", "Weight 2 of neuron 1 of layer 1"],
        *["Weight 1 of neuron 2 of layer 1", "Weight 2 of neuron 2 of layer 1"],
        *["Weight 1 of the output", "Weight 2 of the output", "Input x1", "Input x2"],
        *["Neuron 1 of layer 1", "Bias of neuron 1 of layer 1"],
        *["Neuron 2 of layer 1", "Bias of neuron 2 of layer 1", "Output", "Bias of the output"],
    ]


def test_a_card_with_numbers_has_room_for_data_and_gradient() -> None:
    root = parse(draw([1, 1], ["x"], "numbers", "A neuron"))
    neuron = root.find(f"{SVG}g[@data-neuron]")
    assert neuron is not None
    roles = [text.get("data-role") for text in neuron.iter(f"{SVG}text")]
    assert roles == [None, "data", None, "grad"]  # its name, and a caption


def test_a_card_for_a_picture_is_an_empty_square() -> None:
    root = parse(draw([1, 1], ["x"], "pictures", "A neuron"))
    neuron = root.find(f"{SVG}g[@data-neuron]")
    assert neuron is not None
    assert list(neuron.iter(f"{SVG}text")) == []
    card = neuron.find(f"{SVG}rect[@class='card']")
    assert card is not None
    assert (card.get("width"), card.get("height")) == ("36", "36")


def test_no_input_name_breaks_the_drawing() -> None:
    root = parse(draw([1, 1], ['<x & "y">'], "pictures", "a < b"))
    assert root.get("aria-label") == "a < b"
    assert [title.text for title in root.iter(f"{SVG}title")] == ['<x & "y">']


def test_the_largest_network_has_a_place_for_each_parameter() -> None:
    drawn = draw([16] * 9 + [1], [f"x{j}" for j in range(16)], "pictures", "Large")
    # 8 layers of 16 neurons with 16 weights and a bias each, and an output with as many
    assert len(values(drawn, "data-parameter")) == 8 * 16 * 17 + 17
