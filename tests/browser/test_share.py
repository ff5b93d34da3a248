"""A state as a link: what goes in comes out, and what comes from anywhere does no harm."""

import base64
import json
import random
import re
import zlib
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Error, Page

from tests.browser.site import ROOT

ENGINE = (ROOT / "micrograd" / "engine.py").read_text(encoding="utf-8")
DAMAGED = (
    "The link was cut short or damaged on its way, so this is the page as it is for everybody."
)
TOO_NEW = "The link was made by a newer version of this page. Reload the page to try again."

To = Callable[[Any], str]
From = Callable[[str], Any]


@pytest.fixture
def to_fragment(page: Page) -> To:
    return lambda state: str(
        page.evaluate("async s => (await import('./static/share.js')).toFragment(s)", state)
    )


@pytest.fixture
def from_fragment(page: Page) -> From:
    return lambda hash: page.evaluate(
        "async h => (await import('./static/share.js')).fromFragment(h)", hash
    )


def deflate(data: bytes) -> bytes:
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    return packer.compress(data) + packer.flush()


def fragment(deflated: bytes) -> str:
    """Make a link as the module does: version, base64url of CRC-32 and deflated text."""
    data = zlib.crc32(deflated).to_bytes(4, "big") + deflated
    return "#share=1." + base64.urlsafe_b64encode(data).decode().rstrip("=")


def of_text(text: str) -> str:
    return fragment(deflate(text.encode()))


STATE = {"code": ENGINE[:4096], "values": {"a": -2.5, "b": 1e-300}, "step": 7, "cell": "graph-1"}


def test_what_goes_in_comes_out(to_fragment: To, from_fragment: From) -> None:
    assert from_fragment(to_fragment(STATE)) == {"state": STATE}
    assert from_fragment(to_fragment({})) == {"state": {}}


def test_the_format_is_crc_32_and_deflate_in_base64url(to_fragment: To) -> None:
    made = to_fragment(STATE)
    assert re.fullmatch(r"#share=1\.[A-Za-z0-9_-]+", made)
    body = made.removeprefix("#share=1.")
    data = base64.urlsafe_b64decode(body + "=" * (-len(body) % 4))
    assert int.from_bytes(data[:4], "big") == zlib.crc32(data[4:])
    assert json.loads(zlib.decompress(data[4:], wbits=-15)) == STATE


def test_four_kilobytes_of_python_fit_under_8000_characters(to_fragment: To) -> None:
    assert len(STATE["code"]) == 4096
    assert len(to_fragment(STATE)) < 8000
    assert len(to_fragment({"code": ENGINE})) < 8000  # all of the engine, 10 KB


def test_any_text_goes_through(page: Page) -> None:
    """Random UTF-16, halves of surrogate pairs too, which are no text to UTF-8."""
    chance = random.Random(1)
    ranges = [(0, 0x7F), (0, 0xFFFF), (0xD7F0, 0xE010), (0x2028, 0x202A), (0xFEFF, 0xFEFF)]
    texts = []
    for _ in range(300):
        low, high = chance.choice(ranges)
        texts.append([chance.randint(low, high) for _ in range(chance.choice([0, 1, 2, 50, 999]))])
    failed = page.evaluate(
        """async (texts) => {
          const { toFragment, fromFragment } = await import("./static/share.js");
          const failed = [];
          for (const units of texts) {
            const text = String.fromCharCode(...units);
            const { state } = await fromFragment(await toFragment({ code: text, [text]: [text] }));
            if (state?.code !== text || state[text][0] !== text) failed.push(units);
          }
          return failed;
        }""",
        texts,
    )
    assert failed == []


@pytest.mark.parametrize("hash", ["", "#", "#graph", "#shared=1.AAAA", "#embed=1&share=1.AA"])
def test_other_fragments_are_none_of_its_business(from_fragment: From, hash: str) -> None:
    assert from_fragment(hash) is None


def test_a_link_that_was_cut_anywhere_is_told(to_fragment: To, page: Page) -> None:
    whole = to_fragment({"code": "a = 1\nb = 2\nprint(a * b)"})
    problems = page.evaluate(
        """async (whole) => {
          const { fromFragment } = await import("./static/share.js");
          const problems = new Set();
          for (let end = "#share=".length; end < whole.length; end++) {
            problems.add((await fromFragment(whole.slice(0, end))).problem);
          }
          return [...problems];
        }""",
        whole,
    )
    assert problems == [DAMAGED]


def test_a_link_with_any_one_character_changed_is_told(to_fragment: To, page: Page) -> None:
    whole = to_fragment({"code": "a = 1\nb = 2\nprint(a * b)"})
    misread = page.evaluate(
        """async (whole) => {
          const { fromFragment } = await import("./static/share.js");
          const right = JSON.stringify((await fromFragment(whole)).state);
          const misread = [];
          for (let i = "#share=1.".length; i < whole.length; i++) {
            for (const other of ["A", "_", "%", " ", "é"]) {
              if (other === whole[i]) continue;
              const { state } = await fromFragment(whole.slice(0, i) + other + whole.slice(i + 1));
              if (state && JSON.stringify(state) !== right) misread.push([i, other]);
            }
          }
          return misread;
        }""",
        whole,
    )
    assert misread == []


@pytest.mark.parametrize("tail", [".", ")", ">.", "%20", "…"])
def test_what_a_chat_puts_behind_a_link_does_not_matter(
    to_fragment: To, from_fragment: From, tail: str
) -> None:
    expected = {"problem": DAMAGED} if tail == "%20" else {"state": {"a": 1}}
    assert from_fragment(to_fragment({"a": 1}) + tail) == expected


@pytest.mark.parametrize(
    "hash",
    [
        "#share=",
        "#share=1.",
        "#share=1.A",
        "#share=1.AAAA",
        "#share=1.AAAAAA",
        "#share=1.<script>alert(1)</script>",
        "#share=1." + "=" * 1000,
        "#share=1." + "A" * 200_000,
        "#share=1.\u0000\ud800",
        "#share=x.AAAA",
        of_text(""),
        of_text("not JSON"),
        of_text("alert(1)"),
        of_text("null"),
        of_text("[]"),
        of_text('"text"'),
        of_text("1e999"),
        of_text('{"a":1} trailing'),
        of_text("[" * 100_000),
        of_text('{"a":' + "[" * 1000 + "]" * 1000 + "}"),
        fragment(deflate(b'{"a":"\xff\xfe"}')),  # no UTF-8
        fragment(b""),
        fragment(b"\xff" * 100),
        fragment(deflate(b'{"a":1}') + b"trailing"),
        fragment(deflate(b'{"a":"' + b"a" * (1024 * 1024) + b'"}')),
    ],
    ids=range(25),
)
def test_a_hostile_link_gets_a_sentence(from_fragment: From, hash: str) -> None:
    assert from_fragment(hash) == {"problem": DAMAGED}


@pytest.mark.parametrize("hash", ["#share=2.AAAA", "#share=10.", "#share=0.AAAA"])
def test_another_version_is_told(from_fragment: From, hash: str) -> None:
    assert from_fragment(hash) == {"problem": TOO_NEW}


def test_prototypes_cannot_be_polluted(page: Page) -> None:
    hash = of_text('{"__proto__": {"polluted": 1}, "constructor": {"prototype": {"polluted": 1}}}')
    found = page.evaluate(
        """async (hash) => {
          const { state } = await (await import("./static/share.js")).fromFragment(hash);
          return [Object.keys(state), ({}).polluted === undefined, state.polluted === undefined];
        }""",
        hash,
    )
    assert found == [["__proto__", "constructor"], True, True]


def test_a_bomb_is_left_at_the_limit(page: Page) -> None:
    """60 MB of zeros in 60 KB: at most the megabyte and what one more piece makes is read."""
    bomb = fragment(deflate(b'{"a":"' + b"0" * 60_000_000 + b'"}'))
    assert len(bomb) < 64 * 1024 * 4 / 3
    problem, length = page.evaluate(
        """async (bomb) => {
          const { fromFragment } = await import("./static/share.js");
          let length = 0;
          const read = ReadableStreamDefaultReader.prototype.read;
          ReadableStreamDefaultReader.prototype.read = async function () {
            const next = await read.call(this);
            length += next.value?.length ?? 0;
            return next;
          };
          const { problem } = await fromFragment(bomb);
          ReadableStreamDefaultReader.prototype.read = read;
          return [problem, length];
        }""",
        bomb,
    )
    assert problem == DAMAGED
    assert length < 2.2 * 1024 * 1024


def test_a_state_that_is_too_large_is_refused_with_a_sentence(page: Page, to_fragment: To) -> None:
    chance = random.Random(1)
    noise = "".join(chance.choices("abcdefghijklmnopqrstuvwxyz0123456789", k=110_000))
    deep: list[Any] = []
    for _ in range(40):
        deep = [deep]
    for state in ({"code": noise}, {"code": "a" * 1_100_000}, {"code": deep}):
        with pytest.raises(Error, match="more than fits into a link"):
            to_fragment(state)


def test_almost_as_much_as_fits_goes_through(to_fragment: To, from_fragment: From) -> None:
    state = {"code": "a = 1\n" * 140_000}  # 840 KB, and 980 KB of JSON
    assert from_fragment(to_fragment(state)) == {"state": state}
