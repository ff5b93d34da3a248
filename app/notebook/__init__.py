"""The figures of the page in a notebook: `pip install "micrograd-explainer[notebook]"`.

After `%load_ext micrograd_explainer.notebook`, a `Value` or a network in the last line of a cell
shows itself as on the page. `draw` does it for one thing, of the learner's own class, too; `train`
shows a training while it runs; `check` and `hint` belong to the exercises of the lessons.
"""

from typing import Any

from .exercises import check, hint
from .extension import load, unload
from .still import Still, draw
from .training import train

__all__ = ["Still", "check", "draw", "hint", "train"]


def load_ipython_extension(shell: Any) -> None:
    """What `%load_ext` calls."""
    load(shell)


def unload_ipython_extension(shell: Any) -> None:
    """What `%unload_ext` calls."""
    unload(shell)
