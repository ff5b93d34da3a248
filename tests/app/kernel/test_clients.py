"""Several figures on one page share one Python, and nothing else."""

import json
from collections.abc import Iterator
from typing import Any

import pytest

from app.kernel.clients import in_turn, own, take_turn
from app.kernel.main import handle


@pytest.fixture(autouse=True)
def _the_page_again() -> Iterator[None]:
    yield
    ask("", "forget_client", client="one")
    ask("", "forget_client", client="two")


def ask(client: str, method: str, /, **request: Any) -> dict[str, Any]:
    answer: dict[str, Any] = json.loads(
        handle(method, json.dumps(request), lambda text: None, client)
    )
    return answer


def run(client: str, code: str) -> dict[str, Any]:
    return ask(client, "run_cell", lesson="workbench", cell="1", code=code, texts=[["1", code]])


def test_each_client_has_its_own_content_of_a_dictionary() -> None:
    store: dict[str, int] = own({})
    take_turn("one")
    store["a"] = 1
    take_turn("two")
    assert store == {}
    store["a"] = 2
    take_turn("one")
    assert (store, in_turn()) == ({"a": 1}, "one")


def test_the_names_of_a_cell_are_those_of_its_client() -> None:
    run("one", "x = 1")
    run("two", "x = 2")
    assert run("one", "x")["shown"]["text"] == "1"
    assert run("two", "x")["shown"]["text"] == "2"


def test_an_error_shows_the_text_of_its_own_client() -> None:
    run("one", "def f():\n    raise ValueError('first')")
    run("two", "def f():\n    pass; raise ValueError('second')")
    steps = run("one", "f()")["failure"]["steps"]
    assert steps[-1]["text"] == "    raise ValueError('first')"


def test_a_figure_is_drawn_for_its_own_client() -> None:
    for client, code in (("one", "L = a * b"), ("two", "L = a + b + c")):
        ask(client, "graph", figure="graph", code=code, values={}, passes="forward")
    # L = a * b has the leaves a and b, and no third one to be folded into
    lit = ask("one", "light_path", figure="graph", node=2)
    other = ask("two", "light_path", figure="graph", node=2)
    assert lit != other


def test_a_training_is_that_of_its_client() -> None:
    ask("one", "training_open", query="seed=0.1")
    ask("one", "training_advance")
    ask("two", "training_open", query="seed=0.2")
    assert ask("one", "training_seek", step=0) != ask("two", "training_seek", step=0)


def test_a_client_that_is_gone_is_forgotten() -> None:
    run("one", "x = 1")
    ask("", "forget_client", client="one")
    assert run("one", "x")["state"] == "failed"
