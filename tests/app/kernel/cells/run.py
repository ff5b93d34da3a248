"""Runs cells for the tests, and gives back what a learner would see."""

from typing import Any

from app.kernel.cells.failure import Failure
from app.kernel.cells.lesson import Lesson
from app.kernel.cells.outcome import Outcome


def run(*codes: str, lesson: Lesson | None = None) -> Outcome:
    """Run cells "1", "2", … one after the other; return the outcome of the last one."""
    lesson = lesson or Lesson()
    texts = [(str(i), code) for i, code in enumerate(codes, 1)]
    return [lesson.run(cell, code, lambda text: None, texts) for cell, code in texts][-1]


def failure(*codes: str) -> Failure:
    """Run cells of which the last one fails."""
    found = run(*codes)
    assert found.failure is not None, found
    assert found.state == "failed"
    return found.failure


def marked(code: str, found: Failure) -> str:
    """Return the line of an error with «marks» around the place."""
    line = code.split("\n")[found.line - 1]
    start, end = found.column - 1, found.end - 1
    return f"{line[:start]}«{line[start:end]}»{line[end:]}"


def printed(code: str, **options: Any) -> str:
    """Return what a cell prints."""
    pieces: list[str] = []
    Lesson().run("1", code, pieces.append, **options)
    return "".join(pieces)
