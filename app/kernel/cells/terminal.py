"""The terminal that a cell has not got: nobody types into it, and nobody can close it."""

from typing import NoReturn

from ..language import say


class NoKeyboardError(RuntimeError):
    """What `input()` raises. Its message is a sentence for the learner."""


def ask(*_: object) -> NoReturn:
    """Stand in for `input`; raise NoKeyboardError."""
    raise NoKeyboardError(
        say("input() cannot ask here: there is no keyboard. Write the answer into the code.")
    )


def leave(*_: object) -> NoReturn:
    """Stand in for `exit` and `quit`, which would close standard input for good."""
    raise SystemExit
