"""A robot's hand on a page: how it finds something to click, to drag or to type into."""

import random
from typing import Any, NamedTuple

from playwright.sync_api import ElementHandle, Page

# Chooses one of the elements that match and can be seen; scrolls it into sight; tells its place.
FIND = """([where, selector, share]) => {
  const section = document.getElementById(where) ?? document.body;
  const root = document.querySelector("dialog[open]") ?? section;
  const seen = [...root.querySelectorAll(selector)].filter((element) => element.checkVisibility());
  const found = seen[Math.floor(share * seen.length)];
  found?.scrollIntoView({ block: "center", inline: "center", behavior: "instant" });
  return found;
}"""
NAME = """(element) => {
  const { tagName, id, dataset } = element;
  const role = element.getAttribute("aria-label") ?? element.textContent.trim().slice(0, 30);
  const parts = Object.entries(dataset).map(([key, value]) => `${key}=${value}`.slice(0, 40));
  const kind = tagName.toLowerCase() + (id && `#${id}`);
  return [kind, ...parts.slice(0, 3), JSON.stringify(role)].join(" ");
}"""


class Found(NamedTuple):
    """An element that was chosen: its middle on the screen, its size, and what it is called."""

    element: ElementHandle
    x: float
    y: float
    width: float
    height: float
    name: str


class Hand:
    """A page, the section that the robot is in, if there are any, and the chance that it follows.

    Each action draws from a chance of its own, so that one that had less to choose from than last
    time does not change those that follow.
    """

    def __init__(self, page: Page, section: str) -> None:
        self.page = page
        self.section = section
        self.chance = random.Random(0)

    def find(self, selector: str, where: str | None = None) -> Found | None:
        asked = [where or self.section, selector, self.chance.random()]
        element = self.page.evaluate_handle(FIND, asked).as_element()
        box = element.bounding_box() if element else None
        if element is None or box is None:
            return None
        x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
        return Found(element, x, y, box["width"], box["height"], str(element.evaluate(NAME)))

    def point_in(self, found: Found) -> tuple[float, float]:
        """Choose a point on an element."""
        dx, dy = self.chance.uniform(-0.45, 0.45), self.chance.uniform(-0.45, 0.45)
        return found.x + dx * found.width, found.y + dy * found.height

    def focus(self, selector: str) -> Found | None:
        """Click into one of the fields that match."""
        found = self.find(selector)
        if found:
            self.page.mouse.click(found.x, found.y)
        return found

    def evaluate(self, script: str, argument: Any = None) -> Any:
        return self.page.evaluate(script, argument)
