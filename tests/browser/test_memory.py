"""The memory of a Python that has started is kept, and the next start begins with it.

A built site brings one along: see test_site.py."""

import json
import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, Route, expect

from tests.browser.conftest import Watched
from tests.browser.figures import wait_until

pytestmark = pytest.mark.cold

ROOT = Path(__file__).parents[2]
IS_KEPT = """async () => {
  const cache = await caches.open("micrograd-explainer-kernel");
  const response = await cache.match("static/kernel/kernel.memory");
  return response && (await response.arrayBuffer()).byteLength > 5e6;
}"""
RUN = """async (code) => {
  const { call } = await import("./static/kernel/kernel.js");
  const request = { lesson: "workbench", cell: "x", code, texts: [["x", code]] };
  return JSON.parse(await call("run_cell", JSON.stringify(request), () => {})).shown.text;
}"""
RESTART = "async () => (await import('./static/kernel/kernel.js')).restart()"
SEED = "hash('micrograd')"  # Python begins with another seed whenever it begins with nothing


def ready(page: Page) -> None:
    expect(page.locator("html[data-kernel=ready]")).to_be_attached(timeout=20_000)


def visit(watched: Watched) -> Page:
    page = watched.open()
    ready(page)
    return page


def restart(page: Page) -> None:
    page.evaluate(RESTART)
    ready(page)


def test_the_next_visit_begins_with_it(fresh: Watched) -> None:
    page = visit(fresh)
    wait_until(page, IS_KEPT)
    first = page.evaluate(RUN, SEED)
    again = visit(fresh)
    assert again.evaluate(RUN, SEED) == first
    assert again.evaluate(RUN, "(Value(2.0) * 3).data") == "6.0"


def test_numbers_at_random_are_others_each_time(fresh: Watched) -> None:
    page = visit(fresh)
    wait_until(page, IS_KEPT)
    drawn = set()
    for _ in range(3):
        restart(page)
        drawn.add(page.evaluate(RUN, "import random\nrandom.random()"))
    assert len(drawn) == 3


def test_files_that_have_changed_are_imported_anew(fresh: Watched) -> None:
    page = visit(fresh)
    wait_until(page, IS_KEPT)
    first = page.evaluate(RUN, SEED)

    def change(route: Route) -> None:
        text = (ROOT / "app/kernel/main.py").read_text(encoding="utf-8")
        route.fulfill(body=text + "\nMARK = 'new'\n", content_type="text/x-python")

    page.context.route("**/app/kernel/main.py", change)
    again = visit(fresh)
    assert again.evaluate(RUN, "import app.kernel.main\napp.kernel.main.MARK") == "'new'"
    assert again.evaluate(RUN, SEED) != first


@pytest.mark.parametrize("damage", ["new Uint8Array(1e6)", "''", "bytes.slice(0, 5e6)"])
def test_a_damaged_one_is_not_begun_with(fresh: Watched, damage: str) -> None:
    page = visit(fresh)
    wait_until(page, IS_KEPT)
    page.evaluate(
        f"""async () => {{
          const cache = await caches.open("micrograd-explainer-kernel");
          const kept = await cache.match("static/kernel/kernel.memory");
          const bytes = await kept.arrayBuffer();
          const damaged = new Response({damage}, {{ headers: kept.headers }});
          await cache.put("static/kernel/kernel.memory", damaged);
        }}"""
    )
    again = visit(fresh)
    assert again.evaluate(RUN, "(Value(2.0) * 3).data") == "6.0"
    wait_until(again, IS_KEPT)  # another one


def test_where_there_is_no_cache_the_page_has_it_for_the_visit(fresh: Watched) -> None:
    text = (ROOT / "static/kernel/kept.js").read_text(encoding="utf-8")
    without = "const caches = { open: () => Promise.reject(new Error('denied')) };\n" + text

    def deny(route: Route) -> None:
        route.fulfill(body=without, content_type="text/javascript")

    fresh.page.context.route("**/kernel/kept.js", deny)
    page = visit(fresh)
    first = page.evaluate(RUN, SEED)
    page.evaluate(RUN, "1")  # the memory has come before this is answered
    restart(page)
    assert page.evaluate(RUN, SEED) == first
    assert page.evaluate("caches.keys()") == []


def test_texts_have_names_that_tell_them_apart(fresh: Watched) -> None:
    page = visit(fresh)
    names = page.evaluate(
        """async (texts) => {
          const { digest } = await import("./static/kernel/kept.js");
          return texts.map(digest);
        }""",
        json.loads('[[], [""], ["a"], ["b"], ["a", ""], ["", "a"], ["ab"], ["a", "b"], ["ü"]]'),
    )
    assert len(set(names)) == 9
    assert all(re.fullmatch("[0-9a-f]{16}", name) for name in names)


def test_a_memory_comes_back_as_it_was(fresh: Watched) -> None:
    page = visit(fresh)
    same, pieces, fails = page.evaluate(
        """async () => {
          const { packed, roomFor, unpack } = await import("./static/kernel/memory.js");
          const program = new Uint8Array(65536).map((_, i) => (i < 5000 ? i % 251 : 0));
          const snapshot = new Uint8Array([...new Uint8Array(128).fill(7), ...program]);
          const size = snapshot.length;
          const places = [130, 4000, 5127, 5128, 20_000, 40_000, 65_663];
          for (const place of places) snapshot[place] ^= 255;
          snapshot.fill(9, 30_000, 33_000);
          const memory = packed(snapshot, program);
          const room = roomFor(size);
          await unpack(memory.buffer, program, room, size);
          const again = new Uint8Array(room.buffer, 0, size);
          const half = (kept) => unpack(memory.slice(0, kept).buffer, program, roomFor(size), size);
          const sizes = [0, 8, 500, memory.length - 4];
          const fails = await Promise.all(sizes.map((n) => half(n).catch(({ name }) => name)));
          return [snapshot.every((byte, i) => byte === again[i]), memory.length, fails];
        }"""
    )
    assert same
    written = 17 * 256 + 128
    assert written < pieces < written + 7 * 10 + 60
    assert all(fails)


def test_a_memory_that_has_grown_is_not_one_to_begin_with(fresh: Watched) -> None:
    page = visit(fresh)
    says = """async () => {
      const { packed } = await import("./static/kernel/memory.js");
      try { packed(new Uint8Array(64), new Uint8Array(128)); }
      catch ({ message }) { return message; }
    }"""
    assert page.evaluate(says) == "The memory has grown: Python cannot begin with that."
