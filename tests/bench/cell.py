"""How long it takes from Ctrl+Enter in a cell to the figure of its value, drawn and painted."""

from playwright.sync_api import Browser

from tests.bench.table import Row

RUNS = 20

RUN = """
async () => {
  const cell = document.querySelector("[data-cell=workbench-1]");
  const before = cell.querySelector("[data-part=number]").textContent;
  const start = performance.now();
  const keys = { key: "Enter", ctrlKey: true, bubbles: true, cancelable: true };
  cell.querySelector(".cm-content").dispatchEvent(new KeyboardEvent("keydown", keys));
  const isThere = () =>
    !["[*]", before].includes(cell.querySelector("[data-part=number]").textContent) &&
    cell.querySelector("[data-node='0'] [data-role=data]")?.textContent;
  while (!isThere()) await new Promise((done) => setTimeout(done));
  await new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
  return performance.now() - start;
}
"""


def measure_cell(browser: Browser, site: str) -> list[Row]:
    page = browser.new_context(reduced_motion="reduce").new_page()
    page.goto(site)
    page.wait_for_selector("html[data-kernel=ready]")
    cell = page.locator("[data-cell=workbench-1]")
    cell.scroll_into_view_if_needed()
    cell.locator(".cm-content").click()
    first = page.evaluate(RUN)
    again = [page.evaluate(RUN) for _ in range(RUNS)]
    page.context.close()
    return [("the first run, its figure is made", [first]), ("run again", again)]
