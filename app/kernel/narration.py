"""Says each step of a trace in one plain sentence, for readers and for listeners."""

import math
from typing import Any

from app.kernel.derivative import result
from app.kernel.names import Term, expression, terms, whole
from app.kernel.numbers import MINUS, equals, show
from app.kernel.writes import kinds

_SPOKEN = {
    "+": "{} + {}",
    "-": "{} − {}",
    "*": "{} × {}",
    "/": "{} ÷ {}",
    "**": "{} to the power of {}",
    "neg": "−{}",
}


def narrate(trace: dict[str, Any]) -> list[str]:
    """Return one sentence for every step of the trace's score, in the same order."""
    nodes, called = trace["nodes"], terms(trace)
    forward = [_computed(nodes[event["node"]], nodes, called) for event in trace["forward"]]
    names = [term.text for term in called]
    written = zip(trace["backward"], kinds(trace))
    return forward + [_written(event, kind, names) for event, kind in written]


def _computed(node: dict[str, Any], nodes: list[dict[str, Any]], called: list[Term]) -> str:
    name, value = called[node["id"]].text, show(node["data"])
    if not node["operands"]:
        number = "" if name == value else f", {value}"
        return f"{name} is a leaf: a number that was given{number}."
    operands = [nodes[i] for i in node["operands"]]
    terms = [called[i] for i in node["operands"]]
    parts, shown = [name], [node["data"]]
    if name != expression(node["op"], terms).text:
        parts.append(_in_words(node, terms))
    data = [operand["data"] for operand in operands]
    if _still_holds(node, data):
        parts.append(_spoken(node["op"], [show(x) for x in data]))
        shown += data
    return f"{' = '.join(parts)} {equals(*shown)} {value}."


def _still_holds(node: dict[str, Any], operands: list[float]) -> bool:
    """Tell whether the operands still give this result: training changes a leaf after its use."""
    now = result(node["op"], operands)
    return now != now or math.isclose(now, node["data"], rel_tol=1e-9, abs_tol=1e-300)


def _written(event: dict[str, Any], kind: str, names: list[str]) -> str:
    to, before, after = names[event["to"]], show(event["before"]), show(event["after"])
    if kind == "seed":
        return f"Start at the output: {to} changes exactly as fast as itself, so its gradient is 1."
    if kind == "zero":
        return f"The gradient of {to} is set to 0: what it had belonged to an earlier call."
    if kind == "kept":
        return f"What {to} kept from an earlier call is added again: {_sum(event)}."
    if kind == "given":
        return f"The gradient of {to} is set to {after} from outside."
    sentence = _passed_on(event, names)
    if kind == "overwrite":
        return f"{sentence}. It overwrites the {before} that was there. It should have been added."
    if event["before"] == 0:
        return f"{sentence}."
    return f"{sentence}, added to the {before} that was there: {after}."


def _passed_on(event: dict[str, Any], names: list[str]) -> str:
    of, to = names[event["from"]], names[event["to"]]
    numbers = event["upstream"], event["local"], event["contribution"]
    upstream, local, contribution = map(show, numbers)
    product = f"{_spoken('*', [upstream, local])} {equals(*numbers)} {contribution}"
    return f"{of} passes its gradient times ∂{whole(of)}/∂{whole(to)} to {to}: {product}"


def _sum(event: dict[str, Any]) -> str:
    numbers = event["before"], event["contribution"], event["after"]
    before, kept, after = map(show, numbers)
    return f"{_spoken('+', [before, kept])} {equals(*numbers)} {after}"


def _in_words(node: dict[str, Any], terms: list[Term]) -> str:
    """Write an operation over names. A power is spoken, as it is over numbers."""
    if node["op"].startswith("**"):
        return _spoken(node["op"], [whole(term.text) for term in terms])
    return expression(node["op"], terms).text


def _spoken(op: str, terms: list[str]) -> str:
    if op.startswith("**") and op != "**":  # the engine names a plain exponent: "**-0.5"
        op, terms = "**", [*terms, op[2:].replace("-", MINUS)]
    if op in _SPOKEN:
        return _SPOKEN[op].format(*map(_in_parentheses, terms))
    return f"{op}({', '.join(terms)})"


def _in_parentheses(term: str) -> str:
    return f"({term})" if term.startswith(MINUS) else term
