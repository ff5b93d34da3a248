"""Every story, told by every engine that is on this machine."""

import re
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserType, Playwright

from tests.browser.conftest import FAILED, FAILURES
from tests.browser.engines.driver import Driver, NotInstalledError
from tests.browser.engines.firefox import FirefoxDriver
from tests.browser.engines.playwrights import PlaywrightDriver
from tests.browser.engines.stories import STORIES, Story
from tests.browser.engines.visitor import Visitor
from tests.browser.engines.webkit import WebKitDriver
from tests.browser.site import serve

MOBILE = {"is_mobile": True, "has_touch": True, "device_scale_factor": 2}
BUILT = "built"  # on what `make site` writes; all others on the files as they are

Start = Callable[[Playwright, Browser], Driver]


def in_chromium(width: int, height: int, **more: Any) -> Start:
    options = {"viewport": {"width": width, "height": height}, **more}
    return lambda _, browser: PlaywrightDriver(browser, **options)


def in_installed(start: Callable[[], Driver], name: str) -> Start:
    """Use the engine that is installed, else the build that Playwright may have downloaded."""

    def begin(playwright: Playwright, _: Browser) -> Driver:
        try:
            return start()
        except NotInstalledError:
            own: BrowserType = getattr(playwright, name)
            if not Path(own.executable_path).exists():
                raise
            return PlaywrightDriver(own.launch(), viewport={"width": 1280, "height": 900})

    return begin


ENGINES: dict[str, Start] = {
    "chromium": in_chromium(1280, 900),
    "phone": in_chromium(360, 640, **MOBILE),
    "tablet": in_chromium(768, 1024, **MOBILE),
    BUILT: in_chromium(1280, 900),
    "firefox": in_installed(FirefoxDriver, "firefox"),
    "webkit": in_installed(WebKitDriver, "webkit"),
}


@pytest.fixture(scope="session", params=ENGINES)
def visitor(
    request: pytest.FixtureRequest,
    playwright: Playwright,
    browser: Browser,
    site: str,
    dist: Path,
    tmp_path_factory: pytest.TempPathFactory,
    record_testsuite_property: Callable[[str, object], None],
) -> Iterator[Visitor]:
    """A visitor with one engine, for all stories."""
    try:
        driver = ENGINES[request.param](playwright, browser)
    except NotInstalledError as hint:
        pytest.skip(str(hint))
    record_testsuite_property(request.param, driver.version)
    folder = tmp_path_factory.mktemp("elsewhere")
    with ExitStack() as servers:
        elsewhere = servers.enter_context(serve(folder)).replace("127.0.0.1", "localhost")
        if request.param == BUILT:
            site = servers.enter_context(serve(dist))
        yield Visitor(driver, site, folder / "host.html", elsewhere, dist)
    driver.close()


@pytest.fixture
def watched(visitor: Visitor, request: pytest.FixtureRequest) -> Iterator[Visitor]:
    """The visitor. Fails the test if the browser had anything to complain of."""
    yield visitor
    if request.node.stash.get(FAILED, False):
        visitor.address = ""  # the next story begins anew
        FAILURES.mkdir(exist_ok=True)
        name = re.sub(r"\W+", "-", request.node.name)
        visitor.driver.screenshot(FAILURES / f"{name}.png")
    assert visitor.driver.complaints() == []


@pytest.mark.parametrize("story", STORIES, ids=lambda story: story.__name__)
def test_story(watched: Visitor, story: Story) -> None:
    story(watched)
