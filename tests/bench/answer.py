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


# Types an expression, and waits until its graph is drawn and painted.
DRAW = """
async (code) => {
  const figure = document.querySelector("[data-figure=graph]");
  const field = figure.querySelector("textarea");
  const before = figure.querySelector("svg");
  const start = performance.now();
  field.value = code;
  field.dispatchEvent(new Event("input", { bubbles: true }));
  while (figure.querySelector("svg") === before) await new Promise((done) => setTimeout(done));
  await new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
  return performance.now() - start;
}
"""


def measure_drawing(browser: Browser, site: str) -> list[Row]:
    context = browser.new_context(reduced_motion="reduce")
    page = context.new_page()
    page.goto(site)
    page.wait_for_selector("[data-figure=graph] [data-node]")
    runs: dict[str, list[float]] = {"7 nodes": [], "299 nodes": []}
    for i in range(8):  # another shape each time: what is drawn already is not drawn again
        runs["7 nodes"].append(page.evaluate(DRAW, f"x{i} = (a*b + c) * f"))
        code = f"x{i} = sum([a * i for i in range(99)])"
        runs["299 nodes"].append(page.evaluate(DRAW, code))
    context.close()
    return list(runs.items())


def measure_answer(browser: Browser, site: str) -> list[Row]:
    page = browser.new_context().new_page()
    page.goto(site)
    page.wait_for_selector("[data-figure=operation] [data-node]")
    runs = [page.evaluate(MOVE, 2 + i / 64) for i in range(1, RUNS + 1)]
    page.context.close()
    return [("a × b, forward and backward", runs)]
