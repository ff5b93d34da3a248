"""The gradient check as the page shows it."""

import json
from collections.abc import Iterator
from typing import Any

import pytest

from app.kernel.edition import restore
from app.kernel.main import handle
from tests.app.kernel.mutants import ENGINE, OPERATIONS, RULES
from tests.app.kernel.programs import LECTURE

MUTANTS = OPERATIONS | RULES


@pytest.fixture(autouse=True)
def _restored() -> Iterator[None]:
    yield
    restore()


def check(engine: str) -> dict[str, Any]:
    nn = "from micrograd.engine import Value\n"
    used = json.loads(handle("use_engine", json.dumps({"engine": engine, "nn": nn})))
    assert used["refused"] is None
    answer: dict[str, Any] = json.loads(handle("check_gradients", "{}"))
    return answer


def test_check_of_the_original_is_right_in_every_row_and_has_no_figure() -> None:
    answer = check(ENGINE)
    assert answer["says"] == "Every number is right."
    assert (answer["passes"], answer["wrong_rows"], answer["mark"]) == ("yes", 0, None)
    assert answer["counts"] == f"{len(answer['rows'])} right."
    assert answer["pictures"] == {}
    assert answer["rows"][0] == ["right", "a + b", "+", "(the result)", "−1", "−1", "✓ right"]


def test_check_of_an_engine_that_overwrites_names_the_rule_and_marks_the_edge() -> None:
    answer = check(ENGINE.replace("operand.grad += local", "operand.grad = local"))
    assert answer["says"].startswith("Wrong: accumulation. a + a: the gradient of a should be 2")
    assert answer["rows"][0] == ["wrong", "a + a", "accumulation", "a", "2", "1", "✗ wrong"]
    states = [row[0] for row in answer["rows"]]
    assert states == sorted(states, key=["wrong", "once", "not there", "right"].index)
    assert set(answer["pictures"]) == {"right", "wrong"}
    assert answer["mark"]["places"] == ['[data-node="0"] .grad', '[data-edge="0-1-1"]']
    # a and a + a are made, the output gets its 1, and a its first share: the second is the fifth.
    assert (answer["mark"]["step"], answer["mark"]["says"]) == (5, "a: 1 should be 2.")


def test_check_marks_a_result_where_that_is_wrong() -> None:
    answer = check(ENGINE.replace("math.tanh(self.data)", "math.sin(self.data)"))
    assert answer["says"].startswith("Wrong: tanh. ")
    assert answer["mark"]["places"] == ['[data-node="1"] .data']
    assert answer["mark"]["step"] == 2  # a, and then its tanh


def test_check_of_the_lectures_engine_lists_what_is_not_there() -> None:
    answer = check(LECTURE)
    assert "Not there: -, /, a ** b, neg, log, sigmoid, " in answer["says"]
    assert ["not there", "log(a)", "log", "", "", "", "– not there"] in answer["rows"]
    assert answer["rows"][0][-1] == "✗ wrong the second time"


def test_check_says_in_which_line_the_engine_stops() -> None:
    engine = ENGINE.replace("t = math.tanh(self.data)", "t = math.tahn(self.data)")
    line = engine[: engine.index("math.tahn")].count("\n") + 1
    assert f" This happened in line {line} of engine.py." in check(engine)["says"]


def test_check_that_does_not_come_to_an_end_says_so() -> None:
    engine = ENGINE.replace("        e = _exp(", "        raise KeyboardInterrupt\n        e = (")
    assert check(engine)["says"] == "The engine did not come to an end with exp(a). It was stopped."


@pytest.mark.parametrize("name", MUTANTS)
def test_check_of_a_wrong_engine_can_be_shown(name: str) -> None:
    answer = check(MUTANTS[name].text)
    assert answer["passes"] in ("partly", "no")
    assert answer["rows"][0][0] in ("wrong", "once")
    mark = answer["mark"]
    drawn = answer["pictures"].get("wrong", {"svg": ""})["svg"]
    for place in mark["places"] if mark else []:
        assert place.split("]")[0].strip("[") in drawn
