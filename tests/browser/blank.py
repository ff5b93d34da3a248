"""An empty page under the real page's security policy and style, for modules that stand alone."""

import re

from playwright.sync_api import Page, Route

from tests.browser.conftest import Watched
from tests.browser.site import ROOT

STYLES = ["tokens", "page", "editor", "forced"]


def html() -> str:
    """Return the page: the policy is the one that stands in index.html."""
    index = (ROOT / "index.html").read_text(encoding="utf-8")
    policy = re.search(r'<meta http-equiv="Content-Security-Policy"[^>]*>', index)
    assert policy
    links = [f'<link rel="stylesheet" href="static/css/{name}.css">' for name in STYLES]
    return (
        '<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Blank</title>'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f'{policy[0]}<link rel="icon" href="static/icon.svg">{"".join(links)}</head>'
        '<body><main><h1>Blank</h1><div id="place"></div></main></body></html>'
    )


def open_blank(watched: Watched) -> Page:
    def answer(route: Route) -> None:
        route.fulfill(content_type="text/html", body=html())

    watched.page.context.route("**/blank.html", answer)
    return watched.open("blank.html", ready=False)
