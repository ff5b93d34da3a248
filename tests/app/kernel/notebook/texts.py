"""Texts of cells, at random: any characters, and lines that files use for themselves."""

from hypothesis import strategies as st

from app.kernel.notebook.magics import comment_out
from app.kernel.notebook.notebook import NotebookCell

_LINES = [
    *["# %%", "#%%", "    # %%", "# # %%", "#  # %%", "# %%%", "# %% [markdown]", "# %% title"],
    *["# In[3]:", "# In[ ]", "#In[1]: x", "# <codecell>", "# ---", "---", "%%", "%% x", "In[1]:"],
    *["", " ", "\t", "#", "# ", "#x", "a = 'ü − 🙂'", "\tx", '"""', "'''", "# %time f()", "\\"],
]


def _is_kept(text: str) -> bool:
    return "\r" not in text and comment_out(text) == (text, 0)


lines = st.one_of(st.sampled_from(_LINES), st.text(st.characters(exclude_categories=["Cs"])))
texts = st.lists(lines, max_size=6).map("\n".join).filter(_is_kept)


def cells_of(texts: st.SearchStrategy[str]) -> st.SearchStrategy[list[NotebookCell]]:
    """Draw some cells without ids."""
    kinds = st.sampled_from(["code", "markdown"])
    return st.lists(st.builds(NotebookCell, texts, kinds, st.just("")), min_size=1, max_size=5)


cells = cells_of(texts)
