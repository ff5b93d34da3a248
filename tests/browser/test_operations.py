"""The section "Values and operations", as a visitor uses it."""

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from app.kernel.operations import CODE
from micrograd import Value
from tests.browser.conftest import Watched
from tests.browser.figures import expect_number, local, number, press

NAMES = {
    "+": "a + b",
    "-": "a − b",
    "*": "a × b",
    "/": "a ÷ b",
    "**": "a to the power of b",
    "tanh": "tanh a",
    "ReLU": "ReLU a",
    "exp": "exp a",
    "log": "log a",
}


@pytest.fixture
def figure(page: Page) -> Locator:
    """The figure of an operation as it is at the beginning: 2 × −3, after both passes."""
    figure = page.get_by_role("figure", name="One operation, forward and backward")
    figure.get_by_role("radio", name=NAMES["tanh"], exact=True).check()
    expect(figure).to_have_attribute("data-steps", "4")  # a figure that is drawn anew is complete
    operate(figure, "*", "2", "-3")
    return figure


@pytest.fixture
def nudge(page: Page) -> Locator:
    figure = page.get_by_role("figure", name="What does a derivative say?")
    figure.get_by_role("radio", name="tanh a").check()
    set_number(figure, "a", "0.4")
    return figure


def operate(figure: Locator, op: str, a: str, b: str) -> None:
    figure.get_by_role("radio", name=NAMES[op], exact=True).check()
    set_number(figure, "a", a)
    if "b" in CODE[op]:
        set_number(figure, "b", b)
        expect(figure).to_have_attribute("data-step", "6")  # a, b, c; c, to a, to b
    else:
        expect(figure).to_have_attribute("data-step", "4")  # a, c; c, to a


def set_number(figure: Locator, name: str, text: str) -> None:
    figure.get_by_role("spinbutton", name=f"{name}, as a number").fill(text)


@pytest.mark.parametrize("op", CODE)
@pytest.mark.parametrize(("a", "b"), [("1.5", "-2.5"), ("-0.7", "3"), ("0", "0")])
def test_each_operation_shows_what_micrograd_computes(
    figure: Locator, op: str, a: str, b: str
) -> None:
    names = {"a": Value(float(a)), "b": Value(float(b))}
    exec(CODE[op], names)
    result = names["c"]
    result.backward()

    operate(figure, op, a, b)

    last = len(result._prev)
    expect_number(number(figure, last, "data"), result.data)
    for slot, operand in enumerate(result._prev):
        expect_number(number(figure, slot, "data"), operand.data)
        expect_number(number(figure, slot, "grad"), operand.grad)
        expect_number(local(figure, slot, last, slot), result._local[slot])


def test_numbers_are_shown_with_a_true_minus_and_formulas_use_the_live_numbers(
    figure: Locator,
) -> None:
    expect(number(figure, 2, "data")).to_have_text("−6")
    formulas = figure.locator("math")
    expect(formulas.nth(0)).to_have_text("c=a×b=2×(−3)=−6")
    expect(formulas.nth(1)).to_have_text("∂c∂a=b=−3")
    expect(formulas.nth(2)).to_have_text("∂c∂b=a=2")
    set_number(figure, "b", "0.333")
    expect(formulas.nth(0)).to_have_text("c=a×b=2×0.333=0.666")


def test_arrow_keys_move_a_slider_and_its_number_field(figure: Locator) -> None:
    slider = figure.get_by_role("slider", name="a")
    slider.press("ArrowRight")
    expect(figure.get_by_role("spinbutton", name="a, as a number")).to_have_value("2.1")
    expect_number(number(figure, 2, "data"), 2.1 * -3)
    figure.get_by_role("spinbutton", name="a, as a number").press("ArrowDown")
    expect(slider).to_have_value("2")
    expect_number(number(figure, 2, "data"), -6.0)


def test_dragging_a_slider_ends_with_everything_up_to_date(page: Page, figure: Locator) -> None:
    slider = figure.get_by_role("slider", name="a")
    slider.scroll_into_view_if_needed()
    box = slider.bounding_box()
    assert box
    middle = box["y"] + box["height"] / 2
    page.mouse.move(box["x"] + box["width"] * 0.75, middle)
    page.mouse.down()
    for i in range(60):  # far more often than the kernel can answer
        page.mouse.move(box["x"] + box["width"] * (0.75 - i / 100), middle)
    page.mouse.up()
    value = float(slider.input_value())
    assert value < 0
    expect_number(number(figure, 0, "data"), value)
    expect_number(number(figure, 2, "data"), value * -3)
    expect_number(number(figure, 1, "grad"), value)


def test_an_empty_number_gets_a_sentence_and_the_last_good_one_stays(figure: Locator) -> None:
    field = figure.get_by_role("spinbutton", name="a, as a number")
    field.fill("")
    problem = figure.get_by_text("Type a number for a, such as 2 or -0.5.")
    expect(problem).to_be_visible()
    expect(field).to_have_attribute("aria-invalid", "true")
    expect_number(number(figure, 2, "data"), -6.0)
    field.fill("1e400")  # not a number that a browser takes
    expect(problem).to_be_visible()
    field.fill("1e308")
    expect(problem).to_be_hidden()
    expect_number(number(figure, 2, "data"), float("-inf"))
    expect(number(figure, 2, "data")).to_have_text("−∞")


def test_steps_go_forward_and_back_and_say_what_happens(figure: Locator) -> None:
    sentences = [
        "Nothing has been computed yet.",
        "a is a leaf: a number that was given, 2.",
        "b is a leaf: a number that was given, −3.",
        "c = a × b = 2 × (−3) = −6.",
        "Start at the output: c changes exactly as fast as itself, so its gradient is 1.",
        "c passes its gradient times ∂c/∂a to a: 1 × (−3) = −3.",
        "c passes its gradient times ∂c/∂b to b: 1 × 2 = 2.",
    ]
    narration = figure.locator("[data-part=narration]")
    press(figure, "Reset")
    for step, sentence in enumerate(sentences):
        if step > 0:
            press(figure, "Step")
        expect(figure).to_have_attribute("data-step", str(step))
        expect(narration).to_have_text(sentence)
    for step in reversed(range(6)):
        press(figure, "Step back")
        expect(figure).to_have_attribute("data-step", str(step))
        expect(narration).to_have_text(sentences[step])


def test_gradients_appear_only_when_they_have_been_computed(figure: Locator) -> None:
    press(figure, "Reset")
    hidden, shown = re.compile("opacity: 0"), re.compile("opacity: 1")
    gradient_of_a = figure.locator("[data-node='0'] .grad")
    expect(gradient_of_a).to_have_attribute("style", hidden)
    for _ in range(4):
        press(figure, "Step")
    expect(figure.locator("[data-node='2'] .grad")).to_have_attribute("style", shown)
    expect(gradient_of_a).to_have_attribute("style", hidden)
    press(figure, "Step")
    expect(gradient_of_a).to_have_attribute("style", shown)


def test_forward_pass_stops_before_the_backward_pass(figure: Locator) -> None:
    press(figure, "Forward pass")
    expect(figure).to_have_attribute("data-step", "3", timeout=10_000)
    expect(figure.get_by_role("button", name="Play", exact=True)).to_be_visible()
    press(figure, "Backward pass")
    expect(figure).to_have_attribute("data-step", "6", timeout=10_000)


def test_play_can_be_paused(figure: Locator) -> None:
    press(figure, "Reset")
    press(figure, "Play")
    expect(figure).to_have_attribute("data-step", "1")
    press(figure, "Pause")
    step = figure.get_attribute("data-step")
    expect(figure.get_by_role("button", name="Play", exact=True)).to_be_visible()
    assert figure.get_attribute("data-step") == step


def test_the_running_line_of_the_engine_is_lit(figure: Locator) -> None:
    engine = figure.get_by_role("textbox", name="micrograd/engine.py")
    figure.scroll_into_view_if_needed()
    expect(engine.locator(".running")).to_contain_text("operand.grad += local * self.grad")
    press(figure, "Reset")
    for _ in range(3):
        press(figure, "Step")
    expect(engine.locator(".running")).to_contain_text("self.data * other.data")
    cell = figure.get_by_role("textbox", name="The cell that ran")
    expect(cell.locator(".running")).to_have_text("c = a * b")


def test_only_inputs_of_the_operation_are_offered(figure: Locator) -> None:
    expect(figure.get_by_role("slider", name="b")).to_be_visible()
    operate(figure, "tanh", "2", "")
    expect(figure.get_by_role("slider", name="b")).to_be_hidden()


def test_a_smaller_nudge_brings_the_quotient_to_the_derivative(nudge: Locator) -> None:
    h = nudge.get_by_role("slider", name="h")
    gaps = []
    for exponent, text in (("0", "1"), ("-2", "0.01"), ("-5", "1e−5")):
        h.fill(exponent)
        expect(nudge.get_by_role("status")).to_have_text(text)
        gaps.append(
            float((nudge.locator("[data-part=gap]").text_content() or "").replace("−", "-"))
        )
    assert gaps[0] > 0.1 > gaps[1] > gaps[2] * 100
    expect(nudge.get_by_text("Almost the derivative.")).to_be_visible()
    h.fill("-12")
    expect(nudge.get_by_text("drowns in rounding")).to_be_visible()


def test_a_kink_is_called_one(nudge: Locator) -> None:
    nudge.get_by_role("radio", name="ReLU a").check()
    set_number(nudge, "a", "0")
    expect(nudge.get_by_text("The curve has a kink here")).to_be_visible()


def test_the_other_input_can_be_nudged(nudge: Locator) -> None:
    nudge.get_by_role("radio", name="a ÷ b").check()
    nudge.get_by_role("radio", name="b", exact=True).check()
    set_number(nudge, "a", "2")
    set_number(nudge, "b", "4")
    expect(nudge.locator("[data-part=slope]")).to_have_text("−0.125")  # −a/b² = −2/16
    expect(nudge.get_by_text("∂c/∂b")).to_be_visible()


BACK = """figure => new Promise((done) => {
  const choice = (value) => figure.querySelector(`[data-choice=operation][value="${value}"]`);
  document.addEventListener("kernel", ({ detail }) => {
    if (detail.state !== "busy") return;
    choice("*").click();
    done();
  }, { once: true });
  choice("tanh").click();
})"""


def test_a_choice_that_is_taken_back_while_it_is_answered(fresh: Watched) -> None:
    """What is drawn is then another graph than when the last question was made."""
    page = fresh.open()
    expect(page.locator("html")).to_have_attribute("data-kernel", "ready")
    figure = page.locator("#operation-figure")
    figure.evaluate(BACK)
    expect(figure.locator("[data-node]")).to_have_count(3)
    expect(number(figure, 2, "data")).to_have_text("−6")
