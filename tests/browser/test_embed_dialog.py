"""The offer to embed a figure: its dialog, its preview, and the snippet on somebody else's page."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, FrameLocator, Locator, Page, expect

from tests.browser.axe import violations
from tests.browser.conftest import Watched
from tests.browser.figures import expect_step, press
from tests.browser.site import ROOT, serve

SLOW = 30_000
CODE = "d = a*b + 1\nL = d * (c - \"é<&\".count('<'))"
PLAIN = "L = a*b + c*f"
REDUCED = pytest.mark.context(reduced_motion="reduce")
CLIPBOARD = pytest.mark.context(
    reduced_motion="reduce", permissions=["clipboard-read", "clipboard-write"]
)


def figure(page: Page, name: str = "The graph of an expression") -> Locator:
    return page.get_by_role("figure", name=name)


def offer(place: Locator) -> Locator:
    """Press the button of a figure or a cell, and return the dialog."""
    place.get_by_role("button", name="Embed this").click()
    dialog = place.page.get_by_role("dialog")
    expect(dialog).to_be_visible()
    return dialog


def type_code(graph: Locator, code: str) -> None:
    """Type an expression, and wait for its graph."""
    graph.locator("svg.graph").evaluate("svg => svg.classList.add('before')")
    graph.get_by_role("textbox", name="Python").fill(code)
    expect(graph.locator("svg.graph:not(.before)")).to_be_attached()


def preview(dialog: Locator) -> FrameLocator:
    return dialog.locator("micrograd-explainer iframe").content_frame


def snippet(dialog: Locator) -> Locator:
    return dialog.get_by_role("textbox", name="The snippet")


def shown(frame: FrameLocator, name: str = "The graph of an expression") -> Locator:
    """Return the figure in a frame, once it is drawn."""
    place = frame.get_by_role("figure", name=name)
    expect(place.locator("[data-node]").first).to_be_visible(timeout=SLOW)
    return place


@pytest.fixture
def elsewhere(browser: Browser, tmp_path: Path) -> Iterator[Page]:
    """A page of another origin, into which a snippet can be written."""
    with serve(tmp_path) as address:
        tmp_path.joinpath("host.html").write_text("")
        context = browser.new_context(reduced_motion="reduce")
        page = context.new_page()
        page.goto(address + "host.html")
        yield page
        context.close()


@pytest.fixture
def opened(fresh: Watched) -> Iterator[Watched]:
    """The page on a server that gives its files to other origins."""
    with serve(ROOT, {"Access-Control-Allow-Origin": "*"}) as address:
        fresh.site = address
        fresh.open()
        yield fresh


def put(page: Page, html: str, folder: Path) -> None:
    """Write a snippet into the page of another origin, as a teacher does."""
    text = f"<!doctype html><html><head><meta charset=utf-8></head><body>\n{html}\n</body></html>"
    folder.joinpath("host.html").write_text(text, encoding="utf-8")
    page.reload()


# The stories.


@CLIPBOARD
def test_a_figure_as_it_stands_goes_to_a_page_of_another_origin(
    opened: Watched, elsewhere: Page, tmp_path: Path
) -> None:
    page = opened.page
    graph = figure(page)
    type_code(graph, PLAIN)
    press(graph, "Reset")
    for _ in range(3):
        press(graph, "Step")
    dialog = offer(graph)
    expect(dialog.get_by_role("textbox", name="Python")).to_have_value(PLAIN)
    expect(dialog.get_by_role("spinbutton", name="Step")).to_have_value("3")
    dialog.get_by_role("checkbox", name="tools").check()
    inside = shown(preview(dialog))
    expect(inside.get_by_role("textbox", name="Python")).to_have_value(PLAIN)
    expect(inside.get_by_role("button", name="Save PNG")).to_be_hidden(timeout=SLOW)
    expect_step(inside, 3)
    for kind in ("One tag", "Frame"):
        dialog.get_by_role("radio", name=kind).check()
        dialog.get_by_role("button", name="Copy").click()
        expect(dialog.get_by_text("Copied.")).to_be_visible()
        copied = page.evaluate("navigator.clipboard.readText()")
        assert copied == snippet(dialog).input_value()
        put(elsewhere, copied, tmp_path)
        there = shown(elsewhere.locator("iframe:not([hidden])").first.content_frame)
        expect(there.get_by_role("textbox", name="Python")).to_have_value(PLAIN)
        expect_step(there, 3)
        expect(there.get_by_role("button", name="Save PNG")).to_be_hidden()


@REDUCED
def test_code_with_all_that_html_could_misread_arrives_as_it_was(
    opened: Watched, elsewhere: Page, tmp_path: Path
) -> None:
    graph = figure(opened.page)
    type_code(graph, CODE)
    dialog = offer(graph)
    for kind in ("One tag", "Frame"):
        dialog.get_by_role("radio", name=kind).check()
        put(elsewhere, snippet(dialog).input_value(), tmp_path)
        frame = elsewhere.locator("iframe:not([hidden])").first.content_frame
        field = frame.get_by_role("textbox", name="Python")
        expect(field).to_have_value(CODE, timeout=SLOW)
        expect(frame.get_by_text("Read it first")).to_be_visible()  # it calls `count`


@REDUCED
def test_what_is_chosen_is_what_the_preview_and_the_snippet_show(fresh: Watched) -> None:
    page = fresh.open()
    dialog = offer(figure(page))
    expect(snippet(dialog)).to_have_value(
        re.compile(r'\n<micrograd-explainer section="graph"></micrograd-explainer>$')
    )
    inside = shown(preview(dialog))
    body = preview(dialog).locator("body")
    body.evaluate("body => { body.dataset.same = 'yes'; }")
    dialog.get_by_role("spinbutton", name="Step").fill("2")
    dialog.get_by_role("radio", name="dark").check()
    expect(snippet(dialog)).to_have_value(re.compile('step="2" theme="dark">'))
    expect(body).to_have_css("background-color", "rgb(29, 32, 37)")
    expect_step(inside, 2)
    expect(body).to_have_attribute("data-same", "yes")  # nothing of this needs another Python
    dialog.get_by_role("radio", name="fixed").check()
    dialog.get_by_role("spinbutton", name="Height in pixels").fill("420")
    expect(dialog.locator("micrograd-explainer iframe")).to_have_css("height", "420px")
    dialog.get_by_role("textbox", name="Values").fill("a=7")
    expect(inside.locator("[data-role=data]", has_text=re.compile("^7$"))).to_be_visible()
    tag = 'section="graph" values="a=7" step="2" theme="dark" height="420"></micrograd-explainer>'
    assert tag in snippet(dialog).input_value()


@REDUCED
def test_what_is_wrong_is_told_and_the_preview_stays(fresh: Watched) -> None:
    dialog = offer(figure(fresh.open()))
    inside = shown(preview(dialog))
    dialog.get_by_role("textbox", name="Values").fill("a=x")
    expect(dialog.get_by_role("status").filter(has_text="“values” has “a=x”")).to_be_visible()
    fresh.page.wait_for_timeout(800)  # something that does not happen can't be waited for
    expect(inside).to_be_visible()
    dialog.get_by_role("textbox", name="Values").fill("")
    expect(dialog.get_by_text("“values” has")).to_be_hidden()


@REDUCED
def test_a_frame_is_as_high_as_the_preview(fresh: Watched) -> None:
    dialog = offer(figure(fresh.open()))
    shown(preview(dialog))
    dialog.get_by_role("radio", name="Frame").check()
    box = dialog.locator("micrograd-explainer").bounding_box()
    assert box
    pattern = re.compile(f'height="{-(-round(box["height"]) // 10) * 10}"')  # rounded up
    expect(snippet(dialog)).to_have_value(pattern)
    expect(snippet(dialog)).to_have_value(re.compile('title="The graph of an expression"'))


@REDUCED
def test_where_copying_is_denied_the_snippet_is_selected(fresh: Watched) -> None:
    page = fresh.open()
    page.evaluate(
        "() => { navigator.clipboard.writeText = () => Promise.reject(new Error('no')); }"
    )
    dialog = offer(figure(page))
    dialog.get_by_role("button", name="Copy").click()
    expect(dialog.get_by_text("The snippet is selected")).to_be_visible()
    text = snippet(dialog).input_value()
    assert page.evaluate("getSelection().toString()") == text


@REDUCED
def test_by_keyboard_alone(fresh: Watched) -> None:
    page = fresh.open()
    button = figure(page).get_by_role("button", name="Embed this figure")
    button.press("Enter")
    dialog = page.get_by_role("dialog", name="Embed: The graph of an expression")
    expect(dialog.get_by_role("heading", name="Embed: The graph")).to_be_focused()
    for name in ("Close", "Python", "Values", "Step", "Plays at once"):
        page.keyboard.press("Tab")
        focused = page.evaluate(
            "document.activeElement.labels?.[0]?.textContent ?? document.activeElement.textContent"
        )
        assert focused.strip() == name
    page.keyboard.press("Space")
    expect(dialog.get_by_role("checkbox", name="Plays at once")).to_be_checked()
    expect(snippet(dialog)).to_have_value(re.compile(" autoplay>"))
    page.keyboard.press("Tab")
    page.keyboard.press("ArrowRight")
    expect(dialog.get_by_role("radio", name="light")).to_be_checked()
    for _ in range(12):
        page.keyboard.press("Tab")
        if dialog.get_by_role("button", name="Copy").evaluate("e => e === document.activeElement"):
            break
    else:
        pytest.fail("Tab never reaches Copy")
    page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()
    expect(button).to_be_focused()


@REDUCED
def test_closing_ends_the_python_of_the_preview(fresh: Watched) -> None:
    page = fresh.open()
    workers, frames = len(page.workers), len(page.frames)
    dialog = offer(figure(page))
    shown(preview(dialog))
    assert len(page.workers) == workers + 1
    dialog.get_by_role("button", name="Close").click()
    expect(page.locator("micrograd-explainer, dialog")).to_have_count(0)
    page.wait_for_timeout(300)
    assert (len(page.workers), len(page.frames)) == (workers, frames)


@REDUCED
def test_a_cell_of_the_workbench_is_offered_with_its_code(fresh: Watched) -> None:
    page = fresh.open()
    cell = page.locator("[data-cell=workbench-1]")
    cell.get_by_role("button", name="Run", exact=True).click()
    result = cell.get_by_role("figure")
    expect(result.locator("[data-node]").first).to_be_visible()
    press(result, "Reset")
    dialog = offer(cell)
    expect(snippet(dialog)).to_have_value(re.compile(r'section="workbench" code="a = Value'))
    expect(snippet(dialog)).to_have_value(re.compile(r'&#10;L" step="0">'))
    expect(preview(dialog).locator(".cm-content")).to_contain_text("L = (a * b", timeout=SLOW)
    page.keyboard.press("Escape")
    for other in ("networks-4", "graph-1"):  # an exercise, and a cell of a lesson
        button = page.locator(f"[data-cell={other}]").get_by_role("button", name="Embed this")
        expect(button).to_have_count(0)
    expect(result.get_by_role("button", name="Embed this")).to_have_count(0)


@REDUCED
def test_a_training_is_offered_with_what_its_link_has(fresh: Watched) -> None:
    page = fresh.open("#dataset=xor&samples=60&networkShape=3", ready=True)
    training = figure(page, "Training a network")
    training.scroll_into_view_if_needed()
    expect(training.locator(".plane-points")).to_be_visible(timeout=SLOW)
    dialog = offer(training)
    settings = "dataset=xor&amp;samples=60&amp;networkShape=3"
    assert f'section="training" settings="{settings}">' in snippet(dialog).input_value()
    page.keyboard.press("Escape")
    press(training, "Step")
    expect(training.locator("[data-text=epoch]")).to_have_text("1")
    dialog = offer(training)
    expect(snippet(dialog)).to_have_value(re.compile(f"{settings}&amp;epoch=1&amp;weights=[\\w-]+"))
    inside = preview(dialog).get_by_role("figure", name="Training a network")
    expect(inside.locator("[data-text=epoch]")).to_have_text("1", timeout=SLOW)


@REDUCED
def test_every_figure_has_the_button_and_only_its_own_parts(fresh: Watched) -> None:
    page = fresh.open()
    for name, parts in (
        ("One operation, forward and backward", "narration transport sources choices inputs"),
        ("What does a derivative say?", "choices inputs"),
        ("Backpropagation, step by step", "code examples narration transport tools scrubber rule"),
        ("Four classic accidents", "narration transport scrubber choices change"),
        ("A neural network", "narration transport scrubber sample numbers"),
    ):
        dialog = offer(figure(page, name))
        expect(dialog).to_have_accessible_name(f"Embed: {name}")
        found = dialog.get_by_role("group", name="Leave out").get_by_role("checkbox")
        told = [label.strip() for label in found.locator("..").all_text_contents()]
        assert told[: len(parts.split())] == parts.split()
        page.keyboard.press("Escape")
        expect(dialog).to_have_count(0)
    page.get_by_role("button", name="Check gradients").click()
    check = figure(page, "Gradient check")
    expect(check).to_be_visible(timeout=SLOW)
    expect(offer(check)).to_have_accessible_name("Embed: Gradient check")


def test_an_embedded_figure_has_no_such_button(fresh: Watched) -> None:
    page = fresh.open("index.html?embed=workbench", ready=False)
    expect(page.locator("html[data-kernel=ready][data-page=ready]")).to_be_attached(timeout=SLOW)
    fresh.expected_ready = True
    expect(page.get_by_role("button", name="Run", exact=True)).to_be_visible()
    expect(page.get_by_role("button", name="Embed this")).to_have_count(0)


# For everybody.


@pytest.mark.context(viewport={"width": 360, "height": 740}, has_touch=True, is_mobile=True)
def test_on_a_small_phone_nothing_is_wider_and_every_target_is_large_enough(
    fresh: Watched,
) -> None:
    page = fresh.open()
    graph = figure(page)
    type_code(graph, "L = " + " + ".join(f"tanh(x{i}*w{i})" for i in range(12)))
    dialog = offer(graph)
    dialog.get_by_role("radio", name="fixed").check()
    assert page.evaluate("document.documentElement.scrollWidth") == 360
    assert dialog.evaluate("dialog => [dialog.clientWidth, dialog.scrollWidth]") == [360, 360]
    too_small = page.evaluate(
        """() => [...document.querySelectorAll(
            ".embed-button, dialog button, dialog label:has(input), dialog :is(select, textarea)")]
          .filter((e) => e.checkVisibility())
          .filter((e) => Math.min(e.offsetHeight, e.offsetWidth) < 24)
          .map((e) => e.outerHTML)"""
    )
    assert too_small == []  # WCAG 2.5.8: targets of at least 24 by 24 pixels


@REDUCED
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_in_the_dialog(fresh: Watched, scheme: str) -> None:
    page = fresh.open()
    page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
    dialog = offer(figure(page))
    shown(preview(dialog))
    dialog.get_by_role("radio", name="fixed").check()
    dialog.get_by_role("textbox", name="Values").fill("a=x")
    expect(dialog.get_by_text("“values” has")).to_be_visible()
    assert violations(page, "dialog") == []
    page.keyboard.press("Escape")
    assert violations(page, "#graph-figure") == []
