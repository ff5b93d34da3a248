"""The smallest program that an engine gets wrong: its trace, and where in it that begins."""

import math
from collections.abc import Sequence
from contextlib import suppress
from typing import NamedTuple

from micrograd.engine import Value

from .accidents import first_wrong
from .recorded import ORIGINAL
from .recorder import Recorder, Trace
from .reproach import reproach
from .trials import Trial
from .tried import METHODS, Row, Tried


class Wrong(NamedTuple):
    """The first number of a trace that is wrong, `data` or `grad` of a node.

    `step` is the backward event that wrote it, and `sender` the node from which that came, so that
    the edge is wrong as well; both are None where there is none.
    """

    node: int
    what: str
    step: int | None
    sender: int | None
    right: float
    wrong: float


class Failure(NamedTuple):
    """A trial that went wrong: its name for the fault, its traces, and all of it in a sentence."""

    fault: str
    row: Row
    trace: Trace
    right: Trace
    first_wrong: Wrong | None
    says: str


def smallest(tried: Sequence[Tried], faults: Sequence[str], value_class: type) -> Failure | None:
    """Return the failure with the fewest nodes of those that are about the faults; None if none.

    The fault is told more precisely than in `faults`, where only the trace can tell: a chain rule
    that is broken because a node passed its gradient on too early is an "order".
    """
    wrong = [each for each in tried if each.wrong]
    about = [each for each in wrong if each.trial.about in faults]
    by_size = sorted(about or wrong, key=lambda each: _size(each.trial))
    return _failure(by_size[0], faults, value_class) if by_size else None


def _failure(tried: Tried, faults: Sequence[str], value_class: type) -> Failure:
    trial = tried.trial
    trace, right = _record(trial, value_class), _record(trial, ORIGINAL)
    found = _first_wrong(tried, trace, right)
    fault = trial.about if trial.about in faults else faults[0]
    if fault == "chain rule" and _came_too_early(found, trace, right):
        fault = "order"
    row = _row_of(tried, found, trace)
    sender = found.sender if found else None
    op = "" if sender is None else str(trace["nodes"][sender]["op"])
    return Failure(fault, row, trace, right, found, reproach(fault, row, tried.seed, op))


def _record(trial: Trial, value_class: type) -> Trace:
    """Record the trial's program, as far as it comes."""
    with Recorder(value_class) as recorder:
        names = recorder.names(Value=value_class, **METHODS)
        with suppress(Exception, SystemExit):  # its row tells of it
            exec(compile(trial.program, recorder.cell, "exec"), names)
    return recorder.trace(names)


def _size(trial: Trial) -> int:
    """Return how many nodes the program has in our engine."""
    leaves = {name: Value(x) for name, x in trial.values.items()}
    return len(trial.run({**METHODS, **leaves})._topological_order())


def _first_wrong(tried: Tried, trace: Trace, right: Trace) -> Wrong | None:
    """Compare two traces of the same program: first what was computed, then each write."""
    if _graph(trace) != _graph(right):  # other nodes, as for an a - b made of a + (-b)
        return _wrong_leaf(tried, trace)
    for ours, theirs in zip(right["nodes"], trace["nodes"]):
        if not _is_close(ours["data"], theirs["data"]):
            return Wrong(ours["id"], "data", None, None, ours["data"], theirs["data"])
    if _order(trace) == _order(right):
        return _first_wrong_write(trace, right) or _wrong_leaf(tried, trace)
    found = first_wrong(right, trace)
    if found is None:
        return _wrong_leaf(tried, trace)
    sender, node = trace["backward"][found["step"]]["from"], found["node"]
    due = right["nodes"][node]["grad"] if sender is None else found["right"]
    return Wrong(node, "grad", found["step"], sender, due, found["wrong"])


def _first_wrong_write(trace: Trace, right: Trace) -> Wrong | None:
    """Compare two traces with the same writes, step by step.

    Where an engine has not read the gradient that it should pass on, only the right trace knows
    the sender.
    """
    for step, (ours, theirs) in enumerate(zip(right["backward"], trace["backward"])):
        if not _is_close(ours["after"], theirs["after"]):
            return Wrong(ours["to"], "grad", step, ours["from"], ours["after"], theirs["after"])
    return None


def _graph(trace: Trace) -> list[list[int]]:
    return [node["operands"] for node in trace["nodes"]]


def _order(trace: Trace) -> list[int]:
    return [event["to"] for event in trace["backward"]]


def _wrong_leaf(tried: Tried, trace: Trace) -> Wrong | None:
    """Return what the row of a trial tells, with the last event that wrote it."""
    row = tried.wrong[0]
    nodes = [node["id"] for node in trace["nodes"] if node["label"] == (row.leaf or "L")]
    if row.got is None or not nodes:
        return None
    events = [i for i, e in enumerate(trace["backward"]) if row.leaf and e["to"] == nodes[0]]
    what = "grad" if row.leaf else "data"
    step = events[-1] if events else None
    sender = None if step is None else trace["backward"][step]["from"]
    return Wrong(nodes[0], what, step, sender, row.expected, row.got)


def _came_too_early(found: Wrong | None, trace: Trace, right: Trace) -> bool:
    """Tell whether what was passed on first was a gradient that was not complete."""
    if found is None or found.step is None:
        return False
    sender, upstream = (trace["backward"][found.step][key] for key in ("from", "upstream"))
    if sender is None or _graph(trace) != _graph(right):
        return False
    complete: float = right["nodes"][sender]["grad"]
    return not _is_close(complete, upstream)


def _row_of(tried: Tried, found: Wrong | None, trace: Trace) -> Row:
    """Return the row about the leaf that is wrong first, else the first wrong one."""
    label = trace["nodes"][found.node]["label"] if found else ""
    return next((row for row in tried.wrong if row.leaf == label), tried.wrong[0])


def _is_close(a: float, b: float) -> bool:
    return math.isclose(a, b, rel_tol=1e-9, abs_tol=1e-12)
