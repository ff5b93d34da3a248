"""`make pictures`: takes the pictures in docs/ from the real page."""

from playwright.sync_api import Locator, expect

from tests.browser.conftest import launch
from tests.browser.site import ROOT, serve


def main() -> None:
    with serve() as site, launch() as browser:
        page = browser.new_page(
            viewport={"width": 1120, "height": 1100}, device_scale_factor=2, reduced_motion="reduce"
        )
        page.goto(f"{site}#stopEpoch=150")
        page.wait_for_selector("[data-figure=operation] [data-node]")
        for name in ("operation", "nudge"):
            _take(page.locator(f"[data-figure={name}]"), name)
        backward = page.locator("[data-figure=backpropagation]")
        backward.get_by_label("Go to step").fill("13")
        backward.get_by_label("Go to step").blur()
        _take(backward, "backpropagation")
        training = page.locator("[data-figure=training]")
        training.scroll_into_view_if_needed()
        training.locator(".plane-points").wait_for()
        training.locator("[data-do=toggle]").click()
        expect(training.locator("[data-text=epoch]")).to_have_text("150")
        _take(training, "training")


def _take(figure: Locator, name: str) -> None:
    figure.scroll_into_view_if_needed()
    engine = figure.locator("[data-part=engine]")
    if engine.count():
        engine.scroll_into_view_if_needed()
        engine.locator(".running").wait_for()
    figure.screenshot(path=ROOT / f"docs/{name}.png")
    print(f"docs/{name}.png")


if __name__ == "__main__":
    main()
