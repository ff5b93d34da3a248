"""Draws a network as SVG text: a card for each neuron, a line for each weight, and no numbers.

The numbers change with every step of a training; who shows them writes them into the drawing.
Places are told by `data-parameter` (in the order of the model's parameters), `data-neuron`
("layer-place", layers from 1) and `data-feature`.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Literal, NamedTuple

from ..language import noted, say
from ..markup import escape

Look = Literal["numbers", "pictures"]

MARGIN = 12
GAP = 14  # between two cards of a layer
BIAS = 7  # the side of a bias's mark
INSET = 9  # of texts in a card
LOSS = 76  # from the output to the loss


class Size(NamedTuple):
    width: float
    height: float
    apart: float  # from a layer to the next


SIZES: dict[Look, Size] = {"numbers": Size(136, 46, 84), "pictures": Size(36, 36, 64)}
INPUTS: dict[Look, Size] = {"numbers": Size(84, 46, 84), "pictures": Size(44, 36, 64)}


class Called(NamedTuple):
    """What a neuron is called for who does not see it, and what belongs to it."""

    neuron: str
    weight: str
    bias: str


HIDDEN = Called(
    noted("Neuron {neuron} of layer {layer}"),
    noted("Weight {n} of neuron {neuron} of layer {layer}"),
    noted("Bias of neuron {neuron} of layer {layer}"),
)
OUTPUT = Called(noted("Output"), noted("Weight {n} of the output"), noted("Bias of the output"))


class Card(NamedTuple):
    x: float
    y: float
    width: float
    height: float

    @property
    def middle(self) -> float:
        return self.y + self.height / 2


def draw(
    sizes: Sequence[int],
    inputs: Sequence[str],
    look: Look,
    title: str,
    has_loss: bool = False,
    captions: Sequence[str] = (),
) -> str:
    """Return the SVG of a network with so many inputs and neurons in each layer.

    Drawn with numbers, weights and biases are buttons, too, and a loss may stand behind the output.
    In place of pictures, `captions` may stand in the neurons, one in each.
    """
    cards = place(sizes, look)
    loss = _loss_cards(cards[-1][0]) if has_loss else []
    every = [*loss, *(card for layer in cards for card in layer)]
    width = max(card.x + card.width for card in every) + MARGIN
    height = max(card.y + card.height for card in every) + MARGIN
    head = (
        f'<svg class="network {look}" role="group" viewBox="0 0 {width:g} {height:g}" '
        f'style="--width:{width:g}" aria-label="{escape(title)}" '
        'xmlns="http://www.w3.org/2000/svg">'
    )
    features = [_feature(j, name, cards[0][j], look) for j, name in enumerate(inputs)]
    wires = _weights(cards, look)
    neurons = _neurons(cards, look, captions)
    return "\n".join([head, *wires, *features, *neurons, *_loss(cards[-1][0], loss), "</svg>"])


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


def neuron_name(k: int, i: int, layers: int) -> str:
    """Return what neuron i (from 0 on) of layer k (from 1 on) is called, of so many layers."""
    return "out" if k == layers else f"h{k}.{i + 1}"


def _weights(cards: Sequence[Sequence[Card]], look: Look) -> list[str]:
    lines = []
    parameter = 0
    for k, (before, layer) in enumerate(pairwise(cards), start=1):
        for i, card in enumerate(layer):
            called = OUTPUT if k == len(cards) - 1 else HIDDEN
            for j, source in enumerate(before):
                label = say(called.weight, n=j + 1, neuron=i + 1, layer=k)
                role = _button(label) if look == "numbers" else ""
                lines.append(_weight(parameter + j, f"{k}-{i}-{j}", source, card, role))
            parameter += len(before) + 1  # the bias comes last
    return lines


def _weight(parameter: int, name: str, source: Card, card: Card, role: str) -> str:
    path = _curve(source, card)
    return (
        f'<g class="weight" data-parameter="{parameter}" data-weight="{name}"{role}>'
        f'<path class="hit" d="{path}"/><path class="wire" d="{path}"/></g>'
    )


def _curve(source: Card, card: Card) -> str:
    x1, y1, x2, y2 = source.x + source.width, source.middle, card.x, card.middle
    bend = (x2 - x1) / 2
    return f"M{x1:g} {y1:g}C{x1 + bend:g} {y1:g} {x2 - bend:g} {y2:g} {x2:g} {y2:g}"


def _feature(j: int, name: str, card: Card, look: Look) -> str:
    if look == "numbers":
        texts = _name(name, card.x + INSET, card.middle + 5) + "\n" + _number("data", card, 28.5)
        role = _button(say("Input {name}", name=name))
    else:
        texts = _name(name, card.x + card.width / 2, card.middle + 5)
        role = ""
    return f'<g class="feature" data-feature="{j}"{role}>{_rect(card)}{texts}</g>'


def _neurons(cards: Sequence[Sequence[Card]], look: Look, captions: Sequence[str]) -> list[str]:
    parts = []
    parameter = index = 0
    layers = len(cards) - 1
    for k, layer in enumerate(cards[1:], start=1):
        for i, card in enumerate(layer):
            parameter += len(cards[k - 1])
            called = OUTPUT if k == layers else HIDDEN
            name, bias_name = (say(x, neuron=i + 1, layer=k) for x in (called.neuron, called.bias))
            head = (
                f'<g class="neuron" data-neuron="{k}-{i}" data-index="{index}" tabindex="0" '
                f'role="button" aria-label="{escape(name)}">{_rect(card)}'
            )
            if look == "numbers":  # a button may have no other one in it
                bias = _bias(parameter, card, f"{k}-{i}", _button(bias_name))
                parts.append(f"{head}{_rows(neuron_name(k, i, layers), card)}</g>{bias}")
            else:
                caption = _caption(captions[index], card) if captions else ""
                parts.append(f"{head}{caption}{_bias(parameter, card, f'{k}-{i}', '')}</g>")
            parameter += 1
            index += 1
    return parts


def _bias(parameter: int, card: Card, name: str, role: str) -> str:
    x, y = card.x, card.y + card.height
    hit = (
        f'<rect class="hit" x="{x - 10:g}" y="{y - 10:g}" width="20" height="20"/>' if role else ""
    )
    return (
        f'<g class="bias" data-parameter="{parameter}" data-bias="{name}"{role}>{hit}'
        f'<rect class="mark" x="{x - BIAS / 2:g}" y="{y - BIAS / 2:g}" '
        f'width="{BIAS}" height="{BIAS}"/></g>'
    )


def _rows(name: str, card: Card) -> str:
    caption = f'<text class="caption" x="{card.x + INSET:g}" y="{card.y + 37:g}">grad</text>'
    return (
        _name(name, card.x + INSET, card.y + 18)
        + "\n"
        + _number("data", card, 18)
        + f"\n{caption}\n"  # spaces, so that it is read as words
        + _number("grad", card, 37)
    )


def _loss_cards(output: Card) -> list[Card]:
    """Return where the loss stands, and the target below it."""
    x, height = output.x + output.width + LOSS, SIZES["numbers"].height
    return [
        Card(x, output.y, SIZES["numbers"].width, height),
        Card(x, output.y + height + 40, SIZES["numbers"].width, 30),
    ]


def _loss(output: Card, cards: Sequence[Card]) -> list[str]:
    if not cards:
        return []
    loss, target = cards
    x = target.x + target.width / 2
    up = f"M{x:g} {target.y:g}V{loss.y + loss.height:g}"
    return [
        f'<g class="to-loss of-output"><path class="wire" d="{_curve(output, loss)}"/></g>',
        f'<g class="to-loss"><path class="wire" d="{up}"/></g>',
        f'<g class="loss" data-loss="loss"{_button(say("Loss"))}>'
        f"{_rect(loss)}{_rows('loss', loss)}</g>",
        f'<g class="target">{_rect(target)}'
        f"{_name('target', target.x + INSET, target.middle + 5)}{_number('data', target, 20)}</g>",
    ]


def _button(label: str) -> str:
    """What can be reached from a neuron with the arrow keys, but not with Tab."""
    return f' role="button" tabindex="-1" aria-label="{escape(label)}"'


def _rect(card: Card) -> str:
    return (
        f'<rect class="card" x="{card.x:g}" y="{card.y:g}" '
        f'width="{card.width:g}" height="{card.height:g}" rx="4"/>'
    )


def _name(name: str, x: float, y: float) -> str:
    whole = f"<title>{escape(name)}</title>" if len(name) > 7 else ""
    return f'<text class="name" x="{x:g}" y="{y:g}">{escape(_short(name))}{whole}</text>'


def _number(role: str, card: Card, below: float) -> str:
    x, y = card.x + card.width - INSET, card.y + below
    return f'<text class="number" data-role="{role}" x="{x:g}" y="{y:g}"></text>'


def _caption(text: str, card: Card) -> str:
    x, y = card.x + card.width / 2, card.middle + 3
    return f'<text class="caption" x="{x:g}" y="{y:g}">{escape(text)}</text>'


def _short(name: str) -> str:
    return name if len(name) <= 7 else f"{name[:6]}…"
