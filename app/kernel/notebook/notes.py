"""What was noticed while a file was read, counted, and said in a sentence each."""

from dataclasses import dataclass

from ..language import counted, noted, say


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
        return tuple(_said(counts[name], *texts) for name, texts in _SAYS.items() if counts[name])


def _said(number: int, one: str, many: str) -> str:
    return say(one) if number == 1 else say(many, count=counted(number))


# What is said of one of them, and of many.
_SAYS = {
    "commands": (
        noted(
            "1 command of Jupyter, like %matplotlib or !pip, became a comment: there is Python "
            "alone on this page."
        ),
        noted(
            "{count} commands of Jupyter, like %matplotlib or !pip, became comments: there is "
            "Python alone on this page."
        ),
    ),
    "raw": (
        noted("1 raw cell became a text."),
        noted("{count} raw cells became texts."),
    ),
    "outputs": (
        noted("The outputs of 1 cell were left out. Run the cells to see them again."),
        noted("The outputs of {count} cells were left out. Run the cells to see them again."),
    ),
    "attachments": (
        noted("The pictures inside of 1 cell were left out."),
        noted("The pictures inside of {count} cells were left out."),
    ),
    "damaged": (
        noted("1 cell could not be read, and had to be left out."),
        noted("{count} cells could not be read, and had to be left out."),
    ),
}
