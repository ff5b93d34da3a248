"""What counts as a text of the interface, and that every language has all of them."""

import json
import re
from pathlib import Path

import pytest

from app.messages import ROOT, found, missing_in, of_html, of_javascript, of_python, tables


def test_of_python_finds_what_is_said_and_what_is_noted() -> None:
    source = (
        'WORDS = [noted("one"), "two"]\nsay("{n} of " "them", n=3)\nsay(WORDS[0])\nself.say("no")'
    )
    assert of_python(source) == {"one", "{n} of them"}


@pytest.mark.parametrize("text", ['f"{n} of them"', '"one" + "two"'])
def test_of_python_refuses_what_only_the_program_puts_together(text: str) -> None:
    with pytest.raises(ValueError, match="line 1"):
        of_python(f"say({text})")


def test_of_javascript_finds_strings_also_put_together() -> None:
    concatenated = 'say("a \\"b\\" " +\n  "c", { n });'
    source = f'const A = noted("one");\n{concatenated}\nsay(A); this.say("no"); essay("no");'
    assert of_javascript(source) == {"one", 'a "b" c'}


@pytest.mark.parametrize(
    ("page", "texts"),
    [
        ("<p>\n  Two   words\n</p>", {"Two words"}),
        ('<button aria-label="Zoom in">+</button>', {"Zoom in"}),
        ('<pre aria-label="The change">not this</pre><code>nor this</code>', {"The change"}),
        ('<p translate="no" title="not this">nor <b>this</b></p><p>But this</p>', {"But this"}),
        ("<p>It is <br>here<input> now</p>", {"It is", "here", "now"}),
        ("<p>x</p><p>, 2</p>", set()),
        ('<pre data-caption="printed"></pre>', {"printed"}),
        ('<p data-say>\n A <b title="x y">b</b>.\n</p>', {'A <b title="x y">b</b>.'}),
        ("<option data-say>0.5×</option>", {"0.5×"}),
        ("<template><p>Some</p></template>", {"Some"}),
        ("<!-- lesson: graph -->\n<p>English</p>\n<!-- end of lesson --><p>All</p>", {"All"}),
        ("<head><title>Page</title></head><noscript><p>None</p></noscript>", set()),
    ],
)
def test_of_html_finds_what_is_translated(page: str, texts: set[str]) -> None:
    assert of_html(page) == texts


def test_style_sheets_have_no_words_of_their_own() -> None:
    for file in (ROOT / "static" / "css").glob("*.css"):
        text = file.read_text(encoding="utf-8")
        shown = "".join(re.findall(r"content:([^;]*);", text))
        words = [text for text in re.findall(r'"([^"]*)"', shown) if re.search("[a-z]{2}", text)]
        assert words == [], file.name


def test_of_html_refuses_what_a_browser_would_have_to_mend() -> None:
    with pytest.raises(ValueError, match="line 1"):
        of_html("<p><b>Bold</p></b>")


@pytest.mark.parametrize(
    ("table", "problems"),
    [
        ({"a {n}": "{n} A"}, []),
        ({}, ["missing: a {n}"]),
        ({"a {n}": ""}, ["other names in it: a {n}"]),
        ({"a {n}": "{m} A"}, ["other names in it: a {n}"]),
        ({"a {n}": "{n} A", "b": "B"}, ["no longer said: b"]),
    ],
)
def test_missing_in_tells_what_is_wrong(table: dict[str, str], problems: list[str]) -> None:
    assert list(missing_in(table, {"a {n}"})) == problems


@pytest.mark.parametrize("path", tables(), ids=lambda path: path.stem)
def test_every_table_has_each_text_once_and_in_order(path: Path) -> None:
    pairs = json.loads(path.read_text(encoding="utf-8"), object_pairs_hook=list)
    texts = [text for text, _ in pairs]
    assert texts == sorted(set(texts))
    assert list(missing_in(dict(pairs), found())) == []
