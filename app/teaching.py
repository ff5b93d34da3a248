"""Writes docs/teaching.md, the page for teachers, from the lessons and exercises: `make lessons`."""

import math
import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from app.course import LESSONS, read, titles
from app.kernel.exercises.collection import EXERCISES
from app.kernel.exercises.exercise import Exercise

FILE = Path(__file__).parents[1] / "docs" / "teaching.md"
# How long things take, in minutes; words are those that are read in one.
WORDS, QUESTION, FIGURE, CELL, EXERCISE = 180, 1, 4, 1, 8

_MARKUP = re.compile(r"</?\w+[^>]*>|\]\(term:[\w-]+\)|\[(?=[^]]*\]\(term:)")


class Figure(NamedTuple):
    """A figure: its anchor in the page, what it is for, and the attributes that embed it."""

    anchor: str
    shows: str
    attributes: str


FIGURES = [
    Figure(
        "operation-figure",
        "one operation, forward and backward, with its local derivatives",
        'section="operations" operation="tanh" values="a=0.5"',
    ),
    Figure(
        "nudge-figure",
        "a push of h, the measured quotient, and the tangent",
        'section="nudge" operation="*"',
    ),
    Figure(
        "graph-figure",
        "the graph of any expression, built up node by node",
        'section="graph" code="L = (a*b + c) * f"',
    ),
    Figure(
        "backpropagation-figure",
        "the way back, one contribution at a time; predict the number, or choose the node",
        'section="backpropagation" code="L = (a*b + c) * f" autoplay',
    ),
    Figure(
        "accidents-figure",
        "a fault of an engine or a training loop beside what is right",
        'section="accidents" accident="overwrite"',
    ),
    Figure(
        "network-figure",
        "a network with every number of one sample, and the scalar graph of a neuron",
        'section="networks"',
    ),
    Figure(
        "training-figure",
        "a network that learns, with the gradient of every weight",
        'section="training"',
    ),
    Figure("check-figure", "every derivative of the engine, compared", 'section="check"'),
    Figure(
        "workbench",
        "a cell with Python of yours, which learners change and run",
        'section="workbench" code="a = Value(2.0)&#10;a * a"',
    ),
]

BEGIN = """\
# For teachers

`make lessons` has written this page from the files in `app/lessons/`. Every address in it is an anchor that
stays: put it behind the address of your copy of the page.

- **In class**: each lesson begins with a question. Let everybody commit to an answer, then open it, and let
  the figure show it. The arrow keys step through a figure, which helps at a projector.
- **As homework**: an exercise checks itself, answers wrong answers with the learner's own numbers, and gives
  hints one at a time. What a learner writes stays in their browser; they hand it in as `.py`, as `.ipynb` or as
  a link, all of which the page makes.
- **In your own pages**: the button "Embed" below a figure makes the snippet from how the figure stands. The
  attribute `hide` leaves controls out; [embedding.md](embedding.md) lists all attributes, and the events by
  which a page can grade.
- **Changed**: a lesson is one file that any Python runs. Edit it, run `make lessons`, then `make site`.
- **Licence**: MIT, for the text as for the code. Keep the notice, and do with it what you like.
"""


def main() -> None:
    FILE.write_text(document(), encoding="utf-8")


def document() -> str:
    """Return the text of docs/teaching.md."""
    parts = [
        BEGIN,
        "## The lessons\n",
        f"The times are estimates: {WORDS} words a minute, {QUESTION} minute for a question, {FIGURE} for a figure, "
        f"{CELL} for a cell, {EXERCISE} for an exercise.\n",
        *map(_lesson, LESSONS),
        "## The figures\n",
        "Load `embed.js` once in a page; [embedding.md](embedding.md) says how.\n",
        *map(_figure, FIGURES),
        "## The exercises\n",
        "With what people get wrong, and what the page answers: tests hold it to that.\n",
        *_exercises(),
    ]
    return "\n".join(parts).rstrip("\n") + "\n"


def minutes(lesson: str) -> tuple[int, int]:
    """Return about how long a lesson takes without its exercises, and with them."""
    cells = read(lesson)
    prose = [cell for cell in cells if not cell.is_code]
    words = sum(len(_plain(cell.text).split()) for cell in prose)
    asked = sum(cell.marks.get("kind") == "question" for cell in prose)
    figures = sum("figure" in cell.marks for cell in prose)
    exercises = sum("exercise" in cell.marks for cell in cells)
    run = sum(cell.is_code for cell in cells) - exercises
    alone = math.ceil(words / WORDS + asked * QUESTION + figures * FIGURE + run * CELL)
    return alone, alone + exercises * EXERCISE


def questions(lesson: str) -> Iterator[str]:
    """Return what a lesson asks before it shows."""
    for cell in read(lesson):
        if cell.marks.get("kind") == "question":
            yield _plain(" ".join(cell.text.partition("\n\n")[0].split()))


def _lesson(lesson: str) -> str:
    (_, title), *others = titles(lesson)
    alone, all_of_it = minutes(lesson)
    time = f"- Time: {alone} minutes" + (
        f", {all_of_it} with the exercises" if all_of_it > alone else ""
    )
    lines = [f"### `#{lesson}` {title}\n", time]
    lines += [f"- To commit to: {question}" for question in questions(lesson)]
    lines += [f"- `#{anchor}` {text}" for anchor, text in others]
    return "\n".join(lines) + "\n"


def _figure(figure: Figure) -> str:
    snippet = f"<micrograd-explainer {figure.attributes}></micrograd-explainer>"
    return f"`#{figure.anchor}` {figure.shows}\n\n```html\n{snippet}\n```\n"


def _exercises() -> Iterator[str]:
    for lesson in LESSONS:
        for cell in read(lesson):
            if name := cell.marks.get("exercise"):
                yield _exercise(cell.marks["cell"], EXERCISES[name])


def _exercise(anchor: str, exercise: Exercise) -> str:
    lines = [f"### `#{anchor}` {exercise.title}\n", f"{exercise.task} About {EXERCISE} minutes.\n"]
    lines += [f"- *{_literal(name)}*: {wrong.says}" for name, wrong in exercise.wrong.items()]
    return "\n".join(lines) + "\n"


def _literal(text: str) -> str:
    """Return a text that Markdown shows as it is."""
    return text.replace("*", r"\*")


def _plain(markdown: str) -> str:
    """Return Markdown without HTML and without marks of terms, which another page does not know."""
    return _MARKUP.sub("", markdown)


if __name__ == "__main__":
    main()
