"""How a number is written, in every figure, formula and sentence: this is the only place.

Figures show a few digits. A number that was shortened is announced with "≈" instead of "=". In code
there is always a point; what is shown has the decimal sign of the language.
"""

import math

from .language import with_decimal_sign

MINUS = "\u2212"  # the sign that is as wide as a digit; a hyphen isn't


def show(x: float, digits: int = 4) -> str:
    """Write a float with at most so many significant digits: -0.66666 is '−0.6667' in English."""
    return with_decimal_sign(plain(x, digits))


def plain(x: float, digits: int = 4) -> str:
    """Write a float like `show`, but with a point in each language: it can be read again."""
    if math.isnan(x):
        return "nan"
    sign = MINUS if math.copysign(1, x) < 0 else ""
    if math.isinf(x):
        return f"{sign}∞"
    return sign + _positive(abs(x), digits)


def equals(*shown: float, digits: int = 4) -> str:
    """Return the sign for an equation of these numbers: '=' where no digit was lost, else '≈'."""
    return "=" if all(is_exact(x, digits) for x in shown) else "≈"


def is_exact(x: float, digits: int = 4) -> bool:
    return not math.isfinite(x) or float(plain(x, digits).replace(MINUS, "-")) == x


def _positive(x: float, digits: int) -> str:
    if x == int(x) and x < 10 ** max(digits, 6):
        return str(int(x))
    mantissa, _, exponent = f"{x:.{digits}g}".partition("e")
    if not exponent:
        return mantissa
    power = str(int(exponent)).replace("-", MINUS)
    return f"{mantissa}e{power}"
