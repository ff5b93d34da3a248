"""Writes the first figure into index.html, so that it is there before any Python has started.

`python -m app.first` asks the kernel what the page will ask it, with the numbers that stand in
index.html, and puts the answer between marks: the figure as it is after its last step, and the
trace, by which static/stepping.js steps through it.
"""

import html
import json
import re
from pathlib import Path
from typing import Any

from app.kernel.main import handle
from app.notebook.still import with_numbers
from app.places import filled

INDEX = Path(__file__).parents[1] / "index.html"


def main() -> None:
    INDEX.write_text(with_first_figure(INDEX.read_text(encoding="utf-8")), encoding="utf-8")


def with_first_figure(index: str) -> str:
    """Return the text of index.html with the first figure in it, in place of any before."""
    return filled(index, "first", parts(index))


def parts(index: str) -> dict[str, str]:
    """Return the markup of each part of the figure, for the numbers that stand in index.html."""
    answer = ask("operate", {**question(index), "drawn": ""})
    engine = ask("engine_source", {})["engine"]["text"]
    graph = answer["pictures"]["graph"]
    svg, last = graph.pop("svg"), graph["lines"][-1]
    return {
        "graph": with_numbers(svg, graph["numbers"]),
        "narration": html.escape(graph["narration"][-1], quote=False),
        "cell": _lines("The cell that ran", answer["code"], last["cell"]),
        "engine": _lines("micrograd/engine.py", engine, last["engine"]),
        "formulas": "".join(f"<p>{formula}</p>" for formula in answer["formulas"]),
        "trace": _data(
            {key: answer[key] for key in ("shape", "steps", "forward_steps")}
            | {"pictures": {"graph": graph}}
        ),
    }


def ask(method: str, request: dict[str, Any]) -> dict[str, Any]:
    """Call the kernel as the page does."""
    answer: dict[str, Any] = json.loads(handle(method, json.dumps(request)))
    return answer


def question(index: str) -> dict[str, Any]:
    """Read from the figure's fields what it will ask the kernel."""
    figure = index.partition('data-figure="operation"')[2].partition("</figure>")[0]
    fields = [dict(re.findall(r'([\w-]+)="([^"]*)"', tag)) for tag in _inputs(figure)]
    chosen = re.search(r'data-choice="operation" value="([^"]+)" checked', figure)
    if not chosen:
        raise ValueError("no operation is checked in index.html")
    numbers = {field["data-input"]: field["value"] for field in fields if "data-input" in field}
    return {"op": chosen[1], "inputs": numbers}


def _inputs(figure: str) -> list[str]:
    return re.findall(r"<input [^>]*>", figure)


def _lines(name: str, text: str, running: int | None) -> str:
    """Write source as static/source.js does, before there is an editor."""
    lines = text.splitlines(keepends=True)
    spans = [
        f'<span class="{"line running" if i == running else "line"}">'
        f"{html.escape(line, quote=False)}</span>"
        for i, line in enumerate(lines, start=1)
    ]
    digits = len(str(len(lines)))
    return (
        f'<pre tabindex="0" role="group" aria-label="{name}" style="--digits: {digits};">'
        f"{''.join(spans)}</pre>"
    )


def _data(told: dict[str, Any]) -> str:
    text = json.dumps(told, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c")
    return f'<script type="application/json" id="first-trace">{text}</script>'


if __name__ == "__main__":
    main()
