"""A robot plays for a minute, and what robots have found stays found: each with its seed."""

from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.figures import show_example
from tests.robot.numbers import wrong_in_graph
from tests.robot.player import play

SECONDS = 60


def test_a_robot_that_does_anything_finds_nothing_wrong(browser: Browser, site: str) -> None:
    run = play(browser, site, seed=6, seconds=SECONDS)
    assert run["fault"] == "", "\n".join(run["log"][-30:])
    assert run["stops"] > 0
    assert run["actions"] > 20


# The robot's own eyes.


def graph(**changed: Any) -> dict[str, Any]:
    """Return what the page shows of L = a * b, with 2 and −3."""

    def node(i: int, kind: str, name: str, op: str, data: str, grad: str) -> dict[str, Any]:
        return {"id": i, "kind": kind, "name": name, "op": op, "data": data, "grad": grad}

    nodes = [
        node(0, "node leaf", "a", "", "2.0", "-3.0"),
        node(1, "node leaf", "b", "", "-3.0", "2.0"),
        node(2, "node result", "L", "×", "-6.0", "1.0"),
    ]
    for key, text in changed.pop("nodes", {}).items():
        nodes[key[0]][key[1]] = text
    shown = {
        "name": "backpropagation-figure",
        "step": "6",
        "steps": "6",
        "isWrong": False,
        "code": "L = a * b",
        "nodes": nodes,
        "edges": [[0, 2, 0], [1, 2, 1]],
        "inputs": [],
    }
    return shown | changed


def test_right_numbers_are_found_right() -> None:
    assert wrong_in_graph(graph()) == []


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"nodes": {(2, "data"): "-6.1"}}, "node 2 is -6.0, not -6.1"),
        ({"nodes": {(0, "grad"): "3.0"}}, "the gradient of node 0 is -3.0, not 3.0"),
        ({"code": "L = a + b"}, "'L = a + b' with"),
        ({"inputs": [["a", "2.5"]]}, "a is 2.0, and 2.5 in its field"),
    ],
)
def test_a_wrong_number_is_found(changed: dict[str, Any], told: str) -> None:
    assert told in " ".join(wrong_in_graph(graph(**changed)))


# What was found.


def test_seed_1_a_leaf_of_the_graph_before_is_dragged_before_the_example_is_there(
    page: Page,
) -> None:
    figure = page.get_by_role("figure", name="The graph of an expression")
    show_example(figure, "The lecture’s L")
    figure.evaluate(
        """(figure) => {
          figure.querySelector("[data-code='s = 1 / (1 + exp(-x))']").click();
          const leaf = figure.querySelector("[data-node='3'] .card");
          for (const type of ["pointerdown", "pointermove", "pointerup"])
            leaf.dispatchEvent(new PointerEvent(type, { bubbles: true, clientX: 9 }));
        }"""
    )
    expect(figure.locator("[data-node='0']")).to_have_attribute("aria-label", "x")
