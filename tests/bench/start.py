"""How long the page takes to become ready, with an empty cache and with a full one."""

from playwright.sync_api import Browser, Page

from tests.bench.table import Row
from tests.browser.figures import wait_until

RUNS = 5

# Notes when <html data-page> and <html data-kernel> first say "ready", from inside the page.
NOTE_TIMES = """
window.readyAt = {};
new MutationObserver(() => {
  for (const key of ["page", "kernel"]) {
    if (document.documentElement?.dataset[key] === "ready") readyAt[key] ??= performance.now();
  }
}).observe(document, { attributes: true, subtree: true });
"""


def measure_start(browser: Browser, site: str) -> list[Row]:
    times: dict[str, list[float]] = {}
    for _ in range(RUNS):
        context = browser.new_context()  # a new context has an empty cache
        page = context.new_page()
        page.add_init_script(NOTE_TIMES)
        for cache in ("cold", "warm"):
            for what, milliseconds in _start(page, site).items():
                times.setdefault(f"{what} ready, {cache} cache", []).append(milliseconds)
        context.close()
    return list(times.items())


def _start(page: Page, site: str) -> dict[str, float]:
    page.goto(site)
    wait_until(page, "() => readyAt.page && readyAt.kernel", seconds=120)
    times: dict[str, float] = page.evaluate("window.readyAt")
    return dict(sorted(times.items(), reverse=True))
