"""A page of another origin, in which figures stand in frames."""

from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, FrameLocator, Page, expect

from tests.browser.site import ROOT, serve

OPEN = {"Access-Control-Allow-Origin": "*"}
SLOW = 30_000
LOG = """<link rel="icon" href="data:,"><script>
  window.heard = [];
  addEventListener("message", ({ data, origin }) => heard.push({ ...data, origin }));
</script>"""


class Host:
    """Serves a folder; complaints of its pages, and of the frames in them, are kept."""

    def __init__(self, context: BrowserContext, folder: Path, address: str, site: str) -> None:
        self.context, self.folder, self.address, self.site = context, folder, address, site
        self.problems: list[str] = []

    def open(self, body: str, head: str = "") -> Page:
        """Open a page with any text in it."""
        module = f'<script type="module" src="{self.site}embed.js"></script>'
        text = f"<!doctype html><html><head><meta charset=utf-8>{LOG}{head}</head><body>"
        self.folder.joinpath("host.html").write_text(text + body + module + "</body></html>")
        return self.visit("host.html")

    def visit(self, path: str) -> Page:
        """Open a page that lies in the folder."""
        page = self.context.new_page()
        page.on("pageerror", lambda error: self.problems.append(f"{error}: {error.stack}"))
        page.on("console", self._on_console)
        page.on("request", lambda request: self._on_request(request.url))
        page.goto(self.address + path)
        return page

    def expect_only(self, part: str) -> None:
        """Take note that a test provoked the problems in which this stands."""
        self.problems = [text for text in self.problems if part not in text]

    def _on_console(self, message: ConsoleMessage) -> None:
        if message.type == "error":
            self.problems.append(f"console: {message.text}")

    def _on_request(self, url: str) -> None:
        if not url.startswith((self.site, self.address, "blob:", "data:")):
            self.problems.append(url)


@contextmanager
def hosting(
    browser: Browser,
    folder: Path,
    of_host: Mapping[str, str] | None = None,
    of_site: Mapping[str, str] = OPEN,
    name: str = "127.0.0.1",
    **options: Any,
) -> Iterator[Host]:
    """Serve a host and the site, with these headers; at the end, nothing may have complained.

    Two ports of a machine are two origins, and its names `localhost` and `127.0.0.1` two sites.
    """
    with ExitStack() as stack:
        site = stack.enter_context(serve(ROOT, of_site))
        address = stack.enter_context(serve(folder, of_host)).replace("127.0.0.1", name)
        context = stack.enter_context(browser.new_context(**options))
        host = Host(context, folder, address, site)
        yield host
    assert not host.problems, host.problems


def frame_of(page: Page, index: int = 0) -> FrameLocator:
    return page.locator("micrograd-explainer").nth(index).locator("iframe").content_frame


def is_ready(frame: FrameLocator) -> None:
    ready = "html[data-page=ready]:is([data-kernel=ready], [data-kernel=busy])"
    expect(frame.locator(ready)).to_be_attached(timeout=SLOW)
