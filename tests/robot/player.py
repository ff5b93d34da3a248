"""Plays: actions by chance, one after the other, each written to a log, with checks between them.

The same seed plays the same actions. What they come upon also depends on how fast the machine is,
so the log tells what each of them was done to.
"""

import json
import random
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Error, Page

from tests.browser.conftest import Watched
from tests.robot.actions import ACTIONS, SECTIONS
from tests.robot.checks import FaultError, check_after_action, check_at_stop
from tests.robot.hand import Hand
from tests.robot.measure import Size, size_of

STOP = 25  # about every so many actions
# Keeps what Python was asked last, which tells what a page that hangs is waiting for, and what it
# raised instead of an answer.
NOTE_CALLS = """
  globalThis.asked = [];
  globalThis.raised = [];
  const note = ({ data }) => data.error && raised.push(data.error);
  const post = Worker.prototype.postMessage;
  Worker.prototype.postMessage = function (message, ...more) {
    const { method, type, request = "" } = message;
    if (!this.isNoted) this.addEventListener("message", note);
    this.isNoted = true;
    const time = Math.round(performance.now());
    if (asked.push(`${time} ms: ${method ?? type} ${request.slice(0, 300)}`) > 30) asked.shift();
    return post.call(this, message, ...more);
  };
"""


EMBEDDED = ("operations", "graph", "backpropagation", "networks", "training", "workbench")
HOMES = ("", "?lang=de", "", *(f"index.html?embed={section}" for section in EMBEDDED))


def home_of(seed: int) -> str:
    """Return where a robot is at home: the page, in English or German, or one figure of it."""
    return HOMES[seed % len(HOMES)]


class Player:
    """A robot on a page that is open. `log` has what it did, one text for each action."""

    def __init__(self, watched: Watched, seed: int) -> None:
        self.watched = watched
        self.home = watched.site + home_of(seed)
        self.seed = seed
        self.log: list[str] = []
        self.stops = 0
        self.sizes: list[Size] = []
        section = "" if "embed=" in self.home else SECTIONS[seed % len(SECTIONS)]
        self.hand = Hand(watched.page, section)
        watched.expected_ready = False  # a page that is left at once has no use for its files

    def play(self, seconds: float, most: int = 1_000_000) -> None:
        """Act for so many seconds; raise a `FaultError` for the first thing that must not be."""
        end = time.monotonic() + seconds
        while time.monotonic() < end and len(self.log) < most:
            chance = random.Random(f"{self.seed}-{len(self.log)}")
            self.act(chance)
            check_after_action(self.watched)
            if chance.random() < 1 / STOP:
                self.stop(chance)
        self.stop(random.Random(self.seed))

    def act(self, chance: random.Random) -> None:
        action = chance.choices(list(ACTIONS), list(ACTIONS.values()))[0]
        self.hand.chance = chance
        try:
            told = action(self.hand)
        except Error as error:  # it went away meanwhile, or cannot be reached
            told = f"not possible: {str(error).splitlines()[0][:100]}"
        self.log.append(f"{self.hand.section}: {action.__name__} {told or '(nothing there)'}")
        self.stay()

    def stay(self) -> None:
        """Come back, where a key or a click has led away from the page."""
        page, site = self.watched.page, self.watched.site
        ours = page.url == site or page.url.startswith((f"{site}#", f"{site}?", self.home))
        if not ours:
            page.goto(self.home)

    def stop(self, chance: random.Random) -> None:
        check_at_stop(self.watched, chance)
        self.stops += 1
        self.sizes.append(size_of(self.watched.page))
        self.log.append("stop: all is right")


@contextmanager
def robot(browser: Browser, site: str, seed: int) -> Iterator[Player]:
    """Open the page for a robot."""
    context = browser.new_context(
        viewport={"width": 1280, "height": 900},
        reduced_motion="reduce",
        permissions=["clipboard-read", "clipboard-write"],
    )
    watched = Watched(context, site)
    page = watched.page
    page.set_default_timeout(15_000)
    page.on("console", lambda message: _note_task(watched, message.text))
    page.on("dialog", lambda dialog: dialog.accept())
    page.on("filechooser", lambda chooser: None)  # `bring_a_file` fills the fields themselves
    page.on("download", lambda download: download.cancel())
    page.add_init_script(NOTE_CALLS)
    context.on("page", _close)
    watched.open(home_of(seed), ready=False)
    page.wait_for_selector("html[data-page=ready]")
    yield Player(watched, seed)
    context.close()


def _note_task(watched: Watched, text: str) -> None:
    """Note a task of the page's Python that ended with an exception: it tells so in passing."""
    if "Traceback" in text or "exception wasn't retrieved" in text:
        watched.problems.append(f"console: {text}")


def _close(page: Page) -> None:
    with suppress(Error):
        page.close()


def play(
    browser: Browser, site: str, seed: int, seconds: float, most: int = 1_000_000
) -> dict[str, Any]:
    """Let a robot play; return what it came to."""
    with robot(browser, site, seed) as player:
        begun = time.monotonic()
        fault, asked = "", []
        try:
            player.play(seconds, most)
        except (FaultError, Error) as error:
            fault = str(error)
            asked = player.watched.page.evaluate("globalThis.asked ?? []")
        return {
            "seed": seed,
            "home": home_of(seed),
            "seconds": round(time.monotonic() - begun),
            "actions": len(player.log) - player.stops,
            "stops": player.stops,
            "fault": fault,
            "asked": asked,
            "sizes": [size._asdict() for size in player.sizes],
            "log": player.log,
        }


def write(path: Path, content: object) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(content, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
