"""How long it takes from Stop to the next result: with an interrupt, and with a new worker."""

from playwright.sync_api import Browser

from tests.bench.table import Row

RUNS = 5

# Runs a cell that has no end, stops it, and waits for the result of the next one.
STOP = """
async (code) => {
  const kernel = await import("./static/kernel/kernel.js");
  const run = (code) => {
    const request = JSON.stringify({ lesson: "bench", cell: "1", code, texts: [] });
    return kernel.call("run_cell", request, () => {});
  };
  const endless = run(code).catch(() => {});
  await new Promise((done) => setTimeout(done, 250));
  const start = performance.now();
  kernel.stop();
  await endless;
  await run("1 + 1");
  return performance.now() - start;
}
"""
ENDLESS = {"by an interrupt": "while True: pass", "by a new worker": "sum(range(10**12))"}


def measure_stop(browser: Browser, site: str) -> list[Row]:
    page = browser.new_context().new_page()
    page.goto(site)
    page.wait_for_selector("html[data-kernel=ready]")
    rows = [(name, [page.evaluate(STOP, x) for _ in range(RUNS)]) for name, x in ENDLESS.items()]
    page.context.close()
    return rows
