"""The lessons in the page: their cells do there what they do in CPython."""

import re
from itertools import pairwise
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from app.course import LESSONS
from tests.browser.conftest import Watched
from tests.browser.figures import wait_until
from tests.lessons import live_cells, plain

NUMBER = re.compile(r"-?\d+(?:\.\d+)?(?:e[+-]?\d+)?")


def test_every_cell_prints_what_it_prints_in_cpython(fresh: Watched) -> None:
    page = fresh.open()
    for lesson in LESSONS:
        for name, (printed, _) in plain(lesson).items():
            expected = printed.strip()
            live = name in live_cells(lesson)
            cell = page.locator(f"[data-cell={name}]")
            cell.scroll_into_view_if_needed()
            cell.get_by_role("button", name="Run", exact=True).click()
            last = cell.locator("[data-part=number]")
            expect(last).to_have_text(re.compile(r"\[\d+\]"))
            shown = cell.locator("[data-part=printed]").inner_text().strip()
            assert NUMBER.sub("#", shown) == NUMBER.sub("#", expected)
            # Their libraries may differ in the last bit of tanh and exp.
            numbers = [float(text) for text in NUMBER.findall(expected)]
            if live:
                continue  # the times are those of the machine
            assert [float(text) for text in NUMBER.findall(shown)] == pytest.approx(numbers)


def test_a_choice_is_told_and_opens_the_answer(fresh: Watched) -> None:
    page = fresh.open()
    question = page.get_by_role("group", name="How much does c change if a grows by 1?")
    expect(question.get_by_text("counts b times")).to_be_hidden()
    question.get_by_role("radio", name="by −6").focus()
    page.keyboard.press("Space")
    expect(question.get_by_role("status")).to_have_text(
        "No. That is c. The question is how much it changes."
    )
    expect(question.get_by_text("counts b times")).to_be_visible()
    page.keyboard.press("ArrowUp")
    expect(question.get_by_role("status")).to_have_text("Yes.")


def test_what_was_chosen_is_there_at_the_next_visit(fresh: Watched) -> None:
    page = fresh.open()
    choice = page.get_by_role("group", name="How many nodes").get_by_role("radio", name="4")
    choice.check()
    kept = "() => Object.values(localStorage).some((text) => text.includes('question-nodes'))"
    wait_until(page, kept)
    page.reload()
    expect(choice).to_be_checked()
    question = page.locator("#question-nodes")
    expect(question.get_by_role("status")).to_contain_text("Every operation makes a node, too.")
    expect(question.get_by_text("Brackets make no node")).to_be_hidden()
    other = page.locator("#question-derivative")
    expect(other.get_by_role("status")).to_have_text("")
    assert other.locator("input:checked").count() == 0


def test_a_choice_that_a_lesson_no_longer_has_is_forgotten(fresh: Watched) -> None:
    page = fresh.open()
    keep = f"import('{fresh.site}static/storage.js').then((storage) => storage.keep"
    page.evaluate(f"""{keep}("choices", {{"question-nodes": "5", "no-question": "1"}}))""")
    page.reload()
    expect(page.locator("html[data-page=ready]")).to_be_attached(timeout=30_000)
    assert page.locator("#question-nodes input:checked").count() == 0


@pytest.mark.context(java_script_enabled=False)
def test_without_javascript_the_answer_can_be_opened(fresh: Watched) -> None:
    page = fresh.open(ready=False)
    question = page.locator("#question-nodes")
    question.locator("summary").click()
    expect(question.get_by_text("Brackets make no node")).to_be_visible()
    fresh.expect_only("csp")  # what is preloaded is not wanted


@pytest.mark.parametrize("width", [1280, 360])
def test_an_answer_is_opened_by_its_link(fresh: Watched, width: int) -> None:
    fresh.page.set_viewport_size({"width": width, "height": 900})
    page = fresh.open("#why-topological-order")
    heading = page.get_by_role("heading", name="Why does the order matter?")
    expect(heading).to_be_in_viewport()


def test_a_term_is_explained_on_hover_and_on_focus(page: Page) -> None:
    term = page.locator("#graph a.term", has_text="operand")
    definition = page.get_by_role("tooltip")
    term.scroll_into_view_if_needed()
    term.hover()
    expect(definition).to_have_text(re.compile("A value that an operation takes in"))
    definition.hover()  # the pointer may go there
    expect(definition).to_be_visible()
    page.mouse.move(5, 5)
    expect(definition).to_be_hidden()
    page.keyboard.press("Tab")  # so that what is focused next is so by keyboard
    term.focus()
    expect(definition).to_be_visible()
    assert term.get_attribute("aria-describedby") == "definition"
    page.keyboard.press("Escape")
    expect(definition).to_be_hidden()
    expect(term).to_be_focused()


@pytest.mark.context(has_touch=True, viewport={"width": 360, "height": 640})
def test_a_tap_explains_a_term_and_another_one_leads_to_the_glossary(fresh: Watched) -> None:
    page = fresh.open()
    term = page.locator("#operations a.term", has_text="local derivative")
    definition = page.get_by_role("tooltip")
    term.tap()
    expect(definition).to_have_text(re.compile("How fast the result of one operation changes"))
    box = definition.bounding_box()
    assert box
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= 360
    assert "#" not in page.url
    term.tap()
    expect(page).to_have_url(re.compile("#term-local-derivative$"))
    expect(page.locator("#term-local-derivative")).to_be_in_viewport()
    expect(definition).to_be_hidden()


# Where the focus is, and whether that changes how it, or something around or beside it, looks.
FOCUS = """() => {
  const looks = (element) => {
    const around = [element.nextElementSibling, ...element.querySelectorAll("*")];
    for (let e = element; e; e = e.parentElement) around.push(e);
    return around.map((e) => {
      const s = e && getComputedStyle(e);
      return s && [s.outlineStyle, s.outlineWidth, s.stroke, s.strokeWidth, s.fill].join();
    }).join(";");
  };
  const here = document.activeElement;
  const before = window.visited;
  if (here === document.body || here === before) return null;
  const isSeen = !before?.isConnected || looks(before) !== window.looked;
  window.visited = here;
  window.looked = looks(here);
  const follows = !before?.isConnected // an editor has taken the place of a plain field
    || before.compareDocumentPosition(here) & Node.DOCUMENT_POSITION_FOLLOWING;
  const name = `${here.tagName} ${here.id} ${here.className} ${here.textContent.slice(0, 40)}`;
  const isLast = Boolean(here.closest("footer"));
  return {name, follows: Boolean(follows), isSeen, isLast};
}"""
IS_THERE = """() => {
  const {top, bottom} = document.activeElement.getBoundingClientRect();
  return bottom > 0 && top < innerHeight;
}"""


def next_stop(page: Page) -> dict[str, Any] | None:
    """Press Tab, and return what has the focus then; an editor may just take a field's place."""
    page.keyboard.press("Tab")
    for _ in range(20):
        if stop := page.evaluate(FOCUS):
            return dict(stop)
        page.wait_for_timeout(100)
    return None


def is_there(page: Page) -> bool:
    """Tell whether what has the focus is in the window, or comes there in a moment."""
    for _ in range(20):
        if page.evaluate(IS_THERE):
            return True
        page.wait_for_timeout(100)
    return False


def test_tab_goes_through_the_whole_course_in_the_order_of_reading(fresh: Watched) -> None:
    page = fresh.open()
    first = next_stop(page)
    assert first
    stops = [first]
    while not stops[-1]["isLast"]:
        if stops[-1]["name"].startswith("DIV") and "cm-content" in stops[-1]["name"]:
            page.keyboard.press("Escape")  # the next Tab leaves the editor, as it says
        stop = next_stop(page)
        assert stop, f"nothing has the focus after {stops[-1]['name']}"
        assert stop["follows"], f"{stop['name']} comes after {stops[-1]['name']}"
        assert stop["isSeen"], f"nobody sees that {stops[-1]['name']} has the focus"
        assert is_there(page), f"{stop['name']} has the focus outside of the window"
        stops.append(stop)
    assert len(stops) > 100


def test_headings_are_a_table_of_contents(page: Page) -> None:
    levels = [
        int(tag[1])
        for tag in page.locator("h1, h2, h3, h4").evaluate_all(
            "found => found.filter((each) => each.checkVisibility()).map((each) => each.tagName)"
        )
    ]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))
    assert levels.count(2) >= len(LESSONS)
