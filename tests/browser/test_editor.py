"""The editor of code: before and after CodeMirror is there, by keyboard, and for everybody."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, Route, expect

from tests.browser.axe import violations
from tests.browser.blank import open_blank
from tests.browser.conftest import Watched

CODE = "a = 2\nb = a * 3\nprint(b)"

MAKE = """async ({text, options = {}}) => {
  const { createEditor } = await import("./static/editor.js");
  window.heard = [];
  window.asked = [];
  const complete = async (prefix) => {
    asked.push(prefix);
    if (prefix === "fail") throw new Error("no names");
    const names = prefix.includes(".")
      ? [{ label: "data", type: "attribute" }, { label: "grad", type: "attribute" }]
      : [{ label: "backward", type: "function" }, { label: "bias", type: "variable" }];
    return prefix.startsWith("json") ? JSON.stringify(names) : names;
  };
  window.editor = createEditor(document.getElementById("place"), {
    label: "Cell 1", text, complete,
    onChange: (text) => heard.push(text),
    onEnter: (key) => heard.push(`Enter with ${key}`),
    ...options,
  });
}"""

Make = Callable[..., Page]


@pytest.fixture
def make(fresh: Watched) -> Make:
    """Make an editor on an empty page, and unless told otherwise wait for CodeMirror."""

    def make(text: str = CODE, wait: bool = True, **options: object) -> Page:
        page = open_blank(fresh)
        page.evaluate(MAKE, {"text": text, "options": options})
        if wait:
            content(page).wait_for()
        return page

    return make


def content(page: Page) -> Locator:
    return page.locator(".cm-content")


def text(page: Page) -> str:
    return str(page.evaluate("editor.text"))


def heard(page: Page) -> list[str]:
    return list(page.evaluate("heard.splice(0)"))


class Gate:
    """Keeps CodeMirror back until it is opened."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.is_open = False
        self.waiting: list[Route] = []
        page.route("**/vendor/codemirror.js", self._meet)

    def _meet(self, route: Route) -> None:
        if self.is_open:
            route.continue_()
        else:
            self.waiting.append(route)

    def open(self, wait: bool = True) -> None:
        self.is_open = True
        for route in self.waiting:
            route.continue_()
        if wait:
            content(self.page).wait_for()


# Before CodeMirror is there.


def test_the_text_can_be_read_and_edited_before_codemirror_is_there(fresh: Watched) -> None:
    page = open_blank(fresh)
    gate = Gate(page)
    page.evaluate(MAKE, {"text": CODE})
    field = page.get_by_role("textbox", name="Cell 1")
    expect(field).to_have_value(CODE)
    field.press("Control+End")
    field.press_sequentially(" # b is 6")
    assert text(page) == CODE + " # b is 6"
    assert heard(page)[-1] == CODE + " # b is 6"
    field.press("Shift+Enter")
    assert heard(page) == ["Enter with shift"]
    gate.open()


def test_what_was_typed_and_the_caret_survive_the_swap(fresh: Watched) -> None:
    page = open_blank(fresh)
    gate = Gate(page)
    page.evaluate(MAKE, {"text": CODE})
    field = page.get_by_role("textbox", name="Cell 1")
    field.press("Control+Home")
    field.press("End")
    field.press_sequentially("00")
    gate.open()
    page.keyboard.type("0")
    assert text(page) == "a = 2000\nb = a * 3\nprint(b)"
    page.keyboard.press("Control+z")
    page.keyboard.press("Control+z")
    assert text(page) == CODE  # undo goes back to before the swap


def test_a_selection_survives_the_swap_with_its_direction(fresh: Watched) -> None:
    page = open_blank(fresh)
    gate = Gate(page)
    page.evaluate(MAKE, {"text": "abcdef"})
    field = page.get_by_role("textbox", name="Cell 1")
    field.press("End")
    field.press("Shift+ArrowLeft")
    field.press("Shift+ArrowLeft")
    gate.open()
    page.keyboard.press("Shift+ArrowLeft")
    page.keyboard.type("!")
    assert text(page) == "abc!"


def test_keys_pressed_without_pause_during_the_swap_all_arrive(fresh: Watched) -> None:
    page = open_blank(fresh)
    page.route("**/vendor/codemirror.js", lambda route: route.continue_())
    page.evaluate(MAKE, {"text": ""})
    page.evaluate("editor.focus()")
    wanted = "0123456789" * 30
    page.keyboard.type(wanted)
    content(page).wait_for()
    page.keyboard.type("!")
    assert text(page) == wanted + "!"


def test_nothing_jumps_when_codemirror_takes_over(fresh: Watched) -> None:
    page = open_blank(fresh)
    page.evaluate("document.fonts.load(\"1em 'Article Mono'\")")
    gate = Gate(page)
    page.evaluate(MAKE, {"text": CODE + "\n# " + "a long line " * 40})
    page.locator("#place").evaluate("e => e.after('after')")
    root = page.locator(".editor")
    before = root.bounding_box()
    gate.open()
    after = root.bounding_box()
    line, digit = page.locator(".cm-line").nth(1), page.locator(".cm-gutterElement").nth(2)
    line_box, digit_box = line.bounding_box(), digit.bounding_box()
    assert before
    assert after
    assert line_box
    assert digit_box
    assert [round(after[side]) for side in after] == [round(before[side]) for side in before]
    assert abs(line_box["x"] - before["x"] - 1 - 40) < 1  # a border of 1, a gutter of 2.5rem
    assert abs(line_box["y"] - digit_box["y"]) < 1


def test_nothing_below_moves_while_both_fields_are_there(fresh: Watched) -> None:
    """A browser that lays the page out just then scrolls after it, and may not scroll back."""
    page = open_blank(fresh)
    gate = Gate(page)
    page.evaluate(MAKE, {"text": CODE})
    page.locator("#place").evaluate("e => e.after('after')")
    page.evaluate("""() => {
      const { remove } = Element.prototype;
      const below = new Range();
      below.selectNode(place.nextSibling);
      const top = () => below.getBoundingClientRect().top;
      window.tops = [top()];
      Element.prototype.remove = function () {
        if (this.className === "editor-plain") tops.push(top());
        remove.call(this);
        tops.push(top());
      };
    }""")
    gate.open()
    before, between, after = page.evaluate("tops.slice(0, 3)")
    assert between == before
    assert after == pytest.approx(before, abs=1)  # pixel: lines may be a fraction higher there


def test_what_is_scrolled_stays_where_it_is(fresh: Watched) -> None:
    page = open_blank(fresh)
    page.locator("#place").evaluate("e => e.style.setProperty('--editor-height', '120px')")
    gate = Gate(page)
    page.evaluate(MAKE, {"text": "\n".join(f"line{i}" for i in range(1, 200))})
    page.locator(".editor-plain").evaluate("e => (e.scrollTop = 1500)")
    gate.open()
    expect(page.locator(".cm-scroller")).to_have_js_property("scrollTop", 1500)
    expect(page.locator(".cm-line", has_text="line76")).to_be_in_viewport()  # 1500 / (13 * 1.55)


def test_a_character_that_is_being_put_together_is_not_torn_apart(fresh: Watched) -> None:
    page = open_blank(fresh)
    gate = Gate(page)
    page.evaluate(MAKE, {"text": ""})
    field = page.get_by_role("textbox", name="Cell 1")
    field.dispatch_event("compositionstart")
    with page.expect_response("**/vendor/codemirror.js"):
        gate.open(wait=False)
    page.evaluate("import('./static/editor/view.js')")
    expect(field).to_have_js_property("tagName", "TEXTAREA")
    field.evaluate("e => (e.value = 'に')")
    field.dispatch_event("compositionend")
    content(page).wait_for()
    assert text(page) == "に"


def test_setting_marking_and_lighting_before_the_swap_is_seen_after_it(fresh: Watched) -> None:
    page = open_blank(fresh)
    gate = Gate(page)
    page.evaluate(MAKE, {"text": "first"})
    page.evaluate("editor.setText('second\\nline')")
    page.evaluate("editor.mark(1, 1, 4); editor.light(2); editor.setReadOnly(true)")
    gate.open()
    expect(page.locator(".wrong .squiggle")).to_have_text("sec")
    expect(page.locator(".running")).to_have_text("line")
    expect(content(page)).to_have_attribute("aria-readonly", "true")
    page.evaluate("editor.setReadOnly(false)")
    content(page).press("Control+z")
    assert text(page) == "first"


def test_nothing_is_fetched_before_the_editor_comes_near(fresh: Watched) -> None:
    page = open_blank(fresh)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url.rpartition("/")[2]))
    page.locator("#place").evaluate("e => (e.style.marginTop = '4000px')")
    page.evaluate(MAKE, {"text": CODE})
    page.evaluate("new Promise((resolve) => requestIdleCallback(resolve))")
    scripts = {name for name in asked if name.endswith(".js")}
    assert scripts == {"editor.js", "language.js", "plain.js"}
    page.get_by_role("textbox", name="Cell 1").scroll_into_view_if_needed()
    content(page).wait_for()
    assert "codemirror.js" in asked


def test_without_codemirror_the_text_field_serves_until_it_can_be_had(fresh: Watched) -> None:
    page = open_blank(fresh)
    page.route("**/editor/view.js*", lambda route: route.abort())
    page.evaluate(MAKE, {"text": "1"})
    field = page.get_by_role("textbox", name="Cell 1")
    field.press("End")
    field.press_sequentially("+1")
    assert text(page) == "1+1"
    assert content(page).count() == 0
    page.unroute("**/editor/view.js*")
    field.blur()
    field.focus()
    content(page).wait_for()
    assert text(page) == "1+1"
    fresh.expect_only("ERR_FAILED|Failed to load")


# Editing.


def test_python_is_coloured_and_lines_are_numbered(make: Make) -> None:
    page = make("def f(x):\n    return 'one'  # comment")
    expect(page.locator(".cm-line span", has_text="def")).to_have_css("color", "rgb(122, 62, 157)")
    expect(page.locator(".cm-lineNumbers")).to_contain_text("12")


def test_a_block_is_indented_by_four_and_else_goes_back(make: Make) -> None:
    page = make("")
    content(page).press_sequentially("if a:\nb()\nelse:\nc()")
    assert text(page) == "if a:\n    b()\nelse:\n    c()"


def test_brackets_are_closed_and_matched(make: Make) -> None:
    page = make("")
    content(page).press_sequentially("print(")
    assert text(page) == "print()"
    page.keyboard.type("1)")
    assert text(page) == "print(1)"
    expect(page.locator(".cm-matchingBracket")).to_have_text(["(", ")"])


def test_set_text_can_be_undone_and_redone(make: Make) -> None:
    page = make()
    content(page).press("Control+End")
    page.keyboard.type("!")
    page.evaluate("editor.setText('a = 2\\r\\nnew')")
    assert text(page) == "a = 2\nnew"
    page.keyboard.press("Control+z")
    assert text(page) == CODE + "!"
    page.keyboard.press("Control+z")
    assert text(page) == CODE
    page.keyboard.press("Control+y")
    page.keyboard.press("Control+y")
    assert text(page) == "a = 2\nnew"


def test_every_change_is_told_and_nothing_else(make: Make) -> None:
    page = make("x")
    assert heard(page) == []
    content(page).press("End")
    page.keyboard.type("y")
    page.keyboard.press("ArrowLeft")
    page.evaluate("editor.setText('z'); editor.setText('z')")
    assert heard(page) == ["xy", "z"]


@pytest.mark.parametrize(
    ("keys", "told"),
    [
        ("Control+Enter", "Enter with mod"),
        ("Shift+Enter", "Enter with shift"),
        ("Alt+Enter", "Enter with alt"),
    ],
)
def test_enter_with_another_key_is_told_and_changes_nothing(
    make: Make, keys: str, told: str
) -> None:
    page = make()
    content(page).press(keys)
    assert (heard(page), text(page)) == ([told], CODE)


def test_read_only_text_can_be_reached_but_not_changed(make: Make) -> None:
    page = make(readOnly=True)
    page.keyboard.press("Tab")
    expect(content(page)).to_be_focused()
    page.keyboard.type("x")
    assert text(page) == CODE
    page.evaluate("editor.setReadOnly(false)")
    content(page).press("Control+Home")
    page.keyboard.type("x")
    assert text(page) == "x" + CODE


def test_remove_leaves_nothing(make: Make) -> None:
    page = make()
    page.evaluate("editor.remove()")
    expect(page.locator("#place")).to_be_empty()


# By keyboard.


@pytest.fixture
def between(make: Make) -> Page:
    """An editor between two buttons."""
    page = make("x = 1")
    page.evaluate(
        """() => {
          for (const [where, name] of [["before", "First"], ["after", "Last"]]) {
            const button = document.createElement("button");
            button.textContent = name;
            document.getElementById("place")[where](button);
          }
        }"""
    )
    return page


def test_tab_passes_through_an_editor_that_was_not_entered(between: Page) -> None:
    between.get_by_role("button", name="First").focus()
    between.keyboard.press("Tab")
    expect(content(between)).to_be_focused()
    between.keyboard.press("Tab")
    expect(between.get_by_role("button", name="Last")).to_be_focused()
    between.keyboard.press("Shift+Tab")
    between.keyboard.press("Shift+Tab")
    expect(between.get_by_role("button", name="First")).to_be_focused()
    assert text(between) == "x = 1"


def test_tab_indents_where_one_types_and_escape_lets_it_out(between: Page) -> None:
    between.get_by_role("button", name="First").focus()
    between.keyboard.press("Tab")
    between.keyboard.press("Home")
    between.keyboard.press("Tab")
    assert text(between) == "    x = 1"
    between.keyboard.press("Shift+Tab")
    assert text(between) == "x = 1"
    between.keyboard.press("Escape")
    between.keyboard.press("Tab")
    expect(between.get_by_role("button", name="Last")).to_be_focused()


def test_tab_indents_after_a_click(between: Page) -> None:
    content(between).click()
    between.keyboard.press("Tab")
    assert text(between) == "    x = 1"


def test_tab_passes_through_again_when_the_editor_was_left(between: Page) -> None:
    content(between).click()
    between.get_by_role("button", name="First").click()
    between.keyboard.press("Tab")
    between.keyboard.press("Tab")
    expect(between.get_by_role("button", name="Last")).to_be_focused()
    assert text(between) == "x = 1"


def test_how_to_leave_is_told_to_screen_readers(make: Make) -> None:
    page = make()
    expect(page.get_by_role("textbox", name="Cell 1")).to_have_accessible_description(
        "Once you type here, Tab indents. To leave with the keyboard, press Escape, then Tab."
    )


# Names.


def names(page: Page) -> Locator:
    return page.get_by_role("listbox").get_by_role("option")


def test_names_are_completed_by_keyboard(make: Make) -> None:
    page = make("")
    content(page).press_sequentially("ba")
    expect(names(page)).to_have_text(["backwardfunction"])
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    assert text(page) == "backward"
    assert page.evaluate("asked")[-1] in ("b", "ba")


def test_tab_takes_the_first_name(make: Make) -> None:
    page = make("")
    content(page).press_sequentially("b")
    expect(names(page)).to_have_count(2)
    page.keyboard.press("Tab")
    assert text(page) == "backward"


def test_enter_starts_a_new_line_as_long_as_no_name_was_chosen(make: Make) -> None:
    page = make("")
    content(page).press_sequentially("b")
    expect(names(page)).to_have_count(2)
    page.keyboard.press("Enter")
    assert text(page) == "b\n"


def test_after_a_dot_the_attributes_are_asked_for(make: Make) -> None:
    page = make("")
    content(page).press_sequentially("loss.")
    expect(names(page)).to_have_text(["dataattribute", "gradattribute"])
    page.keyboard.type("g")
    expect(names(page)).to_have_text(["gradattribute"])
    page.keyboard.press("Tab")
    assert text(page) == "loss.grad"
    assert "loss." in page.evaluate("asked")


def test_names_may_come_as_json_text(make: Make) -> None:
    page = make("")
    content(page).press_sequentially("json.")
    expect(names(page)).to_have_text(["dataattribute", "gradattribute"])


def test_names_of_the_text_itself_are_completed_too(make: Make) -> None:
    page = make("learning_rate = 0.1\n")
    content(page).press("Control+End")
    page.keyboard.type("lear")
    expect(names(page)).to_have_text(["learning_ratevariable"])


def test_a_callback_that_fails_is_no_error(make: Make) -> None:
    page = make("failure = 1\n")
    content(page).press("Control+End")
    page.keyboard.type("fail")
    page.keyboard.press("Control+Space")
    expect(names(page)).to_have_text(["failurevariable"])


@pytest.mark.parametrize(
    "typed", ["1", "12.", "1.5", "0x1f", "1e5", "1_0", "x = 'ba", "# ba", ")."]
)
def test_no_names_are_asked_for_in_numbers_strings_and_comments(make: Make, typed: str) -> None:
    page = make("")
    content(page).press_sequentially(typed, delay=30)
    page.wait_for_timeout(250)  # nothing happens: there is no state to wait for
    assert [prefix for prefix in page.evaluate("asked") if prefix != "x"] == []
    expect(page.get_by_role("listbox")).to_have_count(0)


def test_escape_closes_the_names_first(between: Page) -> None:
    content(between).press("End")
    between.keyboard.type("\nb")
    expect(names(between)).to_have_count(2)
    between.keyboard.press("Escape")
    expect(between.get_by_role("listbox")).to_have_count(0)
    between.keyboard.press("Tab")
    assert text(between) == "x = 1\n    b"


# Errors and the running line.


def test_an_error_is_marked_and_read_out(make: Make) -> None:
    page = make("a = '🦜' + x\nb")
    page.evaluate("editor.mark(1, 11, 12, 'x is not defined')")
    page.evaluate("editor.mark(1, 11, 12, 'x is not defined')")
    expect(page.locator(".wrong")).to_have_text("a = '🦜' + x")
    page.evaluate("editor.clearMarks()")
    expect(page.locator(".wrong, .squiggle")).to_have_count(0)
    expect(content(page)).to_have_attribute("aria-invalid", "false")
    page.evaluate("editor.mark(1, 11, 12, 'x is not defined')")
    expect(page.locator(".squiggle")).to_have_text("x")  # the parrot is one character to Python
    expect(content(page)).to_have_attribute("aria-invalid", "true")
    expect(page.locator("[aria-live]").first).to_have_text("Error in line 1: x is not defined")


def test_an_error_without_columns_is_the_whole_line(make: Make) -> None:
    page = make("if a:\n    b")
    page.evaluate("editor.mark(2)")
    expect(page.locator(".squiggle")).to_have_text("b")


@pytest.mark.parametrize("call", ["mark(0)", "mark(99)", "mark(1, 99, 120)", "light(99)"])
def test_a_place_that_is_not_there_is_no_error(make: Make, call: str) -> None:
    page = make("a")
    page.evaluate(f"editor.{call}")
    expect(page.locator(".squiggle, .running")).to_have_count(0)


def test_an_edit_elsewhere_moves_the_mark_and_an_edit_of_its_line_clears_it(make: Make) -> None:
    page = make("a\nb")
    page.evaluate("editor.mark(2)")
    content(page).press("Control+Home")
    page.keyboard.type("0\n")
    expect(page.locator(".wrong")).to_have_text("b")
    page.keyboard.press("Control+End")
    page.keyboard.type("2")
    expect(page.locator(".wrong")).to_have_count(0)
    expect(page.locator(".editor-said")).to_be_empty()


def test_the_running_line_is_lit_and_shown_in_its_own_view(make: Make) -> None:
    page = make("\n".join(f"line{i}" for i in range(1, 200)))
    page.locator("#place").evaluate("e => e.style.setProperty('--editor-height', '120px')")
    page.evaluate("editor.light(150)")
    expect(page.locator(".running")).to_have_text("line150")
    expect(page.locator(".running")).to_be_in_viewport()
    assert page.evaluate("scrollY") == 0
    page.evaluate("editor.light(null)")
    expect(page.locator(".running")).to_have_count(0)


# For everybody.


def test_text_is_searched_and_replaced_in_a_panel(make: Make) -> None:
    page = make("b = a\nc = a")
    content(page).press("Control+f")
    page.get_by_role("textbox", name="Find").press_sequentially("a")
    expect(page.locator(".cm-searchMatch")).to_have_count(2)
    page.get_by_role("textbox", name="Replace").press_sequentially("x")
    page.get_by_role("button", name="replace all").click()
    assert text(page) == "b = x\nc = x"
    page.keyboard.press("Escape")
    expect(page.locator(".cm-search")).to_have_count(0)
    expect(content(page)).to_be_focused()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_in_any_state_of_an_editor(fresh: Watched, scheme: str) -> None:
    page = open_blank(fresh)
    page.emulate_media(color_scheme=scheme)
    gate = Gate(page)
    page.evaluate(MAKE, {"text": "def f(x):\n    return 'one', 2  # three\n\n"})
    assert violations(page) == []
    gate.open()
    page.evaluate("editor.mark(1, 5, 6, 'wrong'); editor.light(2)")
    assert violations(page) == []
    content(page).press("Control+f")
    page.get_by_role("textbox", name="Find").press_sequentially("f")
    assert violations(page) == []
    page.keyboard.press("Escape")
    content(page).press("Control+End")
    page.keyboard.type("b")
    expect(names(page).first).to_be_visible()
    page.keyboard.press("ArrowDown")
    assert violations(page) == []


@pytest.mark.context(viewport={"width": 360, "height": 640}, has_touch=True, is_mobile=True)
def test_everything_has_room_on_a_small_phone(make: Make) -> None:
    page = make("x = " + "1 + " * 60 + "1\n")
    content(page).press("Control+f")
    page.get_by_role("textbox", name="Find").wait_for()
    assert page.evaluate("document.documentElement.scrollWidth") == 360
    too_small = page.evaluate(
        """() => [...document.querySelectorAll(".editor :is(button, input[type=text], label)")]
          .filter((e) => Math.min(e.clientHeight, e.clientWidth) < 24)
          .map((e) => e.outerHTML)"""
    )
    assert too_small == []
    outside = page.evaluate(
        """() => [...document.querySelectorAll(".cm-panel > *")]
          .filter((e) => e.getBoundingClientRect().right > 360).map((e) => e.outerHTML)"""
    )
    assert outside == []
    page.keyboard.press("Escape")
    content(page).press("Control+End")
    page.keyboard.type("b")
    expect(names(page).first).to_be_visible()
    box = page.get_by_role("listbox").bounding_box()
    assert box
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= 360


@pytest.mark.context(forced_colors="active")
def test_in_forced_colours_the_error_and_the_running_line_still_stand_out(make: Make) -> None:
    page = make()
    page.evaluate("editor.mark(1); editor.light(2)")
    expect(page.locator(".wrong")).to_have_css("outline-style", "dashed")
    expect(page.locator(".running")).to_have_css("outline-style", "solid")
