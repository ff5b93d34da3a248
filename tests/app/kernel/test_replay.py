"""A trace computed once more, against what was recorded."""

import math

from hypothesis import given, settings

from app.kernel.replay import replay
from tests.app.kernel.programs import programs, record


@settings(max_examples=60, deadline=None)
@given(programs())
def test_replay_with_nothing_changed_gives_what_was_recorded(code: str) -> None:
    trace = record(code)
    assert repr(replay(trace, {})) == repr([node["data"] for node in trace["nodes"]])


def test_replay_with_another_leaf_changes_what_depends_on_it() -> None:
    trace = record("a, b = Value(2.0), Value(3.0)\nc = a * b\nL = c + b")
    assert replay(trace, {0: 5.0}) == [5.0, 3.0, 15.0, 18.0]  # 5 · 3 + 3


def test_replay_starts_with_what_a_leaf_was_before_the_program_changed_it() -> None:
    trace = record("a = Value(2.0)\nL = a * a\na.data = 7.0")
    assert replay(trace, {}) == [2.0, 4.0]


def test_replay_of_an_unknown_operation_is_nan() -> None:
    leaf = {"id": 0, "op": "", "operands": []}
    mine = {"id": 1, "op": "spline", "operands": [0]}
    trace = {"nodes": [leaf, mine], "forward": [{"node": 0, "data": 1.0}]}
    assert math.isnan(replay(trace, {})[1])
