"""`make longday`: trains and edits for half an hour, starts Python 200 times, weighs the page.

    python -m tests.robot.longday --minutes 30 --restarts 200

What a page holds grows at first: caches fill, and the history of a training has a largest size.
After the first minutes it has to stay what it is, within a tenth.
"""

import argparse
import sys
import time
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import Watched, launch
from tests.browser.figures import press
from tests.browser.site import serve
from tests.robot.checks import come_to_rest
from tests.robot.measure import Size, python_of, size_of
from tests.robot.player import write

FOUND = Path(__file__).parents[2] / "build" / "quality" / "longday.json"
FLAT = 1.1  # so many times the first size is still flat
SETTLED = 0.2  # this part of the time is for what grows at first
READY = 60_000  # milliseconds
EXPRESSIONS = ("L = (a*b + c) * f", "d = a * b\ne = a + b\nL = d * e", "s = tanh(a*b) / exp(c)")
CODE = """from micrograd.nn import MLP
model = MLP(2, [{n}, 1])
loss = (model([0.5, -1.0]) - {n}) ** 2
loss.backward()
loss"""


class Weight(NamedTuple):
    """What a page holds after so many seconds, or so many restarts."""

    at: float
    heap: float  # MB
    nodes: int
    listeners: int
    workers: int
    python: float  # MB of WebAssembly's memory
    objects: int  # of Python, that its garbage collector knows


def weigh(page: Page, at: float) -> Weight:
    come_to_rest(page)
    size: Size = size_of(page)
    return Weight(at, *size, *python_of(page))


# A round of a long day: each of its parts leaves the page as it found it.


def train(page: Page, number: int) -> None:
    figure = page.get_by_role("figure", name="Training a network")
    figure.scroll_into_view_if_needed()
    choice = figure.get_by_label("Data set", exact=True).locator("visible=true")
    choice.select_option(index=number % 4)
    press(figure, "Play")
    page.wait_for_timeout(3_000)
    press(figure, "Pause")
    press(figure, "Step back")
    figure.get_by_label("History").fill("0")
    press(figure, "New weights")


def type_expressions(page: Page, number: int) -> None:
    for name in ("graph", "backpropagation"):
        figure = page.locator(f"#{name}-figure")
        figure.locator("[data-part=code]").fill(EXPRESSIONS[number % len(EXPRESSIONS)])
        leaf = figure.locator(".node.leaf").first
        leaf.focus()
        for key in ("ArrowUp", "ArrowUp", "ArrowDown", "ArrowDown"):
            leaf.press(key)


def run_cell(page: Page, number: int) -> None:
    cell = page.locator("[data-cell=workbench-1]")
    cell.scroll_into_view_if_needed()
    cell.locator(".cm-content").fill(CODE.format(n=1 + number % 5))
    press(cell, "Run")
    expect(cell).to_have_attribute("data-state", "rests", timeout=READY)


def change_network(page: Page, number: int) -> None:
    figure = page.locator("#network-figure")
    figure.scroll_into_view_if_needed()
    press(figure, "Train 1 step")
    press(figure, "Add a neuron to layer 1")
    _await(figure.get_by_label("Remove a neuron from layer 1"))
    press(figure, "The lecture’s MLP")


def _await(place: Locator) -> None:
    expect(place).to_be_visible(timeout=READY)


def nudge(page: Page, number: int) -> None:
    field = page.locator("#operation-figure").get_by_role("spinbutton").first
    for x in range(10):
        field.fill(str(x / 10))


ROUND = (train, type_expressions, run_cell, change_network, nudge)


def live(page: Page, seconds: float) -> list[Weight]:
    """Train and edit for so long; return what the page weighed after each round."""
    begun = time.monotonic()
    weights: list[Weight] = []
    while time.monotonic() - begun < seconds:
        for part in ROUND:
            part(page, len(weights))
        weights.append(weigh(page, round(time.monotonic() - begun)))
    return weights


RESTART = """async () => {
  const { restart } = await import(new URL("static/kernel/kernel.js", document.baseURI));
  restart();
}"""


def restart(page: Page, times: int) -> list[Weight]:
    """Start Python again and again; return what the page weighed every tenth time."""
    weights: list[Weight] = []
    for number in range(times):
        page.evaluate(RESTART)
        expect(page.locator("html[data-kernel=ready]")).to_be_attached(timeout=READY)
        if (number + 1) % 10 == 0:
            weights.append(weigh(page, number + 1))
    return weights


def grown(weights: list[Weight]) -> list[str]:
    """Say what of a page has grown after it had settled, by its largest size in the last third."""
    if len(weights) < 4:
        return []
    settled = weights[int(len(weights) * SETTLED) :]
    third = max(1, len(settled) // 3)
    found = []
    for name in ("heap", "nodes", "listeners", "python", "objects"):
        first = max(getattr(weight, name) for weight in settled[:third])
        last = min(getattr(weight, name) for weight in settled[-third:])
        if last > first * FLAT:
            found.append(f"{name}: from {first} to {last}")
    return found


def left_behind(weights: Iterable[Weight]) -> list[str]:
    return [f"{w.workers} workers after {w.at}" for w in weights if w.workers != 1]


def main() -> int:
    parser = argparse.ArgumentParser(prog="make longday")
    parser.add_argument("--minutes", type=float, default=30.0)
    parser.add_argument("--restarts", type=int, default=200)
    asked = parser.parse_args()
    with serve() as site, launch() as browser:
        watched = Watched(browser.new_context(viewport={"width": 1280, "height": 900}), site)
        page = watched.open()
        day = live(page, 60 * asked.minutes)
        print("After the day:", *grown(day) or ["all is flat."], *day[:1], *day[-1:], flush=True)
        restarts = restart(page, asked.restarts)
    faults = [*grown(day), *grown(restarts), *left_behind([*day, *restarts]), *watched.problems]
    content = {
        "minutes": asked.minutes,
        "restarts": asked.restarts,
        "faults": faults,
        "day": [weight._asdict() for weight in day],
        "after_restarts": [weight._asdict() for weight in restarts],
    }
    write(FOUND, content)
    print("After the restarts:", *restarts[:1], *restarts[-1:])
    print("\n".join(faults) or "All is flat, and no worker is left behind.")
    return bool(faults)


if __name__ == "__main__":
    sys.exit(main())
