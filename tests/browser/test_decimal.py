"""Numbers in German: a comma where English has a point."""

import re

from playwright.sync_api import expect

from tests.browser.conftest import Watched
from tests.browser.test_training import open_training, stop_at


def test_a_decimal_comma_is_taken_where_numbers_are_typed(fresh: Watched) -> None:
    page = fresh.open("index.html?lang=de")
    field = page.locator("[data-figure=operation] input[type=number][data-input=a]")
    field.press("Control+A")
    page.keyboard.type("-0,5")
    expect(field).to_have_value("-0.5")  # as browsers tell it, however they show it


def test_a_decimal_comma_is_taken_in_an_answer(fresh: Watched) -> None:
    page = fresh.open("index.html?lang=de")
    figure = page.locator("[data-figure=backpropagation]")
    expect(figure.locator("svg.graph")).to_be_attached()
    expect(figure).to_have_attribute("data-step", re.compile("[1-9]"))  # the forward pass was made
    figure.locator("[data-practice][value=predict]").check(force=True)
    expect(figure.locator("[data-part=question]")).not_to_be_empty()
    figure.locator("[data-part=answer]").fill("1,0")  # dL/dL = 1
    figure.locator("[data-part=answer]").press("Enter")
    expect(figure.locator("[data-part=verdict]")).to_have_attribute("data-right", "yes")


def test_it_trains_where_the_browser_has_no_language(fresh: Watched) -> None:
    """WebKit says "C" on systems that are set to none."""
    fresh.page.add_init_script("Object.defineProperty(navigator, 'language', { value: 'C' })")
    training = open_training(fresh)
    stop_at(training, 1)
    expect(training.locator(".uplot").first).to_be_visible()
