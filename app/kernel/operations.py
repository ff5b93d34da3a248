"""The section "Values and operations": one operation, run for real, and everything shown of it."""

from typing import Any

from app.kernel import recorded
from app.kernel.figure import figure
from app.kernel.formulas import derivative_formula, value_formula
from app.kernel.nudging import settles_elsewhere, summarise, sweep
from app.kernel.numbers import show
from app.kernel.recorder import Recorder, Trace
from app.kernel.slope import Nudge, compare, draw_slope
from micrograd.engine import Value

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
    trace = _run(cell)
    return {
        "inputs": list(values),
        "code": cell,
        "formulas": _formulas(op, list(values), trace),
        **figure(
            trace, f"Graph of {CODE[op]}: a node for each value, an edge from each operand", drawn
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
        return _result(op, {**values, name: x}).data

    result = _result(op, values)
    slope = result._local[list(values).index(name)]
    seen = Nudge(x, result.data, h, f(x + h), slope)
    measured = sweep(lambda at: _result(op, at).data, values, name, slope)
    return {
        "inputs": list(values),
        "name": name,
        "svg": draw_slope(op, f, seen, (name, "c")),
        "h": show(h),
        "quotient": show(seen.quotient, 12),
        "slope": show(slope, 12),
        "gap": show(abs(seen.quotient - slope), 2),
        "says": summarise(measured) if settles_elsewhere(measured) else compare(seen),
    }


def _values(op: str, inputs: dict[str, str]) -> dict[str, float]:
    """Return the operands that this operation takes, by name."""
    return {name: float(inputs[name]) for name in ("a", "b") if name in _COMPILED[op].co_names}


def _result(op: str, values: dict[str, float]) -> Value:
    names: dict[str, Any] = {name: Value(x) for name, x in values.items()}
    exec(_COMPILED[op], names)
    result: Value = names["c"]
    return result


def _cell(op: str, values: dict[str, float]) -> str:
    """Write the Python that is run, as a learner would write it."""
    makes = [f'{name} = Value({_literal(x)}, label="{name}")' for name, x in values.items()]
    return "\n".join([*makes, CODE[op], 'c.label = "c"', "c.backward()"])


def _literal(x: float) -> str:
    return repr(x) if x == x and abs(x) != float("inf") else f'float("{x}")'


def _run(cell: str) -> Trace:
    with Recorder(recorded.Value, cell=CELL) as recorder:
        exec(compile(cell, CELL, "exec"), {"Value": recorded.Value})
    return recorder.trace()


def _formulas(op: str, names: list[str], trace: Trace) -> list[str]:
    values = [node["data"] for node in trace["nodes"]]
    local = {event["slot"]: event["local"] for event in trace["backward"]}
    derivatives = [
        derivative_formula(op, slot, [*names, "c"], values, local[slot])
        for slot in range(len(names))
    ]
    return [value_formula(op, [*names, "c"], values), *derivatives]
