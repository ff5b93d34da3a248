"""What the page says, and numbers as they are typed, in English and in another language."""

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.page.embed_request import LANGUAGES, read_request
from app.page.language import say, speak, with_decimal_sign, with_point

STATIC = Path(__file__).parents[3] / "static"


@pytest.fixture
def german() -> Iterator[None]:
    speak(json.loads((STATIC / "languages" / "de.json").read_text(encoding="utf-8")))
    yield
    speak({})


def test_say_without_a_table_is_english() -> None:
    assert say("Value of {name}", name="{a}") == "Value of {a}"


@pytest.mark.usefixtures("german")
def test_say_takes_the_text_of_the_table() -> None:
    assert say("Value of {name}", name="{a}") == "Wert von {a}"
    assert say("No table has this.") == "No table has this."


@pytest.mark.usefixtures("german")
def test_what_is_wrong_with_an_address_is_told_in_german() -> None:
    problems = read_request([["embed", "graph"], ["step", "zwei"]])["problems"]
    assert problems == [
        "„step“ ist die Nummer eines Schritts, 0 oder mehr, und nicht „zwei“.",
    ]


@pytest.mark.usefixtures("german")
@pytest.mark.parametrize(("typed", "number"), [("-0,5", "-0.5"), ("0.5", "0.5"), ("1/3", "1/3")])
def test_with_point_reads_a_german_number(typed: str, number: str) -> None:
    assert with_point(typed) == number


@pytest.mark.usefixtures("german")
def test_with_decimal_sign_writes_a_german_number() -> None:
    assert with_decimal_sign("-0.5") == "-0,5"


def test_numbers_have_a_point_in_english() -> None:
    assert (with_point("0,5"), with_decimal_sign("0.5")) == ("0,5", "0.5")


def test_an_address_may_ask_for_every_language_that_there_is() -> None:
    source = (STATIC / "language.js").read_text(encoding="utf-8")
    listed = source.partition("LANGUAGES = ")[2].partition("\n")[0]
    assert re.findall(r"\b[a-z]{2}\b", listed) == [code for code, _ in LANGUAGES]
    tables = {path.stem for path in (STATIC / "languages").glob("*.json")}
    assert {"en", *tables} == {code for code, _ in LANGUAGES}
