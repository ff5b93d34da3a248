"""Which part of an engine is to blame, from trials that are written by hand."""

import pytest

from app.kernel.trials import TRIALS, Trial
from app.kernel.tried import Row, Tried
from app.kernel.verdict import missing, verdict


def tried(code: str, state: str = "wrong", made_of: str = "", seed: float = 1.0) -> Tried:
    """Return the trial of this code with its result right, and its first derivative in a state."""
    trial: Trial = next(trial for trial in TRIALS if trial.code == code)
    rows = [Row(trial, "", 2.0, 2.0, "not there" if state == "not there" else "right")]
    rows += [Row(trial, "a", 2.0, 2.0 if state == "right" else 3.0, state)]
    return Tried(trial, rows, frozenset(made_of.split()), seed)


def test_verdict_of_nothing_wrong_is_nothing() -> None:
    assert verdict([]) == ()
    assert verdict([tried("a + b", "right"), tried("a * b", "not there")]) == ()


def test_verdict_names_each_operation_that_is_wrong_by_itself() -> None:
    right = tried("a + b", "right", "+")
    assert verdict([right, tried("a * b", made_of="*"), tried("tanh(a)")]) == ("*", "tanh")


def test_verdict_blames_what_an_operation_is_made_of() -> None:
    right, product = tried("a + b", "right", "+"), tried("a * b", made_of="*")
    quotient, negative = tried("a / b", made_of="* **"), tried("-a", made_of="*")
    assert verdict([right, product, quotient, negative]) == ("*",)
    assert verdict([right, tried("a * b", "right", "*"), quotient, negative]) == ("neg",)


def test_verdict_blames_both_when_each_seems_to_be_made_of_the_other() -> None:
    crossed = [tried("a + b", made_of="*"), tried("a * b", made_of="+"), tried("-a", "right")]
    assert verdict(crossed) == ("*", "+")


def test_verdict_is_the_seed_when_no_output_begins_with_1() -> None:
    assert verdict([tried("a + b", seed=0.0), tried("-a", seed=2.0)]) == ("seed",)


def test_verdict_is_backward_when_all_that_is_there_goes_wrong() -> None:
    assert verdict([tried("a + b"), tried("-a"), tried("exp(a)", "not there")]) == ("backward",)
    assert verdict([tried("a + b")]) == ("+",)  # one operation is no proof


@pytest.mark.parametrize(
    ("codes", "expected"),
    [
        (["tanh(a) * c", "a + a", "a * b * c"], ("chain rule",)),
        (["a + a", "d = a + a\nd + (d + d)"], ("accumulation",)),
        (["tanh(a)", "tanh(a) * c"], ("tanh",)),
        (["tanh(a)", "tanh(a) * c", "a + a"], ("tanh", "accumulation")),
    ],
)
def test_verdict_names_the_first_rule_that_no_operation_explains(
    codes: list[str], expected: tuple[str, ...]
) -> None:
    assert verdict([tried("a + b", "right"), *map(tried, codes)]) == expected


def test_missing_lists_operations_and_no_rules() -> None:
    absent = [tried(code, "not there") for code in ("exp(a)", "a - b", "exp(a) + a", "3 - a")]
    assert missing([tried("a + b"), *absent]) == ("-", "exp", "number - a")
