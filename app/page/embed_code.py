"""Tells code that only computes with values from code that a reader has to see before it runs.

Who types code runs it. Code that comes with an address was chosen by somebody else, and a figure
runs it at once; so it may only be what a figure is about: lines of names, numbers, operations.
"""

FUNCTIONS = ("Value", "tanh", "relu", "exp", "log", "sigmoid")
METHODS = ("tanh", "relu", "exp", "log", "sigmoid", "backward")
WORD = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ_"
DIGITS = "0123456789"
SIGNS = ("+", "-", "*", "/", "(", ")", ",", "=", "\n")
LONGEST = 2000  # characters


def only_computes(code):
    """Tell whether code is nothing but lines such as `L = (a*b + c) * tanh(f)`."""
    tokens = tokens_of(code) if len(code) <= LONGEST else None
    if tokens is None:
        return False
    depth = 0
    for before, token, after in zip(["\n"] + tokens, tokens, tokens[1:] + ["\n"]):
        depth += {"(": 1, ")": -1}.get(token, 0)
        is_broken = depth > 0 and token == "\n"  # what follows could be a call of what came before
        if is_broken or not is_harmless(before, token, after):
            return False
    return True


def is_harmless(before, token, after):
    """Tell whether a token may stand between its neighbours.

    Only a known function or method is called, and no name of one is given to something else.
    """
    if token == "(":
        return before in FUNCTIONS or before[:1] == "." or (before in SIGNS and before != ")")
    if token[0] == "." and token[1:2] in WORD:
        return token[1:] in METHODS and after == "("
    if token in FUNCTIONS:
        return after == "("
    if token[:1] in WORD:
        return "__" not in token and not is_word_or_number(before)
    return True


def is_word_or_number(token):
    return token[0] in WORD + DIGITS or (token[0] == "." and token[1:2] in DIGITS)


def tokens_of(code):
    """Split code into names, numbers, methods with their dot, and signs; None if there is else."""
    tokens = []
    rest = code
    while rest:
        token = first_token(rest)
        if token == "":
            return None
        if token[0] not in " #":
            tokens.append(token)
        rest = rest[len(token) :]
    return tokens


def first_token(text):
    """Return what a text begins with; nothing where that is none of what there may be."""
    c = text[0]
    if c == " ":
        return c
    if c == "#":
        return text.split("\n")[0]
    if c in WORD:
        return run_of(text, WORD + DIGITS)
    if c in DIGITS or (c == "." and text[1:2] and text[1] in DIGITS):
        return number(text)
    if c == "." and text[1:2] and text[1] in WORD:
        return "." + run_of(text[1:], WORD + DIGITS)
    return c if c in SIGNS else ""


def run_of(text, characters):
    """Return the longest beginning of a text that is made of these characters."""
    end = 0
    while end < len(text) and text[end] in characters:
        end += 1
    return text[:end]


def number(text):
    """Return the number that a text begins with, such as 2, .5 or 1e-3."""
    end = len(run_of(text, DIGITS + "."))
    if text[end : end + 1] in ("e", "E"):
        sign = end + 1 if text[end + 1 : end + 2] not in ("+", "-") else end + 2
        digits = len(run_of(text[sign:], DIGITS))
        end = sign + digits if digits else end
    return text[:end]
