"""What an address asks for: read, or told in a sentence what is wrong with it."""

import pytest

from app.page.embed_request import LANGUAGES, read_request

CODES = ", ".join(code for code, _ in LANGUAGES)


def read(query: str) -> dict[str, object]:
    pairs = [part.partition("=")[::2] for part in query.split("&")]
    return read_request([list(pair) for pair in pairs])


def test_all_that_a_figure_takes_is_read() -> None:
    query = "embed=graph&code=L = a*b&values=a=2, b=-3e1&step=3&hide=tools,%20&autoplay="
    request = read(query.replace("%20", " "))
    assert request["problems"] == []
    assert request["section"] == "graph"
    assert request["values"] == {"a": "2", "b": "-3e1"}
    assert (request["step"], request["hide"], request["autoplay"]) == (3, ["tools"], True)


def test_nothing_but_a_section_is_enough() -> None:
    request = read("embed=training")
    assert (request["step"], request["hide"], request["autoplay"]) == (None, [], False)
    assert (request["code"], request["values"], request["problems"]) == ("", {}, [])


def test_keys_of_others_are_let_pass() -> None:
    assert read("embed=graph&utm_source=letter&height=300")["problems"] == []


@pytest.mark.parametrize("lang", ["en", "EN", "en-GB", "de", "de-AT"])
def test_there_is_more_than_one_language_of_the_controls(lang: str) -> None:
    assert read(f"embed=graph&lang={lang}")["problems"] == []


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ("embed=cats", "There is no “cats” to embed. There is: operations, nudge, graph,"),
        ("embed=", "There is no “” to embed."),
        ("embed=graph&values=a", "“values” has “a”, where a name and a number belong"),
        ("embed=graph&values=a=nan", "“values” has “a=nan”"),
        ("embed=graph&values=a=1e999", "“values” has “a=1e999”"),
        ("embed=graph&values=2=a", "“values” has “2=a”"),
        ("embed=graph&step=-1", "“step” is the number of a step, 0 or more, and not “-1”."),
        ("embed=graph&step=two", "and not “two”."),
        ("embed=graph&autoplay=maybe", "“autoplay” is one of true, false, and not “maybe”."),
        ("embed=graph&theme=pink", "“theme” is one of auto, light, dark, and not “pink”."),
        ("embed=graph&lang=xx", f"“lang” is one of {CODES}, and not “xx”."),
        ("embed=training&code=1", "“training” takes no “code”."),
        ("embed=" + "x" * 1000, "There is no “" + "x" * 39 + "…” to embed."),
    ],
)
def test_what_is_wrong_is_told(query: str, sentence: str) -> None:
    request = read(query)
    assert len(request["problems"]) == 1  # type: ignore[arg-type]
    assert sentence in request["problems"][0]  # type: ignore[index]


def test_what_is_wrong_is_left_out_and_the_rest_stays() -> None:
    request = read("embed=graph&values=a=2,b=x&step=x&code=L = a*b")
    assert (request["values"], request["step"], request["code"]) == ({"a": "2"}, None, "L = a*b")
