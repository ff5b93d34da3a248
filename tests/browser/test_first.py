"""The first figure: there at first paint, steps before any Python, taken over without a jump."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, Route, expect

from tests.browser.conftest import Watched
from tests.browser.figures import expect_step, number, press, wait_until

pytestmark = pytest.mark.cold

SENTENCES = [
    "Nothing has been computed yet.",
    "a is a leaf: a number that was given, 2.",
    "b is a leaf: a number that was given, −3.",
    "c = a × b = 2 × (−3) = −6.",
    "Start at the output: c changes exactly as fast as itself, so its gradient is 1.",
    "c passes its gradient times ∂c/∂a to a: 1 × (−3) = −3.",
    "c passes its gradient times ∂c/∂b to b: 1 × 2 = 2.",
]
REDUCED = pytest.mark.context(reduced_motion="reduce")
SLOW = 30_000
Release = Callable[[], None]

SHIFTS = """window.shifted = 0;
new PerformanceObserver((list) => {
  for (const entry of list.getEntries()) shifted += entry.value;
}).observe({ type: "layout-shift", buffered: true });"""

# Where every part of the figure is, from its own corner on.
GEOMETRY = """figure => {
  const here = figure.getBoundingClientRect();
  const parts = figure.querySelectorAll(
    "[data-part], [data-action], [data-operand], .graph *:not(.light), math, .source-name");
  return [here.width, here.height, ...[...parts].map((part) => {
    const { x, y, width, height } = part.getBoundingClientRect();
    return [part.tagName, x - here.x, y - here.y, width, height].join(" ");
  })];
}"""

# Where the first letter of the running line is, from the corner of its source on.
LETTER = """source => {
  const line = source.querySelector(".running");
  const letters = document.createTreeWalker(line, NodeFilter.SHOW_TEXT);
  const range = document.createRange();
  while (letters.nextNode()) {
    const at = letters.currentNode.data.search(/\\S/);
    if (at < 0) continue;
    range.setStart(letters.currentNode, at);
    range.setEnd(letters.currentNode, at + 1);
    break;
  }
  const there = range.getBoundingClientRect(), here = source.getBoundingClientRect();
  return [there.x - here.x, there.y - here.y, there.width].map(Math.round);
}"""


def hold(page: Page, *patterns: str) -> Release:
    """Let no answer come to requests of these files until it is released."""
    held: list[Route] = []
    released = False

    def answer(route: Route) -> None:
        if released:
            route.continue_()
        else:
            held.append(route)

    def release() -> None:
        nonlocal released
        released = True
        for route in held:
            route.continue_()

    for pattern in patterns:
        page.route(pattern, answer)
    return release


def open_without_python(watched: Watched, query: str = "") -> tuple[Locator, Release]:
    """Open the page while neither of its two Pythons comes."""
    release = hold(watched.page, "**/*.wasm")
    return figure_of(watched.open("index.html" + query, ready=False)), release


def figure_of(page: Page) -> Locator:
    return page.get_by_role("figure", name="One operation, forward and backward")


def is_live(figure: Locator) -> None:
    """Wait until the page's Python has the figure, and the kernel has answered."""
    expect(figure.page.locator("html[data-page=ready]")).to_be_attached(timeout=SLOW)
    answered = figure.page.locator("[data-figure=operation]:not([data-first])")
    expect(answered).to_be_attached(timeout=SLOW)


def narration(figure: Locator) -> Locator:
    return figure.locator("[data-part=narration]")


# Before any Python.


def test_it_is_drawn_before_any_python_is_there(fresh: Watched) -> None:
    figure, _ = open_without_python(fresh)
    expect(number(figure, 2, "data")).to_have_text("−6")  # 2 * -3
    expect(number(figure, 0, "grad")).to_have_text("−3")
    expect(figure.locator("math").first).to_have_text("c=a×b=2×(−3)=−6")
    expect(figure.locator("[data-part=cell] .running")).to_have_text("c.backward()")
    expect(figure.locator("[data-part=engine] .running")).to_be_visible()
    expect(figure.page.locator("html[data-page]")).to_have_count(0)
    status = figure.page.get_by_role("status").first
    expect(status).to_have_text(re.compile("^Python is (starting|loading)"))


@REDUCED
def test_it_steps_before_any_python_is_there(fresh: Watched) -> None:
    figure, _ = open_without_python(fresh)
    press(figure, "Reset")
    for step, sentence in enumerate(SENTENCES):
        if step > 0:
            press(figure, "Step")
        expect_step(figure, step)
        expect(narration(figure)).to_have_text(sentence)
    expect(figure.get_by_role("button", name="Step", exact=True)).to_have_attribute(
        "aria-disabled", "true"
    )
    for step in reversed(range(6)):
        press(figure, "Step back")
        expect_step(figure, step)
        expect(narration(figure)).to_have_text(SENTENCES[step])
    expect(number(figure, 2, "grad")).to_have_text("")


@REDUCED
def test_keys_step_it_before_any_python_is_there(fresh: Watched) -> None:
    figure, _ = open_without_python(fresh)
    source = figure.get_by_role("group", name="micrograd/engine.py")
    for key, step in (("Home", 0), ("ArrowRight", 1), ("ArrowRight", 2), ("ArrowLeft", 1)):
        source.press(key)
        expect_step(figure, step)
    source.press("End")
    expect_step(figure, 6)
    source.press(" ")
    expect(figure.get_by_role("button", name="Pause")).to_be_visible()
    figure.get_by_role("button", name="Reset").press("Enter")
    expect_step(figure, 0)
    figure.get_by_role("slider", name="a").press("ArrowRight")  # it is for the slider
    expect_step(figure, 0)


def test_it_plays_and_pauses_before_any_python_is_there(fresh: Watched) -> None:
    figure, _ = open_without_python(fresh)
    press(figure, "Forward pass")
    expect(figure.get_by_role("button", name="Pause")).to_be_visible()
    expect_step(figure, 3)
    expect(figure.get_by_role("button", name="Play", exact=True)).to_be_visible()
    press(figure, "Play")
    expect_step(figure, 4)
    press(figure, "Pause")
    step = int(figure.get_attribute("data-step") or "")
    expect(narration(figure)).to_have_text(SENTENCES[step])
    press(figure, "Backward pass")
    expect_step(figure, 6)
    expect(number(figure, 1, "grad")).to_have_text("2")
    expect(figure.locator("[data-node='1'] .grad")).to_have_css("opacity", "1")


def test_the_line_that_ran_follows_each_step_before_any_python_is_there(fresh: Watched) -> None:
    figure, _ = open_without_python(fresh)
    press(figure, "Reset")
    expect(figure.locator(".running")).to_have_count(0)
    for _ in range(3):
        press(figure, "Step")
    line = figure.locator("[data-part=engine] .running")
    expect(line).to_contain_text("self.data * other.data")
    expect(figure.locator("[data-part=cell] .running")).to_have_text("c = a * b")
    source = figure.locator("[data-part=engine]")
    there, here = line.bounding_box(), source.bounding_box()
    assert there
    assert here
    assert here["y"] <= there["y"] <= here["y"] + here["height"] - there["height"]


@pytest.mark.context(java_script_enabled=False)
def test_without_javascript_it_can_be_seen(fresh: Watched) -> None:
    page = fresh.open(ready=False)
    expect(number(figure_of(page), 2, "data")).to_have_text("−6")
    expect(figure_of(page).get_by_text(SENTENCES[6].partition(":")[0])).to_be_visible()
    fresh.expect_only("csp")


def test_it_steps_in_a_browser_without_webassembly(fresh: Watched) -> None:
    fresh.page.add_init_script("delete window.WebAssembly")
    figure = figure_of(fresh.open(ready=False))
    press(figure, "Step back")
    expect_step(figure, 5)
    fresh.expect_only("WebAssembly")


# When Python comes.


@pytest.mark.parametrize("width", [1280, 360])
def test_nothing_jumps_when_python_comes(fresh: Watched, width: int) -> None:
    page = fresh.page
    page.set_viewport_size({"width": width, "height": 900})
    page.add_init_script(SHIFTS)
    figure, release = open_without_python(fresh)
    page.evaluate("document.fonts.ready.then(() => null)")
    figure.evaluate("figure => figure.scrollIntoView()")
    figure.locator("svg.graph").evaluate("svg => svg.classList.add('before')")
    before: Any = figure.evaluate(GEOMETRY)
    at_first: float = page.evaluate("shifted")
    release()
    is_live(figure)
    if width == 1280:  # on a phone they come when they are scrolled to, or near
        expect(figure.locator(".cm-editor")).to_have_count(2)
    assert figure.evaluate(GEOMETRY) == before
    expect(figure.locator("svg.before")).to_be_visible()  # the very one: it was not drawn again
    assert page.evaluate("shifted") - at_first < 0.001
    assert at_first < 0.01


def test_source_stands_where_the_editor_has_it(fresh: Watched) -> None:
    fresh.page.set_viewport_size({"width": 1280, "height": 1000})
    figure, release = open_without_python(fresh)
    figure.evaluate("figure => figure.scrollIntoView()")
    sources = [figure.locator(f"[data-part={name}]") for name in ("cell", "engine")]
    fresh.page.evaluate("document.fonts.load(\"1em 'Article Mono'\").then(() => null)")
    before = [source.evaluate(LETTER) for source in sources]
    release()
    is_live(figure)
    for source in sources:
        expect(source.locator(".cm-editor .running")).to_be_visible()
        expect(source.locator("pre")).to_have_count(0)
    assert [source.evaluate(LETTER) for source in sources] == before


@REDUCED
def test_the_step_is_kept_when_python_comes(fresh: Watched) -> None:
    figure, release = open_without_python(fresh)
    press(figure, "Reset")
    press(figure, "Step")
    press(figure, "Step")
    release()
    is_live(figure)
    expect_step(figure, 2)
    expect(narration(figure)).to_have_text(SENTENCES[2])
    press(figure, "Step")  # once, not by two who listen
    expect_step(figure, 3)
    expect(narration(figure)).to_have_text(SENTENCES[3])
    assert figure.get_attribute("data-steps") == "6"


def test_what_plays_goes_on_when_python_comes(fresh: Watched) -> None:
    figure, release = open_without_python(fresh)
    figure.evaluate(
        """figure => {
          window.steps = [];
          new MutationObserver(() => steps.push(Number(figure.dataset.step)))
            .observe(figure, { attributeFilter: ["data-step"] });
        }"""
    )
    press(figure, "Play")
    expect_step(figure, 1)
    release()
    is_live(figure)
    expect(figure).to_have_attribute("data-step", "6", timeout=SLOW)
    expect(figure.get_by_role("button", name="Play", exact=True)).to_be_visible()
    steps = figure.page.evaluate("steps")
    assert steps == sorted(steps)
    assert {*steps} == {1, 2, 3, 4, 5, 6}


@REDUCED
def test_python_without_the_kernel_steps_it_too(fresh: Watched) -> None:
    release = hold(fresh.page, "**/pyodide.asm.wasm")
    page = fresh.open(ready=False)
    expect(page.locator("html[data-page=ready]")).to_be_attached(timeout=SLOW)
    figure = figure_of(page)
    press(figure, "Reset")
    press(figure, "Step")
    expect(narration(figure)).to_have_text(SENTENCES[1])
    release()
    is_live(figure)
    expect_step(figure, 1)


@REDUCED
def test_what_was_chosen_before_python_came_is_asked_first(fresh: Watched) -> None:
    figure, release = open_without_python(fresh)
    figure.get_by_role("radio", name="a + b").check()
    figure.get_by_role("slider", name="a").fill("3.5")
    expect(figure.get_by_role("spinbutton", name="a, as a number")).to_have_value("3.5")
    expect_step(figure, 6)
    release()
    is_live(figure)
    expect(number(figure, 2, "data")).to_have_text("0.5")  # 3.5 + -3


@REDUCED
def test_a_field_that_was_left_empty_before_python_came_counts_as_it_was(fresh: Watched) -> None:
    figure, release = open_without_python(fresh)
    figure.get_by_role("spinbutton", name="a, as a number").fill("")
    release()
    is_live(figure)
    figure.get_by_role("slider", name="b").fill("1.5")
    expect(number(figure, 2, "data")).to_have_text("3")  # 2 * 1.5


@REDUCED
def test_a_number_that_was_moved_before_python_came_keeps_the_step(fresh: Watched) -> None:
    figure, release = open_without_python(fresh)
    press(figure, "Forward pass")
    expect_step(figure, 3)
    expect(figure.get_by_role("button", name="Play", exact=True)).to_be_visible()
    figure.get_by_role("slider", name="b").fill("1.5")
    release()
    is_live(figure)
    expect(number(figure, 2, "data")).to_have_text("3")  # 2 * 1.5
    expect_step(figure, 3)


def test_the_kernel_draws_it_the_same(fresh: Watched) -> None:
    page = fresh.open()
    drawn = page.evaluate(
        """async () => {
          const kernel = await import("./static/kernel/kernel.js");
          const { createPicture } = await import("./static/picture.js");
          const index = await fetch("index.html").then((response) => response.text());
          const first = new DOMParser().parseFromString(index, "text/html");
          const graph = first.querySelector("#operation-figure [data-part=graph]");
          const inputs = { a: "2", b: "-3" };
          const { pictures } = await kernel.ask("operate", JSON.stringify({ op: "*", inputs }));
          const frame = document.createElement("div");
          const picture = createPicture(frame);
          picture.show(pictures.graph);
          picture.showNumbers(6);
          return graph.querySelector("svg").isEqualNode(frame.querySelector("svg"));
        }"""
    )
    assert drawn


# In a frame.


@REDUCED
def test_in_a_frame_it_steps_where_the_kernel_cannot_run(fresh: Watched) -> None:
    fresh.page.route("**/pyodide.asm.wasm", lambda route: route.fulfill(status=404))
    figure = figure_of(fresh.open("index.html?embed=operations", ready=False))
    missing = fresh.page.get_by_text("pyodide.asm.wasm is missing on the server")
    expect(missing).to_be_visible(timeout=SLOW)
    press(figure, "Reset")
    press(figure, "Step")
    expect(narration(figure)).to_have_text(SENTENCES[1])
    fresh.expect_only("404|wasm|WebAssembly")


@REDUCED
def test_in_a_frame_it_steps_where_no_python_can_run(fresh: Watched) -> None:
    fresh.page.add_init_script("delete window.WebAssembly")
    figure = figure_of(fresh.open("index.html?embed=operations&step=2", ready=False))
    expect(fresh.page.get_by_text("This browser has no WebAssembly")).to_be_visible()
    expect_step(figure, 2)
    press(figure, "Step")
    expect(narration(figure)).to_have_text(SENTENCES[3])
    fresh.expect_only("WebAssembly")


@REDUCED
def test_in_a_frame_the_step_of_the_reader_goes_before_that_of_the_address(
    fresh: Watched,
) -> None:
    figure, release = open_without_python(fresh, "?embed=operations&step=2")
    expect_step(figure, 2)
    press(figure, "Step")
    release()
    is_live(figure)
    expect_step(figure, 3)


def test_in_a_frame_it_plays_where_the_address_wants_it(fresh: Watched) -> None:
    figure = figure_of(fresh.open("index.html?embed=operations&autoplay=true", ready=False))
    expect(figure.get_by_role("button", name="Pause")).to_be_visible(timeout=SLOW)
    is_live(figure)
    expect(figure).to_have_attribute("data-step", "6", timeout=SLOW)


@pytest.mark.parametrize(
    "query", ["?embed=graph", "?embed=operations&operation=%2B", "?embed=operations&values=a%3D7"]
)
def test_a_frame_with_something_else_does_not_have_it(fresh: Watched, query: str) -> None:
    figure, _ = open_without_python(fresh, query)
    page = figure.page
    wait_until(page, "() => !document.querySelector('[data-first]')")
    expect(page.locator("[data-node]")).to_have_count(0)
    expect(page.locator("#operation-figure math, #operation-figure pre")).to_have_count(0)


def test_a_new_kernel_is_asked_once(fresh: Watched) -> None:
    fresh.page.add_init_script(
        """window.asked = [];
        const { postMessage } = Worker.prototype;
        Worker.prototype.postMessage = function (message, ...rest) {
          asked.push(message.method);
          return postMessage.call(this, message, ...rest);
        };"""
    )
    release = hold(fresh.page, "**/pyodide.asm.wasm")
    page = fresh.open("index.html?embed=operations&values=a%3D7", ready=False)
    expect(page.locator("html[data-page=ready]")).to_be_attached(timeout=SLOW)
    release()
    expect(number(figure_of(page), 2, "data")).to_have_text("−21")  # 7 * -3
    expect(page.locator("html[data-kernel=ready]")).to_be_attached()
    assert page.evaluate("asked").count("operate") == 1
