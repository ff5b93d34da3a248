"""`make quality`: writes docs/quality.md from what the suite, the robot and the long day have left.

They write into build/quality/: suite.xml (`make test`), robot.json and longday.json.
"""

import json
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple
from xml.etree import ElementTree

ROOT = Path(__file__).parents[1]
FOUND = ROOT / "build" / "quality"
FILE = ROOT / "docs" / "quality.md"
STORY = re.compile(r"\[(\w+)-(\w+)\]")
MODULES = {  # what a group of tests is about, by the end of its module's name
    "Accessibility": ("test_everybody", "test_alternatives", "test_course", "test_language"),
    "Faults of the network, of files and of the browser": (
        *(
            "test_loading",
            "test_start",
            "test_stop",
            "test_storage",
            "test_hosting",
            "test_bad_days",
        ),
        *("test_standin", "test_memory", "test_paper"),
    ),
    "Hostile input, and the policy": ("test_hostile", "test_policy", "test_address", "test_kernel"),
}
BEGIN = """\
# How well it holds

`make quality` has written this page from what `make test`, `make robot` and `make longday` found
when they last ran on one machine. What they found before is fixed, with tests of its own.
"""


class Case(NamedTuple):
    """A test that ran: its module, its name, and "passed", "failed" or "skipped"."""

    module: str
    name: str
    state: str


def main() -> None:
    FILE.write_text(document(FOUND), encoding="utf-8")
    print(FILE.relative_to(ROOT))


COLOURS = """\
## Colour is never alone

![The figures of a network and of a training, as people see them who see no red and green, and who
see no colour](colours.png)

Data and gradients have their names, negative weights are dashed, the two classes are circles and
diamonds, and a line stands between what is told to be the one and the other.
`make pictures` took these with the browser's own simulation of deuteranopia and achromatopsia.
"""


def document(found: Path) -> str:
    """Return the text of docs/quality.md; parts that have not run say what runs them."""
    suite, robot, day = found / "suite.xml", found / "robot.json", found / "longday.json"
    parts = [BEGIN]
    if suite.exists():
        ran = list(cases(suite.read_text(encoding="utf-8")))
        parts += [_totals(ran), _stories(ran), _groups(ran)]
    else:
        parts.append("The suite has not run: `make quality` runs it.\n")
    parts.append(_robot(json.loads(robot.read_text())) if robot.exists() else _not_run("robot"))
    parts.append(_day(json.loads(day.read_text())) if day.exists() else _not_run("longday"))
    return "\n".join([*parts, COLOURS])


def cases(junit: str) -> Iterator[Case]:
    """Yield what a file of JUnit's format tells."""
    for case in ElementTree.fromstring(junit).iter("testcase"):
        states = {child.tag for child in case}
        state = "failed" if states & {"failure", "error"} else "skipped" if states else "passed"
        yield Case(case.get("classname", "").rpartition(".")[2], case.get("name", ""), state)


def _totals(ran: list[Case]) -> str:
    count = Counter(case.state for case in ran)
    told = ", ".join(f"{count[state]:,} {state}" for state in ("passed", "failed", "skipped"))
    return f"{len(ran):,} tests: {told}.\n"


def _stories(ran: list[Case]) -> str:
    """Return a table: each story in each browser."""
    told: dict[str, dict[str, str]] = {}
    for case in ran:
        if case.module == "test_stories" and (found := STORY.search(case.name)):
            told.setdefault(found[2], {})[found[1]] = case.state
    engines = list(dict.fromkeys(engine for states in told.values() for engine in states))
    rows = [
        [story.replace("_", " "), *(states.get(x, "") for x in engines)]
        for story, states in told.items()
    ]
    return f"## Stories in browsers\n\n{_table(['story', *engines], rows)}"


def _groups(ran: list[Case]) -> str:
    groups = {
        name: [case for case in ran if case.module in modules] for name, modules in MODULES.items()
    }
    groups["of these with axe-core"] = [case for case in ran if "axe" in case.name]
    states = ["passed", "failed", "skipped"]
    rows = []
    for name, cases_of in groups.items():
        count = Counter(case.state for case in cases_of)
        rows.append([name, *(str(count[state]) for state in states)])
    return f"## What else is looked for\n\n{_table(['', *states], rows)}"


def _robot(told: Mapping[str, Any]) -> str:
    rows = [
        [
            *[
                str(run["seed"]),
                f"`{run['home']}`" if run["home"] else "the page",
                f"{run['seconds'] / 60:.1f}",
                str(run["actions"]),
            ],
            *[str(run["stops"]), run["fault"] or "none"],
        ]
        for run in told["runs"]
    ]
    names = ["seed", "where", "minutes", "actions", "checks at rest", "fault"]
    return f"## A robot that plays\n\n{_table(names, rows)}"


def _day(told: Mapping[str, Any]) -> str:
    """Return how much the page held at some times of the long day, and after the restarts."""
    day = told["day"]
    shown = [day[i * (len(day) - 1) // 5] for i in range(6)] if len(day) > 6 else day
    return (
        f"## A long day\n\n{_weights(shown)}\n"
        f"After {told['restarts']} more starts of Python:\n\n"
        f"{_weights(told['after_restarts'][-1:])}\n"
        f"Faults: {'; '.join(told['faults']) or 'none'}.\n"
    )


def _weights(weights: list[dict[str, float]]) -> str:
    keys = ["at", "heap", "nodes", "listeners", "workers", "python"]
    names = ["seconds", "heap, MB", "DOM nodes", "listeners", "workers", "Python's memory, MB"]
    return _table(names, [[f"{weight[key]:g}" for key in keys] for weight in weights])


def _table(names: list[str], rows: list[list[str]]) -> str:
    lines = [names, ["---"] * len(names), *rows]
    return "".join(f"| {' | '.join(cells)} |\n" for cells in lines)


def _not_run(target: str) -> str:
    return f"`make {target}` has not run.\n"


if __name__ == "__main__":
    main()
