"""A number of the learner's beside the right one."""

from collections.abc import Mapping

from ..language import say
from ..numbers import equals, plain

# A formula that is written in another way is off by some 1e-16 for each operation, so by less than
# 1e-12 in an exercise. A difference quotient is off by 1e-6 or more where h is 1e-6, and a slip in
# a formula by more than 1e-3.
TOLERANCE = 1e-9


def compare(
    what: str, got: float, right: float, formula: str = "", known: Mapping[float, str] | None = None
) -> str | None:
    """Return None if the number is right, else a sentence with both: "a.grad is 2, it should …".

    `formula` says how the right one is computed. `known` has a sentence for each wrong number that
    is no accident; it is added to ours.
    """
    if same(got, right):
        return None
    shown, should = written(got, right)
    sign = equals(right) if plain(right) == should else "="
    should = should if formula in ("", should) else f"{formula} {sign} {should}"
    meant = next((says for number, says in (known or {}).items() if same(got, number)), "")
    says = say("{what} is {shown}, it should be {should}.", what=what, shown=shown, should=should)
    return f"{says} {meant}".rstrip()


def same(got: float, right: float) -> bool:
    """Tell whether two numbers differ by rounding only."""
    return got == right or abs(got - right) <= TOLERANCE * max(1.0, abs(right))


def written(got: float, right: float) -> tuple[str, str]:
    """Write two different numbers with so many digits that they look different."""
    pairs = [(plain(got, digits), plain(right, digits)) for digits in (4, 7, 10, 17)]
    return next((pair for pair in pairs if pair[0] != pair[1]), pairs[-1])
