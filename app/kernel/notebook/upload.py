"""A file that somebody has chosen: a notebook, a Python file, or something else by mistake."""

from pathlib import PurePosixPath

from ..mistake import Mistake
from . import ipynb, percent
from .notebook import Notebook

LARGEST = 20_000_000  # characters of a file; the pictures in its outputs count
LONGEST = 1_000_000  # characters of all cells
MOST = 500  # cells

_ENDINGS = {".ipynb", ".py", ".txt", ""}
_CHOOSE = "Choose a notebook, which ends in .ipynb, or a Python file, which ends in .py."


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
        return Mistake(f"A file that ends in {ending[:10]} cannot be read here. {_CHOOSE}")
    if len(text) > LARGEST:
        return Mistake(
            f"This file has {len(text):,} characters, and {LARGEST:,} can be read. If it is a "
            "notebook, clear its outputs in Jupyter and save it."
        )
    if not text.strip():
        return Mistake(f"This file is empty. {_CHOOSE}")
    if "\0" in text or "\ufffd" * 3 in text:
        return Mistake(f"This file is no text. {_CHOOSE}")
    if text.lstrip()[:14].lower().startswith(("<!doctype", "<html")):
        return Mistake(
            "This is a web page, and not the file that it shows. Where it came from, look for "
            "“Download raw file”."
        )
    return None


def _checked(found: Notebook | Mistake) -> Notebook | Mistake:
    """Refuse a notebook that is too much for a page, or nothing at all."""
    if isinstance(found, Mistake):
        return found
    length = sum(len(cell.text) for cell in found.cells)
    if not found.cells:
        return Mistake("There is no cell in this notebook. Write one in Jupyter, and save it.")
    if len(found.cells) > MOST:
        return Mistake(
            f"This notebook has {len(found.cells):,} cells, and {MOST} can be read. Split it in "
            "Jupyter."
        )
    if length > LONGEST:
        return Mistake(
            f"The cells of this file have {length:,} characters, and {LONGEST:,} can be read. "
            "Split it into smaller files."
        )
    return found


def _ending(name: str) -> str:
    return PurePosixPath(name.strip().replace("\\", "/")).suffix.lower()
