"""The engine as files to be edited: put in force, checked, refused and restored."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, Route, expect

import micrograd
from tests.browser.axe import violations
from tests.browser.conftest import Watched
from tests.browser.figures import expect_number, expect_step, number, press, show_example
from tests.browser.test_cells import output, run

FOLDER = Path(micrograd.__file__).parent
ENGINE, NN = ((FOLDER / name).read_text(encoding="utf-8") for name in ("engine.py", "nn.py"))
OVERWRITE = ENGINE.replace("operand.grad += local", "operand.grad = local")
SINE = ENGINE.replace("math.tanh(self.data)", "math.sin(self.data)")
END = ENGINE.count("\n")


@pytest.fixture
def files(page: Page) -> Iterator[Locator]:
    """The engine's part of the page, with both files open."""
    files = page.locator("#engine")
    files.scroll_into_view_if_needed()
    for summary in files.locator("summary").all():
        if not summary.evaluate("summary => summary.parentElement.open"):
            summary.click()
    expect(files.locator(".cm-content")).to_have_count(2)
    yield files
    press(files, "Restore the original")
    expect(files).to_contain_text("The original engine is in force.")


def write(files: Locator, name: str, text: str) -> None:
    editor = files.get_by_role("textbox", name=f"micrograd/{name}, editable")
    editor.click()
    editor.press("ControlOrMeta+a")
    editor.press("Delete")
    files.page.keyboard.insert_text(text)


def use(files: Locator, text: str, name: str = "engine.py") -> None:
    write(files, name, text)
    press(files, "Use this engine")


def badge(page: Page) -> Locator:
    return page.get_by_role("status").filter(has_text="The page runs on your engine")


def backpropagation(page: Page) -> Locator:
    return page.get_by_role("figure", name="Backpropagation, step by step")


def test_an_engine_that_overwrites_shows_in_the_figures_the_check_and_the_table(
    page: Page, files: Locator
) -> None:
    figure = backpropagation(page)
    show_example(figure, "A reused node")
    figure.get_by_label("Go to step").press("End")
    expect_number(number(figure, 0, "grad"), -3.0)  # b·e + d = 3 - 6
    use(files, OVERWRITE)
    expect(badge(page)).to_be_visible()
    expect_number(number(figure, 1, "grad"), -2.0)  # a·e alone: it was written last
    expect_number(number(figure, 0, "grad"), 3.0)  # b·e
    expect(figure.locator(".source .running")).to_contain_text("operand.grad = local * self.grad")

    press(files, "Check gradients")
    check = page.get_by_role("figure", name="Gradient check")
    expect(check.get_by_role("status").first).to_contain_text("Wrong: accumulation.")
    expect(check.get_by_role("row").nth(1)).to_have_text("a + aaccumulationa21✗ wrong")
    wrong = check.locator("[data-part=wrong]")
    expect(wrong.locator("[data-node='0'] .grad.wrong [data-role=grad]")).to_have_text("1")
    expect(wrong.locator("[data-edge='0-1-1'].wrong")).to_be_attached()
    expect(check).to_contain_text("It overwrites the 1 that was there.")
    press(check, "Step back")
    expect_step(check, 4)
    expect(wrong.locator(".wrong")).to_have_count(0)

    page.get_by_role("banner").get_by_role("button", name="Restore").click()
    expect(badge(page)).to_have_count(0)
    expect(check).to_be_hidden()
    expect_number(number(figure, 0, "grad"), -3.0)
    expect(figure.locator(".source .running")).to_contain_text("operand.grad += local")
    editor = files.get_by_role("textbox", name="micrograd/engine.py, editable")
    expect(files.locator("summary").first).not_to_contain_text("changed")
    editor.press("ControlOrMeta+z")  # the visitor's text is not lost
    expect(files.locator("summary").first).to_contain_text("changed, not in force yet")


def test_the_check_of_the_original_finds_every_number_right(page: Page, files: Locator) -> None:
    press(files, "Check gradients")
    check = page.get_by_role("figure", name="Gradient check")
    expect(check.get_by_role("status").first).to_have_text("Every number is right.")
    expect(check.get_by_role("row").nth(1)).to_contain_text("✓ right")
    check.get_by_role("checkbox", name="Only what is not right").check()
    expect(check.get_by_role("row")).to_have_count(1)  # the heading
    expect(check.get_by_role("button", name="Backward pass")).to_be_hidden()


def test_an_engine_with_a_wrong_tanh_is_named_and_moves_the_operation(
    page: Page, files: Locator
) -> None:
    figure = page.get_by_role("figure", name="One operation, forward and backward")
    figure.get_by_role("radio", name="tanh a").check()
    figure.get_by_label("a, as a number").fill("2")
    expect_number(number(figure, 1, "data"), 0.9640275800758169)  # tanh 2
    write(files, "engine.py", SINE)
    press(files, "Check gradients")  # which puts it in force
    expect_number(number(figure, 1, "data"), 0.9092974268256817)  # sin 2
    check = page.get_by_role("figure", name="Gradient check")
    expect(check.get_by_role("status").first).to_contain_text("Wrong: tanh.")
    expect(check.locator("[data-part=wrong] .data.wrong")).to_contain_text("0.4794")  # sin 0.5


def test_a_syntax_error_is_told_with_its_line_and_everything_works_on(
    page: Page, files: Locator
) -> None:
    use(files, OVERWRITE)
    expect(badge(page)).to_be_visible()
    use(files, ENGINE + "\nclass Broken\n")
    says = f"micrograd/engine.py, line {END + 2}: A colon is missing here."
    expect(files.get_by_role("alert")).to_contain_text(says)
    expect(files).to_contain_text("This engine is not in force: the one before is.")
    expect(files.locator(".editor-said").first).to_contain_text(f"Error in line {END + 2}")
    figure = backpropagation(page)
    show_example(figure, "A reused node")
    figure.get_by_label("Go to step").press("End")
    expect_number(number(figure, 0, "grad"), 3.0)  # as the engine before has it


@pytest.mark.parametrize(
    ("end", "says"),
    [
        ("print('begun')\n1 / 0\n", f"line {END + 3}: ZeroDivisionError: division by zero"),
        ("print('begun')\nwhile True: pass\n", f"line {END + 3}: This ran for longer than 5"),
    ],
)
def test_an_engine_that_stops_or_never_ends_at_import_is_told_with_what_it_printed(
    page: Page, files: Locator, end: str, says: str
) -> None:
    use(files, f"{ENGINE}\n{end}")
    expect(files.get_by_role("alert")).to_contain_text(says, timeout=10_000)
    expect(files.get_by_role("group", name="What the engine printed")).to_have_text("begun\n")
    expect(badge(page)).to_have_count(0)
    figure = page.get_by_role("figure", name="One operation, forward and backward")
    figure.get_by_role("radio", name="a × b").check()
    figure.get_by_label("a, as a number").fill("3")
    figure.get_by_label("b, as a number").fill("-2")
    expect_number(number(figure, 2, "data"), -6.0)


def test_an_engine_that_cannot_be_interrupted_is_ended_and_told(fresh: Watched) -> None:
    page = fresh.open()
    files = page.locator("#engine")
    files.locator("summary").first.click()
    expect(files.locator(".cm-content").first).to_be_visible()
    swallow = "while True:\n    try:\n        while True: pass\n    except BaseException: pass\n"
    use(files, f"{ENGINE}\n{swallow}")
    says = "This took too long, and Python had to be started anew: run the cells above again."
    state = files.locator("[data-part=state]")
    expect(state).to_have_text(f"{says} The original engine is in force.", timeout=15_000)
    figure = page.get_by_role("figure", name="One operation, forward and backward")
    expect(page.locator("html")).to_have_attribute("data-kernel", "ready", timeout=20_000)
    figure.get_by_label("a, as a number").fill("3")
    expect_number(number(figure, 2, "data"), -9.0)  # 3 · (−3)


def test_a_figure_whose_operation_stops_says_in_which_line(page: Page, files: Locator) -> None:
    figure = page.get_by_role("figure", name="One operation, forward and backward")
    figure.get_by_role("radio", name="tanh a").check()
    use(files, ENGINE.replace("math.tanh(self.data)", "math.tanh(self.date)"))
    expect(figure.get_by_role("alert")).to_contain_text("of your engine.py.")
    press(files, "Restore the original")
    expect(figure.get_by_role("alert")).to_have_count(0)


def test_cells_run_on_the_edited_engine_and_its_nn(page: Page, files: Locator) -> None:
    cell = page.locator("[data-cell=workbench-1]")
    code = (
        "from micrograd.nn import MLP\nimport micrograd.nn\n"
        "a = Value(3.0)\nb = a + a\nb.backward()\n"
        "[a.grad, type(MLP(2, [1]).parameters()[0]) is Value, hasattr(micrograd.nn, 'mine')]"
    )
    value = cell.get_by_label("The value of the cell")
    cell.scroll_into_view_if_needed()
    run(cell, code)
    expect(value).to_have_text("[2.0, True, False]")
    write(files, "nn.py", NN + "\nmine = 1\n")
    use(files, OVERWRITE)
    expect(cell).to_contain_text("The engine has changed: run this again.")
    press(cell, "Run")
    expect(value).to_have_text("[1.0, True, True]")
    press(files, "Restore the original")
    expect(cell).to_contain_text("The engine has changed: run this again.")
    press(cell, "Run")
    expect(value).to_have_text("[2.0, True, False]")
    run(cell, "print('done')")
    expect(output(cell)).to_contain_text("done")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_with_an_engine_in_force(page: Page, files: Locator, scheme: str) -> None:
    page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
    use(files, OVERWRITE)
    expect(badge(page)).to_be_visible()
    press(files, "Check gradients")
    expect(page.get_by_role("figure", name="Gradient check")).to_be_visible()
    assert violations(page) == []
    use(files, ENGINE + "\nprint('x')\nclass Broken\n")
    expect(files.get_by_role("alert")).to_be_visible()
    assert violations(page, "#engine") == []
    page.emulate_media(color_scheme=None)


def test_a_new_python_runs_on_the_original_and_keeps_the_text(fresh: Watched) -> None:
    page = fresh.open()
    files = page.locator("#engine")
    files.locator("summary").first.click()
    expect(files.locator(".cm-content").first).to_be_visible()
    use(files, OVERWRITE)
    expect(badge(page)).to_be_visible()
    page.evaluate("import('/static/kernel/kernel.js').then((kernel) => kernel.restart())")
    expect(files).to_contain_text("Python was started anew, on the original engine.")
    expect(badge(page)).to_have_count(0)
    expect(files.locator("summary").first).to_contain_text("changed, not in force yet")
    figure = backpropagation(page)
    expect(page.locator("html")).to_have_attribute("data-kernel", "ready", timeout=20_000)
    show_example(figure, "A reused node")
    figure.get_by_label("Go to step").press("End")
    expect_number(number(figure, 0, "grad"), -3.0)
    expect(figure.locator(".source .running")).to_contain_text("operand.grad += local")


@pytest.mark.context(viewport={"width": 360, "height": 640}, has_touch=True, is_mobile=True)
def test_the_engine_and_its_check_fit_a_small_phone(fresh: Watched) -> None:
    page = fresh.open()
    files = page.locator("#engine")
    files.locator("summary").first.click()
    expect(files.locator(".cm-content").first).to_be_visible()
    use(files, OVERWRITE)
    press(files, "Check gradients")
    expect(page.get_by_role("figure", name="Gradient check")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") == 360


def test_files_that_come_late_are_waited_for(fresh: Watched) -> None:
    held: list[Route] = []
    fresh.page.route("**/micrograd/nn.py", lambda route: held.append(route))
    page = fresh.open()
    page.locator("#engine").scroll_into_view_if_needed()
    while not held:
        page.wait_for_timeout(50)
    page.wait_for_timeout(1000)
    for route in held:
        route.continue_()
    summary = page.locator("#engine summary", has_text="nn.py")
    summary.click()
    editor = page.get_by_role("textbox", name="micrograd/nn.py, editable")
    expect(editor).to_contain_text("class Module")
