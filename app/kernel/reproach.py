"""What an engine does wrong, in a sentence for somebody who has just written it."""

from .numbers import MINUS, equals, show
from .tried import Row

_SIGNS = {"+": "+", "-": MINUS, "*": "×", "/": "÷", "neg": MINUS, "": "node"}


def reproach(fault: str, row: Row, seed: float, op: str) -> str:
    """Say what is wrong in a row; `op` is the operation that passed the wrong number on, or ""."""
    if row.problem:
        return row.problem if row.got is None else f"{row.trial.spoken}: {row.problem}"
    if not row.leaf:
        right, got = show(row.expected), show(row.got or 0.0)
        return f"{row.trial.spoken}: the result should be {right}, but the engine computed {got}."
    if fault == "seed":
        return (
            f"{row.trial.spoken}: the output changes exactly as fast as itself, so its gradient "
            f"has to start at 1. In this engine it is {show(seed)}."
        )
    return _SAYS.get(fault, _derivative)(row, op)


def _derivative(row: Row, op: str) -> str:
    expected, got = _numbers(row)
    formula = row.trial.slopes.get(row.leaf, "")
    if formula not in ("", expected):
        expected = f"{formula} {equals(row.expected)} {expected}"
    return (
        f"{row.trial.spoken}: the derivative by {row.leaf} should be {expected}, "
        f"but the engine passed {got} on."
    )


def _chain_rule(row: Row, op: str) -> str:
    if not op:
        return f"{_compared(row)} What comes to a node has to go on to its operands, to the leaves."
    return (
        f"{_compared(row)} {_the(op)} has to multiply its derivative by the gradient that "
        "comes to it, and pass on the product."
    )


def _accumulation(row: Row, op: str) -> str:
    return (
        f"{_compared(row)} What comes to {row.leaf} on several ways has to be added, += and not =."
    )


def _order(row: Row, op: str) -> str:
    return (
        f"{_compared(row)} {_the(op)} passed its gradient on too early: a node has to wait "
        "until all that use it have added theirs."
    )


def _second_call(row: Row, op: str) -> str:
    return (
        f"{_compared(row, 'after two calls of backward() ')} Leaves add up what each call brings, "
        "until somebody sets them to 0."
    )


def _inner_gradients(row: Row, op: str) -> str:
    return (
        f"{_compared(row, 'after two calls of backward() ')} The gradients in between still had "
        "what the first call left there. The lecture's engine does so, too: with it, "
        "call backward() once for each graph."
    )


_SAYS = {
    "chain rule": _chain_rule,
    "accumulation": _accumulation,
    "order": _order,
    "second call": _second_call,
    "inner gradients": _inner_gradients,
}


def _compared(row: Row, when: str = "") -> str:
    expected, got = _numbers(row)
    return (
        f"{row.trial.spoken}: {when}the gradient of {row.leaf} should be {expected}, "
        f"but the engine has {got}."
    )


def _numbers(row: Row) -> tuple[str, str]:
    return show(row.expected), show(row.got or 0.0)


def _the(op: str) -> str:
    """Name the operation at the beginning of a sentence."""
    sign = _SIGNS.get(op, op)
    return op if sign.isalpha() and op else f"The {sign}"
