"""Single trials: the numbers that came out, beside those that should."""

import math
from typing import Any

import pytest

from app.kernel.recorded import compile_engine
from app.kernel.trials import TRIALS, Trial
from app.kernel.tried import TOLERANCE, H, Row, Tried, expected, try_out
from micrograd.engine import Value
from tests.app.kernel.mutants import ENGINE
from tests.app.kernel.programs import LECTURE

PRODUCT = Trial("a * b", "*", {"a": 2.0, "b": -3.0})


def engine(before: str = "", after: str = "", text: str = ENGINE) -> Any:
    assert before in text
    return compile_engine("engine", text.replace(before, after), "learner/engine.py").Value


def only_row(tried: Tried) -> Row:
    (row,) = tried.rows
    return row


def test_try_out_compares_the_result_and_each_derivative() -> None:
    tried = try_out(PRODUCT, Value)
    assert [(r.leaf, r.expected, r.got, r.state) for r in tried.rows] == [
        ("", -6.0, -6.0, "right"),
        ("a", -3.0, -3.0, "right"),
        ("b", 2.0, 2.0, "right"),
    ]
    assert (tried.wrong, tried.operations, tried.seed) == ([], {"*"}, 1.0)


def test_try_out_finds_a_wrong_derivative() -> None:
    tried = try_out(PRODUCT, engine("(other.data, self.data)", "(other.data, other.data)"))
    assert [(r.leaf, r.expected, r.got) for r in tried.wrong] == [("b", 2.0, -3.0)]


@pytest.mark.parametrize("trial", TRIALS, ids=lambda trial: trial.spoken)
def test_the_tolerance_is_far_from_what_a_right_engine_needs(trial: Trial) -> None:
    for row in try_out(trial, Value).rows:
        assert row.got is not None
        assert abs(row.got - row.expected) < TOLERANCE / 10 * max(1.0, abs(row.expected))


def test_expected_is_a_central_difference_to_8_digits() -> None:
    assert expected(Trial("exp(a)", "exp", {"a": 0.5}), "a") == 1.6487213  # e^0.5
    assert expected(Trial("a - a", "accumulation", {"a": 0.5}), "a") == 0.0
    assert expected(Trial("a**2", "**", {"a": 3.0}, calls=2), "a") == 12.0  # twice 2·3
    assert pytest.approx(2.2e-16, rel=0.1) == H**3


def test_try_out_knows_what_is_not_there_from_what_is_wrong() -> None:
    lecture = engine(text=LECTURE)
    for code in ("a - b", "log(a)", "3 / a", "a + log(b)"):
        row = only_row(try_out(Trial(code, "", {"a": 2.0, "b": 3.0}), lecture))
        assert (row.state, row.got) == ("not there", None)


@pytest.mark.parametrize("code", ["a + 3", "a**b"])
def test_an_operation_that_refuses_a_number_or_a_value_is_not_there(code: str) -> None:
    refusing = engine(
        "other = other if isinstance(other, Value) else Value(other)", "pass", text=LECTURE
    )
    assert only_row(try_out(Trial(code, "", {"a": 2.0, "b": 3.0}), refusing)).state == "not there"


def test_what_an_operation_raises_is_told_with_its_line() -> None:
    row = only_row(try_out(PRODUCT, engine("self.data * other.data", "self.data * other.number")))
    assert row.state == "wrong"
    assert row.problem == "a * b stops with an error. A Value has no number."
    assert ENGINE.splitlines()[row.line - 1].endswith("_local=(other.data, self.data))")


def test_what_backward_raises_is_told_with_its_line() -> None:
    row = only_row(try_out(PRODUCT, engine("operand.grad += local", "operand.grad += locla")))
    assert row.problem.startswith("backward() of a * b stops with an error. locla has no value yet")
    assert ENGINE.splitlines()[row.line - 1].strip() == "operand.grad += local * self.grad"


@pytest.mark.parametrize(
    ("factor", "problem"),
    [
        ("math.nan", "the gradient of a is nan, which means: not a number."),
        ("other", "the gradient of a is a Value, where a plain number belongs: use its .data."),
    ],
)
def test_a_gradient_that_is_no_number_is_told(factor: str, problem: str) -> None:
    mutant = engine("_local=(other.data, self.data)", f"_local=({factor}, self.data)")
    row = try_out(PRODUCT, mutant).wrong[0]
    assert (row.leaf, row.problem) == ("a", problem)
    assert row.got is not None
    assert math.isnan(row.got)


def test_a_gradient_of_none_is_told() -> None:
    lecture = engine("self.grad += other.data * out.grad", "self.grad = None", text=LECTURE)
    problem = try_out(PRODUCT, lecture).wrong[0].problem
    assert problem == "the gradient of a is None, where a number belongs."


def test_a_keyboard_interrupt_passes_through_and_tells_where() -> None:
    endless = engine("operand.grad += local * self.grad", "raise KeyboardInterrupt")
    with pytest.raises(KeyboardInterrupt) as caught:
        try_out(PRODUCT, endless)
    assert caught.value.__notes__ == ["The engine did not come to an end with a * b."]


def test_an_operation_made_of_others_tells_which() -> None:
    composite = engine('Value(self.data - other.data, (self, other), "-", ', "self + (-other) #")
    assert try_out(Trial("a - b", "-", {"a": 1.0, "b": 2.0}), composite).operations == {"+", "neg"}


def test_numbers_among_the_operands_are_no_nodes() -> None:
    kept = LECTURE.replace("self.data**other, (self,)", "self.data**other, (self, other)")
    mixed = engine("in node._prev:", "in node._prev - {2}:", kept)
    tried = try_out(Trial("a**2", "**", {"a": 3.0}), mixed)
    assert (tried.wrong, tried.operations) == ([], {"**"})
