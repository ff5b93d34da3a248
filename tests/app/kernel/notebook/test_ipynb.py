"""Files of Jupyter: written, valid, read, and damaged in every way."""

import json
from typing import Any

import nbformat
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.kernel.mistake import Mistake
from app.kernel.notebook.ipynb import read, write
from app.kernel.notebook.notebook import Notebook, NotebookCell
from tests.app.kernel.notebook.texts import cells


def file(*cells: Any, **parts: Any) -> str:
    data = {"cells": list(cells), "metadata": {}, "nbformat": 4, "nbformat_minor": 5, **parts}
    return json.dumps(data)


def code(source: Any, **parts: Any) -> dict[str, Any]:
    return {"cell_type": "code", "source": source, **parts}


def notebook(text: str) -> Notebook:
    found = read(text)
    assert isinstance(found, Notebook), found
    return found


def says(text: str) -> str:
    found = read(text)
    assert isinstance(found, Mistake)
    return found.says


# Written.


def test_write_keeps_ids_that_jupyter_allows() -> None:
    ids = ["first", "first", "", "a b", "x" * 65, "cell-3"]
    data = json.loads(write([NotebookCell("x", "code", cell_id) for cell_id in ids]))
    assert [cell["id"] for cell in data["cells"]] == [
        *("first", "cell-2", "cell-3", "cell-4", "cell-5", "cell-6"),
    ]


def test_write_splits_a_text_into_lines_as_jupyter_does() -> None:
    data = json.loads(write([NotebookCell("a\n\nb\n"), NotebookCell("")]))
    assert [cell["source"] for cell in data["cells"]] == [["a\n", "\n", "b\n"], []]


@given(cells)
def test_write_makes_a_notebook_that_nbformat_takes(written: list[NotebookCell]) -> None:
    found: Any = nbformat.reads(write(written), as_version=4)
    nbformat.validate(found)
    assert (found.nbformat, found.nbformat_minor) == (4, 5)
    assert [(c.cell_type, c.source) for c in found.cells] == [(c.kind, c.text) for c in written]


@given(cells)
def test_read_gives_back_what_was_written(written: list[NotebookCell]) -> None:
    found = notebook(write(written))
    assert [cell._replace(id="") for cell in found.cells] == written
    assert found.notes == ()
    assert notebook(write(found.cells)) == found


@given(cells)
def test_read_takes_what_nbformat_writes(written: list[NotebookCell]) -> None:
    text = nbformat.writes(nbformat.reads(write(written), as_version=4))
    assert [cell._replace(id="") for cell in notebook(text).cells] == written


# Read.


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("a\nb", "a\nb"),
        (["a\n", "b"], "a\nb"),
        ([], ""),
        ("a\r\nb\rc", "a\nb\nc"),
        ("\tx\n", "\tx\n"),
    ],
)
def test_read_takes_a_source_as_text_or_lines(source: Any, text: str) -> None:
    assert notebook(file(code(source))).cells == (NotebookCell(text),)


@pytest.mark.parametrize("version", [{}, {"nbformat_minor": 0}, {"nbformat_minor": 9}])
def test_read_takes_every_version_4(version: dict[str, int]) -> None:
    assert notebook(file(code("x", id="a"), **version)).cells == (NotebookCell("x", "code", "a"),)


def test_read_takes_a_byte_order_mark() -> None:
    assert notebook("\ufeff" + file(code("x"))).cells == (NotebookCell("x"),)


@pytest.mark.parametrize("cell_id", [3, None, "a b", "", "x" * 65])
def test_read_drops_ids_that_jupyter_does_not_allow(cell_id: Any) -> None:
    assert notebook(file(code("x", id=cell_id))).cells == (NotebookCell("x"),)


@pytest.mark.parametrize(
    ("cell", "kept", "note"),
    [
        (
            code("x", outputs=[{"output_type": "stream"}]),
            [NotebookCell("x")],
            "The outputs of 1 cell were left out. Run the cells to see them again.",
        ),
        (
            {"cell_type": "markdown", "source": "a", "attachments": {"a.png": {}}},
            [NotebookCell("a", "markdown")],
            "The pictures inside of 1 cell were left out.",
        ),
        (
            {"cell_type": "raw", "source": "a"},
            [NotebookCell("a", "markdown")],
            "1 raw cell became a text.",
        ),
        (
            code("%matplotlib inline\nx"),
            [NotebookCell("# %matplotlib inline\nx")],
            "1 command of Jupyter, like %matplotlib or !pip, became a comment: there is Python "
            "alone on this page.",
        ),
        *[
            (cell, [], "1 cell could not be read, and had to be left out.")
            for cell in (3, None, [], {}, code(None), code([1]), code({"a": 1}))
        ],
    ],
)
def test_read_notes_what_it_could_not_keep(cell: Any, kept: list[NotebookCell], note: str) -> None:
    found = notebook(file(cell, code("last")))
    assert list(found.cells) == [*kept, NotebookCell("last")]
    assert found.notes == (note,)


# No notebook.

NO_NOTEBOOK = "This is no notebook. Choose a file that Jupyter has saved, which ends in .ipynb."


@pytest.mark.parametrize(
    "text",
    [
        *["[]", "3", "null", '"nbformat"', "{}", '{"nbformat": "4"}', '{"nbformat": 4}'],
        *['{"nbformat": 4, "cells": {}}', '{"nbformat": 4, "cells": null}'],
        *["[" * 100_000, "1" * 5_000],
    ],
)
def test_read_says_that_it_is_no_notebook(text: str) -> None:
    assert says(text) == NO_NOTEBOOK


@pytest.mark.parametrize("version", [1, 2, 3])
def test_read_knows_the_way_out_for_old_versions(version: int) -> None:
    old = json.dumps({"nbformat": version, "worksheets": [{"cells": []}]})
    assert says(old) == (
        f"This notebook has an old format, version {version}. Open it in Jupyter, save it, and "
        "choose it again: Jupyter writes version 4."
    )


def test_read_knows_the_way_out_for_a_newer_version() -> None:
    assert says(file(nbformat=5)) == (
        "This notebook has a format that is newer than this page, version 5. Export it from "
        "Jupyter as a Python file, and choose that."
    )


@pytest.mark.parametrize(
    "metadata",
    [{"kernelspec": {"language": "julia"}}, {"kernelspec": 3, "language_info": {"name": "julia"}}],
)
def test_read_says_that_a_notebook_is_not_in_python(metadata: Any) -> None:
    refused = "This notebook is written in julia. Cells here run Python."
    assert says(file(code("x"), metadata=metadata)) == refused


@pytest.mark.parametrize(
    "metadata", [None, [], {"kernelspec": {"language": "python"}}, {"language_info": {"name": 3}}]
)
def test_read_takes_python_and_what_says_nothing(metadata: Any) -> None:
    assert notebook(file(code("x"), metadata=metadata)).cells == (NotebookCell("x"),)


def test_read_says_where_a_file_is_damaged() -> None:
    found = read('{"cells": [],\n "nbformat": 4,\n "meta')
    assert isinstance(found, Mistake)
    assert found.line == 3
    assert found.says == (
        "This notebook is damaged in line 3, where it is no JSON any more. Save or download it "
        "once more."
    )


anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["cells", "source", "cell_type", "id", "outputs", "metadata", "name"]),
            inner,
            max_size=4,
        )
    ),
)


@given(anything, anything, anything)
def test_read_raises_nothing_whatever_is_in_the_file(cells: Any, metadata: Any, more: Any) -> None:
    found = read(json.dumps({"nbformat": 4, "cells": [cells, more], "metadata": metadata}))
    assert isinstance(found, Notebook | Mistake)
    assert isinstance(read(json.dumps({"nbformat": more, "cells": cells})), Notebook | Mistake)
