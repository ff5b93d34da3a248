"""What is said in German of networks, trainings, cells, notebooks and exercises."""

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from app.kernel.exercises import demand
from app.kernel.language import counted, listed, say_again, speak
from app.kernel.network import told
from app.kernel.network.drawing import draw
from app.kernel.notebook.upload import read
from app.kernel.training.frame import percent
from app.kernel.training.presets import PRESETS
from app.kernel.training.reasons import how_steps_are_made
from app.kernel.training.rows import make_rows
from app.kernel.training.settings import DEFAULTS, change, describe
from tests.app.kernel.cells.run import failure
from tests.app.kernel.network.setups import CHAIN, passed

TABLE = Path(__file__).parents[3] / "static" / "languages" / "de.json"
GERMAN: dict[str, str] = json.loads(TABLE.read_text(encoding="utf-8"))


@pytest.fixture(autouse=True)
def _german() -> Iterator[None]:
    speak(GERMAN)
    yield
    speak({})


def test_a_pass_is_told_step_by_step() -> None:
    assert told.narration(passed(CHAIN))[:4] == [
        "Die Eingaben dieses Beispiels sind gegeben: x = 3.",
        "Schicht 1: Ihr Neuron multipliziert jede Eingabe mit einem Gewicht, addiert alles zu "
        "seinem Bias und wendet ReLU darauf an: h1.1 = ReLU(7) = 7.",
        "Das Neuron der letzten Schicht multipliziert jede Eingabe mit einem Gewicht und addiert "
        "alles zu seinem Bias: out = 10.",
        "Der Verlust sagt, wie falsch die Ausgabe ist: Er ist das Quadrat ihres Abstands zum "
        "Zielwert, (10 − 8)² = 4.",
    ]


def test_the_parts_of_a_network_have_german_names() -> None:
    names = re.findall('aria-label="(.*?)"', draw([1, 1, 1], ["x"], "numbers", "Netz", True))
    assert set(names) == {
        "Netz",
        "Eingabe x",
        "Gewicht 1 von Neuron 1 in Schicht 1",
        "Neuron 1 in Schicht 1",
        "Bias von Neuron 1 in Schicht 1",
        "Gewicht 1 der Ausgabe",
        "Ausgabe",
        "Bias der Ausgabe",
        "Verlust",
    }


def test_settings_have_german_labels_and_the_same_values() -> None:
    rate = next(setting for setting in describe() if setting["key"] == "learningRate")
    assert (rate["label"], rate["choices"][5]) == ("Lernrate", ["0.03", "0,03"])


def test_what_a_setting_cannot_be_is_told() -> None:
    _, problems = change(DEFAULTS, "noise", "99")
    assert problems == ["Rauschen kann nicht '99' sein: möglich ist 0 bis 50."]


def test_a_story_is_told() -> None:
    assert PRESETS[0].as_data()["title"] == "Eine zu hohe Lernrate"


def test_what_the_engine_says_of_a_table_is_said_in_german() -> None:
    settings = replace(DEFAULTS, dataset="csv")
    assert make_rows(settings, [], "x,y\n1,2\n3,a: b") == (
        "Zeile 3, Spalte 2 (y): 'a: b' ist keine Zahl."
    )


def test_how_steps_are_made_is_said_line_by_line() -> None:
    told = "Steps run as WebAssembly: the code of one row, in a loop over the batch.\n" + (
        "  nodes        1,234 a row, 12,340 a step\n  made in      3 ms"
    )
    assert how_steps_are_made(told).split("\n") == [
        "Schritte laufen als WebAssembly: der Code einer Zeile, in einer Schleife über den Batch.",
        "  Knoten       1.234 je Zeile, 12.340 je Schritt",
        "  erzeugt in   3 ms",
    ]


def test_an_error_in_a_cell_is_told_with_a_hint() -> None:
    found = failure("math.pi")
    assert found.hint == "math ist ein Modul. Schreib import math vor diese Zeile."


def test_a_file_is_refused() -> None:
    assert read("", "lesson.py").says.startswith("Diese Datei ist leer. Wähle ein Notebook")  # type: ignore[union-attr]


def test_an_exercise_says_what_it_needs() -> None:
    with pytest.raises(demand.UnmetError) as unmet:
        demand.number([1], "f(2)")
    assert str(unmet.value) == "f(2) ist etwas vom Typ list; hierhin gehört eine einfache Zahl."


def test_numbers_are_written_with_german_signs() -> None:
    assert (counted(1234567), percent(0.805)) == ("1.234.567", "80,5 %")
    assert listed(["a = 1,5", "b = 2"]) == "a = 1,5; b = 2"


def test_say_again_leaves_a_text_that_it_does_not_know() -> None:
    assert say_again("something else", ["it is a number"]) == "something else"


def test_in_english_everything_is_as_it_was() -> None:
    speak({})
    assert (counted(1234567), listed(["a", "b"])) == ("1,234,567", "a, b")
    assert say_again("stopped in step 3: x", ["stopped in step {n}: {why}"]) == (
        "stopped in step 3: x"
    )
