"""A figure of the page as a picture by itself: one SVG with its numbers and its style in it."""

import re
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from ..kernel import folding
from ..kernel.cells.recording import Recording, is_value, why_not_drawn
from ..kernel.figure import figure
from ..kernel.names import names
from ..kernel.network.model import Model, read_model, show_model, why_no_picture
from ..kernel.recorder import Trace

MARGIN = 12
MOST = 60  # nodes: of a larger graph, parts are folded into one card each
FULL_WEIGHT = 3.0  # a weight of this size has the widest line, as on the page
THIN, WIDE = 0.75, 5.0

_PLACE = re.compile(r'\[([\w-]+)="?(.+?)"?\] \[(data-role)=(\w+)\]')
_VIEW_BOX = re.compile(r'viewBox="(\S+) (\S+) (\S+) (\S+)"')


class Still(NamedTuple):
    """A picture that notebooks show; `svg` is its text, to be written to a file."""

    svg: str

    def _repr_svg_(self) -> str:
        return self.svg

    def __repr__(self) -> str:
        return "a picture: in a notebook it is shown"


def draw(thing: object, names: dict[str, Any] | None = None) -> Still:
    """Return the picture of a `Value`'s graph, of any such class, or of an MLP, a layer, a neuron.

    Nodes without a label are called by the variables in `names`, such as `globals()`. Gradients are
    computed for the picture alone; those of the nodes stay as they are. Raises a `TypeError` for
    anything else, and a `ValueError` for what is too large to be drawn.
    """
    if is_value(thing):
        with Recording(type(thing), cell="") as recording:
            return of_value(recording, thing, names or {})
    model = read_model(thing)
    if model is None:
        kind = type(thing).__name__
        raise TypeError(f"draw takes a Value, an MLP, a layer or a neuron, and this is a {kind}")
    return of_model(model)


def of_value(recording: Recording, output: Any, names: dict[str, Any]) -> Still:
    """Return the picture of a value, with the gradients that were recorded, if there are any."""
    trace = recording.graph_of(output, names)
    if trace is None:
        raise ValueError(why_not_drawn(output) or "There was too much to be recorded in this cell.")
    return of_trace(trace)


def of_trace(trace: Trace) -> Still:
    """Return the picture of a trace after its last step; a large one is folded."""
    nodes, folded = trace["nodes"], None
    if len(nodes) > MOST:
        tree = folding.parts(nodes, len(nodes) - 1)
        folded = folding.folded(trace, tree, folding.open_at_first(tree))
    title = f"Graph of {names(trace)[-1]}: a node for each value, an edge from each operand"
    shown = figure(trace, title, folded=folded)
    return Still(by_itself(with_numbers(shown["svg"], shown["numbers"])))


def of_model(model: Model) -> Still:
    """Return the picture of a network: a wire shows the size and the sign of its weight."""
    if why_not := why_no_picture(model):
        raise ValueError(why_not)
    svg = show_model(model)["drawn"]["svg"]
    for i, parameter in enumerate(model.parameters):
        place = f'data-parameter="{i}"'
        svg = svg.replace(f"{place} ", f'{place} style="{_look(float(parameter.data))}" ', 1)
    return Still(by_itself(svg))


def with_numbers(svg: str, numbers: list[dict[str, Any]]) -> str:
    """Write each number to its place in a drawing, as it is after the last step."""
    for number in numbers:
        place, last = _PLACE.fullmatch(number["place"]), number["writes"][-1]
        if not place:
            raise ValueError(f"a number of a figure has an unknown place: {number}")
        start = svg.index(f'{place[1]}="{place[2]}"')
        role = f'{place[3]}="{place[4]}">'
        end = svg.index(role, start) + len(role)
        tag = svg.rindex("<", start, end)
        opening = svg[tag : end - 1].replace("--letters: 1", f"--letters: {len(last['text'])}")
        svg = f'{svg[:tag]}{opening} data-exact="{last["exact"]}">{last["text"]}{svg[end:]}'
    return svg


def _look(weight: float) -> str:
    """Return how a wire or the mark of a bias is drawn."""
    share = min(1.0, abs(weight) / FULL_WEIGHT) ** 0.5
    sign = "positive" if weight > 0 else "negative" if weight < 0 else "wire"
    dashes = ";--dashes:9 4" if weight < 0 else ""  # a sign is not told by colour alone
    return f"--sign:var(--{sign});--weight:{THIN + (WIDE - THIN) * share:.2f}{dashes}"


def by_itself(svg: str) -> str:
    """Give a drawing a size, a background and its style, so that it can be shown anywhere.

    Where several stand in one page, the style is theirs alone.
    """
    found = _VIEW_BOX.search(svg)
    if not found:
        raise ValueError("a drawing has no viewBox")
    left, top, width, height = (float(number) for number in found.groups())
    box = f"{left - MARGIN:g} {top - MARGIN:g} {width + 2 * MARGIN:g} {height + 2 * MARGIN:g}"
    size = f'width="{width + 2 * MARGIN:g}" height="{height + 2 * MARGIN:g}"'
    svg = svg.replace(found[0], f'viewBox="{box}" {size}', 1)
    svg = svg.replace('class="', 'class="still ', 1)
    paper = (
        f'<rect class="paper" x="{left - MARGIN:g}" y="{top - MARGIN:g}" '
        f'width="{width + 2 * MARGIN:g}" height="{height + 2 * MARGIN:g}" rx="8"/>'
    )
    head, end, rest = svg.partition(">")
    return f"{head}{end}\n<style>{style()}</style>\n{paper}{rest}"


@cache
def style() -> str:
    """Return the style of all pictures, which has the page's colours."""
    css = Path(__file__).with_name("style.css").read_text(encoding="utf-8")
    return re.sub(r"/\*.*?\*/|\s+", " ", css, flags=re.DOTALL).strip()
