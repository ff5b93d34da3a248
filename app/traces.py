"""Writes static/traces/: what the stepped figures show where Python cannot run.

`python -m app.traces` asks the kernel what the page asks it first, with what stands in index.html,
and keeps of the answers all that static/stepping.js and static/standin.js need. A page loads such a
file only when one of its two Pythons has failed.
"""

import html
import json
import re
from pathlib import Path
from typing import Any

from app.first import INDEX, ask, question
from app.page.embed_parts import PARTS

FOLDER = INDEX.parent / "static" / "traces"
Told = dict[str, Any]


def main() -> None:
    FOLDER.mkdir(exist_ok=True)
    for name, text in files(INDEX.read_text(encoding="utf-8")).items():
        Path(FOLDER, name).write_text(text, encoding="utf-8")


def files(index: str) -> dict[str, str]:
    """Return the text of each file, for what stands in index.html."""
    told = {
        "operation": operation(index),
        "graph": graph(index),
        "backpropagation": backpropagation(index),
        "accidents": accidents(index),
    }
    hidden = {"hide": dict(PARTS)}
    return {f"{name}.json": _text(figure | hidden) for name, figure in told.items()}


def operation(index: str) -> Told:
    asked = question(index)
    answer = ask("operate", {**asked, "drawn": ""})
    trace = _trace(answer, answer["steps"]) | {
        "markup": {"formulas": "".join(f"<p>{formula}</p>" for formula in answer["formulas"])},
        "sources": [
            ["cell", "The cell that ran", answer["code"]],
            ["engine", "micrograd/engine.py", _engine()],
        ],
    }
    return _figure(answer["pictures"]["graph"]["narration"][_result(answer)], trace) | {
        "asked": {"operation": asked["op"], "values": asked["inputs"]}
    }


def _result(answer: Told) -> int:
    """Return the step of an operation whose sentence tells all of it: the last one forward."""
    return int(answer["forward_steps"]) - 1


def graph(index: str) -> Told:
    answer = _graph(index, "graph", "forward")
    return _typed(answer, _trace(answer, answer["steps"]))


def backpropagation(index: str) -> Told:
    answer = _graph(index, "backpropagation", "both")
    steps = [
        ask("chain_rule", {"figure": "backpropagation", "step": step})["stages"]
        for step in range(answer["steps"] + 1)
    ]
    stages = ["".join(f"<p>{stage}</p>" for stage in step) for step in steps]
    trace = _trace(answer, answer["forward_steps"]) | {
        "told": {"stages": stages},
        "sources": [["engine", "micrograd/engine.py", _engine()]],
    }
    return _typed(answer, trace)


def accidents(index: str) -> Told:
    names = re.findall(r'data-choice="accident" value="([^"]+)"', index)
    return {
        "says": "Python does not run here. Both runs are shown as they were computed when the "
        "page was built.",
        "choice": "accident",
        "traces": {name: _accident(ask("accident", {"name": name})) for name in names},
    }


def _accident(answer: Told) -> Told:
    mark, change = answer["mark"], answer["change"]
    steps = max(answer[side]["steps"] for side in ("right", "wrong"))
    in_the_end = [place for place in mark["in_the_end"] if place not in mark["places"]]
    says = [mark["says"] if step >= mark["step"] else "" for step in range(steps)]
    return {
        "shape": "",
        "steps": steps,
        "forward_steps": answer["right"]["forward_steps"],
        "step": steps,
        "pictures": answer["pictures"],
        "texts": {
            "says": answer["says"],
            "where": f"What is changed in the {change['where']}",
            "before": change["before"],
            "after": change["after"],
            "code": answer["code"],
        },
        "told_after": {"mark": [*map(html.escape, says), html.escape(mark["says_in_the_end"])]},
        "wrong": [
            *([place, mark["step"]] for place in mark["places"]),
            *([place, steps] for place in in_the_end),
        ],
    }


def _graph(index: str, name: str, passes: str) -> Told:
    """Ask for the figure of the code that stands in its field, with the numbers of the kernel."""
    figure = index.partition(f'data-figure="{name}"')[2].partition("</figure>")[0]
    code = html.unescape(figure.partition("<textarea")[2].partition(">")[2].partition("<")[0])
    return ask("graph", {"figure": name, "code": code, "values": {}, "passes": passes})


def _typed(answer: Told, trace: Told) -> Told:
    values = {leaf["name"]: leaf["value"] for leaf in answer["leaves"]}
    given = ", ".join(f"{name} = {value}" for name, value in values.items()).replace("-", "−")
    told = f"{answer['code']} with {given}"
    return _figure(told, trace) | {"asked": {"code": answer["code"], "values": values}}


def _figure(what: str, trace: Told) -> Told:
    """Say what is shown, also where an address asks for something else."""
    what = what.rstrip(".")
    return {
        "says": f"This is {what}, as it was computed when the page was built. "
        "To change it, Python has to run.",
        "instead": "What the address asks for needs Python. Instead, this is "
        f"{what}, as it was computed when the page was built.",
        "traces": {"": trace},
    }


def _trace(answer: Told, step: int) -> Told:
    """Return the steps of an answer; the figure stands behind `step` at first."""
    kept = {key: answer[key] for key in ("shape", "steps", "forward_steps")}
    return kept | {"step": step, "pictures": {"graph": answer["pictures"]["graph"]}}


def _engine() -> str:
    text: str = ask("engine_source", {})["engine"]["text"]
    return text


def _text(told: Told) -> str:
    return json.dumps(told, ensure_ascii=False, separators=(",", ":")) + "\n"


if __name__ == "__main__":
    main()
