"""The chain rule for one write to a gradient, in stages: first symbols, then numbers."""

import math
import re
from typing import Any

from . import mathml as m
from .derivative import local_derivative
from .formulas import FORMULAS
from .language import say
from .markup import escape
from .names import names, whole
from .numbers import equals
from .writes import calls, kinds, outputs

Event = dict[str, Any]

_BARE = re.compile(r"^<mi>\((.*)\)</mi>$")  # a name in parentheses, alone
_DOUBLED = re.compile(r"<mo>\(</mo><mi>\(([^<]*)\)</mi><mo>\)</mo>")  # or in others already


def stages(trace: dict[str, Any], i: int) -> list[str]:
    """Return the stages of backward event i as MathML, each a line of its own.

    For a contribution: ∂L/∂a = ∂L/∂d · ∂d/∂a, the local derivative ∂d/∂a = b = −3, the product
    = −2 · (−3) = 6, and the sum with what was in `grad` before, if there was anything.
    """
    return _Chain(trace).stages(i)


class _Chain:
    """A trace, with all that is looked up in it more than once."""

    def __init__(self, trace: dict[str, Any]) -> None:
        self.nodes, self.events = trace["nodes"], trace["backward"]
        self.names, self.kinds, self.outputs = names(trace), kinds(trace), outputs(trace)
        self.calls = calls(trace)
        self.data = [node["data"] for node in self.nodes]
        self.computed = {event["node"]: event for event in trace["forward"]}
        self.paths: dict[tuple[int, int], list[tuple[int, int]]] = {}
        for event, call in zip(self.events, self.calls):
            if event["from"] is not None:
                edges = self.paths.setdefault((call, event["to"]), [])
                edges.append((event["from"], event["slot"]))

    def stages(self, i: int) -> list[str]:
        event, kind = self.events[i], self.kinds[i]
        if kind == "seed":
            return [self._seed(event)]
        rule = (
            [] if event["from"] is None else [self._rule(i), self._local(event), self._product(i)]
        )
        if rule and event["before"] == 0:
            return rule
        return [*rule, _sum(event) if kind in ("pass", "kept") else replaced(event)]

    def _seed(self, event: Event) -> str:
        return m.math(self._partial(event["to"], event["to"]), m.sign("="), m.grad(event["after"]))

    def _rule(self, i: int) -> str:
        """Write ∂L/∂a = ∂L/∂d · ∂d/∂a; with several paths to a, this is what comes through d."""
        sender, to = self.events[i]["from"], self.events[i]["to"]
        return m.math(
            self._partial(self._output(i), to),
            self._path(i),
            m.sign("="),
            self._partial(self._output(i), sender),
            m.sign("·"),
            self._partial(sender, to),
        )

    def _output(self, i: int) -> int:
        """Return what event i is the derivative of; without a known output, the sender."""
        output, sender = self.outputs[i], self.events[i]["from"]
        return sender if output is None else output

    def _path(self, i: int) -> str:
        event = self.events[i]
        edges = set(self.paths[self.calls[i], event["to"]])
        if len(edges) == 1:
            return ""
        sender, number = self.names[event["from"]], event["slot"] + 1
        through = say("through {name}", name=sender)
        if sum(other == event["from"] for other, _ in edges) > 1:  # as in d = a + a
            through = say("through {name}, operand {number}", name=sender, number=number)
        return _text(f" {through} ")

    def _product(self, i: int) -> str:
        """Write ∂L/∂a = −2 · (−3) = 6: the rule with its numbers."""
        event = self.events[i]
        upstream, local, product = event["upstream"], event["local"], event["contribution"]
        return m.math(
            self._partial(self._output(i), event["to"]),
            self._path(i),
            m.sign("="),
            m.grad(upstream),
            m.sign("·"),
            m.guarded(m.grad(local)),
            m.sign(equals(upstream, local, product)),
            m.grad(product),
        )

    def _partial(self, of: int, by: int) -> str:
        return m.partial(whole(self.names[of]), whole(self.names[by]))

    def _local(self, event: Event) -> str:
        """Write ∂d/∂a = b = −3. The formula is left out where the engine did not follow it."""
        node, local = self.nodes[event["from"]], event["local"]
        terms, shown = [self._partial(event["from"], event["to"])], [local]
        data = self._data_of(event["from"])
        follows = math.isclose(local_derivative(node["op"], data[:-1], event["slot"]), local)
        for formula, numbers in self._formulas(node, data, event["slot"]) if follows else []:
            if _read(formula) not in (_read(terms[-1]), _read(m.grad(local))):  # anything new?
                terms += [m.sign("="), formula]
                shown += numbers
        return m.math(*terms, m.sign(equals(*shown)), m.grad(local))

    def _data_of(self, node: int) -> list[float]:
        """Return the data of a node's operands and its own, as they were when it was computed."""
        if node in self.computed:
            return [*self.computed[node]["operands"], self.computed[node]["data"]]
        return [self.data[i] for i in (*self.nodes[node]["operands"], node)]

    def _formulas(
        self, node: dict[str, Any], values: list[float], slot: int
    ) -> list[tuple[str, list[float]]]:
        """Return the local derivative with names, and with numbers if that says anything new."""
        op, terms = node["op"], [self._term(i) for i in (*node["operands"], node["id"])]
        if op.startswith("**") and op != "**":  # a plain exponent stands in the operation's name
            op, k = "**", float(op[2:])
            values, terms = [values[0], k, values[1]], [terms[0], m.data(k), terms[1]]
        op = "ReLU" if op == "relu" else op
        write = FORMULAS[op].derivatives[slot] if op in FORMULAS else None
        if write is None:
            return []
        by_name, by_number = write(*terms), write(*map(m.data, values))
        if by_name in terms:  # one operand, whose number is the result already
            return [(_BARE.sub(r"<mi>\1</mi>", by_name), [])]
        by_name = _DOUBLED.sub(r"<mo>(</mo><mi>\1</mi><mo>)</mo>", by_name)
        used = [x for term, x in zip(terms, values) if term in by_name]
        return [(by_name, []), (by_number, used)][: 1 if op == "ReLU" else 2]

    def _term(self, i: int) -> str:
        if self.nodes[i].get("constant") and not self.nodes[i]["label"]:
            return m.data(self.nodes[i]["data"])
        return m.name(whole(self.names[i]))


def _sum(event: Event) -> str:
    """Write what was in `grad`, what was added, and what is in it now: grad: 4 + 18 = 22."""
    before, given, after = event["before"], event["contribution"], event["after"]
    return m.math(
        _text("grad: "),
        m.grad(before),
        m.sign("+"),
        m.guarded(m.grad(given)),
        m.sign(equals(before, given, after)),
        m.grad(after),
    )


def replaced(event: Event) -> str:
    """Write what was in `grad` and is lost, and what is in it now: grad: 4 → 0."""
    return m.math(_text("grad: "), m.grad(event["before"]), m.sign("→"), m.grad(event["after"]))


def _text(text: str) -> str:
    return f"<mtext>{escape(text).replace(' ', '&#160;')}</mtext>"


def _read(formula: str) -> str:
    return re.sub("<[^>]*>", "", formula)
