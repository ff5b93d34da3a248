"""The address of an embedded figure: what it asks for, and that its code can only compute."""

import ast
from html.parser import HTMLParser

from hypothesis import given
from hypothesis import strategies as st

from app.page.embed_code import FUNCTIONS, METHODS, only_computes
from app.page.embed_request import KEYS, SECTIONS, read_request
from app.page.embed_snippet import as_frame, as_tag
from tests.hostile import inputs

_sections = st.one_of(st.sampled_from([name for name, _ in SECTIONS]), inputs.any_text)
_keys = st.one_of(st.sampled_from([*KEYS, "theme", "lang", "settings"]), inputs.any_text)
_texts = st.one_of(inputs.any_text, inputs.numbers, inputs.code, st.just(inputs.MARKUP))
_values = st.lists(st.tuples(inputs.any_text, inputs.numbers).map("=".join)).map(",".join)


@given(_sections, st.lists(st.tuples(_keys, st.one_of(_texts, _values)), max_size=5))
def test_a_request_is_read_and_what_is_wrong_with_it_is_told(
    section: str, pairs: list[tuple[str, str]]
) -> None:
    request = read_request([("embed", section), *pairs])
    assert all(isinstance(sentence, str) and sentence for sentence in request["problems"])
    if not request["section"]:
        assert request["problems"]
        return
    assert all(abs(float(number)) < float("inf") for number in request["values"].values())
    assert all(name.isascii() and name.isidentifier() for name in request["values"])
    assert request["step"] is None or 0 <= request["step"] < 10**6


_words = ["a", "b", "x1", "L", "exec", "js", "print", "import", "from", "lambda", "del", "not"]
_tokens = st.sampled_from(
    [
        *_words,
        *FUNCTIONS,
        *[f".{name}" for name in (*METHODS, "data", "__class__", "label")],
        *["(", ")", "(", ")", "+", "-", "*", "**", "/", ",", "=", "\n", " ", "#", "1", ".5", "2e3"],
        *["[", "]", "{", ":", ";", "\\", "'", "@", "\t", "\r", "\x0c", "é", "__import__"],
    ]
)
_soup = st.lists(_tokens, min_size=1, max_size=12).map("".join)
HARMLESS = (
    *(ast.Module, ast.Expr, ast.Assign, ast.AugAssign, ast.Name, ast.Load, ast.Store, ast.Constant),
    *(ast.BinOp, ast.UnaryOp, ast.Call, ast.Attribute, ast.Tuple, ast.Starred, ast.operator),
    *(
        ast.unaryop,
        ast.keyword,
        ast.Pass,
        ast.Break,
        ast.Continue,
        ast.Return,
        ast.Raise,
        ast.Yield,
    ),
)


@given(st.one_of(_soup, inputs.code))
def test_code_that_runs_at_once_calls_nothing_but_operations(code: str) -> None:
    if not only_computes(code):
        return
    try:
        tree = ast.parse(code)
    except (SyntaxError, ValueError):
        return  # then nothing of it runs
    for node in ast.walk(tree):
        assert isinstance(node, HARMLESS), ast.dump(node)
        if isinstance(node, ast.Call):
            name = node.func
            called = name.id if isinstance(name, ast.Name) else getattr(name, "attr", "")
            assert called in (FUNCTIONS if isinstance(name, ast.Name) else METHODS)
        if isinstance(node, ast.Attribute):
            assert node.attr in METHODS
        if isinstance(node, ast.Name):
            assert "__" not in node.id
            assert not (node.id in FUNCTIONS and isinstance(node.ctx, ast.Store))


class Tags(HTMLParser):
    """Notes the tags of a text, and all of it that is none."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: dict[str, str | None] = {}
        self.texts = ""
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes.update(attrs)

    def handle_data(self, data: str) -> None:
        self.texts += data


_choice = st.fixed_dictionaries(
    {"section": st.sampled_from([name for name, _ in SECTIONS])},
    optional=dict.fromkeys((*KEYS, "lang", "theme", "height", "settings"), _texts),
)


@given(_choice)
def test_a_snippet_has_one_element_whatever_was_chosen(choice: dict[str, str]) -> None:
    choice = {key: text.encode("utf-8", "replace").decode() for key, text in choice.items()}
    tag = Tags(as_tag("https://example.org/", choice, {}))
    assert (tag.tags, tag.texts.strip()) == (["script", "micrograd-explainer"], "")
    assert tag.attributes["src"] == "https://example.org/embed.js"
    frame = Tags(as_frame("https://example.org/", choice, {}, "A figure", 300))
    assert (frame.tags, frame.texts) == (["iframe"], "")
    assert str(frame.attributes["src"]).startswith("https://example.org/index.html?embed=")
    assert not any(name.startswith("on") for name in (*tag.attributes, *frame.attributes))
