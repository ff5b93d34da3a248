"""The page for everybody: assistive technology, keyboards, small screens, no motion, themes."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, Playwright, expect

from tests.browser.axe import violations
from tests.browser.conftest import Watched, launch
from tests.browser.figures import expect_number, number, wait_until


@pytest.fixture(params=["light", "dark"])
def scheme(page: Page, request: pytest.FixtureRequest) -> Iterator[None]:
    """Let the page that tests share be light, and then dark."""
    page.emulate_media(color_scheme=request.param)
    yield
    page.emulate_media(color_scheme=None)


@pytest.mark.usefixtures("scheme")
@pytest.mark.parametrize("op", ["a × b", "tanh a"])
def test_axe_finds_nothing(page: Page, op: str) -> None:
    figure = page.get_by_role("figure", name="One operation, forward and backward")
    figure.get_by_role("radio", name=op).check()
    figure.scroll_into_view_if_needed()
    figure.locator(".cm-content").first.wait_for()
    assert violations(page) == []
    figure.get_by_role("button", name="Reset").click()
    assert violations(page, "#operation-figure") == []


OWN_COLOURS = ["color-contrast", "target-size"]  # the rules that go by how it looks


@pytest.mark.usefixtures("scheme")
def test_axe_finds_nothing_in_forced_colours(page: Page) -> None:
    for name in ("networks", "training"):  # made when they come near
        page.locator(f"#{name} figure").first.scroll_into_view_if_needed()
        expect(page.locator(f"#{name} .network-frame svg").first).to_be_visible(timeout=20_000)
    page.emulate_media(forced_colors="active")
    assert violations(page, rules=OWN_COLOURS) == []
    ink = page.evaluate("getComputedStyle(document.body).color")
    for place in (".graph .label", ".network .name", ".slope .axis-name"):
        expect(page.locator(place).first).to_have_css("fill", ink)
    for line in page.locator("#operation-figure .running").all():
        expect(line).to_have_css("outline-style", "solid")  # its background is taken away
    page.emulate_media(forced_colors="none")


@pytest.mark.usefixtures("scheme")
def test_axe_finds_nothing_in_any_state_of_a_network(page: Page) -> None:
    figure = page.get_by_role("figure", name="A neural network")
    figure.scroll_into_view_if_needed()
    figure.get_by_role("button", name="Reset").click()
    assert violations(page, "#network-figure") == []
    weight = figure.get_by_role("button", name="Weight 1 of neuron 1 of layer 1")
    weight.click()
    expect(figure.locator("[data-part=followed]")).to_be_visible()
    figure.get_by_label("Go to step").press("End")
    weight.press("Enter")
    expect(figure.locator("[data-part=number]")).to_be_visible()
    assert violations(page, "#network-figure") == []
    page.keyboard.press("Escape")
    figure.get_by_role("button", name="Neuron 1 of layer 2:").press("Enter")
    expect(page.locator("#networks .opened")).to_be_visible()
    assert violations(page, "#networks .opened") == []
    page.get_by_role("button", name="Close", exact=True).click()


@pytest.mark.usefixtures("scheme")
def test_axe_finds_nothing_in_any_state_of_a_training(page: Page) -> None:
    figure = page.locator("[data-figure=training]")
    figure.scroll_into_view_if_needed()
    for summary in figure.locator("summary").all():
        summary.click()
    figure.get_by_role("combobox", name="Learning rate").select_option("10")
    figure.get_by_role("button", name="Step", exact=True).click()
    expect(figure.locator("[data-text=step]")).to_have_text("25")
    figure.get_by_role("button", name="Draw points").click()
    assert violations(page, "#training-figure") == []
    figure.get_by_role("button", name="Draw points").click()
    for summary in figure.locator("summary").all():
        summary.click()
    figure.get_by_role("combobox", name="Learning rate").select_option("0.03")
    figure.get_by_role("button", name="Reset").click()


LARGE = "L = 0\nfor i in range(80):\n    L = L + tanh(a * i + b)"


@pytest.mark.usefixtures("scheme")
def test_axe_finds_nothing_in_any_state_of_the_graphs(page: Page) -> None:
    graph = page.get_by_role("figure", name="The graph of an expression")
    backward = page.get_by_role("figure", name="Backpropagation, step by step")
    graph.get_by_role("textbox", name="Python").fill("L = (a *")
    expect(graph.locator("[data-part=mistake]")).to_be_visible()
    assert violations(page) == []
    graph.get_by_role("button", name="A diamond").click()
    graph.locator("[data-node='0']").press("Enter")
    assert violations(page, "#graph-figure") == []
    graph.locator("[data-node='1']").focus()
    for practice in ("predict the number", "choose the node"):
        backward.get_by_role("radio", name=practice).check()
        for step in ("0", "5", "9"):
            backward.get_by_label("Go to step").fill(step)
            assert violations(page, "#backpropagation-figure") == []
    backward.get_by_role("radio", name="just watch").check()
    for name, figure in (("graph", graph), ("backpropagation", backward)):  # too large, and folded
        figure.get_by_role("textbox", name="Python").fill(LARGE)
        expect(figure.get_by_role("button", name="Unfold").first).to_be_visible()
        assert violations(page, f"#{name}-figure") == []


@pytest.mark.usefixtures("scheme")
def test_axe_finds_nothing_in_any_state_of_a_cell(page: Page) -> None:
    cell = page.locator("[data-cell=workbench-1]")
    cell.scroll_into_view_if_needed()
    editor = cell.locator(".cm-content")
    expect(editor).to_be_visible()
    for code, seen in (
        ("print('hello')\n[1, 2]", "hello"),
        ("a = Value(2.0)\na * a", "grad"),
        ("a = Value(2.0)\na.tahn()", "Did you mean tanh?"),
        ("from micrograd.nn import MLP\nMLP(2, [3, 1], seed=1)", "Open it in Neural networks"),
        ("while True: pass", "Running"),
    ):
        editor.press("ControlOrMeta+a")
        page.keyboard.insert_text(code)
        cell.get_by_role("button", name="Run", exact=True).click()
        expect(cell).to_contain_text(seen)
        assert violations(page, "[data-cell=workbench-1]") == []
    cell.get_by_role("button", name="Stop", exact=True).click()
    expect(cell).to_contain_text("Stopped.")
    cell.get_by_role("button", name="Reset", exact=True).first.click()


def test_everything_can_be_done_by_keyboard(fresh: Watched) -> None:
    page = fresh.open()
    reached = []
    for _ in range(400):
        page.keyboard.press("Tab")
        reached.append(
            page.evaluate(
                """() => {
                  const e = document.activeElement;
                  const outline = getComputedStyle(e.nextElementSibling ?? e).outlineStyle;
                  return e.getAttribute("aria-label") ?? e.labels?.[0]?.innerText ?? e.innerText;
                }"""
            )
        )
        if reached[-1].startswith("notices"):
            break
    for control in (
        "Skip to the first section",
        "a × b",
        "Forward pass",
        "Backward pass",
        "Step back",
        "Play",
        "Step",
        "Reset",
        "The cell that ran",
        "micrograd/engine.py",
        "a",
        "a, as a number",
        "b",
        "h",
    ):
        assert control in reached, f"Tab never reaches {control!r}: {reached}"
    assert reached[-1].startswith("notices"), "Tab is caught before the end of the page"


def test_operations_are_chosen_with_the_arrow_keys(page: Page) -> None:
    figure = page.get_by_role("figure", name="One operation, forward and backward")
    figure.get_by_role("radio", name="a × b").check()
    page.keyboard.press("ArrowRight")
    expect(figure.get_by_role("radio", name="a ÷ b")).to_be_checked()
    expect(figure.locator("math").first).to_contain_text("c=ab")


@pytest.mark.context(viewport={"width": 360, "height": 640}, has_touch=True, is_mobile=True)
def test_nothing_is_wider_than_a_small_phone(fresh: Watched) -> None:
    page = fresh.open()
    for op in ("a × b", "tanh a", "a to the power of b"):
        page.get_by_role("radio", name=op).first.check(force=True)
        assert page.evaluate("document.documentElement.scrollWidth") == 360
    too_small = page.evaluate(
        """() => [...document.querySelectorAll("button, .choices label, input[type=range]")]
          .filter((e) => e.checkVisibility())
          .filter((e) => Math.min(e.clientHeight, e.clientWidth) < 24)
          .map((e) => e.outerHTML)"""
    )
    assert too_small == []  # WCAG 2.5.8: targets of at least 24 by 24 pixels


SPACED = """* { line-height: 1.5 !important; letter-spacing: .12em !important;
  word-spacing: .16em !important; } p { margin-bottom: 2em !important; }"""
CUT = """() => [...document.querySelectorAll("button, summary, legend, .choices span")]
  .filter((e) => e.checkVisibility())
  .filter((e) => e.scrollWidth > e.clientWidth + 1 || e.scrollHeight > e.clientHeight + 1)
  .map((e) => e.outerHTML)"""


def expect_nothing_is_cut(page: Page, width: int) -> None:
    """All of the page is there, open, and goes into its width; no text is larger than its place."""
    for name in ("networks", "training"):
        page.locator(f"#{name} figure").first.evaluate("figure => figure.scrollIntoView()")
        expect(page.locator(f"#{name} .network-frame svg").first).to_be_attached(timeout=20_000)
    page.evaluate("document.querySelectorAll('details').forEach((each) => (each.open = true))")
    assert page.evaluate("document.documentElement.scrollWidth") == width
    assert page.evaluate(CUT) == []


@pytest.mark.context(viewport={"width": 320, "height": 256})  # 1280 by 1024, at 400 %
def test_at_four_times_the_size_nothing_is_scrolled_sideways_or_cut(fresh: Watched) -> None:
    page = fresh.open()
    expect_nothing_is_cut(page, 320)
    assert violations(page, rules=["target-size"]) == []
    page.add_style_tag(content=SPACED)  # WCAG 1.4.12
    expect_nothing_is_cut(page, 320)


@pytest.mark.context(viewport={"width": 640, "height": 512}, device_scale_factor=2)
def test_at_twice_the_size_nothing_is_scrolled_sideways_or_cut(fresh: Watched) -> None:
    page = fresh.open()
    expect_nothing_is_cut(page, 640)
    assert violations(page, rules=["target-size"]) == []


def test_letters_alone_of_twice_the_size_have_room(playwright: Playwright, site: str) -> None:
    """WCAG 1.4.4: a reader has set the browser's letters to 32 pixels."""
    with launch(playwright, "--blink-settings=defaultFontSize=32") as browser:
        page = browser.new_page(viewport={"width": 1280, "height": 1024})
        page.goto(site)
        page.wait_for_selector("html[data-page=ready][data-kernel=ready]")
        assert page.evaluate("getComputedStyle(document.documentElement).fontSize") == "32px"
        expect_nothing_is_cut(page, 1280)
        network = page.locator("#networks [data-figure=network]")
        above, below = network.locator(".columns"), network.locator(".network-frame svg")
        ends = above.locator("select").evaluate_all(
            "all => Math.max(...all.map((e) => e.getBoundingClientRect().bottom))"
        )
        assert ends <= below.evaluate("e => e.getBoundingClientRect().top")


@pytest.mark.context(viewport={"width": 360, "height": 640}, has_touch=True, is_mobile=True)
def test_a_tap_steps(fresh: Watched) -> None:
    page = fresh.open()
    figure = page.get_by_role("figure", name="One operation, forward and backward")
    figure.get_by_role("button", name="Reset").tap()
    expect(figure).to_have_attribute("data-step", "0")
    figure.get_by_role("button", name="Step", exact=True).tap()
    expect(figure).to_have_attribute("data-step", "1")


@pytest.mark.context(viewport={"width": 360, "height": 640}, has_touch=True, is_mobile=True)
def test_a_finger_on_a_leaf_drags_its_number_and_not_the_page(fresh: Watched) -> None:
    page = fresh.open()
    figure = page.get_by_role("figure", name="The graph of an expression")
    card = figure.locator("[data-node='0'] .card")
    card.scroll_into_view_if_needed()
    box = card.bounding_box()
    assert box
    x, y = box["x"] + 30, box["y"] + 30
    touch = page.context.new_cdp_session(page)
    for kind, at in (("touchStart", x), ("touchMove", x + 20), ("touchMove", x + 40)):
        points = [{"x": at, "y": y}]
        touch.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})
    touch.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
    expect_number(number(figure, 0, "data"), 3.0)  # 40 pixels are one unit
    now = card.bounding_box()
    assert now
    assert abs(now["y"] - box["y"]) < 1  # where the finger is, whatever grew above it meanwhile


@pytest.mark.context(reduced_motion="no-preference")
def test_light_travels_along_the_edge_and_is_gone_at_rest(fresh: Watched) -> None:
    page = fresh.open()
    figure = page.get_by_role("figure", name="One operation, forward and backward")
    figure.get_by_role("button", name="Reset").click()
    for _ in range(2):
        figure.get_by_role("button", name="Step", exact=True).click()
    opacity = "e => Number(getComputedStyle(e).opacity)"
    light = figure.locator("[data-edge='0-2-0'] .light.forward")
    assert light.evaluate(opacity) == 0
    figure.get_by_role("button", name="Step", exact=True).click()
    travels = "getComputedStyle(e).opacity > 0.9 && parseFloat(e.style.strokeDashoffset) < 0"
    wait_until(light, f"e => {travels}")
    wait_until(light, "e => Number(getComputedStyle(e).opacity) === 0")
    expect(figure.locator("[data-node='2'] [data-role=data]")).to_be_visible()


@pytest.mark.context(reduced_motion="reduce")
def test_without_motion_a_step_is_a_cut(fresh: Watched) -> None:
    page = fresh.open()
    figure = page.get_by_role("figure", name="One operation, forward and backward")
    figure.get_by_role("button", name="Reset").click()
    opacities = page.evaluate(
        """() => {
          const figure = document.querySelector("[data-figure=operation]");
          figure.querySelector("[data-action=step_forward]").click();
          return getComputedStyle(figure.querySelector("[data-node='0'] .data")).opacity;
        }"""
    )
    assert opacities == "1"
