"""What the kernel says in German: with the table that the page sends, for one client each."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from app.kernel.answer import UnreadableError, as_shown, read
from app.kernel.language import speak
from app.kernel.main import handle
from app.kernel.numbers import equals, is_exact, plain, show

TABLES = Path(__file__).parents[3] / "static" / "languages"
GERMAN: dict[str, str] = json.loads((TABLES / "de.json").read_text(encoding="utf-8"))


@pytest.fixture(autouse=True)
def _german() -> Iterator[None]:
    speak(GERMAN)
    yield
    for client in ("one", "two"):
        ask(client, "forget_client", client=client)
    speak({})


def ask(client: str, method: str, /, **request: Any) -> dict[str, Any]:
    answer: dict[str, Any] = json.loads(handle(method, json.dumps(request), print, client))
    return answer


def graph(client: str, code: str) -> dict[str, Any]:
    return ask(client, "graph", figure="graph", code=code, values={}, passes="both")


def told(client: str, code: str) -> list[str]:
    narration: list[str] = graph(client, code)["pictures"]["graph"]["narration"]
    return [sentence.replace("\u00a0", " ") for sentence in narration]


def test_show_writes_the_decimal_sign_of_the_language_and_plain_a_point() -> None:
    assert (show(-0.66666), show(12345.6), show(3.0)) == ("−0,6667", "1,235e4", "3")
    assert plain(-0.66666) == "−0.6667"


def test_a_number_that_is_shown_with_a_comma_is_compared_all_the_same() -> None:
    assert is_exact(0.25)
    assert not is_exact(1 / 3)
    assert (equals(0.5, 0.25), equals(1 / 3)) == ("=", "≈")
    assert as_shown(1 / 3) == 0.3333


def test_narrate_says_each_step_in_german() -> None:
    assert told("", "a = Value(0.5)\na * a") == [
        "a ist ein Blatt: eine vorgegebene Zahl, 0,5.",
        "a × a = 0,5 × 0,5 = 0,25.",
        "Es beginnt bei der Ausgabe: a × a ändert sich genauso schnell wie es selbst, "
        "also ist der Gradient dort 1.",
        "a × a gibt seinen Gradienten mal ∂(a × a)/∂a an a weiter: 1 × 0,5 = 0,5.",
        # d(a·a)/da = 2a = 1
        "a × a gibt seinen Gradienten mal ∂(a × a)/∂a an a weiter: 1 × 0,5 = 0,5, "
        "zum bisherigen Wert 0,5 addiert: 1.",
    ]


def test_a_program_and_its_fields_keep_the_point() -> None:
    answer = graph("", "a = Value(0.5)\na * 0.25")
    assert answer["code"] == "a = Value(0.5)\na * 0.25"
    assert answer["leaves"][0]["value"] == "0.5"
    (first, *_) = answer["pictures"]["graph"]["numbers"]
    assert first["writes"] == [{"step": 0, "text": "0,5", "exact": "0.5"}]


def test_a_mistake_is_explained_in_german() -> None:
    assert graph("", "L = (a * b")["mistake"]["says"] == (
        "Hier wird eine Klammer geöffnet und nie geschlossen."
    )


def test_an_answer_is_read_with_a_comma_and_with_a_point() -> None:
    assert (read("-0,5"), read("0.5"), read("2 * −1,5")) == (-0.5, 0.5, -3.0)
    with pytest.raises(UnreadableError, match="Zahlen"):
        read("x")


def test_speak_changes_the_language_of_one_client() -> None:
    ask("two", "speak", table={})
    ask("one", "speak", table=GERMAN)
    assert told("two", "a * 1.5")[1] == "1.5 is a constant: a number in the program."
    assert told("one", "a * 1.5")[1] == "1,5 ist eine Konstante: eine Zahl im Programm."
    assert told("two", "a * 1.5")[1] == "1.5 is a constant: a number in the program."
