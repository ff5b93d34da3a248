"""Putting a learner's engine.py and nn.py in force, and taking them back."""

import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

import micrograd
import micrograd.engine
import micrograd.nn
from app.kernel.edition import Refused, differs, engine_in_force, restore, use
from app.kernel.mistake import Mistake
from tests.app.kernel.programs import LECTURE

FOLDER = Path(micrograd.__file__).parent
ENGINE, NN = ((FOLDER / name).read_text(encoding="utf-8") for name in ("engine.py", "nn.py"))
DOUBLE = ENGINE.replace("self.data + other.data", "2 * (self.data + other.data)")
TWO_NEURONS = NN.replace("range(_at_least_one", "range(2 * _at_least_one")


@pytest.fixture(autouse=True)
def _printed_again() -> Iterator[None]:
    yield
    restore()


def used(engine: str, nn: str | None = None) -> ModuleType:
    module = use(engine, nn)
    assert isinstance(module, ModuleType), module
    return module


def run(code: str) -> dict[str, Any]:
    """Run a cell and return its names."""
    names: dict[str, Any] = {}
    exec(code, names)
    return names


def mistake(engine: str) -> Mistake:
    refused = use(engine)
    assert isinstance(refused, Refused)
    assert refused.file == "engine.py"
    return refused.mistake


# In force.


@pytest.mark.parametrize(
    "line",
    [
        "from micrograd.engine import Value",
        "from micrograd import Value",
        "import micrograd; Value = micrograd.Value",
        "import micrograd.engine; Value = micrograd.engine.Value",
        "import micrograd.engine as e; Value = e.Value",
        "from micrograd import engine; Value = engine.Value",
        "from micrograd.nn import Value",
    ],
)
def test_use_lets_every_import_find_the_learners_engine(line: str) -> None:
    engine = used(DOUBLE)
    names = run(f"{line}\nL = Value(1.0) + Value(2.0)")
    assert names["Value"] is engine.Value is engine_in_force().Value
    assert names["L"].data == 6.0  # 2 · (1 + 2)


def test_use_leaves_what_was_imported_before_as_it_was() -> None:
    before = micrograd.engine.Value
    used(DOUBLE)
    assert (micrograd.engine.Value, micrograd.Value) == (before, before)
    assert (before(1.0) + 2.0).data == 3.0


def test_use_compiles_nn_against_the_engine_in_force() -> None:
    engine = used(DOUBLE, TWO_NEURONS)
    names = run("from micrograd.nn import Layer, Value\nfrom micrograd import nn\nl = Layer(1, 3)")
    assert names["Value"] is engine.Value
    assert names["nn"] is sys.modules["micrograd.nn"]
    assert len(names["l"].neurons) == 6
    assert isinstance(names["l"].neurons[0].w[0], engine.Value)


def test_use_compiles_the_printed_nn_against_the_engine_when_it_is_imported() -> None:
    engine = used(DOUBLE)
    names = run("from micrograd.nn import Neuron\nn = Neuron(1)")
    assert type(names["n"].b) is engine.Value
    assert names["Neuron"] is not micrograd.nn.Neuron


def test_use_again_replaces_the_engine_and_all_that_was_imported_with_it() -> None:
    used(DOUBLE, TWO_NEURONS)
    engine = used(ENGINE + "# a comment\n")
    names = run("from micrograd.nn import Layer, Value\nl = Layer(1, 3)")
    assert names["Value"] is engine.Value
    assert len(names["l"].neurons) == 3


def test_use_takes_the_value_of_the_lecture() -> None:
    used(LECTURE)
    names = run("from micrograd import Value\na = Value(3.0)\n(a * a).backward()")
    assert names["a"].grad == 6.0


def test_use_names_the_learners_file_so_that_figures_know_it_for_an_engine() -> None:
    assert used(DOUBLE).Value.backward.__code__.co_filename == "learner/engine.py"
    assert engine_in_force().__name__ == "micrograd.engine"


# Taken back.


def test_restore_gives_the_very_modules_back() -> None:
    before = {name: x for name, x in sys.modules.items() if name.startswith("micrograd")}
    used(DOUBLE, TWO_NEURONS)
    run("import micrograd.nn, micrograd.losses")
    restore()
    after = {name: x for name, x in sys.modules.items() if name.startswith("micrograd")}
    assert after == before
    assert run("from micrograd.engine import Value")["Value"] is micrograd.engine.Value


def test_restore_of_the_printed_edition_changes_nothing() -> None:
    restore()
    restore()
    assert engine_in_force() is micrograd.engine


@pytest.mark.parametrize("nn", [None, NN])
def test_use_of_the_printed_texts_is_a_restore(nn: str | None) -> None:
    used(DOUBLE)
    assert used(ENGINE, nn) is micrograd.engine


@pytest.mark.parametrize(
    ("file", "text", "expected"),
    [
        ("engine.py", ENGINE, False),
        ("engine.py", ENGINE + "\n", True),
        ("engine.py", ENGINE.replace("# The same", "#  The same"), True),
        ("nn.py", NN, False),
        ("nn.py", ENGINE, True),
        ("nn.py", "", True),
    ],
)
def test_differs_ignores_nothing(file: str, text: str, expected: bool) -> None:
    assert differs(file, text) is expected


# Refused.

CLASS = "class Value:\n    def __init__(self, data):\n        self.data, self.grad = data, 0.0\n"


@pytest.mark.parametrize(
    ("engine", "says", "line"),
    [
        ("class Value:\n    data = (1\n", "A bracket is opened here and never closed.", 2),
        ("x = 1\n  y = 2", "This line is indented, but nothing before it asks for that.", 2),
        ("x = 1\0", "There is an invisible character in the code. Type it again.", 0),
        ("import math\n\nx = 1 / 0", "ZeroDivisionError: division by zero", 3),
        ("import math\nmaht.pi", "maht has no value yet at this place.", 2),
        ("import torch", "ModuleNotFoundError: No module named 'torch'", 1),
        ("def f():\n    f()\nf()", "A function calls itself too often, or without end.", 2),
        ("import sys\nsys.exit()", "This would end Python, and the page with it.", 2),
        ("x = " + "(" * 2000 + ")" * 2000, "This is nested too deep.", 0),
        ("", "There is no class Value in this engine. All cells and figures ask for it.", 0),
        ("Value = 3", "There is no class Value in this engine.", 0),
        (
            "class Value:\n    def __init__(self):\n        pass",
            "Value(1.0) cannot be made. ",
            1,
        ),
        (
            "class Value:\n    def __init__(self, data):\n        self.data = dta",
            "Value(1.0) cannot be made. dta has no value yet at this place.",
            3,
        ),
        ("\nclass Value:\n    def __init__(self, x): pass", "A Value has no data, its number.", 2),
        (CLASS, "A Value has no _prev, the values it was made from. The figures ask for it.", 1),
        (CLASS + "    _prev = ()", "A Value has no _op, the operation that made it.", 1),
        (CLASS + "    _prev, _op = (), ''", "A Value has no backward, a method.", 1),
        (CLASS + "    _prev, _op, backward = 0, 1, 2", "The backward of a Value is no method.", 1),
    ],
)
def test_use_says_what_is_wrong_and_leaves_the_last_good_engine(
    engine: str, says: str, line: int
) -> None:
    good = used(DOUBLE)
    found = mistake(engine)
    assert found.says.startswith(says)
    assert found.line == line
    assert engine_in_force() is good
    assert run("from micrograd.nn import Value")["Value"] is good.Value


@pytest.mark.parametrize(
    ("engine", "line"),
    [
        ("import signal\nsignal.raise_signal(signal.SIGINT)\nwhile True:\n    pass", (2, 3, 4)),
        (CLASS.replace("self.data, self.grad", "raise KeyboardInterrupt\n        x, y"), (3,)),
    ],
)
def test_use_says_that_an_engine_took_too_long(engine: str, line: tuple[int, ...]) -> None:
    found = mistake(engine)
    assert "This ran for longer than 5 seconds, and was stopped." in found.says
    assert found.line in line
    assert engine_in_force() is micrograd.engine


@pytest.mark.parametrize(
    ("engine", "nn", "says", "line"),
    [
        (DOUBLE, "class Module\n    pass", "A colon is missing here.", 1),
        (DOUBLE, "from micrograd.engine import Valeu", "ImportError: cannot import name 'Val", 1),
        (
            LECTURE,
            "from micrograd.engine import Value\nValue.sigmoid",
            "AttributeError: type object",
            2,
        ),
    ],
)
def test_use_refuses_both_files_when_nn_has_a_mistake(
    engine: str, nn: str, says: str, line: int
) -> None:
    before = dict(sys.modules)
    refused = use(engine, nn)
    assert isinstance(refused, Refused)
    assert refused.file == "nn.py"
    assert refused.mistake.says.startswith(says)
    assert refused.mistake.line == line
    assert {name: before[name] for name in before if name.startswith("micrograd")} == {
        name: x for name, x in sys.modules.items() if name.startswith("micrograd")
    }
