"""Cells in the page: run, show, fail, stop, by role and text."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import Watched
from tests.browser.figures import expect_number, expect_step, number, press, wait_until

MODIFIED = "ControlOrMeta+Enter"


@pytest.fixture
def cell(page: Page) -> Locator:
    cell = page.locator("[data-cell=workbench-1]")
    cell.scroll_into_view_if_needed()
    expect(cell.locator(".cm-content")).to_be_visible()
    return cell


def write(cell: Locator, code: str) -> None:
    """Put code into the editor, as a paste does: nothing is indented by itself."""
    editor = cell.locator(".cm-content")
    editor.click()
    editor.press("ControlOrMeta+a")
    editor.press("Delete")
    cell.page.keyboard.insert_text(code)


def run(cell: Locator, code: str) -> None:
    write(cell, code)
    press(cell, "Run")


def begin(cell: Locator, code: str) -> None:
    """Run code that does not end, and wait until Python is at it: before, Stop withdraws it."""
    run(cell, f"print('begun')\n{code}")
    expect(output(cell)).to_contain_text("begun")


def output(cell: Locator) -> Locator:
    return cell.locator("[data-role=output]")


def test_a_cell_shows_what_it_prints_and_the_value_of_its_last_line(cell: Locator) -> None:
    run(cell, "print('hello')\n[1, 2.5]")
    expect(output(cell)).to_contain_text("hello")
    expect(cell.get_by_label("The value of the cell")).to_have_text("[1, 2.5]")


def test_ctrl_enter_runs_and_shift_enter_goes_on(page: Page, cell: Locator) -> None:
    write(cell, "1 + 1")
    cell.locator(".cm-content").press(MODIFIED)
    expect(cell.get_by_label("The value of the cell")).to_have_text("2")
    cell.locator(".cm-content").press("Shift+Enter")
    expect(page.locator("[data-cell=workbench-2] .cm-content")).to_be_focused()


def test_a_value_is_shown_as_a_figure_that_goes_backward(cell: Locator) -> None:
    run(cell, "a = Value(2.0)\nL = a * a + a\nL")
    figure = cell.get_by_role("figure", name="The graph of this cell's value")
    expect_number(number(figure, 2, "data"), 6.0)
    figure.get_by_label("Go to step").press("End")
    expect_number(number(figure, 0, "grad"), 5.0)  # 2a + 1
    press(figure, "Step back")
    expect(figure.locator("[data-part=stages]")).to_contain_text("∂L")


def test_a_leaf_in_the_figure_of_a_cell_is_moved_and_its_text_follows(cell: Locator) -> None:
    run(cell, "a = Value(2.0)\nL = a * a\nL")
    figure = cell.get_by_role("figure", name="The graph of this cell's value")
    expect(figure.locator("[data-node]")).to_have_count(2)  # not that of a test before
    expect_number(number(figure, 1, "data"), 4.0)
    figure.get_by_role("group", name="a", exact=True).press("ArrowUp")
    expect_number(number(figure, 1, "data"), 2.1 * 2.1)
    expect(cell.locator(".cm-content")).to_contain_text("a = Value(2.1)")


def test_a_class_of_the_learners_own_is_drawn(cell: Locator) -> None:
    run(
        cell,
        "class Number:\n"
        "    def __init__(self, data, prev=(), op=''):\n"
        "        self.data, self.grad, self._prev, self._op = data, 0.0, set(prev), op\n"
        "        self.back = lambda: None\n"
        "    def __mul__(self, other):\n"
        "        out = Number(self.data * other.data, (self, other), '*')\n"
        "        def back():\n"
        "            self.grad += other.data * out.grad\n"
        "            other.grad += self.data * out.grad\n"
        "        out.back = back\n"
        "        return out\n"
        "    def backward(self):\n"
        "        self.grad = 1.0\n"
        "        self.back()\n"
        "x, y = Number(3.0), Number(4.0)\n"
        "x * y",
    )
    figure = cell.get_by_role("figure", name="The graph of this cell's value")
    expect_number(number(figure, 2, "data"), 12.0)
    figure.get_by_label("Go to step").press("End")
    expect_number(number(figure, 0, "grad"), 4.0)
    expect_number(number(figure, 1, "grad"), 3.0)


def test_cells_share_their_variables_and_tell_their_order(page: Page, cell: Locator) -> None:
    run(cell, "shared = 41")
    expect(cell.locator("[data-part=number]")).to_have_text(re.compile(r"\[\d+\]"))
    second = page.locator("[data-cell=workbench-2]")
    second.scroll_into_view_if_needed()
    run(second, "shared + 1")
    expect(second.get_by_label("The value of the cell")).to_have_text("42")
    run(cell, "shared = 1")
    expect(second).to_contain_text("Out of date")
    press(second, "Run all above")
    expect(second.get_by_label("The value of the cell")).to_have_text("2")
    expect(second).not_to_contain_text("Out of date")


def test_an_error_is_told_in_words_and_its_line_is_marked(cell: Locator) -> None:
    run(cell, "a = Value(2.0)\nb = a.tahn()")
    expect(cell.get_by_role("alert")).to_contain_text("Did you mean tanh?")
    expect(cell.locator(".cm-content")).to_contain_text("b = a.tahn()")
    expect(cell.locator(".editor-said")).to_contain_text("Error in line 2")


def test_the_way_to_an_error_has_the_learners_lines_alone(cell: Locator) -> None:
    run(cell, "def f(x):\n    return x / 'two'\na = Value(2.0)\nf(a)")
    cell.get_by_text("The way there").click()
    steps = cell.get_by_role("listitem")
    expect(steps.nth(0)).to_have_text("line 4: f(a)")
    expect(steps.nth(1)).to_have_text("line 2 in f: return x / 'two'")
    expect(steps.nth(2)).to_contain_text("in micrograd/engine.py")


def test_an_error_inside_another_cell_tells_which(page: Page, cell: Locator) -> None:
    run(cell, "def far(x):\n    return x.tahn()")
    second = page.locator("[data-cell=workbench-2]")
    second.scroll_into_view_if_needed()
    run(second, "far(Value(2.0))")
    expect(second.get_by_role("alert")).to_contain_text("It happened in line 2 of cell 1.")
    expect(second.locator(".editor-said")).to_contain_text("Error in line 1")


def test_an_exercise_whose_answer_ends_python_is_told_so(page: Page) -> None:
    cell = exercise(page, "tanh")
    write(cell, "import os\nos._exit(1)\n")
    press(cell, "Check")
    expect(cell.get_by_role("alert")).to_contain_text("Python was started anew", timeout=10_000)
    press(cell, "Reset")


def test_stop_ends_a_loop_and_keeps_the_variables(cell: Locator) -> None:
    begin(cell, "kept = 5\nwhile True: pass")
    press(cell, "Stop")
    expect(cell).to_contain_text("Stopped. The variables are still there.", timeout=2_000)
    run(cell, "kept")
    expect(cell.get_by_label("The value of the cell")).to_have_text("5")


ENDLESS = {
    "a loop": "while True: pass",
    "a power": "10**10**8",
    "an expression": "import re\nre.match(r'(a+)+b', 'a' * 40)",
    "a sleep": "import time; time.sleep(9999)",
}


@pytest.mark.parametrize("code", ENDLESS.values(), ids=ENDLESS)
def test_stop_ends_whatever_a_cell_does(cell: Locator, code: str) -> None:
    begin(cell, f"kept = 6\n{code}")
    press(cell, "Stop")
    expect(cell).to_contain_text("Stopped. The variables are still there.", timeout=1_500)
    run(cell, "kept")
    expect(cell.get_by_label("The value of the cell")).to_have_text("6")


def test_what_swallows_every_stop_is_ended_with_its_python_which_starts_anew(page: Page) -> None:
    cell = cell_of(page)
    begin(cell, "while True:\n    try:\n        while True: pass\n    except BaseException: pass")
    press(cell, "Stop")
    expect(cell).to_contain_text("Python had to be started anew", timeout=4_000)
    expect(cell.locator(".cm-content")).to_contain_text("except BaseException: pass")
    run(cell, "1 + 1")
    expect(cell.get_by_label("The value of the cell")).to_have_text("2", timeout=15_000)
    figure = page.get_by_role("figure", name="The graph of an expression")
    figure.get_by_role("button", name="A diamond").click()
    expect_number(number(figure, 0, "data"), 1.5)


def test_the_graph_of_a_python_that_is_gone_says_so_until_its_cell_runs_again(page: Page) -> None:
    cell = cell_of(page)
    run(cell, "a = Value(2.0)\na * 3")
    figure = cell.get_by_role("figure", name="The graph of this cell")
    expect_step(figure, 3)
    other = page.locator("[data-cell=workbench-2]")
    begin(other, "while True:\n    try:\n        while True: pass\n    except BaseException: pass")
    press(other, "Stop")
    expect(other).to_contain_text("Python had to be started anew", timeout=4_000)
    expect(page.locator("html[data-kernel=ready]")).to_be_attached()
    problem = figure.get_by_text("Python was started anew, and has forgotten this graph")
    press(figure, "Step")
    expect(problem).to_be_visible()
    press(cell, "Run")
    expect(problem).to_be_hidden()
    press(figure, "Step")
    expect(figure.locator("[data-part=stages] p").first).to_be_visible()


def test_a_list_that_is_too_large_is_an_error_in_words(cell: Locator) -> None:
    run(cell, "[0] * 10**10")
    expect(cell.get_by_role("alert")).to_contain_text("memory")


def test_a_hundred_million_printed_characters_are_cut_with_a_note(cell: Locator) -> None:
    run(cell, "line = 'x' * 99 + '\\n'\nfor _ in range(1_000_000): print(line, end='')\n'done'")
    expect(cell.get_by_label("The value of the cell")).to_have_text("'done'", timeout=60_000)
    expect(output(cell)).to_contain_text("99,800,000 more characters were not shown")


def test_names_are_completed_from_the_lesson(page: Page, cell: Locator) -> None:
    run(cell, "learning_rate = 0.1\nlearning_rate")
    expect(cell.get_by_label("The value of the cell")).to_have_text("0.1")
    write(cell, "")
    cell.locator(".cm-content").press_sequentially("learn")
    expect(page.get_by_role("option", name="learning_rate")).to_be_visible()
    cell.locator(".cm-content").press("Tab")
    expect(cell.locator(".cm-content")).to_contain_text("learning_rate")


def test_prints_appear_while_a_cell_runs(cell: Locator) -> None:
    begin(cell, "while True: pass")
    press(cell, "Stop")
    expect(cell).to_contain_text("Stopped.")


def test_reset_takes_the_authors_text_and_can_be_undone(cell: Locator) -> None:
    write(cell, "mine = 1")
    press(cell, "Reset")
    expect(cell.locator(".cm-content")).to_contain_text("L = (a * b + 10) * b")
    cell.locator(".cm-content").press("ControlOrMeta+z")
    expect(cell.locator(".cm-content")).to_contain_text("mine = 1")


def test_a_figure_of_a_cell_is_stepped_through_by_keyboard(cell: Locator) -> None:
    run(cell, "a = Value(2.0)\nL = a * 3.0\nL")
    figure = cell.get_by_role("figure", name="The graph of this cell's value")
    expect_step(figure, 3)  # after its forward pass
    figure.get_by_role("group", name="a", exact=True).press("ArrowRight")
    expect_step(figure, 4)
    figure.get_by_role("group", name="a", exact=True).press("Home")
    expect_step(figure, 0)


# What is kept, and what comes by a link.


def test_every_section_has_a_cell(page: Page) -> None:
    for section in ("operations", "graph", "backpropagation", "workbench"):
        assert page.locator(f"#{section} [data-cell]").count() >= 1


def test_a_reload_in_the_middle_of_editing_loses_nothing(fresh: Watched) -> None:
    page = fresh.open()
    cell = cell_of(page)
    write(cell, "mine = 'not lost'")
    page.reload()
    cell.scroll_into_view_if_needed()
    expect(cell.locator(".cm-content")).to_contain_text("mine = 'not lost'")
    press(cell, "Reset")
    page.reload()
    cell.scroll_into_view_if_needed()
    expect(cell.locator(".cm-content")).to_contain_text("L = (a * b + 10) * b")


def test_a_new_text_of_the_lesson_is_told_and_the_visitors_own_stays(fresh: Watched) -> None:
    page = fresh.open()
    cell = cell_of(page)
    write(cell, "mine = 1")
    page.evaluate("dispatchEvent(new Event('pagehide'))")
    page.evaluate(
        """() => {
          const wanted = "cell:workbench/workbench-1";
          const key = Object.keys(localStorage).find((key) => key.endsWith(wanted));
          const { version, value } = JSON.parse(localStorage[key]);
          const older = JSON.stringify({ ...JSON.parse(value), author: "an older text" });
          localStorage[key] = JSON.stringify({ version, value: older });
        }"""
    )
    page.reload()
    cell.scroll_into_view_if_needed()
    expect(cell.locator(".cm-content")).to_contain_text("mine = 1")
    expect(cell.get_by_text("The lesson has a new text for this cell.")).to_be_visible()


def test_cells_are_added_removed_and_brought_back(fresh: Watched) -> None:
    page = fresh.open()
    page.get_by_role("button", name="Add a cell").click()
    added = page.locator("[data-cell=workbench-added-1]")
    run(added, "6 * 7")
    expect(added.get_by_label("The value of the cell")).to_have_text("42")
    page.reload()
    added.scroll_into_view_if_needed()
    expect(added.locator(".cm-content")).to_contain_text("6 * 7")
    press(added, "Remove")
    expect(added.locator(".cm-content")).to_be_hidden()
    press(added, "Bring the cell back")
    expect(added.locator(".cm-content")).to_contain_text("6 * 7")
    press(added, "Remove")
    page.reload()
    expect(page.locator("[data-cell=workbench-1]")).to_be_attached()
    expect(added).to_have_count(0)


def test_the_speed_is_kept_from_visit_to_visit(fresh: Watched) -> None:
    page = fresh.open()
    speed = page.locator("#backpropagation-figure").get_by_label("Speed")
    speed.select_option("2×")
    page.reload()
    expect(speed).to_have_value("2")


DENIED = "Object.defineProperty(window, 'localStorage', {get() { throw new Error('denied'); }})"


def test_where_nothing_may_be_kept_all_works_and_it_is_said_once(fresh: Watched) -> None:
    fresh.page.add_init_script(DENIED)
    page = fresh.open()
    cell = cell_of(page)
    run(cell, "1 + 1")
    expect(cell.get_by_label("The value of the cell")).to_have_text("2")
    write(cell, "1 + 2")
    expect(page.get_by_text("This browser keeps nothing for this page")).to_have_count(1)


HOSTILE = "<img src=x onerror='document.title = 1'><script>document.title = 2</script>"


def test_code_from_a_link_is_shown_and_runs_only_when_it_is_told_to(fresh: Watched) -> None:
    page = fresh.open()
    fragment = page.evaluate(
        """async (code) => {
          const { toFragment } = await import("./static/share.js");
          return toFragment({ section: "workbench", cell: "workbench-1", code, step: 4 });
        }""",
        "print('it ran')\na = Value(2.0)\nL = a * 3.0\nL",
    )
    mine = cell_of(page)
    write(mine, "mine = 1")
    page.evaluate("fragment => { location.hash = fragment; }", fragment)
    linked = page.locator("[data-cell=workbench-added-1]")
    expect(linked.get_by_text("This code came with a link.")).to_be_visible()
    linked.scroll_into_view_if_needed()
    expect(linked.locator(".cm-content")).to_contain_text("print('it ran')")
    expect(page.get_by_text("it ran", exact=True)).to_have_count(0)
    expect(mine.locator(".cm-content")).to_contain_text("mine = 1")
    wait_until(page, "() => location.hash === ''")  # it would come again
    press(linked, "Run")
    expect(linked.get_by_label("What the cell printed")).to_have_text("it ran\n")
    figure = linked.get_by_role("figure", name="The graph of this cell's value")
    expect_step(figure, 4)


def test_what_is_hostile_in_a_link_is_text(fresh: Watched) -> None:
    page = fresh.open()
    title = page.title()
    state = {"section": HOSTILE, "cell": HOSTILE, "code": HOSTILE, "step": HOSTILE}
    fragment = page.evaluate(
        """async (state) => {
          const { toFragment } = await import("./static/share.js");
          return toFragment(state);
        }""",
        state,
    )
    page.evaluate("fragment => { location.hash = fragment; }", fragment)
    linked = page.locator("[data-cell=workbench-added-1]")
    linked.scroll_into_view_if_needed()
    expect(linked.locator(".cm-content")).to_contain_text(HOSTILE)
    expect(page.locator(".cell img, .cell script")).to_have_count(0)
    assert page.title() == title


def test_a_cell_that_runs_for_long_says_how_to_end_it(cell: Locator) -> None:
    run(cell, "while True: pass")
    expect(cell).to_contain_text("Still running. Stop ends it.", timeout=15_000)
    press(cell, "Stop")
    expect(cell).to_contain_text("Stopped.")


@pytest.mark.parametrize("hash", ["share=1.AAAA", "share=", "share=9.abc", "share=1.%00<img>"])
def test_a_damaged_link_gives_a_sentence_and_the_normal_page(fresh: Watched, hash: str) -> None:
    page = fresh.open(f"#{hash}")
    expect(page.locator("#workbench > .notice")).to_contain_text(re.compile("link", re.IGNORECASE))
    expect(page.locator("[data-cell=workbench-added-1]")).to_have_count(0)


@pytest.mark.context(permissions=["clipboard-read", "clipboard-write"])
def test_a_link_is_copied_and_brings_the_code_to_another_visitor(fresh: Watched) -> None:
    page = fresh.open()
    cell = cell_of(page)
    write(cell, "answer = 42\nanswer")
    press(cell, "Copy link")
    expect(cell).to_contain_text("The link is on the clipboard.")
    link = page.evaluate("navigator.clipboard.readText()")
    assert "#share=1." in link
    page.evaluate("localStorage.clear()")
    page.goto(link)
    page.reload()
    linked = page.locator("[data-cell=workbench-added-1]")
    linked.scroll_into_view_if_needed()
    expect(linked.locator(".cm-content")).to_contain_text("answer = 42")


def cell_of(page: Page) -> Locator:
    cell = page.locator("[data-cell=workbench-1]")
    cell.scroll_into_view_if_needed()
    expect(cell.locator(".cm-content")).to_be_visible()
    return cell


# Exercises.


def exercise(page: Page, name: str) -> Locator:
    cell = page.locator(f"[data-exercise={name}]")
    cell.scroll_into_view_if_needed()
    expect(cell.locator(".cm-content")).to_contain_text("def ", timeout=15_000)
    return cell


def test_an_exercise_says_what_is_wrong_gives_hints_and_takes_the_solution(fresh: Watched) -> None:
    page = fresh.open()
    cell = exercise(page, "tanh")
    press(cell, "Check")
    verdict = cell.locator("[data-part=answer-verdict]")
    expect(verdict).to_contain_text("still the three points")
    while cell.get_by_role("button", name="Hint").is_visible():
        press(cell, "Hint")
    assert cell.locator("[data-part=hints] li").count() >= 2
    cell.evaluate(
        """cell => ["solution", "check"].forEach(
            (name) => cell.querySelector(`[data-do=${name}]`).click()
        )"""
    )
    expect(verdict).to_have_text("This is right.")  # the second click did not overtake the first
    page.reload()
    cell = exercise(page, "tanh")
    expect(cell.locator("[data-part=answer-verdict]")).to_have_text("Solved.")


def test_a_wrong_answer_gets_its_own_sentence_with_the_learners_numbers(page: Page) -> None:
    cell = exercise(page, "tanh")
    write(cell, "import math\n\n\ndef slope_of_tanh(x):\n    return math.tanh(x)\n")
    press(cell, "Check")
    expect(cell.locator("[data-part=answer-verdict]")).to_contain_text("should be")
    press(cell, "Reset")


def test_an_answer_that_does_not_end_is_stopped(page: Page) -> None:
    cell = exercise(page, "tanh")
    write(cell, "def slope_of_tanh(x):\n    while True: pass\n")
    press(cell, "Check")
    press(cell, "Stop")
    expect(cell.locator("[data-part=answer-verdict]")).to_contain_text("Stopped.")
    press(cell, "Reset")


# Files.


@pytest.mark.parametrize("kind", ["py", "ipynb"])
def test_cells_are_exported_and_imported_again(fresh: Watched, kind: str, tmp_path: Path) -> None:
    page = fresh.open()
    write(cell_of(page), "mine = 'exported'")
    with page.expect_download() as download:
        press(page.locator("#workbench"), f"Export as .{kind}")
    file = tmp_path / download.value.suggested_filename
    download.value.save_as(file)
    assert "mine = 'exported'" in file.read_text()
    page.get_by_label("A notebook or a Python file").set_input_files(file)
    expect(page.get_by_text("cells were added.")).to_be_visible()
    added = page.locator("[data-cell=workbench-added-1]")
    added.scroll_into_view_if_needed()
    expect(added.locator(".cm-content")).to_contain_text("mine = 'exported'")


def test_a_file_that_is_no_notebook_is_told_so(fresh: Watched, tmp_path: Path) -> None:
    page = fresh.open()
    file = tmp_path / "picture.png"
    file.write_bytes(b"\x89PNG\r\n")
    page.get_by_label("A notebook or a Python file").set_input_files(file)
    expect(page.locator("#workbench > .notice")).to_contain_text("Choose a notebook")


def test_a_network_is_drawn_told_and_opened(page: Page, cell: Locator) -> None:
    run(cell, "from micrograd.nn import MLP\nnet = MLP(2, [3, 1], activation='tanh', seed=4)\nnet")
    drawn = cell.get_by_role("group", name="The network of this cell’s value")
    expect(drawn.get_by_role("button", name="Output")).to_have_count(0)  # nothing to be pressed
    expect(drawn.locator("[data-neuron]")).to_have_count(4)
    expect(drawn.get_by_role("group", name="Wires")).to_be_hidden()  # all gradients are 0
    first = drawn.locator("[data-neuron='1-0']")
    first.focus()
    expect(drawn.get_by_role("status")).to_contain_text(
        "layers.0.neurons.0: w = [−0.5279, −0.7937]"
    )
    first.press("ArrowLeft")
    expect(drawn.get_by_role("status")).to_have_text("layers.0.neurons.0.w.0 = −0.5279, gradient 0")
    run(cell, "net([1.0, 2.0]).backward()\nnet")
    expect(drawn.get_by_role("group", name="Wires")).to_be_visible()
    drawn.get_by_role("radio", name="gradients").check()
    press(drawn, "Open it in Neural networks")
    figure = page.get_by_role("figure", name="A neural network")
    expect(figure.get_by_text("13 parameters")).to_be_visible()
    expect(figure.get_by_role("row", name="layers.0.neurons.0.w.0")).to_contain_text("−0.5279")
    press(figure, "The lecture’s MLP")
    run(cell, "1 + 1")
    expect(drawn).to_be_hidden()
