"""How much of Python has come, and what happens where the network breaks."""

import re
import threading
import time
from collections.abc import Callable, Iterator
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Watched
from tests.browser.site import ROOT

pytestmark = pytest.mark.cold

WASM = "pyodide.asm.wasm"
STDLIB = "python_stdlib.zip"
SLOW = 30_000


class Network:
    """A server that a test can break: it sends only so much of a file, and may be gone."""

    def __init__(self) -> None:
        self.most: dict[str, list[int]] = {}  # of a file's answers, each: bytes until it breaks
        self.knows_ranges = False
        self.is_gone = False
        self.types: dict[str, str] = {}
        self.asked: list[tuple[str, str | None]] = []  # file, and what part of it
        self.gate = threading.Event()  # what is sent beyond `most` waits for it, where it is used
        self.stalls = False
        self.marks = ["one"]  # of the standard library's answers

    def times(self, name: str) -> int:
        return len([file for file, _ in self.asked if file == name])


def handler(network: Network) -> type[SimpleHTTPRequestHandler]:
    class Breaking(SimpleHTTPRequestHandler):
        def __init__(self, *args: object) -> None:
            super().__init__(*args, directory=str(ROOT))  # type: ignore[arg-type]

        def log_message(self, format: str, *args: object) -> None:
            pass

        def guess_type(self, path: object) -> str:
            return network.types.get(Path(str(path)).name) or super().guess_type(str(path))

        def do_GET(self) -> None:
            name = Path(self.path.partition("?")[0]).name
            network.asked.append((name, self.headers.get("Range")))
            if network.is_gone:
                self.close_connection = True
                self.connection.close()
                return
            if name not in (WASM, STDLIB):
                return super().do_GET()
            self.send_file(name, Path(self.translate_path(self.path)).read_bytes())

        def send_file(self, name: str, content: bytes) -> None:
            wanted = re.fullmatch(r"bytes=(\d+)-", self.headers.get("Range") or "")
            start = int(wanted[1]) if wanted and network.knows_ranges else 0
            self.send_response(206 if start else 200)
            self.send_header("Content-Type", self.guess_type(self.path))
            self.send_header("Content-Length", str(len(content) - start))
            mark = (
                network.marks.pop(0)
                if name == STDLIB and len(network.marks) > 1
                else network.marks[0]
            )
            self.send_header("ETag", f'"{mark}"')
            if start:
                self.send_header(
                    "Content-Range", f"bytes {start}-{len(content) - 1}/{len(content)}"
                )
            self.end_headers()
            answers = network.most.get(name, [])
            most = answers.pop(0) if answers else len(content)
            self.wfile.write(content[start : start + most])
            if most < len(content) - start:
                self.wfile.flush()
                network.gate.wait(90 if network.stalls else 0.5)  # what was sent is read meanwhile
                self.close_connection = True

    return Breaking


@pytest.fixture
def network(fresh: Watched) -> Iterator[Network]:
    network = Network()
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler(network))
    server.daemon_threads = True
    server.handle_error = lambda *_: None  # type: ignore[method-assign]
    threading.Thread(target=server.serve_forever, daemon=True).start()
    fresh.site = f"http://127.0.0.1:{server.server_port}/"
    yield network
    network.gate.set()
    server.shutdown()
    server.server_close()


def ready(page: Page) -> None:
    expect(page.locator("html[data-page=ready][data-kernel=ready]")).to_be_attached(timeout=SLOW)
    expect(page.locator("[data-node='2'] [data-role=data]").first).to_have_text("−6")


@pytest.mark.parametrize(("file", "knows_ranges"), [(WASM, True), (WASM, False), (STDLIB, True)])
def test_a_connection_that_breaks_is_gone_on_with(
    fresh: Watched, network: Network, file: str, knows_ranges: bool
) -> None:
    network.most = {file: [1_000_000] if knows_ranges else [1_000_000, 300_000]}
    network.knows_ranges = knows_ranges
    ready(fresh.open(ready=False))
    parts = [part or "" for name, part in network.asked if name == file]
    assert len(parts) == (2 if knows_ranges else 3)
    assert parts[0] == ""
    assert 0 < int(parts[1].removeprefix("bytes=").removesuffix("-")) <= 1_000_000
    fresh.expect_only("ERR_|failed")


def test_where_the_network_is_gone_the_reader_goes_on_with_what_is_here(
    fresh: Watched, network: Network
) -> None:
    network.most = {WASM: [4_000_000]}
    network.stalls = network.knows_ranges = True
    page = fresh.open(ready=False)
    expect(page.locator("html[data-page=ready]")).to_be_attached(timeout=SLOW)
    expect(page.locator("#loaded")).to_be_visible(timeout=SLOW)
    expect(page.locator("#loaded-bytes")).to_have_text(re.compile(r"^\d\.\d of 1\d\.\d MB$"))
    expect(page.get_by_role("status").first).to_have_text(
        re.compile(r"^Python is loading, \d\d %$")
    )
    network.is_gone = True
    network.gate.set()
    sentence = page.get_by_text("The connection broke while Python was loading.")
    expect(sentence).to_be_visible(timeout=SLOW)
    expect(page.locator("html[data-kernel=failed]")).to_be_attached()
    expect(page.locator("#loaded")).to_be_visible()
    network.is_gone = False
    page.get_by_role("button", name="Start Python again").click()
    ready(page)
    parts = [part for name, part in network.asked if name == WASM]
    assert (parts[-1] or "").startswith("bytes=")  # the rest of it
    assert network.times(STDLIB) == 1
    expect(page.locator("#loaded")).to_be_hidden()
    fresh.expect_only("ERR_|failed")


def test_what_does_not_move_can_be_asked_for_again(fresh: Watched, network: Network) -> None:
    network.most = {WASM: [4_000_000]}
    network.stalls = network.knows_ranges = True
    fresh.page.clock.install()
    page = fresh.open(ready=False)
    fresh.page.clock.run_for(500)
    expect(page.locator("html[data-page=ready]")).to_be_attached(timeout=SLOW)
    all_has_come(page)
    again = page.get_by_role("button", name="Start Python again")
    until(page, lambda: again.is_visible())
    expect(page.get_by_text("Nothing has come for ten seconds")).to_be_visible()
    again.click()
    page.clock.resume()
    ready(page)
    assert network.asked.count((WASM, None)) == 1
    fresh.expect_only("ERR_|failed|aborted")


def all_has_come(page: Page) -> None:
    """Wait until what the server sends before it stalls is here, however slow the machine is."""
    before, now = "", "nothing"
    for _ in range(30):
        if now == before:
            return
        time.sleep(2)
        before, now = now, page.locator("#loaded-bytes").inner_text()
    raise AssertionError("it never stood still")


def until(page: Page, is_so: Callable[[], bool]) -> None:
    """Let the page's clock run until something is so."""
    for _ in range(60):
        if is_so():
            return
        page.clock.run_for(1_000)
    raise AssertionError("it never was")


def test_a_program_with_a_wrong_type_is_compiled_all_the_same(
    fresh: Watched, network: Network
) -> None:
    network.types[WASM] = "application/octet-stream"
    ready(fresh.open(ready=False))
    assert network.times(WASM) == 1


def test_a_module_with_a_wrong_type_is_told_with_what_to_do(
    fresh: Watched, network: Network
) -> None:
    network.types["pyodide.mjs"] = "text/plain"
    page = fresh.open(ready=False)
    sentence = (
        "The server sends static/vendor/pyodide/pyodide.mjs as text/plain, and not as JavaScript"
    )
    expect(page.get_by_text(sentence)).to_be_visible(timeout=SLOW)
    fresh.expect_only(".")  # whatever else goes wrong then


def test_a_file_that_changes_in_between_is_not_joined(fresh: Watched, network: Network) -> None:
    network.most = {STDLIB: [1_000_000]}
    network.marks = ["one", "two"]
    page = fresh.open(ready=False)
    expect(page.get_by_text("a file has changed on the server")).to_be_visible(timeout=SLOW)
    page.get_by_role("button", name="Start Python again").click()
    ready(page)
    fresh.problems.clear()
