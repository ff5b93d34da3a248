"""A visitor, who does through a driver what people do with the page."""

import json
import time
from pathlib import Path
from typing import Any

from tests.browser.engines.driver import Driver

SLOW = 60  # seconds, for a start on a machine that has much else to do
SOON = 20

SAID = "document.getElementById('status')?.textContent.trim() ?? document.body.textContent"
NAMED = """((scope, name) => {
  const nameOf = (e) => (e.ariaLabel ?? e.labels?.[0]?.textContent ?? e.textContent).trim();
  const found = [...document.querySelectorAll(scope)].flatMap((place) =>
    [...place.querySelectorAll("a, button, input, select, textarea, [role=button]")])
    .find((e) => nameOf(e) === name && e.checkVisibility());
  return found?.type === "radio" ? found.labels[0] : found;
})"""


class Visitor:
    """Visits a site; `dist` is the folder of the built one, to be served as a story wants it."""

    def __init__(
        self, driver: Driver, site: str, host: Path, host_address: str, dist: Path
    ) -> None:
        self.driver, self.site = driver, site
        self.host, self.host_address = host, host_address
        self.dist = dist
        self.address = ""

    # Going somewhere.

    def open(self, path: str = "") -> None:
        """Open the page, and wait until it and Python are there."""
        self.open_address(self.site + path)
        self.address = path

    def come_home(self) -> None:
        """Be on the page as it is for everybody; it may be in use already."""
        if self.address != "/":
            self.open()
            self.address = "/"

    def open_elsewhere(self, body: str) -> None:
        """Open a page of another origin, with any text in it."""
        self.address = "elsewhere"
        self.host.write_text(f"<!doctype html><meta charset=utf-8><body>{body}", encoding="utf-8")
        self.driver.open(f"{self.host_address}{self.host.name}")

    def open_address(self, address: str) -> None:
        """Open the page as it lies on another server, or lay there."""
        self.address = address
        self.driver.open(address)
        self.is_ready()

    def is_ready(self) -> None:
        try:
            self.wait_for("document.documentElement.dataset.page === 'ready'", SLOW)
            self.wait_for("document.documentElement.dataset.kernel === 'ready'", SLOW)
        except AssertionError as error:
            error.add_note(f"The page says: {self.ask(SAID)}")
            raise

    # Seeing something.

    def ask(self, expression: str) -> Any:
        return self.driver.evaluate(expression)

    def wait_for(self, condition: str, seconds: float = SOON) -> None:
        """Ask until the answer, or what it promises, is true."""
        end = time.monotonic() + seconds
        while not self.ask(f"Promise.resolve({condition}).then(Boolean)"):
            assert time.monotonic() < end, f"never true: {condition}"
            time.sleep(0.05)

    def reads(self, place: str, text: str, seconds: float = SOON) -> None:
        """Wait until a text stands in a place that can be seen."""
        found = (
            f"[...document.querySelectorAll({json.dumps(place)})].some((e) => e.checkVisibility()"
        )
        self.wait_for(f"{found} && e.textContent.includes({json.dumps(text)}))", seconds)

    def number(self, place: str) -> float:
        """Return the number that stands in a place."""
        text = self.ask(f"document.querySelector({json.dumps(place)}).textContent")
        return float(text.replace("−", "-").replace(",", ""))

    def node_is(self, figure: str, node: int, role: str, expected: float) -> None:
        """Wait until the data or the gradient of a node is so much."""
        place = f"{figure} [data-node='{node}'] [data-role={role}]"
        exact = f"Number(document.querySelector({json.dumps(place)})?.dataset.exact ?? NaN)"
        self.wait_for(f"Math.abs({exact} - {expected!r}) < 1e-12")

    # Doing something.

    def click(self, place: str) -> None:
        """Click the first element of a selector that can be seen."""
        seen = (
            f"[...document.querySelectorAll({json.dumps(place)})].find((e) => e.checkVisibility())"
        )
        self.wait_for(seen)
        self.driver.click(seen)

    def choose(self, scope: str, name: str) -> None:
        """Click what has a name, in a part of the page."""
        named = f"{NAMED}({json.dumps(scope)}, {json.dumps(name)})"
        self.wait_for(named)
        self.driver.click(named)

    def enter(self, place: str) -> None:
        """Click on a field until it has the focus: what comes above may move it away."""
        end = time.monotonic() + SOON
        self.click(place)
        while not self.ask(f"Boolean(document.activeElement.closest({json.dumps(place)}))"):
            assert time.monotonic() < end, f"no click gets to {place}"
            self.click(place)

    def type_into(self, place: str, text: str) -> None:
        """Put a text in place of what stands in a field."""
        self.enter(place)
        self.driver.press("Control", "a")
        self.driver.press("Delete")
        self.driver.write(text)

    def press(self, *keys: str) -> None:
        self.driver.press(*keys)

    def hurry(self, figure: str) -> None:
        """Let a figure move as fast as it can be told to."""
        speed = f"document.querySelector({json.dumps(figure + ' [data-part=speed]')})"
        self.ask(f"{speed}.selectedIndex = {speed}.length - 1")
        self.ask(f"{speed}.dispatchEvent(new Event('change'))")
