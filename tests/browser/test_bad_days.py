"""A file in half or late, no network, a worker that dies, a clock that jumps, two tabs."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, Route, expect

from tests.browser.conftest import Watched
from tests.browser.figures import press
from tests.browser.site import ROOT

pytestmark = pytest.mark.cold

PROSE = "A network learns by asking, for every number inside it"
VENDOR = "static/vendor"
SLOW = 30_000
TYPES = {".js": "text/javascript", ".mjs": "text/javascript", ".wasm": "application/wasm"}


def status(page: Page) -> Locator:
    return page.locator("#status-text")


def answers(page: Page) -> None:
    """The first figure computes."""
    page.locator("[data-figure=operation] input[type=number][data-input=a]").fill("5")
    expect(page.locator("[data-figure=operation] [data-node='2'] [data-role=data]")).to_have_text(
        "−15", timeout=SLOW
    )


def is_ready(page: Page) -> None:
    expect(page.locator("html[data-page=ready][data-kernel=ready]")).to_be_attached(timeout=SLOW)
    expect(status(page)).to_have_text("Python is ready")


# Files.


@pytest.mark.parametrize(
    "file",
    [
        "pyodide/pyodide.mjs",
        "pyodide/python_stdlib.zip",
        "micropython/micropython.wasm",
        "anime.js",
    ],
)
def test_half_a_file_is_told_and_the_text_stays(fresh: Watched, file: str) -> None:
    path = Path(ROOT, VENDOR, file)
    half = path.read_bytes()[: path.stat().st_size // 2]
    kind = TYPES.get(path.suffix, "application/zip")
    fresh.page.route(f"**/{file}", lambda route: route.fulfill(body=half, content_type=kind))
    page = fresh.open(ready=False)
    expect(status(page)).to_have_text(
        re.compile("^(Python could not start|The page could not start)"), timeout=SLOW
    )
    expect(page.locator("html[data-kernel=failed], html[data-page=failed]")).to_be_attached()
    expect(page.get_by_text(PROSE)).to_be_visible()
    assert not [p for p in fresh.problems if p.startswith("foreign")]
    fresh.expect_only(".")


class Held(list[Route]):
    """Requests that get no answer, until it is over: those that come later do."""

    is_over = False

    def take(self, route: Route) -> None:
        if self.is_over:
            route.continue_()
        else:
            self.append(route)


def hold(page: Page, file: str) -> Held:
    """Keep a file back, each time that it is asked for."""
    held = Held()
    page.route(f"**/{file}", held.take)
    return held


def test_a_worker_that_does_not_come_can_be_asked_for_again(fresh: Watched) -> None:
    fresh.page.clock.install()
    held = hold(fresh.page, f"{VENDOR}/pyodide/pyodide.mjs")
    page = fresh.open(ready=False)
    expect(status(page)).to_have_text("Python is starting …")
    page.clock.run_for(11_000)
    expect(status(page)).to_have_text(re.compile("^Nothing has come for ten seconds"))
    held.is_over = True
    page.get_by_role("button", name="Start Python again").click()
    page.clock.resume()
    is_ready(page)
    answers(page)


def test_a_page_that_comes_late_is_told_and_goes_on_by_itself(fresh: Watched) -> None:
    fresh.page.clock.install()
    held = hold(fresh.page, f"{VENDOR}/micropython/micropython.wasm")
    page = fresh.open(ready=False)
    expect(page.locator("html[data-kernel=ready]")).to_be_attached(timeout=SLOW)
    expect(status(page)).to_have_text("Python is starting …")  # and not that it were ready
    page.clock.run_for(30_000)
    expect(status(page)).to_have_text(re.compile("a part of this page has not come yet"))
    for route in held:
        route.continue_()
    page.clock.resume()
    is_ready(page)
    figures = page.locator("[data-figure=operation]:not([data-first]), #graph-figure svg.graph")
    expect(figures).to_have_count(2, timeout=SLOW)  # nobody has touched them
    answers(page)


# The worker.


def kill(page: Page) -> None:
    """Let the worker be as one that the system has ended: it never says anything again."""
    page.workers[0].evaluate("self.postMessage = () => {}; undefined")


def test_a_worker_that_dies_while_it_loads_can_be_started_again(fresh: Watched) -> None:
    fresh.page.clock.install()
    held = hold(fresh.page, f"{VENDOR}/pyodide/python_stdlib.zip")
    page = fresh.open(ready=False)
    again = page.get_by_role("button", name="Start Python again")
    for _ in range(100):  # until it has asked for that, and so can be killed, and was heard
        page.clock.run_for(100)
        if held and str(status(page).text_content()).startswith("Python is loading"):
            break
        page.wait_for_timeout(100)
    kill(page)
    for _ in range(2):  # at first it could be that it only waits
        page.clock.run_for(11_000)
        expect(status(page)).to_have_text(re.compile("^Nothing has come for ten seconds"))
        held.is_over = True
        again.click()
    page.clock.resume()
    is_ready(page)
    answers(page)


def test_a_worker_that_died_at_rest_is_noticed_and_another_one_answers(fresh: Watched) -> None:
    page = fresh.open()
    is_ready(page)
    kill(page)
    page.clock.install()
    page.locator("[data-figure=operation] input[type=number][data-input=a]").fill("5")
    page.clock.run_for(10_000)
    expect(status(page)).to_have_text(
        "Python was gone, and was started anew: run the cells above again."
    )
    page.clock.resume()
    expect(page.locator("[data-figure=operation] [data-node='2'] [data-role=data]")).to_have_text(
        "−15", timeout=SLOW
    )
    is_ready(page)


# Time, and the network after the start.

YEAR_BACK = """() => {
  const Real = Date;
  const now = () => Real.now() - 365 * 24 * 3600 * 1000;
  window.Date = class extends Real {
    constructor(...given) { super(...(given.length ? given : [now()])); }
    static now() { return now(); }
  };
}"""


def test_an_hour_of_sleep_a_clock_set_back_and_no_network_change_nothing(fresh: Watched) -> None:
    fresh.page.clock.install()
    page = fresh.open(ready=False)
    page.clock.resume()
    is_ready(page)
    page.clock.fast_forward("01:00:00")
    answers(page)
    page.evaluate(YEAR_BACK)
    page.context.set_offline(True)
    training = page.locator("[data-figure=training]")
    training.scroll_into_view_if_needed()
    press(training, "Step")
    expect(training.locator("[data-text=step]")).to_have_text("25", timeout=SLOW)
    session = page.context.new_cdp_session(page)
    session.send("Page.setWebLifecycleState", {"state": "frozen"})
    page.wait_for_timeout(1_000)
    session.send("Page.setWebLifecycleState", {"state": "active"})
    press(training, "Step")
    expect(training.locator("[data-text=step]")).to_have_text("50", timeout=SLOW)
    expect(status(page)).to_have_text("Python is ready")
    page.context.set_offline(False)
    fresh.expect_only("ERR_INTERNET_DISCONNECTED|import")


# Two tabs, on half a processor.


def test_two_tabs_have_a_python_each_and_do_not_take_each_others_text(fresh: Watched) -> None:
    session = fresh.page.context.new_cdp_session(fresh.page)
    session.send("Emulation.setCPUThrottlingRate", {"rate": 2})
    said = "window.said = []; document.addEventListener('kernel', (e) => said.push(e.detail.state))"
    fresh.page.add_init_script(said)
    page = fresh.open()
    other = page.context.new_page()
    other.goto(fresh.site)
    is_ready(page)
    is_ready(other)
    for tab, code in ((page, "print('one')"), (other, "print('two')")):
        cell = tab.locator("[data-cell=workbench-1]")
        cell.scroll_into_view_if_needed()
        cell.locator(".cm-content").press("ControlOrMeta+a")
        tab.keyboard.insert_text(code)
        cell.get_by_role("button", name="Run", exact=True).click()
    for tab, printed in ((page, "one"), (other, "two")):
        cell = tab.locator("[data-cell=workbench-1]")
        expect(cell.locator("[data-part=printed]")).to_have_text(re.compile(printed))
        expect(cell.locator(".cm-content")).to_have_text(f"print('{printed}')")
    assert not {"failed", "stopped"} & set(page.evaluate("window.said"))
