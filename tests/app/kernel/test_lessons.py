"""Lessons by name: what the page asks of their cells."""

import json
from collections.abc import Iterator

import pytest

from app.kernel.lessons import complete, forget_lesson, run_cell, run_first
from app.kernel.main import handle

TEXTS = [["1", "x = 5"], ["2", "x + 1"]]


@pytest.fixture(autouse=True)
def _forget() -> Iterator[None]:
    yield
    for lesson in ("a", "b"):
        forget_lesson(lesson)


def run(lesson: str, cell: str, code: str, texts: list[list[str]] = TEXTS) -> dict:
    return run_cell(lesson, cell, code, texts, tell=lambda text: None)


def test_run_cell_keeps_the_names_of_its_lesson_and_of_no_other() -> None:
    run("a", "1", "x = 5")
    assert run("a", "2", "x + 1")["shown"]["text"] == "6"
    assert run("b", "2", "x + 1")["failure"]["error"].startswith("NameError")


def test_run_cell_says_what_is_out_of_date_and_as_which_run_each_cell_was_run() -> None:
    run("a", "1", "x = 5")
    run("a", "2", "x + 1")
    answer = run("a", "1", "x = 7", [["1", "x = 7"], ["2", "x + 1"]])
    assert answer["out_of_date"] == ["2"]
    assert answer["runs"] == {"1": 3, "2": 2}


def test_run_cell_tells_what_is_printed() -> None:
    told: list[str] = []
    run_cell("a", "1", "print('hello')", [], told.append)
    assert "".join(told) == "hello\n"


def test_run_cell_sends_no_trace_of_a_graph() -> None:
    answer = run("a", "1", "Value(2.0) * 3")
    assert answer["shown"]["kind"] == "graph"
    assert answer["shown"]["trace"] is None


def test_run_first_names_the_cells_above_that_have_not_run() -> None:
    assert run_first("a", "2", TEXTS) == {"cells": ["1"]}
    run("a", "1", "x = 5")
    assert run_first("a", "2", TEXTS) == {"cells": []}


def test_forget_lesson_forgets_the_names_and_knows_no_fear_of_unknown_ones() -> None:
    run("a", "1", "x = 5")
    forget_lesson("a")
    assert complete("a", "x") == {"names": []}
    assert forget_lesson("never seen") == {}


def test_handle_gives_run_cell_the_way_to_the_page() -> None:
    told: list[str] = []
    request = {"lesson": "a", "cell": "1", "code": "print(1)\nx = float('nan')\nx", "texts": []}
    answer = json.loads(handle("run_cell", json.dumps(request), told.append))
    assert told == ["1\n"]
    assert answer["state"] == "done"
    assert answer["pictures"] == {}


def test_run_cell_that_is_stopped_while_its_figure_is_made(monkeypatch: pytest.MonkeyPatch) -> None:
    def stopped(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("app.kernel.lessons.show_result", stopped)
    answer = run_cell("late stop", "1", "a = Value(2.0)\na", [], print)
    assert (answer["state"], answer["shown"]) == ("stopped", None)
