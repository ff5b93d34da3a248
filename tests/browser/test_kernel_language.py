"""Python is told the language of the page before anything else, each time that it starts."""

from playwright.sync_api import Page, expect

from tests.browser.conftest import Watched

SLOW = 20_000
ASK = """async (isAnew) => {
  const kernel = await import("./static/kernel/kernel.js");
  if (isAnew) kernel.restart();
  const request = '{"op": "*", "inputs": {"a": "0.5", "b": "3"}}';
  return (await kernel.ask("operate", request)).pictures.graph.narration[0];
}"""


def first_sentence(page: Page, anew: bool) -> str:
    said: str = page.evaluate(ASK, anew)
    return said


def test_python_speaks_german_from_its_first_answer_on(fresh: Watched) -> None:
    page = fresh.open("?lang=de")
    for anew in (False, True):
        assert first_sentence(page, anew) == "a ist ein Blatt: eine vorgegebene Zahl, 0,5."
    expect(page.locator("html[data-kernel=ready]")).to_be_attached(timeout=SLOW)


def test_python_speaks_english_where_the_browser_wants_no_other(fresh: Watched) -> None:
    page = fresh.open()
    for anew in (False, True):
        assert first_sentence(page, anew) == "a is a leaf: a number that was given, 0.5."
