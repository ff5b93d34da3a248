"""The section "Values and operations": one operation, run for real, and everything shown of it."""

import math
from contextlib import redirect_stdout
from functools import partial
from typing import Any

from .contribution import as_number
from .figure import figure
from .formulas import derivative_formula, value_formula
from .language import say
from .nudging import settles_elsewhere, summarise, sweep
from .numbers import show
from .printed import Printed
from .raised import raised, with_place
from .recorded import leaf, value_class
from .recorder import Recorder, Trace
from .slope import Nudge, compare, draw_slope

CELL = "<operations>"

# What the engine is asked to do, for each operation on offer.
CODE = {
    "+": "c = a + b",
    "-": "c = a - b",
    "*": "c = a * b",
    "/": "c = a / b",
    "**": "c = a ** b",
    "tanh": "c = a.tanh()",
    "ReLU": "c = a.relu()",
    "exp": "c = a.exp()",
    "log": "c = a.log()",
}
_COMPILED = {op: compile(code, CELL, "exec") for op, code in CODE.items()}


def operate(op: str, inputs: dict[str, str], drawn: str = "") -> dict[str, Any]:
    """Run one operation forward and backward, and return all that its figure shows.

    `inputs` are numbers as they were typed. `drawn` is the `shape` of the figure that is on the
    page already: for the same shape, only its numbers are sent.
    """
    values = _values(op, inputs)
    cell = _cell(op, values)
    try:
        trace = _run(cell)
    except BaseException as error:  # of a learner's engine, or a KeyboardInterrupt
        return _problem(error, cell)
    return {
        "inputs": list(values),
        "code": cell,
        "formulas": _formulas(op, list(values), trace),
        **figure(
            trace,
            say("Graph of {code}: a node for each value, an edge from each operand", code=CODE[op]),
            drawn,
        ),
    }


def nudge(op: str, inputs: dict[str, str], nudged: str, exponent: str) -> dict[str, Any]:
    """Move one input by h = 10 to the power of `exponent`, run the operation again, and compare.

    The engine computes all of it: the result before and after, the derivative, the curve.
    """
    values = _values(op, inputs)
    name = nudged if nudged in values else "a"
    x, h = values[name], 10.0 ** float(exponent)

    def f(x: float) -> float:
        return _result(op, {**values, name: x})

    try:
        slope = _slope(op, values, name)
        seen = Nudge(x, f(x), h, f(x + h), slope)
        measured = sweep(partial(_result, op), values, name, slope)
        svg = draw_slope(op, f, seen, (name, "c"))
    except BaseException as error:
        return _problem(error, CODE[op])
    return {
        "inputs": list(values),
        "name": name,
        "svg": svg,
        "h": show(h),
        "quotient": show(seen.quotient, 12),
        "slope": show(slope, 12),
        "gap": show(abs(seen.quotient - slope), 2),
        "says": summarise(measured) if settles_elsewhere(measured) else compare(seen),
    }


def _values(op: str, inputs: dict[str, str]) -> dict[str, float]:
    """Return the operands that this operation takes, by name."""
    return {name: float(inputs[name]) for name in ("a", "b") if name in _COMPILED[op].co_names}


def _result(op: str, values: dict[str, float]) -> float:
    """Return the result; nan where a learner's engine has none, as for the log of -1."""
    try:
        return as_number(_names(op, values)["c"].data)
    except (ArithmeticError, ValueError):
        return math.nan


def _slope(op: str, values: dict[str, float], name: str) -> float:
    """Return the derivative as the engine finds it, by its backward pass."""
    names = _names(op, values)
    names["c"].backward()
    return as_number(names[name].grad)


def _names(op: str, values: dict[str, float]) -> dict[str, Any]:
    names: dict[str, Any] = {name: leaf(x, name) for name, x in values.items()}
    exec(_COMPILED[op], names)
    return names


def _problem(error: BaseException, code: str) -> dict[str, Any]:
    """Say why an engine of the learner's gave no answer."""
    return {"problem": with_place(raised(error, code, CELL).says, error)}


def _cell(op: str, values: dict[str, float]) -> str:
    """Write the Python that is run, as a learner would write it."""
    makes = [f"{name} = Value({_literal(x)})" for name, x in values.items()]
    return "\n".join([*makes, CODE[op], "c.backward()"])


def _literal(x: float) -> str:
    return repr(x) if x == x and abs(x) != float("inf") else f'float("{x}")'


def _run(cell: str) -> Trace:
    names: dict[str, Any] = {"Value": value_class()}
    with Recorder(value_class(), cell=CELL) as recorder, redirect_stdout(Printed()):
        exec(compile(cell, CELL, "exec"), names)
    return recorder.trace(names)


def _formulas(op: str, names: list[str], trace: Trace) -> list[str]:
    """Write the formulas with the numbers that the engine has found: its graph may have more nodes.

    The derivative is the operand's gradient, for that of c is 1. Where c is no node of its own, as
    when a ReLU returns its operand, there is nothing to be written.
    """
    nodes = {node["label"]: node for node in trace["nodes"]}
    if not nodes.keys() >= {*names, "c"}:
        return []
    values = [nodes[name]["data"] for name in (*names, "c")]
    derivatives = [
        derivative_formula(op, slot, [*names, "c"], values, nodes[name]["grad"])
        for slot, name in enumerate(names)
    ]
    return [value_formula(op, [*names, "c"], values), *derivatives]
