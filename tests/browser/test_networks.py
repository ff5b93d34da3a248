"""The section "Neural networks", as a visitor uses it."""

import math
import random
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import Watched
from tests.browser.figures import expect_step, press

NN = (Path(__file__).parents[2] / "micrograd" / "nn.py").read_text(encoding="utf-8")

FIRST = "layers.0.neurons.0.w.0"


@pytest.fixture
def figure(page: Page) -> Locator:
    """The figure with the lecture's network, before anything was done to it."""
    figure = page.get_by_role("figure", name="A neural network")
    figure.scroll_into_view_if_needed()
    expect(figure.get_by_role("button", name="Output:")).to_be_visible(timeout=20_000)
    press(figure, "The lecture’s MLP")
    expect(figure.get_by_text("41 parameters, 120 nodes")).to_be_visible()
    expect(row(figure, FIRST)).to_contain_text("−0.5241")
    return figure


def row(figure: Locator, name: str) -> Locator:
    return figure.get_by_role("row", name=name)


def shown(figure: Locator, neuron: str, role: str) -> Locator:
    return figure.locator(f"[data-neuron='{neuron}'] [data-role={role}]")


def test_a_sample_goes_forward_and_the_gradient_back_layer_by_layer(figure: Locator) -> None:
    press(figure, "Reset")
    expect_step(figure, 0)
    expect(shown(figure, "1-0", "data")).to_have_text("")
    press(figure, "Step")
    expect(
        figure.get_by_text("The inputs of this sample are given: x1 = 2, x2 = 3")
    ).to_be_visible()
    press(figure, "Step")
    expect(shown(figure, "1-0", "data")).to_have_text("−0.4798")
    expect(shown(figure, "2-0", "data")).to_have_text("")
    press(figure, "Forward pass")
    expect_step(figure, 5)
    expect(figure.locator("[data-loss] [data-role=data]")).to_have_text("1.56")
    expect(row(figure, FIRST)).not_to_contain_text("−0.1493")
    press(figure, "Backward pass")
    expect_step(figure, 9)
    expect(row(figure, FIRST)).to_contain_text("−0.1493")
    press(figure, "Step back")
    expect_step(figure, 8)
    expect(row(figure, FIRST)).not_to_contain_text("−0.1493")


def test_another_row_and_own_numbers(figure: Locator) -> None:
    figure.get_by_role("radio", name="2").check(force=True)
    expect(figure.get_by_role("spinbutton", name="target")).to_have_value("-1")
    expect(figure.locator("[data-feature='0'] [data-role=data]")).to_have_text("3")
    figure.get_by_role("spinbutton", name="x1").fill("0.25")
    expect(figure.locator("[data-feature='0'] [data-role=data]")).to_have_text("0.25")
    figure.get_by_role("spinbutton", name="x1").fill("")
    expect(figure.get_by_text("I need a number for x1.")).to_be_visible()


def test_a_neuron_tells_its_weighted_sum_with_numbers(figure: Locator) -> None:
    figure.get_by_role("button", name="Neuron 1 of layer 1:").hover()
    numbers = figure.get_by_role("group", name="Numbers")
    expect(numbers).to_contain_text("s = w·x + b = (−0.5241)·2 + 0.08846·3 + (−0.2601)·(−1) + 0")
    expect(numbers).to_contain_text("h1.1 = tanh(s) = tanh(−0.5227) ≈ −0.4798")


def test_a_weight_is_typed_dragged_and_nudged(page: Page, figure: Locator) -> None:
    wire = figure.get_by_role("button", name="Weight 1 of neuron 1 of layer 1")
    wire.focus()
    wire.press("Enter")
    field = figure.get_by_role("spinbutton", name=f"Value of {FIRST}")
    expect(field).to_be_focused()
    field.fill("0.5")
    expect(row(figure, FIRST)).to_contain_text("0.5")
    rng = random.Random(3)
    _, w2, w3 = (rng.uniform(-1, 1) for _ in range(3))
    activation = math.tanh(0.5 * 2 + w2 * 3 + w3 * -1)  # the bias is 0
    expect(shown(figure, "1-0", "data")).to_have_text(f"{activation:.4g}")
    field.press("ArrowUp")
    expect(row(figure, FIRST)).to_contain_text("0.6")
    field.press("Enter")
    expect(wire).to_be_focused()
    wire.press("+")
    expect(row(figure, FIRST)).to_contain_text("0.7")
    bias = figure.get_by_role("button", name="Bias of neuron 1 of layer 1")
    bias.scroll_into_view_if_needed()
    box = bias.bounding_box()
    assert box
    page.mouse.move(box["x"] + 10, box["y"] + 10)
    page.mouse.down()
    page.mouse.move(box["x"] + 50, box["y"] + 10, steps=4)  # 40 pixels are one unit
    page.mouse.up()
    expect(row(figure, "layers.0.neurons.0.b")).to_contain_text("1")
    expect(figure.get_by_role("spinbutton", name="Value of")).to_have_count(0)
    code = figure.locator("[data-part=cell]")
    expect(code).to_contain_text("model.layers[0].neurons[0].w[0].data = 0.7")
    expect(code).to_contain_text("model.layers[0].neurons[0].b.data = 1.0")


def test_layers_and_neurons_come_and_go_in_the_figure(figure: Locator) -> None:
    press(figure, "Add a neuron to layer 1")
    expect(figure.get_by_role("button", name="Neuron 5 of layer 1:")).to_be_visible()
    press(figure, "Add a layer before the output")
    expect(figure.get_by_role("button", name="Neuron 4 of layer 3:")).to_be_visible()
    # 5·(3 + 1) + 4·(5 + 1) + 4·(4 + 1) + 1·(4 + 1)
    expect(figure.get_by_text("69 parameters")).to_be_visible()
    figure.get_by_role("combobox", name="Activation of layer 2").select_option("relu")
    expect(figure.locator("[data-part=cell]")).to_contain_text(
        'MLP(3, [5, 4, 4, 1], activation=["tanh", "relu", "tanh", "tanh"], seed=3)'
    )
    for _ in range(3):
        press(figure, "Remove layer 1")
    expect(figure.get_by_text("4 parameters")).to_be_visible()
    expect(figure).to_have_attribute("data-steps", "5")


def test_neurons_are_added_as_fast_as_their_button_is_pressed(figure: Locator) -> None:
    add = figure.get_by_role("button", name="Add a neuron to layer 1")
    held = add.element_handle()
    add.click(click_count=3)
    expect(figure.get_by_role("button", name="Neuron 7 of layer 1:")).to_be_visible()
    press(figure, "The lecture’s MLP")
    expect(figure.get_by_role("button", name="Neuron 5 of layer 1:")).to_have_count(0)
    press(figure, "New weights")
    expect(row(figure, FIRST)).not_to_contain_text("−0.5241")
    assert held.evaluate("button => button.isConnected"), "it was pressed, and went away"


POINT_AT_WHAT_GOES = """figure => {
  figure.querySelector("[data-remove='0']").click();
  const bias = figure.querySelector("[data-bias='3-0']");
  bias.dispatchEvent(new PointerEvent("pointerover", { bubbles: true }));
  figure.querySelector("[data-row='40']").click();
}"""


def test_what_is_pointed_at_while_another_network_comes_is_not_told(figure: Locator) -> None:
    figure.evaluate(POINT_AT_WHAT_GOES)
    expect(figure.get_by_text("21 parameters")).to_be_visible()
    expect(figure.get_by_text("Point at a wire, a bias or a neuron")).to_be_visible()
    expect(figure.get_by_text("Click a wire or a row of the table")).to_be_visible()


def test_training_leaves_its_buttons_where_they_are(figure: Locator) -> None:
    train = figure.get_by_role("button", name="Train 1 step")
    train.click()
    expect(figure.get_by_text("1 step of gradient descent")).to_be_visible()
    place = train.bounding_box()
    train.click()
    expect(figure.get_by_text("2 steps of gradient descent")).to_be_visible()
    assert train.bounding_box() == place


def test_the_arrow_keys_walk_along_the_wires(page: Page, figure: Locator) -> None:
    figure.get_by_role("button", name="Neuron 1 of layer 1:").focus()
    names = {
        "ArrowDown": "Neuron 2 of layer 1",
        "ArrowLeft": "Weight 1 of neuron 2 of layer 1",
        "ArrowUp": "Weight 1 of neuron 2 of layer 1",  # there is none above
        "ArrowRight": "Neuron 2 of layer 1",
    }
    for key, name in names.items():
        page.keyboard.press(key)
        expect(figure.locator("svg :focus")).to_have_accessible_name(re.compile(f"^{name}"))
    page.keyboard.press("ArrowRight")
    expect(figure.get_by_role("button", name="Weight 2 of neuron 2 of layer 2")).to_be_focused()
    expect(figure.locator("svg [tabindex='0']")).to_have_count(1)
    expect(figure.get_by_role("group", name="Numbers")).to_contain_text("layers.1.neurons.1.w.1")


def test_a_neuron_opens_into_its_scalars(page: Page, figure: Locator) -> None:
    figure.get_by_role("button", name="Neuron 2 of layer 2:").press("Enter")
    scalars = page.get_by_role("figure", name="The scalars of a neuron")
    expect(scalars.get_by_role("group", name="w4", exact=True)).to_be_visible()
    expect(page.get_by_text("Neuron 2 of layer 2, h2.2: 19 of 120 nodes")).to_be_visible()
    weight = scalars.get_by_role("group", name="w4", exact=True)
    weight.press("End")
    expect(weight.locator("[data-role=grad]")).to_have_text("−0.6436")
    expect(row(figure, "layers.1.neurons.1.w.3")).to_contain_text("−0.6436")
    weight.press("ArrowUp")
    expect(row(figure, "layers.1.neurons.1.w.3")).to_contain_text("0.5825")  # 0.4825 + 0.1
    expect(row(figure, "layers.1.neurons.1.w.3")).to_have_class("followed")
    page.get_by_role("button", name="Close", exact=True).click()
    expect(scalars).to_be_hidden()


def test_a_weight_is_followed_over_the_steps_of_a_training(page: Page, figure: Locator) -> None:
    row(figure, FIRST).click()
    expect(figure.get_by_role("button", name="Weight 1 of neuron 1 of layer 1")).to_have_class(
        re.compile("followed")
    )
    press(figure, "Train 20 steps")
    press(figure, "Train 1 step")
    expect(
        figure.get_by_text("21 steps of gradient descent: the loss over the four rows")
    ).to_be_visible()
    course = figure.get_by_role("img", name=f"{FIRST} over 21 steps of training")
    expect(course.locator(".dot.grad")).to_have_count(21)
    expect(figure.locator("[data-part=cell]")).to_contain_text("trainer.run_steps(20)")
    press(figure, "Undo")
    expect(figure.get_by_text("20 steps of gradient descent")).to_be_visible()
    press(figure, "Open its neuron")
    scalars = page.get_by_role("figure", name="The scalars of a neuron")
    expect(scalars.get_by_role("group", name="w1", exact=True)).to_have_class(
        re.compile("followed")
    )
    page.get_by_role("button", name="Close", exact=True).click()


def test_a_row_of_the_training_is_followed_through_the_network(fresh: Watched) -> None:
    page = fresh.open()
    training = page.get_by_role("figure", name="Training a network")
    training.scroll_into_view_if_needed()
    plane = training.locator(".plane-points")
    expect(training.locator("[data-text=train_loss]")).not_to_be_empty(timeout=15_000)
    plane.focus()
    plane.press("Enter")
    press(training, "Follow it forward and backward")
    figure = page.get_by_role("figure", name="A neural network")
    # 2·4 + 4 weights and biases of four neurons, 4·2 + 2 of two, and 2 + 1 of the output
    expect(figure.get_by_text("25 parameters")).to_be_visible()
    expect(figure.locator("[data-part=cell]")).to_contain_text("parameter.data = number")
    expect(figure.get_by_role("group", name="Sample").get_by_role("spinbutton")).to_have_count(3)
    press(figure, "The lecture’s MLP")
    expect(figure.get_by_text("41 parameters")).to_be_visible()


@pytest.fixture
def files(page: Page) -> Iterator[Locator]:
    """The engine's part of the page, with nn.py open."""
    files = page.locator("#engine")
    files.scroll_into_view_if_needed()
    summary = files.locator("summary", has_text="micrograd/nn.py")
    if not summary.evaluate("summary => summary.parentElement.open"):
        summary.click()
    yield files
    press(files, "Restore the original")
    expect(files).to_contain_text("The original engine is in force.")


def test_the_network_is_made_by_the_learners_own_nn(
    page: Page, figure: Locator, files: Locator
) -> None:
    editor = files.get_by_role("textbox", name="micrograd/nn.py, editable")
    editor.click()
    editor.press("ControlOrMeta+a")
    editor.press("Delete")
    page.keyboard.insert_text(NN.replace("(weighted_sum)", "(weighted_sum * 0.5)"))
    press(files, "Use this engine")
    expect(shown(figure, "1-0", "data")).to_have_text("−0.2555")  # tanh(−0.5227 / 2)
    figure.get_by_role("button", name="Neuron 1 of layer 1:").hover()
    numbers = figure.get_by_role("group", name="Numbers")
    expect(numbers).to_contain_text("s = −0.2613, as the nn.py in force computes it")


def test_a_training_begins_at_once_on_the_network_that_was_there_first(figure: Locator) -> None:
    figure.evaluate(
        """figure => ["lecture", "train_one"].forEach((name) =>
          figure.querySelector(`[data-network=${name}]`).click())"""
    )
    expect(figure.get_by_text("1 step of gradient descent")).to_be_visible()
