"""What each node of a trace is called, in sentences and in formulas."""

from collections.abc import Sequence
from typing import Any, NamedTuple

from .language import with_decimal_sign
from .numbers import MINUS, show

LONGEST = 12  # characters: a longer expression is called by its number in the order of creation

# How tightly a term holds together: what is looser than its place needs parentheses.
_SUM, _PRODUCT, _NEGATIVE, _POWER, _WHOLE = range(1, 6)
_SIGNS = {"+": ("+", _SUM), "-": ("−", _SUM), "*": ("×", _PRODUCT), "/": ("÷", _PRODUCT)}
_RAISED = str.maketrans("0123456789-", "⁰¹²³⁴⁵⁶⁷⁸⁹⁻")


class Term(NamedTuple):
    """A name, and how tightly it holds together."""

    text: str
    tightness: int

    def inside(self, tightness: int) -> str:
        """Return the name with parentheses, if it stands where something tighter belongs."""
        return self.text if self.tightness >= tightness else f"({self.text})"


def names(trace: dict[str, Any]) -> list[str]:
    """Return the name of each node: its label, a constant's number, a short expression, or #7."""
    return [term.text for term in terms(trace)]


def terms(trace: dict[str, Any]) -> list[Term]:
    """Return the names as terms, from which longer expressions can be put together.

    No two nodes get the same expression: the second `a × b` is called by its number, like #7.
    """
    taken = {node["label"] for node in trace["nodes"]}
    found: list[Term] = []
    for node in trace["nodes"]:  # in the order of creation, so operands come first
        term = _term(node, [found[i] for i in node["operands"]])
        if not node["label"] and node["operands"]:
            if len(term.text) > LONGEST or term.text in taken:
                term = Term(f"#{node['id']}", _WHOLE)
            taken.add(term.text)
        found.append(term)
    return found


def whole(name: str) -> str:
    """Put a name that has several parts in parentheses, as in ∂(a × b)/∂a."""
    return f"({name})" if " " in name or name.startswith(MINUS) else name


def expression(op: str, operands: Sequence[Term]) -> Term:
    """Write an operation over its operands' names: (a + b) × 2."""
    if op in _SIGNS and len(operands) == 2:
        sign, tightness = _SIGNS[op]
        left, right = operands[0].inside(tightness), operands[1].inside(tightness + 1)
        return Term(f"{left} {sign} {_after_a_sign(right)}", tightness)
    if op == "neg":
        return Term(MINUS + _after_a_sign(operands[0].inside(_NEGATIVE)), _NEGATIVE)
    if op.startswith("**"):
        return _raised(op[2:], [operand.inside(_WHOLE) for operand in operands])
    return Term(f"{op}({', '.join(operand.text for operand in operands)})", _WHOLE)


def _term(node: dict[str, Any], operands: list[Term]) -> Term:
    if node["label"]:
        return Term(node["label"], _WHOLE if _is_one_word(node["label"]) else 0)
    if node["operands"]:
        return expression(node["op"], operands)
    if node.get("constant"):
        number = show(node["data"])
        return Term(number, _NEGATIVE if number.startswith(MINUS) else _WHOLE)
    return Term(f"#{node['id']}", _WHOLE)


def _is_one_word(label: str) -> bool:
    return not set(label).intersection(" +-−*/×÷")


def _raised(exponent: str, operands: list[str]) -> Term:
    """Write a power: the engine names a plain exponent in the operation, like "**2"."""
    if exponent.removeprefix("-").isdecimal():
        return Term(operands[0] + exponent.translate(_RAISED), _POWER)
    number = with_decimal_sign(exponent.replace("-", MINUS))
    plain = [_after_a_sign(number)] if exponent else []
    return Term(" ** ".join([*operands, *plain]), _POWER)


def _after_a_sign(text: str) -> str:
    return f"({text})" if text.startswith(MINUS) else text
