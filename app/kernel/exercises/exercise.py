"""An exercise: its task, its texts, its checks and its known wrong answers, read from a file."""

from collections.abc import Callable
from types import ModuleType
from typing import Any, NamedTuple

Names = dict[str, Any]  # what a learner's cells have defined
Check = Callable[[Names], str | None]


class Wrong(NamedTuple):
    """A wrong answer that people give, and the sentence that it has to get."""

    code: str
    says: str


class Exercise(NamedTuple):
    """What stands in a file of `app/lessons/exercises/`; `wrong` tells its answers by a name."""

    name: str
    title: str
    task: str
    start: str
    checks: tuple[Check, ...]
    hints: list[str]
    solution: str
    wrong: dict[str, Wrong]

    def as_data(self) -> dict[str, Any]:
        """Return what the page shows; the solution and the wrong answers stay here."""
        data = {key: getattr(self, key) for key in ("name", "title", "task", "start", "hints")}
        return {**data, "checks": [title(check) for check in self.checks]}


def read(module: ModuleType) -> Exercise:
    """Return the exercise in a module, or raise a `ValueError` that says what is missing there."""
    parts = vars(module)
    checks = tuple(parts[name] for name in parts if name.startswith("check_"))
    missing = [
        name for name in ("TASK", "START", "HINTS", "SOLUTION", "WRONG") if name not in parts
    ]
    missing += [] if checks else ["check_..."]
    missing += [f"docstring of {check.__name__}" for check in checks if not check.__doc__]
    if missing or not module.__doc__:
        raise ValueError(f"{module.__name__} has no {(missing or ['docstring'])[0]}")
    return Exercise(
        module.__name__.rpartition(".")[2],
        _first_sentence(module.__doc__),
        parts["TASK"],
        parts["START"],
        checks,
        parts["HINTS"],
        parts["SOLUTION"],
        parts["WRONG"],
    )


def title(check: Check) -> str:
    """Return what a check tries, such as "The gradient of a * a"."""
    return _first_sentence(check.__doc__ or "")


def _first_sentence(docstring: str) -> str:
    return docstring.partition("\n")[0].rstrip(".")
