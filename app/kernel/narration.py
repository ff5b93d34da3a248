"""Says each step of a trace in one plain sentence, for readers and for listeners."""

from typing import Any

from app.kernel.numbers import equals, show

_SPOKEN = {
    "+": "{} + {}",
    "-": "{} − {}",
    "*": "{} × {}",
    "/": "{} ÷ {}",
    "**": "{} to the power of {}",
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
    values = _spoken(node["op"], [_in_parentheses(operand["data"]) for operand in operands])
    return f"{name} = {names} = {values} {equals(node['data'])} {value}."


def _contributed(event: dict[str, Any], nodes: list[dict[str, Any]]) -> str:
    to = _name(nodes[event["to"]])
    if event["from"] is None:
        return f"Start at the output: {to} changes exactly as fast as itself, so its gradient is 1."
    upstream, local = _in_parentheses(event["upstream"]), _in_parentheses(event["local"])
    product = f"{upstream} × {local} {equals(event['contribution'])} {show(event['contribution'])}"
    of = _name(nodes[event["from"]])
    sentence = f"{of} passes its gradient times ∂{of}/∂{to} to {to}: {product}"
    if event["before"] == 0:
        return f"{sentence}."
    return (
        f"{sentence}, added to the {show(event['before'])} that was there: {show(event['after'])}."
    )


def _spoken(op: str, terms: list[str]) -> str:
    return _SPOKEN[op].format(*terms) if op in _SPOKEN else f"{op}({terms[0].strip('()')})"


def _in_parentheses(x: float) -> str:
    return f"({show(x)})" if show(x).startswith("−") else show(x)


def _name(node: dict[str, Any]) -> str:
    return node["label"] or f"#{node['id']}"
