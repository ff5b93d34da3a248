"""The small programs on which an engine is tried. Together they use every operation and every
shape of graph in which backpropagation is known to go wrong."""

import ast
from functools import cache
from itertools import chain
from types import CodeType
from typing import Any, NamedTuple

from .language import noted, say

# What an engine may be able to do, and the method that it needs for it.
OPERATIONS = {
    "+": "__add__",
    "-": "__sub__",
    "*": "__mul__",
    "/": "__truediv__",
    "**": "__pow__",
    "a ** b": "__pow__",
    "neg": "__neg__",
    "tanh": "tanh",
    "ReLU": "relu",
    "exp": "exp",
    "log": "log",
    "sigmoid": "sigmoid",
    noted("a + number"): "__add__",
    noted("a - number"): "__sub__",
    noted("a * number"): "__mul__",
    noted("a / number"): "__truediv__",
    noted("number + a"): "__radd__",
    noted("number - a"): "__rsub__",
    noted("number * a"): "__rmul__",
    noted("number / a"): "__rtruediv__",
    noted("number ** a"): "__rpow__",
}

# Beyond the operations, what has to be right about how gradients travel; what comes first can
# bring down what comes later.
RULES = (
    noted("chain rule"),
    noted("accumulation"),
    noted("order"),
    noted("second call"),
    noted("inner gradients"),
)


class Trial(NamedTuple):
    """Lines of Python, the last one an expression, and what to look at when an engine runs them.

    `about` is one of the operations or of the rules; `slopes` are the derivatives as formulas.
    `calls` tells how often `backward()` is called.
    """

    code: str
    about: str
    values: dict[str, float]
    slopes: dict[str, str] = {}  # noqa: RUF012
    calls: int = 1

    @property
    def lines(self) -> str:
        """The code with a name for the output, L."""
        *before, last = self.code.split("\n")
        return "\n".join([*before, f"L = {last}"])

    @property
    def program(self) -> str:
        """The whole cell, as a learner would write it."""
        makes = [f"{name} = Value({x})" for name, x in self.values.items()]
        return "\n".join([*makes, self.lines, *["L.backward()"] * self.calls])

    @property
    def spoken(self) -> str:
        """The code in one line of text."""
        *before, last = self.code.split("\n")
        if not before:
            return last
        return say("{expression} with {lines}", expression=last, lines=", ".join(before))

    def run(self, names: dict[str, Any]) -> Any:
        """Compute the output from leaves and functions, which may be Values or plain numbers."""
        names = dict(names)
        exec(_compiled(self.lines), names)
        return names["L"]


@cache
def _compiled(code: str) -> CodeType:
    return compile(code, "<trial>", "exec")


@cache
def operations_in(code: str) -> frozenset[str]:
    """Return the operations that a piece of code asks an engine for."""
    return frozenset(chain.from_iterable(map(_asked, ast.walk(ast.parse(code)))))


def _asked(node: ast.AST) -> list[str]:
    match node:
        case ast.UnaryOp(ast.USub(), operand) if not _is_number(operand):
            return ["neg"]
        case ast.Call(ast.Name(name)):
            return ["ReLU" if name == "relu" else name]
        case ast.BinOp(left, ast.Pow(), right):
            if _is_number(left):
                return ["number ** a"]
            return ["**"] if _is_number(right) else ["a ** b"]
        case ast.BinOp(left, sign, right):
            name = _SIGNS[type(sign)]
            if _is_number(left):
                return [f"number {name} a"]
            return [f"a {name} number"] if _is_number(right) else [name]
    return []


_SIGNS: dict[type[ast.operator], str] = {ast.Add: "+", ast.Sub: "-", ast.Mult: "*", ast.Div: "/"}


def _is_number(node: ast.expr) -> bool:
    return isinstance(node.operand if isinstance(node, ast.UnaryOp) else node, ast.Constant)


def _at(code: str, about: str, places: list[tuple[float, ...]], *slopes: str) -> list[Trial]:
    """Try one operation at several places; leaves and slopes are in the order of the alphabet."""
    return [Trial(code, about, dict(zip("ab", place)), dict(zip("ab", slopes))) for place in places]


_PAIRS: list[tuple[float, ...]] = [(2.0, -3.0), (-0.5, 1.5)]
_BASES: list[tuple[float, ...]] = [(3.0, -2.0), (0.5, 2.5)]

_SINGLE = [
    *_at("a + b", "+", _PAIRS, "1", "1"),
    *_at("a - b", "-", _PAIRS, "1", "−1"),
    *_at("a * b", "*", _PAIRS, "b", "a"),
    *_at("a / b", "/", _PAIRS, "1/b", "−a/b²"),
    *_at("a**2", "**", [(3.0,), (-0.5,)], "2·a"),
    *_at("a**3", "**", [(-2.0,), (0.5,)], "3·a²"),
    *_at("a**2.5", "**", [(4.0,)], "2.5·a¹·⁵"),
    *_at("a**-1", "**", [(2.0,), (-0.5,)], "−1/a²"),
    *_at("a**-0.5", "**", [(4.0,)], "−0.5·a⁻¹·⁵"),
    *_at("a**1", "**", [(-3.0,)], "1"),
    *_at("a**0", "**", [(3.0,)], "0"),
    *_at("a**b", "a ** b", _BASES, "b·aᵇ⁻¹", "aᵇ·log(a)"),
    *_at("-a", "neg", [(3.0,), (-0.5,)], "−1"),
    *_at("tanh(a)", "tanh", [(0.5,), (-1.5,)], "1 − tanh(a)²"),
    # Not at 0: there is a kink, and no number that a difference could agree with. Engines that
    # take 0 there, as ours and PyTorch do, and engines that take 1 are both right.
    *_at("relu(a)", "ReLU", [(1.5,)], "1"),
    *_at("relu(a)", "ReLU", [(-2.0,)], "0"),
    *_at("exp(a)", "exp", [(0.5,), (-1.5,)], "exp(a)"),
    *_at("log(a)", "log", [(3.0,), (0.25,)], "1/a"),
    *_at("sigmoid(a)", "sigmoid", [(0.5,), (-1.5,)], "sigmoid(a)·(1 − sigmoid(a))"),
    *_at("a + 3", "a + number", [(2.0,)], "1"),
    *_at("a - 3", "a - number", [(2.0,)], "1"),
    *_at("a * 3", "a * number", [(2.0,)], "3"),
    *_at("a / 4", "a / number", [(2.0,)], "1/4"),
    *_at("3 + a", "number + a", [(2.0,)], "1"),
    *_at("3 - a", "number - a", [(2.0,)], "−1"),
    *_at("3 * a", "number * a", [(2.0,)], "3"),
    *_at("3 / a", "number / a", [(2.0,)], "−3/a²"),
    *_at("3**a", "number ** a", [(2.0,)], "3ᵃ·log(3)"),
]

_LEAVES = {"a": 0.5, "b": -3.0, "c": -2.0}
_BINARY = ("a + b", "a - b", "a * b", "a / b", "a**b")
_UNARY = ("a**3", "-a", "tanh(a)", "relu(a)", "exp(a)", "log(a)", "sigmoid(a)")


def _about(rule: str, codes: list[str], calls: int = 1) -> list[Trial]:
    """Try out a rule; each code gets the leaves that stand in it."""
    used = [
        {node.id for node in ast.walk(ast.parse(c)) if isinstance(node, ast.Name)} for c in codes
    ]
    leaves = [{name: x for name, x in _LEAVES.items() if name in names} for names in used]
    return [Trial(c, rule, values, calls=calls) for c, values in zip(codes, leaves)]


def _as_a_factor(code: str) -> str:
    return f"({code})" if code in ("a + b", "a - b") else code


_STRUCTURE = [
    # Each operation with something behind it: the gradient that comes to it is −2.
    *_about("chain rule", [f"{_as_a_factor(code)} * c" for code in _BINARY + _UNARY]),
    *_about("chain rule", ["exp(tanh(a * b) + c)"]),
    # Each operation as the second one to bring something to its operands.
    *_about("accumulation", ["a + a", "a - a", "a * a", "a / a", "a**a"]),
    *_about("accumulation", [f"{code} + a + b" for code in _BINARY]),
    *_about("accumulation", [f"{code} + a" for code in _UNARY]),
    # A node that is used near the output and far from it has to wait for the longer way, on
    # whichever side that is, also where it is longer than by one.
    *_about("order", ["d = a + a\nd + (d + d)", "d = a + a\n(d + d) + d"]),
    *_about("order", ["d = a * b\n(d + a) * (d + b)", "d = a * b\nd * tanh(exp(d))"]),
    *_about("order", ["d = a * b\ne = d + d\nd + (e + e * c)", "d = a + b\ne = d * d\ne * d + e"]),
    *_about("order", ["a * b + (a + b)", "a + (a + (a + a))"]),
    # Leaves add up what all calls bring; what is in between starts at 0 in each, as in PyTorch.
    *_about("second call", ["a + b", "a * b"], calls=2),
    *_about("inner gradients", ["tanh(a * b)", "a + b + c", "a * b * c"], calls=2),
]

TRIALS = tuple(_SINGLE + _STRUCTURE)
