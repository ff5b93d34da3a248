"""The sentence of each step, from traces written by hand."""

import math
from typing import Any

import pytest

from app.kernel.narration import narrate

INF, NAN = math.inf, math.nan


def leaf(i: int, label: str, data: float) -> dict[str, Any]:
    return {"id": i, "op": "", "label": label, "data": data, "operands": []}


def forward_of(op: str, operands: list[float], result: float) -> str:
    """Narrate the last step of a forward pass: c = op(a, b)."""
    leaves = [leaf(i, "ab"[i], x) for i, x in enumerate(operands)]
    ids = list(range(len(leaves)))
    c = {"id": len(leaves), "op": op, "label": "c", "data": result, "operands": ids}
    event = {"node": len(leaves), "data": result, "operands": operands}
    trace = {"nodes": [*leaves, c], "forward": [event], "backward": []}
    (sentence,) = narrate(trace)
    return sentence


def backward_of(upstream: float, local: float, before: float, contribution: float) -> str:
    """Narrate one contribution, from c to a."""
    c = {"id": 1, "op": "tanh", "label": "c", "data": 0.0, "operands": [0]}
    event = {"from": 1, "to": 0, "slot": 0, "upstream": upstream, "local": local}
    event |= {"contribution": contribution, "before": before, "after": before + contribution}
    (sentence,) = narrate({"nodes": [leaf(0, "a", 0.0), c], "forward": [], "backward": [event]})
    return sentence


def test_narrate_says_one_sentence_for_each_step_in_order() -> None:
    square = {"id": 1, "op": "*", "label": "", "data": 9.0, "operands": [0, 0]}
    seed = {"from": None, "to": 1, "slot": None, "upstream": None, "local": None}
    seed |= {"contribution": 1.0, "before": 0.0, "after": 1.0}
    by_a = {"from": 1, "to": 0, "slot": 0, "upstream": 1.0, "local": 3.0}
    by_a |= {"contribution": 3.0, "before": 0.0, "after": 3.0}
    trace = {
        "nodes": [leaf(0, "a", 3.0), square],
        "forward": [
            {"node": 0, "data": 3.0, "operands": []},
            {"node": 1, "data": 9.0, "operands": [3.0, 3.0]},
        ],
        "backward": [seed, by_a, {**by_a, "slot": 1, "before": 3.0, "after": 6.0}],
    }
    assert narrate(trace) == [
        "a is a leaf: a number that was given, 3.",
        "a × a = 3 × 3 = 9.",
        "Start at the output: a × a changes exactly as fast as itself, so its gradient is 1.",
        "a × a passes its gradient times ∂(a × a)/∂a to a: 1 × 3 = 3.",
        # d(a·a)/da = 2a = 6
        "a × a passes its gradient times ∂(a × a)/∂a to a: 1 × 3 = 3, "
        "added to the 3 that was there: 6.",
    ]


def test_narrate_of_nothing_says_nothing() -> None:
    assert narrate({"nodes": [], "forward": [], "backward": []}) == []


@pytest.mark.parametrize(
    ("x", "sentence"),
    [
        (2.0, "a is a leaf: a number that was given, 2."),
        (-0.5, "a is a leaf: a number that was given, −0.5."),
        (INF, "a is a leaf: a number that was given, ∞."),
    ],
)
def test_narrate_calls_what_was_given_a_leaf(x: float, sentence: str) -> None:
    event = {"node": 0, "data": x, "operands": []}
    trace = {"nodes": [leaf(0, "a", x)], "forward": [event], "backward": []}
    assert narrate(trace) == [sentence]


@pytest.mark.parametrize(
    ("op", "operands", "result", "sentence"),
    [
        ("+", [2, 3], 5, "c = a + b = 2 + 3 = 5."),
        ("-", [2, 3], -1, "c = a − b = 2 − 3 = −1."),
        ("*", [2, 3], 6, "c = a × b = 2 × 3 = 6."),
        ("/", [3, 2], 1.5, "c = a ÷ b = 3 ÷ 2 = 1.5."),
        ("**", [2, 3], 8, "c = a to the power of b = 2 to the power of 3 = 8."),
        ("tanh", [0], 0, "c = tanh(a) = tanh(0) = 0."),
        ("ReLU", [2], 2, "c = ReLU(a) = ReLU(2) = 2."),
        ("exp", [0], 1, "c = exp(a) = exp(0) = 1."),
        ("log", [1], 0, "c = log(a) = log(1) = 0."),
        ("neg", [2], -2, "c = −a = −2 = −2."),
        ("**2", [3], 9, "c = a to the power of 2 = 3 to the power of 2 = 9."),
        ("my_op", [3], 1, "c = my_op(a) = my_op(3) = 1."),
    ],
)
def test_narrate_says_what_was_computed(
    op: str, operands: list[float], result: float, sentence: str
) -> None:
    assert forward_of(op, operands, result) == sentence


@pytest.mark.parametrize(
    ("op", "operands", "result", "sentence"),
    [
        ("+", [-2, -3], -5, "c = a + b = (−2) + (−3) = −5."),
        ("**", [-2, -1], -0.5, "c = a to the power of b = (−2) to the power of (−1) = −0.5."),
        ("**-0.5", [4], 0.5, "c = a to the power of (−0.5) = 4 to the power of (−0.5) = 0.5."),
        ("neg", [-2], 2, "c = −a = −(−2) = 2."),
        ("ReLU", [-2], 0, "c = ReLU(a) = ReLU(−2) = 0."),  # they are there already
    ],
)
def test_narrate_puts_negative_operands_in_parentheses(
    op: str, operands: list[float], result: float, sentence: str
) -> None:
    assert forward_of(op, operands, result) == sentence


@pytest.mark.parametrize(
    ("op", "operands", "result", "sentence"),
    [
        ("/", [1, 3], 1 / 3, "c = a ÷ b = 1 ÷ 3 ≈ 0.3333."),
        ("*", [3, 1 / 3], 1, "c = a × b = 3 × 0.3333 ≈ 1."),
        ("log", [-1], NAN, "c = log(a) = log(−1) = nan."),
    ],
)
def test_narrate_says_about_where_a_number_was_shortened(
    op: str, operands: list[float], result: float, sentence: str
) -> None:
    assert forward_of(op, operands, result) == sentence


def test_narrate_leaves_the_parentheses_of_a_label_alone() -> None:
    c = {"id": 1, "op": "tanh", "label": "h(x)", "data": 0.0, "operands": [0]}
    event = {"node": 1, "data": 0.0, "operands": [0.0]}
    trace = {"nodes": [leaf(0, "f(x)", 0.0), c], "forward": [event], "backward": []}
    assert narrate(trace) == ["h(x) = tanh(f(x)) = tanh(0) = 0."]


@pytest.mark.parametrize(
    ("numbers", "product"),
    [
        ((2, 3, 0, 6), "2 × 3 = 6."),
        ((-2, 3, 0, -6), "(−2) × 3 = −6."),
        ((2, -3, 0, -6), "2 × (−3) = −6."),
        ((1, 1 / 3, 0, 1 / 3), "1 × 0.3333 ≈ 0.3333."),
        ((3, 1 / 3, 0, 1), "3 × 0.3333 ≈ 1."),
        ((2, 3, 4, 6), "2 × 3 = 6, added to the 4 that was there: 10."),
        ((2, 3, -6, 6), "2 × 3 = 6, added to the −6 that was there: 0."),
        ((0, INF, 0, NAN), "0 × ∞ = nan."),
    ],
)
def test_narrate_says_what_was_contributed(numbers: tuple[float, ...], product: str) -> None:
    upstream, local, before, contribution = map(float, numbers)
    sentence = backward_of(upstream, local, before, contribution)
    assert sentence == f"c passes its gradient times ∂c/∂a to a: {product}"
