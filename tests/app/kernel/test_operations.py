"""One operation, run for real: what its two figures are told, against the engine on its own."""

import json
import math
import xml.etree.ElementTree as ET
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from app.kernel.operations import CODE, nudge, operate
from micrograd.engine import Value

ENGINE = Path(__file__).parents[3] / "micrograd" / "engine.py"
MINUS = str.maketrans("−", "-")

# The same operations, on plain Values, without the recorder and without any text.
PLAIN: dict[str, Callable[[Value, Value], Value]] = {
    "+": lambda a, b: a + b,
    "-": lambda a, b: a - b,
    "*": lambda a, b: a * b,
    "/": lambda a, b: a / b,
    "**": lambda a, b: a**b,
    "tanh": lambda a, b: a.tanh(),
    "ReLU": lambda a, b: a.relu(),
    "exp": lambda a, b: a.exp(),
    "log": lambda a, b: a.log(),
}
BINARY = ["+", "-", "*", "/", "**"]


def inputs(a: float | str, b: float | str) -> dict[str, str]:
    return {"a": str(a), "b": str(b)}


def number(answer: dict[str, Any], of: str, role: str) -> float:
    """Return the unrounded number that stands in a node or at an edge."""
    place = f"{of} [data-role={role}]"
    found = {x["place"].replace('"', ""): x["writes"][-1]["exact"] for x in answer["numbers"]}
    return float(found[place])


def test_every_operation_on_offer_is_tested() -> None:
    assert list(PLAIN) == list(CODE)


# operate


@pytest.mark.parametrize(("a", "b"), [(2.0, -3.0), (0.7, 0.3), (1.5, 1.5)])
@pytest.mark.parametrize("op", CODE)
def test_operate_shows_what_the_engine_computes(op: str, a: float, b: float) -> None:
    x, y = Value(a), Value(b)
    out = PLAIN[op](x, y)
    out.backward()
    leaves = [x, y] if op in BINARY else [x]
    answer = operate(op, inputs(a, b))
    assert answer["inputs"] == ["a", "b"][: len(leaves)]
    for i, node in enumerate([*leaves, out]):
        assert number(answer, f"[data-node={i}]", "data") == node.data
    for i, leaf in enumerate(leaves):  # the gradient of c is 1, so theirs are the local derivatives
        edge = f"[data-edge={i}-{len(leaves)}-{i}]"
        assert number(answer, edge, "local") == leaf.grad


def test_operate_runs_the_cell_that_it_shows() -> None:
    code = operate("**", inputs(2, -3))["code"]
    assert code == ("a = Value(2.0)\nb = Value(-3.0)\nc = a ** b\nc.backward()")
    names: dict[str, Any] = {"Value": Value}
    exec(code, names)
    assert (names["c"].data, names["a"].grad) == (0.125, -0.1875)  # 2⁻³, -3·2⁻⁴


def test_operate_shows_infinities_as_python_that_runs() -> None:
    assert operate("exp", inputs("-inf", 0))["code"].startswith('a = Value(float("-inf"))')


@pytest.mark.parametrize("op", CODE)
def test_operate_sends_a_figure_with_a_line_and_a_sentence_for_each_step(op: str) -> None:
    answer = operate(op, inputs(2, -3))
    operands = 2 if op in BINARY else 1
    steps = operands + 1 + 1 + operands  # leaves, c; the output's gradient, one for each operand
    assert answer["forward_steps"] == operands + 1
    lengths = [len(answer[key]) for key in ("lines", "narration", "at")]
    assert [answer["steps"], len(json.loads(answer["score"])), *lengths] == [steps] * 5
    assert len(answer["formulas"]) == 1 + operands
    ET.fromstring(answer["svg"])


@pytest.mark.parametrize("op", CODE)
def test_operate_tells_which_node_each_step_is_about(op: str) -> None:
    answer = operate(op, inputs(2, -3))
    leaves = list(range(len(answer["inputs"])))
    c = len(leaves)
    assert answer["at"] == [*leaves, c, c, *leaves]  # there, and from c back


@pytest.mark.parametrize(("a", "b"), [(2.0, -3.0), (1.5, 1.5)])
@pytest.mark.parametrize("op", CODE)
def test_operate_tells_after_which_step_each_gradient_is_there(op: str, a: float, b: float) -> None:
    x, y = Value(a), Value(b)
    PLAIN[op](x, y).backward()
    leaves = [x, y] if op in BINARY else [x]
    c = len(leaves)
    expected = {f"[data-node={i}]": [(c + 3 + i, leaf.grad)] for i, leaf in enumerate(leaves)}
    expected[f"[data-node={c}]"] = [(c + 2, 1.0)]  # after the leaves and c themselves
    found = {
        number["place"].replace('"', "").removesuffix(" [data-role=grad]"): [
            (write["step"], float(write["exact"])) for write in number["writes"]
        ]
        for number in operate(op, inputs(a, b))["numbers"]
        if number["place"].endswith("[data-role=grad]")
    }
    assert found == expected


def test_operate_says_each_step_in_the_order_in_which_it_ran() -> None:
    told = operate("*", inputs(2, -3))["narration"]
    assert [sentence.replace("\u00a0", " ") for sentence in told] == [
        "a is a leaf: a number that was given, 2.",
        "b is a leaf: a number that was given, −3.",
        "c = a × b = 2 × (−3) = −6.",
        "Start at the output: c changes exactly as fast as itself, so its gradient is 1.",
        "c passes its gradient times ∂c/∂a to a: 1 × (−3) = −3.",
        "c passes its gradient times ∂c/∂b to b: 1 × 2 = 2.",
    ]


@pytest.mark.parametrize("op", CODE)
def test_operate_points_at_the_lines_that_ran(op: str) -> None:
    answer = operate(op, inputs(2, -3))
    cell, engine = answer["code"].split("\n"), ENGINE.read_text(encoding="utf-8").split("\n")
    lines = [
        (cell[line["cell"] - 1], engine[line["engine"] - 1].strip() if line["engine"] else None)
        for line in answer["lines"]
    ]
    leaves = len(answer["inputs"])
    for name, line in zip("ab", lines[:leaves]):
        assert line == (f"{name} = Value({'2.0' if name == 'a' else '-3.0'})", None)
    code, computed = lines[leaves]
    assert code == CODE[op]
    assert computed is not None
    assert computed.startswith("return Value(")
    assert f'"{op}"' in computed
    assert [code for code, _ in lines[leaves + 1 :]] == ["c.backward()"] * (1 + leaves)
    seed, *contributions = [line for _, line in lines[leaves + 1 :]]
    assert seed is not None
    assert seed.startswith("self.grad ")
    assert contributions == ["operand.grad += local * self.grad"] * leaves


@pytest.mark.parametrize("op", CODE)
def test_operate_sends_only_numbers_for_a_shape_that_is_drawn(op: str) -> None:
    first = operate(op, inputs(2, -3))
    again = operate(op, inputs(1, 4), drawn=first["shape"])
    drawing = {"svg", "score", "steps", "forward_steps", "width", "height"}
    assert set(first) - set(again) == drawing
    assert set(again) >= {"inputs", "code", "formulas", "numbers", "narration"}
    whole = operate(op, inputs(1, 4))
    assert again == {key: whole[key] for key in again}


def test_operate_sends_the_whole_figure_for_another_shape() -> None:
    assert "svg" in operate("+", inputs(2, -3), drawn="*")


def test_operate_with_an_operand_it_does_not_take_ignores_it() -> None:
    assert operate("tanh", inputs(2, "no number")) == operate("tanh", {"a": "2"})


def test_operate_without_a_number_says_what_stood_there() -> None:
    with pytest.raises(ValueError, match="could not convert string to float: 'two'"):
        operate("+", inputs("two", 3))


@pytest.mark.parametrize("a", ["0", "-0.0", "-1", "5e-324", "1e308", "-1e308", "inf", "nan"])
@pytest.mark.parametrize("b", ["0", "-1", "1e308", "-1e308"])
@pytest.mark.parametrize("op", CODE)
def test_answers_are_json_at_the_edges(op: str, a: str, b: str) -> None:
    json.dumps(operate(op, inputs(a, b)), allow_nan=False)
    for name in "ab":
        json.dumps(nudge(op, inputs(a, b), name, "-2"), allow_nan=False)


def test_operate_writes_out_what_is_no_number() -> None:
    answer = operate("log", inputs(-1, 0))
    assert math.isnan(number(answer, "[data-node=1]", "data"))
    assert "c = log(a) = log(−1) = nan." in answer["narration"]


# nudge


@pytest.mark.parametrize("op", CODE)
@pytest.mark.parametrize("name", ["a", "b"])
def test_nudge_measures_with_the_engine(op: str, name: str) -> None:
    a, b, h = 0.7, 1.3, 0.01
    x, y = Value(a), Value(b)
    out = PLAIN[op](x, y)
    out.backward()
    moves_b = name == "b" and op in BINARY
    moved = PLAIN[op](Value(a), Value(b + h)) if moves_b else PLAIN[op](Value(a + h), Value(b))
    quotient = (moved.data - out.data) / h
    slope = y.grad if moves_b else x.grad

    answer = nudge(op, inputs(a, b), name, "-2")
    assert answer["name"] == ("b" if moves_b else "a")
    assert answer["h"] == "0.01"
    for key, number in (("quotient", quotient), ("slope", slope)):
        assert float(answer[key].translate(MINUS)) == pytest.approx(number, rel=1e-11)
    gap = float(answer["gap"].translate(MINUS))
    assert gap == pytest.approx(abs(quotient - slope), rel=0.06)  # two digits
    ET.fromstring(answer["svg"])


def test_nudge_comes_as_close_as_h_is_small() -> None:
    gaps = [nudge("exp", inputs(0, 0), "a", f"-{k}")["gap"] for k in (1, 2, 3, 4)]
    # eʰ is 1 + h + h²/2 + ..., so the quotient is 1 + h/2 + h²/6 + ...
    assert gaps == ["0.052", "0.005", "0.0005", "5e−5"]


def test_nudge_into_a_pole_has_no_quotient() -> None:
    answer = nudge("/", inputs(1, -1), "b", "0")  # from 1/-1 to 1/0
    assert [answer[key] for key in ("quotient", "slope", "gap")] == ["∞", "−1", "∞"]
    assert answer["says"] == "The step leads to where there is no finite result. Make h smaller."


def test_nudge_where_there_is_no_result_says_so() -> None:
    answer = nudge("log", inputs(-1, 0), "a", "-1")
    assert (answer["quotient"], answer["says"]) == (
        "nan",
        "There is no finite slope at this place.",
    )


def test_nudge_draws_the_curve_of_the_operand_that_moves() -> None:
    curve = '<path class="curve" d="M0.0 '
    by_a = nudge("-", inputs(0, 0), "a", "0")["svg"]
    by_b = nudge("-", inputs(0, 0), "b", "0")["svg"]
    # a - 0 starts at -4.3, 0 - b at 4.3: 125 ± 4.3/8·125
    assert curve + "192.2" in by_a
    assert curve + "57.8" in by_b
