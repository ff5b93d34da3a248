"""What is asked of the training on the page, without a step being made."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from .frame import watched
from .live import LIVE, Answer, moment, settled, training
from .reasons import how_steps_are_made
from .sample import network_of, told


def training_frame() -> Answer:
    """Return the frame of this moment, as fine as one that rests."""
    return moment()


def training_pick(row: int | None) -> Answer:
    """Pick a row of the data: the network's pictures stay, its numbers are told."""
    if row is None:
        return {**moment(), "sample": ""}
    return {**moment(), "sample": told(training(), row), "exact": network_of(training(), row)}


def training_network(row: int) -> Answer:
    """Return the network and a row, for the section that shows every neuron of it."""
    return {"network": network_of(training(), row)}


def training_watch(parameter: int) -> Answer:
    """Say the numbers of a parameter; nothing of one that was in a network before this one."""
    LIVE.watch = parameter
    session = training()
    if parameter >= len(session.parameters):
        return {"says": "", "number": ""}
    return {"says": watched(session, parameter), "number": repr(session.parameters[parameter].data)}


def training_show(neuron: int | None) -> Answer:
    """Show the picture of a neuron large, or that of the output again."""
    LIVE.shown = neuron
    return moment()


def training_hide(keys: list[str]) -> Answer:
    """Hide these settings from whoever gets the link."""
    session = training()
    session.settings = replace(session.settings, hidden=frozenset(keys))
    return settled()


def training_explain() -> Answer:
    return {"says": how_steps_are_made(training().trainer.explain())}


METHODS: dict[str, Callable[..., Answer]] = {
    method.__name__: method
    for method in (
        training_explain,
        training_frame,
        training_hide,
        training_network,
        training_pick,
        training_show,
        training_watch,
    )
}
