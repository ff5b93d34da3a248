"""What is kept in the browser: across reloads, tabs, full and forbidden storage."""

from functools import partial
from typing import Any

import pytest
from playwright.sync_api import Frame, Page, Route, expect

from tests.browser.blank import html, open_blank
from tests.browser.conftest import Watched

pytestmark = pytest.mark.cold

LOAD = "import('./static/storage.js').then((module) => void (window.storage = module))"
OURS = "micrograd-explainer/:"
ASIDE = "micrograd-explainer-damaged/:"


def load(page: Page | Frame) -> None:
    page.evaluate(LOAD)


def opened(watched: Watched) -> Page:
    page = open_blank(watched)
    load(page)
    return page


def reload(page: Page) -> None:
    page.reload()
    load(page)


def test_keep_lasts(fresh: Watched) -> None:
    page = opened(fresh)
    value = {"code": "a = '🦜\ud800'\n", "step": 3, "list": [1, None]}
    assert page.evaluate("value => storage.keep('cell', value)", value) is True
    reload(page)
    assert page.evaluate("storage.kept('cell')") == value
    assert page.evaluate("storage.isLasting()") is True


def test_kept_without_anything_is_null(fresh: Watched) -> None:
    assert opened(fresh).evaluate("storage.kept('nothing')") is None


def test_what_is_kept_is_there_at_once(fresh: Watched) -> None:
    page = opened(fresh)
    assert page.evaluate("(storage.keep('a', 'first'), storage.kept('a'))") == "first"
    assert page.evaluate("(storage.keep('a', 'second'), storage.kept('a'))") == "second"


def test_a_value_that_changes_later_is_kept_as_it_was(fresh: Watched) -> None:
    page = opened(fresh)
    page.evaluate("() => { const list = [1]; storage.keep('a', list); list.push(2); }")
    assert page.evaluate("storage.kept('a')") == [1]


def test_a_reload_in_the_middle_of_typing_loses_nothing(fresh: Watched) -> None:
    page = opened(fresh)
    page.evaluate(
        """() => {
          const field = document.createElement("textarea");
          field.addEventListener("input", () => storage.keep("typed", field.value));
          document.getElementById("place").append(field);
          field.focus();
        }"""
    )
    page.keyboard.type("loss.backward()")
    assert page.evaluate(f"localStorage.getItem('{OURS}typed') ?? ''") != "loss.backward()"
    reload(page)
    assert page.evaluate("storage.kept('typed')") == "loss.backward()"


def test_a_page_that_goes_out_of_sight_has_written(fresh: Watched) -> None:
    page = opened(fresh)
    written = page.evaluate(
        """name => {
          storage.keep("a", 1);
          Object.defineProperty(document, "visibilityState", { get: () => "hidden" });
          document.dispatchEvent(new Event("visibilitychange"));
          return localStorage.getItem(name);
        }""",
        OURS + "a",
    )
    assert written == '{"version":1,"value":1}'


def test_typing_is_not_a_write_for_every_key(fresh: Watched) -> None:
    page = opened(fresh)
    writes = page.evaluate(
        """async () => {
          let writes = 0;
          const set = Storage.prototype.setItem;
          Storage.prototype.setItem = function (...args) {
            writes++;
            return set.apply(this, args);
          };
          await Promise.all(Array.from({ length: 100 }, (_, i) => storage.keep("a", i)));
          return [writes, await storage.kept("a")];
        }"""
    )
    assert writes == [1, 99]


def names(page: Page) -> list[str]:
    """Return the names of ours in the store."""
    found = page.evaluate(
        "(ours) => Object.keys(localStorage).filter((x) => x.startsWith(ours))", OURS
    )
    return sorted(name.removeprefix(OURS) for name in found)


def test_forget(fresh: Watched) -> None:
    page = opened(fresh)
    page.evaluate("localStorage.setItem('a', 'of another site')")
    page.evaluate("Promise.all(['a', 'b'].map((key) => storage.keep(key, 1)))")
    page.evaluate("storage.keep('c', 1), 0")  # not written yet
    page.evaluate("Promise.all(['a', 'c'].map(storage.forget))")
    assert page.evaluate("Promise.all(['a', 'b', 'c'].map(storage.kept))") == [None, 1, None]
    reload(page)
    assert names(page) == ["b"]
    assert page.evaluate("localStorage.getItem('a')") == "of another site"


def test_a_damaged_value_is_absent_and_set_aside(fresh: Watched) -> None:
    page = opened(fresh)
    for damaged in ['{"version":1,"val', "", "null", '"text"', '{"version":99,"value":1}']:
        page.evaluate("([name, text]) => localStorage.setItem(name, text)", [OURS + "a", damaged])
        assert page.evaluate("storage.kept('a')") is None
        assert page.evaluate("name => localStorage.getItem(name)", ASIDE + "a") == damaged
        assert names(page) == []


def test_a_damaged_value_is_set_aside_before_it_is_written_over(fresh: Watched) -> None:
    page = opened(fresh)
    page.evaluate("name => localStorage.setItem(name, '{')", OURS + "a")
    page.evaluate("storage.keep('a', 'new')")
    assert page.evaluate("storage.kept('a')") == "new"
    assert page.evaluate("name => localStorage.getItem(name)", ASIDE + "a") == "{"


def test_of_two_tabs_the_last_writer_is_right(fresh: Watched) -> None:
    one = opened(fresh)
    other = one.context.new_page()
    other.goto(one.url)
    load(other)
    one.evaluate("storage.keep('mine', 1)")
    other.evaluate("storage.keep('theirs', 2)")
    for tab in (one, other):
        assert tab.evaluate("Promise.all(['mine', 'theirs'].map(storage.kept))") == [1, 2]
    other.evaluate("storage.keep('mine', 3)")
    assert one.evaluate("storage.kept('mine')") == 3
    other.evaluate("storage.forget('mine')")
    assert one.evaluate("storage.kept('mine')") is None


def test_copies_of_the_site_do_not_share_their_texts(fresh: Watched) -> None:
    page = opened(fresh)
    page.evaluate("storage.keep('a', 1)")
    page.route("**/copy/static/storage.js", lambda route: route.fulfill(path="static/storage.js"))
    copy = "import('./copy/static/storage.js').then((copy) => copy.kept('a'))"
    assert page.evaluate(copy) is None


def test_full_storage_keeps_for_the_visit_and_says_so(fresh: Watched) -> None:
    page = opened(fresh)
    page.evaluate("storage.keep('a', 'old')")
    page.evaluate(
        """() => {
          let size = 1 << 22;
          for (let i = 0; size >= 1; i++) {
            try { localStorage.setItem("full" + i, "x".repeat(size)); } catch { size >>= 1; }
          }
        }"""
    )
    text = "x" * 10_000
    assert page.evaluate("text => storage.keep('a', text)", text) is False
    assert page.evaluate("storage.isLasting()") is False
    assert page.evaluate("storage.kept('a')") == text
    page.evaluate("localStorage.removeItem('full0')")
    assert page.evaluate("storage.keep('b', 1)") is True  # and what waited is written too
    reload(page)
    assert page.evaluate("storage.kept('a')") == text


DENIED = """Object.defineProperty(window, "localStorage", {
  get() { throw new DOMException("denied", "SecurityError"); },
})"""


def works_for_the_visit(page: Page | Frame) -> None:
    assert page.evaluate("storage.isLasting()") is False
    assert page.evaluate("storage.keep('a', [1])") is False
    assert page.evaluate("storage.kept('a')") == [1]
    page.evaluate("storage.forget('a')")
    assert page.evaluate("storage.kept('a')") is None
    page.evaluate("dispatchEvent(new Event('pagehide'))")  # with nothing to write
    assert page.evaluate("storage.isLasting()") is False


def test_denied_storage_keeps_for_the_visit(fresh: Watched) -> None:
    fresh.page.add_init_script(DENIED)
    works_for_the_visit(opened(fresh))


def test_storage_that_throws_later_keeps_for_the_visit(fresh: Watched) -> None:
    page = opened(fresh)
    page.evaluate(
        """() => ["getItem", "setItem", "removeItem"].forEach((name) => {
          Storage.prototype[name] = () => { throw new DOMException("gone", "InvalidStateError"); };
        })"""
    )
    assert page.evaluate("storage.keep('a', 1)") is False
    works_for_the_visit(page)


def answer_with(answer: dict[str, Any], route: Route) -> None:
    route.fulfill(**answer)


def test_a_sandboxed_frame_keeps_for_the_visit(fresh: Watched) -> None:
    page = fresh.page
    parent = "<link rel=icon href=static/icon.svg><iframe sandbox=allow-scripts src=blank.html>"
    open_to_all = {"Access-Control-Allow-Origin": "*", "Content-Type": "text/javascript"}
    for pattern, answer in {
        "**/parent.html": {"content_type": "text/html", "body": parent},
        "**/blank.html": {"content_type": "text/html", "body": html()},
        "**/storage.js": {"path": "static/storage.js", "headers": open_to_all},
    }.items():
        page.route(pattern, partial(answer_with, answer))
    fresh.open("parent.html", ready=False)
    frame = page.frame_locator("iframe")
    expect(frame.get_by_role("heading", name="Blank")).to_be_visible()
    load(page.frames[1])
    works_for_the_visit(page.frames[1])
    fresh.expect_only("CORS|ERR_FAILED")  # its style and fonts, which this server keeps to itself
