"""Says what is wrong with a learner's code, in words, and where."""

import difflib
from types import CodeType
from typing import Any, NamedTuple


class Mistake(NamedTuple):
    """A sentence, and the place it speaks of: lines and columns count from 1, 0 means nowhere."""

    says: str
    line: int = 0
    column: int = 0
    end: int = 0

    def as_data(self, code: str) -> dict[str, Any]:
        """Return the mistake with the line it is in, cut into before, wrong and after."""
        lines = code.splitlines()
        text = lines[self.line - 1] if 0 < self.line <= len(lines) else ""
        start, end = max(self.column - 1, 0), max(self.end - 1, self.column)
        if not self.column:
            start, end = 0, len(text)
        return {
            "says": self.says,
            "line": self.line,
            "excerpt": [text[:start], text[start:end], text[end:]] if text else [],
        }


# What Python says of code it cannot read, and what we say.
_SYNTAX = {
    "was never closed": "A bracket is opened here and never closed.",
    "unmatched": "A bracket is closed here that was never opened.",
    "does not match": "This bracket closes another kind of bracket than was opened.",
    "invalid decimal literal": "A name and a number touch. Write a sign between them: 2*a.",
    "unterminated string": "A quotation mark is opened here and never closed.",
    "unexpected indent": "This line is indented, but nothing before it asks for that.",
    "expected an indented block": "The line after a colon has to be indented.",
    "cannot assign": "Only a name can stand left of a single =, as in L = a * b.",
    "invalid character": "Python does not know this character. Times is *, divided by is /.",
    "null bytes": "There is an invisible character in the code. Type it again.",
}


def explain_syntax(error: SyntaxError | ValueError, code: str) -> Mistake:
    """Explain why Python could not read the code."""
    message = str(getattr(error, "msg", error))
    says = next((words for key, words in _SYNTAX.items() if key in message), None)
    line = getattr(error, "lineno", 0) or 0
    column, end = getattr(error, "offset", 0) or 0, getattr(error, "end_offset", 0) or 0
    lines = code.splitlines()
    if 0 < line <= len(lines) and column > len(lines[line - 1]):
        says = says or "The line ends too early: something is missing after it."
        column = len(lines[line - 1]) or 0
    return Mistake(
        says or f"Python cannot read this: {message}.", line, column, max(end, column + 1)
    )


def explain(error: BaseException, code: str, names: dict[str, Any]) -> Mistake:
    """Explain an exception that the code raised while it ran."""
    line, column, end = _place(error)
    return Mistake(_in_words(error, names), line, column, end)


def _in_words(error: BaseException, names: dict[str, Any]) -> str:
    message = str(error)
    if isinstance(error, NameError):
        return _unknown_name(error, names)
    if isinstance(error, AttributeError) and getattr(error, "name", None):
        return _unknown_attribute(error)
    if isinstance(error, TypeError) and "^" in message:
        return "In Python, ^ is not a power. Write a**2."
    if isinstance(error, TypeError) and "not callable" in message:
        return "This is not a function. Write a sign before the bracket: a*(b + c)."
    if isinstance(error, KeyboardInterrupt):
        return "This ran for longer than 5 seconds, and was stopped."
    if isinstance(error, RecursionError):
        return "A function calls itself without end."
    if isinstance(error, MemoryError):
        return "This needs more memory than the browser has."
    return f"{type(error).__name__}: {message}" if message else type(error).__name__


def _unknown_name(error: NameError, names: dict[str, Any]) -> str:
    name = getattr(error, "name", None) or "This name"
    near = difflib.get_close_matches(name, [n for n in names if not n.startswith("__")], n=1)
    hint = f" Did you mean {near[0]}?" if near else ""
    return f"{name} has no value yet at this place.{hint}"


def _unknown_attribute(error: AttributeError) -> str:
    kind = type(error.obj).__name__
    near = difflib.get_close_matches(error.name or "", dir(error.obj), n=1)
    hint = f" Did you mean {near[0]}?" if near else ""
    return f"A {kind} has no {error.name}.{hint}"


def _place(error: BaseException) -> tuple[int, int, int]:
    """Return line, first and last column of the learner's code where an exception was raised."""
    place, traceback = (0, 0, 0), error.__traceback__
    while traceback:
        code = traceback.tb_frame.f_code
        if code.co_filename == "<cell>":
            place = _position(code, traceback.tb_lasti)
        traceback = traceback.tb_next
    return place


def _position(code: CodeType, instruction: int) -> tuple[int, int, int]:
    positions = list(code.co_positions())[instruction // 2]
    line, end_line, column, end = (number or 0 for number in positions)
    return line, column + 1, end + 1 if end_line == line else column + 2
