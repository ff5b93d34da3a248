"""The notebook: it says what the lessons say, and prints the same wherever it is installed."""

import json
import tomllib
from pathlib import Path
from typing import Any

import nbformat
import pytest

from app.course import LESSONS, Cell, read
from app.intuition import NOTEBOOK, ROOT, cells_of, execute, installed, unexecuted
from tests.lessons import live_cells


def kept() -> Any:
    return nbformat.read(NOTEBOOK, as_version=4)


def test_the_notebook_is_what_the_lessons_say() -> None:
    written = [(cell.id, cell.source) for cell in kept().cells]
    said = [(cell.id, cell.source) for cell in unexecuted().cells]
    assert written == said, "A lesson has changed: make lessons"


@pytest.mark.filterwarnings("ignore")  # of Jupyter's own
def test_the_notebook_runs_where_the_package_is_installed(tmp_path: Path) -> None:
    notebook = unexecuted()
    execute(notebook, installed(tmp_path))
    live = {name for lesson in LESSONS for name in live_cells(lesson)}
    for now, before in zip(notebook.cells, kept().cells, strict=True):
        if now.cell_type == "code" and now.id not in live:
            assert now.outputs == before.outputs, f"{now.id} prints something else: make lessons"


def test_figures_are_in_it() -> None:
    pictures = [
        output.data["image/svg+xml"]
        for cell in kept().cells
        for output in cell.get("outputs", [])
        if "image/svg+xml" in output.get("data", {})
    ]
    looks = ("still graph", "still network", "still chart")
    assert {look for look in looks for svg in pictures if look in svg} == set(looks)


def test_a_notebook_is_valid_and_its_cells_have_names_of_their_own() -> None:
    notebook = json.loads(NOTEBOOK.read_text(encoding="utf-8"))
    nbformat.validate(notebook)
    names = [cell["id"] for cell in notebook["cells"]]
    assert len(names) == len(set(names))


def test_what_a_notebook_cannot_show_is_written_out() -> None:
    said = "".join(cell.source for cell in kept().cells if cell.cell_type == "markdown")
    assert "(term:" not in said
    assert "<var>" not in said
    assert '<b class="' not in said


def test_a_question_hides_its_answer() -> None:
    text = "How *many*?\n\n- [x] 7\n- [ ] 3: The others.\n\nSeven."
    (cell,) = cells_of(Cell(text, False, {"kind": "question", "id": "q"}), "x_1")
    assert cell.source == (
        "**How *many*?**\n\n- 7\n- 3\n\n<details><summary>Show the answer</summary>\n\n"
        "**7.** Seven.\n\nAnd the others:\n\n- 3: The others.\n\n</details>"
    )


def test_an_exercise_is_a_task_an_answer_and_a_check() -> None:
    cell = Cell("# see there", True, {"cell": "x-2", "exercise": "tanh"})
    task, answer, check = cells_of(cell, "x_2")
    assert task.source.startswith("### Exercise: The derivative of tanh\n\nReturn the derivative")
    assert answer.source.startswith("import math")
    assert check.source == 'check("tanh")'


def test_a_lesson_begins_with_its_title_and_what_it_needs() -> None:
    for lesson in LESSONS:
        setup, title = read(lesson, "notebook")[:2]
        assert "setup" in setup.marks["tags"]
        assert title.text.startswith("# ")


def test_every_folder_of_the_kernel_is_in_the_package() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    packages = project["tool"]["setuptools"]["packages"]
    folders = {file.parent for file in (ROOT / "app" / "kernel").rglob("*.py")}
    names = [".".join(folder.relative_to(ROOT / "app").parts) for folder in folders]
    assert {f"micrograd_explainer.{name}" for name in names} <= set(packages)
