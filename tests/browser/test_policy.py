"""Nothing leaves the page: its policy holds in the worker, too, where the code of cells runs."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Watched
from tests.browser.site import serve

REFUSALS = "Content Security Policy|violates|Refused|foreign request|: csp$"  # it only wanted to
HINT = "Code in a cell reaches no other host"


class Elsewhere:
    """A server on another origin that gives everything to everybody, and notes who asks."""

    def __init__(self, address: str, asked: list[str]) -> None:
        self.address, self.asked = address, asked
        self.socket = address.replace("http", "ws", 1)


@pytest.fixture
def elsewhere() -> Iterator[Elsewhere]:
    asked: list[str] = []
    with serve(headers={"Access-Control-Allow-Origin": "*"}, asked=asked) as address:
        yield Elsewhere(address, asked)


def run(page: Page, code: str) -> None:
    cell = page.locator("[data-cell=workbench-1]")
    cell.scroll_into_view_if_needed()
    editor = cell.locator(".cm-content")
    editor.click()
    page.keyboard.press("Control+a")
    page.keyboard.insert_text(code)
    cell.get_by_role("button", name="Run", exact=True).click()


@pytest.mark.parametrize(
    "code",
    [
        "from pyodide.http import open_url\nopen_url('ADDRESS')",
        "import urllib.request\nurllib.request.urlopen('ADDRESS')",
        "import js\nx = js.XMLHttpRequest.new()\nx.open('POST', 'ADDRESS', False)\nx.send('all')",
    ],
)
def test_a_cell_reaches_no_other_host_and_is_told_so(
    fresh: Watched, elsewhere: Elsewhere, code: str
) -> None:
    page = fresh.open()
    run(page, code.replace("ADDRESS", elsewhere.address))
    output = page.locator("[data-cell=workbench-1] [data-role=output]")
    expect(output).to_contain_text(HINT, timeout=15_000)
    assert elsewhere.asked == []
    fresh.expect_only(REFUSALS)


def test_nor_does_it_later(fresh: Watched, elsewhere: Elsewhere) -> None:
    page = fresh.open()
    run(page, f"import js\njs.WebSocket.new('{elsewhere.socket}')\njs.fetch('{elsewhere.address}')")
    output = page.locator("[data-cell=workbench-1] [data-role=output]")
    expect(output).to_contain_text("This is still under way", timeout=15_000)
    page.wait_for_timeout(500)  # something that does not happen can't be waited for
    assert elsewhere.asked == []
    fresh.expect_only(REFUSALS)


def test_the_page_reaches_no_other_host(fresh: Watched, elsewhere: Elsewhere) -> None:
    page = fresh.open()
    get = "url => fetch(url).then(() => 'sent', () => 'blocked')"
    assert page.evaluate(get, fresh.site) == "sent"
    assert page.evaluate(get, elsewhere.address) == "blocked"
    assert elsewhere.asked == []
    fresh.expect_only(REFUSALS)


def test_the_kernel_runs_only_where_the_policy_holds(fresh: Watched) -> None:
    """A cell could make a second kernel of its address, which would have no policy."""
    page = fresh.open()
    outcome = page.evaluate(
        """() => new Promise((resolve) => {
          const worker = new Worker("static/kernel/worker.js", { type: "module" });
          worker.onerror = (event) => { event.preventDefault(); resolve(event.message); };
          worker.onmessage = ({ data }) => resolve(data.type);
          worker.postMessage({ type: "start" });
        })"""
    )
    assert "Only launch.js starts the kernel" in outcome
