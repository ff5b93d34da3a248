"""Writes intuition.ipynb, the lessons as a notebook, with what its cells print: `make lessons`.

The cells are those of app/lessons/, as app/course.py reads them. A place of a figure is left out:
what stands there instead is marked with tags=["notebook"].
"""

import html
import os
import re
import tempfile
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import nbformat
from nbclient import NotebookClient
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from app.course import LESSONS, Cell, question_of, read
from app.kernel.exercises.collection import EXERCISES
from app.lessons.glossary import GLOSSARY

ROOT = Path(__file__).parents[1]
NOTEBOOK = ROOT / "intuition.ipynb"
LONGEST = 300  # seconds that a cell may take

BEGINNING = """\
# How a neural network learns

These are the lessons of *micrograd-explainer* as a notebook. A network learns by asking, for every
number inside it: if this one were a little larger, how much better or worse would the result be?
The answers are called gradients. Here you find out how they are computed, starting from a single
multiplication.

All that is needed is `pip install "micrograd-explainer[notebook]"`. Run the cells from top to
bottom, with Shift+Enter; change them, and run them again."""
EXTENSION = """\
%load_ext micrograd_explainer.notebook
from micrograd_explainer.notebook import check, hint"""
EXTENSION_SAYS = """\
From now on, a `Value` or a network in the last line of a cell is drawn: blue is its data, orange
its gradient. For a class of your own there is `draw(value)` in `micrograd_explainer.notebook`."""

_METADATA = {
    "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
    "language_info": {"name": "python"},
}
_PLAIN = [
    (re.compile(r"</?(?:var|i)>"), "*"),
    (re.compile(r'<b class="\w+">|</b>'), "**"),
    (re.compile(r"\[([^\]]*)\]\(term:[^)]*\)"), r"\1"),
]


def main() -> None:
    notebook = unexecuted()
    with tempfile.TemporaryDirectory() as folder:
        execute(notebook, installed(Path(folder)))
    NOTEBOOK.write_text(nbformat.writes(notebook) + "\n", encoding="utf-8")


def unexecuted() -> Any:
    """Return the notebook as the lessons have it, before anything has run."""
    cells = [
        new_markdown_cell(BEGINNING, id="beginning"),
        new_code_cell(EXTENSION, id="extension"),
        new_markdown_cell(EXTENSION_SAYS, id="extension-says"),
    ]
    for lesson in LESSONS:
        setup, title, *rest = read(lesson, "notebook")
        numbered = enumerate([title, setup, *rest], start=1)
        cells += [each for i, cell in numbered for each in cells_of(cell, f"{lesson}_{i}")]
    return new_notebook(cells=[*cells, _glossary()], metadata=_METADATA)


def execute(notebook: Any, packages: Path) -> None:
    """Run a notebook where these packages are installed; raises what a cell raises."""
    before = os.environ.get("PYTHONPATH")
    os.environ["PYTHONPATH"] = str(packages)
    try:
        client = NotebookClient(notebook, timeout=LONGEST, record_timing=False)
        client.execute()
    finally:
        os.environ.pop("PYTHONPATH")
        if before is not None:
            os.environ["PYTHONPATH"] = before
    notebook.metadata = nbformat.from_dict(_METADATA)
    for cell in notebook.cells:
        if cell.cell_type == "code":
            cell.outputs = _joined(cell.outputs)


def installed(folder: Path) -> Path:
    """Lay the packages that pyproject.toml lists into a folder, as an installation would."""
    told = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"][
        "setuptools"
    ]
    places = told["package-dir"]
    for package in told["packages"]:
        home = max((p for p in places if f"{package}.".startswith(f"{p}.")), default="", key=len)
        inside = package.removeprefix(home).strip(".").replace(".", "/")
        source = ROOT / places.get(home, "") / inside
        target = folder / package.replace(".", "/")
        target.mkdir(parents=True, exist_ok=True)
        for file in source.iterdir():
            if file.suffix in (".py", ".css"):
                (target / file.name).symlink_to(file)
    return folder


def cells_of(cell: Cell, name: str) -> Iterator[Any]:
    """Yield what a cell of a lesson is in the notebook."""
    marks = cell.marks
    if exercise := marks.get("exercise"):
        yield from _exercise(exercise)
    elif cell.is_code:
        is_setup = "setup" in marks.get("tags", [])
        code = re.sub(r'\A""".*?"""\s*', "", cell.text, flags=re.DOTALL) if is_setup else cell.text
        yield new_code_cell(code, id=marks.get("cell", name))
    elif marks.get("kind") == "question":
        yield new_markdown_cell(_question(cell.text), id=marks["id"])
    elif "figure" not in marks:
        title = "**To remember**\n\n" if marks.get("kind") == "remember" else ""
        yield new_markdown_cell(title + _markdown(cell.text), id=marks.get("id", name))


def _exercise(name: str) -> Iterator[Any]:
    """Yield the task, the cell for the answer, and a cell that tries it out."""
    if name not in EXERCISES:
        raise ValueError(f"app/kernel/exercises/collection.py has no exercise {name!r}")
    exercise = EXERCISES[name]
    task = f'### Exercise: {exercise.title}\n\n{exercise.task} `hint("{name}")` helps.'
    yield new_markdown_cell(task, id=f"{name}-task")
    yield new_code_cell(exercise.start.rstrip(), id=f"{name}-answer")
    yield new_code_cell(f'check("{name}")', id=f"{name}-check")


def _question(text: str) -> str:
    asks, choices, answer = question_of(text)
    listed = "\n".join(f"- {choice.text}" for choice in choices)
    told = "\n".join(f"- {choice.text}: {choice.told}" for choice in choices if not choice.is_right)
    right = next(choice.text for choice in choices if choice.is_right)
    return (
        f"**{_markdown(asks)}**\n\n{listed}\n\n<details><summary>Show the answer</summary>\n\n"
        f"**{right}.** {_markdown(answer)}\n\nAnd the others:\n\n{told}\n\n</details>"
    )


def _joined(outputs: list[Any]) -> list[Any]:
    """Put together what was printed in pieces: it depends on the machine which ones."""
    joined: list[Any] = []
    for output in outputs:
        if joined and output.get("name") and output.get("name") == joined[-1].get("name"):
            joined[-1].text += output.text
        else:
            joined.append(output)
    return joined


def _glossary() -> Any:
    lines = [f"- **{term}**: {html.unescape(meaning)}" for term, meaning in GLOSSARY.items()]
    return new_markdown_cell("# Glossary\n\n" + "\n".join(lines), id="glossary")


def _markdown(text: str) -> str:
    """Write prose of a lesson as every notebook can show it."""
    for pattern, plain in _PLAIN:
        text = pattern.sub(plain, text)
    return text


if __name__ == "__main__":
    main()
