"""The exercises of the lessons in a notebook: each answer is tried out, with the page's words."""

from ..kernel.exercises.checking import check as try_out
from ..kernel.exercises.collection import EXERCISES
from ..kernel.exercises.exercise import Exercise

_given: dict[str, int] = {}  # how many hints, by the exercise


def check(name: str) -> None:
    """Try out what the notebook has defined for an exercise, and print what is said about it."""
    from IPython import get_ipython

    exercise = _exercise(name)
    names = {key: x for key, x in get_ipython().user_ns.items() if not key.startswith("_")}
    print(try_out(exercise, names).says)


def hint(name: str) -> None:
    """Print the next hint of an exercise; after the last one, a way to solve it."""
    exercise = _exercise(name)
    given = _given[name] = _given.get(name, 0) + 1
    print(*[*exercise.hints, f"One way:\n\n{exercise.solution}"][given - 1 : given], sep="\n")


def _exercise(name: str) -> Exercise:
    if name not in EXERCISES:
        raise ValueError(f"there is no exercise {name!r}: there is {', '.join(EXERCISES)}")
    return EXERCISES[name]
