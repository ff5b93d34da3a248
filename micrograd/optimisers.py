"""Optimisers: how a parameter moves, once its gradient is known.

The definitions, names and defaults are PyTorch's, and so is the order of the arithmetic. Options
are plain attributes, and may be changed between two steps.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable
from typing import TypeAlias

from micrograd.engine import Value


class Optimiser:
    """Moves `parameters` against their gradients, by about `lr` (the learning rate) times as much.

    `weight_decay` adds that multiple of a parameter to its gradient, so that it shrinks.
    """

    def __init__(self, parameters: Iterable[Value], lr: float, weight_decay: float) -> None:
        if not isinstance(parameters, Iterable):
            raise TypeError("an optimiser takes a list of parameters: model.parameters()")
        self.parameters = list(parameters)
        if not self.parameters:
            raise ValueError("an optimiser needs at least one parameter to move")
        _expect_in_range(lr=lr, weight_decay=weight_decay)
        self.lr = lr
        self.weight_decay = weight_decay
        self.steps = 0

    def step(self) -> None:
        """Move each parameter once."""
        self.steps += 1
        for i, p in enumerate(self.parameters):
            self._move(i, p, self._gradient(p))

    def zero_grad(self) -> None:
        """Forget the gradients of the last step: `backward` adds to what is there."""
        for p in self.parameters:
            p.grad = 0.0

    def _gradient(self, p: Value) -> float:
        return p.grad + self.weight_decay * p.data

    def _move(self, i: int, p: Value, g: float) -> None:
        """Move parameter number `i`, whose gradient is `g`."""
        raise NotImplementedError

    def _zeros(self) -> list[float]:
        return [0.0] * len(self.parameters)


class SGD(Optimiser):
    """Gradient descent, with momentum (Polyak 1964) or Nesterov's (Sutskever et al. 2013)."""

    def __init__(
        self,
        parameters: Iterable[Value],
        lr: float = 1e-3,
        *,
        momentum: float = 0.0,
        dampening: float = 0.0,
        weight_decay: float = 0.0,
        nesterov: bool = False,
    ) -> None:
        super().__init__(parameters, lr, weight_decay)
        _expect_in_range(momentum=momentum)
        if nesterov and (momentum == 0 or dampening != 0):
            raise ValueError("nesterov needs a momentum above 0, and a dampening of 0")
        self.momentum = momentum
        self.dampening = dampening
        self.nesterov = nesterov
        self.velocity: list[float | None] = [None] * len(self.parameters)

    def _move(self, i: int, p: Value, g: float) -> None:
        if self.momentum:
            before = self.velocity[i]
            v = g if before is None else self.momentum * before + (1 - self.dampening) * g
            self.velocity[i] = v
            g = g + self.momentum * v if self.nesterov else v
        p.data -= self.lr * g


class RMSprop(Optimiser):
    """Gradients divided by the root of their recent mean square (Hinton 2012, lecture 6e).

    `alpha` is how much of that mean is kept in a step. With `centered` it is the variance instead
    (Graves 2013).
    """

    def __init__(
        self,
        parameters: Iterable[Value],
        lr: float = 1e-2,
        *,
        alpha: float = 0.99,
        eps: float = 1e-8,
        weight_decay: float = 0.0,
        momentum: float = 0.0,
        centered: bool = False,
    ) -> None:
        super().__init__(parameters, lr, weight_decay)
        _expect_in_range(1.0, alpha=alpha)
        _expect_in_range(momentum=momentum)
        self.alpha = alpha
        self.eps = _above_zero("eps", eps)
        self.momentum = momentum
        self.centered = centered
        self.mean_square = self._zeros()
        self.mean = self._zeros()
        self.velocity = self._zeros()

    def _move(self, i: int, p: Value, g: float) -> None:
        variance = self.mean_square[i] = self.alpha * self.mean_square[i] + (1 - self.alpha) * g * g
        if self.centered:
            self.mean[i] += (1 - self.alpha) * (g - self.mean[i])
            variance -= self.mean[i] * self.mean[i]
        deviation = math.sqrt(max(variance, 0.0)) + self.eps  # rounding may leave it below 0
        if self.momentum:
            self.velocity[i] = self.momentum * self.velocity[i] + g / deviation
            p.data -= self.lr * self.velocity[i]
        else:
            p.data -= self.lr * g / deviation


class Adagrad(Optimiser):
    """Gradients divided by the root of the sum of all their squares (Duchi et al. 2011)."""

    def __init__(
        self,
        parameters: Iterable[Value],
        lr: float = 1e-2,
        *,
        lr_decay: float = 0.0,
        weight_decay: float = 0.0,
        initial_accumulator_value: float = 0.0,
        eps: float = 1e-10,
    ) -> None:
        super().__init__(parameters, lr, weight_decay)
        _expect_in_range(lr_decay=lr_decay, initial_accumulator_value=initial_accumulator_value)
        self.lr_decay = lr_decay
        self.eps = _above_zero("eps", eps)
        self.sum_of_squares = [float(initial_accumulator_value)] * len(self.parameters)

    def _move(self, i: int, p: Value, g: float) -> None:
        rate = self.lr / (1 + (self.steps - 1) * self.lr_decay)
        self.sum_of_squares[i] += g * g
        p.data -= rate * g / (math.sqrt(self.sum_of_squares[i]) + self.eps)


class Adam(Optimiser):
    """Momentum and RMSprop together, corrected for their start at 0 (Kingma and Ba 2015, alg. 1).

    `betas` is how much of the gradients' mean and mean square is kept in a step. With `amsgrad` the
    largest mean square so far counts (Reddi et al. 2018).
    """

    def __init__(
        self,
        parameters: Iterable[Value],
        lr: float = 1e-3,
        *,
        betas: tuple[float, float] = (0.9, 0.999),
        eps: float = 1e-8,
        weight_decay: float = 0.0,
        amsgrad: bool = False,
    ) -> None:
        super().__init__(parameters, lr, weight_decay)
        _expect_in_range(1.0, beta1=betas[0], beta2=betas[1])
        self.betas = betas
        self.eps = _above_zero("eps", eps)
        self.amsgrad = amsgrad
        self.mean = self._zeros()
        self.mean_square = self._zeros()
        self.largest_mean_square = self._zeros()

    def _move(self, i: int, p: Value, g: float) -> None:
        beta1, beta2 = self.betas
        self.mean[i] += (1 - beta1) * (g - self.mean[i])
        square = self.mean_square[i] = beta2 * self.mean_square[i] + (1 - beta2) * g * g
        if self.amsgrad:
            square = self.largest_mean_square[i] = max(self.largest_mean_square[i], square)
        step_size = self.lr / (1 - beta1**self.steps)
        deviation = math.sqrt(square) / (1 - beta2**self.steps) ** 0.5 + self.eps
        p.data -= step_size * self.mean[i] / deviation


class AdamW(Adam):
    """Adam whose weight decay shrinks the parameters themselves (Loshchilov and Hutter 2019)."""

    def __init__(
        self,
        parameters: Iterable[Value],
        lr: float = 1e-3,
        *,
        betas: tuple[float, float] = (0.9, 0.999),
        eps: float = 1e-8,
        weight_decay: float = 1e-2,
        amsgrad: bool = False,
    ) -> None:
        super().__init__(
            parameters, lr, betas=betas, eps=eps, weight_decay=weight_decay, amsgrad=amsgrad
        )

    def _gradient(self, p: Value) -> float:
        """Shrink the parameter itself, and leave its gradient as it is."""
        p.data *= 1 - self.lr * self.weight_decay
        return p.grad


OPTIMISERS: dict[str, Callable[..., Optimiser]] = {
    "sgd": SGD,
    "rmsprop": RMSprop,
    "adagrad": Adagrad,
    "adam": Adam,
    "adamw": AdamW,
}


# Schedules: what to multiply the learning rate with, at each step from 0 on.

Schedule: TypeAlias = Callable[[int], float]


def constant(step: int) -> float:
    """Return 1: the learning rate stays."""
    return 1.0


def linear(steps: int, end: float = 0.1) -> Schedule:
    """Go from 1 to `end` in a straight line of so many steps, and stay there."""
    _above_zero("steps", steps)
    return lambda step: 1 - (1 - end) * min(step, steps) / steps


def cosine(steps: int, end: float = 0.0) -> Schedule:
    """Go from 1 to `end` in half a wave of so many steps (Loshchilov and Hutter 2017, eq. 5)."""
    _above_zero("steps", steps)
    return lambda step: end + (1 - end) * (1 + math.cos(math.pi * min(step, steps) / steps)) / 2


def exponential(steps: int, end: float = 0.1) -> Schedule:
    """Multiply by `end` over so many steps, a little at each step, without an end."""
    _above_zero("steps", steps)
    return lambda step: end ** (step / steps)


def staircase(steps: int, factor: float = 0.1) -> Schedule:
    """Multiply by `factor` once every so many steps (PyTorch's StepLR)."""
    _above_zero("steps", steps)
    return lambda step: factor ** (step // steps)


SCHEDULES: dict[str, Callable[[int], Schedule]] = {
    "constant": lambda steps: constant,
    "linear": linear,
    "cosine": cosine,
    "exponential": exponential,
    "staircase": staircase,
}


def _expect_in_range(limit: float = math.inf, **options: float) -> None:
    for name, value in options.items():
        if not 0 <= value < limit:
            below = "" if limit == math.inf else f", and below {limit:g}"
            raise ValueError(f"{name} must be at least 0{below}, not {value}")


def _above_zero(name: str, value: float) -> float:
    if value <= 0:
        raise ValueError(f"{name} must be above 0, not {value}")
    return value
