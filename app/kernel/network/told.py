"""Says what happens in a network: a sentence for each step, and for each place its numbers."""

from __future__ import annotations

import math
from html import escape

from ..numbers import MINUS, equals, show
from .passes import Pass

APPLIED = {"relu": "ReLU", "tanh": "tanh", "sigmoid": "σ"}
FEW = 4  # neurons whose numbers are all in a sentence


def narration(made: Pass) -> list[str]:
    """Return one sentence or two for each step of the score."""
    layers = range(len(made.layers))
    return [
        _inputs(made),
        *(_forward(made, k) for k in layers),
        _loss(made),
        _seed(made),
        *(_backward(made, k) for k in reversed(layers)),
    ]


def _inputs(made: Pass) -> str:
    given = [f"{name} = {show(made.data(x))}" for name, x in zip(made.setup.names, made.inputs)]
    return f"The inputs of this sample are given: {', '.join(given)}."


def _forward(made: Pass, k: int) -> str:
    activation, many = made.setup.activations[k], len(made.layers[k])
    bends = "" if activation == "linear" else f", then takes {APPLIED[activation]} of it"
    who = "The neuron of the last layer multiplies each input by a weight and adds"
    if many > 1:
        who = (
            f"Layer {k + 1}: each of its {many} neurons multiplies each input by a weight and adds"
        )
    elif k < len(made.layers) - 1:
        who = f"Layer {k + 1}: its neuron multiplies each input by a weight and adds"
    shown = ", ".join(_activated(made, k, i) for i in range(min(many, FEW)))
    return f"{who} all of that to its bias{bends}: {shown}{', …' if many > FEW else '.'}"


def _activated(made: Pass, k: int, i: int) -> str:
    node, name = made.layers[k][i], made.setup.neuron(k, i)
    s, h = made.data(made.weighted_sum(k, i)), made.data(node)
    if made.setup.activations[k] == "linear":
        return f"{name} {equals(h)} {show(h)}"
    return f"{name} = {APPLIED[made.setup.activations[k]]}({show(s)}) {equals(s, h)} {show(h)}"


def _loss(made: Pass) -> str:
    out, target, loss = (
        made.data(made.layers[-1][0]),
        made.setup.sample.target,
        made.data(made.loss),
    )
    difference = f"{show(out)} − {_guarded(target)}"
    return (
        "The loss says how wrong the output is, as the square of its distance from the target: "
        f"({difference})² {equals(out, target, loss)} {show(loss)}."
    )


def _seed(made: Pass) -> str:
    out, target, grad = (
        made.data(made.layers[-1][0]),
        made.setup.sample.target,
        _grad_of_output(made),
    )
    return (
        "The backward pass begins at the loss, whose gradient is 1. The gradient of the output is "
        f"2 × ({show(out)} − {_guarded(target)}) {equals(out, target, grad)} {show(grad)}: so fast "
        "does the loss change with it."
    )


def _grad_of_output(made: Pass) -> float:
    return made.grad(made.layers[-1][0])


def _backward(made: Pass, k: int) -> str:
    setup, width = made.setup, len(made.seen_by(k)) + 1
    first = setup.first_parameter(k, 0)
    mine = range(first, first + width * len(made.layers[k]))
    most = max(mine, key=lambda p: abs(made.grad(made.parameters[p])))
    largest = f"{setup.parameters[most]}, {show(made.grad(made.parameters[most]))}"
    back = "They pass theirs on to the inputs, whose numbers are given and stay."
    if k:
        back = f"Each neuron of layer {k} adds up what comes back along its edges."
    return (
        f"Back through layer {k + 1}: the gradient of a weight is the gradient of its neuron’s "
        f"weighted sum times the number that came along its edge. The largest is {largest}. {back}"
    )


# Places.


def parameter(made: Pass, p: int) -> dict[str, str]:
    """Tell a parameter's numbers: what it does forward, and how its gradient came about."""
    k, i, j = made.setup.place(p)
    seen = made.seen_by(k)
    w, g = made.data(made.parameters[p]), made.grad(made.parameters[p])
    neuron = made.setup.neuron(k, i)
    if j == len(seen):
        about, does = f"the bias of {neuron}", "It is added to the weighted sum as it is."
    else:
        name, x = made.setup.neuron(k - 1, j), made.data(seen[j])
        about = f"the weight of {neuron} for {name}"
        product = f"{_data(w)} × {_guarded_data(x)} {equals(w, x, w * x)} {_data(w * x)}"
        does = f"Forward, w × {escape(name)} = {product}."
    return {
        "title": made.setup.parameters[p],
        "lines": _lines(
            f"{escape(about[0].upper() + about[1:])}: data {_data(w)}, gradient {_grad(g)}.",
            does,
            _passed_back(made, p, None if j == len(seen) else seen[j]),
        ),
    }


def _passed_back(made: Pass, p: int, seen: int | None) -> str:
    """Write a parameter's gradient as the product that the trace has for it."""
    events = [event for event in made.trace["backward"] if event["to"] == made.parameters[p]]
    if len(events) != 1 or events[0]["from"] is None:
        return ""
    upstream, local, given = (events[0][key] for key in ("upstream", "local", "contribution"))
    by = "∂s/∂b" if seen is None else "∂s/∂w"
    product = f"{_grad(upstream)} × {_guarded_grad(local)} {equals(upstream, local, given)}"
    return f"Backward, ∂loss/∂s × {by} = {product} {_grad(given)}, where s is the weighted sum."


def where(made: Pass, k: int, i: int) -> str:
    """Say which neuron it is, with its name."""
    name = made.setup.neuron(k, i)
    if k == len(made.layers) - 1:
        return f"The output, {name}"
    return f"Neuron {i + 1} of layer {k + 1}, {name}"


def neuron(made: Pass, k: int, i: int) -> dict[str, str]:
    """Tell a neuron's weighted sum with its numbers, its activation and its gradients."""
    node, s = made.layers[k][i], made.weighted_sum(k, i)
    name = escape(made.setup.neuron(k, i))
    activation, h = made.setup.activations[k], made.data(node)
    lines = [f"s = {_substituted(made, k, i)}"]
    backward = f"∂loss/∂{name} = {_grad(made.grad(node))}"
    if activation == "linear":
        lines.append(f"{name} = s: without an activation, the weighted sum is the output.")
    else:
        applied = (
            f"{APPLIED[activation]}({_data(made.data(s))}) {equals(made.data(s), h)} {_data(h)}"
        )
        lines.append(f"{name} = {APPLIED[activation]}(s) = {applied}")
        backward += f", and ∂loss/∂s = {_grad(made.grad(s))} before {APPLIED[activation]}"
    return {"title": where(made, k, i), "lines": _lines(*lines, backward + ".")}


def _substituted(made: Pass, k: int, i: int) -> str:
    """Write a weighted sum with its numbers; of what is computed otherwise, only the result."""
    seen, first = made.seen_by(k), made.setup.first_parameter(k, i)
    *weights, b = (made.data(node) for node in made.parameters[first : first + len(seen) + 1])
    xs, s = [made.data(node) for node in seen], made.data(made.weighted_sum(k, i))
    if not math.isclose(
        b + sum(w * x for w, x in zip(weights, xs)), s, rel_tol=1e-9, abs_tol=1e-12
    ):
        return f"{_data(s)}, as the nn.py in force computes it"
    terms = [f"{_guarded_data(w)}·{_guarded_data(x)}" for w, x in zip(weights, xs)]
    numbers = " + ".join([*terms, _guarded_data(b)])
    return f"w·x + b = {numbers} {equals(*weights, *xs, b, s)} {_data(s)}"


def feature(made: Pass, j: int) -> dict[str, str]:
    """Tell an input's number, and how fast the loss changes with it."""
    name, x = escape(made.setup.names[j]), made.inputs[j]
    says = f"It is given: {_data(made.data(x))}. Training changes the weights, never the data."
    gradient = f"∂loss/∂{name} = {_grad(made.grad(x))}: the engine finds it out all the same."
    return {"title": f"Input {name}", "lines": _lines(says, gradient)}


def loss(made: Pass) -> dict[str, str]:
    """Tell the loss of the sample."""
    out, target = made.data(made.layers[-1][0]), made.setup.sample.target
    x = made.data(made.loss)
    square = f"({_data(out)} − {_guarded_data(target)})² {equals(out, target, x)} {_data(x)}"
    return {"title": "The loss", "lines": _lines(f"loss = (out − target)² = {square}")}


def _lines(*lines: str) -> str:
    return "".join(f"<p>{line}</p>" for line in lines if line)


def _data(x: float) -> str:
    return f'<span class="data">{show(x)}</span>'


def _grad(x: float) -> str:
    return f'<span class="grad">{show(x)}</span>'


def _guarded_data(x: float) -> str:
    return f"({_data(x)})" if show(x).startswith(MINUS) else _data(x)


def _guarded_grad(x: float) -> str:
    return f"({_grad(x)})" if show(x).startswith(MINUS) else _grad(x)


def _guarded(x: float) -> str:
    return f"({show(x)})" if show(x).startswith(MINUS) else show(x)
