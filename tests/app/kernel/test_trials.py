"""The programs on which engines are tried."""

import math

import pytest

from app.kernel.trials import OPERATIONS, RULES, TRIALS, Trial, operations_in
from app.kernel.tried import NUMBERS


def codes(about: str) -> list[str]:
    return [trial.code for trial in TRIALS if trial.about == about]


@pytest.mark.parametrize("about", [*OPERATIONS, *RULES])
def test_trials_are_about_every_operation_and_every_rule(about: str) -> None:
    assert codes(about)


@pytest.mark.parametrize("trial", TRIALS, ids=lambda trial: trial.spoken)
def test_a_trial_about_an_operation_asks_for_that_one_alone(trial: Trial) -> None:
    if trial.about in OPERATIONS:
        assert operations_in(trial.lines) == {trial.about}
        assert set(trial.slopes) == set(trial.values)


@pytest.mark.parametrize("op", ["+", "-", "*", "/", "**", "a ** b", "neg", "tanh", "ReLU", "exp"])
@pytest.mark.parametrize("rule", ["chain rule", "accumulation"])
def test_the_chain_rule_and_the_sum_are_tried_with_each_operation(rule: str, op: str) -> None:
    assert any(op in operations_in(code) for code in codes(rule))


def test_relu_is_tried_on_both_sides_but_not_at_0() -> None:
    signs = [math.copysign(1, t.values["a"]) for t in TRIALS if t.code == "relu(a)"]
    assert signs == [1.0, -1.0]
    assert all(t.values["a"] != 0 for t in TRIALS)


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("a", set()),
        ("a + b", {"+"}),
        ("a + 3", {"a + number"}),
        ("3 - a", {"number - a"}),
        ("a**2", {"**"}),
        ("a**-0.5", {"**"}),
        ("a**b", {"a ** b"}),
        ("3**a", {"number ** a"}),
        ("-a * c", {"neg", "*"}),
        ("d = a + a\nd * relu(tanh(d))", {"+", "*", "ReLU", "tanh"}),
    ],
)
def test_operations_in_code(code: str, expected: set[str]) -> None:
    assert operations_in(code) == expected


ORDER = Trial("d = a + a\nd + (d + d)", "order", {"a": 0.5}, calls=2)


def test_program_is_the_cell_that_a_learner_would_write() -> None:
    assert ORDER.program == (
        "a = Value(0.5)\nd = a + a\nL = d + (d + d)\nL.backward()\nL.backward()"
    )


def test_spoken_puts_the_output_first() -> None:
    assert ORDER.spoken == "d + (d + d) with d = a + a"
    assert TRIALS[0].spoken == "a + b"


def test_run_computes_with_plain_numbers_and_leaves_the_names_alone() -> None:
    names = {"a": 0.5}
    assert ORDER.run(names) == 3.0  # 3 · (0.5 + 0.5)
    assert names == {"a": 0.5}
    assert Trial("relu(a)", "ReLU", {}).run({**NUMBERS, "a": -2.0}) == 0.0
