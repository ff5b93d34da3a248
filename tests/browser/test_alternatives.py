"""What a screen reader finds in each figure: it follows the steps, in the accessibility tree."""

import re

from playwright.sync_api import Locator, Page, expect

from tests.browser.figures import expect_step, press


def go_to(figure: Locator, step: int) -> None:
    figure.get_by_label("Go to step").fill(str(step))
    expect_step(figure, step)


def test_a_graph_tells_only_what_has_been_computed(page: Page) -> None:
    figure = page.get_by_role("figure", name="Backpropagation, step by step")
    expect(figure.locator("[data-node='6']")).to_be_attached(timeout=20_000)
    graph = figure.get_by_role("group", name="Graph of L = (a*b + c) * f")
    for step, told in {
        0: ["a", "b", "c", "f", "a × b", "a × b + c", "L"],
        2: ["a: a data 2", "b: b data −3", "c", "f", "a × b", "a × b + c", "L"],
        7: ["a: a data 2", "a × b + c: a × b + c + data 4", "L: L × data −8"],
        8: ["a: a data 2", "a × b + c: a × b + c + data 4", "L: L × data −8 grad 1"],
        9: ["c: c data 10", "a × b + c: a × b + c + data 4 grad −2", "L: L × data −8 grad 1"],
    }.items():
        go_to(figure, step)
        nodes = [
            line.replace('"', "") for line in re.findall("- group (.+)", graph.aria_snapshot())
        ]
        assert set(told) <= set(nodes), f"at step {step}: {nodes}"
    step_back = figure.get_by_role("button", name="Step back")
    for _ in range(9):
        step_back.click()
    assert "data" not in graph.aria_snapshot()
    go_to(figure, 7)


def test_an_operation_tells_its_local_derivatives_when_they_are_there(page: Page) -> None:
    figure = page.get_by_role("figure", name="One operation, forward and backward")
    figure.get_by_role("radio", name="a × b").check()
    graph = figure.get_by_role("group", name="Graph of c = a * b")
    press(figure, "Reset")
    assert "∂c/∂a" not in graph.aria_snapshot()
    for _ in range(5):
        press(figure, "Step")
    assert "∂c/∂a = −3" in graph.aria_snapshot()
    assert "∂c/∂b" not in graph.aria_snapshot()
    press(figure, "Step")
    assert "∂c/∂b = 2" in graph.aria_snapshot()


def test_both_graphs_of_an_accident_tell_where_they_part(page: Page) -> None:
    figure = page.get_by_role("figure", name="Four classic accidents")
    right = figure.get_by_role("group", name="Overwriting instead of adding: as it should be")
    wrong = figure.get_by_role("group", name="Overwriting instead of adding: the accident")
    go_to(figure, 0)
    assert "data" not in right.aria_snapshot() + wrong.aria_snapshot()
    go_to(figure, 5)
    assert 'group "a": a data 3 grad 2' in right.aria_snapshot()
    assert 'group "a": a data 3 grad 1' in wrong.aria_snapshot()
    expect(figure.get_by_role("status")).to_contain_text(["a: 1 should be 2."])


def test_a_node_that_has_the_focus_is_seen_before_its_step(page: Page) -> None:
    figure = page.get_by_role("figure", name="Backpropagation, step by step")
    go_to(figure, 0)
    page.keyboard.press("Tab")
    leaf = figure.locator("[data-node='0']")
    expect(leaf.locator(".body")).to_have_css("opacity", "0")
    leaf.focus()
    expect(leaf.locator(".body")).to_have_css("opacity", "1")
    expect(leaf.locator(".data")).to_have_css("opacity", "0")
    go_to(figure, 7)


def test_a_network_tells_its_weights_at_once_and_the_rest_by_steps(page: Page) -> None:
    figure = page.get_by_role("figure", name="A neural network")
    figure.scroll_into_view_if_needed()
    weight = figure.locator("[data-weight='1-0-0']")
    neuron = figure.locator("[data-neuron='1-0']")
    expect(weight).to_be_attached(timeout=20_000)
    go_to(figure, 0)
    expect(weight).to_have_accessible_name("Weight 1 of neuron 1 of layer 1, −0.5241")
    expect(neuron).to_have_accessible_name("Neuron 1 of layer 1: h1.1 grad")
    press(figure, "Step")
    press(figure, "Step")
    expect(neuron).to_have_accessible_name("Neuron 1 of layer 1: h1.1 −0.4798 grad")
    figure.get_by_label("Go to step").press("End")
    expect(weight).to_have_accessible_name(re.compile(", −0.5241 grad −0.1493$"))
    expect(neuron).to_have_accessible_name(re.compile("h1.1 −0.4798 grad −0.09695$"))


def test_a_training_tells_its_step_its_losses_and_its_curve(page: Page) -> None:
    figure = page.locator("[data-figure=training]")
    figure.scroll_into_view_if_needed()
    curve = figure.get_by_role("slider", name="Loss over the epochs")
    expect(curve).to_have_attribute("aria-valuetext", re.compile(r"^epoch 0: training 0\.\d+"))
    press(figure, "Step")
    expect(figure.locator("output[for=training-history]")).to_have_text("step 25 of 25")
    expect(curve).to_have_attribute("aria-valuetext", re.compile(r"^epoch 1: training 0\.\d+"))
    told = figure.aria_snapshot()
    for line in ('definition: "25"', "term: Test accuracy", 'row "is −1 '):
        assert line in told, line
    press(figure, "Reset")
