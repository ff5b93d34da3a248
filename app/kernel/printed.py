"""Stands in for standard output while a learner's code runs: what it prints belongs to the page."""

from io import TextIOBase

from .language import counted, say

MOST = 2000  # characters; an endless loop prints more than a page can show


class Printed(TextIOBase):
    """Keeps what is printed, up to `MOST` characters."""

    def __init__(self) -> None:
        self._kept = ""

    def write(self, text: str) -> int:
        self._kept += text[: MOST + 1 - len(self._kept)]  # one more tells that it was too much
        return len(text)

    def text(self) -> str:
        """Return what was printed; where it was cut, a note says so.

        Half of a surrogate pair, which no page can be sent, becomes a question mark.
        """
        kept = self._kept.encode(errors="replace").decode()
        if len(kept) <= MOST:
            return kept
        cut = say(
            "… The rest is not shown: only the first {most} characters are kept.",
            most=counted(MOST),
        )
        return f"{kept[:MOST]}\n{cut}"
