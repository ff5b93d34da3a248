"""How the operations of the engine are written in figures and in sentences."""

import re

_SIGNS = {"+": "+", "-": "−", "*": "×", "/": "÷", "**": "xʸ", "neg": "−x", "sigmoid": "σ"}


def symbol(op: str) -> str:
    """Return what stands in an operation's circle: '*' is '×', '**2' is 'x²', '**1e-05' is 'xʸ'."""
    if op in _SIGNS:
        return _SIGNS[op]
    if re.fullmatch(r"\*\*-?[\d.]+", op):
        return "x" + op[2:].translate(str.maketrans("0123456789-.", "⁰¹²³⁴⁵⁶⁷⁸⁹⁻·"))
    return _SIGNS["**"] if op.startswith("**") else op
