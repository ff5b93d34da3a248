"""Losses: by hand, against PyTorch (`data/training_golden.json`) and against finite differences."""

import json
import math
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from micrograd.engine import Value
from micrograd.losses import (
    LOSSES,
    bce_with_logits,
    cross_entropy,
    hinge,
    huber,
    l1,
    l2,
    mae,
    mse,
    softplus,
)

DATA = Path(__file__).parent.parent / "data" / "training_golden.json"
GOLDEN = json.loads(DATA.read_text())["losses_and_activations"]


def values(*numbers: float) -> list[Value]:
    return [Value(x) for x in numbers]


def gelu_tanh(x: Value) -> Value:
    return 0.5 * x * (1 + (math.sqrt(2 / math.pi) * (x + 0.044715 * x**3)).tanh())


def elu(x: Value) -> Value:
    return x.relu() + (x - x.relu()).exp() - 1  # x - relu(x) = min(x, 0)


OF_ONE_NUMBER: dict[str, Callable[[Value], Value]] = {
    "softplus": softplus,
    "sigmoid": Value.sigmoid,
    "gelu_tanh": gelu_tanh,
    "silu": lambda x: x * x.sigmoid(),
    "elu": elu,
    "leaky_relu_0.01": lambda x: x.relu() - 0.01 * (-x).relu(),
}

OF_A_LIST: dict[str, Callable[[list[Value]], Value]] = {
    "mse_mean": lambda p: mse(p, [1, -1, -1, 1]),
    "mae_mean": lambda p: mae(p, [1, -1, -1, 1]),
    "hinge_mean": lambda p: hinge(p, [1, -1, -1, 1]),
    "bce_with_logits_mean_extreme": lambda p: bce_with_logits(p, [1, 0, 1, 0]),
    "cross_entropy_target1_extreme": lambda p: cross_entropy([p], [1]),
}


@pytest.mark.parametrize("case", GOLDEN, ids=lambda case: f"{case['name']}{case['inputs']['p']}")
def test_golden_number_matches_pytorch(case: dict[str, Any]) -> None:
    given, expected = case["inputs"]["p"], case["grads"]["p"]
    if isinstance(given, list):
        p = values(*given)
        out = OF_A_LIST[case["name"]](p)
    else:
        p, expected = values(given), [expected]
        out = OF_ONE_NUMBER[case["name"]](p[0])
    out.backward()
    # Next to 1, e⁻⁵⁰ = 2e-22 is nothing: the extreme cases agree to the last digit of 1.
    assert out.data == pytest.approx(case["value"], rel=1e-14, abs=1e-16)
    assert [x.grad for x in p] == pytest.approx(expected, rel=1e-14, abs=1e-16)


# By hand.


def test_mse_is_the_mean_of_squares() -> None:
    assert mse(values(0.7, -0.2), [1, 1]).data == pytest.approx(0.765)  # (0.3² + 1.2²)/2


def test_mae_is_the_mean_of_distances() -> None:
    assert mae(values(0.7, -0.2), [1, 1]).data == pytest.approx(0.75)  # (0.3 + 1.2)/2


def test_mae_has_the_slope_0_where_it_is_right() -> None:
    p = Value(2.0)
    mae([p], [2]).backward()
    assert p.grad == 0.0


@pytest.mark.parametrize(
    ("error", "loss", "slope"),
    [
        (0.0, 0.0, 0.0),
        (0.5, 0.125, 0.5),  # 0.5²/2
        (-1.0, 0.5, -1.0),  # 1²/2, where the two formulas meet
        (3.0, 2.5, 1.0),  # 1·(3 - 1/2)
        (-3.0, 2.5, -1.0),
    ],
)
def test_huber_is_a_parabola_with_straight_ends(error: float, loss: float, slope: float) -> None:
    p = Value(error)
    out = huber([p], [0])
    out.backward()
    assert (out.data, p.grad) == (loss, slope)


def test_huber_with_delta_goes_straight_from_there() -> None:
    assert huber(values(5.0), [1], delta=2).data == 6.0  # 2·(4 - 2/2)


def test_hinge_asks_for_a_margin_of_1() -> None:
    # 1 - 0.3, nothing beyond the margin, 1 + 2 on the wrong side
    assert hinge(values(0.3, -4.0, -2.0), [1, -1, 1]).data == pytest.approx(3.7 / 3)


def test_bce_with_logits_is_minus_log_of_the_sigmoid() -> None:
    # P(1) = sigmoid(log 3) = 3/4
    assert bce_with_logits(values(math.log(3)), [1]).data == pytest.approx(-math.log(3 / 4))
    assert bce_with_logits(values(math.log(3)), [0]).data == pytest.approx(-math.log(1 / 4))


def test_bce_with_logits_has_the_slope_of_a_coin_at_0() -> None:
    p = Value(0.0)
    bce_with_logits([p], [1]).backward()
    assert p.grad == -0.5  # sigmoid(0) - 1


def test_bce_with_logits_keeps_small_gradients() -> None:
    p = Value(50.0)
    bce_with_logits([p], [1]).backward()
    assert p.grad == pytest.approx(-math.exp(-50), rel=1e-12)  # PyTorch rounds it to 0


def test_cross_entropy_of_equal_logits_is_log_of_their_number() -> None:
    assert cross_entropy([values(7.0, 7.0, 7.0)], [2]).data == pytest.approx(math.log(3))


def test_cross_entropy_has_the_gradient_softmax_minus_one_hot() -> None:
    logits = values(0.0, math.log(2), math.log(5))  # softmax 1/8, 2/8, 5/8
    cross_entropy([logits], [1]).backward()
    assert [x.grad for x in logits] == pytest.approx([1 / 8, 2 / 8 - 1, 5 / 8])


def test_cross_entropy_is_the_mean_over_samples() -> None:
    # -log 3/4 for the first, -log 1/4 for the second
    logits = [values(math.log(3), 0.0), values(0.0, math.log(3))]
    assert cross_entropy(logits, [0, 0]).data == pytest.approx(-math.log(3 / 16) / 2)


def test_cross_entropy_of_two_logits_is_bce_of_their_difference() -> None:
    of_two = cross_entropy([values(1.5, 4.0)], [1]).data
    assert of_two == pytest.approx(bce_with_logits(values(4.0 - 1.5), [1]).data)


def test_cross_entropy_of_one_class_is_certain() -> None:
    assert cross_entropy([values(-3.0)], [0]).data == 0.0


def test_l1_draws_with_a_constant_slope_and_rests_at_0() -> None:
    p = values(2.0, -3.0, 0.0)
    out = l1(p, 0.1)
    out.backward()
    assert out.data == pytest.approx(0.5)  # 0.1·(2 + 3)
    assert [x.grad for x in p] == [0.1, -0.1, 0.0]


def test_l2_draws_in_proportion() -> None:
    p = values(2.0, -3.0)
    out = l2(p, 0.1)
    out.backward()
    assert out.data == pytest.approx(1.3)  # 0.1·(4 + 9)
    assert [x.grad for x in p] == pytest.approx([0.4, -0.6])  # 2·0.1·p


# Promises that hold for each loss.

TARGETS = {"hinge": [1, -1, 1], "bce_with_logits": [1, 0, 1], "cross_entropy": [2, 0, 1]}
BETWEEN_KINKS = st.integers(-2000, 1999).map(lambda k: (k + 0.5) / 100)  # kinks are at -1, 0, 1


def loss_of(name: str, numbers: list[float]) -> tuple[Value, list[Value]]:
    p = values(*numbers)
    predictions = [p[0:3], p[3:6], p[6:9]] if name == "cross_entropy" else p[:3]
    return LOSSES[name](predictions, TARGETS.get(name, [0.0, 0.0, 0.0])), p


@pytest.mark.parametrize("name", LOSSES)
@given(numbers=st.lists(BETWEEN_KINKS, min_size=9, max_size=9))
def test_gradient_matches_finite_differences(name: str, numbers: list[float]) -> None:
    h = 1e-5
    out, p = loss_of(name, numbers)
    out.backward()
    for i, x in enumerate(numbers):
        above, _ = loss_of(name, [*numbers[:i], x + h, *numbers[i + 1 :]])
        below, _ = loss_of(name, [*numbers[:i], x - h, *numbers[i + 1 :]])
        assert p[i].grad == pytest.approx((above.data - below.data) / (2 * h), rel=1e-5, abs=1e-7)


@pytest.mark.parametrize("name", LOSSES)
def test_graph_is_the_same_for_all_numbers(name: str) -> None:
    def operations(numbers: list[float]) -> list[str]:
        return [node._op for node in loss_of(name, numbers)[0]._topological_order()]

    assert operations([0.0] * 9) == operations([1e3, -2, 3, -4e3, 5, 6, 7e3, 8, -9])


@pytest.mark.parametrize("name", LOSSES)
def test_loss_of_nothing_is_an_error(name: str) -> None:
    with pytest.raises(ValueError, match="needs at least one"):
        LOSSES[name]([], [])


@pytest.mark.parametrize("name", LOSSES)
def test_loss_with_a_target_too_few_is_an_error(name: str) -> None:
    with pytest.raises(ValueError, match="2 predictions cannot meet 1 targets"):
        LOSSES[name](values(1.0, 2.0), [1])


@pytest.mark.parametrize("name", [name for name in LOSSES if name != "cross_entropy"])
def test_loss_of_lists_asks_for_one_output(name: str) -> None:
    with pytest.raises(TypeError, match="a prediction is a list: give the model one output"):
        LOSSES[name]([values(1.0, 2.0)], [1])


def test_cross_entropy_of_one_value_asks_for_an_output_for_each_class() -> None:
    with pytest.raises(TypeError, match="give the model an output for each class"):
        cross_entropy(values(1.0), [0])


@pytest.mark.parametrize("target", [-1, 2, 0.5, math.nan])
def test_cross_entropy_with_a_target_that_is_no_class_is_an_error(target: float) -> None:
    with pytest.raises(ValueError, match=f"2 logits have the targets 0 to 1, not {target}"):
        cross_entropy([values(1.0, 2.0)], [target])


def test_hinge_with_a_target_of_0_is_an_error() -> None:
    with pytest.raises(ValueError, match=r"targets -1 and 1, not 0 .* as_signs\(\)"):
        hinge(values(1.0), [0])


def test_bce_with_logits_with_a_target_of_minus_1_is_an_error() -> None:
    with pytest.raises(ValueError, match=r"targets 0 and 1, not -1 .* as_classes\(\)"):
        bce_with_logits(values(1.0), [-1])


def test_huber_with_delta_0_is_an_error() -> None:
    with pytest.raises(ValueError, match="delta must be above 0"):
        huber(values(1.0), [1], delta=0)


@pytest.mark.parametrize("name", LOSSES)
def test_loss_is_finite_far_from_the_target(name: str) -> None:
    out, p = loss_of(name, [1e4, -1e4, 1e4, -1e4, 1e4, -1e4, 1e4, -1e4, 1e4])
    out.backward()
    assert math.isfinite(out.data)
    assert all(math.isfinite(x.grad) for x in p)
