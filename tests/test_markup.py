"""What the kernel answers becomes elements in one place, which lets drawings through only."""

import re
from pathlib import Path

ROOT = Path(__file__).parents[1]
MAKES_ELEMENTS = re.compile(
    r"(inner|outer)HTML\s*\+?=(?!=)|insertAdjacentHTML|srcdoc|parseFromString|setHTMLUnsafe"
)
# These have a text of their own, or put nothing of it on the page.
OTHERS = {
    *["embed.js", "static/embed/dialog.js", "static/embed/preview.js"],
    "static/translate.js",  # from the tables in static/languages/
}


def sources() -> dict[str, str]:
    """Return the texts of the page's JavaScript and Python, by their path."""
    files = [ROOT / "embed.js", *(ROOT / "static").rglob("*.js"), *(ROOT / "app/page").glob("*.py")]
    texts = {file.relative_to(ROOT): file.read_text(encoding="utf-8") for file in files}
    return {
        path.as_posix(): text
        for path, text in texts.items()
        if path.parts[:2] not in [("static", "vendor"), ("static", "build")]
    }


def test_a_text_that_becomes_elements_is_found() -> None:
    assert MAKES_ELEMENTS.search("place.innerHTML = text")
    assert not MAKES_ELEMENTS.search("if (place.innerHTML === text) return")


def test_only_one_module_makes_elements_of_what_the_kernel_says() -> None:
    found = {path for path, text in sources().items() if MAKES_ELEMENTS.search(text)}
    assert found == OTHERS | {"static/markup.js"}
