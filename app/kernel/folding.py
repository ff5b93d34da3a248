"""Folds a large trace: one card stands for all that leads to the output through it alone.

Which nodes these are is a matter of dominators in the graph, seen from the output. A neuron that is
used once hides its weights and products, the loss of one sample hides that sample's whole network,
and a part that is opened shows its own parts, folded in turn. So the parts form a tree, the one of
Lengauer and Tarjan ("A fast algorithm for finding dominators in a flowgraph", TOPLAS 1(1), 1979);
for a graph without cycles it is found in one walk from the newest node to the oldest.

Many leaves in one part, such as the weights that all samples share, are a bundle: one card, too.
"""

from collections.abc import Set
from functools import reduce
from typing import Any, NamedTuple

from .language import say

Trace = dict[str, Any]
Node = dict[str, Any]

LARGEST = 300  # cards in one drawing: they are laid out and drawn in about as many milliseconds
FEW = 20  # cards that a part shows when it is opened: more is no longer read at a glance
HARDLY_ANY = 6  # cards: they show no structure
BUNDLE = 12  # leaves in one part: more are bundled


class Parts(NamedTuple):
    """The tree of parts of a graph with n nodes.

    Its root, number n, stands for the whole graph; the numbers after it are bundles of leaves.
    `whole[i]` is the smallest part that i is in, `inside[i]` lists what is directly in part i, in
    the order of creation, and `sizes[i]` counts the nodes that are hidden when i is folded.
    """

    nodes: int
    whole: list[int]
    inside: list[list[int]]
    sizes: list[int]

    def is_bundle(self, i: int) -> bool:
        return i > self.nodes


def parts(nodes: list[Node], output: int) -> Parts:
    """Return the parts of the graph; `nodes` are in the order of creation, so operands come first.

    A part is named by the node that it ends in, its newest. The output is in no part, even where
    something else was computed from it.
    """
    everything = len(nodes)
    users: list[list[int]] = [[] for _ in nodes]
    for node in nodes:
        for operand in node["operands"]:
            users[operand].append(node["id"])
    users[output].append(everything)
    whole = [everything] * (everything + 1)
    for i in reversed(range(everything)):
        if users[i]:
            whole[i] = reduce(lambda a, b: _meet(whole, a, b), users[i])
    inside: list[list[int]] = [[] for _ in whole]
    sizes = [0] * len(whole)
    for i in range(everything):
        inside[whole[i]].append(i)
        sizes[whole[i]] += 1 + sizes[i]
    tree = Parts(everything, whole, inside, sizes)
    for part in range(everything + 1):
        leaves = [i for i in inside[part] if not nodes[i]["operands"]]
        if len(leaves) > BUNDLE:
            _bundle(tree, part, leaves)
    return tree


def _meet(whole: list[int], a: int, b: int) -> int:
    """Return the smallest part that both nodes are in."""
    while a != b:
        a, b = (whole[a], b) if a < b else (a, whole[b])
    return a


def _bundle(tree: Parts, part: int, leaves: list[int]) -> None:
    """Put leaves of a part into a bundle, which stands where the first of them stood."""
    bundle = len(tree.whole)
    tree.whole.append(part)
    tree.inside.append(leaves)
    tree.sizes.append(len(leaves))
    here = tree.inside[part]
    where = here.index(leaves[0])
    for i in leaves:
        tree.whole[i] = bundle
        here.remove(i)
    here.insert(where, bundle)


def open_at_first(tree: Parts) -> set[int]:
    """Return which parts of a large graph are open before anybody has opened one.

    Where hardly anything would be seen, because a part has too many parts of its own, it is opened
    all the same.
    """
    room = FEW
    opened = _open_within(tree, tree.nodes, room)
    while len(visible(tree, opened)) <= HARDLY_ANY and room < LARGEST / 2:
        room *= 2
        opened = _open_within(tree, tree.nodes, room)
    return opened


def unfold(tree: Parts, opened: Set[int], part: int) -> Set[int] | None:
    """Open a part, and what in it is small enough; None if that were too much for one drawing."""
    room = LARGEST - len(visible(tree, opened))
    if len(tree.inside[part]) > room:
        return None
    return opened | _open_within(tree, part, min(FEW, room))


def fold(tree: Parts, opened: Set[int], part: int) -> set[int]:
    """Close a part and all parts in it."""
    return {i for i in opened if not _is_within(tree, i, part)}


def _is_within(tree: Parts, i: int, part: int) -> bool:
    while i not in (part, tree.nodes):
        i = tree.whole[i]
    return i == part


def _open_within(tree: Parts, part: int, room: int) -> set[int]:
    """Open a part, and in it the largest parts first; parts of the same size all or none."""
    opened, cards = {part}, len(tree.inside[part])
    waiting = _parts_in(tree, part)
    while waiting:
        largest = max(tree.sizes[i] for i in waiting)
        alike = [i for i in waiting if tree.sizes[i] == largest]
        waiting = [i for i in waiting if tree.sizes[i] < largest]
        more = sum(len(tree.inside[i]) for i in alike)
        if cards + more <= room:
            opened.update(alike)
            cards += more
            waiting += [i for part in alike for i in _parts_in(tree, part)]
    return opened


def _parts_in(tree: Parts, part: int) -> list[int]:
    """Return what is directly in a part and can be opened; a bundle waits until it is asked for."""
    return [i for i in tree.inside[part] if tree.sizes[i] and not tree.is_bundle(i)]


def visible(tree: Parts, opened: Set[int]) -> list[int]:
    """Return the nodes and bundles that have a card of their own; operands come first."""
    found, waiting = [], [tree.nodes]
    while waiting:
        for i in tree.inside[waiting.pop()]:
            is_open = i in opened
            if is_open:
                waiting.append(i)
            if not (is_open and tree.is_bundle(i)):
                found.append(i)
    return sorted(found, key=lambda i: tree.inside[i][0] if tree.is_bundle(i) else i)


def _homes(tree: Parts, cards: list[int]) -> list[int]:
    """Return for each node on whose card it is: its own, or the one that it is folded into."""
    homes = list(range(len(tree.whole)))
    has_card = set(cards)
    for i in reversed(range(tree.nodes)):
        while homes[i] not in has_card:
            part = tree.whole[homes[i]]
            homes[i] = part if tree.is_bundle(part) else homes[part]
    return homes


def folded(trace: Trace, tree: Parts, opened: Set[int]) -> Trace:
    """Return the trace of what is visible, its nodes numbered anew.

    A node has its `number` in the whole trace or, for a bundle, among the parts; how many other
    nodes are folded into it (`folds`), and whether it can be folded (`is_open`). One that others
    are folded into has all as operands that these use from outside, each once. An event has its
    place in the whole trace (`origin`); it `is_inner` when what passes the gradient on is hidden.
    Then it may stand for several (`count`), one after the other: `after` is what the last one left.
    An edge whose gradients come from inside has no local derivative to show (`has_local`).
    """
    cards = visible(tree, opened)
    homes, place = _homes(tree, cards), {number: i for i, number in enumerate(cards)}
    nodes = [_card(trace["nodes"], tree, homes, opened, number) for number in cards]
    for i, node in enumerate(nodes):
        node["id"], node["operands"] = i, [place[homes[operand]] for operand in node["operands"]]
    forward, computed = [], [0]  # how many of the cards there are after each event
    for i, event in enumerate(trace["forward"]):
        number = event["node"]
        if number not in place and _begins_bundle(tree, number):
            number = tree.whole[number]
        if number in place:
            forward.append({**event, "node": place[number], "origin": i})
        computed.append(len(forward))
    backward: list[dict[str, Any]] = []
    for i, event in enumerate(trace["backward"]):
        if event["to"] in place:
            done = computed[min(event.get("computed", len(computed)), len(computed) - 1)]
            seen = {"origin": i, "to": place[event["to"]], "computed": done, "count": 1}
            _add(backward, {**event, **seen, **_sender(event, homes, place, nodes)})
    inner = {(event["from"], event["to"]) for event in backward if event["is_inner"]}
    for event in backward:
        event["has_local"] = (event["from"], event["to"]) not in inner
    return {**trace, "nodes": nodes, "forward": forward, "backward": backward}


def _add(events: list[dict[str, Any]], event: dict[str, Any]) -> None:
    """Add a backward event; with those before it that run along the same edge out of a fold, it is
    one."""
    where = ("from", "to", "computed")
    last = events[-1] if events else {}
    if event["is_inner"] and all(last.get(key) == event[key] for key in where):
        last.update(after=event["after"], count=last["count"] + 1)
    else:
        events.append(event)


def card_names(names: list[str], shown: Trace) -> list[str]:
    """Return what each card is called; `names` are of the whole trace."""
    cards = shown["nodes"]
    return [card["label"] if card["is_bundle"] else names[card["number"]] for card in cards]


def _begins_bundle(tree: Parts, node: int) -> bool:
    part = tree.whole[node]
    return tree.is_bundle(part) and tree.inside[part][0] == node


def _card(nodes: list[Node], tree: Parts, homes: list[int], opened: Set[int], number: int) -> Node:
    """Return what a card shows; its operands are still those of the whole trace."""
    if tree.is_bundle(number):
        first = nodes[tree.inside[number][0]]
        label = say("{count} leaves", count=tree.sizes[number])
        own = {"number": number, "folds": tree.sizes[number], "is_open": False, "is_bundle": True}
        return {**first, "label": label, **own}
    is_open = number in opened
    size = tree.sizes[number]
    return {
        **nodes[number],
        "number": number,
        "operands": _operands(nodes, homes, number),
        "folds": 0 if is_open else size,
        "is_open": is_open and size > 0,
        "is_bundle": False,
    }


def _operands(nodes: list[Node], homes: list[int], number: int) -> list[int]:
    """Return what a card uses: of all that is folded into it, whatever comes from outside, once."""
    operands: list[int] = nodes[number]["operands"]
    if all(homes[operand] != number for operand in operands):
        return operands
    found: dict[int, int] = {}  # by the card that it comes from
    seen, waiting = {number}, [number]
    while waiting:
        here = waiting.pop()
        if homes[here] != number:
            found.setdefault(homes[here], here)
        elif here == number or here not in seen:
            seen.add(here)
            waiting.extend(reversed(nodes[here]["operands"]))
    return list(found.values())


def _sender(
    event: dict[str, Any], homes: list[int], place: dict[int, int], nodes: list[Node]
) -> dict[str, Any]:
    """Return which card passes the gradient on, and along which of its edges."""
    if event["from"] is None:
        return {"is_inner": False}
    card = nodes[place[homes[event["from"]]]]
    slot = card["operands"].index(place[event["to"]]) if card["folds"] else event["slot"]
    return {"from": card["id"], "slot": slot, "is_inner": event["from"] != card["number"]}
