"""Says each step of a trace in one plain sentence, for readers and for listeners."""

import re
from typing import Any

from .names import Term, expression, terms, whole
from .numbers import MINUS, equals, show
from .steps import steps
from .writes import kinds

_SPOKEN = {
    "+": "{} + {}",
    "-": "{} − {}",
    "*": "{} × {}",
    "/": "{} ÷ {}",
    "**": "{} to the power of {}",
    "neg": "−{}",
}


def narrate(trace: dict[str, Any], shown: dict[str, Any] | None = None) -> list[str]:
    """Return one sentence for every step of the trace's score, in the same order.

    `shown` is what is to be seen of a folded trace: then it is told what each card hides.
    """
    shown = shown or trace
    nodes, called, written = trace["nodes"], terms(trace), kinds(trace)
    names = [term.text for term in called]
    told: list[str] = []
    data: dict[int, float] = {}  # what each node had when it was seen last
    numbered = False  # was it said what a name like #7 is?
    for is_forward, i, event in steps(shown):
        whole = trace["forward" if is_forward else "backward"][event.get("origin", i)]
        if not is_forward:
            sentence = _written(whole, written[event.get("origin", i)], nodes, names)
            told.append(_inside(shown, event, names, sentence))
            continue
        card = shown["nodes"][event["node"]]
        changed = _changed(nodes, whole, data, names)
        numbered, found = _numbered(nodes[whole["node"]], names, numbered)
        computed = _computed(whole, nodes, called)
        told.append(_bundled(card) or f"{changed}{computed}{found}{_hidden(card)}")
    return told


def _numbered(node: dict[str, Any], names: list[str], known: bool) -> tuple[bool, str]:
    """Explain a name like #7, where one appears for the first time."""
    name = names[node["id"]]
    is_first = not known and bool(node["operands"]) and not node["label"] and name.startswith("#")
    says = f" {name} is its number: it has no name, and is the result of many operations."
    return known or is_first, says if is_first else ""


def unbroken(sentence: str) -> str:
    """Keep each sign with both its operands, so that no line ends within 1 × 1."""
    return re.sub(r"(?<=\S) ([×÷+−·]) (?=\S)", "\u00a0\\1\u00a0", sentence)


def _inside(shown: dict[str, Any], event: dict[str, Any], names: list[str], sentence: str) -> str:
    """Say of an event whether it comes out of a card that others are folded into."""
    if not event.get("is_inner"):
        return sentence
    inside, to = (names[shown["nodes"][event[end]]["number"]] for end in ("from", "to"))
    if event["count"] == 1:
        return f"Inside {inside}, {sentence}"
    before, after = show(event["before"]), show(event["after"])
    return (
        f"Inside {inside}, {event['count']} nodes pass a share on to {to}, one after the other: "
        f"its gradient goes from {before} to {after}."
    )


def _bundled(card: dict[str, Any]) -> str:
    if not card.get("is_bundle"):
        return ""
    return f"{card['label']}, numbers that were given, are on one card."


def _hidden(card: dict[str, Any]) -> str:
    """Say how many nodes are folded into a card."""
    count = card.get("folds", 0)
    return f" {count} more nodes are folded into it." if count else ""


def _changed(
    nodes: list[dict[str, Any]], event: dict[str, Any], data: dict[int, float], names: list[str]
) -> str:
    """Say which operands have got other data since they were seen last, as in training."""
    says = []
    for operand, now in zip(nodes[event["node"]]["operands"], event["operands"]):
        before = data.get(operand, now)
        if before != now and not (before != before and now != now):
            says.append(f"{names[operand]} was changed from {show(before)} to {show(now)}. ")
        data[operand] = now
    data[event["node"]] = event["data"]
    return "".join(says)


def _computed(event: dict[str, Any], nodes: list[dict[str, Any]], called: list[Term]) -> str:
    node = nodes[event["node"]]
    name, value = called[node["id"]].text, show(event["data"])
    if not node["operands"]:
        number = "" if name == value else f", {value}"
        if node.get("constant"):
            return f"{name} is a constant: a number in the program{number}."
        return f"{name} is a leaf: a number that was given{number}."
    terms, data = [called[i] for i in node["operands"]], event["operands"]
    parts, shown = [name], [event["data"], *data]
    if name != expression(node["op"], terms).text:
        parts.append(_in_words(node, terms))
    parts.append(_spoken(node["op"], [show(x) for x in data]))
    return f"{' = '.join(parts)} {equals(*shown)} {value}."


def _written(
    event: dict[str, Any], kind: str, nodes: list[dict[str, Any]], names: list[str]
) -> str:
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
    if nodes[event["to"]].get("constant"):
        return f"{sentence}. It is a constant, so nobody will use that."
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
