"""Parts of a graph, by their definition and by hand; and what a folded trace keeps of the whole."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.kernel.figure import figure
from app.kernel.folding import (
    BUNDLE,
    FEW,
    LARGEST,
    Parts,
    card_names,
    fold,
    folded,
    open_at_first,
    parts,
    unfold,
    visible,
)
from app.kernel.names import names
from app.kernel.recorder import Trace
from app.kernel.score import score
from app.kernel.steps import steps
from tests.app.kernel.programs import programs, record
from tests.app.kernel.selectors import selectors


def parts_of(trace: Trace) -> Parts:
    return parts(trace["nodes"], len(trace["nodes"]) - 1)


def graph(*operands: list[int]) -> list[dict[str, Any]]:
    return [{"id": i, "operands": before} for i, before in enumerate(operands)]


def test_parts_of_a_chain_are_one_in_the_other() -> None:
    tree = parts(graph([], [0], [1]), 2)
    assert (tree.whole[:3], tree.sizes) == ([1, 2, 3], [0, 1, 2, 3])


def test_parts_of_a_diamond_end_where_its_ways_meet() -> None:
    #  0 → 1 ↘
    #    ↘ 2 → 3
    assert parts(graph([], [0], [0], [1, 2]), 3).whole[:4] == [3, 3, 3, 4]


def test_the_output_is_in_no_part_although_something_was_made_of_it() -> None:
    tree = parts(graph([], [0], [1]), 1)
    assert tree.whole[:3] == [1, 3, 3]


def ways(nodes: list[dict[str, Any]], i: int, output: int) -> list[set[int]]:
    """List all ways from a node to where a graph ends, each as the set of the nodes after it."""
    users = [node["id"] for node in nodes if i in node["operands"]]
    found = [{user, *way} for user in users for way in ways(nodes, user, output)]
    return found + ([set()] if i == output or not users else [])


@settings(max_examples=40, deadline=None)
@given(programs())
def test_parts_are_what_all_ways_lead_through(code: str) -> None:
    trace = record(code)
    nodes = trace["nodes"]
    everything = len(nodes)
    output = everything - 1
    for i, whole in enumerate(parts_of(trace).whole[:everything]):
        through = set.intersection(*ways(nodes, i, output))
        assert whole == min(through, default=everything)


def leaves(count: int) -> Trace:
    code = f"xs = [Value(float(i)) for i in range({count})]\nL = sum(xs) + sum(xs)\nL.backward()"
    return record(code)


def test_many_leaves_of_one_part_are_a_bundle() -> None:
    tree = parts_of(leaves(BUNDLE + 1))
    (bundle,) = range(tree.nodes + 1, len(tree.whole))
    assert (tree.inside[bundle], tree.sizes[bundle]) == ([*range(BUNDLE + 1)], BUNDLE + 1)
    few = parts_of(leaves(BUNDLE - 1))  # and a 0 for each sum(), used once
    assert len(few.whole) == few.nodes + 1


def test_folded_shows_a_bundle_as_one_card_that_feeds_all_who_use_it() -> None:
    trace = leaves(20)
    tree = parts_of(trace)
    shown = folded(trace, tree, {tree.nodes, tree.nodes - 1})
    first, second, both, total = shown["nodes"]
    assert (first["label"], first["folds"], first["is_bundle"]) == ("20 leaves", 20, True)
    # each sum: 20 additions and a 0, of which one has the card
    assert [(n["operands"], n["folds"]) for n in (second, both)] == [([0], 20), ([0], 20)]
    assert total["operands"] == [1, 2]
    assert card_names(names(trace), shown)[0] == "20 leaves"
    assert [event["node"] for event in shown["forward"]] == [0, 1, 2, 3]
    assert [event["to"] for event in shown["backward"]] == [
        3,
        1,
        2,
    ]  # what the leaves get is inside


def test_unfold_opens_a_bundle_when_it_is_asked_for() -> None:
    trace = leaves(20)
    tree = parts_of(trace)
    opened = unfold(tree, {tree.nodes, tree.nodes - 1}, tree.nodes + 1)
    assert opened is not None
    shown = folded(trace, tree, opened)
    assert len(shown["nodes"]) == 20 + 3
    assert len(shown["forward"]) == 20 + 3


LONG = "x = Value(2.0)\nL = x\nfor _ in range({}):\n    L = L * 0.5 + x\nL.backward()"


def test_open_at_first_shows_few_and_unfold_some_more() -> None:
    trace = record(LONG.format(500))
    tree = parts_of(trace)
    opened = open_at_first(tree)
    assert FEW - 4 < len(visible(tree, opened)) <= FEW + 1
    largest = max(visible(tree, opened), key=lambda i: 0 if i in opened else tree.sizes[i])
    more = unfold(tree, opened, largest)
    assert more is not None
    assert 2 * FEW - 8 < len(visible(tree, more)) <= 2 * FEW + 1
    assert visible(tree, fold(tree, more, largest)) == visible(tree, opened)


def test_unfold_refuses_what_would_be_too_much() -> None:
    code = "x, y = Value(1.0), Value(1.0)\nfor _ in range({}):\n    x, y = y, x + y\nL = y"
    tree = parts_of(record(code.format(LARGEST + 2)))
    assert unfold(tree, open_at_first(tree), tree.nodes - 1) is None


@st.composite
def folded_programs(draw: st.DrawFn) -> tuple[Trace, Trace]:
    """Draw a trace, and the same with some parts open."""
    trace = record(draw(programs()))
    tree = parts_of(trace)
    opened = {tree.nodes, *draw(st.sets(st.integers(0, tree.nodes - 1)))}
    return trace, folded(trace, tree, opened)


of_folded_programs = settings(max_examples=60, deadline=None)(given(folded_programs()))


@of_folded_programs
def test_folded_keeps_the_numbers_of_what_is_visible(both: tuple[Trace, Trace]) -> None:
    trace, shown = both
    for card in shown["nodes"]:
        node = trace["nodes"][card["number"]]
        assert repr((card["data"], card["grad"])) == repr((node["data"], node["grad"]))
    for event in shown["forward"]:
        whole = trace["forward"][event["origin"]]
        assert repr((event["data"], event["operands"])) == repr((whole["data"], whole["operands"]))


@of_folded_programs
def test_folded_loses_no_contribution_to_what_is_visible(both: tuple[Trace, Trace]) -> None:
    trace, shown = both
    cards = {card["number"] for card in shown["nodes"]}
    kept = [i for i, event in enumerate(trace["backward"]) if event["to"] in cards]
    at = 0
    for event in shown["backward"]:
        first, last = kept[at], kept[at + event["count"] - 1]
        assert event["origin"] == first
        assert repr(event["before"]) == repr(trace["backward"][first]["before"])
        assert repr(event["after"]) == repr(trace["backward"][last]["after"])
        at += event["count"]
        if event["from"] is not None:
            assert shown["nodes"][event["from"]]["operands"][event["slot"]] == event["to"]
    assert at == len(kept)


@of_folded_programs
def test_folded_can_be_played_in_order(both: tuple[Trace, Trace]) -> None:
    _, shown = both
    done: set[int] = set()
    for is_forward, _, event in steps(shown):
        if is_forward:
            assert set(shown["nodes"][event["node"]]["operands"]) <= done
            done.add(event["node"])
        else:
            assert event["to"] in done
    assert done == {card["id"] for card in shown["nodes"]}
    assert len(score(shown)) == len(steps(shown))


@settings(max_examples=40, deadline=None)
@given(programs())
def test_folded_with_everything_open_is_the_whole(code: str) -> None:
    trace = record(code)
    tree = parts_of(trace)
    shown = folded(trace, tree, set(range(len(tree.whole))))
    for key in ("nodes", "forward", "backward"):
        plain = [{name: x[name] for name in whole} for x, whole in zip(shown[key], trace[key])]
        assert repr(plain) == repr(trace[key])


@of_folded_programs
def test_a_folded_figure_has_a_place_for_each_number(both: tuple[Trace, Trace]) -> None:
    trace, shown = both
    answer = figure(trace, "Folded", folded=shown)
    assert {number["place"] for number in answer["numbers"]} <= selectors(answer["svg"])
    assert len(answer["narration"]) == answer["steps"] == len(steps(shown))


@pytest.mark.parametrize("samples", [1, 4])
def test_a_batch_is_folded_by_sample_and_its_parameters_are_a_bundle(samples: int) -> None:
    code = (
        "ws = [[[Value(0.1 * i + j + k) for i in range(4)] for j in range(4)] for k in range(4)]\n"
        f"loss = Value(0.0)\nfor row in range({samples}):\n"
        "    x = [Value(float(row + i)) for i in range(4)]\n"
        "    for layer in ws:\n"
        "        x = [sum(w * v for w, v in zip(neuron, x)).tanh() for neuron in layer]\n"
        "    loss = loss + sum(x)**2\n"
        "loss.backward()"
    )
    trace = record(code)
    tree = parts_of(trace)
    shown = folded(trace, tree, open_at_first(tree))
    labels = [card["label"] for card in shown["nodes"] if card["is_bundle"]]
    assert labels == (["64 leaves"] if samples > 1 else [])
    sizes = sorted(card["folds"] for card in shown["nodes"] if card["folds"] > 64)
    assert len(sizes) == (samples if samples > 1 else 0)
    assert len(shown["nodes"]) <= 4 * FEW + 1
    answer = figure(trace, "A batch", folded=shown)
    assert {number["place"] for number in answer["numbers"]} <= selectors(answer["svg"])
