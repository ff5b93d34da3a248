"""Where Python cannot run: figures step through the traces that came with the page."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, Route, expect

from app.first import ask
from tests.browser.conftest import Watched
from tests.browser.figures import expect_step, number, press

CODE = "L = (a*b + c) * f"
REDUCED = pytest.mark.context(reduced_motion="reduce")
SLOW = 30_000
NAMES = {
    "graph": "The graph of an expression",
    "backpropagation": "Backpropagation, step by step",
    "accidents": "Four classic accidents",
    "operation": "One operation, forward and backward",
}
Without = Callable[[Watched], None]


def without_webassembly(watched: Watched) -> None:
    watched.page.add_init_script("delete window.WebAssembly")


def without_the_kernel(watched: Watched) -> None:
    watched.page.route("**/pyodide.asm.wasm", lambda route: route.fulfill(status=404))


def without_the_page(watched: Watched) -> None:
    watched.page.route("**/micropython.wasm", lambda route: route.fulfill(status=404))


def without_a_worker(watched: Watched) -> None:
    watched.page.add_init_script(
        "window.Worker = class { constructor() { throw new Error('No worker here.'); } }"
    )


two_ways = pytest.mark.parametrize("without", [without_webassembly, without_the_kernel])
ways = pytest.mark.parametrize(
    "without", [without_webassembly, without_the_kernel, without_the_page, without_a_worker]
)


def open_without(watched: Watched, without: Without, query: str = "") -> Page:
    without(watched)
    page = watched.open("index.html" + query, ready=False)
    failed = "html:is([data-kernel=failed], [data-page=failed])"
    expect(page.locator(failed)).to_be_attached(timeout=SLOW)
    return page


def figure_of(page: Page, name: str) -> Locator:
    figure = page.get_by_role("figure", name=NAMES[name])
    expect(figure.locator(".stand-in")).to_be_visible(timeout=SLOW)
    return figure


def of_the_kernel(name: str, passes: str) -> dict[str, Any]:
    return ask("graph", {"figure": name, "code": CODE, "values": {}, "passes": passes})


def narration(figure: Locator) -> Locator:
    return figure.locator("[data-part=narration]")


def numbers_after(answer: dict[str, Any], step: int) -> dict[str, str]:
    """Return what stands in each place of a drawing after a step, exactly."""
    return {
        x["place"]: next((w["exact"] for w in reversed(x["writes"]) if w["step"] <= step), "")
        for x in answer["pictures"]["graph"]["numbers"]
    }


SHOWN = """(figure, places) => Object.fromEntries(places.map((place) =>
  [place, figure.querySelector(place).dataset.exact ?? ""]))"""


def steps_like_the_kernel(figure: Locator, answer: dict[str, Any]) -> None:
    told = ["Nothing has been computed yet.", *answer["pictures"]["graph"]["narration"]]
    press(figure, "Reset")
    for step, sentence in enumerate(told):
        if step > 0:
            press(figure, "Step")
        expect_step(figure, step)
        expect(narration(figure)).to_have_text(sentence)
        expected = numbers_after(answer, step)
        assert figure.evaluate(SHOWN, list(expected)) == expected
    expect(figure.get_by_role("button", name="Step", exact=True)).to_have_attribute(
        "aria-disabled", "true"
    )
    press(figure, "Step back")
    expect(narration(figure)).to_have_text(told[-2])


# In the article.


@ways
@REDUCED
def test_the_article_steps(fresh: Watched, without: Without) -> None:
    page = open_without(fresh, without)
    for name, passes in (("graph", "forward"), ("backpropagation", "both")):
        steps_like_the_kernel(figure_of(page, name), of_the_kernel(name, passes))
    fresh.problems.clear()


@REDUCED
def test_what_needs_python_says_so(fresh: Watched) -> None:
    page = open_without(fresh, without_webassembly)
    for name in ("What does a derivative say?", "A neural network", "Training a network"):
        figure = page.get_by_role("figure", name=name)
        expect(figure.get_by_text("This figure needs Python, which does not run")).to_be_visible()
        expect(figure.get_by_role("button")).to_have_count(0)
    figure.get_by_role("link", name="What is missing").click()
    expect(page.get_by_text("This browser has no WebAssembly")).to_be_in_viewport()
    fresh.expect_only("WebAssembly")


@REDUCED
def test_what_needs_python_is_off_and_the_sentence_says_why(fresh: Watched) -> None:
    page = open_without(fresh, without_the_kernel)
    figure = figure_of(page, "backpropagation")
    expect(figure.get_by_text(f"This is {CODE} with a = 2, b = −3, c = 10, f = −2")).to_be_visible()
    expect(figure.get_by_role("textbox", name="Python")).to_be_disabled()
    for button in ("A diamond", "Zoom in", "Save PNG"):
        expect(figure.get_by_role("button", name=button)).to_be_disabled()
    expect(figure.get_by_role("radio", name="predict the number")).to_be_disabled()
    for button in ("Forward pass", "Backward pass", "Step", "Step back", "Play", "Reset"):
        expect(figure.get_by_role("button", name=button, exact=True)).to_be_enabled()
    figure = figure_of(page, "operation")
    expect(figure.get_by_role("slider", name="a")).to_be_disabled()
    press(figure, "Step back")
    expect_step(figure, 5)
    fresh.expect_only("404|wasm|WebAssembly")


@two_ways
@REDUCED
def test_keys_and_the_scrubber_step(fresh: Watched, without: Without) -> None:
    figure = figure_of(open_without(fresh, without), "backpropagation")
    leaf = figure.locator("[data-node='0']")
    for key, step in (("Home", 0), ("ArrowRight", 1), ("ArrowRight", 2), ("ArrowLeft", 1)):
        leaf.press(key)
        expect_step(figure, step)
    leaf.press("End")
    expect_step(figure, 14)  # 7 nodes, and as many events: the output's 1, and one for each edge
    figure.get_by_role("slider", name="Go to step").fill("9")
    expect_step(figure, 9)
    leaf.hover()  # nobody lights its path
    leaf.click()
    expect_step(figure, 9)
    expect(figure.locator("[data-part=leaf]")).to_be_hidden()
    fresh.problems.clear()


def test_it_plays_and_pauses(fresh: Watched) -> None:
    figure = figure_of(open_without(fresh, without_the_kernel), "backpropagation")
    figure.get_by_role("combobox", name="Speed").select_option("4")
    press(figure, "Forward pass")
    expect(figure.get_by_role("button", name="Pause")).to_be_visible()
    expect_step(figure, 7)
    expect(figure.get_by_role("button", name="Play", exact=True)).to_be_visible()
    press(figure, "Play")
    expect_step(figure, 9)
    press(figure, "Pause")
    press(figure, "Backward pass")
    expect_step(figure, 14)
    expect(number(figure, 0, "grad")).to_have_text("6")  # dL/da = f * b = -2 * -3
    fresh.expect_only("404|wasm|WebAssembly")


@REDUCED
def test_the_chain_rule_and_the_running_line_follow(fresh: Watched) -> None:
    figure = figure_of(open_without(fresh, without_the_kernel), "backpropagation")
    without = figure.get_by_text("The forward pass needs no derivative.")
    expect(without).to_be_visible()
    figure.get_by_role("slider", name="Go to step").fill("10")
    expect(without).to_be_hidden()
    expect(figure.locator("[data-part=stages] p").last).to_have_text("∂L∂f=1·4=4")
    line = figure.locator("[data-part=engine] .running")
    expect(line).to_have_text("            operand.grad += local * self.grad\n")
    expect(figure.locator(".cm-editor")).to_have_count(0)
    fresh.expect_only("404|wasm|WebAssembly")


@two_ways
@REDUCED
def test_each_accident_steps_beside_the_run_as_it_should_be(
    fresh: Watched, without: Without
) -> None:
    figure = figure_of(open_without(fresh, without), "accidents")
    for radio in figure.get_by_role("radio").all():
        radio.check(force=True)
        answer = ask("accident", {"name": radio.get_attribute("value")})
        steps = max(answer[side]["steps"] for side in ("right", "wrong"))
        expect(figure).to_have_attribute("data-steps", str(steps))
        expect(figure.get_by_text(answer["says"])).to_be_visible()
        for step in (0, 1, answer["mark"]["step"], steps):
            figure.get_by_role("slider", name="Go to step").fill(str(step))
            for side in ("right", "wrong"):
                told = ["", *answer["pictures"][side]["narration"]]
                sentence = told[step] if step < len(told) else ""
                expect(figure.locator(f"[data-part={side}-narration]")).to_have_text(sentence)
            is_marked = step >= answer["mark"]["step"]
            expect(figure.locator(".wrong").first).to_be_attached(attached=is_marked)
    fresh.problems.clear()


# In a frame.


@ways
@REDUCED
@pytest.mark.parametrize(("name", "passes"), [("graph", "forward"), ("backpropagation", "both")])
def test_an_embedded_figure_steps(fresh: Watched, without: Without, name: str, passes: str) -> None:
    page = open_without(fresh, without, f"?embed={name}&step=3")
    figure = figure_of(page, name)
    expect_step(figure, 3)
    expect(page.locator("header")).to_be_hidden()
    expect(page.get_by_role("link", name="Open the full page")).to_be_visible()
    steps_like_the_kernel(figure, of_the_kernel(name, passes))
    fresh.problems.clear()


@pytest.mark.parametrize(
    "query",
    [
        "?embed=graph&code=L%20%3D%20a*b",
        "?embed=graph&values=a%3D7",
        "?embed=backpropagation&code=print('hello')",
        "?embed=operations&operation=tanh",
        "?embed=operations&values=a%3D1,b%3D2",
    ],
)
@two_ways
def test_what_is_not_what_was_asked_for_says_so(
    fresh: Watched, without: Without, query: str
) -> None:
    page = open_without(fresh, without, query)
    figure = page.get_by_role("figure")
    sentence = re.compile("What the address asks for needs Python. Instead, this is (L|c) = ")
    expect(figure.get_by_text(sentence)).to_be_visible()
    expect(figure.locator("[data-node]").first).to_be_visible()
    press(figure, "Reset")
    expect_step(figure, 0)
    if "operations" in query:
        expect(figure.get_by_role("radio", name="a × b")).to_be_checked()
        expect(figure.get_by_role("slider", name="a")).to_have_value("2")
    else:
        expect(figure.get_by_role("textbox", name="Python")).to_have_value(CODE)
    fresh.problems.clear()


def test_what_is_what_was_asked_for_does_not_say_otherwise(fresh: Watched) -> None:
    query = "?embed=graph&code=L%20%3D%20(a*b%20%2B%20c)%20*%20f&values=a%3D2.0,b%3D-3"
    figure = figure_of(open_without(fresh, without_the_kernel, query), "graph")
    expect(
        figure.get_by_text("as it was computed when the page was built. To change it")
    ).to_be_visible()
    fresh.expect_only("404|wasm|WebAssembly")


@pytest.mark.parametrize("section", ["nudge", "networks", "training", "workbench", "check"])
def test_an_embedded_figure_that_needs_python_says_so(fresh: Watched, section: str) -> None:
    page = open_without(fresh, without_webassembly, f"?embed={section}&code=print(1)")
    expect(page.get_by_text("needs Python, which does not run here.")).to_be_visible()
    link = page.get_by_role("link", name="Open the full page")
    expect(link).to_have_attribute("href", re.compile(r"/index\.html#\w+$"))
    if section == "workbench":
        expect(page.get_by_text("print(1)")).to_be_visible()
    fresh.problems.clear()


@two_ways
def test_what_the_address_hides_is_hidden(fresh: Watched, without: Without) -> None:
    page = open_without(fresh, without, "?embed=backpropagation&hide=code,sources")
    figure = figure_of(page, "backpropagation")
    expect(figure.get_by_role("textbox", name="Python")).to_be_hidden()
    expect(figure.get_by_role("group", name="micrograd/engine.py")).to_be_hidden()
    expect(figure.get_by_role("button", name="Forward pass")).to_be_visible()
    fresh.problems.clear()


def test_it_plays_at_once_where_the_address_wants_it(fresh: Watched) -> None:
    page = open_without(fresh, without_webassembly, "?embed=backpropagation&autoplay")
    figure = figure_of(page, "backpropagation")
    expect(figure.get_by_role("button", name="Pause")).to_be_visible()
    expect_step(figure, 2)
    fresh.expect_only("WebAssembly")


def test_without_its_trace_a_figure_says_that_it_needs_python(fresh: Watched) -> None:
    fresh.page.route("**/traces/*.json", lambda route: route.fulfill(status=404))
    figure = figure_of(open_without(fresh, without_webassembly, "?embed=graph"), "graph")
    expect(figure.get_by_text("This figure needs Python, which does not run")).to_be_visible()
    expect(figure.get_by_role("button")).to_have_count(0)
    fresh.problems.clear()


def test_no_trace_is_asked_for_where_python_runs(fresh: Watched) -> None:
    asked: list[str] = []
    fresh.page.on("request", lambda request: asked.append(request.url))
    fresh.open()
    assert not [url for url in asked if "/traces/" in url or "standin.js" in url]


# When Python comes all the same.


@REDUCED
@pytest.mark.parametrize("query", ["", "?embed=graph&code=L%20%3D%20a*b"])
def test_the_live_figure_takes_over(fresh: Watched, query: str) -> None:
    refused: list[Route] = []

    def answer(route: Route) -> None:
        if len(refused) < 2:  # the look for what is missing asks once more
            refused.append(route)
            route.fulfill(status=404)
        else:
            route.continue_()

    fresh.page.route("**/pyodide.asm.wasm", answer)
    page = fresh.open("index.html" + query, ready=False)
    figure = figure_of(page, "graph")
    press(figure, "Reset")
    page.unroute("**/pyodide.asm.wasm")
    page.get_by_role("button", name="Start Python again").click()
    expect(page.locator(".stand-in")).to_have_count(0, timeout=SLOW)
    field = figure.get_by_role("textbox", name="Python")
    expect(field).to_be_enabled()
    expect(field).to_have_value("L = a*b" if query else CODE)
    expect(figure.locator("[data-node]")).to_have_count(
        3 if query else 7
    )  # a, b, and their product
    steps = figure.get_attribute("data-steps") or ""
    press(figure, "Reset")
    press(figure, "Step")  # once, not by two who listen
    expect_step(figure, 1)
    assert steps == ("3" if query else "7")
    field.fill("L = a + a")
    expect(figure.locator("[data-node]")).to_have_count(2)
    fresh.problems.clear()
