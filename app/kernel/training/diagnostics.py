"""What goes wrong in a training, in words, from its real numbers; and what can be done."""

from __future__ import annotations

import math
from array import array
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from micrograd.nn import MLP, Layer
from micrograd.train import Epoch, NonFiniteLossError

from ..language import noted, say
from ..numbers import show
from .reasons import why_it_stopped

SATURATED = 0.99  # of the farthest that tanh and sigmoid get; their slope is below 0.02 there
MOST = 0.9  # of the rows, for which a neuron has to be saturated
VANISHING = 1e-3  # of the last hidden layer's gradient, in the first one
EXPLODING = 1e3
PLATEAU = 0.01  # by less than that share the loss has fallen in the later half
HOPEFUL = 0.1  # of the first loss: who is below has learnt it
OVERFITTED = 1.2  # times the lowest test loss
FEWEST = 20  # epochs, before anything is said of the way of the loss
PATIENT = 60  # and before it is called a plateau


class Look(NamedTuple):
    """A training as it is looked at. Activations and gradients are one array over the training
    rows for each neuron, layer by layer; a gradient is that of the row's loss.
    """

    model: MLP
    activations: Sequence[Sequence[array[float]]]
    gradients: Sequence[Sequence[array[float]]]
    epochs: Sequence[Epoch]
    failure: NonFiniteLossError | None = None


class Finding(NamedTuple):
    """`setting` is the key of the setting that helps; `where` lists neurons as (layer, place)."""

    kind: str
    says: str
    advice: str
    setting: str
    where: list[tuple[int, int]]


def diagnose(look: Look) -> list[Finding]:
    """Return what goes wrong, the gravest first; nothing for a training that is well."""
    if look.failure:
        return [_failed(look.failure)]
    found = [_symmetric(look), _dead(look), _saturated(look), _gradients(look), _course(look)]
    return [finding for finding in found if finding]


def _failed(failure: NonFiniteLossError) -> Finding:
    reason = why_it_stopped(failure)
    return Finding(
        "non-finite",
        f"{reason[:1].upper()}{reason[1:]}.",
        say("Step back, and go on with a smaller learning rate; or reset."),
        "learningRate",
        [],
    )


# The neurons.


def _hidden(look: Look) -> Iterable[tuple[int, Layer, Sequence[array[float]]]]:
    """Yield each hidden layer with its number from 1 and its activations."""
    for k, layer in enumerate(look.model.layers[:-1], start=1):
        yield k, layer, look.activations[k - 1]


def _symmetric(look: Look) -> Finding | None:
    """Neurons of a layer that are equal stay equal: they get equal gradients (Goodfellow 8.4)."""
    for k, layer, _ in _hidden(look):
        weights = {tuple(p.data for p in neuron.parameters()) for neuron in layer.neurons}
        n = len(layer.neurons)
        if n > 1 and len(weights) == 1:
            return Finding(
                "symmetry",
                say(
                    "All {n} neurons of layer {layer} have the same weights, to the last digit: "
                    "they get the same gradients and stay the same, so the layer is worth one "
                    "neuron.",
                    n=n,
                    layer=k,
                ),
                say("Begin with weights that differ."),
                "init",
                [(k, i) for i in range(n)],
            )
    return None


def _dead(look: Look) -> Finding | None:
    dead = [
        (k, i)
        for k, layer, activations in _hidden(look)
        for i, xs in enumerate(activations)
        if layer.neurons[i].activation == "relu" and not any(xs)
    ]
    if not dead:
        return None
    return Finding(
        "dead",
        _of_neurons(DEAD, dead),
        say("Reset with a smaller learning rate, or use tanh."),
        "learningRate",
        dead,
    )


def _saturated(look: Look) -> Finding | None:
    """Saturated units pass almost no gradient on (Glorot and Bengio 2010, section 3)."""
    full = [
        (k, i)
        for k, layer, activations in _hidden(look)
        for i, xs in enumerate(activations)
        if _share(_is_saturated(layer.neurons[i].activation, x) for x in xs) > MOST
    ]
    hidden = sum(len(layer.neurons) for _, layer, _ in _hidden(look))
    if not full or 2 * len(full) < hidden:
        return None  # a few of them can be what the problem asks for
    return Finding(
        "saturated",
        _of_neurons(FULL, full, most=f"{100 * MOST:.0f}"),
        say("Use smaller first weights or a smaller learning rate, or regularise."),
        "learningRate",
        full,
    )


def _is_saturated(activation: str, x: float) -> bool:
    if activation == "tanh":
        return abs(x) > SATURATED
    return activation == "sigmoid" and abs(2 * x - 1) > SATURATED


def _gradients(look: Look) -> Finding | None:
    layers = look.gradients[:-1]
    if len(layers) < 2:
        return None
    first, last = (_root_mean_square(layer) for layer in (layers[0], layers[-1]))
    if not last or not math.isfinite(first / last):
        return None
    numbers = {"layer": len(layers), "first": show(first, 2), "last": show(last, 2)}
    if first / last < VANISHING:
        return Finding(
            "vanishing",
            say(
                "The gradient vanishes on its way back: gradients in layer 1 are about {first}, "
                "in layer {layer} {last}. The first layers hardly learn.",
                **numbers,
            ),
            say("Use fewer layers, tanh or ReLU for sigmoid, or first weights after Glorot."),
            "init",
            [],
        )
    if first / last > EXPLODING:
        return Finding(
            "exploding",
            say(
                "The gradient grows on its way back: gradients in layer 1 are about {first}, "
                "in layer {layer} {last}.",
                **numbers,
            ),
            say("Use smaller first weights, or a smaller learning rate."),
            "init",
            [],
        )
    return None


# The way of the loss.


def _course(look: Look) -> Finding | None:
    epochs = look.epochs
    if len(epochs) < FEWEST:
        return None
    return _rising(epochs) or _overfitted(epochs) or _plateau(epochs)


def _rising(epochs: Sequence[Epoch]) -> Finding | None:
    """The loss goes up instead of down: the steps jump over the valley."""
    losses = [epoch.train_loss for epoch in epochs]
    recent = losses[-FEWEST // 2 :]
    lowest = min(losses)
    if min(recent) <= 1.5 * lowest or min(recent) <= HOPEFUL * losses[0]:
        return None
    return Finding(
        "rising",
        say(
            "The loss has been {lowest} and is {now} now: the steps are too large.",
            lowest=show(lowest),
            now=show(losses[-1]),
        ),
        say("Use a smaller learning rate."),
        "learningRate",
        [],
    )


def _overfitted(epochs: Sequence[Epoch]) -> Finding | None:
    tests = [epoch.test_loss for epoch in epochs if epoch.test_loss is not None]
    if len(tests) < FEWEST:
        return None
    lowest = min(tests)
    best = next(epoch for epoch in epochs if epoch.test_loss == lowest)
    now = epochs[-1]
    assert now.test_loss is not None
    is_better = now.train_loss < 0.9 * best.train_loss
    if now.test_loss < OVERFITTED * lowest or not is_better or lowest < 0.005:
        return None
    return Finding(
        "overfitting",
        say(
            "Since epoch {epoch} the training loss has fallen from {train} to {train_now}, but the "
            "test loss has risen from {test} to {test_now}: the network learns its rows by heart.",
            epoch=best.epoch,
            train=show(best.train_loss),
            train_now=show(now.train_loss),
            test=show(lowest),
            test_now=show(now.test_loss),
        ),
        say("Regularise, use fewer neurons or more rows, or stop earlier."),
        "regularization",
        [],
    )


def _plateau(epochs: Sequence[Epoch]) -> Finding | None:
    first, middle, now = epochs[0], epochs[len(epochs) // 2], epochs[-1]
    if len(epochs) < PATIENT:
        return None
    has_learnt = now.train_loss < 0.5 * first.train_loss
    if has_learnt or middle.train_loss - now.train_loss > PLATEAU * middle.train_loss:
        return None
    return Finding(
        "plateau",
        say(
            "The loss stays near {loss} since epoch {epoch}: "
            "this network does not get further in this way.",
            loss=show(now.train_loss),
            epoch=middle.epoch,
        ),
        say("Use more neurons or features, another activation, or a larger learning rate."),
        "learningRate",
        [],
    )


# Words and numbers.


DEAD = (
    noted(
        "Neuron {i} of layer {layer} is 0 on every row: a ReLU that is never above 0 gets no "
        "gradient, and cannot come back by itself."
    ),
    noted(
        "{n} neurons of layer {layer} are 0 on every row: a ReLU that is never above 0 gets no "
        "gradient, and cannot come back by itself."
    ),
    noted(
        "{n} neurons of layers {layer} to {last} are 0 on every row: a ReLU that is never above 0 "
        "gets no gradient, and cannot come back by itself."
    ),
)
FULL = (
    noted(
        "Neuron {i} of layer {layer} is at the flat end of the activation on more than {most} % of "
        "the rows, where its slope is nearly 0."
    ),
    noted(
        "{n} neurons of layer {layer} are at the flat end of the activation on more than {most} % "
        "of the rows, where its slope is nearly 0."
    ),
    noted(
        "{n} neurons of layers {layer} to {last} are at the flat end of the activation on more "
        "than {most} % of the rows, where its slope is nearly 0."
    ),
)


def _of_neurons(
    texts: tuple[str, str, str], places: Sequence[tuple[int, int]], **values: str
) -> str:
    """Say something of one neuron, of several in a layer, or of several in more than one."""
    one, in_a_layer, in_layers = texts
    layers = sorted({k for k, _ in places})
    text = one if len(places) == 1 else in_a_layer if len(layers) == 1 else in_layers
    i, n = places[0][1] + 1, len(places)
    return say(text, i=i, n=n, layer=layers[0], last=layers[-1], **values)


def _share(tests: Iterable[bool]) -> float:
    found = [*tests]
    return sum(found) / len(found) if found else 0.0


def _root_mean_square(layer: Sequence[array[float]]) -> float:
    numbers = [x for neuron in layer for x in neuron]
    return math.sqrt(math.fsum(x * x for x in numbers) / len(numbers)) if numbers else 0.0
