"""The lessons of the page, each with the names that its cells have defined."""

from collections.abc import Callable
from typing import Any

from .cells.completion import completions
from .cells.lesson import Lesson
from .cells.outcome import Outcome
from .clients import in_turn, own
from .graphs import show_result
from .literals import with_values
from .network.model import show_model
from .sleep import interruptible_sleep

_lessons: dict[str, Lesson] = own({})

Texts = list[list[str]]  # [cell id, text] in the order of the page


def run_cell(
    lesson: str,
    cell: str,
    code: str,
    texts: Texts,
    tell: Callable[[str], object],
    values: dict[str, str] | None = None,
    drawn: str = "",
) -> dict[str, Any]:
    """Run a cell; hand what it prints to `tell`.

    `texts` are all cells of the lesson as they stand on the page. Besides its outcome, the answer
    says which cells are out of date now, and as which run each one was run the last time. A graph
    comes as a figure, like those of graphs.py; `drawn` is the shape of the one on the page.
    `values` are other numbers for leaves that the cell makes: `code` is the text that has them.
    """
    here = lesson_named(lesson)
    code = with_values(code, {name: float(text) for name, text in (values or {}).items()})
    all_texts = [(name, code if name == cell else text) for name, text in texts]
    with interruptible_sleep():
        outcome = here.run(cell, code, tell, all_texts)
    marks = {"out_of_date": here.out_of_date(all_texts), "runs": here.numbers()}
    try:
        data = _as_data(outcome, code, drawn)
    except KeyboardInterrupt:  # Stop came while the figure was made
        data = outcome._replace(state="stopped", shown=None).as_data()
    return {**data, "code": code, **marks}


def run_first(lesson: str, cell: str, texts: Texts) -> dict[str, Any]:
    """Return the cells above that have to be run before a cell, in the order of the page."""
    return {
        "cells": lesson_named(lesson).to_run_first([(name, text) for name, text in texts], cell)
    }


def complete(lesson: str, prefix: str) -> dict[str, Any]:
    """Return how a name, or an attribute after a point, may go on."""
    return {"names": completions(prefix, lesson_named(lesson).names)}


def forget_lesson(lesson: str) -> dict[str, Any]:
    """Forget all that the cells of a lesson have defined."""
    _lessons.pop(lesson, None)
    return {}


def forget_all() -> None:
    """Forget all lessons: what they have defined was made with another engine."""
    _lessons.clear()


def lesson_named(name: str) -> Lesson:
    """Return the lesson with this name, a new one if none of its cells has run."""
    if name not in _lessons:
        _lessons[name] = Lesson(f"{name} {in_turn()}".strip())
    return _lessons[name]


def _as_data(outcome: Outcome, code: str, drawn: str) -> dict[str, Any]:
    shown = outcome.shown
    if shown is None:
        return outcome.as_data()
    plain = outcome._replace(shown=shown._replace(trace=None, model=None)).as_data()
    if shown.model:
        return {**show_model(shown.model), **plain}
    if shown.trace:
        return {**show_result(outcome.cell, shown.trace, code, drawn), **plain}
    return plain
