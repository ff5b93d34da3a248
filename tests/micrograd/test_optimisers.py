"""Optimisers against PyTorch's trajectories, and the first step of each by hand."""

import json
import math
from pathlib import Path
from typing import Any

import pytest

from micrograd.engine import Value
from micrograd.nn import MLP
from micrograd.optimisers import (
    OPTIMISERS,
    SCHEDULES,
    SGD,
    Adagrad,
    Adam,
    AdamW,
    Optimiser,
    RMSprop,
    cosine,
    exponential,
    linear,
    staircase,
)

DATA = Path(__file__).parent.parent / "data"
TRAJECTORIES = json.loads((DATA / "optimiser_trajectories.json").read_text())["trajectories"]
GOLDEN = json.loads((DATA / "training_golden.json").read_text())["optimizers"]["trajectories"]
OPTIONS: dict[str, tuple[type[Optimiser], dict[str, Any]]] = {
    "SGD lr=0.02": (SGD, {"lr": 0.02}),
    "SGD lr=0.02 momentum=0.9 nesterov": (SGD, {"lr": 0.02, "momentum": 0.9, "nesterov": True}),
    "SGD lr=0.02 weight_decay=0.1": (SGD, {"lr": 0.02, "weight_decay": 0.1}),
    "Adam lr=0.1 weight_decay=0.1 (L2)": (Adam, {"lr": 0.1, "weight_decay": 0.1}),
    "AdamW lr=0.1 weight_decay=0.01": (AdamW, {"lr": 0.1, "weight_decay": 0.01}),
    "RMSprop lr=0.1 momentum=0.9": (RMSprop, {"lr": 0.1, "momentum": 0.9}),
}


def descend(a: Value, b: Value, optimiser: Optimiser) -> float:
    """Take one step down (a - 3)² + 10 (b + 1)², and return the height before."""
    height = (a - 3) ** 2 + 10 * (b + 1) ** 2
    optimiser.zero_grad()
    height.backward()
    optimiser.step()
    return height.data


def with_gradient(data: float, grad: float) -> Value:
    p = Value(data)
    p.grad = grad
    return p


@pytest.mark.parametrize("name", GOLDEN)
def test_golden_trajectory_matches_pytorch(name: str) -> None:
    make, options = OPTIONS[name]
    a, b = Value(0.0), Value(0.0)
    optimiser = make([a, b], **options)
    for row in GOLDEN[name]:
        height = descend(a, b, optimiser)
        assert [height, a.data, b.data] == pytest.approx(row, rel=1e-13, abs=0)


@pytest.mark.parametrize("case", TRAJECTORIES, ids=lambda c: f"{c['optimiser']} {c['options']}")
def test_option_matches_pytorch(case: dict[str, Any]) -> None:
    a, b = Value(0.0), Value(0.0)
    optimiser = OPTIMISERS[case["optimiser"]]([a, b], **case["options"])
    for place in case["path"]:
        descend(a, b, optimiser)
        assert [a.data, b.data] == pytest.approx(place, rel=1e-13, abs=0)


# The first steps, by hand.


def test_sgd_step_is_the_rate_times_the_gradient() -> None:
    p = with_gradient(1.0, 4.0)
    SGD([p], lr=0.5).step()
    assert p.data == -1.0  # 1 - 0.5·4


def test_sgd_with_momentum_goes_on_without_a_gradient() -> None:
    p = with_gradient(0.0, 1.0)
    optimiser = SGD([p], lr=1.0, momentum=0.5)
    optimiser.step()
    p.grad = 0.0
    optimiser.step()
    assert p.data == -1.5  # -1 - 0.5·1


def test_rmsprop_first_step_is_ten_times_the_rate_whatever_the_gradient() -> None:
    p = with_gradient(0.0, 500.0)
    RMSprop([p], lr=0.01).step()
    assert p.data == pytest.approx(-0.1)  # 500/√(0.01·500²) = 10


def test_adagrad_steps_become_shorter() -> None:
    p = with_gradient(0.0, 2.0)
    optimiser = Adagrad([p], lr=1.0)
    optimiser.step()
    assert p.data == pytest.approx(-1.0)  # 2/√4
    optimiser.step()
    assert p.data == pytest.approx(-1.0 - 1 / math.sqrt(2))  # 2/√(4 + 4)


@pytest.mark.parametrize("gradient", [1e-3, 7.0, -1e5])
def test_adam_first_step_is_the_rate_whatever_the_gradient(gradient: float) -> None:
    p = with_gradient(0.0, gradient)
    Adam([p], lr=0.1).step()
    assert abs(p.data) == pytest.approx(0.1, rel=1e-4)


def test_adamw_without_a_gradient_shrinks_the_parameter() -> None:
    p = with_gradient(2.0, 0.0)
    AdamW([p], lr=0.1, weight_decay=0.5).step()
    assert p.data == 1.9  # 2·(1 - 0.1·0.5)


def test_centered_rmsprop_stays_finite_on_a_constant_slope() -> None:
    p = with_gradient(0.0, 0.7)  # its variance is 0, and in step 54 it is rounded to -6e-17
    optimiser = RMSprop([p], lr=1e-3, alpha=0.5, centered=True)
    for _ in range(200):
        optimiser.step()
    assert math.isfinite(p.data)


# What all of them do.


@pytest.mark.parametrize("name", OPTIMISERS)
def test_step_without_a_gradient_changes_nothing(name: str) -> None:
    p = Value(2.0)
    OPTIMISERS[name]([p], weight_decay=0.0).step()
    assert p.data == 2.0


@pytest.mark.parametrize("name", OPTIMISERS)
def test_step_after_lr_is_0_changes_nothing(name: str) -> None:
    p = with_gradient(2.0, 1.0)
    optimiser = OPTIMISERS[name]([p])
    optimiser.lr = 0.0
    optimiser.step()
    assert p.data == 2.0


def test_zero_grad_forgets_the_gradients_of_its_parameters() -> None:
    p, other = with_gradient(1.0, 5.0), with_gradient(1.0, 5.0)
    SGD([p]).zero_grad()
    assert (p.grad, other.grad) == (0.0, 5.0)


@pytest.mark.parametrize("name", OPTIMISERS)
def test_optimiser_of_nothing_is_an_error(name: str) -> None:
    with pytest.raises(ValueError, match="at least one parameter"):
        OPTIMISERS[name]([])


def test_optimiser_of_a_model_asks_for_its_parameters() -> None:
    with pytest.raises(TypeError, match=r"model\.parameters\(\)"):
        SGD(MLP(2, [1]))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("name", "options", "message"),
    [
        ("sgd", {"lr": -0.1}, "lr must be at least 0, not -0.1"),
        ("sgd", {"lr": math.nan}, "lr must be at least 0, not nan"),
        ("sgd", {"momentum": -1}, "momentum must be at least 0, not -1"),
        ("sgd", {"nesterov": True}, "nesterov needs a momentum"),
        ("sgd", {"nesterov": True, "momentum": 0.9, "dampening": 0.1}, "a dampening of 0"),
        ("rmsprop", {"alpha": 1.0}, "alpha must be at least 0, and below 1, not 1.0"),
        ("rmsprop", {"eps": 0}, "eps must be above 0, not 0"),
        ("adagrad", {"lr_decay": -1}, "lr_decay must be at least 0"),
        ("adagrad", {"initial_accumulator_value": -1}, "initial_accumulator_value must be"),
        ("adam", {"betas": (0.9, 1.0)}, "beta2 must be at least 0, and below 1, not 1.0"),
        ("adamw", {"weight_decay": -1}, "weight_decay must be at least 0"),
    ],
)
def test_option_out_of_range_is_an_error(name: str, options: dict[str, Any], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        OPTIMISERS[name]([Value(1.0)], **options)


# Schedules.


def test_linear_goes_straight_to_its_end_and_stays() -> None:
    assert [linear(4, end=0.5)(k) for k in (0, 1, 2, 4, 9)] == [1.0, 0.875, 0.75, 0.5, 0.5]


def test_linear_is_the_schedule_of_the_micrograd_demo() -> None:
    assert [linear(100)(k) for k in range(101)] == [1.0 - 0.9 * k / 100 for k in range(101)]


def test_cosine_is_half_a_wave() -> None:
    assert [cosine(4)(k) for k in (0, 2, 4, 9)] == pytest.approx([1.0, 0.5, 0.0, 0.0])


def test_exponential_has_the_same_ratio_everywhere() -> None:
    assert [exponential(2, end=0.25)(k) for k in range(4)] == [1.0, 0.5, 0.25, 0.125]


def test_staircase_goes_down_once_every_so_many_steps() -> None:
    assert [staircase(2, factor=0.5)(k) for k in range(5)] == [1.0, 1.0, 0.5, 0.5, 0.25]


@pytest.mark.parametrize("name", SCHEDULES)
def test_schedule_starts_at_1(name: str) -> None:
    assert SCHEDULES[name](10)(0) == 1.0


@pytest.mark.parametrize("name", [name for name in SCHEDULES if name != "constant"])
def test_schedule_of_0_steps_is_an_error(name: str) -> None:
    with pytest.raises(ValueError, match="steps must be above 0, not 0"):
        SCHEDULES[name](0)
