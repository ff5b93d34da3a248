"""Python files with a line above each cell: written, read, and as jupytext reads them."""

from typing import Any

import jupytext
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from app.kernel.notebook.notebook import NotebookCell
from app.kernel.notebook.percent import HEADER, read, write
from tests.app.kernel.notebook.texts import cells, cells_of


def codes(text: str) -> list[str]:
    return [cell.text for cell in read(text).cells]


def test_write_puts_a_line_above_each_cell() -> None:
    written = write([NotebookCell("# Sums\n\na + b", "markdown"), NotebookCell("a = 1\nb = 2")])
    assert written == HEADER + (
        "\n# %% [markdown]\n# # Sums\n#\n# a + b\n"  # a text becomes comments
        "\n# %%\na = 1\nb = 2\n"
    )


@given(cells)
@example([NotebookCell("")])
@example([NotebookCell("\n\n"), NotebookCell("a\n\n\n")])
@example([NotebookCell("", "markdown"), NotebookCell("# %%\n%%\n\n", "markdown")])
@example([NotebookCell("# ---\n# ---")])
def test_read_gives_back_what_was_written(written: list[NotebookCell]) -> None:
    assert list(read(write(written)).cells) == written


@given(cells)
def test_read_takes_the_line_ends_of_windows(written: list[NotebookCell]) -> None:
    text = "\ufeff" + write(written).replace("\n", "\r\n")
    assert list(read(text).cells) == written


# Files of others.


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("x = 1\n", ["x = 1"]),
        ("x = 1", ["x = 1"]),
        ("x = 1\r\ny = 2\r\n", ["x = 1\ny = 2"]),
        ("\n\nx = 1\n\n# %%\ny\n", ["x = 1", "y"]),
        ("# %%\nx\n# %%\ny", ["x", "y"]),
        ("#%%\nx\n\n#%% a title\ny\n", ["x", "y"]),
        ("# %%\nx\n\n\n# %%\ny\n", ["x\n", "y"]),  # the second empty line is the cell's
        ("# %% tags=['a']\nx\n", ["x"]),
        ("# coding: utf-8\n\n# In[1]:\n\nx\n", ["# coding: utf-8", "\nx"]),  # of nbconvert
        ("# <codecell>\nx\n", ["x"]),
        ("# ---\n# jupyter: 3\n# ---\n\n# %%\nx\n", ["x"]),
        ("# ---\nx\n# ---\n", ["# ---\nx\n# ---"]),
        ("# %%\n    # %%\n", ["    # %%"]),
        ("# %%time\nx\n", ["# %%time\nx"]),
        ("# %%\n\tx\n", ["\tx"]),
        ("# %%", [""]),
    ],
)
def test_read_takes_code_of_other_programs(text: str, found: list[str]) -> None:
    assert codes(text) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("# %% [markdown]\n# # Sums\n#\n# a + b\n", "# Sums\n\na + b"),
        ("# %% [md]\n# a\n", "a"),
        ("# %% A title [markdown]\n#a\n", "a"),
        ('# %% [markdown]\n"""\na\nb\n"""\n', "a\nb"),
        ("# %% [markdown]\nr'''a'''\n", "a"),
        ("# %% [markdown]\nnot a comment\n", "not a comment"),
    ],
)
def test_read_takes_texts_of_other_programs(text: str, found: str) -> None:
    assert read(text).cells == (NotebookCell(found, "markdown"),)


def test_read_notes_what_it_changes() -> None:
    found = read("# %%\n%time f()\n!ls\n\n# %% [raw]\n# a\n")
    assert found.cells == (NotebookCell("# %time f()\n# !ls"), NotebookCell("a", "markdown"))
    assert found.notes == (
        "2 commands of Jupyter, like %matplotlib or !pip, became comments: there is Python alone "
        "on this page.",
        "1 raw cell became a text.",
    )


# jupytext.


def as_jupytext_reads(text: str) -> list[tuple[str, str]]:
    notebook: Any = jupytext.reads(text, fmt="py:percent")
    return [(cell.cell_type, cell.source) for cell in notebook.cells]


plain = st.lists(
    st.sampled_from(["a = 1", "    b", "# %time f()", "# !ls", "# c", "", "é − 🙂", "f(x)?"])
).map(lambda lines: "\n".join(["x", *lines, "y"]))


@given(cells_of(plain))
def test_jupytext_reads_what_was_written(written: list[NotebookCell]) -> None:
    assert as_jupytext_reads(write(written)) == [(cell.kind, cell.text) for cell in written]


def test_jupytext_does_not_take_a_line_of_a_cell_for_a_marker() -> None:
    written = [NotebookCell("x\n# %%\n    # %% y"), NotebookCell("%%\n\nx", "markdown")]
    assert as_jupytext_reads(write(written)) == [
        ("code", "x\n# # %%\n    # # %% y"),
        ("markdown", "# %%\n\nx"),
    ]


@given(cells_of(plain))
def test_read_takes_what_jupytext_writes(written: list[NotebookCell]) -> None:
    text = jupytext.writes(jupytext.reads(write(written), fmt="py:percent"), fmt="py:percent")
    assert list(read(text).cells) == written
