"""Reads a number as a learner types it, and compares it with the right one."""

import ast
import math
import re
from collections.abc import Callable

from .language import in_language, say
from .numbers import plain, show

LONGEST = 100  # characters: nobody calculates more in one answer

_ALLOWED = re.compile(r"[-+*/(). \d]|(?<=[\d.])e(?=[-+]?\d)", re.IGNORECASE)
_AS_TYPED = str.maketrans({"−": "-", "–": "-", "×": "*", "·": "*", "÷": "/", "∞": "1e999"})
_SIGNS: dict[type[ast.AST], Callable[..., float]] = {
    ast.Add: lambda a, b: a + b,
    ast.Sub: lambda a, b: a - b,
    ast.Mult: lambda a, b: a * b,
    ast.Div: lambda a, b: a / b,
    ast.Pow: lambda a, b: a**b,
    ast.UAdd: lambda a: a,
    ast.USub: lambda a: -a,
}


class UnreadableError(ValueError):
    """An answer that is no number; its text says why, for the learner."""


def read(answer: str) -> float:
    """Return the number of an answer like "-3", "1/3" or "2*-3", or raise UnreadableError.

    A point is always read, and the decimal sign of the language besides.
    """
    text = answer.strip().lower().replace(in_language("."), ".")
    text = {"inf": "∞", "-inf": "-∞", "−inf": "-∞"}.get(text, text).translate(_AS_TYPED)
    if text == "nan":
        return math.nan
    if not text:
        raise UnreadableError(say("Type a number, such as −3, 0.5 or 2 * −3."))
    if "," in text:
        raise UnreadableError(say("Write a decimal number with a point: 0.5."))
    if "**" not in text and "^" in text:
        raise UnreadableError(say("Write a power as in Python: 2**3."))
    if len(text) > LONGEST:
        raise UnreadableError(say("This is too long for me. Type the number alone."))
    if wrong := _ALLOWED.sub("", text):
        raise UnreadableError(
            say("I can read numbers, + − * / ** and parentheses, but not “{wrong}”.", wrong=wrong)
        )
    return _compute(text)


def same(answer: float, right: float, slack: float = 0.0) -> bool:
    """Tell whether an answer is right: to 4 significant digits, or within a thousandth.

    `slack` is how far it may be off besides, where the right number is itself a sum rounded to 0.
    """
    if not math.isfinite(right) or not math.isfinite(answer):
        return answer == right or (answer != answer and right != right)
    return math.isclose(answer, right, rel_tol=1e-3, abs_tol=slack) or show(answer) == show(right)


def as_shown(x: float) -> float:
    """Return the number that a learner sees, and calculates with: 0.3333 for 1/3."""
    return float(plain(x).replace("−", "-").replace("∞", "inf"))


def _compute(text: str) -> float:
    try:
        number = _value(ast.parse(text, mode="eval").body)
    except ZeroDivisionError:
        raise UnreadableError(say("This divides by zero.")) from None
    except OverflowError:
        raise UnreadableError(say("This is a larger number than a float can hold.")) from None
    except (SyntaxError, ValueError, KeyError, RecursionError, MemoryError):
        raise UnreadableError(
            say("I cannot read this as a number. Is a sign or a bracket missing?")
        ) from None
    if isinstance(number, complex):  # (-8)**(1/3)
        raise UnreadableError(say("This is not a real number."))
    return number


def _value(node: ast.expr) -> float:
    match node:
        case ast.Constant(value=int() | float() as number):
            return float(number)
        case ast.UnaryOp(op, operand):
            return _SIGNS[type(op)](_value(operand))
        case ast.BinOp(left, op, right):
            return _SIGNS[type(op)](_value(left), _value(right))
    raise ValueError(node)
