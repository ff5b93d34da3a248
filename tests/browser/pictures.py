"""`make pictures`: takes the pictures in docs/ from the real page."""

from tests.browser.conftest import launch
from tests.browser.site import ROOT, serve


def main() -> None:
    with serve() as site, launch() as browser:
        page = browser.new_page(
            viewport={"width": 1120, "height": 900}, device_scale_factor=2, reduced_motion="reduce"
        )
        page.goto(site)
        page.wait_for_selector("[data-figure=operation] [data-node]")
        for name in ("operation", "nudge"):
            figure = page.locator(f"[data-figure={name}]")
            figure.scroll_into_view_if_needed()
            if name == "operation":
                figure.locator(".running").nth(1).wait_for()
            figure.screenshot(path=ROOT / f"docs/{name}.png")
            print(f"docs/{name}.png")


if __name__ == "__main__":
    main()
