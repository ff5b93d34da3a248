"""Says what is wrong with a learner's code, in words, and where."""

import difflib
import re
from types import CodeType
from typing import Any, NamedTuple

from .language import noted, say
from .misuse import explain_misuse


class Mistake(NamedTuple):
    """A sentence, and the place it speaks of: lines and columns count from 1, 0 means nowhere.

    `printed` is what the code printed before it went wrong.
    """

    says: str
    line: int = 0
    column: int = 0
    end: int = 0
    printed: str = ""

    def as_data(self, code: str) -> dict[str, Any]:
        """Return the mistake with the line it is in, cut into before, wrong and after."""
        text = _line(code, self.line)
        start, end = max(self.column - 1, 0), max(self.end - 1, self.column)
        if not self.column:
            start, end = 0, len(text)
        return {
            "says": self.says,
            "line": self.line,
            "excerpt": [text[:start], text[start:end], text[end:]] if text else [],
        }


TOO_DEEP = noted("This is nested too deep. Give its parts names, on lines of their own.")
TOO_OFTEN = noted("A function calls itself too often, or without end.")
_INVISIBLE = noted("There is an invisible character in the code. Type it again.")

# What Python says of code it cannot read, and what we say. The first that fits is said.
_SYNTAX = {
    "was never closed": noted("A bracket is opened here and never closed."),
    "unmatched": noted("A bracket is closed here that was never opened."),
    "unindent does not match": noted(
        "This line begins further left than the one above, but not where an earlier line does."
    ),
    "inconsistent use of tabs": noted(
        "Tabs and spaces are mixed before this line. Use spaces only."
    ),
    "does not match": noted("This bracket closes another kind of bracket than was opened."),
    "invalid decimal literal": noted("A name and a number touch. Write a sign between them: 2*a."),
    "unterminated": noted("A quotation mark is opened here and never closed."),
    "unexpected indent": noted("This line is indented, but nothing before it asks for that."),
    "expected an indented block": noted("The line after a colon has to be indented."),
    "cannot assign": noted("Only a name can stand left of a single =, as in L = a * b."),
    "invalid character": noted(
        "Python does not know this character. Minus is -, times *, divided by /."
    ),
    "non-printable": _INVISIBLE,
    "null bytes": _INVISIBLE,
    "surrogates": _INVISIBLE,
    "instead of '='": noted("A single = gives a name its value. To compare, write ==."),
    "expected ':'": noted("A colon is missing here."),
    "leading zeros": noted("A whole number cannot begin with a 0."),
    "limit": noted("This number has too many digits."),
    "too many nested": TOO_DEEP,
    "outside function": noted("This works in a function only, below a def."),
    "outside loop": noted("This works in a loop only."),
    "not properly in loop": noted("This works in a loop only."),
}
_UNEXPECTED = noted("Python cannot go on from here. Is a sign or a name missing, or one too many?")


def explain_syntax(error: SyntaxError | ValueError, code: str) -> Mistake:
    """Explain why Python could not read the code."""
    message = str(getattr(error, "msg", error))
    says = next((say(words) for key, words in _SYNTAX.items() if key in message), None)
    line = getattr(error, "lineno", 0) or 0
    column, end = getattr(error, "offset", 0) or 0, getattr(error, "end_offset", 0) or 0
    text = _line(code, line)
    if text and column > len(text):
        says = says or say("The line ends too early: something is missing after it.")
        column = len(text)
    if "invalid syntax" in message:
        says = says or say(_UNEXPECTED)
    says = says or say("Python cannot read this: {message}.", message=message.rstrip(".?"))
    return Mistake(says, line, column, max(end, column + 1))


def explain(error: BaseException, code: str, names: dict[str, Any]) -> Mistake:
    """Explain an exception that the code raised while it ran."""
    if isinstance(error, SyntaxError) and error.filename == "<cell>":
        return explain_syntax(error, code)
    line, column, end = _place(error, code)
    if isinstance(error, RecursionError | MemoryError) and not line:
        return Mistake(say(TOO_DEEP))  # it was not run, it could not be compiled
    return Mistake(_in_words(error, names), line, column, end)


def _in_words(error: BaseException, names: dict[str, Any]) -> str:
    message = str(error)
    if isinstance(error, NameError):
        return _unknown_name(error, names)
    if isinstance(error, AttributeError) and (found := re.match(_NO_ATTRIBUTE, message)):
        return _unknown_attribute(error, *found.groups())
    if isinstance(error, TypeError) and (says := explain_misuse(message, names)):
        return says
    if isinstance(error, KeyboardInterrupt):
        return say("This ran for longer than 5 seconds, and was stopped.")
    if isinstance(error, RecursionError):
        return say(TOO_OFTEN)
    if isinstance(error, SystemExit):
        return say("This would end Python, and the page with it.")
    if isinstance(error, MemoryError) or "index-sized" in message:  # as a 32-bit Python says it
        return say("This needs more memory than the browser has.")
    return f"{type(error).__name__}: {message}" if message else type(error).__name__


def _unknown_name(error: NameError, names: dict[str, Any]) -> str:
    quoted = re.search("'(.+?)'", str(error))  # in a function, the error has no `name`
    name = error.name or (quoted[1] if quoted else say("This name"))
    others = [other for other in names if not other.startswith("__") and other != name]
    return say("{name} has no value yet at this place.", name=name) + _meant(name, others)


_NO_ATTRIBUTE = "'(.+?)' object has no attribute '(.+?)'"


def _unknown_attribute(error: AttributeError, kind: str, name: str) -> str:
    if kind == "NoneType":
        says = say("None has no {name}.", name=name)
    elif kind[0] in "aeiouAEIOU":
        says = say("An {kind} has no {name}.", kind=kind, name=name)
    else:
        says = say("A {kind} has no {name}.", kind=kind, name=name)
    return says + _meant(name, dir(error.obj))


def _meant(name: str, others: list[str]) -> str:
    near = difflib.get_close_matches(name, others, n=1)
    return f" {say('Did you mean {name}?', name=near[0])}" if near else ""


def _place(error: BaseException, code: str) -> tuple[int, int, int]:
    """Return line, first and last column of the learner's code where an exception was raised."""
    place, traceback = (0, 0, 0), error.__traceback__
    while traceback:
        running = traceback.tb_frame.f_code
        if running.co_filename == "<cell>":
            place = _position(running, traceback.tb_lasti, code)
        traceback = traceback.tb_next
    return place


def _position(running: CodeType, instruction: int, code: str) -> tuple[int, int, int]:
    """Python counts columns in bytes, of which an umlaut has two."""
    positions = list(running.co_positions())[instruction // 2]
    line, end_line, *columns = (number or 0 for number in positions)
    text = _line(code, line).encode()
    column, end = (len(text[:byte].decode(errors="ignore")) for byte in columns)
    return line, column + 1, end + 1 if end_line == line else column + 2


def _line(code: str, number: int) -> str:
    """Return a line as Python counts them; an empty text for a line that is not there."""
    lines = re.split("\r\n|\r|\n", code)
    return lines[number - 1] if 0 < number <= len(lines) else ""
