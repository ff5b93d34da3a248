"""Draws a network as SVG text: a card for each neuron, a line for each weight, and no numbers.

The numbers change with every step of a training; who shows them writes them into the drawing.
Places are told by `data-parameter` (in the order of the model's parameters), `data-neuron`
("layer-place", layers from 1) and `data-feature`.
"""

from __future__ import annotations

import html
from collections.abc import Sequence
from itertools import pairwise
from typing import Literal, NamedTuple

Look = Literal["numbers", "pictures"]

MARGIN = 12
GAP = 14  # between two cards of a layer
BIAS = 7  # the side of a bias's mark
NAME = 14  # what the name of an input stands below the top of its card


class Size(NamedTuple):
    width: float
    height: float
    apart: float  # from a layer to the next


SIZES: dict[Look, Size] = {"numbers": Size(92, 44, 100), "pictures": Size(36, 36, 64)}
INPUTS: dict[Look, Size] = {"numbers": Size(64, 44, 100), "pictures": Size(44, 36, 64)}


class Card(NamedTuple):
    x: float
    y: float
    width: float
    height: float


def draw(sizes: Sequence[int], inputs: Sequence[str], look: Look, title: str) -> str:
    """Return the SVG of a network with so many inputs and neurons in each layer."""
    cards = place(sizes, look)
    width = max(card.x + card.width for layer in cards for card in layer) + MARGIN
    height = max(card.y + card.height for layer in cards for card in layer) + MARGIN
    head = (
        f'<svg class="network {look}" role="group" viewBox="0 0 {width:g} {height:g}" '
        f'style="--width:{width:g}" aria-label="{_escaped(title)}" '
        'xmlns="http://www.w3.org/2000/svg">'
    )
    features = [_feature(j, name, cards[0][j], look) for j, name in enumerate(inputs)]
    return "\n".join([head, *_weights(cards), *features, *_neurons(cards, look), "</svg>"])


def place(sizes: Sequence[int], look: Look) -> list[list[Card]]:
    """Return where each card stands, layer by layer, the inputs first; layers are centred."""
    height = max(n * (SIZES[look].height + GAP) - GAP for n in sizes)
    columns: list[list[Card]] = []
    x = float(MARGIN)
    for k, n in enumerate(sizes):
        size = INPUTS[look] if k == 0 else SIZES[look]
        top = MARGIN + (height - (n * (size.height + GAP) - GAP)) / 2
        ys = [top + i * (size.height + GAP) for i in range(n)]
        columns.append([Card(x, y, size.width, size.height) for y in ys])
        x += size.width + size.apart
    return columns


def _weights(cards: Sequence[Sequence[Card]]) -> list[str]:
    lines = []
    parameter = 0
    for k, (before, layer) in enumerate(pairwise(cards), start=1):
        for i, card in enumerate(layer):
            for j, source in enumerate(before):
                lines.append(_weight(parameter + j, f"{k}-{i}-{j}", source, card))
            parameter += len(before) + 1  # the bias comes last
    return lines


def _weight(parameter: int, name: str, source: Card, card: Card) -> str:
    x1, y1 = source.x + source.width, source.y + source.height / 2
    x2, y2 = card.x, card.y + card.height / 2
    bend = (x2 - x1) / 2
    path = f"M{x1:g} {y1:g}C{x1 + bend:g} {y1:g} {x2 - bend:g} {y2:g} {x2:g} {y2:g}"
    return (
        f'<g class="weight" data-parameter="{parameter}" data-weight="{name}">'
        f'<path class="hit" d="{path}"/><path class="wire" d="{path}"/></g>'
    )


def _feature(j: int, name: str, card: Card, look: Look) -> str:
    x, y = card.x + card.width / 2, card.y + (NAME if look == "numbers" else card.height / 2 + 5)
    number = _text("data", x, card.y + 34) if look == "numbers" else ""
    return (
        f'<g class="feature" data-feature="{j}">{_rect(card)}'
        f'<text class="name" x="{x:g}" y="{y:g}">{_escaped(_short(name))}'
        f"<title>{_escaped(name)}</title></text>{number}</g>"
    )


def _neurons(cards: Sequence[Sequence[Card]], look: Look) -> list[str]:
    parts = []
    parameter = index = 0
    for k, layer in enumerate(cards[1:], start=1):
        for i, card in enumerate(layer):
            parameter += len(cards[k - 1])
            parts.append(_neuron(k, i, index, parameter, card, look, k == len(cards) - 1))
            parameter += 1
            index += 1
    return parts


def _neuron(k: int, i: int, index: int, bias: int, card: Card, look: Look, is_output: bool) -> str:
    name = "Output" if is_output else f"Neuron {i + 1} of layer {k}"
    texts = ""
    if look == "numbers":
        middle = card.x + card.width / 2
        texts = _text("data", middle, card.y + 18) + _text("grad", middle, card.y + 36)
    return (
        f'<g class="neuron" data-neuron="{k}-{i}" data-index="{index}" tabindex="0" role="button" '
        f'aria-label="{name}">{_rect(card)}{texts}'
        f'<g class="bias" data-parameter="{bias}"><rect class="mark" x="{card.x - BIAS / 2:g}" '
        f'y="{card.y + card.height - BIAS / 2:g}" width="{BIAS}" height="{BIAS}"/></g></g>'
    )


def _rect(card: Card) -> str:
    return (
        f'<rect class="card" x="{card.x:g}" y="{card.y:g}" '
        f'width="{card.width:g}" height="{card.height:g}" rx="4"/>'
    )


def _text(role: str, x: float, y: float) -> str:
    return f'<text class="number" data-role="{role}" x="{x:g}" y="{y:g}"></text>'


def _short(name: str) -> str:
    return name if len(name) <= 7 else f"{name[:6]}…"


def _escaped(text: str) -> str:
    return html.escape(text, quote=True)
