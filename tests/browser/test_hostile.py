"""What anybody may send to the page's JavaScript, by the hundred: links, messages, markup."""

import base64
import json
import random
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings
from playwright.sync_api import Browser, Page, expect

from tests.browser.blank import open_blank
from tests.browser.conftest import Watched
from tests.browser.host import OPEN, SLOW, Host, frame_of, hosting

MANY = 3 * settings.default.max_examples  # more of them with `make fuzz`
OURS, ASIDE = "micrograd-explainer/:", "micrograd-explainer-damaged/:"
VALUES: list[Any] = [
    *[None, True, 0, -1, 1.5, 1e308, 2**53, "", "text", "\0", "<img src=x onerror=alert(1)>"],
    *[[], [[]], [1, 1], [None], {}, {"text": None}, {"text": "a"}, {"__proto__": {"a": 1}}],
]


def some(chance: random.Random, depth: int = 3) -> Any:
    """Make plain data by chance."""
    if depth and chance.random() < 0.4:
        inner = [some(chance, depth - 1) for _ in range(chance.randrange(4))]
        return inner if chance.random() < 0.5 else {str(x)[:8]: x for x in inner}
    return chance.choice(VALUES)


# Links.


def links(chance: random.Random) -> Iterator[str]:
    """Yield links of which the checksum is right, and others with some characters changed."""
    while True:
        text = json.dumps(some(chance))[: chance.choice([5, 99])].encode()
        packer = zlib.compressobj(9, zlib.DEFLATED, -15)
        deflated = packer.compress(text) + packer.flush()
        checked = zlib.crc32(deflated).to_bytes(4, "big") + deflated
        link = list("#share=1." + base64.urlsafe_b64encode(checked).decode().rstrip("="))
        for _ in range(chance.choice([0, 0, 1, 5])):
            link[chance.randrange(len(link))] = chance.choice("Aa0_-.=#%&/ é\0")
        yield "".join(link)


def test_a_link_is_a_state_or_a_sentence_or_none_of_ours(page: Page) -> None:
    made = links(random.Random(1))
    found = page.evaluate(
        """async (links) => {
          const { fromFragment } = await import("./static/share.js");
          return Promise.all(links.map(fromFragment));
        }""",
        [next(made) for _ in range(MANY)],
    )
    states = [each["state"] for each in found if each and "state" in each]
    problems = [each["problem"] for each in found if each and "problem" in each]
    assert all(isinstance(state, dict) for state in states)
    assert all(problem.endswith(".") for problem in problems)
    assert len(states) > 9
    assert len(problems) > 9
    assert len(states) + len(problems) + found.count(None) == len(found)


# What is kept.


def test_what_is_stored_is_read_or_set_aside(page: Page) -> None:
    chance = random.Random(1)
    texts = [
        json.dumps({"version": chance.choice([1, 2]), "value": some(chance)}) for _ in range(MANY)
    ]
    texts = [chance.choice([text, text[: chance.randrange(30)]]) for text in texts]
    lost = page.evaluate(
        """async ([texts, ours, aside]) => {
          const { forget, kept, putAside } = await import("./static/storage.js");
          const lost = [];
          for (const text of texts) {
            localStorage.setItem(ours + "hostile", text);
            await kept("hostile");
            await putAside("hostile");
            if (localStorage.getItem(aside + "hostile") !== text) lost.push(text);
            if (localStorage.getItem(ours + "hostile") !== null) lost.push(text);
          }
          await forget("hostile");
          localStorage.removeItem(aside + "hostile");
          return lost;
        }""",
        [texts, OURS, ASIDE],
    )
    assert lost == []


KEPT = {  # what another version may have meant by it
    "cell:workbench/workbench-1": "text",
    "cell:operations/operations-1": {"code": "a = 1"},
    "added:workbench": ["first", "second"],
    "engine:engine": ["class Value: pass"],
    "training": {"dataset": "xor"},
    "training-points": [{"x": 1, "y": 2}],
    "training-table": [[1, 2, 3]],
    "speed": {"speed": 2},
}


@pytest.mark.cold
def test_what_another_version_has_kept_is_set_aside_and_the_page_works(fresh: Watched) -> None:
    page = open_blank(fresh)
    stored = {key: json.dumps({"version": 1, "value": json.dumps(KEPT[key])}) for key in KEPT}
    damaged = {"cell:graph/graph-1": '{"version":1,"value":"{"}', "cell:training/training-1": "{"}
    stored |= damaged
    put = (
        "stored => Object.entries(stored).forEach(([key, text]) => localStorage.setItem(key, text))"
    )
    page.evaluate(put, {OURS + key: text for key, text in stored.items()})
    fresh.open()
    training = page.locator("[data-figure=training]")
    training.scroll_into_view_if_needed()
    expect(training.locator("[data-part=network] svg")).to_be_attached(timeout=SLOW)
    expect(training.locator("[data-part=problem]")).to_be_hidden()
    page.locator("#engine summary").first.click()
    expect(page.locator("#engine .cm-content").first).to_contain_text("class Value", timeout=SLOW)
    cell = page.locator("[data-cell=workbench-1]")
    cell.scroll_into_view_if_needed()
    cell.get_by_role("button", name="Run", exact=True).click()
    expect(cell.locator("[data-part=number]")).to_have_text("[1]", timeout=SLOW)
    for key, text in stored.items():
        assert page.evaluate("key => localStorage.getItem(key)", ASIDE + key) == text, key


# Messages.


@pytest.fixture
def host(browser: Browser, tmp_path: Path) -> Iterator[Host]:
    with hosting(browser, tmp_path, {}, OPEN) as host:
        yield host


def messages(chance: random.Random) -> Iterator[Any]:
    while True:
        message = {
            "source": chance.choice(["micrograd-explainer", "micrograd-explainer", some(chance)]),
            "type": chance.choice(
                ["theme", "step", "pause", "resume", "join", "start", some(chance)]
            ),
        }
        for key in ("step", "theme", "id", "method", "request"):
            message[key] = chance.choice([some(chance), 3, "dark", "__proto__"])
        yield chance.choice([message, message, some(chance)])


def test_a_figure_takes_any_message_of_the_page_around_it(host: Host) -> None:
    page = host.open('<micrograd-explainer section="graph"></micrograd-explainer>')
    figure = frame_of(page).get_by_role("figure", name="The graph of an expression")
    expect(figure.locator("[data-node]").first).to_be_visible(timeout=SLOW)
    made = messages(random.Random(1))
    page.evaluate(
        """(messages) => {
          const { frame } = document.querySelector("micrograd-explainer");
          for (const message of messages) frame.contentWindow.postMessage(message, "*");
        }""",
        [next(made) for _ in range(MANY)]
        + [{"source": "micrograd-explainer", "type": "step", "step": 2}],
    )
    expect(figure).to_have_attribute("data-step", "2")
    figure.get_by_role("button", name="Step", exact=True).click()
    expect(figure).to_have_attribute("data-step", "3")
    assert host.problems == []


def test_the_element_takes_any_message_of_its_frame(host: Host) -> None:
    """The frame may show another page by now."""
    page = host.open('<micrograd-explainer section="graph"></micrograd-explainer>')
    expect(frame_of(page).locator("[data-node]").first).to_be_visible(timeout=SLOW)
    made = messages(random.Random(2))
    hostile = [next(made) for _ in range(MANY)] + [
        {
            "source": "micrograd-explainer",
            "type": kind,
            "height": 1e9,
            "sentence": "<b>",
            "answer": 1,
        }
        for kind in ("height", "error", "state", "ready")
    ]
    frame_of(page).locator("body").evaluate(
        "(body, messages) => { for (const message of messages) parent.postMessage(message, '*'); }",
        hostile,
    )
    page.wait_for_function("heard.length > 0")
    assert page.locator("micrograd-explainer").evaluate("x => x.offsetHeight") <= 20_100
    assert page.locator("b").count() == 0
    assert host.problems == []


# Markup.

PIECES = [
    *["<svg>", "</svg>", "<math>", "</math>", "<p>", "<g>", "<title>", "</title>", "<mtext>"],
    *["<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "<iframe src=x>", "<style>"],
    *["</style>", "<a href=javascript:alert(1)>", "<meta http-equiv=refresh content=0>", "<table>"],
    *["<foreignObject>", "<template>", "</template>", "<form>", "<mglyph>", "<annotation-xml>"],
    *["<svg onload=alert(1)>", "<math href=x>", "<text xlink:href=x src=x>", "<!--", "-->", "<tr>"],
    *["<noscript>", "<plaintext>", "<select>", "<desc>", "<b ONCLICK=x>", "<![CDATA[", "]]>", "a"],
    *["<p style='background:url(x)'>", "<g style='position:fixed'>", "<p style='--a:url(x)'>"],
]


def test_markup_of_the_kernel_loses_all_that_loads_or_acts(page: Page, shared: Watched) -> None:
    chance = random.Random(1)
    made = ["".join(chance.choices(PIECES, k=chance.randint(1, 9))) for _ in range(MANY)]
    active = page.evaluate(
        """async (made) => {
          const { setMarkup } = await import("./static/markup.js");
          const place = document.createElement("div");
          const found = [];
          document.body.append(place);
          for (const markup of made) {
            setMarkup(place, markup);
            const foreign = place.querySelector(":not(svg, g, title, text, math, mtext, p)");
            const attributes = [...place.querySelectorAll("*")].flatMap((x) => [...x.attributes]);
            if (foreign || attributes.length) found.push([markup, place.innerHTML]);
          }
          place.remove();
          return found;
        }""",
        made,
    )
    assert active == []
    shared.expect_only("violates the following Content Security Policy")  # it only wanted to


def test_a_drawing_keeps_the_numbers_in_its_style(page: Page) -> None:
    kept = page.evaluate(
        """async () => {
          const { setMarkup } = await import("./static/markup.js");
          const place = document.createElement("div");
          setMarkup(place, '<svg style="--room: 1.5; --letters: 1;"></svg>');
          return place.firstElementChild.getAttribute("style");
        }"""
    )
    assert kept == "--room: 1.5; --letters: 1;"
