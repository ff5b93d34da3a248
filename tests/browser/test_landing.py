"""A link leads to its place, and the place stays there while the figures above it come."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Watched

pytestmark = pytest.mark.cold

READY = "html[data-page=ready][data-kernel=ready]"
TOP = "document.querySelector(location.hash).getBoundingClientRect().top"


def arrive(watched: Watched, place: str) -> Page:
    page = watched.open(f"#{place}", ready=False)
    expect(page.locator(READY)).to_be_attached(timeout=20_000)
    expect(page.locator("[data-figure=training] .plane")).not_to_be_empty(timeout=20_000)
    expect(page.locator("[data-cell=graph-2] [data-part=task-title]")).not_to_be_empty()
    return page


@pytest.mark.context(viewport={"width": 360, "height": 640})
@pytest.mark.parametrize("place", ["training", "workbench"])
def test_the_place_of_a_link_stays_at_the_top(fresh: Watched, place: str) -> None:
    page = arrive(fresh, place)
    assert abs(page.evaluate(TOP) - 16) <= 2  # scroll-padding-top is 1rem


def test_it_does_not_hold_a_reader_who_goes_on(fresh: Watched) -> None:
    page = fresh.open("#graph", ready=False)
    expect(page.locator("html[data-page]")).to_be_attached(timeout=20_000)
    page.mouse.move(600, 400)
    page.mouse.wheel(0, 900)
    expect(page.locator(READY)).to_be_attached(timeout=20_000)
    page.wait_for_timeout(500)  # something that does not happen can't be waited for
    assert page.evaluate(TOP) < -700
