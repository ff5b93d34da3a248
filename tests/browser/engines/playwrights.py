"""Browsers that Playwright drives: Chromium, also as a phone or a tablet, and builds of its own."""

from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, ElementHandle, Frame


class PlaywrightDriver:
    def __init__(self, browser: Browser, **context: Any) -> None:
        self.version = f"{browser.browser_type.name} {browser.version}"
        self.has_touch = context.get("has_touch", False)
        self.context = browser.new_context(**context)
        self.page = self.context.new_page()
        self.frame: Frame = self.page.main_frame
        self.errors: list[str] = []
        self.page.on("pageerror", lambda error: self.errors.append(str(error)))

    def open(self, url: str) -> None:
        self.page.goto("about:blank")  # an address that differs in its fragment loads nothing
        self.page.goto(url)
        self.frame = self.page.main_frame

    def enter(self, index: int) -> None:
        self.frame = self.frame.child_frames[index]

    def evaluate(self, expression: str) -> Any:
        return self.frame.evaluate(expression)

    def click(self, expression: str) -> None:
        element = self.frame.evaluate_handle(expression).as_element()
        assert isinstance(element, ElementHandle), expression
        if self.has_touch:
            element.tap()
        else:
            element.click()

    def press(self, *keys: str) -> None:
        self.page.keyboard.press("+".join(keys))

    def write(self, text: str) -> None:
        self.page.keyboard.type(text)

    def complaints(self) -> list[str]:
        errors, self.errors = self.errors, []
        return errors

    def screenshot(self, file: Path) -> None:
        self.page.screenshot(path=file)

    def close(self) -> None:
        self.context.close()
