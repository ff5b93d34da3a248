"""The figures of what a learner typed. Each one's last run is kept, to be asked for more."""

from collections.abc import Callable
from typing import Any

from app.kernel.chain import stages
from app.kernel.drawing import edge_place, edges_of, node_place
from app.kernel.expression import Run, run
from app.kernel.figure import figure as picture
from app.kernel.gap import draw_gap
from app.kernel.mistake import Mistake
from app.kernel.narration import narrate
from app.kernel.nudging import measure, summarise, sweep
from app.kernel.numbers import show
from app.kernel.recorder import Trace
from app.kernel.score import as_text, flow

LARGEST = 300  # nodes: they are laid out and drawn in about as many milliseconds
_last_run: dict[str, Run] = {}
_code: dict[str, str] = {}


def graph(
    figure: str, code: str, values: dict[str, str], passes: str, drawn: str = ""
) -> dict[str, Any]:
    """Run the code of a figure, and return all that it shows, or the mistake in the code.

    `values` are the leaves' numbers as they were typed; a leaf without one has its default.
    `passes` is "forward", or "both" to run `backward()` as well.
    """
    numbers = {name: float(text) for name, text in values.items()}
    ran = run(code, numbers, backward=passes == "both")
    if isinstance(ran, Run) and len(ran.trace["nodes"]) > LARGEST:
        count = len(ran.trace["nodes"])
        ran = Mistake(f"This graph has {count} nodes. Up to {LARGEST} can be drawn here.")
    if isinstance(ran, Mistake):
        return {"mistake": ran.as_data(code)}
    _last_run[figure], _code[figure] = ran, code
    nodes = ran.trace["nodes"]
    leaves = [
        {"name": name, "node": node, "value": _typed(nodes[node]["data"])}
        for name, node in ran.leaves.items()
    ]
    title = f"Graph of {code}: a node for each value, an edge from each operand"
    return {
        "mistake": None,
        "code": code,
        "leaves": leaves,
        **picture(ran.trace, title, drawn),
    }


def light_path(figure: str, node: int) -> dict[str, Any]:
    """Return what lights up around a node: all it depends on, and its way to the output."""
    ran = last_run(figure)
    below, above = _ancestors(ran.trace, node), _way_to(ran.trace, node, ran.output)
    into = [edge for edge in edges_of(ran.trace) if edge[1] in below | {node}]
    onward = [edge for edge in edges_of(ran.trace) if {*edge[:2]} <= above | {node}]
    return {
        "places": [
            *[node_place(i) for i in sorted(below | above | {node})],
            *[edge_place(*edge) for edge in into + onward],
        ],
        "says": narrate(ran.trace)[_forward_step(ran.trace, node)],
        "flow": as_text(flow(into + onward)),
    }


def chain_rule(figure: str, step: int) -> dict[str, Any]:
    """Return the chain rule of a step in stages; the forward pass has none."""
    i = backward_index(figure, step)
    return {"stages": stages(last_run(figure).trace, i) if i >= 0 else []}


def nudge_leaf(figure: str, leaf: str, exponent: str) -> dict[str, Any]:
    """Move a leaf by h = 10 to the power of `exponent`, and compare the output's with its gradient.

    The figure's code is run again for that, forward only, and for h from 1 to 1e-12 besides.
    """
    ran, code = last_run(figure), _code[figure]
    nodes = ran.trace["nodes"]
    values = {name: nodes[node]["data"] for name, node in ran.leaves.items()}
    name = leaf if leaf in values else next(iter(values))
    gradient, h = nodes[ran.leaves[name]]["grad"], 10.0 ** float(exponent)
    measured = measure(_forward(code), values, name, h, gradient)
    rows = sweep(_forward(code), values, name, gradient)
    return {
        "leaf": name,
        "h": show(h),
        "quotient": show(measured["quotient"], digits=12),
        "gradient": show(gradient, digits=12),
        "gap": show(measured["gap"], digits=2),
        "says": measured["says"],
        "svg": draw_gap(rows, h),
        "summary": summarise(rows),
    }


def _forward(code: str) -> Callable[[dict[str, float]], float]:
    """Return a function from the leaves' values to the output's."""

    def output(values: dict[str, float]) -> float:
        ran = run(code, values, backward=False)
        assert isinstance(ran, Run)  # it ran with other numbers already
        number: float = ran.trace["nodes"][ran.output]["data"]
        return number

    return output


def last_run(figure: str) -> Run:
    """Return what the figure shows now: the last run of its code that had no mistake in it."""
    return _last_run[figure]


def backward_index(figure: str, step: int) -> int:
    """Return which backward event a step is, counted from 0; it is negative in the forward pass."""
    return step - 1 - len(last_run(figure).trace["forward"])


def _ancestors(trace: Trace, node: int) -> set[int]:
    """Return all nodes that a node was computed from."""
    found: set[int] = set()
    waiting = [node]
    while waiting:
        operands = trace["nodes"][waiting.pop()]["operands"]
        waiting += [operand for operand in operands if operand not in found]
        found.update(operands)
    return found


def _way_to(trace: Trace, node: int, output: int) -> set[int]:
    """Return the nodes on all ways from a node to the output, the node itself left out."""
    reached = {node}
    for later in trace["nodes"][node + 1 :]:  # in the order of creation, so operands come first
        if reached.intersection(later["operands"]):
            reached.add(later["id"])
    return (reached & (_ancestors(trace, output) | {output})) - {node}


def _forward_step(trace: Trace, node: int) -> int:
    return next(i for i, event in enumerate(trace["forward"]) if event["node"] == node)


def _typed(x: float) -> str:
    """Write a number as it stands in a field, where it can be changed."""
    return repr(x).removesuffix(".0")
