"""Says in words why Python stopped in a file of the learner's, and in which line."""

from types import TracebackType

from .language import say
from .mistake import TOO_DEEP, TOO_OFTEN, Mistake, explain, explain_syntax


def raised(error: BaseException, text: str, file: str) -> Mistake:
    """Explain an exception; its line is the last one that ran in `file`, whose text is given."""
    if isinstance(error, SyntaxError) and error.filename in (file, None):
        return explain_syntax(error, text)
    if isinstance(error, ValueError) and "null bytes" in str(error):
        return explain_syntax(error, text)
    line = _line_in(error.__traceback__, file)
    if isinstance(error, RecursionError) and line:
        return Mistake(say(TOO_OFTEN), line)
    if isinstance(error, RecursionError | MemoryError) and not line:
        return Mistake(say(TOO_DEEP))
    return Mistake(explain(error, text, {}).says, line)


def with_place(says: str, error: BaseException) -> str:
    """Add the line of a learner's engine.py in which Python stopped, if it was there."""
    line = _line_in(error.__traceback__, "learner/engine.py")
    if not line:
        return says
    if isinstance(error, RecursionError):
        says = say(TOO_OFTEN)
    end = "" if says.endswith((".", "?")) else "."
    return f"{says}{end} {say('This happened in line {line} of your engine.py.', line=line)}"


def _line_in(traceback: TracebackType | None, file: str) -> int:
    """Return the line, or 0 when nothing of the file was running."""
    line = 0
    while traceback:
        if traceback.tb_frame.f_code.co_filename == file:
            line = traceback.tb_lineno or 0
        traceback = traceback.tb_next
    return line
