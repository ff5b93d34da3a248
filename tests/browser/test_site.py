"""The built site in a browser: under any address, without a network, over an update."""

import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from threading import Thread

import pytest
from playwright.sync_api import Browser, Page, expect

from app.serve.__main__ import make_server
from tests.browser.figures import wait_until
from tests.browser.site import serve

READY = "html[data-kernel=ready][data-page=ready]"
CONTROLLED = "() => navigator.serviceWorker.controller?.state === 'activated'"


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    with browser.new_context() as context:
        page = context.new_page()
        page.problems = []  # type: ignore[attr-defined]
        page.on("pageerror", lambda error: page.problems.append(str(error)))  # type: ignore[attr-defined]
        yield page
        assert page.problems == []  # type: ignore[attr-defined]


def changed(dist: Path, target: Path, title: str) -> None:
    """Make another version of a site, as a build of other files would."""
    (folder,) = dist.glob("v-*")
    other = "v-" + folder.name[:1:-1]
    shutil.copytree(dist, target, dirs_exist_ok=True)
    (target / folder.name).rename(target / other)
    for name in ["index.html", "worker.js", f"{other}/pyscript.json"]:
        text = (target / name).read_text().replace(folder.name, other)
        text = text.replace("How a neural network learns", title)
        (target / name).write_text(text)


def run_a_cell(page: Page) -> None:
    """The kernel answers: nudge the first figure and see its product."""
    page.locator("[data-figure=operation] input[type=number][data-input=a]").fill("5")
    node = page.locator("[data-figure=operation] [data-node] [data-role=data]")
    expect(node.filter(has_text="−15").first).to_be_visible()


RUN = """async (code) => {
  const { href } = document.querySelector("link[rel=modulepreload][href$='/static/modules.js']");
  const { kernel } = await import(href);
  const request = { lesson: "workbench", cell: "x", code, texts: [["x", code]] };
  return JSON.parse(await kernel.call("run_cell", JSON.stringify(request), () => {})).shown.text;
}"""


def test_the_first_figure_answers_before_the_files_of_python_have_come(
    dist: Path, page: Page
) -> None:
    for name in ("python_stdlib*.zip", "first.tar", "cells.tar", "later.tar"):
        page.route(f"**/{name}", lambda route: None)  # it never comes
    with serve(dist) as address:
        page.goto(address)
        page.wait_for_selector("html[data-page=ready]:is([data-kernel=ready], [data-kernel=busy])")
        run_a_cell(page)
        page.unroute_all()


def test_every_visit_begins_with_the_same_memory_and_goes_its_own_way(
    dist: Path, browser: Browser
) -> None:
    code = "import random\n(hash('micrograd'), random.random(), Value(2.0).tanh().data)"
    seen = []
    with serve(dist) as address:
        for _ in range(2):
            with browser.new_context(timezone_id="Asia/Tokyo") as context:
                page = context.new_page()
                page.goto(address)
                page.wait_for_selector(READY)
                seen.append(page.evaluate(RUN, code).strip("()").split(", "))
                hours = page.evaluate(
                    RUN, "import datetime\ndatetime.datetime(2026, 1, 1).astimezone().utcoffset()"
                )
                assert hours == "datetime.timedelta(seconds=32400)"
    (first, drawn, tanh), (again, redrawn, _) = seen
    assert first == again
    assert drawn != redrawn
    assert tanh == "0.9640275800758169"


@pytest.mark.parametrize("damage", ["missing", "half", "other"])
def test_where_the_memory_is_no_good_python_starts_from_nothing(
    dist: Path, page: Page, tmp_path: Path, damage: str
) -> None:
    served = tmp_path / "served"
    shutil.copytree(dist, served)
    (memory,) = served.glob("v-*/static/kernel/memory.wasm")
    whole = memory.read_bytes()
    if damage == "missing":
        memory.unlink()
    else:
        memory.write_bytes(whole[: len(whole) // 2] if damage == "half" else b"\1" * len(whole))
    with serve(served) as address:
        page.goto(address)
        page.wait_for_selector(READY)
        run_a_cell(page)
        assert page.evaluate(RUN, "(Value(2.0) * 3).data") == "6.0"


def test_it_works_under_any_address(dist: Path, page: Page, tmp_path: Path) -> None:
    shutil.copytree(dist, tmp_path / "courses" / "ml")
    asked: list[str] = []
    failed: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("response", lambda r: failed.append(r.url) if r.status >= 400 else None)
    with serve(tmp_path) as address:
        page.goto(f"{address}courses/ml/")
        page.wait_for_selector(READY)
        run_a_cell(page)
    assert failed == []
    assert [url for url in asked if not url.startswith((f"{address}courses/ml/", "blob:"))] == []
    assert not [url for url in asked if "/app/kernel/" in url]


def test_a_figure_is_embedded_and_the_dialog_for_it_opens(dist: Path, page: Page) -> None:
    with serve(dist) as address:
        page.goto(f"{address}?embed=graph&code=L+%3D+a*3.0&values=a%3D2")
        page.wait_for_selector(READY)
        expect(page.locator("[data-node='2'] [data-role=data]")).to_have_text("6")
        page.goto(address)
        page.wait_for_selector(READY)
        page.locator("#graph-figure").get_by_role("button", name="Embed this figure").click()
        snippet = page.get_by_role("dialog").get_by_role("textbox", name="The snippet")
        expect(snippet).to_have_value(re.compile('section="graph"'))


def test_a_link_to_a_cell_is_made_and_read(dist: Path, page: Page) -> None:
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    with serve(dist) as address:
        page.goto(address)
        page.wait_for_selector(READY)
        cell = page.locator("[data-cell=workbench-1]")
        cell.get_by_role("button", name="Copy link").click()
        expect(cell).to_contain_text("The link is on the clipboard.")
        page.goto(page.evaluate("navigator.clipboard.readText()"))
        page.reload()
        expect(page.locator("[data-cell=workbench-added-1]")).to_be_attached()


def test_after_one_visit_it_works_without_a_network(dist: Path, page: Page) -> None:
    with serve(dist) as address:
        page.goto(address)
        page.wait_for_selector(READY)
        wait_until(page, CONTROLLED, 20)
    page.goto("about:blank")
    page.goto(f"{address}index.html?from=a-link")
    page.wait_for_selector(READY)
    run_a_cell(page)
    page.locator("#training").scroll_into_view_if_needed()
    expect(page.locator("[data-figure=training] canvas").first).to_be_visible()
    page.locator("[data-cell=workbench-1]").scroll_into_view_if_needed()
    page.locator("[data-cell=workbench-1] .cm-content").click()
    page.keyboard.press("Control+Enter")
    expect(page.locator("[data-cell=workbench-1] [data-part=number]")).to_contain_text("1")


def test_a_new_version_comes_whole_and_only_when_it_is_wanted(
    dist: Path, page: Page, tmp_path: Path
) -> None:
    served = tmp_path / "served"
    shutil.copytree(dist, served)
    with serve(served) as address:
        page.goto(address)
        page.wait_for_selector(READY)
        wait_until(page, CONTROLLED, 20)
        for path in served.iterdir():
            shutil.rmtree(path) if path.is_dir() else path.unlink()
        changed(dist, served, "Another title")
        page.reload()  # looks for a new version by itself
        page.wait_for_selector(READY)
        expect(page.locator("h1")).to_have_text("How a neural network learns")
        offer = page.locator("#new-version")
        expect(offer).to_contain_text("A new version")
        offer.get_by_role("button", name="Load it").click()
        expect(page.locator("h1")).to_have_text("Another title")
        page.wait_for_selector(READY)
        run_a_cell(page)


def test_half_a_new_version_is_never_used(dist: Path, page: Page, tmp_path: Path) -> None:
    served = tmp_path / "served"
    shutil.copytree(dist, served)
    with serve(served) as address:
        page.goto(address)
        page.wait_for_selector(READY)
        wait_until(page, CONTROLLED, 20)
        changed(dist, served, "Another title")
        folder = (served / "worker.js").read_text().partition('"folder":"')[2].partition('"')[0]
        (served / folder / "static/kernel/later.tar").unlink()
        page.reload()
        page.wait_for_selector(READY)
        page.wait_for_timeout(1500)
        expect(page.locator("#new-version")).to_have_count(0)
        page.reload()
        page.wait_for_selector(READY)
        expect(page.locator("h1")).to_have_text("How a neural network learns")


@pytest.mark.parametrize(
    "name",
    ["app/page.tar", "static/kernel/first.tar", "static/vendor/pyodide/pyodide.asm.wasm"],
)
def test_a_file_that_is_missing_is_named(
    dist: Path, browser: Browser, tmp_path: Path, name: str
) -> None:
    served = tmp_path / "served"
    shutil.copytree(dist, served)
    next(served.glob(f"v-*/{name}")).unlink()
    with serve(served) as address, browser.new_context() as context:
        page = context.new_page()
        page.goto(address)
        mend = "Copy the whole site there again, and reload."
        says = f"The file {name} is missing on the server. {mend}"
        expect(page.locator("#status-text")).to_have_text(says, timeout=20_000)


def test_sections_that_cannot_be_fetched_say_so_and_the_others_work(
    dist: Path, browser: Browser, tmp_path: Path
) -> None:
    served = tmp_path / "served"
    shutil.copytree(dist, served)
    next(served.glob("v-*/app/networks.tar")).unlink()
    with serve(served) as address, browser.new_context() as context:
        page = context.new_page()
        page.goto(address)
        page.wait_for_selector(READY)
        run_a_cell(page)
        for name in ("A neural network", "Training a network"):
            says = page.get_by_role("figure", name=name).locator("[data-part=problem]")
            expect(says).to_contain_text("This section could not be fetched. Check the network")


def test_what_lacks_a_file_says_which_and_the_first_figure_works(
    dist: Path, browser: Browser, tmp_path: Path
) -> None:
    served = tmp_path / "served"
    shutil.copytree(dist, served)
    (file,) = served.glob("v-*/static/kernel/cells.tar")
    cells = file.read_bytes()
    file.unlink()
    with serve(served) as address, browser.new_context() as context:
        page = context.new_page()
        page.goto(address)
        says = "The file static/kernel/cells.tar is missing on the server."
        expect(page.locator("#status-text")).to_contain_text(says, timeout=20_000)
        run_a_cell(page)
        expect(page.locator("#status-text")).to_contain_text(says)
        file.write_bytes(cells)
        page.get_by_role("button", name="Start Python again").click()
        expect(page.locator("#status-text")).to_have_text(re.compile("Python is ready"))
        assert page.evaluate(RUN, "(Value(2.0) * 3).data") == "6.0"


def test_a_file_that_came_in_half_is_named(dist: Path, browser: Browser, tmp_path: Path) -> None:
    served = tmp_path / "served"
    shutil.copytree(dist, served)
    name = "static/vendor/pyodide/python_stdlib.zip"
    path = next(served.glob(f"v-*/{name}"))
    path.write_bytes(path.read_bytes()[:500_000])
    with serve(served) as address, browser.new_context() as context:
        page = context.new_page()
        page.goto(address)
        says = f"Only a part of the file {name} is on the server. Copy the whole site there again"
        expect(page.locator("#status-text")).to_contain_text(says, timeout=20_000)


def test_it_works_where_service_workers_are_not_allowed(dist: Path, browser: Browser) -> None:
    with serve(dist) as address, browser.new_context(service_workers="block") as context:
        page = context.new_page()
        page.goto(address)
        page.wait_for_selector(READY)
        run_a_cell(page)


def test_the_installed_command_serves_it(dist: Path, page: Page) -> None:
    server = make_server(dist, 0)
    Thread(target=server.serve_forever, daemon=True).start()
    try:
        page.goto(f"http://127.0.0.1:{server.server_port}/")
        page.wait_for_selector(READY)
        run_a_cell(page)
    finally:
        server.shutdown()
        server.server_close()
