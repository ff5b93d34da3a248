"""The page on paper: an article with its figures, without what needs a hand."""

from playwright.sync_api import Page, expect

from tests.browser.conftest import Watched

PAPER = {"width": 673, "height": 1001}  # what A4 leaves inside the margins of print.css, in pixels
UNCUT = ("operation", "nudge", "graph", "backpropagation", "accidents")
# What is wider than the paper, and is not cut off by something inside it.
TOO_WIDE = """() => [...document.querySelectorAll("body *")]
  .filter((e) => e.checkVisibility({visibilityProperty: true, opacityProperty: true}))
  .filter((e) => e.getBoundingClientRect().right > innerWidth + 1)
  .filter((e) => !e.closest(".cm-editor, .engine, .plane-how, .editor-said"))
  .map((e) => e.outerHTML.slice(0, 120))"""
CONTROLS = "button, summary, input[type=range], .transport, .tools, .skip, .contents, #status"


def test_paper_has_the_article_its_figures_and_the_answers(fresh: Watched) -> None:
    page = fresh.open()
    for section in ("networks", "training"):  # these two are made when they come near
        page.locator(f"#{section} figure").first.scroll_into_view_if_needed()
        expect(page.locator(f"#{section} .network-frame svg").first).to_be_visible(timeout=20_000)
    page.set_viewport_size(PAPER)
    page.emulate_media(media="print")
    expect(page.locator(CONTROLS).filter(visible=True)).to_have_count(0)
    for answer in page.locator(".question details > p").all():
        expect(answer).to_be_visible()
    assert page.evaluate(TOO_WIDE) == []
    for name in UNCUT:
        box = page.locator(f"[data-figure={name}]").bounding_box()
        assert box
        assert box["height"] < PAPER["height"], f"{name} does not fit on a page"
    assert_pictures_lie_on_their_neurons(page)
    page.emulate_media(media="null")
    assert 10 < page.pdf(format="A4").count(b"/Type /Page\n") < 25


def assert_pictures_lie_on_their_neurons(page: Page) -> None:
    drawing = page.locator("#training .network").bounding_box()
    pictures = page.locator("#training .network-pictures").bounding_box()
    assert drawing
    assert pictures
    for side in ("x", "y", "width", "height"):
        assert abs(drawing[side] - pictures[side]) < 1.5, side


def test_paper_is_light_and_has_no_empty_figures(fresh: Watched) -> None:
    page = fresh.page
    page.emulate_media(color_scheme="dark", media="print")
    fresh.open()
    ink = "getComputedStyle(document.querySelector('h1')).color"
    assert page.evaluate(ink) == "rgb(28, 29, 32)"
    expect(page.locator("[data-figure=network]")).to_be_hidden()  # nobody was near it
    expect(page.locator("[data-figure=graph] svg")).to_be_visible()
