"""The section "Backpropagation", as a visitor uses it."""

import re
from typing import NamedTuple

import pytest
from playwright.sync_api import Locator, Page, expect

from micrograd import Value
from tests.browser.figures import expect_number, expect_step, number, press, show_example

FORWARD = 7  # a, b, c, f; a·b, a·b + c, L


class Step(NamedTuple):
    """What a backward step changes: whose gradient, and to what."""

    node: int
    gradient: float


def backward_steps() -> list[Step]:
    """Compute, in CPython, what the backward pass of L = (a*b + c) * f does one after the other."""
    a, b, c, f = Value(2.0), Value(-3.0), Value(10.0), Value(-2.0)
    e = a * b
    d = e + c
    L = d * f  # noqa: N806
    L.backward()
    nodes = [a, b, c, f, e, d, L]
    order = [L, d, f, e, c, a, b]  # L; then L passes on, then d, then e, first operands first
    return [Step(nodes.index(node), node.grad) for node in order]


@pytest.fixture
def figure(page: Page) -> Locator:
    """The figure with the lecture's expression, after its forward pass."""
    figure = page.get_by_role("figure", name="Backpropagation, step by step")
    figure.get_by_role("radio", name="just watch").check()
    show_example(figure, "The lecture’s L")
    expect(figure).to_have_attribute("data-steps", str(FORWARD + 7))
    expect_step(figure, FORWARD)
    return figure


def show(figure: Locator, preset: str, steps: int, step: int) -> None:
    """Choose an example, wait for its graph, and go to a step of it."""
    if preset != "The lecture’s L":  # that one is there already
        show_example(figure, preset)
    expect(figure).to_have_attribute("data-steps", str(steps))
    expect(figure.locator("[data-part=mistake]")).to_be_hidden()
    figure.get_by_label("Go to step").fill(str(step))
    expect_step(figure, step)


def practise(figure: Locator, what: str) -> None:
    figure.get_by_role("group", name="Before each step").get_by_role("radio", name=what).check()


def graph_key(figure: Locator, key: str) -> None:
    figure.page.keyboard.press(key)


def test_keys_alone_step_to_the_end_and_back_with_the_engines_numbers(figure: Locator) -> None:
    figure.locator("[data-node='6']").focus()
    graph_key(figure, "Home")
    expect_step(figure, 0)
    for step in range(1, FORWARD + 1):
        graph_key(figure, "ArrowRight")
        expect_step(figure, step)
        for node in range(7):
            expect(number(figure, node, "grad")).to_have_text("")
    steps = backward_steps()
    for i, (node, gradient) in enumerate(steps):
        graph_key(figure, "ArrowRight")
        expect_step(figure, FORWARD + 1 + i)
        expect_number(number(figure, node, "grad"), gradient)
        for later, _ in steps[i + 1 :]:
            expect(number(figure, later, "grad")).to_have_text("")
    for i in reversed(range(len(steps))):
        graph_key(figure, "ArrowLeft")
        expect_step(figure, FORWARD + i)
        expect(number(figure, steps[i].node, "grad")).to_have_text("")
    graph_key(figure, "End")
    expect_step(figure, 14)


def test_a_gradient_grows_with_each_contribution(figure: Locator) -> None:
    # d = a·b, e = a + b, L = d·e with a = −2, b = 3; backward: L; to d, to e; e to a
    show(figure, "A reused node", steps=12, step=9)
    expect_number(number(figure, 0, "grad"), -6.0)  # ∂L/∂e · 1
    press(figure, "Step")
    press(figure, "Step")
    expect_number(number(figure, 0, "grad"), -3.0)  # −6 + ∂L/∂d · b = −6 + 1·3
    press(figure, "Step back")
    expect_number(number(figure, 0, "grad"), -6.0)


def test_the_chain_rule_stands_in_stages_beside_the_running_line(figure: Locator) -> None:
    show(figure, "A reused node", steps=12, step=11)
    stages = figure.locator("[data-part=stages]")
    for text in ("through d", "=1·3=3", "−6+3=−3"):
        expect(stages).to_contain_text(text)
    figure.scroll_into_view_if_needed()
    engine = figure.get_by_role("textbox", name="micrograd/engine.py")
    expect(engine.locator(".running")).to_contain_text("operand.grad += local * self.grad")


def test_dragging_a_leaf_keeps_the_step_and_updates_the_gradients(figure: Locator) -> None:
    figure.get_by_label("Go to step").fill("14")
    figure.locator("[data-node='1']").press("ArrowUp")  # b = −2.9
    expect_number(number(figure, 0, "grad"), -2.9 * -2)
    expect_step(figure, 14)


def test_speed_is_chosen(figure: Locator) -> None:
    figure.get_by_label("Speed").select_option("4×")
    press(figure, "Backward pass")
    expect_step(figure, 14)
    figure.get_by_label("Speed").select_option("1×")


STEPS = {"The lecture’s L": 14, "A reused node": 12, "A sigmoid from primitives": 14}


def ask(figure: Locator, preset: str, step: int) -> None:
    show(figure, preset, STEPS[preset], step)
    practise(figure, "predict the number")
    expect(figure.locator("[data-part=question]")).to_contain_text("passes its gradient on to")
    expect(figure.get_by_role("button", name="Check")).to_be_visible()


def answer(figure: Locator, text: str) -> Locator:
    figure.locator("[data-part=answer]").fill(text)
    press(figure, "Check")
    return figure.locator("[data-part=verdict]")


@pytest.mark.parametrize(
    ("preset", "step", "wrong", "kind"),
    [
        (
            "The lecture’s L",
            12,
            "-3",
            "multiplies it by the gradient that a × b has",
        ),  # ∂(ab)/∂a = b, without −2
        ("The lecture’s L", 12, "-6", "sign"),
        ("The lecture’s L", 12, "-4", "other operand"),  # −2·a
        ("A reused node", 10, "3", "add"),  # 1·3, without the −6 that is there
        ("A sigmoid from primitives", 8, "abc", "number"),
    ],
)
def test_each_kind_of_mistake_is_named(
    figure: Locator, preset: str, step: int, wrong: str, kind: str
) -> None:
    ask(figure, preset, step)
    verdict = answer(figure, wrong)
    expect(verdict).to_have_attribute("data-right", "no")
    expect(verdict).to_have_text(re.compile(kind))
    expect_step(figure, step)


def test_the_order_of_a_division_is_named(figure: Locator) -> None:
    figure.get_by_role("textbox", name="Python").fill("L = a / b")
    expect(figure).to_have_attribute("data-steps", "6")
    figure.get_by_label("Go to step").fill("4")
    practise(figure, "predict the number")
    expect(figure.locator("[data-part=question]")).to_contain_text("passes its gradient on to a")
    verdict = answer(figure, "0.75")  # ∂(b/a)/∂a = −b/a² = 3/4, but ∂(a/b)/∂a = 1/b
    expect(verdict).to_contain_text("This is right for b ÷ a. But L is a ÷ b.")
    expect(verdict).to_have_attribute("data-right", "no")


def test_a_node_is_chosen_with_the_keyboard(figure: Locator) -> None:
    practise(figure, "choose the node")
    verdict = figure.locator("[data-part=verdict]")
    figure.locator("[data-node='0']").press("Enter")
    expect(verdict).to_contain_text("a is a leaf: it has nothing to pass on.")
    expect(figure.get_by_role("spinbutton")).to_be_hidden()
    figure.locator("[data-node='6']").press("Enter")
    expect(verdict).to_contain_text("Right")
    expect_step(figure, FORWARD + 1)


def test_without_leaves_there_is_nothing_to_nudge(figure: Locator) -> None:
    expect(figure.get_by_text("Check a gradient")).to_be_visible()
    figure.get_by_role("textbox", name="Python").fill("a = [Value(2.0)]\nL = a[0] * 3")
    expect(figure.get_by_text("Check a gradient")).to_be_hidden()


def test_the_right_number_goes_on(figure: Locator) -> None:
    ask(figure, "The lecture’s L", 12)
    expect(answer(figure, "-2 * -3")).to_contain_text("Right: 6.")  # ∂L/∂(ab) · b
    expect_step(figure, 13)
    expect_number(number(figure, 0, "grad"), 6.0)


def test_practices_are_one_or_the_other(figure: Locator) -> None:
    question = figure.locator("[data-part=question]")
    task = figure.get_by_text("Click the node that passes its gradient on next.")
    practise(figure, "predict the number")
    expect(question).to_contain_text("L is the output.")
    expect(task).to_be_hidden()
    practise(figure, "choose the node")
    expect(task).to_be_visible()
    expect(question).to_be_hidden()  # it would give the node away
    practise(figure, "just watch")
    expect(task).to_be_hidden()


@pytest.mark.parametrize("practice", ["predict the number", "choose the node"])
def test_play_halts_at_each_question(figure: Locator, practice: str) -> None:
    practise(figure, practice)
    press(figure, "Step back")
    expect_step(figure, FORWARD - 1)
    for step in (FORWARD, FORWARD + 1, FORWARD + 2):
        press(figure, "Play")
        expect_step(figure, step)
        expect(figure.get_by_role("button", name="Play", exact=True)).to_be_visible()
    press(figure, "Backward pass")
    expect_step(figure, FORWARD)


def test_the_answer_to_the_question_before_leaves_with_it(figure: Locator) -> None:
    ask(figure, "The lecture’s L", 12)
    verdict = answer(figure, "-3")
    expect(verdict).to_have_attribute("data-right", "no")
    press(figure, "Play")
    expect_step(figure, 13)
    expect(figure.locator("[data-part=question]")).to_contain_text("passes its gradient on to b")
    expect(verdict).to_have_text("")


def test_a_node_that_is_not_ready_is_told_why(figure: Locator) -> None:
    show(figure, "A reused node", steps=12, step=5)
    practise(figure, "choose the node")
    verdict = figure.locator("[data-part=verdict]")
    figure.locator("[data-node='2']").click()  # d, before anything has been passed on
    expect(verdict).to_contain_text("d has no gradient yet.")
    figure.locator("[data-node='4']").click()  # L: first it gets its 1
    expect(verdict).to_contain_text("Right")
    expect_step(figure, 6)
    figure.locator("[data-node='0']").click()
    expect(verdict).to_contain_text("a is a leaf: it has nothing to pass on.")
    expect_step(figure, 6)
    figure.locator("[data-node='4']").click()
    expect_step(figure, 8)  # L passes on to d and to e
    figure.locator("[data-node='2']").click()  # the engine takes e first; d is as right
    expect(verdict).to_contain_text("d is ready too. The engine takes the newest first, e.")
    expect_step(figure, 10)


def test_any_leaf_can_be_nudged_and_measured(figure: Locator) -> None:
    show(figure, "A reused node", steps=12, step=5)
    gradient = figure.locator("[data-part=nudge-gradient]")
    expect(gradient).to_have_text("")  # it has not been computed yet
    figure.get_by_label("Go to step").fill("12")
    figure.get_by_role("radio", name="b", exact=True).check()
    h = figure.get_by_role("slider", name="h")
    h.fill("0")
    measured = figure.locator("[data-part=nudge-quotient]")
    expect(measured).to_have_text("−10")  # L(−2, 4) − L(−2, 3) = −8·2 − (−6·1) = −10
    expect(gradient).to_have_text("−8")
    h.fill("-6")
    expect(measured).to_contain_text("−8.00000")
    expect(figure.locator("[data-part=nudge-says]")).to_contain_text("Almost the derivative")
    h.fill("-12")
    expect(figure.locator("[data-part=nudge-says]")).to_contain_text("rounding")


def test_a_gradient_is_checked_again_when_the_check_comes_into_view(figure: Locator) -> None:
    measured = figure.locator("[data-part=nudge-quotient]")
    figure.get_by_role("radio", name="a", exact=True).check()
    figure.get_by_role("slider", name="h").fill("0")
    expect(measured).to_have_text("6")  # L is straight in a: b·f = −3·−2
    figure.locator("[data-part=graph]").evaluate("graph => graph.scrollIntoView({block: 'end'})")
    expect(measured).not_to_be_in_viewport()
    figure.locator("[data-node='1']").press("ArrowUp")  # b = −2.9
    expect_number(number(figure, 6, "data"), (2 * -2.9 + 10) * -2)
    figure.page.wait_for_selector("html[data-kernel=ready]")  # has answered all that was asked
    expect(measured).to_have_text("6")
    measured.scroll_into_view_if_needed()
    expect(measured).to_have_text("5.8")


@pytest.mark.parametrize(
    ("name", "right", "wrong", "mark"),
    [
        ("overwriting instead of adding", 2.0, 1.0, "a: 1 should be 2."),  # b = a + a
        (
            "no topological order",
            6.0,
            2.0,
            "a: 2 should be 6.",
        ),  # L = b + 2b = 6a; b passes on 1 instead of 3
        (
            "forgotten zero_grad",
            4.0,
            12.0,
            "w: 12 should be 4.",
        ),  # second step: 2w = 4, and 8 from the first
        ("backward() called twice", 2.0, 4.0, "b: 6 should be 3."),  # ∂(ab)/∂a = b = 2
    ],
)
def test_accidents_stand_beside_what_should_be(
    page: Page, name: str, right: float, wrong: float, mark: str
) -> None:
    accidents = page.get_by_role("figure", name="Four classic accidents")
    accidents.get_by_role("radio", name=name).check()
    expect_number(number(accidents.locator("[data-part=right]"), 0, "grad"), right)
    expect_number(number(accidents.locator("[data-part=wrong]"), 0, "grad"), wrong)
    marked = accidents.locator(".grad.wrong")
    expect(marked.first).to_be_visible()
    expect(accidents.locator("[data-part=mark]")).to_have_text(mark)
    accidents.get_by_label("Go to step").fill("2")
    expect_step(accidents, 2)
    expect(marked).to_have_count(0)
    press(accidents, "Step")
    expect_step(accidents, 3)
