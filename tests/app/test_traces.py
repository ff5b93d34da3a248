"""What shows where Python cannot run: the kernel would answer the same today."""

import json
from typing import Any

import pytest

from app.first import INDEX, ask
from app.traces import FOLDER, files
from micrograd import Value

PAGE = INDEX.read_text(encoding="utf-8")
CODE = "L = (a*b + c) * f"


def kept(name: str) -> dict[str, Any]:
    told: dict[str, Any] = json.loads((FOLDER / f"{name}.json").read_text(encoding="utf-8"))
    return told


def number(trace: dict[str, Any], place: str, step: int, picture: str = "graph") -> float:
    """Return the number that stands in a place of the drawing after a step."""
    (found,) = (x for x in trace["pictures"][picture]["numbers"] if x["place"] == place)
    return float([w["exact"] for w in found["writes"] if w["step"] <= step][-1])


def test_the_files_hold_what_the_kernel_answers_today() -> None:
    written = {path.name: path.read_text(encoding="utf-8") for path in FOLDER.iterdir()}
    if files(PAGE) != written:
        pytest.fail("The traces would be others now. Run: make traces")


@pytest.mark.parametrize("name", ["graph", "backpropagation"])
def test_the_code_in_the_figure_is_asked_for(name: str) -> None:
    assert kept(name)["asked"]["code"] == CODE
    assert CODE in kept(name)["says"]
    other = files(PAGE.replace(CODE, "L = a * a"))
    assert "This is L = a * a with a = 2, as it was computed" in other[f"{name}.json"]


def test_the_gradients_are_those_of_the_engine() -> None:
    a, b, c, f = Value(2.0), Value(-3.0), Value(10.0), Value(-2.0)
    output = (a * b + c) * f
    output.backward()
    trace = kept("backpropagation")["traces"][""]
    for node, value in enumerate((a, b, c, f)):
        place = f'[data-node="{node}"] [data-role=grad]'
        assert number(trace, place, trace["steps"]) == value.grad


def test_the_chain_rule_is_told_at_each_step_of_the_backward_pass() -> None:
    trace = kept("backpropagation")["traces"][""]
    stages = trace["told"]["stages"]
    assert len(stages) == trace["steps"] + 1
    assert [bool(stage) for stage in stages] == [
        step > trace["forward_steps"] for step in range(trace["steps"] + 1)
    ]


def test_an_accident_is_marked_from_the_step_on_at_which_it_happens() -> None:
    for name, trace in kept("accidents")["traces"].items():
        mark = ask("accident", {"name": name})["mark"]
        assert [bool(text) for text in trace["told_after"]["mark"]] == [
            step >= mark["step"] for step in range(trace["steps"] + 1)
        ]
        assert {place for place, _ in trace["wrong"]} == {*mark["places"], *mark["in_the_end"]}
    twice = kept("accidents")["traces"]["twice"]
    place = '[data-node="0"] [data-role=grad]'
    assert number(twice, place, twice["steps"], "wrong") == 4.0  # d(a*b)/da = b = 2, twice


def test_each_says_what_it_is() -> None:
    assert "2\u00a0×\u00a0(−3)\u00a0=\u00a0−6" in kept("operation")["says"].replace(" ", "\u00a0")
    for name in ("operation", "graph", "backpropagation", "accidents"):
        assert "computed when the page was built" in kept(name)["says"].replace("\u00a0", " ")


def test_they_are_small() -> None:
    assert sum(map(len, files(PAGE).values())) < 150_000
