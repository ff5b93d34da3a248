"""The figure of a network, as the page asks for it. The last one is kept, to be asked for more."""

from __future__ import annotations

import zlib
from array import array
from collections.abc import Callable
from typing import Any, NamedTuple

from micrograd.data import lecture

from ..clients import own
from ..edition import is_edited
from ..expression import Run
from ..graphs import show_part
from ..language import counted, noted, say
from ..mistake import explain
from ..narration import unbroken
from ..numbers import show
from ..raised import with_place
from ..score import as_text
from . import told
from .chart import chart
from .descent import Course, course
from .drawing import draw, place
from .motion import Steps, numbers, score
from .passes import Pass, record
from .program import program
from .scalars import narrated, rerun, scalars
from .setup import FIRST, Setup, UnusableError, read_setup

Answer = dict[str, Any]


class _Live(NamedTuple):
    shape: str
    made: Pass
    course: Course


# What is said of a training: before its first step, after it, and after more.
TRAINED_ON_FOUR = (
    noted("Not trained yet. A step of gradient descent takes all of the four rows."),
    noted("1 step of gradient descent: the loss over the four rows was {first}."),
    noted(
        "{steps} steps of gradient descent: the loss over the four rows went from {first} to "
        "{last}."
    ),
)
TRAINED_ON_ONE = (
    noted("Not trained yet. A step of gradient descent takes all of this row."),
    noted("1 step of gradient descent: the loss over this row was {first}."),
    noted("{steps} steps of gradient descent: the loss over this row went from {first} to {last}."),
)

_live: dict[str, _Live] = own({})  # the one that is shown, if there is one


def network(setup: dict[str, Any], drawn: str = "") -> Answer:
    """Return a network and its sample, forward and backward; or a `problem` in words.

    `drawn` is the `shape` of what stands on the page already. Without a setup it is the first one.
    """
    setup = setup or FIRST
    try:
        read = read_setup(setup)
        went = course(read)
        made = record(read, went.now)
    except UnusableError as error:
        return {"problem": str(error)}
    except Exception as error:
        if not is_edited():
            raise
        return {"problem": _why(error)}
    _live["shown"] = _Live(_shape(read), made, went)
    return {"setup": setup, **_picture(read, drawn), **_numbers(made), **_beside(made, went)}


def _why(error: Exception) -> str:
    says = with_place(explain(error, "", {}).says, error)
    return say("The engine and the nn.py in force cannot compute this network.") + f" {says}"


def _shape(setup: Setup) -> str:
    """Return what networks have in common that are drawn with the same places."""
    return format(zlib.crc32(repr((setup.names, setup.sizes)).encode()), "08x")


def _picture(setup: Setup, drawn: str) -> Answer:
    """Return the drawing and its motion, unless the page has them."""
    shape = _shape(setup)
    if shape == drawn:
        return {"shape": shape}
    layers = len(setup.sizes)
    title = say("A network of {layers} layers and its loss", layers=layers)
    if layers == 1:
        title = say("A network of 1 layer and its loss")
    columns = place(setup.widths, "numbers")
    return {
        "shape": shape,
        "svg": draw(setup.widths, setup.names, "numbers", title, has_loss=True),
        "score": as_text(score(layers)),
        "steps": Steps(layers).all,
        "forward_steps": Steps(layers).loss,
        "columns": [{"x": layer[0].x, "width": layer[0].width} for layer in columns],
    }


def _numbers(made: Pass) -> Answer:
    """Return the numbers in the drawing, and those of its parameters."""
    steps = Steps(len(made.layers))
    when = [steps.backward(made.setup.place(p)[0]) for p in range(len(made.parameters))]
    data = [made.data(node) for node in made.parameters]
    grad = [made.grad(node) for node in made.parameters]
    target = made.setup.sample.target
    write = {"step": 0, "text": show(target), "exact": str(target)}
    text = {"names": made.setup.parameters, "data": [*map(show, data)], "grad": [*map(show, grad)]}
    return {
        "numbers": [*numbers(made), {"place": ".target [data-role=data]", "writes": [write]}],
        "narration": [unbroken(sentence) for sentence in told.narration(made)],
        "at": [],
        "drawn": {**text, "when": when},
        "arrays": {"weights": array("d", data), "gradients": array("d", grad)},
    }


def _beside(made: Pass, went: Course) -> Answer:
    """Return what stands beside the drawing: the program, and counts."""
    text, sample, forward, backward = program(made.setup)
    layers = len(made.layers)
    lines = [sample, *[forward] * (layers + 1), *[backward] * (layers + 1)]
    nodes, parameters = len(made.trace["nodes"]), len(made.parameters)
    return {
        "code": text,
        "lines": [{"cell": line, "engine": None} for line in lines],
        "counts": say(
            "{parameters} parameters, {nodes} nodes in the scalar graph of this sample",
            parameters=counted(parameters),
            nodes=counted(nodes),
        ),
        "trained": _trained(made.setup, went),
        "rows": _rows() if made.setup.is_lecture else [],
    }


def _rows() -> list[dict[str, Any]]:
    """List the rows of the lecture, as they are typed."""
    rows = lecture()
    return [
        {"inputs": [f"{x:g}" for x in inputs], "target": f"{target:g}"}
        for inputs, target in zip(rows.inputs, rows.targets)
    ]


def _trained(setup: Setup, went: Course) -> str:
    losses = went.losses
    before, one, many = TRAINED_ON_FOUR if setup.is_lecture else TRAINED_ON_ONE
    if not went.steps:
        return say(before)
    if went.steps == 1:
        return say(one, first=show(losses[0]))
    return say(many, steps=went.steps, first=show(losses[0]), last=show(losses[-1]))


# Questions about the network that is shown. They name its shape: a visitor may point at the places
# of one while another, with fewer of them, is on its way. Then there is nothing to answer.
GONE: Answer = {"is_gone": True}


def _asked(shape: str) -> _Live | None:
    live = _live.get("shown")
    return live if live and live.shape == shape else None


def network_tell(shape: str, place: str) -> Answer:
    """Tell the numbers of a place: "parameter 5", "neuron 1-0", "feature 2" or "loss"."""
    if not (live := _asked(shape)):
        return GONE
    made = live.made
    kind, _, which = place.partition(" ")
    if kind == "parameter":
        return {**told.parameter(made, int(which)), "parameter": int(which)}
    if kind == "neuron":
        k, i = map(int, which.split("-"))
        return told.neuron(made, k - 1, i)
    return told.feature(made, int(which)) if kind == "feature" else told.loss(made)


def network_neuron(
    figure: str, shape: str, layer: int, neuron: int, followed: int | None = None, drawn: str = ""
) -> Answer:
    """Return the scalar graph of a neuron (`layer` from 1 on) as a figure of its own.

    `parameters` tells which leaf is which parameter, `features` which is which input; `followed` is
    the leaf that is the followed parameter, or None.
    """
    if not (live := _asked(shape)):
        return GONE
    made = live.made
    k = layer - 1
    shown = scalars(made, k, neuron)
    name = made.setup.neuron(k, neuron)
    can_change = (*shown.parameters, *shown.features)
    ran = Run(shown.trace, shown.leaves, len(shown.trace["nodes"]) - 1, name, can_change)
    answer = show_part(
        figure, ran, rerun(made, shown), lambda s: narrated(made, k, shown, s), drawn
    )
    mine = [x for x, p in shown.parameters.items() if p == followed]
    nodes = len(shown.trace["nodes"])
    return {
        **answer,
        "parameters": shown.parameters,
        "features": shown.features,
        "leaf_of": {str(shown.leaves[x]): p for x, p in shown.parameters.items()},
        "followed": shown.leaves[mine[0]] if mine else None,
        "title": say(
            "{where}: {nodes} of {all} nodes",
            where=told.where(made, k, neuron),
            nodes=nodes,
            all=counted(len(made.trace["nodes"])),
        ),
    }


def network_follow(shape: str, parameter: int) -> Answer:
    """Return the course of a parameter, if there was a training, and which neuron it is of."""
    if not (live := _asked(shape)):
        return GONE
    made, went = live.made, live.course
    name, node = made.setup.parameters[parameter], made.parameters[parameter]
    values = [*(step[parameter] for step in went.values), went.now[parameter]]
    gradients = [step[parameter] for step in went.gradients]
    k, i, _ = made.setup.place(parameter)
    return {
        "title": name,
        "data": show(made.data(node)),
        "grad": show(made.grad(node)),
        "svg": chart(name, went.steps - len(gradients), values, gradients) if gradients else "",
        "neuron": f"{k + 1}-{i}",
        "where": told.where(made, k, i),
    }


METHODS: dict[str, Callable[..., Answer]] = {
    f.__name__: f for f in (network, network_tell, network_neuron, network_follow)
}
