"""Tries out an engine: every operation, every rule of backpropagation, number by number."""

from collections import Counter
from typing import Any, NamedTuple

from .failure import Failure, smallest
from .numbers import show
from .reproach import reproach
from .trials import TRIALS
from .tried import Row, Tried, try_out
from .verdict import missing, verdict

_DOZEN = 12  # trials with two operands and with one


class Report(NamedTuple):
    """All that was tried, the faults that explain what went wrong, and the smallest example.

    A fault is an operation ("*", "tanh", "number - a"), or one of "seed", "backward", "chain rule",
    "accumulation", "order", "second call" and "inner gradients".
    """

    tried: list[Tried]
    faults: tuple[str, ...]
    missing: tuple[str, ...]
    failure: Failure | None

    @property
    def passes(self) -> bool:
        """Tell whether every graph gets its right gradients, at least when it is used once."""
        return not any(row.state == "wrong" for row in self.rows)

    @property
    def rows(self) -> list[Row]:
        return [row for each in self.tried for row in each.rows]

    def as_data(self) -> dict[str, Any]:
        """Return the report as JSON can carry it, numbers as they are shown; without the traces."""
        counts = Counter(row.state for row in self.rows)
        return {
            "passes": self.passes,
            "faults": list(self.faults),
            "missing": list(self.missing),
            "counts": {state: counts[state] for state in ("right", "wrong", "once", "not there")},
            "rows": [_row(row, each.seed) for each in self.tried for row in each.rows],
            "smallest": self.failure and _smallest(self.failure),
        }


def check(value_class: type) -> Report:
    """Try out a class. A KeyboardInterrupt passes through, with a note that says where it hung."""
    tried = _try_all(value_class)
    faults = verdict(tried)
    failure = smallest(tried, faults, value_class)
    if failure and failure.row.trial.about == "chain rule":
        faults = tuple(failure.fault if fault == "chain rule" else fault for fault in faults)
    return Report(tried, faults, missing(tried), failure)


def _try_all(value_class: type) -> list[Tried]:
    """Run the trials, unless every one stops in `backward()`: after a dozen, that is clear."""
    tried: list[Tried] = []
    for trial in TRIALS:
        tried.append(try_out(trial, value_class))
        there = [each for each in tried if each.is_there]
        if len(there) == _DOZEN and all(map(_stops, there)):
            break
    return tried


def _stops(tried: Tried) -> bool:
    return tried.rows[0].stops_backward


def _row(row: Row, seed: float) -> dict[str, Any]:
    is_wrong = row.state in ("wrong", "once")
    return {
        "code": row.trial.spoken,
        "about": row.trial.about,
        "leaf": row.leaf,
        "calls": row.trial.calls,
        "expected": show(row.expected),
        "got": "" if row.got is None else show(row.got),
        "state": row.state,
        "line": row.line,
        "says": reproach(row.trial.about, row, seed, "") if is_wrong else "",
    }


def _smallest(failure: Failure) -> dict[str, Any]:
    return {
        "fault": failure.fault,
        "code": failure.row.trial.spoken,
        "program": failure.row.trial.program,
        "line": failure.row.line,
        "says": failure.says,
    }
