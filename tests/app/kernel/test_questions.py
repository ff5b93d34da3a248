"""Predicted gradients, right and wrong in every way that has a name."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.kernel.numbers import show
from app.kernel.questions import judge, predict
from app.kernel.recorder import Recorder
from micrograd.engine import Value


def trace_of(code: str) -> dict[str, Any]:
    with Recorder(Value) as recorder:
        variables = recorder.names(Value=Value)
        exec(compile(code, "<cell>", "exec"), variables)
    return recorder.trace(variables)


# d's gradient is 5 when it passes it on; a has 7 already, because f did so before.
PRODUCT = "a, b = Value(2.0), Value(-3.0)\nd = a * b\nf = 7 * a\nL = 5 * d + f\nL.backward()"
QUOTIENT = "a, b = Value(3.0), Value(2.0)\nd = a / b\nL = 8 * d\nL.backward()"


def event_of(trace: dict[str, Any], sender: str, slot: int) -> int:
    labels = [node["label"] for node in trace["nodes"]]
    found = [(event["from"], event["slot"]) for event in trace["backward"]]
    return found.index((labels.index(sender), slot))


def judged(code: str, sender: str, slot: int, asked: str, answer: str) -> dict[str, Any]:
    trace = trace_of(code)
    return judge(trace, event_of(trace, sender, slot), asked, answer)


def test_predict_asks_for_the_contribution_and_the_gradient() -> None:
    trace = trace_of(PRODUCT)
    assert predict(trace, event_of(trace, "d", 0)) == {
        "contribution": -15.0,  # 5 · b = 5 · (−3)
        "gradient": -8.0,  # 7 − 15
        "sentence": "d passes its gradient on to a. What does a get, and what has it then?",
    }


def test_predict_asks_for_the_gradient_of_the_output() -> None:
    assert predict(trace_of(PRODUCT), 0) == {
        "contribution": 1.0,
        "gradient": 1.0,
        "sentence": "L is the output. How fast does it change with itself: what is its gradient?",
    }


TWICE = trace_of("a = Value(2.0)\nL = a + a\nL.backward()\nL.backward()")


def test_predict_asks_for_the_sum_with_a_gradient_that_was_kept() -> None:
    question = predict(TWICE, 8)
    assert question is not None
    assert (question["contribution"], question["gradient"]) == (2.0, 4.0)
    says = "a kept a gradient from an earlier call. What is it after that is added again?"
    assert question["sentence"] == says


def test_predict_asks_nothing_where_a_gradient_is_set_to_zero() -> None:
    assert predict(TWICE, 3) is None
    assert judge(TWICE, 3, "gradient", "0") == {
        "right": False,
        "mistake": None,
        "says": "There is nothing to predict in this step.",
    }


@pytest.mark.parametrize("answer", ["-15", "−15", "5*-3", "-15.0", "-15.01", "-30/2"])
def test_judge_takes_the_right_number_in_any_form(answer: str) -> None:
    found = judged(PRODUCT, "d", 0, "contribution", answer)
    assert found == {"right": True, "mistake": None, "says": "Right: −15."}


UPSTREAM = "This is ∂d/∂a alone. The chain rule multiplies it by the gradient that d has already."
LOCAL = "This is the gradient of d itself. Multiply it by ∂d/∂a: how fast does d change with a?"
OTHER = (
    "This takes the derivative of d by its other operand. "
    "Asked is ∂d/∂a: a changes, and the other operand stays."
)
SIGN = "Only the sign is wrong. Look at the signs of both factors: the gradient of d, and ∂d/∂a."
ADDED = (
    "This is only what d adds. a had a gradient before, "
    "and what comes from several sides is added up."
)
UNKNOWN = "Not yet. Two numbers are multiplied: the gradient of d, and ∂d/∂a."


@pytest.mark.parametrize(
    ("asked", "answer", "mistake", "says"),
    [
        ("contribution", "-3", "upstream", UPSTREAM),  # ∂d/∂a = b
        ("contribution", "5", "local", LOCAL),
        ("contribution", "10", "other operand", OTHER),  # 5 · a
        ("contribution", "2", "other operand", OTHER),  # a, and the upstream gradient forgotten
        ("contribution", "15", "sign", SIGN),
        (
            "contribution",
            "-8",  # 7 − 15
            "added",
            "This is what a has in the end. Asked is only what d adds to it now.",
        ),
        ("contribution", "99", "unknown", UNKNOWN),
        ("gradient", "-15", "added", ADDED),
        ("gradient", "4", "upstream", UPSTREAM),  # 7 − 3
        ("gradient", "12", "local", LOCAL),  # 7 + 5
        ("gradient", "17", "other operand", OTHER),  # 7 + 10
        ("gradient", "22", "sign", SIGN),  # 7 + 15
        ("gradient", "8", "sign", SIGN),  # −(7 − 15)
        ("gradient", "-3", "upstream", UPSTREAM),  # and not added
        ("gradient", "99", "unknown", f"{UNKNOWN} Then comes what a had before."),
    ],
)
def test_judge_names_the_kind_of_mistake(asked: str, answer: str, mistake: str, says: str) -> None:
    found = judged(PRODUCT, "d", 0, asked, answer)
    assert found == {"right": False, "mistake": mistake, "says": says}


@pytest.mark.parametrize(
    ("slot", "answer", "mistake"),
    [
        (0, "8 * -2/9", "order of division"),  # d(b/a)/da = −b/a²
        (0, "-2/9", "order of division"),
        (1, "8/3", "order of division"),  # d(b/a)/db = 1/a
        (0, "8 * -3/4", "other operand"),  # −a/b²
        (1, "8/2", "other operand"),  # 1/b
        (0, "0.5", "upstream"),
        (1, "6", "sign"),
    ],
)
def test_judge_knows_the_mistakes_of_a_division(slot: int, answer: str, mistake: str) -> None:
    assert judged(QUOTIENT, "d", slot, "contribution", answer)["mistake"] == mistake


def test_judge_says_which_division_was_derived() -> None:
    found = judged(QUOTIENT, "d", 1, "contribution", "8/3")
    assert found["says"] == "This is right for b ÷ a. But d is a ÷ b."


def test_judge_of_a_subtraction_calls_a_forgotten_minus_a_sign() -> None:
    code = "a, b = Value(3.0), Value(2.0)\nd = a - b\nL = 8 * d\nL.backward()"
    assert judged(code, "d", 1, "contribution", "8")["mistake"] == "sign"


def test_judge_prefers_the_mistake_that_says_more() -> None:
    # the upstream gradient is −1: who forgets it has only the sign wrong
    code = "a, b = Value(3.0), Value(2.0)\nd = a * b\nL = -d\nL.backward()"
    assert judged(code, "d", 0, "contribution", "2")["mistake"] == "upstream"


def test_judge_takes_what_comes_out_of_the_numbers_that_are_shown() -> None:
    # before and contribution nearly cancel: 0.6667 − 0.6665 is shown, the exact sum is 0.000167
    code = "a = Value(1.0)\nd = a * (2 / 3)\nf = a * -0.6665\nL = f + d\nL.backward()"
    trace = trace_of(code)
    last = [i for i, event in enumerate(trace["backward"]) if event["to"] == 0][-1]
    assert judge(trace, last, "gradient", "0.0002")["right"]
    assert judge(trace, last, "gradient", "0.0001667")["right"]


@pytest.mark.parametrize("asked", ["contribution", "gradient"])
def test_judge_says_why_it_cannot_read_an_answer(asked: str) -> None:
    found = judged(PRODUCT, "d", 0, asked, "1/0")
    assert found == {"right": False, "mistake": None, "says": "This divides by zero."}


def test_judge_of_the_seed_and_of_a_kept_gradient_points_at_the_way() -> None:
    assert judge(TWICE, 0, "gradient", "1")["right"]
    assert judge(TWICE, 0, "gradient", "0") == {
        "right": False,
        "mistake": "unknown",
        "says": "Not yet. If L grows by a little, by how much does L grow?",
    }
    assert judge(TWICE, 8, "gradient", "2") == {
        "right": False,
        "mistake": "added",
        "says": "Not yet. What a kept is added to what this call has brought it.",
    }


operations = st.sampled_from(["{} + {}", "{} * {}", "{} / {}", "{} - {}", "-{}", "{}.tanh()"])


@given(
    st.lists(st.tuples(operations, st.randoms(use_true_random=False)), min_size=1, max_size=8),
    st.sampled_from([repr, show, lambda x: f"{x:.5g}", lambda x: f"{x * 1.0005!r}"]),
)
def test_judge_never_calls_a_right_answer_wrong(steps: list[tuple[str, Any]], typed: Any) -> None:
    code = ["v0, v1 = Value(1.5), Value(-2.0)"]
    for i, (operation, random) in enumerate(steps):
        operands = [f"v{random.randrange(i + 2)}" for _ in range(operation.count("{}"))]
        code.append(f"v{i + 2} = " + operation.format(*operands))
    trace = trace_of("\n".join([*code, f"v{len(steps) + 1}.backward()"]))
    for i in range(len(trace["backward"])):
        question = predict(trace, i)
        assert question is not None
        for asked in ("contribution", "gradient"):
            assert judge(trace, i, asked, typed(question[asked]))["right"]


@given(st.text(max_size=20), st.integers(0, 6))
def test_judge_answers_whatever_is_typed(answer: str, i: int) -> None:
    found = judge(trace_of(PRODUCT), i, "gradient", answer)
    assert found["says"].endswith((".", "?"))
