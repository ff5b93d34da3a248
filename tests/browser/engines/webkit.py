"""WebKitGTK: its own small browser on a screen that nobody sees, driven by Selenium."""

import os
import shutil
import subprocess
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

from selenium.webdriver import ActionChains, WebKitGTK, WebKitGTKOptions
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.webkitgtk.service import Service

from tests.browser.engines.driver import NotInstalledError

NEEDED = ("WebKitWebDriver", "Xvfb")
HINT = "WebKitGTK is not installed. On Debian and Ubuntu: apt install webkit2gtk-driver xvfb"
SIZE = (1280, 900)
LISTEN = """
  window.complaints = [];
  addEventListener("error", ({ message }) => complaints.push(message));
  addEventListener("unhandledrejection", ({ reason }) => complaints.push(String(reason)));"""


class WebKitDriver:
    def __init__(self) -> None:
        if not all(map(shutil.which, NEEDED)):
            raise NotInstalledError(HINT)
        with ExitStack() as stack:
            display = stack.enter_context(_screen())
            self.selenium = _start(display)
            stack.callback(self.selenium.quit)
            self.closing = stack.pop_all()
        self.selenium.set_window_size(*SIZE)
        self.selenium.set_script_timeout(60)
        self.version = f"WebKitGTK {self.selenium.capabilities['browserVersion']}"

    def open(self, url: str) -> None:
        self.selenium.switch_to.default_content()
        self.selenium.get("about:blank")  # an address that differs in its fragment loads nothing
        self.selenium.get(url)
        self.selenium.execute_script(LISTEN)

    def enter(self, index: int) -> None:
        self.selenium.switch_to.frame(index)

    def evaluate(self, expression: str) -> Any:
        return self.selenium.execute_script(f"return {expression}")

    def click(self, expression: str) -> None:
        element = self.evaluate(expression)
        assert element, expression
        self._come_to_rest(element)
        element.click()

    def _come_to_rest(self, element: Any) -> None:
        """Wait until an element stays where it is, as Playwright does before each click."""
        self.selenium.execute_script("arguments[0].scrollIntoView({ block: 'center' })", element)
        before, now = None, element.rect
        while now != before:
            time.sleep(0.1)
            before, now = now, element.rect

    def press(self, *keys: str) -> None:
        actions = ActionChains(self.selenium)
        for key in keys:
            actions.key_down(_code(key))
        for key in reversed(keys):
            actions.key_up(_code(key))
        actions.perform()

    def write(self, text: str) -> None:
        ActionChains(self.selenium).send_keys(text).perform()

    def complaints(self) -> list[str]:
        found: list[str] = self.evaluate("(window.complaints ?? []).splice(0)")
        return found

    def screenshot(self, file: Path) -> None:
        self.selenium.get_screenshot_as_file(str(file))

    def close(self) -> None:
        self.closing.close()


@contextmanager
def _screen() -> Iterator[str]:
    """Have a screen in memory; yields the name under which programs find it."""
    size = f"{SIZE[0]}x{SIZE[1] + 100}x24"
    command = ["Xvfb", "-displayfd", "1", "-screen", "0", size, "-nolisten", "tcp"]
    silent = subprocess.DEVNULL
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=silent, text=True) as screen:
        assert screen.stdout
        try:
            yield f":{screen.stdout.readline().strip()}"
        finally:
            screen.terminate()


def _start(display: str) -> WebKitGTK:
    options = WebKitGTKOptions()
    options.binary_location = _mini_browser()
    options.add_argument("--automation")
    environment = {**os.environ, "DISPLAY": display, "LC_ALL": "C.UTF-8"}  # no language is English
    service = Service(executable_path=shutil.which("WebKitWebDriver"), env=environment)
    return WebKitGTK(options=options, service=service)


def _mini_browser() -> str:
    """Return where the browser lies that belongs to the installed driver."""
    places = Path("/usr").glob("lib*/**/webkit2gtk-*/MiniBrowser")
    return str(max(places))


def _code(key: str) -> str:
    """Return the character that stands for a key."""
    names = {"ArrowUp": "ARROW_UP", "ArrowRight": "ARROW_RIGHT"}
    return key if len(key) == 1 else str(getattr(Keys, names.get(key, key.upper())))
