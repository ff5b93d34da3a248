"""A learner's engine in force: everything that runs on it, and what it cannot take down."""

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import micrograd
from app.kernel.lessons import _lessons
from app.kernel.main import handle
from tests.app.kernel.programs import LECTURE

FOLDER = Path(micrograd.__file__).parent
ENGINE, NN = ((FOLDER / name).read_text(encoding="utf-8") for name in ("engine.py", "nn.py"))
OVERWRITE = ENGINE.replace("operand.grad += local", "operand.grad = local")
SINE = ENGINE.replace("math.tanh(self.data)", "math.sin(self.data)")
REUSED = "d = a * b\ne = a + b\nL = d * e"


@pytest.fixture(autouse=True)
def _restored() -> Iterator[None]:
    yield
    call("restore_engine")


def call(method: str, **request: Any) -> dict[str, Any]:
    answer: dict[str, Any] = json.loads(handle(method, json.dumps(request), lambda text: None))
    return answer


def use(engine: str, nn: str = NN) -> dict[str, Any]:
    answer = call("use_engine", engine=engine, nn=nn)
    assert answer["refused"] is None, answer["refused"]
    return answer


def refused(engine: str, nn: str = NN) -> dict[str, Any]:
    found: dict[str, Any] = call("use_engine", engine=engine, nn=nn)["refused"]
    return found


def number(answer: dict[str, Any], node: int, role: str) -> float:
    """Return a number of a figure after its last step."""
    numbers = answer["pictures"]["graph"]["numbers"]
    (writes,) = [
        x["writes"] for x in numbers if x["place"] == f'[data-node="{node}"] [data-role={role}]'
    ]
    return float(writes[-1]["exact"])


def gradients(code: str, values: dict[str, str]) -> list[float]:
    answer = call("graph", figure="test", code=code, values=values, passes="both")
    assert answer["mistake"] is None
    return [number(answer, leaf["node"], "grad") for leaf in answer["leaves"]]


def cell(code: str) -> dict[str, Any]:
    request = {"lesson": "test", "cell": "1", "code": code, "texts": [["1", code]]}
    return call("run_cell", **request)


# In force.


def test_use_engine_lets_the_figure_of_a_graph_run_on_it() -> None:
    values = {"a": "-2", "b": "3"}
    assert gradients(REUSED, values) == [-3.0, -8.0]  # b·e + d = 3 - 6, a·e + d = -2 - 6
    use(OVERWRITE)
    # e is newer than d, so what comes by way of d is written last: b·e = 3, a·e = -2
    assert gradients(REUSED, values) == [3.0, -2.0]
    call("restore_engine")
    assert gradients(REUSED, values) == [-3.0, -8.0]


def test_use_engine_lets_the_figures_of_an_operation_run_on_it() -> None:
    use(SINE)
    answer = call("operate", op="tanh", inputs={"a": "2", "b": "0"})
    assert number(answer, 1, "data") == pytest.approx(0.9092974268256817)  # sin 2
    nudged = {"op": "tanh", "inputs": {"a": "2"}, "nudged": "a", "exponent": "-3"}
    # (1 - sin 2)(1 + sin 2) = cos²(2), while the slope of a sine is cos 2
    answer = call("nudge", **nudged)
    assert (answer["slope"][:6], answer["quotient"][:6]) == ("0.1731", "−0.416")


def test_use_engine_lets_functions_of_its_own_be_called_in_a_figure() -> None:
    use(
        ENGINE.replace(
            "    def exp(self)",
            "    def double(self):\n"
            "        return Value(2 * self.data, (self,), 'double', _local=(2.0,))\n\n"
            "    def exp(self)",
        )
    )
    assert gradients("L = double(a) * 3", {"a": "1"}) == [6.0]


def test_use_engine_lets_the_cells_of_all_lessons_begin_anew_on_it() -> None:
    assert cell("kept = 1\nValue(2.0) * 3")["state"] == "done"
    use(OVERWRITE)
    assert cell("kept")["failure"]["error"].startswith("NameError")
    overwritten = cell("a = Value(3.0)\nb = a + a\nb.backward()\na.grad")
    assert overwritten["shown"]["text"] == "1.0"
    imported = cell(
        "from micrograd.nn import MLP, Value as V\n"
        "import micrograd.engine\n"
        "n = MLP(1, [1])\n"
        "[V is Value, micrograd.engine.Value is V, type(n.parameters()[0]) is V]"
    )
    assert imported["shown"]["text"] == "[True, True, True]"


def test_use_engine_gives_each_lesson_a_copy_of_its_own() -> None:
    use(OVERWRITE)
    cell("Value.backward = None")
    assert gradients("L = a * 2", {"a": "1"}) == [2.0]
    assert len(_lessons) == 1


def test_use_engine_puts_nn_in_force_too() -> None:
    use(ENGINE, NN.replace("    def __call__", "    mine = 7\n\n    def __call__", 1))
    code = "from micrograd.nn import Neuron\nNeuron.mine"
    assert cell(code)["shown"]["text"] == "7"
    call("restore_engine")
    assert "has no attribute 'mine'" in cell(code)["failure"]["error"]


def test_use_engine_shows_what_is_printed_while_it_is_imported_and_only_once() -> None:
    assert use(ENGINE + "\nprint('made')\n", NN + "\nprint('and nn')\n")["printed"] == (
        "made\nand nn\n"
    )


def test_accidents_stay_about_the_original_engine() -> None:
    before = call("accident", name="overwrite")
    use(SINE)
    assert call("accident", name="overwrite") == before


def test_engine_source_is_what_is_in_force() -> None:
    assert not call("engine_source")["engine"]["differs"]
    use(OVERWRITE)
    source = call("engine_source")
    assert source["engine"] == {"text": OVERWRITE, "original": ENGINE, "differs": True}
    assert source["nn"] == {"text": NN, "original": NN, "differs": False}
    assert call("restore_engine")["engine"]["text"] == ENGINE


# What it cannot take down.


@pytest.mark.parametrize(
    ("engine", "line", "says"),
    [
        (ENGINE + "\nclass Broken\n", ENGINE.count("\n") + 2, "A colon is missing here."),
        (ENGINE + "\n1 / 0\n", ENGINE.count("\n") + 2, "ZeroDivisionError: division by zero"),
        (
            ENGINE + "\nimport signal\nsignal.raise_signal(signal.SIGINT)\n",
            ENGINE.count("\n") + 3,
            "This ran for longer than 5 seconds, and was stopped.",
        ),
    ],
)
def test_use_engine_says_what_is_wrong_and_where(engine: str, line: int, says: str) -> None:
    use(OVERWRITE)
    found = refused(engine)
    assert (found["file"], found["line"], found["says"]) == ("engine.py", line, says)
    assert call("engine_source")["engine"]["text"] == OVERWRITE
    assert gradients("L = a + a", {"a": "1"}) == [1.0]


def test_use_engine_says_what_is_wrong_with_nn() -> None:
    assert refused(OVERWRITE, "x = (")["file"] == "nn.py"
    assert not call("engine_source")["engine"]["differs"]


STOPS = ENGINE.replace("t = math.tanh(self.data)", "t = math.tanh(self.date)")


def test_a_figure_tells_in_which_line_of_the_engine_it_stopped() -> None:
    use(STOPS)
    line = STOPS[: STOPS.index("self.date)")].count("\n") + 1
    says = (
        f"A Value has no date. Did you mean data? This happened in line {line} of your engine.py."
    )
    assert call("operate", op="tanh", inputs={"a": "1", "b": "0"})["problem"] == says
    nudged = {"op": "tanh", "inputs": {"a": "2"}, "nudged": "a", "exponent": "-3"}
    assert call("nudge", **nudged)["problem"] == says
    graph = call("graph", figure="test", code="tanh(a)", values={}, passes="both")
    assert graph["mistake"]["says"] == says


def test_a_figure_of_an_operation_that_the_engine_lacks_says_so() -> None:
    use(LECTURE)
    graph = call("graph", figure="test", code="log(a)", values={}, passes="both")
    assert graph["mistake"]["says"].startswith("A Value has no log.")
    answer = call("operate", op="/", inputs={"a": "1", "b": "2"})
    assert answer["problem"].startswith("/ is not an operation of a Value.")
    assert gradients("L = tanh(a) * b", {"a": "0", "b": "2"}) == [2.0, 0.0]


def test_an_operation_that_returns_its_operand_has_a_figure_without_formulas() -> None:
    use(
        ENGINE.replace(
            "    def relu(self) -> Value:\n", "    def relu(self):\n        return self\n"
        )
    )
    answer = call("operate", op="ReLU", inputs={"a": "2", "b": "0"})
    assert (answer["formulas"], number(answer, 0, "grad")) == ([], 1.0)


def test_use_engine_refuses_one_whose_backward_never_ends() -> None:
    """The interrupt, which comes after 5 seconds, comes here at once."""
    text = ENGINE.replace(
        "            operand.grad += local",
        "            raise KeyboardInterrupt\n            operand",
    )
    line = text[: text.index("raise KeyboardInterrupt")].count("\n") + 1
    found = refused(text)
    says = "The engine did not come to an end with a + b."
    assert (found["file"], found["line"], found["says"]) == ("engine.py", line, says)
    assert not call("engine_source")["engine"]["differs"]


FIRST_TRAINING = """
import json, sys
from app.kernel.main import handle

def call(method, **request):
    return json.loads(handle(method, json.dumps(request)))

engine, nn = sys.argv[1:]
if engine:
    assert call("use_engine", engine=engine, nn=nn)["refused"] is None
    call("training_open")
    call("restore_engine")
call("training_open")
call("training_step", by="batch")
print(call("training_export", what="json")["text"])
"""


def first_training(engine: str, nn: str = NN) -> str:
    """Train for a step in a new Python, where an engine was in force when a training was opened."""
    command = [sys.executable, "-c", FIRST_TRAINING, engine, nn]
    root = FOLDER.parent
    done = subprocess.run(command, cwd=root, capture_output=True, text=True, check=True)
    return done.stdout


@pytest.mark.parametrize("nn", [NN, "class MLP: pass"])
def test_a_training_runs_on_the_original_also_when_another_engine_was_there_first(nn: str) -> None:
    assert first_training(SINE, nn) == first_training("")
