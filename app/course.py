"""Writes the lessons into index.html: `make lessons`.

A lesson is a file in app/lessons/, in the percent format. Its cells are marked with what they are:

    # %% [markdown]                      prose, in Markdown
    # %% [markdown] id="why-add"         the same, under a heading with this anchor
    # %% [markdown] id="..." kind="question"   a question and its choices: see `question_of`
    # %% [markdown] kind="remember"      a list: what to remember
    # %% [markdown] figure="nudge"       the place of a figure, whose controls stand in index.html
    # %% cell="graph-1"                  a cell of the page, by the name under which it is kept
    # %% cell="graph-2" exercise="..."   an exercise, from app/lessons/exercises/
    # %% cell="..." live=true            a cell that prints what differs from machine to machine
    # %% tags=["setup"]                  what a file needs to run by itself, and the page does not
    # %% tags=["page"]                   code or prose for the page alone
    # %% tags=["notebook"]               for intuition.ipynb alone: see app/intuition.py

In prose, `[leaves](term:leaf)` is a term of app/lessons/glossary.py, and leads to the end of the
page. Between two figures, all cells of a lesson are one part. It comes between marks in index.html.
"""

import html
import re
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import jupytext  # type: ignore[import-untyped]
from markdown_it import MarkdownIt

from app.lessons.glossary import GLOSSARY
from app.places import filled

LESSONS = ("operations", "graph", "backpropagation", "networks", "training", "workbench")

FOLDER = Path(__file__).parent / "lessons"
INDEX = Path(__file__).parents[1] / "index.html"
INDENT = " " * 8
_TITLE = re.compile(r"#+ (.+)")
_HEADING = re.compile(r"<(/?)h([12])>")
_TERM = re.compile(r'<a href="term:([^"]*)">')
_MARKDOWN = MarkdownIt("commonmark")


class Cell(NamedTuple):
    """A cell of a lesson: its text, whether it is code, and its marks."""

    text: str
    is_code: bool
    marks: dict[str, Any]


class Choice(NamedTuple):
    """One of the answers to choose from, and what is told of a wrong one."""

    text: str
    is_right: bool
    told: str


def main() -> None:
    INDEX.write_text(with_lessons(INDEX.read_text(encoding="utf-8")), encoding="utf-8")


def with_lessons(index: str) -> str:
    """Return the text of index.html with the lessons in it, in place of any before."""
    places = {name: f"\n{markup}{INDENT}" for name, markup in parts().items()}
    return filled(index, "lesson", places)


def parts() -> dict[str, str]:
    """Return the markup of each part of each lesson, by what its mark in index.html says."""
    found: dict[str, str] = {}
    for lesson in LESSONS:
        name = lesson
        found[name] = ""
        for cell in read(lesson):
            if figure := cell.marks.get("figure"):
                name = f"{lesson} after {figure}"
                found[name] = ""
            else:
                found[name] += markup_of(cell)
    return {"contents": _contents(), **found, "glossary": _glossary()}


@cache
def read(lesson: str, place: str = "page") -> tuple[Cell, ...]:
    """Return the cells of a lesson that belong to a place, the "page" or the "notebook"."""
    notebook = jupytext.read(FOLDER / f"{lesson}.py", fmt="py:percent")
    others = {"page": {"setup", "notebook"}, "notebook": {"page"}}[place]
    return tuple(
        Cell(cell.source, cell.cell_type == "code", dict(cell.metadata))
        for cell in notebook.cells
        if not others.intersection(cell.metadata.get("tags", []))
    )


def titles(lesson: str) -> Iterator[tuple[str, str]]:
    """Return the anchor and the text of each heading of a lesson."""
    for cell in read(lesson):
        if not cell.is_code and (found := _TITLE.match(cell.text)):
            yield cell.marks["id"], found[1]


def markup_of(cell: Cell) -> str:
    """Return a cell as it stands in the page."""
    marks = cell.marks
    if cell.is_code:
        exercise = marks.get("exercise")
        kind = f' data-exercise="{exercise}"' if exercise else ""
        code = "" if exercise else html.escape(cell.text, quote=False)
        name = marks["cell"]
        opening = f'<div class="cell" id="{name}" data-cell="{name}"{kind}>'
        return f"{INDENT}{opening}<pre>{code}</pre></div>\n"
    if marks.get("kind") == "question":
        return _indented(_question(cell.text, marks["id"]))
    prose = _render(cell.text)
    if marks.get("kind") == "remember":
        return _indented(['<div class="remember">', "<p>To remember</p>", prose, "</div>"])
    return _indented([_with_anchor(prose, marks.get("id", ""))])


def _indented(lines: Iterable[str]) -> str:
    """Return lines as they stand in the page; not those of code, whose spaces are its own."""
    found, is_code = "", False
    for line in "\n".join(lines).split("\n"):
        found += f"{line}\n" if is_code else f"{INDENT}{line}\n"
        is_code = (is_code or "<pre" in line) and "</pre>" not in line
    return found


def question_of(text: str) -> tuple[str, list[Choice], str]:
    """Return what a question asks, its choices, and the answer.

    Its first paragraph asks, a list has the choices, and the rest is the answer. `- [x]` is right;
    of another one, `- [ ] 6: That is c.` says what is told of it.
    """
    asks, listed, answer = text.split("\n\n", 2)
    choices = []
    for mark, choice in re.findall(r"^- \[([ x])\] (.+)$", listed, re.MULTILINE):
        shown, _, told = choice.partition(": ")
        if (mark == "x") == bool(told):
            raise ValueError(f"{shown}: a wrong choice, and no right one, says what it means")
        choices.append(Choice(shown, mark == "x", told))
    return " ".join(asks.split()), choices, answer


def _question(text: str, anchor: str) -> list[str]:
    """Return a question to commit to: static/question.js opens the answer when a choice is made."""
    asks, choices, answer = question_of(text)
    lines = [
        f'<fieldset class="question" id="{anchor}">',
        f"<legend>{_MARKDOWN.renderInline(asks)}</legend>",
    ]
    for choice in choices:
        right = "x" if choice.is_right else ""
        told = html.escape(choice.told or "Yes.")
        radio = f'type="radio" name="{anchor}" data-right="{right}" data-told="{told}"'
        lines.append(f"<label><input {radio}> {html.escape(choice.text)}</label>")
    lines += [
        '<p class="judged" role="status"></p>',
        f"<details><summary>Show the answer</summary>\n{_render(answer)}</details>",
        "</fieldset>",
    ]
    return lines


def _render(markdown: str) -> str:
    linked = _TERM.sub(_link_to_term, _MARKDOWN.render(markdown).strip())
    return linked.replace("<pre>", '<pre tabindex="0">')  # wide ones are scrolled, with keys, too


def _link_to_term(found: re.Match[str]) -> str:
    if found[1] not in map(_name, GLOSSARY):
        raise ValueError(f"app/lessons/glossary.py has no term {found[1]!r}")
    return f'<a class="term" href="#term-{found[1]}">'


def _contents() -> str:
    """List the lessons, by the titles that stand first in them."""
    firsts = [(lesson, next(titles(lesson))[1]) for lesson in LESSONS]
    items = [f'<li><a href="#{lesson}">{title}</a></li>' for lesson, title in firsts]
    return _indented(["<ol>", *items, "</ol>"])


def _glossary() -> str:
    entries = [
        f'<dt id="term-{_name(term)}">{term}</dt>\n<dd>{html.escape(meaning)}</dd>'
        for term, meaning in GLOSSARY.items()
    ]
    return _indented(['<dl class="glossary">', *entries, "</dl>"])


def _name(term: str) -> str:
    return term.replace(" ", "-")


def _with_anchor(prose: str, anchor: str) -> str:
    """Put the headings of a lesson below the title of the page, the first one with an anchor."""
    if "<h1>" not in prose and "<h2>" not in prose:
        return prose
    if not anchor:
        raise ValueError(f'this heading needs id="..." beside its "# %%": {prose[:60]}')
    deeper = _HEADING.sub(lambda found: f"<{found[1]}h{int(found[2]) + 1}>", prose)
    return re.sub(r"<(h\d)>", rf'<\1 id="{anchor}">', deeper, count=1)


if __name__ == "__main__":
    main()
