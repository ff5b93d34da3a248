"""Says each step of a trace in one plain sentence, for readers and for listeners."""

import re
from typing import Any

from .language import say, with_decimal_sign
from .names import Term, expression, terms, whole
from .numbers import MINUS, equals, show
from .steps import steps
from .writes import kinds

_SPOKEN = {
    "+": "{} + {}",
    "-": "{} − {}",
    "*": "{} × {}",
    "/": "{} ÷ {}",
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
    if not is_first:
        return known, ""
    says = say(
        "{name} is its number: it has no name, and is the result of many operations.", name=name
    )
    return True, f" {says}"


def unbroken(sentence: str) -> str:
    """Keep each sign with both its operands, so that no line ends within 1 × 1."""
    return re.sub(r"(?<=\S) ([×÷+−·]) (?=\S)", "\u00a0\\1\u00a0", sentence)


def _inside(shown: dict[str, Any], event: dict[str, Any], names: list[str], sentence: str) -> str:
    """Say of an event whether it comes out of a card that others are folded into."""
    if not event.get("is_inner"):
        return sentence
    inside, to = (names[shown["nodes"][event[end]]["number"]] for end in ("from", "to"))
    if event["count"] == 1:
        return say("Inside {inside}, {sentence}", inside=inside, sentence=sentence)
    return say(
        "Inside {inside}, {count} nodes pass a share on to {to}, one after the other: "
        "its gradient goes from {before} to {after}.",
        inside=inside,
        count=event["count"],
        to=to,
        before=show(event["before"]),
        after=show(event["after"]),
    )


def _bundled(card: dict[str, Any]) -> str:
    if not card.get("is_bundle"):
        return ""
    return say("{leaves}, numbers that were given, are on one card.", leaves=card["label"])


def _hidden(card: dict[str, Any]) -> str:
    """Say how many nodes are folded into a card."""
    count = card.get("folds", 0)
    says = say("{count} more nodes are folded into it.", count=count)
    return f" {says}" if count else ""


def _changed(
    nodes: list[dict[str, Any]], event: dict[str, Any], data: dict[int, float], names: list[str]
) -> str:
    """Say which operands have got other data since they were seen last, as in training."""
    says = []
    for operand, now in zip(nodes[event["node"]]["operands"], event["operands"]):
        before = data.get(operand, now)
        if before != now and not (before != before and now != now):
            change = {"name": names[operand], "before": show(before), "now": show(now)}
            says.append(say("{name} was changed from {before} to {now}.", **change) + " ")
        data[operand] = now
    data[event["node"]] = event["data"]
    return "".join(says)


def _computed(event: dict[str, Any], nodes: list[dict[str, Any]], called: list[Term]) -> str:
    node = nodes[event["node"]]
    name, value = called[node["id"]].text, show(event["data"])
    if not node["operands"]:
        return _given(name, value, bool(node.get("constant")))
    terms, data = [called[i] for i in node["operands"]], event["operands"]
    parts, shown = [name], [event["data"], *data]
    if name != expression(node["op"], terms).text:
        parts.append(_in_words(node, terms))
    parts.append(_spoken(node["op"], [show(x) for x in data]))
    return f"{' = '.join(parts)} {equals(*shown)} {value}."


def _given(name: str, value: str, is_constant: bool) -> str:
    """Say what a node is that was not computed, and its number, unless that is its name."""
    if is_constant and name == value:
        return say("{name} is a constant: a number in the program.", name=name)
    if is_constant:
        return say(
            "{name} is a constant: a number in the program, {value}.", name=name, value=value
        )
    if name == value:
        return say("{name} is a leaf: a number that was given.", name=name)
    return say("{name} is a leaf: a number that was given, {value}.", name=name, value=value)


def _written(
    event: dict[str, Any], kind: str, nodes: list[dict[str, Any]], names: list[str]
) -> str:
    if event["from"] is None:
        return _from_outside(event, kind, names[event["to"]])
    passed, is_constant = _passed_on(event, names), bool(nodes[event["to"]].get("constant"))
    before, after = show(event["before"]), show(event["after"])
    if kind != "overwrite" and not is_constant and event["before"] != 0:
        return say(
            "{of} passes its gradient times {derivative} to {to}: {product}, "
            "added to the {before} that was there: {after}.",
            **passed,
            before=before,
            after=after,
        )
    sentence = say("{of} passes its gradient times {derivative} to {to}: {product}.", **passed)
    if kind == "overwrite":
        lost = say(
            "It overwrites the {before} that was there. It should have been added.", before=before
        )
        return f"{sentence} {lost}"
    useless = say("It is a constant, so nobody will use that.")
    return f"{sentence} {useless}" if is_constant else sentence


def _from_outside(event: dict[str, Any], kind: str, to: str) -> str:
    if kind == "seed":
        return say(
            "Start at the output: {to} changes exactly as fast as itself, so its gradient is 1.",
            to=to,
        )
    if kind == "zero":
        return say(
            "The gradient of {to} is set to 0: what it had belonged to an earlier call.", to=to
        )
    if kind == "kept":
        return say(
            "What {to} kept from an earlier call is added again: {sum}.", to=to, sum=_sum(event)
        )
    after = show(event["after"])
    return say("The gradient of {to} is set to {after} from outside.", to=to, after=after)


def _passed_on(event: dict[str, Any], names: list[str]) -> dict[str, str]:
    """Return what is in a sentence about a contribution."""
    of, to = names[event["from"]], names[event["to"]]
    numbers = event["upstream"], event["local"], event["contribution"]
    upstream, local, contribution = map(show, numbers)
    product = f"{_spoken('*', [upstream, local])} {equals(*numbers)} {contribution}"
    return {"of": of, "to": to, "derivative": f"∂{whole(of)}/∂{whole(to)}", "product": product}


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
        op, terms = "**", [*terms, with_decimal_sign(op[2:].replace("-", MINUS))]
    if op == "**":
        base, exponent = map(_in_parentheses, terms)
        return say("{base} to the power of {exponent}", base=base, exponent=exponent)
    if op in _SPOKEN:
        return _SPOKEN[op].format(*map(_in_parentheses, terms))
    return f"{op}({', '.join(terms)})"


def _in_parentheses(term: str) -> str:
    return f"({term})" if term.startswith(MINUS) else term
