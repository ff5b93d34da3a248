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
        ("((a + b) * (a - b)).tanh()", "tanh(#4) = tanh(5) ≈ 0.9999."),
    ],
)
def test_narrate_calls_nodes_without_a_label_by_their_expression(code: str, sentence: str) -> None:
    assert sentences(code)[-1] == sentence


def test_narrate_says_the_number_of_a_constant_once() -> None:
    assert sentences("L = 2 * a")[2] == "2 is a constant: a number in the program."


def test_narrate_tells_numbers_as_they_were_and_says_when_they_have_changed() -> None:
    assert sentences("L = a * b\na.data = 5.0\nM = a + b")[2:] == [
        "L = a × b = 3 × 2 = 6.",
        "a was changed from 3 to 5. M = a + b = 5 + 2 = 7.",
    ]


def test_narrate_explains_the_first_number_that_stands_for_a_name() -> None:
    assert sentences("L = ((a + b) * (a - b)).tanh() * ((a - b) * (a + b)).tanh()")[4:9] == [
        "#4 = (a + b) × (a − b) = 5 × 1 = 5. "
        "#4 is its number: it has no name, and is the result of many operations.",
        "tanh(#4) = tanh(5) ≈ 0.9999.",
        "#6 = a − b = 3 − 2 = 1.",  # the first one has that name
        "#7 = a + b = 3 + 2 = 5.",
        "#6 × #7 = 1 × 5 = 5.",
    ]


def test_narrate_says_that_nobody_uses_the_gradient_of_a_constant() -> None:
    assert sentences("L = 2 * a\nL.backward()")[-2] == (
        "L passes its gradient times ∂L/∂2 to 2: 1 × 3 = 3. "
        "It is a constant, so nobody will use that."
    )


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
