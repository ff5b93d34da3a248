"""Files that people choose, the right ones and others."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.kernel.mistake import Mistake
from app.kernel.notebook import ipynb, percent, upload
from app.kernel.notebook.notebook import Notebook, NotebookCell
from app.kernel.notebook.upload import read

CELLS = (NotebookCell("# Sums", "markdown", "one"), NotebookCell("a = 1", "code", "two"))
CHOOSE = "Choose a notebook, which ends in .ipynb, or a Python file, which ends in .py."


def says(text: str, name: str = "") -> str:
    found = read(text, name)
    assert isinstance(found, Mistake)
    return found.says


@pytest.mark.parametrize("name", ["", "a.ipynb", "A.IPYNB", "a.py", "C:\\x\\a.ipynb", "a b.txt"])
def test_read_knows_a_notebook_by_what_is_in_it(name: str) -> None:
    assert read("\ufeff" + ipynb.write(CELLS), name) == Notebook(CELLS)


@pytest.mark.parametrize("name", ["", "a.py", "a.txt", "/home/a.b/c.py"])
def test_read_takes_a_python_file(name: str) -> None:
    found = read("\ufeff" + percent.write(CELLS), name)
    assert isinstance(found, Notebook)
    assert found.cells == tuple(cell._replace(id="") for cell in CELLS)


def test_read_takes_a_python_file_that_begins_with_a_brace() -> None:
    assert read("{1: 2}", "a.py") == Notebook((NotebookCell("{1: 2}"),))


def test_notebook_as_data_is_plain() -> None:
    assert Notebook((NotebookCell("a", "code", "one"),), ("A note.",)).as_data() == {
        "cells": [{"text": "a", "kind": "code", "id": "one"}],
        "notes": ["A note."],
    }


@pytest.mark.parametrize(
    ("text", "name", "sentence"),
    [
        ("", "", f"This file is empty. {CHOOSE}"),
        ("\ufeff \n", "a.py", f"This file is empty. {CHOOSE}"),
        ("a\0b", "a.py", f"This file is no text. {CHOOSE}"),
        ("\ufffdPNG\ufffd\ufffd\ufffd", "", f"This file is no text. {CHOOSE}"),
        ("a", "a.docx", f"A file that ends in .docx cannot be read here. {CHOOSE}"),
        (
            "<!DOCTYPE html>",
            "a.ipynb",
            "This is a web page, and not the file that it shows. Where it came from, look for "
            "“Download raw file”.",
        ),
        (
            "x = 1",
            "a.ipynb",
            "This notebook is damaged in line 1, where it is no JSON any more. Save or download "
            "it once more.",
        ),
        (
            '{"nbformat": 4, "cells": []}',
            "",
            "There is no cell in this notebook. Write one in Jupyter, and save it.",
        ),
        (
            percent.write([NotebookCell("a")] * 501),
            "",
            "This notebook has 501 cells, and 500 can be read. Split it in Jupyter.",
        ),
        (
            "a" * 1_000_001,
            "",
            "The cells of this file have 1,000,001 characters, and 1,000,000 can be read. Split "
            "it into smaller files.",
        ),
    ],
)
def test_read_says_what_to_do_instead(text: str, name: str, sentence: str) -> None:
    assert says(text, name) == sentence


def test_read_says_how_to_make_a_file_smaller(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(upload, "LARGEST", 1_000)
    output = {"cell_type": "code", "source": "x", "outputs": ["a" * 1_000]}
    text = json.dumps({"nbformat": 4, "cells": [output]})
    assert says(text) == (
        f"This file has {len(text):,} characters, and 1,000 can be read. If it is a notebook, "
        "clear its outputs in Jupyter and save it."
    )


@given(st.text(), st.sampled_from(["", "a.py", "a.ipynb", "a.md", "..", "/"]))
def test_read_raises_nothing_whatever_is_chosen(text: str, name: str) -> None:
    assert isinstance(read(text, name), Notebook | Mistake)
