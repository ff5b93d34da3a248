"""How fast the section Training trains and draws, how soon it pauses, and what memory it takes."""

from statistics import median

from playwright.sync_api import Browser, Page, expect

from tests.bench.table import Table

SECONDS = 4.0
RESETS, EPOCHS = 200, 10_000
NETS = {
    "Playground's default: circle, 2-4-2-1": "",
    "spiral, 2-8-8-8-1": "dataset=spiral&networkShape=8,8,8",
    "moons, 2-16-16-1": "dataset=moons&samples=200&networkShape=16,16&activation=relu",
    "the default, pictures of gradients": "picture=gradient",
}
THEIRS = {0: 55, 1: 27}  # epochs a second of TensorFlow Playground in such a Chromium

# Plays for some seconds and counts frames, as they are painted, and epochs.
PLAY = """
async (seconds) => {
  const figure = document.querySelector("[data-figure=training]");
  const text = (name) => figure.querySelector(`[data-text=${name}]`).textContent;
  const epoch = () => Number(text("epoch").replaceAll(",", ""));
  const button = figure.querySelector("[data-do=toggle]");
  button.click();
  await new Promise((done) => setTimeout(done, 1000)); // until it runs evenly
  const first = epoch();
  const start = performance.now();
  let frames = 0, before = -1;
  while (performance.now() - start < 1000 * seconds) {
    await new Promise((done) => requestAnimationFrame(done));
    const step = text("step");
    if (step !== before) frames++;
    before = step;
  }
  const took = (performance.now() - start) / 1000;
  const epochs = epoch() - first;
  const pauses = [];
  for (let i = 0; i < 10; i++) {
    if (i) button.click();
    await new Promise((done) => setTimeout(done, 150));
    const clicked = performance.now();
    button.click();
    let step = -1, still = 0;
    while (still < 3) {
      await new Promise((done) => requestAnimationFrame(done));
      const now = text("step");
      still = now === step ? still + 1 : 0;
      if (!still) pauses.push([i, performance.now() - clicked]);
      step = now;
    }
  }
  const last = new Map(pauses);
  return [epochs / took, frames / took, [...last.values()]];
}
"""


def measure_training(browser: Browser, site: str) -> Table:
    rows = []
    for i, (name, query) in enumerate(NETS.items()):
        page = _open(browser, site, query)
        epochs, frames, pauses = page.evaluate(PLAY, SECONDS)
        times = f"{epochs / THEIRS[i]:.0f}" if i in THEIRS else ""
        rows.append([name, f"{epochs:,.0f}", times, f"{frames:.0f}", f"{median(pauses):.0f}"])
        page.context.close()
    return Table(
        "Training in the page, everything drawn all the while",
        "Pause is from the click to the last number that changes.",
        ["", "epochs a second", "times Playground's", "frames a second", "pause, ms"],
        rows,
    )


def measure_memory(browser: Browser, site: str) -> Table:
    """Measure the page's heap and the worker's before and after many epochs and resets."""
    page = _open(browser, site, "")
    rows = [["at the beginning", *_memory(page)]]
    page.evaluate(CALLS, ["training_step", '{"by": "epoch"}', 50])
    rows.append(["after 50 epochs", *_memory(page)])
    _play_to(page, EPOCHS)
    rows.append([f"after {EPOCHS:,} epochs", *_memory(page)])
    page.evaluate(CALLS, ["training_reset", "{}", RESETS])
    rows.append([f"after {RESETS} resets", *_memory(page)])
    page.evaluate(CALLS, ["training_reset", "{}", RESETS])
    rows.append([f"after {RESETS} more", *_memory(page)])
    page.context.close()
    return Table("Memory, MB", "", ["", "JavaScript heap", "Python's memory"], rows)


CALLS = """
async ([method, request, times]) => {
  const kernel = await import("./static/kernel/kernel.js");
  for (let i = 0; i < times; i++) await kernel.ask(method, request);
}
"""
PYTHON = """
async () => {
  const kernel = await import("./static/kernel/kernel.js");
  const code = "import gc\\ngc.collect()\\nimport pyodide_js\\npyodide_js._module.HEAP8.length";
  const request = JSON.stringify({ lesson: "bench", cell: "1", code, texts: [] });
  return JSON.parse(await kernel.call("run_cell", request, () => {})).shown.text;
}
"""


def _open(browser: Browser, site: str, query: str) -> Page:
    page = browser.new_context(viewport={"width": 1280, "height": 900}).new_page()
    page.goto(f"{site}#{query}")
    page.wait_for_selector("[data-figure=operation] [data-node]")
    figure = page.get_by_role("figure", name="Training a network")
    figure.scroll_into_view_if_needed()
    expect(figure.locator("[data-text=train_loss]")).not_to_be_empty(timeout=20_000)
    return page


def _play_to(page: Page, epoch: int) -> None:
    figure = page.get_by_role("figure", name="Training a network")
    field = figure.get_by_label("Stop at epoch", exact=True)
    field.fill(str(epoch))
    field.press("Enter")
    figure.get_by_role("button", name="Play", exact=True).click()
    expect(figure).to_contain_text(f"Epoch {epoch} is over.", timeout=120_000)


def _memory(page: Page) -> list[str]:
    session = page.context.new_cdp_session(page)
    session.send("HeapProfiler.collectGarbage")
    heap = session.send("Runtime.getHeapUsage")["usedSize"]
    return [f"{heap / 1e6:.1f}", f"{int(page.evaluate(PYTHON)) / 1e6:.1f}"]
