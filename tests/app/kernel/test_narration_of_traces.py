"""The sentences of programs that were run: names that nobody gave, and more than one call."""

from typing import Any

import pytest

from app.kernel.narration import narrate
from app.kernel.recorder import Recorder
from micrograd.engine import Value


def sentences(code: str) -> list[str]:
    with Recorder(Value) as recorder:
        variables = recorder.names(Value=Value)
        exec(compile(f"a, b = Value(3.0), Value(2.0)\n{code}", "<cell>", "exec"), variables)
    return narrate(recorder.trace(variables))


@pytest.mark.parametrize(
    ("code", "sentence"),
    [
        ("a * b", "a × b = 3 × 2 = 6."),
        ("(a * b)**2", "(a × b)² = 6 to the power of 2 = 36."),
        ("L = (a * b)**2", "L = (a × b) to the power of 2 = 6 to the power of 2 = 36."),
        ("L = (a - b) * b", "L = (a − b) × b = 1 × 2 = 2."),
        ("L = a - (b - a)", "L = a − (b − a) = 3 − (−1) = 4."),
        ("L = -2 * a", "L = −2 × a = (−2) × 3 = −6."),
        ("(a + b) * (a - b)", "#4 = (a + b) × (a − b) = 5 × 1 = 5."),
        ("((a + b) * (a - b)).tanh()", "tanh(#4) = tanh(5) ≈ 0.9999."),
    ],
)
def test_narrate_calls_nodes_without_a_label_by_their_expression(code: str, sentence: str) -> None:
    assert sentences(code)[-1] == sentence


def test_narrate_says_the_number_of_a_constant_once() -> None:
    assert sentences("L = 2 * a")[2] == "2 is a leaf: a number that was given."


def test_narrate_leaves_numbers_out_that_were_changed_since() -> None:
    # not: 5 × 2 = 6
    assert sentences("L = a * b\na.data = 5.0")[2] == "L = a × b = 6."


def test_narrate_says_that_a_gradient_is_set_to_zero_and_what_was_kept_is_added_again() -> None:
    # d(2a)/da = 2, twice
    assert sentences("L = a + a\nL.backward()\nL.backward()")[-6:] == [
        "The gradient of L is set to 0: what it had belonged to an earlier call.",
        "The gradient of a is set to 0: what it had belonged to an earlier call.",
        "Start at the output: L changes exactly as fast as itself, so its gradient is 1.",
        "L passes its gradient times ∂L/∂a to a: 1 × 1 = 1.",
        "L passes its gradient times ∂L/∂a to a: 1 × 1 = 1, added to the 1 that was there: 2.",
        "What a kept from an earlier call is added again: 2 + 2 = 4.",
    ]


def test_narrate_says_that_a_gradient_was_set_from_outside() -> None:
    assert sentences("a.grad = -2.5")[-1] == "The gradient of a is set to −2.5 from outside."


def test_narrate_says_that_a_gradient_was_overwritten() -> None:
    nodes: list[dict[str, Any]] = [
        {"id": 0, "op": "", "label": "a", "data": 2.0, "operands": []},
        {"id": 1, "op": "*", "label": "c", "data": 4.0, "operands": [0, 0]},
    ]
    event = {"from": 1, "to": 0, "slot": 1, "upstream": 1.0, "local": 2.0, "contribution": 2.0}
    trace = {"nodes": nodes, "forward": [], "backward": [{**event, "before": 3.0, "after": 2.0}]}
    assert narrate(trace) == [
        "c passes its gradient times ∂c/∂a to a: 1 × 2 = 2. "
        "It overwrites the 3 that was there. It should have been added."
    ]


def test_narrate_of_a_long_chain_takes_time_in_proportion_to_its_length() -> None:
    found = sentences("L = a\nfor _ in range(5000):\n    L = L + b\nL.backward()")
    assert len(found) == 2 + 5000 + 1 + 10_000
