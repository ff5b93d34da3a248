"""One visit to a page: what its visitor sees, and what it costs. Times are in milliseconds."""

import re
from pathlib import Path

from playwright.sync_api import BrowserContext, Page

from tests.bench.host import Host, Sent

NOTE = Path(__file__).with_name("visit.js").read_text(encoding="utf-8")
SETTLED = 1_000  # after a window has opened, which is work for the browser, too
PAUSE = 2_000  # after a visit, so that a browser can keep what it wants to keep

# What only the kernel's worker asks for.
KERNEL = re.compile(r"/pyodide/|/kernel/(worker|machine)\.js$|/kernel/(memory\.wasm|\w+\.tar)$")

# Resolves when the service worker, if there is one, has kept the whole page.
KEPT = """
async () => {
  const registration = await navigator.serviceWorker?.getRegistration();
  const worker = registration?.installing ?? registration?.waiting;
  if (worker) await new Promise((done) => worker.addEventListener("statechange", done));
}
"""

Visit = dict[str, float]


def visit(context: BrowserContext, host: Host, with_page: bool = True) -> Visit:
    """Open the page of a host until its Python has started. `with_page`: it is a page of ours."""
    host.sent.clear()
    page = context.new_page()
    page.add_init_script(
        NOTE if with_page else NOTE.replace("WITH_PAGE = true", "WITH_PAGE = false")
    )
    page.wait_for_timeout(SETTLED)
    page.goto(host.address, wait_until="commit")
    seen: Visit = page.evaluate("window.started")
    found = {**seen, **_sent(list(host.sent), seen)}
    _let_it_keep(page)
    page.close()
    return found


def _sent(sent: list[Sent], seen: Visit) -> Visit:
    """Count what had been sent when the page was ready, and when the kernel was."""
    until = {key: (seen["origin"] + seen[key]) / 1000 for key in ("page", "kernel") if key in seen}
    found: Visit = {}
    for key, end in until.items():
        early = [piece for piece in sent if piece.at <= end]
        own = [piece for piece in early if not KERNEL.search(piece.path)]
        found[f"requests until {key}"] = sum(piece.is_first for piece in early)
        found[f"bytes until {key}"] = sum(piece.size for piece in early)
        found[f"own bytes until {key}"] = sum(piece.size for piece in own)
    return found


def _let_it_keep(page: Page) -> None:
    page.evaluate(KEPT)
    page.wait_for_timeout(PAUSE)
