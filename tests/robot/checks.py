"""What must hold after each action, and what at a stop, when everything has come to rest."""

import random
import re
import time
from collections.abc import Callable

from playwright.sync_api import Error, Page

from tests.browser.conftest import Watched
from tests.robot.measure import run
from tests.robot.numbers import wrong_numbers, wrong_training

PATIENCE = 60.0  # seconds, in which a page comes to rest on a busy machine
SOON = 10_000  # milliseconds, in which a page has to answer at all
EXPECTED = "KeyboardInterrupt|GoneError"  # it was stopped, or is new


class FaultError(AssertionError):
    """Something that must not be."""


def check_after_action(watched: Watched) -> None:
    """The page answers, and has not complained."""
    answers(watched.page)
    if watched.problems:
        raise FaultError("; ".join(watched.problems))


def answers(page: Page) -> None:
    try:
        page.locator("html[data-page=ready]").wait_for(state="attached", timeout=3 * SOON)
        page.locator("html").get_attribute("data-kernel", timeout=SOON)
    except Error as error:
        raise FaultError(f"the page does not answer: {error}") from None


def check_at_stop(watched: Watched, chance: random.Random) -> None:
    """At rest, all numbers are right, one Python is there, and it does what it is told."""
    page = watched.page
    come_to_rest(page)
    use_original(page)
    a, b = round(chance.uniform(-4, 4), 1), round(chance.uniform(-4, 4), 1)
    check_cell(page, a, b)
    raised = page.evaluate("(globalThis.raised ?? []).splice(0)")
    if unexpected := [text for text in raised if not re.search(EXPECTED, text)]:
        raise FaultError(f"the kernel raised: {unexpected[0][-600:]}")
    eventually(page, lambda: wrong_numbers(page))
    eventually(
        page, lambda: wrong_training(page, chance.sample(range(2), 2))
    )  # every training has two rows
    eventually(page, lambda: [] if len(page.workers) <= 1 else [f"{len(page.workers)} workers"])
    check_after_action(watched)


# Presses all that stops something, and tells whether anything still moves.
CALM = """() => {
  for (const dialog of document.querySelectorAll("dialog[open]")) dialog.close();
  const isMoving = (button) => button.dataset.do === "stop" || button.textContent === "Pause";
  const isSeen = (button) => button.checkVisibility();
  const moving = [...document.querySelectorAll("button")].filter(isSeen).filter(isMoving);
  for (const button of moving) button.click();
  return moving.length === 0 && document.documentElement.dataset.kernel === "ready";
}"""


def come_to_rest(page: Page) -> None:
    """Stop whatever runs, and wait until Python has nothing to do for a while."""
    quiet, end = 0, time.monotonic() + PATIENCE
    while quiet < 5:
        quiet = quiet + 1 if page.evaluate(CALM) else 0
        if time.monotonic() > end:
            state = page.locator("html").get_attribute("data-kernel")
            raise FaultError(f"it does not come to rest: Python is {state}")
        page.wait_for_timeout(60)


def use_original(page: Page) -> None:
    """Take an edited engine out of force: its numbers are not to be right."""
    page.evaluate("document.querySelector('#own-engine button:not([hidden])')?.click()")
    come_to_rest(page)
    eventually(page, lambda: ["another engine"] if _is_edited(page) else [])


def _is_edited(page: Page) -> bool:
    shown = page.evaluate("!document.querySelector('#own-engine button').hidden")
    return bool(shown)


def check_cell(page: Page, a: float, b: float) -> None:
    """A cell has the answer that Python gives here."""
    told = run(page, f"({a!r} * {b!r}, {a!r} - {b!r})")
    if told != repr((a * b, a - b)):
        raise FaultError(f"a cell gives {told}")


def eventually(page: Page, find: Callable[[], list[str]]) -> None:
    """Wait until nothing is found any more; what is still found at the end is a fault."""
    end = time.monotonic() + 15
    while found := find():
        if time.monotonic() > end:
            raise FaultError("; ".join(found[:5]))
        page.wait_for_timeout(250)
