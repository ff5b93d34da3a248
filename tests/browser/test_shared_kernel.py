"""The figures on one page share one Python, and nothing else."""

import re
from collections import Counter

import pytest
from playwright.sync_api import Page, expect

from tests.browser.host import Host, frame_of, is_ready
from tests.browser.test_embed import element, headers, host

__all__ = ["headers", "host"]  # fixtures
SLOW = 30_000
KERNEL = "iframe[name=micrograd-explainer-kernel]"


@pytest.fixture
def asked(host: Host) -> Counter[str]:
    """How often each file was asked for."""
    names: Counter[str] = Counter()
    host.context.on("request", lambda request: names.update([request.url.rpartition("/")[2]]))
    return names


def run(page: Page, index: int, code: str) -> None:
    frame = frame_of(page, index)
    frame.locator(".cm-content").click()
    page.keyboard.press("Control+a")
    page.keyboard.insert_text(code)
    frame.get_by_role("button", name="Run", exact=True).click()


def test_three_figures_start_python_once(host: Host, asked: Counter[str]) -> None:
    page = host.open(
        element("graph", code="L = a * b", values="a=2,b=3")
        + element("graph", code="L = a + b", values="a=2,b=3")
        + element("backpropagation", code="L = a - b", values="a=2,b=3")
    )
    for index, result in enumerate(("6", "5", "−1")):  # 2 * 3, 2 + 3, 2 - 3
        frame = frame_of(page, index)
        is_ready(frame)
        output = frame.locator("[data-figure]:visible [data-node='2'] [data-role=data]")
        expect(output).to_have_text(result, timeout=SLOW)
    assert asked["pyodide.asm.wasm"] == 1
    assert asked["micropython.wasm"] == 3


def test_two_cells_have_their_own_variables(host: Host, asked: Counter[str]) -> None:
    page = host.open(element("workbench", code="1") + element("workbench", code="1"))
    for index in (0, 1):
        is_ready(frame_of(page, index))
        run(page, index, f"mine = {index}\nprint('kept')")
        output = frame_of(page, index).locator("[data-role=output]")
        expect(output).to_contain_text("kept", timeout=SLOW)
    for index in (0, 1):
        run(page, index, "mine * 100 + 7")
        output = frame_of(page, index).locator("[data-role=output]")
        expect(output).to_contain_text("107" if index else "7", timeout=SLOW)
    assert asked["pyodide.asm.wasm"] == 1


def test_a_figure_that_goes_leaves_python_to_the_others(host: Host) -> None:
    page = host.open(element("workbench", code="1") + element("workbench", code="1"))
    for index in (0, 1):
        is_ready(frame_of(page, index))
    run(page, 0, "while True: pass")
    expect(frame_of(page, 0).get_by_role("button", name="Stop", exact=True)).to_be_visible()
    page.locator("micrograd-explainer").first.evaluate("element => element.remove()")
    run(page, 0, "6 * 7")
    expect(frame_of(page).locator("[data-role=output]")).to_contain_text("42", timeout=SLOW)
    page.locator("micrograd-explainer").evaluate("element => element.remove()")
    expect(page.locator(KERNEL)).to_have_count(0)


def test_where_one_ends_python_the_other_is_told_and_goes_on(host: Host) -> None:
    page = host.open(element("workbench", code="1") + element("graph", code="L = a * b"))
    for index in (0, 1):
        is_ready(frame_of(page, index))
    run(page, 0, "print('on')\nsum(range(10**12))")  # cannot be interrupted
    stop = frame_of(page, 0).get_by_role("button", name="Stop", exact=True)
    expect(frame_of(page, 0).locator("[data-role=output]")).to_contain_text("on")
    stop.click()
    output = frame_of(page, 0).locator("[data-role=output]")
    expect(output).to_contain_text("Python had to be started anew", timeout=SLOW)
    is_ready(frame_of(page, 1))
    figure = frame_of(page, 1).locator("[data-figure=graph]")
    figure.get_by_role("textbox", name="Python").fill("L = 2*a")
    expect(figure.locator("[data-node] text", has_text=re.compile("^2$")).first).to_be_visible(
        timeout=SLOW
    )


def test_where_python_cannot_start_a_figure_that_comes_later_is_told_too(host: Host) -> None:
    host.context.route("**/kernel/worker.js", lambda route: route.fulfill(status=404))
    page = host.open(element("graph", code="L = a * b"))
    failed = frame_of(page).locator("html[data-kernel=failed]")
    expect(failed).to_be_attached(timeout=SLOW)
    page.evaluate(
        """() => {
          const later = document.createElement("micrograd-explainer");
          later.setAttribute("section", "nudge");
          document.body.append(later);
        }"""
    )
    expect(frame_of(page, 1).locator("html[data-kernel=failed]")).to_be_attached(timeout=SLOW)


def test_the_host_gets_no_place_at_python(host: Host) -> None:
    page = host.open(element("graph", code="L = a * b"))
    is_ready(frame_of(page))
    page.evaluate(
        """() => {
          window.said = [];
          const { port1, port2 } = new MessageChannel();
          port1.onmessage = ({ data }) => said.push(data);
          window["micrograd-explainer-kernel"].postMessage({ type: "join" }, "*", [port2]);
        }"""
    )
    page.wait_for_timeout(500)  # something that does not happen can't be waited for
    assert page.evaluate("said") == []


def test_a_frame_of_the_host_is_not_taken_for_python(host: Host, asked: Counter[str]) -> None:
    trap = """<script>
      window.trapped = [];
      const trap = document.createElement("iframe");
      trap.name = "micrograd-explainer-kernel";
      document.documentElement.append(trap);
      trap.contentWindow.addEventListener("message", ({ data }) => trapped.push(data));
    </script>"""
    page = host.open(element("graph", code="L = a * b"), trap)
    is_ready(frame_of(page))
    assert page.evaluate("trapped") == []
    assert asked["micropython.wasm"] == 1
