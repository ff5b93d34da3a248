"""A model and a loss written down as tapes: each runs once in Python, on `Value`s.

A model is one tape for every row of the data. A loss is a fold: the same small tape for each row,
and then the sum over the rows, with a few constants (`/ n`).
"""

from __future__ import annotations

import random
import sys
from array import array
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from itertools import islice
from types import FrameType
from typing import Any, NamedTuple, TypeAlias

import micrograd.engine
from micrograd.compile.tape import Node, NotCompilable, Tape, ordered, tape_of
from micrograd.engine import Value
from micrograd.losses import Loss, Output
from micrograd.nn import MLP


class ModelTrace(NamedTuple):
    """`parameters` are the leaves that outlive a call: those that are trained come first.

    `shape` is the number of outputs, or None where the output is one `Value` and no list.
    `layers` has for each layer how many of the tape's `kept` nodes are its neurons, in order.
    """

    tape: Tape
    parameters: list[Value]
    shape: int | None
    layers: list[int]

    def in_layers(self, neurons: Iterable[array[float]]) -> list[list[array[float]]]:
        """Sort what was found for each neuron; outputs alone are one layer."""
        each = iter(neurons)
        return [list(islice(each, n)) for n in self.layers or [len(self.tape.outputs)]]


def trace_model(
    model: Callable[[Sequence[float]], Output],
    trained: Sequence[Value],
    rows: tuple[Sequence[float], Sequence[float]],
) -> ModelTrace:
    """Run the model on two rows. What differs between them, other than the inputs, is no tape."""
    with _without_chance(model):
        first, second = (_run_model(model, row) for row in rows)
    trained_ones = set(trained)
    shared = _under(first) & _under(second)
    if any(value._prev for value in shared):
        raise NotCompilable("the model keeps a Value that it computed, from one row to the next")
    if trained_ones.intersection(first.outputs):
        raise NotCompilable("an output of the model is one of its parameters")
    others = [value for value in shared if value not in trained_ones]
    parameters = [*trained, *sorted(others, key=lambda value: value._serial)]
    places = {value: ("parameter", i) for i, value in enumerate(parameters)}
    tape, again = (
        tape_of(run.outputs, {**places, **run.inputs}, run.neurons) for run in (first, second)
    )
    if tape != again or first.shape != second.shape:
        raise NotCompilable("the model computes one row in another way than the next")
    return ModelTrace(tape, parameters, first.shape, first.layers)


class _Run(NamedTuple):
    inputs: dict[Value, tuple[str, int]]
    outputs: list[Value]
    neurons: list[Value]
    layers: list[int]
    shape: int | None


def _run_model(model: Callable[[Sequence[float]], Output], row: Sequence[float]) -> _Run:
    inputs = [Value(x) for x in row]
    layers: list[list[Value]] = []
    with _watched("model", inputs):
        if isinstance(model, MLP) and type(model).__call__ is MLP.__call__:
            layers = model.activations(inputs)
            output: Output = layers[-1][0] if len(layers[-1]) == 1 else layers[-1]
        else:
            output = model(inputs)  # type: ignore[arg-type]  # the engine takes both
    shape, outputs = _flat(output)
    neurons = [neuron for layer in layers for neuron in layer]
    leaves = {value: ("input", i) for i, value in enumerate(inputs)}
    return _Run(leaves, outputs, neurons, [len(layer) for layer in layers], shape)


def _flat(output: Output) -> tuple[int | None, list[Value]]:
    if isinstance(output, Value):
        return None, [output]
    if isinstance(output, list | tuple) and all(isinstance(y, Value) for y in output):
        return len(output), list(output)
    raise NotCompilable(f"the model returns a {type(output).__name__}, not Values")


def _under(run: _Run) -> set[Value]:
    return set(ordered([*run.outputs, *run.neurons]))


@contextmanager
def _without_chance(model: object) -> Iterator[None]:
    """Take back what is drawn at random, and raise `NotCompilable` if anything was."""
    parts = [model, *getattr(model, "__dict__", {}).values()]
    generators: list[Any] = [random, *(part for part in parts if isinstance(part, random.Random))]
    states = [generator.getstate() for generator in generators]
    try:
        yield
    finally:
        has_drawn = states != [generator.getstate() for generator in generators]
        for generator, state in zip(generators, states):
            generator.setstate(state)
    if has_drawn:
        raise NotCompilable("the model draws random numbers")


# Losses.


class Segment(NamedTuple):
    """What a loss computes for one row. The constants of its tape may depend on the target."""

    tape: Tape  # all constants are 0 here
    constants: tuple[float, ...]


Tail: TypeAlias = tuple[tuple[str, bool], ...]  # operations, and whether the constant comes first


class Fold(NamedTuple):
    """A sum over rows, and what is done with it.

    `start` is the number from which the sum started, if there was one, as in Python's `sum`.
    `seed` is the gradient of each row's term.
    """

    segments: list[Segment]
    start: float | None
    tail: Tail
    constants: tuple[float, ...]  # of the tail
    seed: float


LINEAR = {"+", "-", "*", "/", "neg"}


def trace_loss(
    loss: Loss, targets: Sequence[float], shape: int | None, tail: Tail | None = None
) -> Fold:
    """Run the loss on so many rows, with outputs of this shape.

    For a single row the sum is not to be seen; then `tail` says what was found for more of them.
    """
    outputs: list[list[Value]] = [[Value(0.5) for _ in range(shape or 1)] for _ in targets]
    with _watched("loss"):
        result = loss([y[0] if shape is None else y for y in outputs], targets)
    if not isinstance(result, Value):
        raise NotCompilable(f"the loss returns a {type(result).__name__}, not a Value")
    return fold(result, outputs, tail)


def fold(result: Value, outputs: Sequence[Sequence[Value]], tail: Tail | None = None) -> Fold:
    """Find the sum over rows in what was made of these leaves, or raise `NotCompilable`."""
    row_of = _rows_under(result, outputs)
    n = len(outputs)
    node = result
    operations: list[tuple[str, bool]] = []
    constants: list[float] = []
    while len(operations) < len(tail) if n == 1 and tail is not None else row_of[node] == _MANY:
        link = _constant_link(node, row_of)
        if link is None:
            break
        node, operation, constant = link
        operations.append(operation)
        constants.append(constant)
    terms: list[Value] = []
    for i in range(n - 1, 0, -1):
        if node._op != "+" or row_of[node._prev[1]] != i or row_of[node] != _MANY:
            raise NotCompilable("the loss is not a sum over the rows")
        node, term = node._prev
        terms.append(term)
    start = None
    if node._op == "+" and row_of[node._prev[0]] is None and _is_longer(node, terms, row_of):
        start, node = node._prev[0].data, node._prev[1]
    terms.append(node)
    if any(row_of[term] != i for i, term in enumerate(reversed(terms))):
        raise NotCompilable("the loss of one row depends on other rows")
    result.backward()
    seeds = {term.grad for term in terms}
    if len(seeds) > 1:
        raise NotCompilable("the loss weighs rows differently")
    segments = [_segment(term, y, row_of) for term, y in zip(reversed(terms), outputs)]
    return Fold(
        segments, start, tuple(reversed(operations)), tuple(reversed(constants)), seeds.pop()
    )


_MANY = -1
Rows: TypeAlias = dict[Value, int | None]  # None: constants only


def _rows_under(result: Value, outputs: Sequence[Sequence[Value]]) -> Rows:
    """Say of each node on which row it depends."""
    rows: Rows = {value: i for i, ys in enumerate(outputs) for value in ys}
    oldest = outputs[0][0]._serial
    for value in ordered([result]):
        if value in rows:
            continue
        if value._serial < oldest:
            raise NotCompilable("the loss uses a Value that it was not given")
        under = {rows[operand] for operand in value._prev} - {None}
        rows[value] = _MANY if len(under) > 1 else next(iter(under), None)
    return rows


def _constant_link(node: Value, row_of: Rows) -> tuple[Value, tuple[str, bool], float] | None:
    """Take off one operation with a constant: what is under it, the operation, the constant."""
    if node._op not in LINEAR:
        return None
    if node._op == "neg":
        return node._prev[0], ("neg", False), 0.0
    a, b = node._prev
    if row_of[b] is None:
        return a, (node._op, False), b.data
    if row_of[a] is None and node._op != "/":
        return b, (node._op, True), a.data
    return None


def _is_longer(first: Value, others: Sequence[Value], row_of: Rows) -> bool:
    """Say whether the first row's term has an addition that the others don't have."""
    if not others:
        return first._prev[0].data == 0.0  # one row: as Python's `sum` starts
    return _count(first, row_of) > _count(others[0], row_of)


def _count(term: Value, row_of: Rows) -> int:
    return sum(row_of[value] is not None for value in ordered([term]))


def _segment(term: Value, outputs: Sequence[Value], row_of: Rows) -> Segment:
    leaves = {value: ("input", j) for j, value in enumerate(outputs)}
    tape = tape_of([term], leaves)
    nodes = [Node("constant") if node.op == "constant" else node for node in tape.nodes]
    constants = tuple(node.number for node in tape.nodes if node.op == "constant")
    return Segment(tape._replace(nodes=nodes), constants)


_ASKING = ("__eq__", "__bool__")


@contextmanager
def _watched(what: str, inputs: Sequence[Value] = ()) -> Iterator[None]:
    """Raise `NotCompilable` if anybody but the engine looks at the number of a `Value` meanwhile.

    Code that decides by a number gives another graph for another number. `inputs` stand for plain
    numbers, which can also be compared (`x[0] == 1`) and asked (`if x[0]`).
    """
    slot = Value.__dict__["data"]
    has_looked = False

    def look(value: Value) -> float:
        nonlocal has_looked
        has_looked |= not _is_for_the_engine(sys._getframe(1))
        number: float = slot.__get__(value)
        return number

    def ask(value: Value, *other: object) -> bool:
        nonlocal has_looked
        has_looked |= any(value is x for x in inputs) or any(x is y for x in inputs for y in other)
        return value is other[0] if other else True

    setattr(Value, "data", property(look, slot.__set__))  # noqa: B010
    for name in _ASKING:
        setattr(Value, name, ask)
    try:
        yield
    except (ArithmeticError, AttributeError, LookupError, TypeError, ValueError) as error:
        raise NotCompilable(
            f"the {what} can't be run on Values in the place of numbers ({error})"
        ) from error
    finally:
        setattr(Value, "data", slot)  # noqa: B010
        for name in _ASKING:
            delattr(Value, name)
    if has_looked:
        raise NotCompilable(f"the {what} looks at numbers while it computes, so it may change")


def _is_for_the_engine(frame: FrameType | None) -> bool:
    """Tell whether the engine runs this, or called it: who watches an engine at work may look."""
    while frame is not None and frame.f_globals is not globals():
        if frame.f_globals is vars(micrograd.engine):
            return True
        frame = frame.f_back
    return False
