"""What compiled training gains: steps in a real page, beside the engine's and Karpathy's package.

His `micrograd` comes from PyPI when this is run, and is never a part of the project.
"""

import json
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from zipfile import ZipFile

from playwright.sync_api import Browser, Page

from tests.bench.table import Table

HERE = Path(__file__).parent
PROGRAM = (HERE / "compiled_in_page.py").read_text(encoding="utf-8")
NAMES = {
    "toy": "four rows, MLP(3, [4, 4, 1])",
    "moons": "moons, 100 rows, MLP(2, [16, 16, 1])",
    "playground": "playground, batches of 10, MLP(2, [4, 2, 1])",
}
ENGINES = {"eager": "the engine", "pypi": "micrograd 0.1.0", "compiled": "compiled"}

# Runs a cell as the page does, and returns what it printed, or why it failed.
RUN = """
async (code) => {
  const kernel = await import("./static/kernel/kernel.js");
  const request = { lesson: "bench", cell: "1", code, texts: [["1", code]] };
  let printed = "";
  const note = (text) => (printed += text);
  const answer = await kernel.call("run_cell", JSON.stringify(request), note);
  const { failure } = JSON.parse(answer);
  return failure ? JSON.stringify({ failure }) : printed;
}
"""


def measure_compiled(browser: Browser, site: str) -> list[Table]:
    theirs = "{!r}, {!r}".format(*download())
    with new_page(browser, site) as page:
        first, same_cell = ask(page, "cold()")
        next_cell, _ = ask(page, "cold()")
    with new_page(browser, site) as page:
        speeds = ask(page, f"speeds({theirs})")
        speeds["moons"]["step()"] = ask(page, "one_by_one()")
        pictures = ask(page, f"pictures({theirs})")
        rows = ask(page, "growth_of_rows()")
        parameters = ask(page, "growth_of_parameters()")
    return [
        table_of_speeds(speeds),
        table_of_pictures(pictures),
        table_of_beginnings(first, same_cell, next_cell),
        table_of_growth("How a step grows with the rows: moons, MLP(2, [16, 16, 1])", rows),
        table_of_growth("How a step grows with the parameters, on 10 rows", parameters),
    ]


def table_of_speeds(speeds: dict[str, dict[str, float]]) -> Table:
    rows = [
        [NAMES[name], by, *speed(times[key]), ratio(times["pypi"] / times[key])]
        for name, times in speeds.items()
        for key, by in [*ENGINES.items(), ("step()", "compiled, by step()")]
        if key in times
    ]
    return Table(
        "A step of training",
        "One after the other in the same page. `micrograd` 0.1.0 is Karpathy's package from PyPI, "
        "in the same Python. It has no tanh: in the playground its hidden neurons have relu, and "
        "its last one is linear. On moons the loss is that of his demo: hinge, and 0.0001 times "
        "the squares of the parameters. By `step()`, each step is a call of its own; else, the "
        "browser has run the compiled code for a second before it is measured.",
        ["training", "by", "µs a step", "steps a second", "times micrograd 0.1.0"],
        rows,
    )


def table_of_pictures(pictures: dict[str, dict[str, float]]) -> Table:
    return Table(
        "The playground, milliseconds",
        "125 rows to train on and 125 to test, measured after each epoch; then what all 7 neurons "
        "give at 100 × 100 points.",
        ["what", *ENGINES.values()],
        [
            [name, *(number(times[key]) if key in times else "" for key in ENGINES)]
            for name, times in zip(["50 epochs", "heatmaps of all neurons"], pictures.values())
        ],
    )


def table_of_beginnings(*beginnings: dict[str, float]) -> Table:
    names = [
        "the first trainer of the page",
        "the next one in the same cell",
        "the first one in the next cell",
    ]
    return Table(
        "From a new trainer to 100 steps on moons, milliseconds",
        "Made: traced and compiled; then the first step is compared with the engine's.",
        ["trainer", "made", "first step", "100 steps", "bytes of code"],
        [
            [name, *(number(times[key]) for key in ("made", "first step", "100 steps", "bytes"))]
            for name, times in zip(names, beginnings)
        ],
    )


def table_of_growth(title: str, sizes: list[dict[str, float]]) -> Table:
    return Table(
        title,
        "If a step grows in proportion, the nanoseconds for a row and parameter stay the same.",
        ["rows", "parameters", "µs a step", "ns a row and parameter", "bytes of code", "made, ms"],
        [
            [
                number(size["rows"]),
                number(size["parameters"]),
                number(1e6 * size["step"]),
                f"{1e9 * size['step'] / size['rows'] / size['parameters']:.2f}",
                number(size["bytes"]),
                number(size["made"]),
            ]
            for size in sizes
        ],
    )


def speed(seconds: float) -> list[str]:
    return [number(1e6 * seconds), number(1 / seconds)]


def ratio(times: float) -> str:
    return f"{times:,.2f} ×" if times < 10 else f"{times:,.0f} ×"


def number(x: float) -> str:
    return f"{x:,.1f}" if x < 100 and x != int(x) else f"{x:,.0f}"


def ask(page: Page, call: str) -> Any:
    """Run the program in the page's kernel, and return what the call gives."""
    code = f"{PROGRAM}\nimport json\n\nprint(json.dumps({call}))\n"
    answer = json.loads(page.evaluate(RUN, code))
    if isinstance(answer, dict) and "failure" in answer:
        raise RuntimeError(answer["failure"])
    return answer


@contextmanager
def new_page(browser: Browser, site: str) -> Iterator[Page]:
    page = browser.new_context().new_page()
    page.goto(site)
    page.wait_for_selector("html[data-kernel=ready]")
    yield page
    page.context.close()


def download() -> tuple[str, str]:
    """Return engine.py and nn.py of Karpathy's package, as PyPI has them."""
    pip = [sys.executable, "-m", "pip", "download", "--quiet", "--disable-pip-version-check"]
    with tempfile.TemporaryDirectory() as folder:
        options = ["--no-deps", "--only-binary=:all:", "--require-hashes", "--dest", folder]
        requirements = ["--requirement", str(HERE / "micrograd.txt")]
        subprocess.run([*pip, *options, *requirements], check=True, stderr=subprocess.DEVNULL)
        [wheel] = Path(folder).glob("*.whl")
        with ZipFile(wheel) as files:
            engine, nn = (files.read(f"micrograd/{x}.py").decode() for x in ("engine", "nn"))
    return engine, nn
