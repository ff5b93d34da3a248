"""Cells as files and back."""

import json

import nbformat
import pytest

from app.kernel.files import FIRST, export_cells, import_cells


@pytest.mark.parametrize("kind", ["py", "ipynb"])
def test_what_is_exported_can_be_imported_again(kind: str) -> None:
    texts = ["a = Value(2.0)", "# a comment\nprint(a)", ""]
    text = export_cells(kind, texts)["text"]
    assert import_cells(text, f"cells.{kind}") == {"cells": texts, "says": ""}


def test_an_exported_notebook_is_valid_and_imports_the_engine() -> None:
    text = export_cells("ipynb", ["a = Value(2.0)"])["text"]
    nbformat.validate(nbformat.reads(text, as_version=4))
    assert json.loads(text)["cells"][0]["source"] == [FIRST]
    own = export_cells("py", [FIRST, "a = Value(2.0)"])["text"]
    assert own.count(FIRST) == 1


def test_words_of_a_notebook_become_comments() -> None:
    cell = {"cell_type": "markdown", "id": "a", "metadata": {}, "source": "# Title\nwords"}
    notebook = {"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": [cell]}
    found = import_cells(json.dumps(notebook), "notes.ipynb")
    assert found["cells"] == ["# # Title\n# words"]


def test_a_file_that_is_no_notebook_gets_a_sentence() -> None:
    found = import_cells("%PDF-1.7", "paper.pdf")
    assert found["cells"] == []
    assert "Choose a notebook" in found["says"]
