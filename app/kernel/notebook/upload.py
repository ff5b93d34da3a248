"""A file that somebody has chosen: a notebook, a Python file, or something else by mistake."""

from pathlib import PurePosixPath

from ..language import counted, noted, say
from ..mistake import Mistake
from . import ipynb, percent
from .notebook import Notebook

LARGEST = 20_000_000  # characters of a file; the pictures in its outputs count
LONGEST = 1_000_000  # characters of all cells
MOST = 500  # cells

_ENDINGS = {".ipynb", ".py", ".txt", ""}
_CHOOSE = noted("Choose a notebook, which ends in .ipynb, or a Python file, which ends in .py.")


def read(text: str, name: str = "") -> Notebook | Mistake:
    """Return the cells of a file with this name, or a sentence that says what to do instead."""
    text = text.removeprefix("\ufeff")
    return _refusal(text, name) or _checked(_read(text, name))


def _read(text: str, name: str) -> Notebook | Mistake:
    is_notebook = _ending(name) == ".ipynb" or (
        text.lstrip().startswith("{") and '"nbformat"' in text
    )
    return ipynb.read(text) if is_notebook else percent.read(text)


def _refusal(text: str, name: str) -> Mistake | None:
    """Say why a file is not even looked into."""
    ending = _ending(name)
    if ending not in _ENDINGS:
        return _other(say("A file that ends in {ending} cannot be read here.", ending=ending[:10]))
    if len(text) > LARGEST:
        return Mistake(
            say(
                "This file has {count} characters, and {most} can be read. If it is a notebook, "
                "clear its outputs in Jupyter and save it.",
                count=counted(len(text)),
                most=counted(LARGEST),
            )
        )
    if not text.strip():
        return _other(say("This file is empty."))
    if "\0" in text or "\ufffd" * 3 in text:
        return _other(say("This file is no text."))
    if text.lstrip()[:14].lower().startswith(("<!doctype", "<html")):
        return Mistake(
            say(
                "This is a web page, and not the file that it shows. Where it came from, look for "
                "“Download raw file”."
            )
        )
    return None


def _other(says: str) -> Mistake:
    """Say what is wrong with a file, and which others there are."""
    return Mistake(f"{says} {say(_CHOOSE)}")


def _checked(found: Notebook | Mistake) -> Notebook | Mistake:
    """Refuse a notebook that is too much for a page, or nothing at all."""
    if isinstance(found, Mistake):
        return found
    length = sum(len(cell.text) for cell in found.cells)
    if not found.cells:
        return Mistake(say("There is no cell in this notebook. Write one in Jupyter, and save it."))
    if len(found.cells) > MOST:
        return Mistake(
            say(
                "This notebook has {count} cells, and {most} can be read. Split it in Jupyter.",
                count=counted(len(found.cells)),
                most=MOST,
            )
        )
    if length > LONGEST:
        return Mistake(
            say(
                "The cells of this file have {count} characters, and {most} can be read. "
                "Split it into smaller files.",
                count=counted(length),
                most=counted(LONGEST),
            )
        )
    return found


def _ending(name: str) -> str:
    return PurePosixPath(name.strip().replace("\\", "/")).suffix.lower()
