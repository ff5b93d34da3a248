"""The gradient check as the page shows it: what is wrong, every number, the smallest example."""

from contextlib import redirect_stdout
from typing import Any

from .drawing import edge_place, node_place
from .failure import Failure, Wrong
from .figure import figure
from .gradient_check import Report, check
from .language import noted, say
from .names import names
from .numbers import show
from .printed import Printed
from .recorded import value_class
from .recorder import Trace
from .steps import steps
from .trials import OPERATIONS

_WORST_FIRST = ("wrong", "once", "not there", "right")
_COUNTED = {
    "right": noted("{n} right"),
    "wrong": noted("{n} wrong"),
    "not there": noted("{n} not there"),
    "once": noted("{n} wrong the second time"),
}
_VERDICTS = {
    "right": noted("✓ right"),
    "wrong": noted("✗ wrong"),
    "once": noted("✗ wrong the second time"),
    "not there": noted("– not there"),
}


def check_gradients() -> dict[str, Any]:
    """Try out the engine in force; `right` and `wrong` are figures of the smallest failure, if any.

    Rows are lists of texts, in the order of the table's columns, the worst first.
    """
    try:
        with redirect_stdout(Printed()):  # of a hundred graphs, nobody could tell which
            report = check(value_class())
    except KeyboardInterrupt as error:
        note = " ".join(getattr(error, "__notes__", []))
        note = note or say("The engine did not come to an end.")
        nothing: dict[str, Any] = {"counts": "", "wrong_rows": 0, "rows": [], "mark": None}
        return {"passes": "no", "says": f"{note} {say('It was stopped.')}", **nothing}
    data = report.as_data()
    rows = sorted(data["rows"], key=lambda row: _WORST_FIRST.index(row["state"]))
    answer = {
        "passes": "no" if not report.passes else "partly" if report.faults else "yes",
        "says": _says(report),
        "counts": _counts(data["counts"]),
        "wrong_rows": sum(row["state"] != "right" for row in rows),
        "rows": [[row["state"], *_cells(row)] for row in rows],
        "mark": None,
    }
    return {**answer, **_pair(report.failure)} if report.failure else answer


def _says(report: Report) -> str:
    """Say in a few sentences what the check has found."""
    if not report.faults:
        found = say("Every number is right.")
    elif report.passes:
        found = say("Every gradient is right when backward() is called once for each graph.")
    else:
        found = say("Wrong: {faults}.", faults=", ".join(map(_named, report.faults)))
    example = f" {_told(report.failure)}" if report.failure else ""
    if not report.missing:
        return found + example
    missing = say("Not there: {operations}.", operations=", ".join(map(say, report.missing)))
    return f"{found}{example} {missing}"


def _told(failure: Failure) -> str:
    says, line = failure.says, failure.row.line
    end = "" if says.endswith((".", "?")) else "."
    if not line:
        return says + end
    return f"{says}{end} {say('This happened in line {line} of engine.py.', line=line)}"


def _named(fault: str) -> str:
    """Name a fault: of an operation that is a sign, a sentence says that it is one."""
    is_sign = fault in OPERATIONS and not any(x.isalpha() for x in fault)
    return say("the operation {sign}", sign=fault) if is_sign else say(fault)


def _counts(counts: dict[str, int]) -> str:
    return (
        ", ".join(say(says, n=counts[key]) for key, says in _COUNTED.items() if counts[key]) + "."
    )


def _cells(row: dict[str, Any]) -> list[str]:
    """Write a row: expression, what it tries, derivative by, expected, got, verdict."""
    code, calls = row["code"], row["calls"]
    if calls > 1:
        code = say("{code}, backward() called {calls} times", code=code, calls=calls)
    is_there = row["state"] != "not there"
    got = row["got"] or (say("no number") if is_there else "")
    by = row["leaf"] or (say("(the result)") if row["got"] else "")
    return [
        code,
        say(row["about"]),
        by,
        row["expected"] if is_there else "",
        got,
        say(_VERDICTS[row["state"]]),
    ]


def _pair(failure: Failure) -> dict[str, Any]:
    """Return both figures of a failure and its mark; without a trace, the program alone."""
    program = failure.row.trial.program
    if not failure.trace["nodes"]:
        return {"code": program}
    title = failure.row.trial.spoken
    return {
        "code": program,
        "right": figure(failure.right, say("{title}: as it should be", title=title)),
        "wrong": figure(failure.trace, say("{title}: with your engine", title=title)),
        "mark": _mark(failure),
    }


def _mark(failure: Failure) -> dict[str, Any]:
    """Say where the first wrong number is, from which step on, and what is wrong in the end."""
    found, trace = failure.first_wrong, failure.trace
    if found is None:
        says = say("It stopped here.") if failure.row.got is None else ""
        return {"places": [], "step": 0, "says": says, "says_in_the_end": says, "in_the_end": []}
    place = f"{node_place(found.node)} .{found.what}"
    says = say(
        "{name}: {wrong} should be {right}.",
        name=names(trace)[found.node],
        wrong=show(found.wrong),
        right=show(found.right),
    )
    return {
        "places": [place, *_edge(found, trace)],
        "step": _step(found, trace),
        "says": says,
        "says_in_the_end": says,
        "in_the_end": [],
    }


def _edge(found: Wrong, trace: Trace) -> list[str]:
    """Return the edge along which the wrong gradient came."""
    if found.sender is None or found.step is None:
        return []
    slots = [i for i, x in enumerate(trace["nodes"][found.sender]["operands"]) if x == found.node]
    slot = trace["backward"][found.step]["slot"]
    slots = [slot] if slot in slots else slots[:1]
    return [edge_place(found.node, found.sender, slot) for slot in slots]


def _step(found: Wrong, trace: Trace) -> int:
    """Return the step behind which the wrong number is there."""
    for i, (is_forward, number, event) in enumerate(steps(trace), 1):
        if found.what == "data" and is_forward and event["node"] == found.node:
            return i
        if found.what == "grad" and not is_forward and number == found.step:
            return i
    return len(steps(trace))
