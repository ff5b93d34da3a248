"""Losses: one number that says how wrong the predictions are. Training makes it smaller.

Each loss is the mean over the samples, as in PyTorch. It is made of `Value` operations only, and
never looks at the data to choose between two formulas (`max` is a ReLU). So one and the same graph
serves all numbers, and can be drawn, differentiated and compiled.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TypeAlias

from micrograd.engine import Value

Output: TypeAlias = Value | Sequence[Value]  # what a model says about one sample
Loss: TypeAlias = Callable[[Sequence[Output], Sequence[float]], Value]


def mse(predictions: Sequence[Output], targets: Sequence[float]) -> Value:
    """Mean squared error: for each sample (prediction - target)²."""
    return _mean((p - t) ** 2 for p, t in _pairs(predictions, targets))


def mae(predictions: Sequence[Output], targets: Sequence[float]) -> Value:
    """Mean absolute error: for each sample |prediction - target|."""
    return _mean(_absolute(p - t) for p, t in _pairs(predictions, targets))


def huber(predictions: Sequence[Output], targets: Sequence[float], delta: float = 1.0) -> Value:
    """Half the squared error up to an error of `delta`, and a straight line beyond (Huber 1964)."""
    if delta <= 0:
        raise ValueError(f"delta must be above 0, not {delta}")
    return _mean(_huber(p - t, delta) for p, t in _pairs(predictions, targets))


def hinge(predictions: Sequence[Output], targets: Sequence[float]) -> Value:
    """Zero once a prediction has its target's sign with a margin of 1. Targets are -1 or 1."""
    _expect_targets("hinge", targets, (-1, 1), "as_signs")
    return _mean((1 - t * p).relu() for p, t in _pairs(predictions, targets))


def bce_with_logits(predictions: Sequence[Output], targets: Sequence[float]) -> Value:
    """Binary cross entropy -log P(target), where P(1) = sigmoid(prediction). Targets are 0 or 1."""
    _expect_targets("bce_with_logits", targets, (0, 1), "as_classes")
    return _mean(softplus((1 - 2 * t) * p) for p, t in _pairs(predictions, targets))


def cross_entropy(predictions: Sequence[Output], targets: Sequence[float]) -> Value:
    """-log P(target), where a sample's prediction is a list of logits and P is their softmax.

    A target is the index of its class: 0, 1 ... up to the number of logits, exclusive.
    """
    samples = _pairs_of_logits(predictions, targets)
    return _mean(_log_sum_exp(logits) - logits[index] for logits, index in samples)


LOSSES: dict[str, Loss] = {
    "mse": mse,
    "mae": mae,
    "huber": huber,
    "hinge": hinge,
    "bce_with_logits": bce_with_logits,
    "cross_entropy": cross_entropy,
}


def l1(parameters: Iterable[Value], rate: float) -> Value:
    """Return the penalty rate · Σ|p|, which draws small parameters to exactly 0."""
    return _sum([_absolute(p) for p in parameters]) * rate


def l2(parameters: Iterable[Value], rate: float) -> Value:
    """Return the penalty rate · Σp², which draws large parameters towards 0.

    Its gradient is 2 · rate · p: for SGD the same as a weight decay of 2 · rate.
    """
    return _sum([p * p for p in parameters]) * rate


def softplus(x: Value) -> Value:
    """log(1 + eˣ), a smooth ReLU. Here with m = max(0, x) taken out, so that nothing overflows."""
    m = x.relu()
    return m + ((-m).exp() + (x - m).exp()).log()


# The formulas for one sample.


def _absolute(x: Value) -> Value:
    return x.relu() + (-x).relu()  # its derivative at 0 is 0, as in PyTorch


def _huber(error: Value, delta: float) -> Value:
    size = _absolute(error)
    beyond = (size - delta).relu()
    within = size - beyond  # min(size, delta)
    return within**2 * 0.5 + beyond * delta


def _log_sum_exp(xs: Sequence[Value]) -> Value:
    """log Σeˣ, with the largest x taken out, so that nothing overflows."""
    largest = xs[0]
    for x in xs[1:]:
        largest = largest + (x - largest).relu()  # max(a, b) = a + relu(b - a)
    return largest + _sum([(x - largest).exp() for x in xs]).log()


def _sum(values: list[Value]) -> Value:
    return sum(values[1:], values[0])  # without the 0 that `sum` would start from


def _mean(values: Iterable[Value]) -> Value:
    values = list(values)
    return _sum(values) / len(values)


# Checks: what goes together, and what to do if it doesn't.


def _pairs(
    predictions: Sequence[Output], targets: Sequence[float]
) -> Iterator[tuple[Value, float]]:
    _expect_one_target_each(predictions, targets)
    for prediction, target in zip(predictions, targets):
        if not isinstance(prediction, Value):
            raise TypeError(
                "this loss takes one Value for each sample, "
                f"but a prediction is a {type(prediction).__name__}: give the model one output"
            )
        yield prediction, target


def _pairs_of_logits(
    predictions: Sequence[Output], targets: Sequence[float]
) -> Iterator[tuple[Sequence[Value], int]]:
    _expect_one_target_each(predictions, targets)
    for logits, target in zip(predictions, targets):
        if isinstance(logits, Value):
            raise TypeError(
                "cross_entropy takes a list of logits for each sample, "
                "but a prediction is one Value: give the model an output for each class"
            )
        if target not in range(len(logits)):
            raise ValueError(
                f"{len(logits)} logits have the targets 0 to {len(logits) - 1}, not {target}"
            )
        yield logits, int(target)


def _expect_one_target_each(predictions: Sequence[Output], targets: Sequence[float]) -> None:
    if len(predictions) != len(targets):
        raise ValueError(f"{len(predictions)} predictions cannot meet {len(targets)} targets")
    if len(predictions) == 0:
        raise ValueError("a loss is a mean over samples, and needs at least one")


def _expect_targets(
    loss: str, targets: Sequence[float], allowed: tuple[int, int], remedy: str
) -> None:
    low, high = allowed
    for target in targets:
        if target not in allowed:
            raise ValueError(
                f"{loss} takes the targets {low} and {high}, not {target} "
                f"(a Dataset has {remedy}() for that)"
            )
