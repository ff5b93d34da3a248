"""Robots play for a minute and more, and what robots have found stays found: each with its seed."""

from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import Watched
from tests.browser.figures import press, show_example
from tests.robot.longday import RESTART
from tests.robot.measure import run
from tests.robot.numbers import wrong_in_graph
from tests.robot.player import home_of, play

SECONDS = 25


@pytest.mark.parametrize("seed", [9, 10, 15], ids=home_of)
def test_a_robot_that_does_anything_finds_nothing_wrong(
    browser: Browser, site: str, seed: int
) -> None:
    run = play(browser, site, seed, SECONDS)
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


@pytest.fixture
def waiting(fresh: Watched) -> Page:
    """A page whose controls answer while Python is on its way."""
    fresh.page.context.route("**/python_stdlib.zip", lambda route: None)  # it never comes
    page = fresh.open(ready=False)
    expect(page.locator("html[data-page=ready][data-kernel=loading]")).to_be_attached()
    return page


@pytest.mark.cold
def test_seeds_7_and_8_controls_of_figures_that_have_no_answer_yet(waiting: Page) -> None:
    graph = waiting.get_by_role("figure", name="The graph of an expression")
    for tool in ("Fit", "Zoom in", "Copy SVG", "Save PNG", "Highlight path"):
        press(graph, tool)
    network = waiting.get_by_role("figure", name="A neural network")
    for name in ("New weights", "The lecture’s MLP", "Train 1 step", "Undo"):
        press(network, name)
    network.get_by_role("radio", name="2").check(force=True)
    network.get_by_label("Seed").fill("4")
    network.get_by_label("Seed").press("Enter")
    assert waiting.locator("html").get_attribute("data-kernel") == "loading"


@pytest.mark.cold
def test_seed_9_a_call_that_gets_no_answer_ends_in_silence(waiting: Page) -> None:
    training = waiting.get_by_role("figure", name="Training a network")
    training.get_by_text("Take it away").click()
    press(training, "PyTorch program")
    waiting.evaluate(RESTART)
    expect(waiting.locator("html[data-kernel=loading]")).to_be_attached()


def test_a_seed_that_is_no_whole_number_is_told_and_new_weights_come_all_the_same(
    page: Page,
) -> None:
    figure = page.get_by_role("figure", name="A neural network")
    figure.scroll_into_view_if_needed()
    expect(figure.get_by_role("button", name="Output:")).to_be_visible(timeout=20_000)
    field = figure.get_by_label("Seed")
    field.fill("1e3")
    field.press("Enter")
    expect(figure.get_by_text("A seed is a whole number, such as 3.")).to_be_visible()
    press(figure, "New weights")
    expect(field).to_have_value("4")
    press(figure, "The lecture’s MLP")
    expect(field).to_have_value("3")


def test_seed_6_a_layer_is_removed_once_however_fast_its_button_is_pressed(page: Page) -> None:
    figure = page.get_by_role("figure", name="A neural network")
    figure.scroll_into_view_if_needed()
    press(figure, "The lecture’s MLP")
    remove = figure.get_by_role("button", name="Remove layer 2")
    expect(remove).to_be_visible(timeout=20_000)
    remove.evaluate("button => { for (let i = 0; i < 8; i++) button.click(); }")
    expect(remove).to_have_count(0)
    expect(figure.get_by_role("button", name="Remove layer 1")).to_be_visible()
    press(figure, "The lecture’s MLP")
    expect(remove).to_be_visible()


@pytest.mark.cold
def test_seed_7_a_cell_that_closes_its_worker_ends_python_and_another_one_answers(
    fresh: Watched,
) -> None:
    page = fresh.open()
    cell = page.locator("[data-cell=operations-1]")
    cell.scroll_into_view_if_needed()
    cell.locator(".cm-content").fill("import js\njs.close()")
    press(cell, "Run")
    expect(cell).to_contain_text("This ended Python itself.")
    expect(page.locator("html[data-kernel=ready]")).to_be_attached(timeout=20_000)
    assert run(page, "6 * 7") == "42"


@pytest.mark.cold
def test_seed_10_a_training_that_python_does_not_know_yet_is_not_asked_of_it(
    waiting: Page,
) -> None:
    """What is clicked meanwhile is left out: Python would say that it has no such training."""
    waiting.evaluate("globalThis.asked = []")
    waiting.evaluate(
        """() => {
          const post = Worker.prototype.postMessage;
          Worker.prototype.postMessage = function (message, ...more) {
            asked.push(message.method);
            return post.call(this, message, ...more);
          };
        }"""
    )
    training = waiting.get_by_role("figure", name="Training a network")
    training.scroll_into_view_if_needed()
    for name in ("Step", "New weights", "Play", "Step back", "Reset"):
        press(training, name)
    waiting.context.unroute("**/python_stdlib.zip")
    waiting.evaluate(RESTART)
    expect(training.locator("[data-text=train_loss]")).not_to_be_empty(timeout=30_000)
    methods = [method for method in waiting.evaluate("asked") if method]
    trainings = [method for method in methods if method.startswith("training_")]
    assert trainings[0] == "training_open"
