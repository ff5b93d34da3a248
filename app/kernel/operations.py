"""The section "Values and operations": one operation, run for real, and everything shown of it."""

from typing import Any

from app.kernel.drawing import draw, numbers
from app.kernel.formulas import derivative_formula, value_formula
from app.kernel.layout import layout
from app.kernel.narration import narrate
from app.kernel.numbers import show
from app.kernel.recorder import Recorder, Trace
from app.kernel.score import score
from app.kernel.slope import Nudge, draw_slope
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


def operate(
    op: str, inputs: dict[str, str], nudged: str, exponent: str, drawn: str = ""
) -> dict[str, Any]:
    """Run one operation forward and backward, and return all that its figures show.

    `inputs` are numbers as they were typed. `nudged` names the input that is moved, by h = 10 to
    the power of `exponent`. `drawn` is the `shape` of the figure that is on the page already: for
    the same shape, only its numbers are sent.
    """
    names = [name for name in ("a", "b") if name == "a" or _uses_b(op)]
    values = {name: float(inputs[name]) for name in names}
    nudged = nudged if nudged in values else "a"
    cell = _cell(op, values)
    trace = _run(cell)
    answer = {
        "shape": op,
        "inputs": names,
        "code": cell,
        "numbers": numbers(trace),
        "narration": narrate(trace),
        "formulas": _formulas(op, names, trace),
        "nudge": _nudge(op, values, nudged, 10.0 ** float(exponent), trace),
    }
    return answer if drawn == op else {**answer, **_figure(op, trace)}


def _uses_b(op: str) -> bool:
    return "b" in CODE[op]


def _cell(op: str, values: dict[str, float]) -> str:
    """Write the Python that is run, as a learner would write it."""
    makes = [f'{name} = Value({_literal(x)}, label="{name}")' for name, x in values.items()]
    return "\n".join([*makes, CODE[op], 'c.label = "c"', "c.backward()"])


def _literal(x: float) -> str:
    return repr(x) if x == x and abs(x) != float("inf") else f'float("{x}")'


def _run(cell: str) -> Trace:
    with Recorder(Value, CELL) as recorder:
        exec(compile(cell, CELL, "exec"), {"Value": Value})
    return recorder.trace()


def _figure(op: str, trace: Trace) -> dict[str, Any]:
    name = f"Graph of {CODE[op]}: a node for each value, an edge from each operand"
    return {
        "svg": draw(trace, layout(trace), name),
        "steps": score(trace),
        "forward_steps": len(trace["forward"]),
        "lines": _lines(trace),
    }


def _lines(trace: Trace) -> list[dict[str, int | None]]:
    """Return, for every step, the line of the cell and the line of engine.py that were running."""
    last = trace["nodes"][-1]["line"] + 2  # below the operation: its label, then backward()
    cell = [trace["nodes"][event["node"]]["line"] for event in trace["forward"]]
    cell += [last for _ in trace["backward"]]
    events = trace["forward"] + trace["backward"]
    engine = [event["line"] if event["file"].endswith("engine.py") else None for event in events]
    return [{"cell": a, "engine": b} for a, b in zip(cell, engine, strict=True)]


def _formulas(op: str, names: list[str], trace: Trace) -> list[str]:
    values = [node["data"] for node in trace["nodes"]]
    local = {event["slot"]: event["local"] for event in trace["backward"]}
    derivatives = [
        derivative_formula(op, slot, [*names, "c"], values, local[slot]) for slot in range(len(names))
    ]
    return [value_formula(op, [*names, "c"], values), *derivatives]


def _nudge(op: str, values: dict[str, float], name: str, h: float, trace: Trace) -> dict[str, Any]:
    """Move one input by h and run the operation again; compare with the derivative."""
    slot = list(values).index(name)
    slope = next(event["local"] for event in trace["backward"] if event["slot"] == slot)

    def f(x: float) -> float:
        names: dict[str, Any] = {key: Value(y) for key, y in {**values, name: x}.items()}
        exec(_COMPILED[op], names)
        return float(names["c"].data)

    x, y = values[name], trace["nodes"][-1]["data"]
    nudge = Nudge(x, y, h, f(x + h), slope)
    return {
        "svg": draw_slope(op, f, nudge, (name, "c")),
        "name": name,
        "h": show(h),
        "quotient": show(nudge.quotient, 12),
        "slope": show(slope, 12),
        "gap": show(abs(nudge.quotient - slope), 2),
        "says": _compare(nudge),
    }


_COMPILED = {op: compile(code, CELL, "exec") for op, code in CODE.items()}
_ROUNDING_TAKES_OVER = 1e-8  # about the square root of the spacing of floats: Numerical Recipes, 5.7


def _compare(nudge: Nudge) -> str:
    """Say how close the quotient came, and why it is not closer."""
    gap = abs(nudge.quotient - nudge.slope)
    if not gap < float("inf"):
        return "There is no finite slope here."
    if gap == 0:
        return "The same to the last digit."
    if abs(nudge.h) < _ROUNDING_TAKES_OVER:
        return (
            "So small a step drowns in rounding: the two results share almost all of their 16 digits."
        )
    if gap <= 1e-3 * max(1.0, abs(nudge.slope)):
        return "Nearly the derivative. A smaller h brings it closer still."
    return "The curve bends within the step. Make h smaller."
