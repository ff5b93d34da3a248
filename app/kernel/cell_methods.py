"""Methods of the kernel that cells, exercises and questions ask."""

from collections.abc import Callable
from typing import Any

from .assignments import check_answer, exercise, solution
from .check import check_gradients
from .clients import forget_client
from .files import export_cells, import_cells
from .graphs import fold, unfold
from .leaf_nudge import nudge_leaf
from .lessons import complete, forget_lesson, run_cell, run_first
from .own_engine import engine_source, restore_engine, use_engine
from .pairs import accident
from .practice import choose, judge, predict

METHODS: dict[str, Callable[..., dict[str, Any]]] = {
    "accident": accident,
    "check_gradients": check_gradients,
    "check_answer": check_answer,
    "choose": choose,
    "complete": complete,
    "engine_source": engine_source,
    "exercise": exercise,
    "export_cells": export_cells,
    "fold": fold,
    "forget_client": forget_client,
    "forget_lesson": forget_lesson,
    "import_cells": import_cells,
    "judge": judge,
    "nudge_leaf": nudge_leaf,
    "predict": predict,
    "restore_engine": restore_engine,
    "run_cell": run_cell,
    "run_first": run_first,
    "solution": solution,
    "unfold": unfold,
    "use_engine": use_engine,
}
