"""Features: what a network gets to see of a point on the plane."""

from __future__ import annotations

import ast
import math
from collections.abc import Callable
from typing import NamedTuple

from ..language import noted, say, with_decimal_sign
from .settings import Settings

LONGEST = 200  # characters of an expression
FUNCTIONS: dict[str, Callable[..., float]] = {
    **{name: getattr(math, name) for name in ("sin", "cos", "tan", "tanh", "exp", "log", "sqrt")},
    "abs": abs,
    "min": min,
    "max": max,
}
CONSTANTS = {"pi": math.pi, "e": math.e}
ALLOWED = noted("It can have x1, x2, numbers, + - * / **, and the functions {functions}.")


class Feature(NamedTuple):
    """A feature: its key among the settings, its name, and Python for it, of x1 and x2."""

    key: str
    name: str
    formula: str


FEATURES = (
    Feature("x", "x₁", "x1"),
    Feature("y", "x₂", "x2"),
    Feature("x_squared", "x₁²", "x1 * x1"),
    Feature("y_squared", "x₂²", "x2 * x2"),
    Feature("x_times_y", "x₁x₂", "x1 * x2"),
    Feature("sin_x", "sin x₁", "sin(x1)"),
    Feature("sin_y", "sin x₂", "sin(x2)"),
    Feature("cos_x", "cos x₁", "cos(x1)"),
    Feature("cos_y", "cos x₂", "cos(x2)"),
)


def features_of(settings: Settings) -> list[Feature]:
    """List the features that are switched on; the visitor's own comes last."""
    on = [feature for feature in FEATURES if getattr(settings, feature.key)]
    if settings.custom.strip():
        on.append(Feature("custom", settings.custom.strip(), settings.custom.strip()))
    return on


def compile_features(features: list[Feature]) -> Callable[[float, float], list[float]] | str:
    """Return what computes all features of a point, or a sentence about one that cannot be."""
    for feature in features:
        if wrong := _what_is_wrong(feature.formula):
            return cannot_be(feature.formula, wrong)
    inner = ", ".join(_floats(feature.formula) for feature in features)
    code = compile(f"lambda x1, x2: [{inner}]", "<features>", "eval")
    made: Callable[[float, float], list[float]] = eval(
        code, {"__builtins__": {}, **FUNCTIONS, **CONSTANTS, "float": float}
    )
    return made


def on_one_line(formula: str) -> str:
    """Write a formula as it can stand in a program: a visitor's may have comments and line ends."""
    return ast.unparse(ast.parse(formula, mode="eval"))


def cannot_be(formula: str, reason: str) -> str:
    """Say that there is no such feature; the reason is a sentence."""
    return say("The feature {formula} cannot be: {reason}", formula=repr(formula), reason=reason)


def inputs_or_reason(
    compute: Callable[[float, float], list[float]], x: float, y: float
) -> list[float] | str:
    """Return a point's features, or a sentence where one has no finite value there."""
    try:
        values = [float(value) for value in compute(x, y)]
    except (ArithmeticError, ValueError, TypeError) as error:
        return say("It has no value at x1 = {x1}, x2 = {x2}: {error}.", **_place(x, y), error=error)
    if not all(map(math.isfinite, values)):
        return say("It has no finite value at x1 = {x1}, x2 = {x2}.", **_place(x, y))
    return values


def _place(x: float, y: float) -> dict[str, str]:
    return {"x1": with_decimal_sign(f"{x:g}"), "x2": with_decimal_sign(f"{y:g}")}


def _floats(formula: str) -> str:
    """Write all numbers as floats: an integer could grow without end."""

    class Float(ast.NodeTransformer):
        def visit_Constant(self, node: ast.Constant) -> ast.AST:
            assert isinstance(node.value, int | float)
            return ast.Constant(float(node.value))

    return ast.unparse(Float().visit(ast.parse(formula, mode="eval")))


_OPERATIONS = (
    ast.BinOp, ast.UnaryOp, ast.Add, ast.Sub, ast.Mult, ast.Div, ast.Pow, ast.USub, ast.UAdd,
    ast.Expression, ast.Load,
)  # fmt: skip


def _what_is_wrong(formula: str) -> str:
    if len(formula) > LONGEST:
        return say("it has more than {most} characters.", most=LONGEST)
    try:
        tree = ast.parse(formula, mode="eval")
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return say("it is no Python expression.") + f" {_allowed()}"
    for node in ast.walk(tree):
        if isinstance(node, ast.Name):
            if node.id not in {"x1", "x2", *FUNCTIONS, *CONSTANTS}:
                return say("{name} is unknown.", name=node.id) + f" {_allowed()}"
        elif isinstance(node, ast.Call):
            if (
                not isinstance(node.func, ast.Name)
                or node.func.id not in FUNCTIONS
                or node.keywords
            ):
                return _allowed()
        elif isinstance(node, ast.Constant):
            if type(node.value) not in (int, float):
                return _allowed()
        elif not isinstance(node, _OPERATIONS):
            return _allowed()
    return ""


def _allowed() -> str:
    return say(ALLOWED, functions=", ".join(FUNCTIONS))
