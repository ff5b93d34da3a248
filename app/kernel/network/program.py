"""The Python that builds what is shown, to be read, and run anywhere."""

from __future__ import annotations

import textwrap
from typing import NamedTuple

from .setup import Change, Setup

WIDTH = 76  # characters of a line that is broken


class Program(NamedTuple):
    """A text, and which of its lines run the sample forward and backward, counted from 1."""

    text: str
    sample: int
    forward: int
    backward: int


def program(setup: Setup) -> Program:
    """Write the model, all that was done to it, and the sample's way through it."""
    trains = any(change[0] == "train" for change in setup.changes)
    lines = [*_imports(setup, trains), f"model = {_model(setup)}", *_changes(setup)]
    if trains:
        lines.append("model.zero_grad()")
    inputs = [_written(x) for x in setup.sample.inputs]
    names = ", ".join(setup.names) if len(setup.names) <= 6 else ""
    lines += ["", *([f"# {names}"] if names else []), f"x = [{', '.join(inputs)}]"]
    sample = len(lines)
    lines += [f"loss = (model(x) - {_subtracted(setup.sample.target)}) ** 2", "loss.backward()"]
    return Program("\n".join(lines) + "\n", sample, sample + 1, sample + 2)


def _imports(setup: Setup, trains: bool) -> list[str]:
    lines = ["from micrograd.nn import MLP"]
    if trains:
        source = "lecture" if setup.is_lecture else "Dataset"
        lines = [f"from micrograd.data import {source}", *lines]
        lines.append("from micrograd.train import SGD, Trainer, mse")
    return [*lines, ""]


def _model(setup: Setup) -> str:
    parts = [str(len(setup.names)), str(list(setup.sizes))]
    *hidden, last = setup.activations
    if last == "linear" and len(set(hidden)) <= 1:
        parts += [f'activation="{name}"' for name in set(hidden)]
    elif len({*hidden, last}) == 1 and hidden:
        parts.append(f'activation=["{last}"] * {len(setup.sizes)}')
    else:
        parts.append(f"activation=[{', '.join(_quoted(name) for name in setup.activations)}]")
    parts += [f'init="{setup.init}"'] * (setup.init != "uniform")
    return f"MLP({', '.join([*parts, f'seed={setup.seed}'])})"


def _quoted(text: str) -> str:
    return f'"{text}"'


def _changes(setup: Setup) -> list[str]:
    lines: list[str] = []
    rate = 0.0  # of the trainer that there is
    for change in setup.changes:
        kind, *rest = change
        if kind == "train":
            lines += [*_trainer(setup, rate, rest[1]), f"trainer.run_steps({rest[0]})"]
            rate = rest[1]
        else:
            lines += _set(setup, change) if kind == "set" else _load(change)
    return lines


def _trainer(setup: Setup, before: float, rate: float) -> list[str]:
    if before == rate:
        return []
    if before:
        return [f"trainer.learning_rate = {_written(rate)}"]
    inputs, target = list(setup.sample.inputs), setup.sample.target
    rows = "lecture()" if setup.is_lecture else f"Dataset([{inputs!r}], [{target!r}])"
    return [
        f"optimiser = SGD(model.parameters(), lr={_written(rate)})",
        f"trainer = Trainer(model, {rows}, loss=mse, optimiser=optimiser, shuffle=False)",
    ]


def _set(setup: Setup, change: Change) -> list[str]:
    k, i, j = setup.place(change[1])
    place = "b" if j == setup.widths[k] else f"w[{j}]"
    return [f"model.layers[{k}].neurons[{i}].{place}.data = {_written(change[2])}"]


def _load(change: Change) -> list[str]:
    numbers = textwrap.wrap(", ".join(map(_written, change[1:])), WIDTH)
    return [
        "numbers = [",
        *(f"    {line}" for line in numbers),
        "]",
        "for parameter, number in zip(model.parameters(), numbers):",
        "    parameter.data = number",
    ]


def _written(x: float) -> str:
    return repr(float(x))


def _subtracted(x: float) -> str:
    return f"({_written(x)})" if _written(x).startswith("-") else _written(x)
