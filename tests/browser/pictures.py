"""`make pictures`: takes the pictures in docs/ from the real page."""

import math
import time
from io import BytesIO
from itertools import pairwise

from PIL import Image
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import launch
from tests.browser.site import ROOT, serve

RIM = 16  # pixels around the animation
COLOURS = 48  # of the animation
STEP = 1.0  # seconds that the last step takes at most
PARTS = (("network", ".board"), ("training", ".training-stage"))  # with two colours
END = 3_000  # milliseconds for which its last picture stays


def main() -> None:
    with serve() as site, launch() as browser:
        page = browser.new_page(
            viewport={"width": 1120, "height": 1100}, device_scale_factor=2, reduced_motion="reduce"
        )
        page.goto(f"{site}#stopEpoch=150")
        page.wait_for_selector("[data-figure=operation] [data-node]")
        backward = page.locator("[data-figure=backpropagation]")
        expect(backward).to_have_attribute("data-steps", "14", timeout=30_000)
        backward.get_by_label("Go to step").fill("14")
        backward.get_by_label("Go to step").blur()
        expect(backward).to_have_attribute("data-step", "14")
        backward.locator("[data-part=nudging]").scroll_into_view_if_needed()
        expect(backward.locator("[data-part=nudging]")).to_contain_text("apart by", timeout=30_000)
        page.wait_for_timeout(1_000)  # for what is measured there
        _take(backward, "backpropagation")
        training = page.locator("[data-figure=training]")
        training.scroll_into_view_if_needed()
        training.locator(".plane-points").wait_for()
        training.locator("[data-do=toggle]").click()
        expect(training.locator("[data-text=epoch]")).to_have_text("150")
        _take(training, "training")
        _show_without_colours(page)
        page.close()
        _film(browser.new_page(viewport={"width": 1120, "height": 1400}), site)


def _show_without_colours(page: Page) -> None:
    """Take what has two colours as people see it who see no red and green, or no colour at all."""
    session = page.context.new_cdp_session(page)
    places = [page.locator(f"[data-figure={figure}] {part}") for figure, part in PARTS]
    pictures = []
    page.mouse.move(0, 0)  # away from what would be lit
    for kind in ("deuteranopia", "achromatopsia"):
        session.send("Emulation.setEmulatedVisionDeficiency", {"type": kind})
        for place in places:
            place.scroll_into_view_if_needed()
            pictures.append(Image.open(BytesIO(place.screenshot())))
    session.send("Emulation.setEmulatedVisionDeficiency", {"type": "none"})
    columns = [pictures[:2], pictures[2:]]
    width = max(picture.width for picture in pictures)
    sheet = Image.new("RGB", (2 * width, sum(picture.height for picture in pictures[:2])), "white")
    for i, column in enumerate(columns):
        y = 0
        for picture in column:
            sheet.paste(picture, (i * width, y))
            y += picture.height
    sheet.resize((sheet.width // 2, sheet.height // 2)).save(ROOT / "docs/colours.png")
    print("docs/colours.png")


def _film(page: Page, site: str) -> None:
    """Take the backward pass while it plays, as an animation for the README."""
    page.goto(site)
    figure = page.locator("[data-figure=backpropagation]")
    figure.scroll_into_view_if_needed()
    figure.locator("svg.graph").wait_for()
    figure.get_by_role("button", name="Forward pass").click()
    expect(figure).to_have_attribute("data-step", "7", timeout=30_000)
    top, bottom = (figure.locator(part).bounding_box() for part in (".canvas", ".narration"))
    assert top
    assert bottom
    height = bottom["y"] + bottom["height"] - top["y"] + 2 * RIM
    width = top["width"] + 2 * RIM
    clip = {"x": top["x"] - RIM, "y": top["y"] - RIM, "width": width, "height": height}
    figure.get_by_role("button", name="Backward pass").click()
    frames: list[Image.Image] = []
    times: list[float] = []
    arrived = math.inf  # when the last step began
    while time.monotonic() < arrived + STEP:
        frames.append(Image.open(BytesIO(page.screenshot(clip=clip))))  # type: ignore[arg-type]
        times.append(time.monotonic())
        if figure.get_attribute("data-step") == figure.get_attribute("data-steps"):
            arrived = min(arrived, times[-1])
    lasts = [round(1000 * (after - before)) for before, after in pairwise(times)]
    small = [frame.convert("RGB").quantize(COLOURS) for frame in frames]
    small[0].save(
        ROOT / "docs/backward.gif",
        save_all=True,
        append_images=small[1:],
        duration=[*lasts, END],
        loop=0,
    )
    print("docs/backward.gif")


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
