"""Says what happens in a network: a sentence for each step, and for each place its numbers."""

from __future__ import annotations

import math

from ..language import listed, noted, say
from ..markup import escape
from ..numbers import MINUS, equals, show
from .passes import Pass

APPLIED = {"relu": "ReLU", "tanh": "tanh", "sigmoid": "σ"}
FEW = 4  # neurons whose numbers are all in a sentence

# What a layer does. The last one has a single neuron.
LAST = noted(
    "The neuron of the last layer multiplies each input by a weight and adds all of that to its "
    "bias: {shown}"
)
LAST_BENDS = noted(
    "The neuron of the last layer multiplies each input by a weight and adds all of that to its "
    "bias, then takes {applied} of it: {shown}"
)
ONE = noted(
    "Layer {layer}: its neuron multiplies each input by a weight and adds all of that to its "
    "bias: {shown}"
)
ONE_BENDS = noted(
    "Layer {layer}: its neuron multiplies each input by a weight and adds all of that to its "
    "bias, then takes {applied} of it: {shown}"
)
MANY = noted(
    "Layer {layer}: each of its {many} neurons multiplies each input by a weight and adds all of "
    "that to its bias: {shown}"
)
MANY_BEND = noted(
    "Layer {layer}: each of its {many} neurons multiplies each input by a weight and adds all of "
    "that to its bias, then takes {applied} of it: {shown}"
)


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
    return say("The inputs of this sample are given: {shown}.", shown=listed(given))


def _forward(made: Pass, k: int) -> str:
    activation, many = made.setup.activations[k], len(made.layers[k])
    is_last = k == len(made.layers) - 1
    straight, bent = (MANY, MANY_BEND) if many > 1 else (LAST, LAST_BENDS)
    if many == 1 and not is_last:
        straight, bent = ONE, ONE_BENDS
    shown = [_activated(made, k, i) for i in range(min(many, FEW))]
    return say(
        straight if activation == "linear" else bent,
        layer=k + 1,
        many=many,
        applied=APPLIED.get(activation),
        shown=listed([*shown, "…"]) if many > FEW else f"{listed(shown)}.",
    )


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
    return say(
        "The loss says how wrong the output is, as the square of its distance from the target: "
        "{square}.",
        square=f"({_difference(out, target)})² {equals(out, target, loss)} {show(loss)}",
    )


def _seed(made: Pass) -> str:
    out, target, grad = (
        made.data(made.layers[-1][0]),
        made.setup.sample.target,
        _grad_of_output(made),
    )
    return say(
        "The backward pass begins at the loss, whose gradient is 1. The gradient of the output is "
        "{product}: so fast does the loss change with it.",
        product=f"2 × ({_difference(out, target)}) {equals(out, target, grad)} {show(grad)}",
    )


def _difference(out: float, target: float) -> str:
    return f"{show(out)} − {_guarded(target)}"


def _grad_of_output(made: Pass) -> float:
    return made.grad(made.layers[-1][0])


def _backward(made: Pass, k: int) -> str:
    setup, width = made.setup, len(made.seen_by(k)) + 1
    first = setup.first_parameter(k, 0)
    mine = range(first, first + width * len(made.layers[k]))
    most = max(mine, key=lambda p: abs(made.grad(made.parameters[p])))
    back = say("They pass theirs on to the inputs, whose numbers are given and stay.")
    if k:
        back = say("Each neuron of layer {layer} adds up what comes back along its edges.", layer=k)
    here = say(
        "Back through layer {layer}: the gradient of a weight is the gradient of its neuron’s "
        "weighted sum times the number that came along its edge. The largest is {largest}.",
        layer=k + 1,
        largest=say(
            "{name}, {number}",
            name=setup.parameters[most],
            number=show(made.grad(made.parameters[most])),
        ),
    )
    return f"{here} {back}"


# Places.


def parameter(made: Pass, p: int) -> dict[str, str]:
    """Tell a parameter's numbers: what it does forward, and how its gradient came about."""
    k, i, j = made.setup.place(p)
    seen = made.seen_by(k)
    w, g = made.data(made.parameters[p]), made.grad(made.parameters[p])
    numbers = {"neuron": escape(made.setup.neuron(k, i)), "data": _data(w), "grad": _grad(g)}
    if j == len(seen):
        about = say("The bias of {neuron}: data {data}, gradient {grad}.", **numbers)
        does = say("It is added to the weighted sum as it is.")
    else:
        name, x = escape(made.setup.neuron(k - 1, j)), made.data(seen[j])
        product = f"{_data(w)} × {_guarded_data(x)} {equals(w, x, w * x)} {_data(w * x)}"
        about = say(
            "The weight of {neuron} for {name}: data {data}, gradient {grad}.", **numbers, name=name
        )
        does = say("Forward, w × {name} = {product}.", name=name, product=product)
    back = _passed_back(made, p, None if j == len(seen) else seen[j])
    return {"title": made.setup.parameters[p], "lines": _lines(about, does, back)}


def _passed_back(made: Pass, p: int, seen: int | None) -> str:
    """Write a parameter's gradient as the product that the trace has for it."""
    events = [event for event in made.trace["backward"] if event["to"] == made.parameters[p]]
    if len(events) != 1 or events[0]["from"] is None:
        return ""
    upstream, local, given = (events[0][key] for key in ("upstream", "local", "contribution"))
    by = "∂s/∂b" if seen is None else "∂s/∂w"
    product = f"{_grad(upstream)} × {_guarded_grad(local)} {equals(upstream, local, given)}"
    return say(
        "Backward, {product}, where s is the weighted sum.",
        product=f"∂loss/∂s × {by} = {product} {_grad(given)}",
    )


def where(made: Pass, k: int, i: int) -> str:
    """Say which neuron it is, with its name."""
    name = made.setup.neuron(k, i)
    if k == len(made.layers) - 1:
        return say("The output, {name}", name=name)
    return say("Neuron {n} of layer {layer}, {name}", n=i + 1, layer=k + 1, name=name)


def neuron(made: Pass, k: int, i: int) -> dict[str, str]:
    """Tell a neuron's weighted sum with its numbers, its activation and its gradients."""
    node, s = made.layers[k][i], made.weighted_sum(k, i)
    name = escape(made.setup.neuron(k, i))
    activation, h = made.setup.activations[k], made.data(node)
    lines = [f"s = {_substituted(made, k, i)}"]
    backward = f"∂loss/∂{name} = {_grad(made.grad(node))}"
    if activation == "linear":
        lines.append(
            say("{name} = s: without an activation, the weighted sum is the output.", name=name)
        )
    else:
        applied = (
            f"{APPLIED[activation]}({_data(made.data(s))}) {equals(made.data(s), h)} {_data(h)}"
        )
        lines.append(f"{name} = {APPLIED[activation]}(s) = {applied}")
        backward = say(
            "{after}, and ∂loss/∂s = {before} before {applied}",
            after=backward,
            before=_grad(made.grad(s)),
            applied=APPLIED[activation],
        )
    return {"title": where(made, k, i), "lines": _lines(*lines, backward + ".")}


def _substituted(made: Pass, k: int, i: int) -> str:
    """Write a weighted sum with its numbers; of what is computed otherwise, only the result."""
    seen, first = made.seen_by(k), made.setup.first_parameter(k, i)
    *weights, b = (made.data(node) for node in made.parameters[first : first + len(seen) + 1])
    xs, s = [made.data(node) for node in seen], made.data(made.weighted_sum(k, i))
    if not math.isclose(
        b + sum(w * x for w, x in zip(weights, xs)), s, rel_tol=1e-9, abs_tol=1e-12
    ):
        return say("{s}, as the nn.py in force computes it", s=_data(s))
    terms = [f"{_guarded_data(w)}·{_guarded_data(x)}" for w, x in zip(weights, xs)]
    numbers = " + ".join([*terms, _guarded_data(b)])
    return f"w·x + b = {numbers} {equals(*weights, *xs, b, s)} {_data(s)}"


def feature(made: Pass, j: int) -> dict[str, str]:
    """Tell an input's number, and how fast the loss changes with it."""
    name, x = escape(made.setup.names[j]), made.inputs[j]
    says = say(
        "It is given: {data}. Training changes the weights, never the data.",
        data=_data(made.data(x)),
    )
    gradient = say(
        "{gradient}: the engine finds it out all the same.",
        gradient=f"∂loss/∂{name} = {_grad(made.grad(x))}",
    )
    return {"title": say("Input {name}", name=name), "lines": _lines(says, gradient)}


def loss(made: Pass) -> dict[str, str]:
    """Tell the loss of the sample."""
    out, target = made.data(made.layers[-1][0]), made.setup.sample.target
    x = made.data(made.loss)
    square = f"({_data(out)} − {_guarded_data(target)})² {equals(out, target, x)} {_data(x)}"
    return {"title": say("The loss"), "lines": _lines(f"loss = (out − target)² = {square}")}


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
