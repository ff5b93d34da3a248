"""The figures of what a learner typed. Each one's last run is kept, to be asked for more."""

from collections.abc import Callable, Set
from functools import partial
from typing import Any, NamedTuple

from . import folding
from .chain import replaced, stages
from .clients import own
from .expression import Run, forward, run
from .figure import figure as picture
from .folding import Parts
from .gone import GoneError
from .language import say
from .literals import made_in
from .mistake import Mistake
from .recorder import Trace
from .replay import replay
from .steps import Event, steps

Rerun = Callable[[dict[str, float]], float | None]  # from the leaves' values to the output's


class Graph(NamedTuple):
    """What a figure shows: the last run without a mistake, whole and as it is folded.

    `rerun` computes the output with other values for the leaves; None where that fails.
    """

    run: Run
    rerun: Rerun
    is_typed: bool  # is it an expression, the free names of which can have any value?
    shown: Trace
    parts: Parts | None = None  # where the graph is too large to be drawn whole
    opened: frozenset[int] = frozenset()
    told: tuple[str, ...] = ()  # the sentence of each step

    @property
    def trace(self) -> Trace:
        return self.run.trace

    def given(self, leaf: int) -> float:
        """The number that a leaf was made with: the code may have changed it since."""
        return next(float(e["data"]) for e in self.trace["forward"] if e["node"] == leaf)

    @property
    def output(self) -> int:
        """Where the output is drawn: it has a card of its own, however much is folded."""
        cards = self.shown["nodes"]
        return next(i for i, x in enumerate(cards) if x.get("number", i) == self.run.output)


_graphs: dict[str, Graph] = own({})


def graph(
    figure: str, code: str, values: dict[str, str], passes: str, drawn: str = ""
) -> dict[str, Any]:
    """Run the code of a figure, and return all that it shows, or the mistake in the code.

    `values` are the leaves' numbers as they were typed; a leaf without one has its default.
    `passes` is "forward", or "both" to run `backward()` as well.
    """
    numbers = {name: float(text) for name, text in values.items()}
    ran = run(code, numbers, backward=passes == "both")
    if isinstance(ran, Mistake):
        return {"mistake": ran.as_data(code)}
    rerun = partial(forward, ran.code)
    return _show(figure, _fold(Graph(ran, rerun, True, ran.trace), _graphs.get(figure)), drawn)


def show_result(figure: str, trace: Trace, code: str, drawn: str = "") -> dict[str, Any]:
    """Return all that a figure shows of a trace whose last node is the output of this code.

    Its leaves are those with a name; one that the code makes can be changed.
    """
    nodes = trace["nodes"]
    leaves = {x["label"]: x["id"] for x in nodes if x["label"] and not x["operands"]}
    output = len(nodes) - 1

    def rerun(values: dict[str, float]) -> float:
        return replay(trace, {leaves[name]: x for name, x in values.items()})[output]

    ran = Run(trace, leaves, output, code, tuple(name for name in made_in(code) if name in leaves))
    return _show(figure, _fold(Graph(ran, rerun, False, trace), _graphs.get(figure)), drawn)


def show_part(
    figure: str, ran: Run, rerun: Rerun, tell: Callable[[list[str]], list[str]], drawn: str = ""
) -> dict[str, Any]:
    """Return all that a figure shows of a part of a larger trace.

    `rerun` computes what the gradients are of, and `tell` may say a step in other words.
    """
    answer = _show(figure, Graph(ran, rerun, False, ran.trace), drawn)
    answer["narration"] = tell(answer["narration"])
    _graphs[figure] = _graphs[figure]._replace(told=tuple(answer["narration"]))
    return answer


def unfold(figure: str, node: int) -> dict[str, Any]:
    """Open a card that others are folded into; without a `shape`, it says why that cannot be."""
    here, parts = _folded_in(figure, node)
    card = here.shown["nodes"][node]
    opened = folding.unfold(parts, here.opened, card["number"])
    if opened is None:
        many = len(parts.inside[card["number"]])
        says = say(
            "This would show {many} cards more. A drawing holds {most}: fold something else first.",
            many=many,
            most=folding.LARGEST,
        )
        return {"says": says}
    return _refold(figure, opened, card["number"])


def fold(figure: str, node: int) -> dict[str, Any]:
    """Fold all that leads to the output through this node alone into its card."""
    here, parts = _folded_in(figure, node)
    number = here.shown["nodes"][node]["number"]
    return _refold(figure, folding.fold(parts, here.opened, number), number)


def _refold(figure: str, opened: Set[int], number: int) -> dict[str, Any]:
    """Show a figure with other parts open; `card` is where the part that it is about is."""
    here = _open(shown_in(figure), opened)
    assert here.parts is not None
    inside = here.parts.inside[number] if here.parts.is_bundle(number) else []
    cards = enumerate(here.shown["nodes"])
    card = next(i for i, x in cards if x["number"] == number or x["number"] in inside)
    return {**_show(figure, here), "card": card}


def _fold(here: Graph, before: Graph | None) -> Graph:
    """Fold what is too large to be drawn. For the same graph, what was opened stays open."""
    nodes = here.trace["nodes"]
    if len(nodes) <= folding.LARGEST:
        return here
    if before and before.parts and _operands(before.trace) == _operands(here.trace):
        return _open(here._replace(parts=before.parts), before.opened)
    parts = folding.parts(nodes, here.run.output)
    return _open(here._replace(parts=parts), folding.open_at_first(parts))


def _open(here: Graph, opened: Set[int]) -> Graph:
    assert here.parts is not None
    shown = folding.folded(here.trace, here.parts, opened)
    return here._replace(shown=shown, opened=frozenset(opened))


def _operands(trace: Trace) -> list[list[int]]:
    return [node["operands"] for node in trace["nodes"]]


def _show(figure: str, here: Graph, drawn: str = "") -> dict[str, Any]:
    """Keep what a figure shows, and return it."""
    code = here.run.code
    title = say("Graph of {code}: a node for each value, an edge from each operand", code=code)
    folded = here.shown if here.parts else None
    live = picture(here.trace, title, drawn, folded)
    _graphs[figure] = here._replace(told=tuple(live["narration"]))
    return {
        "mistake": None,
        "code": code,
        "printed": here.run.printed,
        "leaves": _leaves(here),
        **live,
    }


def _leaves(here: Graph) -> list[dict[str, Any]]:
    """List the leaves that can be changed; `node` is None for one that is folded away.

    The number of one that is `made` stands in the code, which tells the new one when it is changed.
    """
    cards = {node.get("number", node["id"]): node["id"] for node in here.shown["nodes"]}
    return [
        {
            "name": name,
            "node": cards.get(node),
            "value": _typed(here.given(node)),
            "made": name in here.run.made,
            "can_change": name in here.run.made or here.is_typed,
        }
        for name, node in here.run.leaves.items()
    ]


def chain_rule(figure: str, step: int) -> dict[str, Any]:
    """Return the chain rule of a step in stages; the forward pass has none."""
    event = event_of(figure, step)
    if event is None:
        return {"stages": []}
    if event.get("count", 1) > 1:
        return {"stages": [replaced(event)]}
    return {"stages": stages(shown_in(figure).trace, event["origin"])}


def shown_in(figure: str, node: int = 0) -> Graph:
    """Return what a figure shows now, if it has this node."""
    if figure not in _graphs:
        raise GoneError(
            say("Python was started anew, and has forgotten this graph: run its cell again.")
        )
    here = _graphs[figure]
    if node >= len(here.shown["nodes"]):
        raise _another_one()
    return here


def _folded_in(figure: str, node: int) -> tuple[Graph, Parts]:
    here = shown_in(figure, node)
    if here.parts is None:
        raise _another_one()
    return here, here.parts


def _another_one() -> GoneError:
    """A reader was faster than the drawing of the graph that has come meanwhile."""
    return GoneError(say("The graph has become another one meanwhile: choose in that one."))


def event_of(figure: str, step: int) -> Event | None:
    """Return the backward event that a step of the figure is, if it is one.

    Its `origin` is its place in the whole trace.
    """
    made = steps(shown_in(figure).shown)
    if not 0 < step <= len(made) or made[step - 1].is_forward:
        return None
    return {"origin": made[step - 1].number, **made[step - 1].event}


def _typed(x: float) -> str:
    """Write a number as it stands in a field, where it can be changed."""
    return repr(x).removesuffix(".0")
