"""The keyboard that a cell has not got: the kernel cannot wait for somebody to type."""

from typing import NoReturn


class NoKeyboardError(RuntimeError):
    """What `input()` raises. Its message is a sentence for the learner."""


def ask(*_: object) -> NoReturn:
    """Stand in for `input`; raise NoKeyboardError."""
    raise NoKeyboardError(
        "input() cannot ask here: there is no keyboard. Write the answer into the code."
    )
