"""Whose turn it is, for programs that were run."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.kernel.recorder import Recorder
from app.kernel.turns import ready, why_not
from app.kernel.writes import kinds
from micrograd.engine import Value


def trace_of(code: str) -> dict[str, Any]:
    with Recorder(Value) as recorder:
        variables = recorder.names(Value=Value)
        exec(compile(code, "<cell>", "exec"), variables)
    return recorder.trace(variables)


# a = 0, b = 1, c = 2, d = 3, e = 4, L = 5. The engine goes L, e, d, c, b.
DIAMOND = trace_of(
    "a = Value(2.0)\nb = a.tanh()\nc = b.exp()\nd = b + b\ne = c * d\nL = e.relu()\nL.backward()"
)


@pytest.mark.parametrize(
    ("done", "found"),
    [
        (0, [5]),  # the output, to begin with
        (1, [5]),
        (2, [4]),
        (3, [2, 4]),  # c has its gradient, and e still has to give d its own
        (4, [2, 3]),  # c and d, in any order
        (5, [2, 3]),
        (6, [2]),
        (7, [1]),
        (8, []),
    ],
)
def test_ready_is_every_node_whose_gradient_is_complete(done: int, found: list[int]) -> None:
    assert ready(DIAMOND, done) == found


@pytest.mark.parametrize(
    ("done", "node", "says"),
    [
        (0, 4, "e has no gradient yet."),
        (0, 0, "a is a leaf: it has nothing to pass on."),
        (1, 1, "b has no gradient yet."),
        (4, 1, "b has no gradient yet."),
        (5, 1, "The gradient of b is not complete: c and d have not passed their shares on yet."),
        (6, 1, "The gradient of b is not complete: c has not passed its share on yet."),
        (6, 3, "d has already passed its gradient on."),
        (8, 5, "L has already passed its gradient on."),
        (8, 0, "a is a leaf: it has nothing to pass on."),
        (4, 3, None),
    ],
)
def test_why_not_says_what_is_missing(done: int, node: int, says: str | None) -> None:
    assert why_not(DIAMOND, done, node) == says


def test_why_not_of_a_node_beside_the_way_to_the_output() -> None:
    trace = trace_of("a = Value(2.0)\nb = a.tanh()\nL = a.exp()\nL.backward()")
    assert why_not(trace, 1, 1) == "b gets no gradient: L does not depend on it."


def test_ready_without_backward_is_nobody() -> None:
    trace = trace_of("a = Value(2.0)\nL = a.exp()")
    assert ready(trace, 0) == []
    assert why_not(trace, 0, 1) == "L has no gradient yet."


def test_ready_of_a_leaf_alone_is_the_leaf_until_it_has_its_one() -> None:
    trace = trace_of("a = Value(2.0)\na.backward()")
    assert [ready(trace, 0), ready(trace, 1)] == [[0], []]


def test_ready_begins_anew_with_each_call() -> None:
    trace = trace_of("a = Value(2.0)\nL = a.exp()\nL.backward()\nL.backward()")
    # seed, pass; zero, zero, seed, pass, and what a kept is added again
    assert [ready(trace, done) for done in range(8)] == [[1], [1], [1], [1], [1], [1], [], []]


operations = st.sampled_from(["{} + {}", "{} * {}", "{} - {}", "-{}", "{}.tanh()"])


@given(
    st.lists(st.tuples(operations, st.randoms(use_true_random=False)), min_size=1, max_size=10),
    st.integers(1, 2),
)
def test_ready_agrees_with_what_the_engine_did(steps: list[tuple[str, Any]], calls: int) -> None:
    code = ["v0, v1 = Value(1.5), Value(-2.0)"]
    for i, (operation, random) in enumerate(steps):
        operands = [f"v{random.randrange(i + 2)}" for _ in range(operation.count("{}"))]
        code.append(f"v{i + 2} = " + operation.format(*operands))
    trace = trace_of("\n".join([*code, *[f"v{len(steps) + 1}.backward()"] * calls]))
    for i, (event, kind) in enumerate(zip(trace["backward"], kinds(trace))):
        found = ready(trace, i)
        if kind in ("seed", "pass"):
            assert (event["to"] if kind == "seed" else event["from"]) in found
        for node in trace["nodes"]:
            assert (why_not(trace, i, node["id"]) is None) == (node["id"] in found)
    assert ready(trace, len(trace["backward"])) == []
