"""The HTML that puts a figure on a page: literal, and read back to what was chosen."""

from html.parser import HTMLParser
from urllib.parse import parse_qsl, urlsplit

import pytest

from app.page.embed_request import read_request
from app.page.embed_snippet import address, as_frame, as_tag

BASE = "https://example.org/course/"
CODE = "L = (a*b + c) * f"
USUAL = {"code": CODE, "values": "a=2,b=-3,c=10,f=-2"}
Choice = dict[str, str]


class _Elements(HTMLParser):
    def __init__(self, text: str) -> None:
        super().__init__()
        self.found: dict[str, dict[str, str]] = {}
        self.feed(text)

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        self.found[tag] = {name: text or "" for name, text in attributes}


def tag(choice: Choice, usual: Choice | None = None) -> str:
    return str(as_tag(BASE, choice, usual or {}))


def frame(choice: Choice) -> str:
    return str(as_frame(BASE, choice, {}, "A graph", 600))


def test_a_section_alone_is_a_script_and_an_element() -> None:
    assert tag({"section": "graph"}) == (
        '<script type="module" src="https://example.org/course/embed.js"></script>\n'
        '<micrograd-explainer section="graph"></micrograd-explainer>'
    )


def test_a_frame_has_a_title_and_a_height() -> None:
    assert frame({"section": "graph"}) == (
        '<iframe src="https://example.org/course/index.html?embed=graph" title="A graph" '
        'width="100%" height="600" style="border: 0" loading="lazy" '
        'allow="clipboard-write"></iframe>'
    )


def test_everything_that_was_chosen_is_there() -> None:
    choice = {
        "section": "graph",
        "code": "L = a*b",
        "values": "a=2,b=-3",
        "step": "3",
        "hide": "code,tools",
        "autoplay": "true",
        "theme": "dark",
        "height": "420",
    }
    assert tag(choice).endswith(
        '<micrograd-explainer section="graph" code="L = a*b" values="a=2,b=-3" step="3" '
        'hide="code,tools" autoplay theme="dark" height="420"></micrograd-explainer>'
    )
    assert 'height="420"' in frame(choice)
    assert address(BASE, choice, {}) == (
        "https://example.org/course/index.html?embed=graph&code=L%20=%20a*b&values=a=2,b=-3"
        "&step=3&hide=code,tools&autoplay=true&theme=dark"
    )


def test_settings_of_a_training_come_after_the_hash() -> None:
    settings = "activation=tanh&custom=sin(x)%2By&weights=AAA_-"
    choice = {"section": "training", "settings": settings, "theme": "light"}
    assert address(BASE, choice, {}) == (
        "https://example.org/course/index.html?embed=training&theme=light#" + settings
    )
    assert 'settings="activation=tanh&amp;custom=sin(x)%2By&amp;weights=AAA_-"' in tag(choice)


@pytest.mark.parametrize(
    ("text", "attribute", "query"),
    [
        ("a\nb", 'code="a&#10;b"', "code=a%0Ab"),
        ("a\r\nb", 'code="a&#10;b"', "code=a%0Ab"),
        ("\ta", 'code="&#9;a"', "code=%09a"),
        ("'\"", 'code="\'&quot;"', "code=%27%22"),
        ("a < b > c", 'code="a &lt; b &gt; c"', "code=a%20%3C%20b%20%3E%20c"),
        ("a & b", 'code="a &amp; b"', "code=a%20%26%20b"),
        ("&amp;", 'code="&amp;amp;"', "code=%26amp%3B"),
        ("# é", 'code="# &#233;"', "code=%23%20%C3%A9"),
        ("∂😀", 'code="&#8706;&#128512;"', "code=%E2%88%82%F0%9F%98%80"),
        (
            "</micrograd-explainer>",
            'code="&lt;/micrograd-explainer&gt;"',
            "%3C/micrograd-explainer%3E",
        ),
        ("a+b%20", 'code="a+b%20"', "code=a%2Bb%2520"),
    ],
)
def test_what_html_or_an_address_would_take_for_its_own_is_escaped(
    text: str, attribute: str, query: str
) -> None:
    choice = {"section": "workbench", "code": text}
    assert attribute in tag(choice)
    assert query in address(BASE, choice, {})


@pytest.mark.parametrize(
    ("choice", "expected"),
    [
        ({"code": CODE, "values": "a=2,b=-3,c=10,f=-2"}, ""),
        ({"code": CODE, "values": "f=-2.0, c=1e1, a=2, b=-3"}, ""),
        ({"code": CODE, "values": "a=5,b=-3,c=10,f=-2"}, ' values="a=5,b=-3,c=10,f=-2"'),
        ({"code": CODE, "values": "a=x"}, ' values="a=x"'),
        # of another code, the values may be others where nobody gives them
        ({"code": "L = a", "values": USUAL["values"]}, f' code="L = a" values="{USUAL["values"]}"'),
        ({"code": " \n", "values": "", "step": "", "hide": "", "theme": "", "height": ""}, ""),
        ({"step": "0"}, ' step="0"'),
    ],
)
def test_what_is_as_it_is_anyway_is_left_out(choice: Choice, expected: str) -> None:
    element = tag({"section": "graph", **choice}, USUAL).partition("\n")[2]
    assert element == f'<micrograd-explainer section="graph"{expected}></micrograd-explainer>'


CHOICES: list[Choice] = [
    {"section": "check", "hide": "reset"},
    {"section": "accidents", "accident": "no zero_grad", "step": "0"},
    {"section": "operations", "operation": "**", "values": "a=1e-3,b=.5", "autoplay": "true"},
    {"section": "operations", "operation": "+", "theme": "dark"},
    {"section": "backpropagation", "code": "x = '&#10;' # é∂ 50%\ny < x & \"z\"\n", "step": "12"},
    {"section": "workbench", "code": "print('a=1&b=2', \"?#\")\n\tif x:\\ +1"},
]


@pytest.mark.parametrize("choice", CHOICES, ids=lambda choice: choice["section"])
def test_the_address_of_a_frame_is_read_back_to_what_was_chosen(choice: Choice) -> None:
    source = _Elements(frame(choice)).found["iframe"]["src"]
    request = read_request(parse_qsl(urlsplit(source).query, keep_blank_values=True))
    assert_asks_for(request, choice)


@pytest.mark.parametrize("choice", CHOICES, ids=lambda choice: choice["section"])
def test_the_attributes_of_the_element_are_read_back_to_what_was_chosen(choice: Choice) -> None:
    attributes = _Elements(tag(choice)).found["micrograd-explainer"]
    pairs = [("embed" if name == "section" else name, text) for name, text in attributes.items()]
    assert_asks_for(read_request(pairs), choice)


def assert_asks_for(request: dict[str, object], choice: Choice) -> None:
    """Compare with what the choice means, written down without reading any address."""
    values = choice.get("values", "")
    step = choice.get("step")
    hide = choice.get("hide", "")
    expected = {
        "section": choice["section"],
        "problems": [],
        "code": choice.get("code", ""),
        "values": dict(part.split("=") for part in values.split(",")) if values else {},
        "step": int(step) if step else None,
        "hide": hide.split(",") if hide else [],
        "autoplay": "autoplay" in choice,
        "operation": choice.get("operation", ""),
        "accident": choice.get("accident", ""),
    }
    assert {key: request[key] for key in expected} == expected
