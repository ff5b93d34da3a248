"""What each write to a gradient was, from programs that were run."""

from typing import Any

import pytest

from app.kernel.recorder import Recorder
from app.kernel.writes import calls, kinds, outputs
from micrograd.engine import Value


class Lecture:
    """A `Value` that keeps every gradient until somebody sets it to 0, as the lecture's does."""

    def __init__(self, data: float, _children: tuple["Lecture", ...] = (), _op: str = "") -> None:
        self.data, self.grad, self._prev, self._op = data, 0.0, _children, _op

    def __add__(self, other: "Lecture") -> "Lecture":
        return Lecture(self.data + other.data, (self, other), "+")

    def backward(self) -> None:
        self.grad = 1.0
        waiting = [self]
        while waiting:  # enough for trees
            node = waiting.pop(0)
            for operand in node._prev:
                operand.grad += node.grad
            waiting.extend(node._prev)


def trace_of(code: str, value_class: type = Value) -> dict[str, Any]:
    with Recorder(value_class) as recorder:
        variables = recorder.names(Value=value_class)
        exec(compile(f"a, b = Value(3.0), Value(2.0)\n{code}", "<cell>", "exec"), variables)
    return recorder.trace(variables)


@pytest.mark.parametrize(
    ("code", "found"),
    [
        ("L = a + b", []),
        ("L = a + a\nL.backward()", ["seed", "pass", "pass"]),
        ("a.backward()", ["seed"]),
        (
            "L = a.tanh()\nL.backward()\nL.backward()",
            ["seed", "pass", "zero", "zero", "seed", "pass", "kept"],
        ),
        ("a.backward()\na.backward()", ["seed", "zero", "seed", "kept"]),
        (
            "L = a.tanh()\nL.backward()\na.grad = 0\nL.backward()",
            ["seed", "pass", "zero", "zero", "seed", "pass"],
        ),
        ("a.grad = 5.0\na.grad += 2", ["given", "given"]),
        ("L = a.tanh()\nL.backward()\na.data -= a.grad\na.grad = 0", ["seed", "pass", "zero"]),
        (
            # what b.backward() left in b.grad, 1, is added to 0 again: no seed, although it is 1
            "b.backward()\nL = a + 0 * b\nL.backward()",
            ["seed", "zero", "seed", *["pass"] * 4, "kept"],
        ),
    ],
)
def test_kinds_tells_what_each_write_was(code: str, found: list[str]) -> None:
    assert kinds(trace_of(code)) == found


def test_kinds_tells_an_overwritten_gradient() -> None:
    one = {"from": 1, "to": 0, "slot": 0, "contribution": 2.0}
    events = [{**one, "before": 0.0, "after": 2.0}, {**one, "before": 3.0, "after": 2.0}]
    assert kinds({"backward": events}) == ["pass", "overwrite"]


def test_kinds_of_a_contribution_that_rounding_swallows_is_pass() -> None:
    event = {"from": 1, "to": 0, "slot": 0, "contribution": 1.0, "before": 1e-30, "after": 1.0}
    assert kinds({"backward": [event]}) == ["pass"]  # 1e-30 + 1 = 1


def test_kinds_knows_a_kept_gradient_that_is_nan() -> None:
    code = "L = a * float('nan')\nL.backward()\nL.backward()"
    assert kinds(trace_of(code))[-1] == "kept"


def test_calls_counts_calls_and_zeros_belong_to_the_call_that_follows() -> None:
    trace = trace_of("L = a.tanh()\nL.backward()\nL.backward()")
    assert calls(trace) == [0, 0, 1, 1, 1, 1, 1]


def test_calls_sees_a_call_that_makes_no_new_seed() -> None:
    trace = trace_of("L = a + b\nL.backward()\nL.backward()", Lecture)
    assert kinds(trace) == ["seed", "pass", "pass", "pass", "pass"]
    assert calls(trace) == [0, 0, 0, 1, 1]


def test_outputs_follows_the_last_seed() -> None:
    trace = trace_of("c = a.tanh()\nd = b.tanh()\nc.backward()\nd.backward()")
    assert outputs(trace) == [2, 2, 3, 3]


def test_outputs_without_a_seed_is_the_first_that_passes_on() -> None:
    nothing = {"from": None, "to": 0, "slot": None, "contribution": 0.0, "before": 1, "after": 0.0}
    event = {"from": 1, "to": 0, "slot": 0, "contribution": 2.0, "before": 0.0, "after": 2.0}
    assert outputs({"backward": [nothing, event]}) == [None, 1]
