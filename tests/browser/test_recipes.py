"""The recipes of docs/embedding.md, built as they stand there, and looked at."""

import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, FrameLocator, Locator, Page, expect

from tests.browser.figures import expect_step, press
from tests.browser.host import OPEN, SLOW, Host, frame_of, hosting, is_ready
from tests.browser.site import ROOT

EMBEDDING = (ROOT / "docs/embedding.md").read_text(encoding="utf-8")
PLACE = "https://example.org/micrograd-explainer/"  # where the page lies, in the recipes
NAME = "Backpropagation, step by step"
ISOLATED = {
    "Cross-Origin-Embedder-Policy": "require-corp",
    "Cross-Origin-Opener-Policy": "same-origin",
}
LIGHT, DARK = "rgb(255, 255, 255)", "rgb(29, 32, 37)"
Hosting = Callable[..., AbstractContextManager[Host]]


FENCE = re.compile(r"^(```+)(\w*)\n(.*?)^\1$", re.S | re.M)


def blocks(heading: str) -> list[tuple[str, str]]:
    """Return the language and the text of each block of code under a heading."""
    _, found, after = EMBEDDING.partition(f"# {heading}\n")
    assert found
    return [(found[2], found[3]) for found in FENCE.finditer(after)]


def block(heading: str, language: str) -> str:
    """Return the first block of code in a language under a heading."""
    return next(text for name, text in blocks(heading) if name == language)


@pytest.fixture
def host_of(browser: Browser, tmp_path: Path) -> Iterator[Hosting]:
    """Return what serves a folder of this test to its browser."""

    def serve(folder: str = "", **options: object) -> AbstractContextManager[Host]:
        where = tmp_path / folder
        where.mkdir(exist_ok=True)
        (where / "favicon.ico").touch()
        return hosting(browser, where, reduced_motion="reduce", **options)  # type: ignore[arg-type]

    return serve


def run(*command: str) -> None:
    made = subprocess.run([sys.executable, "-m", *command], capture_output=True, text=True)
    assert made.returncode == 0, made.stdout + made.stderr


def steps(frame: FrameLocator) -> None:
    """The figure is alive: it steps, and its numbers are right."""
    is_ready(frame)
    figure = frame.get_by_role("figure", name=NAME)
    expect(figure).to_have_attribute("data-steps", "14", timeout=SLOW)  # 7 nodes, 7 events
    press(figure, "Reset")
    press(figure, "Step")
    expect_step(figure, 1)
    press(figure, "Backward pass")
    expect_step(figure, 8)


def belongs(page: Page, theme: str, dark: str, light: str) -> None:
    """The figure is alive, has its height, and is as light or dark as its page becomes.

    `theme` is what the page does for a theme, with a place for the name of it.
    """
    frame = frame_of(page)
    steps(frame)
    has_its_height(page.locator("micrograd-explainer"))
    for name, colour in ((dark, DARK), (light, LIGHT), (dark, DARK)):
        page.evaluate(theme.format(name))
        expect(frame.locator("body")).to_have_css("background-color", colour)


def has_its_height(element: Locator) -> None:
    inside = element.locator("iframe").content_frame.locator("body").bounding_box()
    outside = element.locator("iframe").bounding_box()
    assert inside
    assert outside
    assert abs(inside["height"] - outside["height"]) <= 2


# Pages that are built.


def test_a_page_of_html(host_of: Hosting, tmp_path: Path) -> None:
    with host_of() as host:
        text = block("The element", "html") + block("A page of HTML", "html")
        (tmp_path / "page.html").write_text(f"<!doctype html>{text.replace(PLACE, host.site)}")
        page = host.visit("page.html")
        steps(frame_of(page))
        element = page.get_by_title("The graph of a product")
        element.scroll_into_view_if_needed()
        alone = element.content_frame
        is_ready(alone)
        # L = a*b: 2 * -3 = -6
        data = alone.locator("[data-figure=graph] [data-node='2'] [data-role=data]")
        expect(data).to_have_text("−6", timeout=SLOW)


MKDOCS = """\
site_name: A course
theme:
  name: material
  font: false
  palette:
    - scheme: default
      toggle: {icon: material/weather-night, name: Dark}
    - scheme: slate
      toggle: {icon: material/weather-sunny, name: Light}
"""


def test_mkdocs_material(host_of: Hosting, tmp_path: Path) -> None:
    with host_of("site") as host:
        docs = tmp_path / "docs"
        docs.mkdir()
        text = block("MkDocs", "markdown").replace(PLACE, host.site)
        (docs / "index.md").write_text(text)
        (tmp_path / "mkdocs.yml").write_text(MKDOCS)
        run("mkdocs", "build", "--quiet", "-f", str(tmp_path / "mkdocs.yml"))
        page = host.visit("index.html")
        expect(page.get_by_role("heading", name="Backpropagation")).to_be_visible()
        scheme = "document.body.setAttribute('data-md-color-scheme', '{}')"
        belongs(page, scheme, "slate", "default")


SPHINX = """\
project = "A course"
extensions = ["myst_parser"]
html_theme = "sphinx_book_theme"
"""


@pytest.mark.parametrize(("language", "name"), [("markdown", "index.md"), ("rst", "index.rst")])
def test_sphinx(host_of: Hosting, tmp_path: Path, language: str, name: str) -> None:
    with host_of("site") as host:
        source = tmp_path / "source"
        source.mkdir()
        text = block("Sphinx, MyST and Jupyter Book", language).replace(PLACE, host.site)
        (source / name).write_text(text)
        (source / "conf.py").write_text(SPHINX)
        run("sphinx", "--quiet", "-W", "-b", "html", str(source), str(tmp_path / "site"))
        page = host.visit("index.html")
        expect(page.get_by_role("heading", name="Backpropagation")).to_be_visible()
        belongs(page, "document.documentElement.dataset.theme = '{}'", "dark", "light")
        host.expect_only("Got invalid theme mode")  # the theme says that at each first visit


# What a page of Quarto's has around what was written: its elements, its classes, its colours.
QUARTO = """\
<!DOCTYPE html>
<html xmlns="http://www.w3.org/1999/xhtml" lang="en" xml:lang="en"><head>
<meta charset="utf-8"><meta name="generator" content="quarto">
<title>Backpropagation</title>
<style>
  body.quarto-light { background-color: #fff; color: #212529 }
  body.quarto-dark { background-color: #222; color: #fff }
  .page-columns { display: grid; grid-template-columns: 1fr minmax(0, 800px) 1fr }
  .content { grid-column: 2 }
</style>
</head>
<body class="fullcontent quarto-light">
<div id="quarto-content" class="page-columns page-rows-contents page-layout-article">
<main class="content" id="quarto-document-content">
<header id="title-block-header" class="quarto-title-block default"><div class="quarto-title">
<h1 class="title">Backpropagation</h1></div></header>
<section id="step" class="level2"><h2 class="anchored" data-anchor-id="step">Step through it</h2>
{raw}</section>
</main>
</div>
</body></html>
"""


def test_a_page_like_those_of_quarto(host_of: Hosting, tmp_path: Path) -> None:
    with host_of() as host:
        raw = re.search(r"```\{=html\}\n(.*?)```", block("Quarto", "markdown"), re.S)
        assert raw
        text = QUARTO.replace("{raw}", raw[1].replace(PLACE, host.site))
        (tmp_path / "index.html").write_text(text)
        page = host.visit("index.html")
        belongs(page, "document.body.className = 'fullcontent quarto-{}'", "dark", "light")


# Frames with less than others.

STORES = """async () => {
  const found = [];
  try { localStorage.getItem("a"); found.push("localStorage"); } catch {}
  try { await caches.open("a"); found.push("caches"); } catch {}
  return found;
}"""


def test_visitors_who_block_third_party_storage(host_of: Hosting) -> None:
    """Chromium itself denies it: `localhost` is another site than the one of the frame."""
    with host_of(name="localhost") as host:
        page = host.open(block("The element", "html").replace(PLACE, host.site))
        frame = frame_of(page)
        steps(frame)
        assert frame.locator("html").evaluate(STORES) == []
        page = host.open(
            "<micrograd-explainer section=workbench code='Value(2.0) * 3'></micrograd-explainer>"
        )
        frame = frame_of(page)
        is_ready(frame)
        frame.get_by_role("button", name="Run", exact=True).click()
        expect(frame.locator("[data-role=output] [data-node]").first).to_be_visible(timeout=SLOW)


def test_a_sandboxed_frame(host_of: Hosting) -> None:
    with host_of() as host:
        page = host.open(block("A sandboxed frame", "html").replace(PLACE, host.site))
        frame = page.frame_locator("iframe")
        steps(frame)
        assert frame.locator("html").evaluate("() => origin") == "null"


def test_the_element_on_an_isolated_host(host_of: Hosting) -> None:
    with host_of(of_host=ISOLATED) as host:
        page = host.open(block("The element", "html").replace(PLACE, host.site))
        assert page.evaluate("crossOriginIsolated")
        steps(frame_of(page))


REQUIRE_CORP = {"Cross-Origin-Embedder-Policy": "require-corp"}


@pytest.mark.parametrize("of_host", [ISOLATED, REQUIRE_CORP])
def test_a_credentialless_frame_on_an_isolated_host(
    host_of: Hosting, of_host: dict[str, str]
) -> None:
    with host_of(of_host=of_host) as host:
        page = host.open(block("A host that is isolated", "html").replace(PLACE, host.site))
        frame = page.frame_locator("iframe")
        is_ready(frame)
        expect(frame.locator("[data-figure=graph] [data-node]")).to_have_count(7, timeout=SLOW)


def test_headers_of_the_page_instead(host_of: Hosting) -> None:
    lines = block("A host that is isolated", "").splitlines()
    headers = dict(line.split(": ") for line in lines)
    html = block("A host that is isolated", "html").replace("credentialless ", "")
    with host_of(of_host=ISOLATED, of_site=headers) as host:
        page = host.open(html.replace(PLACE, host.site))
        frame = page.frame_locator("iframe")
        is_ready(frame)
        expect(frame.locator("[data-figure=graph] [data-node]")).to_have_count(7, timeout=SLOW)
        assert frame.locator("html").evaluate("() => window.credentialless") is False


def test_without_those_headers_an_isolated_host_shows_no_frame(host_of: Hosting) -> None:
    html = block("A host that is isolated", "html").replace("credentialless ", "")
    with host_of(of_host=ISOLATED, of_site=OPEN) as host:
        page = host.open(html.replace(PLACE, host.site))
        expect(page.frame_locator("iframe").locator("[data-figure]")).to_have_count(0)
        host.expect_only("ERR_BLOCKED_BY_RESPONSE")
