"""How long it takes from a moved input to the new numbers, through the kernel and back."""

from playwright.sync_api import Browser

from tests.bench.table import Row

RUNS = 60

# Moves an input, and waits until its number stands in the graph.
MOVE = """
async (value) => {
  const figure = document.querySelector("[data-figure=operation]");
  const place = figure.querySelector("[data-node='0'] [data-role=data]");
  const field = figure.querySelector("input[type=number][data-input=a]");
  const changed = new Promise((resolve) => {
    const observer = new MutationObserver(() => {
      if (Number(place.dataset.exact) !== value) return;
      observer.disconnect();
      resolve();
    });
    observer.observe(place, { attributes: true });
  });
  const start = performance.now();
  field.value = value;
  field.dispatchEvent(new Event("input", { bubbles: true }));
  await changed;
  return performance.now() - start;
}
"""


def measure_answer(browser: Browser, site: str) -> list[Row]:
    page = browser.new_context().new_page()
    page.goto(site)
    page.wait_for_selector("[data-figure=operation] [data-node]")
    runs = [page.evaluate(MOVE, 2 + i / 64) for i in range(1, RUNS + 1)]
    page.context.close()
    return [("a × b, forward and backward", runs)]
