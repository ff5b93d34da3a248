"""The interface speaks the language of the reader, or the one that the address asks for."""

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.axe import violations
from tests.browser.conftest import Watched
from tests.browser.figures import wait_until
from tests.browser.site import serve
from tests.browser.test_site import CONTROLLED, READY

PHONE = {"width": 360, "height": 740}


def buttons(page: Page) -> list[str]:
    found = page.locator("#operation-figure .transport button")
    return [text.strip() for text in found.all_inner_texts()]


def is_german(page: Page) -> None:
    assert page.locator("html").get_attribute("lang") == "de"
    assert page.title() == "Wie ein neuronales Netz lernt"
    first = ["Vorwärtsdurchlauf", "Rückwärtsdurchlauf", "Schritt zurück"]
    assert buttons(page)[:3] == first
    assert buttons(page)[3:] == ["Abspielen", "Schritt", "Zurücksetzen"]
    expect(page.locator("#status-text")).to_have_text("Python ist bereit", timeout=30_000)


def is_english(page: Page) -> None:
    assert page.locator("html").get_attribute("lang") == "en"
    assert page.title() == "How a neural network learns"
    assert buttons(page) == ["Forward pass", "Backward pass", "Step back", "Play", "Step", "Reset"]
    expect(page.locator("#status-text")).to_have_text("Python is ready", timeout=30_000)


def test_lang_in_the_address_makes_the_interface_german_and_leaves_the_lessons(
    fresh: Watched,
) -> None:
    page = fresh.open("?lang=de")
    is_german(page)
    assert page.locator("#graph-title").get_attribute("lang") == "en"
    assert page.locator("#graph-title").inner_text() == "Computational graph"
    cell = page.locator("#graph-1")
    expect(cell.get_by_role("button", name="Ausführen", exact=True)).to_be_visible()
    assert cell.get_attribute("lang") is None
    figure = page.locator("#backpropagation-figure")
    expect(figure.get_by_role("slider", name="Gehe zu Schritt")).to_be_attached()
    assert figure.locator("[data-part=speed] option").first.inner_text() == "0,25×"
    assert violations(page) == []


def test_a_figure_is_told_in_german_with_a_decimal_comma(fresh: Watched) -> None:
    page = fresh.open("?lang=de")
    figure = page.locator("#backpropagation-figure")
    figure.get_by_role("textbox", name="Python").fill("y = a * 0.25")
    figure.get_by_role("slider", name="Gehe zu Schritt").fill("3")
    said = figure.locator("[data-part=narration]")
    expect(said).to_have_text(
        "y = a × 0,25 = 2 × 0,25 = 0,5.".replace(" ×", "\u00a0×").replace("× ", "×\u00a0")
    )
    figure.get_by_role("slider", name="Gehe zu Schritt").fill("5")
    expect(said).to_contain_text("gibt seinen Gradienten mal ∂y/∂a an a weiter")
    data = figure.locator("[data-node='2'] [data-role=data]")
    expect(data).to_have_text("0,5")
    expect(data).to_have_attribute("data-exact", "0.5")


@pytest.mark.context(locale="de-DE")
def test_a_german_browser_gets_german_and_the_switch_leads_to_english(fresh: Watched) -> None:
    page = fresh.open("#graph-title")
    is_german(page)
    page.get_by_role("link", name="English", exact=True).click()
    page.wait_for_selector("html[data-page=ready]")
    assert page.url == f"{fresh.site}?lang=en#graph-title"
    is_english(page)


@pytest.mark.context(locale="de-DE")
def test_lang_in_the_address_goes_before_the_browser(fresh: Watched) -> None:
    is_english(fresh.open("?lang=en"))


@pytest.mark.context(viewport=PHONE)
def test_the_switch_is_there_on_a_phone_and_by_keyboard(fresh: Watched) -> None:
    page = fresh.open("?operation=%2B#training")
    link = page.get_by_role("link", name="Deutsch", exact=True)
    assert link.get_attribute("hreflang") == link.get_attribute("lang") == "de"
    box = link.bounding_box()
    assert box
    assert box["x"] + box["width"] <= PHONE["width"]
    assert page.evaluate("document.documentElement.scrollWidth") == PHONE["width"]
    page.evaluate("history.replaceState(null, '', '#problem=regression')")  # as settings do
    page.locator("body").press("Tab")
    page.locator(".skip").focus()
    page.keyboard.press("Tab")
    expect(link).to_be_focused()
    assert link.get_attribute("href") == f"{fresh.site}?operation=%2B&lang=de#problem=regression"


def test_a_figure_in_a_frame_is_german_and_has_no_switch(fresh: Watched) -> None:
    page = fresh.page
    fresh.expected_ready = False
    page.goto(f"{fresh.site}?embed=graph&lang=de&hide=cats")  # which it has not
    page.wait_for_selector("html[data-page=ready]")
    link = page.locator(".embed-bar a")  # which is seen until Python is ready
    expect(link).to_have_text("Ganze Seite öffnen")
    expect(link).to_have_attribute("href", f"{fresh.site}?lang=de#graph")
    expect(page.locator("#languages")).to_be_hidden()
    figure = page.locator("#graph-figure")
    expect(figure.get_by_role("button", name="Weg hervorheben")).to_be_visible()


def test_where_the_table_cannot_be_had_all_is_english(fresh: Watched) -> None:
    fresh.expect_only(r"languages/de\.json|Failed to load resource")
    fresh.page.route("**/languages/de.json", lambda route: route.fulfill(status=404))
    is_english(fresh.open("?lang=de"))


def test_what_a_training_shows_has_a_decimal_comma(fresh: Watched) -> None:
    page = fresh.open("?lang=de#training")
    field = page.locator("#setting-noise")
    expect(field).to_be_visible()
    field.fill("5")
    legend = page.locator("#training-figure .chart-legend")
    page.locator("#training-figure").get_by_role("button", name="Schritt", exact=True).click()
    expect(legend).to_contain_text("Epoche 1")
    assert "," in legend.inner_text()
    assert "." not in legend.inner_text()


@pytest.mark.cold
def test_the_built_site_is_german_too_also_without_a_network(dist: Path, fresh: Watched) -> None:
    with serve(dist) as fresh.site:
        page = fresh.open("?lang=de")
        page.wait_for_selector(READY)
        is_german(page)
        wait_until(page, CONTROLLED, 20)
    page.goto("about:blank")
    is_german(fresh.open("?lang=de"))
