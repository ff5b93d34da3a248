"""Says each step of a trace in one plain sentence, for readers and for listeners."""

from typing import Any

from app.kernel.numbers import MINUS, equals, show

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
    nodes = trace["nodes"]
    forward = [_computed(nodes[event["node"]], nodes) for event in trace["forward"]]
    return forward + [_contributed(event, nodes) for event in trace["backward"]]


def _computed(node: dict[str, Any], nodes: list[dict[str, Any]]) -> str:
    name, value = _name(node), show(node["data"])
    if not node["operands"]:
        return f"{name} is a leaf: a number that was given, {value}."
    operands = [nodes[i] for i in node["operands"]]
    names = _spoken(node["op"], [_name(operand) for operand in operands])
    values = _spoken(node["op"], [show(operand["data"]) for operand in operands])
    sign = equals(node["data"], *(operand["data"] for operand in operands))
    return f"{name} = {names} = {values} {sign} {value}."


def _contributed(event: dict[str, Any], nodes: list[dict[str, Any]]) -> str:
    to = _name(nodes[event["to"]])
    if event["from"] is None:
        return f"Start at the output: {to} changes exactly as fast as itself, so its gradient is 1."
    numbers = event["upstream"], event["local"], event["contribution"]
    upstream, local, contribution = map(show, numbers)
    product = f"{_spoken('*', [upstream, local])} {equals(*numbers)} {contribution}"
    of = _name(nodes[event["from"]])
    sentence = f"{of} passes its gradient times ∂{of}/∂{to} to {to}: {product}"
    if event["before"] == 0:
        return f"{sentence}."
    return (
        f"{sentence}, added to the {show(event['before'])} that was there: {show(event['after'])}."
    )


def _spoken(op: str, terms: list[str]) -> str:
    if op.startswith("**") and op != "**":  # the engine names a plain exponent: "**-0.5"
        op, terms = "**", [*terms, op[2:].replace("-", MINUS)]
    if op in _SPOKEN:
        return _SPOKEN[op].format(*map(_in_parentheses, terms))
    return f"{op}({terms[0]})"


def _in_parentheses(term: str) -> str:
    return f"({term})" if term.startswith(MINUS) else term


def _name(node: dict[str, Any]) -> str:
    return node["label"] or f"#{node['id']}"
