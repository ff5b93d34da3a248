"""Tells how deep code is nested before Python reads it: too deep, and the browser's stack ends."""

import tokenize
from io import StringIO

DEEPEST = 1000  # nested operations; a browser's stack ends at some 3,000, and Pyodide with it


def depth_of(code: str) -> int:
    """Return how deep the code is nested, or more: a + b + c is one sum inside another."""
    deepest, elifs = 0, 0
    nested = [0]  # for each open bracket, how deep the operations are since the last comma in it
    try:
        for token in tokenize.generate_tokens(StringIO(code).readline):
            elifs += token.string == "elif"  # one inside the other, over all lines
            if token.type == tokenize.NEWLINE:
                nested = [0]
            elif token.string == ",":
                nested[-1] = 0
            elif token.type == tokenize.OP and token.string in "([{":
                nested.append(1)
            elif token.type == tokenize.OP and token.string in ")]}" and len(nested) > 1:
                nested.pop()
                nested[-1] += 1
            elif token.type == tokenize.OP or token.string in ("not", "if", "lambda", "await"):
                nested[-1] += 1
            deepest = max(deepest, sum(nested))
    except (tokenize.TokenError, SyntaxError):  # Python will say what it cannot read
        pass
    return max(deepest, elifs)
