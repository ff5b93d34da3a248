"""What a story needs of a browser, whatever it is driven by."""

from pathlib import Path
from typing import Any, Protocol


class NotInstalledError(Exception):
    """An engine is not on this machine; the message says how to get it."""


class Driver(Protocol):
    """One page in one browser. Expressions are JavaScript, in the frame that was entered last."""

    version: str

    def open(self, url: str) -> None:
        """Load a page, and leave every frame."""

    def enter(self, index: int) -> None:
        """Go into a frame of the page."""

    def evaluate(self, expression: str) -> Any:
        """Return what an expression gives, as plain data; a promise is awaited."""

    def click(self, expression: str) -> None:
        """Bring the element that an expression gives into sight, and click or tap it."""

    def press(self, *keys: str) -> None:
        """Press keys together, such as Control and a."""

    def write(self, text: str) -> None:
        """Type a text, key by key."""

    def complaints(self) -> list[str]:
        """Return the errors that no code of the page has caught, and forget them."""

    def screenshot(self, file: Path) -> None: ...

    def close(self) -> None: ...
