"""What was noticed while a file was read, counted, and said in a sentence each."""

from collections.abc import Callable
from dataclasses import dataclass


@dataclass
class Counts:
    """How many commands there were, and how many cells with each of the other things."""

    commands: int = 0
    raw: int = 0
    outputs: int = 0
    attachments: int = 0
    damaged: int = 0

    def notes(self) -> tuple[str, ...]:
        counts = vars(self)
        return tuple(says(counts[name]) for name, says in _SAYS.items() if counts[name])


def _count(number: int, one: str) -> str:
    return f"1 {one}" if number == 1 else f"{number:,} {one}s"


_SAYS: dict[str, Callable[[int], str]] = {
    "commands": lambda n: (
        f"{_count(n, 'command')} of Jupyter, like %matplotlib or !pip, became "
        f"{'a comment' if n == 1 else 'comments'}: there is Python alone on this page."
    ),
    "raw": lambda n: f"{_count(n, 'raw cell')} became {'a text' if n == 1 else 'texts'}.",
    "outputs": lambda n: (
        f"The outputs of {_count(n, 'cell')} were left out. Run the cells to see them again."
    ),
    "attachments": lambda n: f"The pictures inside of {_count(n, 'cell')} were left out.",
    "damaged": lambda n: f"{_count(n, 'cell')} could not be read, and had to be left out.",
}
