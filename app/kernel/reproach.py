"""What an engine does wrong, in a sentence for somebody who has just written it."""

from .language import noted, say, with_decimal_sign
from .numbers import MINUS, equals, plain, show
from .tried import Row

_SIGNS = {"+": "+", "-": MINUS, "*": "×", "/": "÷", "neg": MINUS}


def reproach(fault: str, row: Row, seed: float, op: str) -> str:
    """Say what is wrong in a row; `op` is the operation that passed the wrong number on, or ""."""
    if row.problem:
        return row.problem if row.got is None else f"{row.trial.spoken}: {row.problem}"
    if not row.leaf:
        return say(
            "{code}: the result should be {right}, but the engine computed {got}.",
            code=row.trial.spoken,
            right=show(row.expected),
            got=show(row.got or 0.0),
        )
    if fault == "seed":
        return say(
            "{code}: the output changes exactly as fast as itself, so its gradient has to start "
            "at 1. In this engine it is {seed}.",
            code=row.trial.spoken,
            seed=show(seed),
        )
    return _SAYS.get(fault, _derivative)(row, op)


def _derivative(row: Row, op: str) -> str:
    expected = show(row.expected)
    formula = row.trial.slopes.get(row.leaf, "")
    if formula not in ("", plain(row.expected)):
        expected = f"{with_decimal_sign(formula)} {equals(row.expected)} {expected}"
    return _beside(
        row,
        noted(
            "{code}: the derivative by {leaf} should be {expected}, but the engine passed {got} on."
        ),
        expected,
    )


def _chain_rule(row: Row, op: str) -> str:
    if op:
        says = say(
            "{operation} has to multiply its derivative by the gradient that comes to it, and "
            "pass on the product.",
            operation=_the(op),
        )
    else:
        says = say("What comes to a node has to go on to its operands, to the leaves.")
    return f"{_compared(row)} {says}"


def _accumulation(row: Row, op: str) -> str:
    says = say("What comes to {leaf} on several ways has to be added, += and not =.", leaf=row.leaf)
    return f"{_compared(row)} {says}"


def _order(row: Row, op: str) -> str:
    says = say(
        "{operation} passed its gradient on too early: a node has to wait until all that use it "
        "have added theirs.",
        operation=_the(op),
    )
    return f"{_compared(row)} {says}"


def _second_call(row: Row, op: str) -> str:
    says = say("Leaves add up what each call brings, until somebody sets them to 0.")
    return f"{_compared_after_two(row)} {says}"


def _inner_gradients(row: Row, op: str) -> str:
    says = say(
        "The gradients in between still had what the first call left there. The lecture's engine "
        "does so, too: with it, call backward() once for each graph."
    )
    return f"{_compared_after_two(row)} {says}"


_SAYS = {
    "chain rule": _chain_rule,
    "accumulation": _accumulation,
    "order": _order,
    "second call": _second_call,
    "inner gradients": _inner_gradients,
}


def _compared(row: Row) -> str:
    return _beside(
        row, noted("{code}: the gradient of {leaf} should be {expected}, but the engine has {got}.")
    )


def _compared_after_two(row: Row) -> str:
    return _beside(
        row,
        noted(
            "{code}: after two calls of backward() the gradient of {leaf} should be {expected}, "
            "but the engine has {got}."
        ),
    )


def _beside(row: Row, text: str, expected: str = "") -> str:
    """Say a text about the number that should be there, and the one that is."""
    names = {"code": row.trial.spoken, "leaf": row.leaf, "got": show(row.got or 0.0)}
    return say(text, expected=expected or show(row.expected), **names)


def _the(op: str) -> str:
    """Name the operation at the beginning of a sentence."""
    sign = _SIGNS.get(op, op)
    if not sign:
        return say("The node")
    return sign if sign.isalpha() else say("The {sign}", sign=sign)
