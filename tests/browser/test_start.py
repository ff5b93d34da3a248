"""How the page starts, and what it says when something it needs is not there."""

from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Watched
from tests.browser.figures import wait_until
from tests.browser.site import ROOT, serve

pytestmark = pytest.mark.cold

PROSE = "A network learns by asking, for every number inside it"


def test_it_becomes_ready_and_says_so(fresh: Watched) -> None:
    page = fresh.open()
    expect(page.get_by_role("status").first).to_have_text("Python is ready")
    expect(page.locator("html[data-page=ready][data-kernel=ready]")).to_be_attached()


def test_it_works_under_a_sub_path(fresh: Watched) -> None:
    with serve(ROOT.parent) as parent:
        fresh.site = parent
        page = fresh.open(f"{ROOT.name}/index.html")
        expect(page.locator("[data-node='2'] [data-role=data]").first).to_have_text("−6")
        page.goto("about:blank")  # while there is a server for what comes later


def test_a_page_that_was_not_built_says_which_command_to_run(fresh: Watched) -> None:
    fresh.page.route("**/static/vendor/**", lambda route: route.fulfill(status=404))
    page = fresh.open(ready=False)
    expect(
        page.get_by_text("has not been built yet. In its folder, run: make serve")
    ).to_be_visible()
    expect(page.get_by_text(PROSE)).to_be_visible()
    fresh.expect_only("404|vendor")


@pytest.mark.parametrize(
    "file",
    [
        "static/vendor/pyodide/pyodide.mjs",
        "static/vendor/pyodide/pyodide.asm.mjs",
        "static/vendor/pyodide/pyodide.asm.wasm",
        "static/vendor/pyodide/python_stdlib.zip",
        "static/vendor/micropython/micropython.mjs",
        "static/vendor/micropython/micropython.wasm",
        "static/vendor/pyscript.js",
        "static/vendor/anime.js",
        "pyscript.toml",
        "micrograd/engine.py",
        "app/page/main.py",
        "app/kernel/main.py",
    ],
)
def test_a_missing_file_is_named(fresh: Watched, file: str) -> None:
    fresh.expect_only("^(?!foreign)")  # also when the test is over: but no reach for a CDN
    fresh.page.route(f"**/{file}", lambda route: route.fulfill(status=404))
    page = fresh.open(ready=False)
    sentence = page.get_by_text(f"The file {file} is missing on the server.")
    expect(sentence).to_be_visible(timeout=20_000)
    expect(page.locator("html[data-kernel=failed], html[data-page=failed]")).to_be_attached()
    expect(page.get_by_text(PROSE)).to_be_visible()


def test_a_kernel_that_failed_can_be_started_again(fresh: Watched) -> None:
    fresh.page.route("**/python_stdlib.zip", lambda route: route.fulfill(status=404))
    page = fresh.open(ready=False)
    again = page.get_by_role("button", name="Start Python again")
    expect(again).to_be_visible(timeout=20_000)
    page.unroute("**/python_stdlib.zip")
    again.click()
    expect(page.locator("html[data-kernel=ready]")).to_be_attached(timeout=20_000)
    expect(page.locator("[data-node='2'] [data-role=data]").first).to_have_text("−6")
    expect(again).to_be_hidden()
    fresh.problems.clear()


def test_a_cell_imports_what_of_the_library_comes_after_the_start(fresh: Watched) -> None:
    page = fresh.open()
    code = "import email.message, statistics, xml.dom\nprint(statistics.mean([1, 2, 6]))"
    printed = page.evaluate(
        """async (code) => {
          const kernel = await import("./static/kernel/kernel.js");
          const request = { lesson: "start", cell: "1", code, texts: [["1", code]] };
          let printed = "";
          await kernel.call("run_cell", JSON.stringify(request), (text) => (printed += text));
          return printed;
        }""",
        code,
    )
    assert printed == "3\n"  # (1 + 2 + 6) / 3


def test_too_little_memory_is_said_in_words(fresh: Watched) -> None:
    fresh.page.route(
        "**/kernel/worker.js",
        lambda route: route.fulfill(
            content_type="text/javascript",
            body="postMessage({type: 'failed', message: 'RangeError: could not allocate memory'})",
        ),
    )
    page = fresh.open(ready=False)
    expect(page.get_by_text("not enough memory left for Python. Close other tabs")).to_be_visible()


def test_a_browser_without_webassembly_gets_a_sentence(fresh: Watched) -> None:
    fresh.page.add_init_script("delete window.WebAssembly")
    page = fresh.open(ready=False)
    expect(page.get_by_text("This browser has no WebAssembly")).to_be_visible()
    expect(page.get_by_text(PROSE)).to_be_visible()
    fresh.expect_only("WebAssembly")


def test_a_page_opened_from_a_file_says_what_to_do(fresh: Watched) -> None:
    fresh.site = Path(ROOT, "index.html").as_uri()
    page = fresh.open(ready=False)
    expect(page.get_by_text("In its folder, run: make serve")).to_be_visible()
    fresh.expect_only("file://|CORS|Failed to load")


@pytest.mark.context(java_script_enabled=False)
def test_without_javascript_the_text_can_be_read(fresh: Watched) -> None:
    page = fresh.open(ready=False)
    expect(page.get_by_text(PROSE)).to_be_visible()
    assert "switched off, because JavaScript is" in page.content()
    assert page.locator("noscript").bounding_box()  # it takes room: it is shown
    fresh.expect_only("csp")  # what is preloaded is not wanted


def test_a_call_that_fails_in_python_is_an_exception_and_the_kernel_goes_on(fresh: Watched) -> None:
    page = fresh.open()
    outcome = page.evaluate(
        """async () => {
          const kernel = await import("./static/kernel/kernel.js");
          const request = '{"op": "nonsense", "inputs": {}}';
          const bad = await kernel.call("operate", request).catch(String);
          const good = await kernel.call("operate", '{"op": "*", "inputs": {"a": "2", "b": "3"}}');
          return [bad, JSON.parse(good).inputs];
        }"""
    )
    assert "KeyError: 'nonsense'" in outcome[0]
    assert outcome[1] == ["a", "b"]


def test_a_restart_rejects_what_was_pending(fresh: Watched) -> None:
    page = fresh.open()
    outcome = page.evaluate(
        """async () => {
          const kernel = await import("./static/kernel/kernel.js");
          const pending = kernel.call("engine_source", "{}").catch(String);
          kernel.restart();
          return pending;
        }"""
    )
    assert "restarted before it could answer" in outcome
    expect(page.locator("html[data-kernel=ready]")).to_be_attached(timeout=20_000)


def test_every_font_of_the_page_can_be_used(fresh: Watched) -> None:
    page = fresh.open()
    faces = page.evaluate(
        """async () => {
          await Promise.allSettled([...document.fonts].map((face) => face.load()));
          return [...document.fonts].map(({ family, style, status }) => [family, style, status]);
        }"""
    )
    fonts = [("Mono", "normal"), ("Sans", "normal"), ("Serif", "italic"), ("Serif", "normal")]
    assert sorted(faces) == [
        [f"Article {name}", style, "loaded"] for name, style in sorted(2 * fonts)
    ]


REST = r"""[...document.fonts].filter(
  ({ unicodeRange: range, status }) => !/U\+20-7e/i.test(range) && status === "loaded"
).length"""


@pytest.mark.parametrize("language", ["en", "de"])
def test_letters_that_our_texts_have_not_come_when_somebody_uses_them(
    fresh: Watched, language: str
) -> None:
    page = fresh.open(f"?lang={language}")
    page.evaluate("document.fonts.ready.then(() => null)")
    assert page.evaluate(REST) == 0
    page.locator("#graph-figure [data-part=code]").fill("é = 2.0")
    wait_until(page, f"{REST} === 1")
