"""One browser, one server and one kernel for the session, and what a test needs to fail well."""

import os
import re
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Page,
    Playwright,
    Request,
    expect,
    sync_playwright,
)
from playwright.sync_api import TimeoutError as WaitedTooLong

from tests.browser.install import find
from tests.browser.site import serve

FAILURES = Path(__file__).parent / "failures"
QUIET = (  # a browser under test opens no connections of its own
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-gpu",
    "--disable-quic",
    "--disable-sync",
    "--no-first-run",
)
HOW_IT_IS = """() => {
  const { page, kernel } = document.documentElement.dataset;
  return { page, kernel, status: document.getElementById("status")?.textContent.trim() };
}"""

expect.set_options(timeout=15_000)  # milliseconds: a machine may have much else to do


@pytest.fixture(scope="session")
def site() -> Iterator[str]:
    with serve() as address:
        yield address


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    with sync_playwright() as playwright:
        yield playwright


@pytest.fixture(scope="session")
def browser(playwright: Playwright) -> Iterator[Browser]:
    with launch(playwright) as browser:
        yield browser


@contextmanager
def launch(playwright: Playwright | None = None, *more: str) -> Iterator[Browser]:
    """Start the Chromium that `install.py` found or brought, without a window.

    `more` is told to it besides, as on a command line.
    """
    as_root = hasattr(os, "geteuid") and os.geteuid() == 0
    args = [*QUIET, *more, *(["--no-sandbox"] if as_root else [])]
    with nullcontext(playwright) if playwright else sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=find(), args=args)
        yield browser
        browser.close()


class Watched:
    """A page whose complaints are kept: console errors, exceptions, foreign and failed requests."""

    def __init__(self, context: BrowserContext, site: str) -> None:
        self.site = site
        self.problems: list[str] = []
        self.expected_ready = True
        self.expected: list[str] = []
        self.page = context.new_page()
        self.page.on("console", self._on_console)
        self.page.on("pageerror", lambda error: self._note("exception", str(error)))
        self.page.on("request", lambda request: self._on_request(request.url))
        self.page.on("requestfailed", self._on_failure)
        self.page.on("response", lambda r: r.status >= 400 and self._note(str(r.status), r.url))

    def open(self, path: str = "", ready: bool = True) -> Page:
        """Open the page and, unless it cannot get there, wait until the first figure is live."""
        self.expected_ready = ready
        self.page.goto(self.site + path)
        try:
            if ready:
                self.page.wait_for_selector("html[data-page=ready]")
                self.page.wait_for_selector("[data-figure=operation]:not([data-first])")
        except WaitedTooLong as error:
            error.add_note(f"{self.page.evaluate(HOW_IT_IS)}, {self.problems}")
            raise
        return self.page

    def expect_only(self, pattern: str) -> None:
        """Take note that a test provokes the problems that match, also those that come later."""
        self.expected.append(pattern)
        self.problems = [text for text in self.problems if not re.search(pattern, text)]

    def _on_console(self, message: ConsoleMessage) -> None:
        unused_preload = "preloaded using link preload but not used" in message.text
        if unused_preload and not self.expected_ready:
            return  # what could not start has no use for its files
        if message.type in ("error", "warning"):
            self._note(f"console {message.type}", message.text)

    def _on_failure(self, request: Request) -> None:
        is_flag = request.url.startswith("blob:")  # taken away, to stop Python: flag.js
        if request.failure != "net::ERR_ABORTED" and not is_flag:  # else nobody had a use for it
            self._note("failed", f"{request.url}: {request.failure}")

    def _on_request(self, url: str) -> None:
        if not url.startswith((self.site, "blob:", "data:")):
            self._note("foreign request", url)

    def _note(self, kind: str, text: str) -> None:
        problem = f"{kind}: {text}"
        if not any(re.search(pattern, problem) for pattern in self.expected):
            self.problems.append(problem)


@pytest.fixture(scope="session")
def shared(browser: Browser, site: str) -> Iterator[Watched]:
    """A page on which one kernel serves all tests that leave things as they found them."""
    context = browser.new_context(viewport={"width": 1280, "height": 900}, reduced_motion="reduce")
    watched = Watched(context, site)
    watched.open()
    yield watched
    context.close()


@pytest.fixture
def page(shared: Watched, request: pytest.FixtureRequest) -> Iterator[Page]:
    """The shared page. Fails the test if anything on it complained."""
    shared.problems.clear()
    shared.expected.clear()
    yield shared.page
    _keep_evidence(request, shared)
    assert shared.problems == []


@pytest.fixture(scope="session")
def visited(browser: Browser) -> Iterator[dict[str, BrowserContext]]:
    """The contexts that tests have used, by their options: their caches are full."""
    contexts: dict[str, BrowserContext] = {}
    yield contexts
    for context in contexts.values():
        context.close()


@pytest.fixture
def fresh(
    browser: Browser,
    site: str,
    visited: dict[str, BrowserContext],
    request: pytest.FixtureRequest,
) -> Iterator[Watched]:
    """A page of its own, not yet opened, with nothing stored. Mark `context` for its options.

    The files of the page may be in the cache, which saves half of a start. A test that is about
    that, or that changes the context, is marked `cold`: it gets another one.
    """
    marker = request.node.get_closest_marker("context")
    options = marker.kwargs if marker else {}
    is_cold = request.node.get_closest_marker("cold") is not None
    context = None if is_cold else visited.pop(repr(options), None)
    if context is None:
        context = browser.new_context(**options)
    watched = Watched(context, site)
    yield watched
    _keep_evidence(request, watched)
    if is_cold:
        context.close()
    else:
        _forget_all(watched)  # where that fails, no other test gets this context
        visited[repr(options)] = context
    assert watched.problems == []


def _forget_all(watched: Watched) -> None:
    """Close the page, and take from its context what the page has stored, but for the cache."""
    addresses = {watched.site, watched.page.url}
    watched.page.goto("about:blank")  # a page may keep something when it is left
    session = watched.page.context.new_cdp_session(watched.page)
    for parts in map(urlsplit, addresses):
        if parts.scheme == "http":
            kinds = {"origin": f"http://{parts.netloc}", "storageTypes": "local_storage,indexeddb"}
            session.send("Storage.clearDataForOrigin", kinds)
    for page in watched.page.context.pages:
        page.close()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo[None]) -> Iterator[None]:
    report = yield
    if report.failed:  # type: ignore[attr-defined]
        item.stash[FAILED] = True
    return report


FAILED = pytest.StashKey[bool]()


def _keep_evidence(request: pytest.FixtureRequest, watched: Watched) -> None:
    """Leave a screenshot and the page's complaints behind when a test has failed."""
    if not request.node.stash.get(FAILED, False) and not watched.problems:
        return
    FAILURES.mkdir(exist_ok=True)
    name = re.sub(r"\W+", "-", request.node.name)
    watched.page.screenshot(path=FAILURES / f"{name}.png", full_page=True)
    (FAILURES / f"{name}.txt").write_text("\n".join(watched.problems) + "\n")
