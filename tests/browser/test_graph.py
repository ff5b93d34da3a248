"""The section "Computational graph", as a visitor uses it."""

import math
import re

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import Watched
from tests.browser.figures import (
    expect_number,
    expect_step,
    number,
    press,
    show_example,
    wait_until,
)


@pytest.fixture
def figure(page: Page) -> Locator:
    """The figure with the lecture's expression: a, b, c and f are nodes 0 to 3, L is node 6."""
    figure = page.get_by_role("figure", name="The graph of an expression")
    show_example(figure, "The lecture’s L")
    expect_number(number(figure, 6, "data"), -8.0)  # (2·−3 + 10)·−2
    return figure


def type_code(figure: Locator, code: str) -> None:
    figure.get_by_role("textbox", name="Python").fill(code)


def test_an_expression_becomes_a_graph_with_edges_in_order(figure: Locator) -> None:
    type_code(figure, "L = a - b")
    expect_number(number(figure, 2, "data"), 5.0)  # 2 − (−3)
    edges = figure.locator("[data-edge]")
    expect(edges).to_have_count(2)
    expect(edges.nth(0)).to_have_attribute("data-edge", "0-2-0")
    expect(edges.nth(1)).to_have_attribute("data-edge", "1-2-1")


def test_an_operand_that_is_used_twice_has_two_edges(figure: Locator) -> None:
    type_code(figure, "b = a + a")
    expect(figure.locator("[data-edge='0-1-0']")).to_be_visible()
    expect(figure.locator("[data-edge='0-1-1']")).to_be_visible()


@pytest.mark.parametrize(
    ("preset", "node", "expected"),
    [
        ("The lecture’s L", 6, -8.0),
        ("A reused node", 4, -6.0),  # (−2·3) · (−2 + 3)
        ("A diamond", 6, 16.5),  # 3 · 4.5 + 3
        ("A neuron", 9, math.tanh(0.88)),  # 2·−3 + 0·1 + 6.88
        ("A sigmoid from primitives", 6, 0.6224593),  # 1 / (1 + e^−0.5)
    ],
)
def test_presets(figure: Locator, preset: str, node: int, expected: float) -> None:
    show_example(figure, preset)
    output = number(figure, node, "data")
    expect(output).to_have_attribute("data-exact", re.compile(re.escape(f"{expected:.6}")))


def test_a_mistake_is_shown_at_its_place_and_the_last_good_graph_stays(figure: Locator) -> None:
    output = number(figure, 6, "data")
    blue = output.evaluate("e => getComputedStyle(e).fill")
    type_code(figure, "L = (a*b + c * f")
    expect(figure.get_by_text("A bracket is opened here and never closed.")).to_be_visible()
    expect(figure.locator("mark")).to_have_text("(")
    expect(figure.get_by_role("textbox", name="Python")).to_have_attribute("aria-invalid", "true")
    expect_number(output, -8.0)
    expect(output).not_to_have_css("fill", blue)  # it is not what this code computes
    type_code(figure, "L = (a*b + c) * f")
    expect(figure.locator("mark")).to_be_hidden()
    expect(output).to_have_css("fill", blue)


def test_pointing_at_a_node_lights_its_ancestors_and_its_path_to_the_output(
    figure: Locator,
) -> None:
    figure.locator("[data-node='4']").hover()  # a·b
    lit = figure.locator(".lit[data-node]")
    expect(lit).to_have_count(5)  # a, b, a·b, a·b + c, L
    for node in (2, 3):  # c and f have no part in it
        expect(figure.locator(f"[data-node='{node}']")).not_to_have_class("lit")
    expect(figure.get_by_text("a × b = 2 × (−3) = −6.")).to_be_visible()
    figure.get_by_role("textbox", name="Python").hover()
    expect(lit).to_have_count(0)


def test_the_path_of_a_node_is_played(figure: Locator) -> None:
    figure.locator("[data-node='2']").focus()
    press(figure, "Highlight path")
    expect(figure.locator(".lit[data-edge]")).to_have_count(2)  # c to a·b + c, and on to L
    expect(figure.get_by_text("c is a leaf: a number that was given, 10.")).to_be_visible()


def test_a_leaf_is_changed_with_the_arrow_keys(figure: Locator) -> None:
    leaf = figure.locator("[data-node='0']")
    leaf.press("ArrowUp")
    expect_number(number(figure, 0, "data"), 2.1)
    expect_number(number(figure, 6, "data"), (2.1 * -3 + 10) * -2)
    leaf.press("ArrowDown")
    expect_number(number(figure, 6, "data"), -8.0)


def test_a_leaf_is_changed_by_typing(figure: Locator) -> None:
    figure.locator("[data-node='1']").press("Enter")
    field = figure.get_by_role("spinbutton", name="Value of b")
    expect(field).to_be_focused()
    field.fill("4")
    expect_number(number(figure, 6, "data"), -36.0)  # (2·4 + 10)·−2
    field.press("Enter")
    expect(field).to_be_hidden()
    expect(figure.locator("[data-node='1']")).to_be_focused()


def test_a_leaf_is_changed_by_dragging(page: Page, figure: Locator) -> None:
    card = figure.locator("[data-node='2'] .card")
    card.scroll_into_view_if_needed()
    box = card.bounding_box()
    assert box
    page.mouse.move(box["x"] + 30, box["y"] + 30)
    page.mouse.down()
    page.mouse.move(box["x"] + 70, box["y"] + 30, steps=8)  # 40 pixels are one unit
    page.mouse.up()
    expect_number(number(figure, 2, "data"), 11.0)
    expect_number(number(figure, 6, "data"), -10.0)  # (−6 + 11)·−2
    expect(figure.get_by_role("spinbutton")).to_be_hidden()


def test_a_leaf_that_the_code_makes_is_dragged_and_its_number_follows_in_the_code(
    figure: Locator,
) -> None:
    type_code(figure, "a = Value(2.0)  # a weight\nL = a * b")
    expect(figure.locator("[data-node]")).to_have_count(3)
    figure.get_by_role("group", name="a", exact=True).press("ArrowUp")
    code = figure.get_by_role("textbox", name="Python")
    expect(code).to_have_value("a = Value(2.1)  # a weight\nL = a * b")
    expect_number(number(figure, 2, "data"), 2.1 * -3.0)
    code.fill("a = Value(5.0)  # a weight\nL = a * b")  # what is typed has the last word
    expect_number(number(figure, 2, "data"), -15.0)


def test_what_the_code_prints_is_shown(figure: Locator) -> None:
    type_code(figure, "L = a * b\nprint('L is', L.data)\nL")
    expect(figure.get_by_text("L is -6.0")).to_be_visible()
    type_code(figure, "L = a * b")
    expect(figure.get_by_text("L is -6.0")).to_be_hidden()


def test_escape_takes_a_typed_number_back(figure: Locator) -> None:
    figure.locator("[data-node='1']").press("Enter")
    field = figure.get_by_role("spinbutton", name="Value of b")
    field.fill("4")
    expect_number(number(figure, 6, "data"), -36.0)
    field.press("Escape")
    expect_number(number(figure, 6, "data"), -8.0)


@pytest.mark.parametrize("typed", ["", "1e400"])
@pytest.mark.parametrize("leave_with", ["Enter", "Tab"])
def test_what_is_no_number_is_said_and_the_old_number_stays(
    figure: Locator, typed: str, leave_with: str
) -> None:
    problem = figure.get_by_text("Type a number such as 2 or −0.5. b is still −3.")
    figure.locator("[data-node='1']").press("Enter")
    field = figure.get_by_role("spinbutton", name="Value of b")
    field.press("Delete")
    field.press_sequentially(typed)
    field.press(leave_with)
    expect(problem).to_be_visible()
    expect_number(number(figure, 1, "data"), -3.0)  # after 1, 1e4 and 1e40, which are numbers
    expect(problem).to_be_visible()
    figure.locator("[data-node='0']").press("ArrowUp")
    expect(problem).to_be_hidden()


def test_values_stay_when_the_expression_changes(figure: Locator) -> None:
    figure.locator("[data-node='0']").press("ArrowUp")
    expect_number(number(figure, 0, "data"), 2.1)
    type_code(figure, "M = a * 2")
    expect_number(number(figure, 2, "data"), 4.2)


def test_changing_a_number_moves_nothing(figure: Locator) -> None:
    places = "nodes => nodes.map(n => n.getAttribute('transform'))"
    before = figure.locator("[data-node]").evaluate_all(places)
    figure.locator("[data-node='0']").press("ArrowUp")
    expect_number(number(figure, 0, "data"), 2.1)
    assert figure.locator("[data-node]").evaluate_all(places) == before


def test_keys_step_through_the_graph(figure: Locator) -> None:
    figure.locator("[data-node='6']").focus()
    figure.page.keyboard.press("Home")
    expect_step(figure, 0)
    figure.page.keyboard.press("ArrowRight")
    expect_step(figure, 1)
    figure.page.keyboard.press("End")
    expect_step(figure, 7)
    figure.page.keyboard.press("ArrowLeft")
    expect_step(figure, 6)
    figure.page.keyboard.press(" ")
    expect_step(figure, 7)


def test_zoom_buttons_and_fit(figure: Locator) -> None:
    plane = figure.locator(".plane")
    press(figure, "Zoom in")
    wait_until(plane, "e => e.transform.baseVal.consolidate()?.matrix.a > 1.3")
    press(figure, "Fit")
    wait_until(plane, "e => e.transform.baseVal.consolidate()?.matrix.a === 1")


def test_the_drawing_can_be_saved_as_a_picture(page: Page, figure: Locator) -> None:
    with page.expect_download() as download:
        press(figure, "Save PNG")
    assert download.value.suggested_filename == "graph.png"
    assert download.value.path().read_bytes()[:8] == b"\x89PNG\r\n\x1a\n"


def test_the_drawing_can_be_copied_as_svg(page: Page, figure: Locator) -> None:
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    press(figure, "Copy SVG")
    expect(figure.get_by_text("The drawing is on the clipboard, as SVG.")).to_be_visible()
    svg = page.evaluate("navigator.clipboard.readText()")
    assert svg.startswith("<svg")
    assert "−8" in svg
    assert "var(--" not in svg


def test_a_label_is_text_and_never_markup(page: Page, figure: Locator) -> None:
    type_code(figure, "L = Value(2, label='<img src=x onerror=alert(1)>') * a")
    label = figure.get_by_text("<img src=x onerror=alert(1)>", exact=True)
    expect(label).to_be_visible()
    expect(page.locator("figure img")).to_have_count(0)


def test_code_that_never_ends_is_stopped_and_said(figure: Locator) -> None:
    type_code(figure, "while True: pass")
    expect(figure.get_by_text("was stopped")).to_be_visible(timeout=20_000)
    type_code(figure, "L = a * b")
    expect_number(number(figure, 2, "data"), -6.0)


TYPE = """async (field) => {
  field.value = "";
  for (const character of "L = a - b + a * b - a") {
    field.value += character;
    field.dispatchEvent(new Event("input", { bubbles: true }));
    await new Promise((done) => setTimeout(done, 2));
  }
}"""


def test_what_is_typed_while_python_answers_stays(figure: Locator) -> None:
    code = figure.get_by_role("textbox", name="Python")
    code.evaluate(TYPE)
    expect_number(number(figure, 5, "data"), -3.0)  # 2 + 3 − 6 − 2
    expect(code).to_have_value("L = a - b + a * b - a")


def test_who_cannot_zoom_is_told_why(fresh: Watched) -> None:
    fresh.page.route("**/vendor/d3-zoom.js", lambda route: route.abort())
    page = fresh.open()
    fresh.expect_only("d3-zoom|Failed to load resource")
    figure = page.get_by_role("figure", name="The graph of an expression")
    figure.scroll_into_view_if_needed()
    press(figure, "Zoom in")
    expect(figure).to_contain_text("What zooms a drawing could not be fetched.")
    press(figure, "Fit")
