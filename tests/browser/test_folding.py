"""A graph that is too large to be drawn whole: folded, unfolded by mouse and by keyboard."""

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.figures import expect_number, expect_step, number, press

LONG = "L = a\nfor i in range(400):\n    L = L + b * i"  # 1202 nodes


@pytest.fixture
def figure(page: Page) -> Locator:
    figure = page.get_by_role("figure", name="The graph of an expression")
    type_code(figure, "L = a * b", 3)  # another graph, so that nothing is open from before
    type_code(figure, LONG, 20)
    return figure


def type_code(figure: Locator, code: str, cards: int) -> None:
    figure.get_by_role("textbox", name="Python").fill(code)
    expect(figure.locator("[data-node]")).to_have_count(cards, timeout=15_000)


def test_a_large_graph_is_folded_and_tells_what_is_hidden(figure: Locator) -> None:
    expect(figure.get_by_role("button", name="Unfold #1174")).to_be_visible()
    press(figure, "Reset")
    press(figure, "Step")
    press(figure, "Step")
    expect(figure.get_by_text("1173 more nodes are folded into it.")).to_be_visible()


def test_a_card_is_unfolded_and_folded_with_the_mouse(figure: Locator) -> None:
    figure.get_by_role("button", name="Unfold #1174").click()
    expect(figure.locator("[data-node]")).to_have_count(40)
    figure.get_by_role("button", name="Fold #1174").click()
    expect(figure.locator("[data-node]")).to_have_count(20)


def test_a_card_is_unfolded_with_the_keyboard_and_keeps_the_focus(figure: Locator) -> None:
    button = figure.get_by_role("button", name="Unfold #1174")
    button.focus()
    button.press("Enter")
    expect(figure.get_by_role("group", name="#1174", exact=True)).to_be_focused()
    figure.get_by_role("button", name="Fold #1174").press(" ")
    expect(figure.get_by_role("group", name="#1174", exact=True)).to_be_focused()
    expect(figure.locator("[data-node]")).to_have_count(20)


def test_what_was_unfolded_stays_so_while_a_leaf_is_moved(figure: Locator) -> None:
    figure.get_by_role("button", name="Unfold #1174").click()
    expect(figure.locator("[data-node]")).to_have_count(40)
    figure.locator("[data-node='0']").press("ArrowUp")  # b
    expect_number(number(figure, 0, "data"), -2.9)
    expect(figure.locator("[data-node]")).to_have_count(40)


def test_a_part_with_too_many_cards_says_so(figure: Locator) -> None:
    type_code(figure, "x, y = a, b\nfor i in range(400):\n    x, y = y, x + y\ny", 1)
    figure.locator("[data-switch]").click()
    expect(figure.get_by_text("This would show 400 cards more.")).to_be_visible()
    expect(figure.locator("[data-node]")).to_have_count(1)


def test_gradients_that_come_out_of_a_folded_card_are_told_at_once(page: Page) -> None:
    figure = page.get_by_role("figure", name="Backpropagation, step by step")
    type_code(figure, LONG, 20)
    figure.get_by_role("slider", name="Go to step").press("End")
    expect(figure).to_have_attribute("data-step", figure.get_attribute("data-steps") or "")
    expect(figure.get_by_text("its gradient goes from 3555 to 79800.")).to_be_visible()
    expect_number(number(figure, 0, "grad"), 79800.0)  # 0 + 1 + ... + 399
    expect(figure.get_by_text("grad: 3555→79800", exact=False)).to_be_visible()


def test_the_next_step_out_of_a_folded_card_is_no_question(page: Page) -> None:
    figure = page.get_by_role("figure", name="Backpropagation, step by step")
    type_code(figure, LONG, 20)
    steps = int(figure.get_attribute("data-steps") or "")
    figure.get_by_role("radio", name="predict the number").check()
    figure.get_by_role("slider", name="Go to step").press("End")
    press(figure, "Step back")
    expect_step(figure, steps - 1)
    expect(figure.get_by_text("comes out of a part that is folded")).to_be_visible()
