"""Builds MathML, the mathematics of HTML, from Python calls: `frac(name("a"), name("b"))`."""

import re

from .markup import escape
from .numbers import MINUS, show

_NEGATIVE = re.compile(rf"<mn[^>]*>{MINUS}")
ONE, TWO = "<mn>1</mn>", "<mn>2</mn>"


def math(*parts: str) -> str:
    """Return a whole formula, ready to stand in a page."""
    return f"<math>{row(*parts)}</math>"


def row(*parts: str) -> str:
    return f"<mrow>{''.join(parts)}</mrow>"


def name(text: str) -> str:
    return f"<mi>{escape(text)}</mi>"


def sign(text: str) -> str:
    return f"<mo>{escape(text)}</mo>"


def data(x: float) -> str:
    """A value: blue, as everywhere."""
    return _number(x, "data")


def grad(x: float) -> str:
    """A derivative: orange, as everywhere."""
    return _number(x, "grad")


def guarded(term: str) -> str:
    """Put a negative number in parentheses where it follows a sign, or is raised: 2 × (−3)."""
    return row(sign("("), term, sign(")")) if _NEGATIVE.match(term) else term


def frac(above: str, below: str) -> str:
    return f"<mfrac>{above}{below}</mfrac>"


def power(base: str, exponent: str) -> str:
    return f"<msup>{base}{exponent}</msup>"


def apply(function: str, argument: str) -> str:
    return row(f"<mi>{function}</mi>", "<mo>&#x2061;</mo>", sign("("), argument, sign(")"))


def partial(of: str, by: str) -> str:
    """The derivative of one thing by another: ∂c/∂a."""
    return frac(row(name("∂"), name(of)), row(name("∂"), name(by)))


def _number(x: float, meaning: str) -> str:
    return f'<mn class="{meaning}">{show(x)}</mn>'
