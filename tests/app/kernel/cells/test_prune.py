"""A trace cut down to one value."""

from typing import Any

from hypothesis import given, settings

from app.kernel.cells.prune import prune
from app.kernel.figure import figure
from app.kernel.recorder import Trace
from app.kernel.writes import kinds
from tests.app.kernel.programs import programs, record

START = 'a, b = Value(2.0, label="a"), Value(3.0, label="b")\n'


def pruned(code: str, name: str) -> Trace:
    trace = record(START + code)
    (output,) = [node["id"] for node in trace["nodes"] if node["label"] == name]
    return prune(trace, output)


def nodes(trace: Trace) -> list[tuple[str, str, list[int]]]:
    return [(node["label"], node["op"], node["operands"]) for node in trace["nodes"]]


def writes(trace: Trace) -> list[tuple[Any, ...]]:
    events = trace["backward"]
    return [(e["from"], e["to"], e["slot"], e["contribution"], e["after"]) for e in events]


def test_prune_keeps_what_a_value_depends_on_and_numbers_it_anew() -> None:
    trace = pruned("M = a + 1\nL = b * 4\nN = L + L", "L")
    # b is 1, 4 is 5 in the whole trace
    assert nodes(trace) == [("b", "", []), ("", "", []), ("L", "*", [0, 1])]
    assert [node["id"] for node in trace["nodes"]] == [0, 1, 2]
    assert [event["node"] for event in trace["forward"]] == [0, 1, 2]
    assert trace["trace"] == 1
    assert trace["error"] is None


def test_prune_of_a_leaf_is_the_leaf() -> None:
    assert nodes(pruned("L = a * b", "b")) == [("b", "", [])]


def test_prune_of_the_output_of_all_is_the_same_trace() -> None:
    trace = record(START + "L = a * b + a\nL.backward()")
    assert prune(trace, 3) == trace


def test_prune_keeps_the_backward_pass_of_the_value() -> None:
    # a is 0, b is 1, and L = a·b becomes 2: ∂L/∂a = b = 3, ∂L/∂b = a = 2
    expected = [(None, 2, None, 1.0, 1.0), (2, 0, 0, 3.0, 3.0), (2, 1, 1, 2.0, 2.0)]
    assert writes(pruned("M = a + 1\nL = a * b\nL.backward()", "L")) == expected


def test_prune_leaves_out_the_backward_pass_of_others() -> None:
    assert writes(pruned("L = a * b\nM = a * 5\nM.backward()", "L")) == []
    trace = pruned("M = a * 5\nM.backward()\nL = a * b\nL.backward()", "L")
    # what a kept, 5, is added to ∂L/∂a = 3
    assert kinds(trace) == ["zero", "seed", "pass", "pass", "kept"]
    assert writes(trace)[-1][3:] == (5.0, 8.0)


def test_prune_takes_what_comes_from_others_as_a_write_from_outside() -> None:
    trace = pruned("L = a * b\nT = L * 5\nT.backward()", "L")
    # T hands 5 to L, which hands on 5·3 and 5·2
    expected = [(None, 2, None, 5.0, 5.0), (2, 0, 0, 15.0, 15.0), (2, 1, 1, 10.0, 10.0)]
    assert writes(trace) == expected
    assert kinds(trace) == ["given", "pass", "pass"]


def test_prune_makes_no_second_output_of_a_one_from_outside() -> None:
    trace = pruned("L = a * b\nT = L + a\nT.backward()", "L")
    assert kinds(trace) == ["seed", "pass", "pass"]  # T hands 1 to L, and 1 to a
    assert [write[:2] for write in writes(trace)] == [(None, 2), (2, 0), (2, 1)]


def test_prune_keeps_gradients_that_are_set_by_hand() -> None:
    trace = pruned("L = a * b\nL.backward()\na.grad = 0.0\nb.grad = 7.0", "L")
    assert kinds(trace) == ["seed", "pass", "pass", "zero", "given"]


def test_prune_counts_anew_how_much_had_been_computed() -> None:
    trace = record(START + "M = a + 1\nL = a * b")
    event = {"from": None, "to": 4, "slot": None, "contribution": 1.0, "before": 0.0, "after": 1.0}
    whole = {**trace, "backward": [{**event, "computed": 4}, {**event, "computed": 5}]}
    # of a, b, 1, M, L
    assert [event["computed"] for event in prune(whole, 4)["backward"]] == [2, 3]


@settings(max_examples=40, deadline=None)
@given(programs())
def test_a_pruned_trace_is_one_that_can_be_drawn(code: str) -> None:
    trace = record(code)
    for output in range(0, len(trace["nodes"]), 3):
        part = prune(trace, output)
        assert part["nodes"][-1]["data"].hex() == trace["nodes"][output]["data"].hex()
        assert prune(part, len(part["nodes"]) - 1) == part
        figure(part, "a part")
