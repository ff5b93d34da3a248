"""Finds every text of the interface, and compares the tables of the languages: `make languages`.

A text is English, and is what stands in the program: `say("Step {n} of {all}", n=3, all=9)` in
Python and `say("Step {n} of {all}", { n: 3, all: 9 })` in JavaScript, or `noted("...")` where it is
said later. In index.html, every text outside of the lessons is one, and so is each `aria-label`,
`title`, `placeholder`, `alt` and `data-caption`; an element with `data-say` is one text, with its
markup. What is marked with translate="no" is none, nor is code: static/translate.js finds the same.

A table static/languages/de.json maps each of them to a text with the same `{names}`. `"."` is the
decimal sign.
"""

import ast
import json
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

ROOT = Path(__file__).parents[1]
TABLES = ROOT / "static" / "languages"
ATTRIBUTES = ("aria-label", "title", "placeholder", "alt", "data-caption")
DECIMAL = "."
_LESSON = re.compile(r"<!-- (lesson|first): .+? -->.*?<!-- end of \1 -->", re.DOTALL)
_CALL = re.compile(
    r"""(?<![.\w])(?:say|noted)\(\s*(?P<text>"(?:[^"\\]|\\.)*"(?:\s*\+\s*"(?:[^"\\]|\\.)*")*)"""
)
_NAME = re.compile(r"\{(\w+)\}")
_WORD = re.compile(r"[^\W\d_]{2}")
_SILENT = {"head", "script", "style", "noscript", "code", "pre", "textarea", "svg", "math"}
_VOID = {"area", "br", "col", "hr", "img", "input", "link", "meta", "wbr"}


def main() -> None:
    """Write each table anew, sorted; what is missing has an empty text, which a test finds."""
    texts = found()
    for path in tables():
        table = json.loads(path.read_text(encoding="utf-8"))
        kept = {text: table.get(text, "") for text in sorted(texts)}
        path.write_text(json.dumps(kept, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
        missing = [text for text, own in kept.items() if not own]
        print(f"{path.name}: {len(kept)} texts, {len(missing)} missing", *missing, sep="\n  ")


def tables() -> list[Path]:
    return sorted(TABLES.glob("*.json"))


def found() -> set[str]:
    """Return all texts of the interface."""
    texts = {DECIMAL}
    for folder in ("app/kernel", "app/page"):
        for file in (ROOT / folder).rglob("*.py"):
            texts |= of_python(file.read_text(encoding="utf-8"))
    for file in (ROOT / "static").rglob("*.js"):
        if not {"vendor", "build"} & set(file.relative_to(ROOT).parts):
            texts |= of_javascript(file.read_text(encoding="utf-8"))
    return texts | of_html((ROOT / "index.html").read_text(encoding="utf-8"))


def of_python(source: str) -> set[str]:
    """Return what is said in a Python text; `say(name)` is allowed for a text that is `noted`."""
    texts = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.args:
            if node.func.id not in ("say", "noted", "in_language"):
                continue
            first = node.args[0]
            if isinstance(first, ast.Constant) and isinstance(first.value, str):
                texts.add(first.value)
            elif isinstance(first, ast.JoinedStr | ast.BinOp):
                raise ValueError(f"line {first.lineno}: what is said has to stand there as it is")
    return texts


def of_javascript(source: str) -> set[str]:
    """Return what is said in a JavaScript text: strings in double quotes, put together with +."""
    texts = set()
    for call in _CALL.finditer(source):
        parts = re.findall(r'"(?:[^"\\]|\\.)*"', call["text"])
        texts.add("".join(json.loads(part) for part in parts))
    return texts


def of_html(page: str) -> set[str]:
    """Return the texts of index.html; those of the lessons are no part of the interface."""
    reader = _Reader()
    reader.feed(_LESSON.sub("", page))
    return {text for text in reader.texts if _WORD.search(text)} | reader.wholes


def names_in(text: str) -> set[str]:
    """Return the names of the values in a text."""
    return set(_NAME.findall(text))


class _Reader(HTMLParser):
    """Collects texts and attributes, each as static/translate.js looks it up."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.texts: set[str] = set()
        self.wholes: set[str] = set()
        self._open: list[str] = []
        self._silent = 0  # how deep the open element lies in which there are no texts for readers
        self._whole = 0  # and that with data-say
        self._markup = ""  # of what is in it

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        is_off = given.get("translate") == "no"
        is_within = self._silent or self._whole
        if self._whole:
            self._markup += self.get_starttag_text() or ""
        elif not self._silent and not is_off:
            self.texts |= {_plain(given[name] or "") for name in ATTRIBUTES if name in given}
        if tag in _VOID:
            return
        self._open.append(tag)
        if not is_within and (is_off or tag in _SILENT):
            self._silent = len(self._open)
        elif not is_within and "data-say" in given:
            self._whole = len(self._open)

    def handle_endtag(self, tag: str) -> None:
        if tag in _VOID:
            return
        if self._whole == len(self._open):
            self.wholes.add(_plain(self._markup))
            self._whole, self._markup = 0, ""
        elif self._whole:
            self._markup += f"</{tag}>"
        if self._silent == len(self._open):
            self._silent = 0
        if self._open.pop() != tag:
            raise ValueError(f"line {self.getpos()[0]}: </{tag}> closes another element")

    def handle_data(self, data: str) -> None:
        if self._whole:
            self._markup += data
        elif not self._silent:
            self.texts.add(_plain(data))


def _plain(text: str) -> str:
    return " ".join(text.split())


def missing_in(table: dict[str, str], texts: set[str]) -> Iterator[str]:
    """Tell what is wrong with a table."""
    for text in sorted(texts - table.keys()):
        yield f"missing: {text}"
    for text in sorted(table.keys() - texts):
        yield f"no longer said: {text}"
    for text, own in table.items():
        if not own or names_in(own) != names_in(text):
            yield f"other names in it: {text}"


if __name__ == "__main__":
    main()
