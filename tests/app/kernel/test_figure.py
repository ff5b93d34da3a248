"""Figures of random programs: everything once, in order, with a name, and there at the end."""

import json
import re
import xml.etree.ElementTree as ET
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.kernel.drawing import edges_of, numbers
from app.kernel.figure import figure, shape_of
from app.kernel.names import names
from app.kernel.recorder import Recorder, Trace
from app.kernel.score import as_text, flow, score
from app.kernel.steps import steps
from micrograd.engine import Value
from tests.app.kernel.programs import programs, record
from tests.app.kernel.selectors import selectors
from tests.micrograd.test_cases import CASES, run

SVG = "{http://www.w3.org/2000/svg}"


def of_random_programs(test: Any) -> Any:
    """Run a test on programs that hypothesis makes up."""
    return settings(max_examples=40, deadline=None)(given(programs())(test))


def place(target: str) -> tuple[str, tuple[int, ...], str]:
    """Read a selector: '[data-edge="0-4-1"] .wire' is ("edge", (0, 4, 1), "wire")."""
    found = re.fullmatch(r'\[data-(node|edge)="([\d-]+)"\](?: \.([\w.]+))?', target)
    assert found, target
    return found[1], tuple(map(int, found[2].split("-"))), found[3] or ""


# The order of the score.


@of_random_programs
def test_score_computes_every_node_once_and_after_its_operands(code: str) -> None:
    trace = record(code)
    computed: list[int] = []
    for cues in score(trace)[: len(trace["forward"])]:
        (node,) = {i for kind, (i, *_), _ in map(of_cue, cues) if kind == "node"}
        assert set(trace["nodes"][node]["operands"]) <= set(computed)
        into = [ids for kind, ids, part in map(of_cue, cues) if (kind, part) == ("edge", "wire")]
        assert into == [(x, node, slot) for slot, x in enumerate(trace["nodes"][node]["operands"])]
        computed.append(node)
    assert sorted(computed) == [node["id"] for node in trace["nodes"]]


def of_cue(cue: dict[str, Any]) -> tuple[str, tuple[int, ...], str]:
    return place(cue["target"])


@of_random_programs
def test_score_follows_the_recorded_contributions_one_by_one(code: str) -> None:
    trace = record(code)
    steps = score(trace)[len(trace["forward"]) :]
    travelled = []
    for cues in steps:
        (to,) = {ids[0] for kind, ids, part in map(of_cue, cues) if part == "card"}
        edges = {of_cue(c)[1] for c in cues if (c["property"], c["from"]) == ("light", 1)}
        travelled.append((to, *edges))
    assert travelled == [
        (e["to"], *([(e["to"], e["from"], e["slot"])] if e["from"] is not None else []))
        for e in trace["backward"]
    ]
    contributions = [edges[0] for _, *edges in travelled if edges]
    reached = {(x, node, slot) for x, node, slot in edges_of(trace)}
    assert set(contributions) <= reached
    assert len(set(contributions)) == len(contributions)  # one call of backward: each edge once


@of_random_programs
def test_score_of_one_backward_follows_every_edge_below_the_output(code: str) -> None:
    trace = record(code)
    output = next(e["to"] for e in trace["backward"])
    below, waiting = set(), [output]
    while waiting:
        node = waiting.pop()
        below.add(node)
        waiting += [x for x in trace["nodes"][node]["operands"] if x not in below]
    expected = {edge for edge in edges_of(trace) if edge[1] in below}
    made = [(e["to"], e["from"], e["slot"]) for e in trace["backward"] if e["from"] is not None]
    assert sorted(made) == sorted(expected)


@of_random_programs
def test_score_fades_everything_in_once_first_of_all_and_leaves_it_there(code: str) -> None:
    trace = record(code)
    cues = [cue for step in score(trace) for cue in step if cue["property"] != "light"]
    seen: dict[str, list[dict[str, Any]]] = {}
    for cue in cues:
        seen.setdefault(cue["target"], []).append(cue)
    faded = {t for t in seen if place(t)[2] in ("body", "data", "wire", "local", "grad")}
    for target in faded:
        assert [(c["property"], c["from"], c["to"]) for c in seen[target]] == [("opacity", 0, 1)]
    drawn = {place(t)[:2] for t in faded if place(t)[2] in ("body", "wire")}
    everything = {("node", (node["id"],)) for node in trace["nodes"]}
    assert drawn == everything | {("edge", edge) for edge in edges_of(trace)}
    first: dict[tuple[str, tuple[int, ...]], str] = {}
    for cue in cues:
        first.setdefault(place(cue["target"])[:2], place(cue["target"])[2])
    assert set(first.items()) == {((k, ids), "body" if k == "node" else "wire") for k, ids in first}
    written = {event["to"] for event in trace["backward"]}
    assert {place(t)[1][0] for t in faded if place(t)[2] == "grad"} == written


@of_random_programs
def test_cues_stay_within_their_step_and_point_at_what_is_drawn(code: str) -> None:
    answer = figure(record(code), "A graph")
    parts = selectors(answer["svg"])
    for target, _, _, _, at, duration in (c for step in json.loads(answer["score"]) for c in step):
        assert 0 <= at <= at + duration <= 1000
        assert target in parts
    for number in answer["numbers"]:
        assert number["place"] in parts


@of_random_programs
def test_figure_has_for_each_step_a_sentence_lines_and_a_node(code: str) -> None:
    trace = record(code)
    answer = figure(trace, "A graph")
    lengths = [len(json.loads(answer["score"])), *(len(answer[k]) for k in ("narration", "lines"))]
    assert [*lengths, len(answer["at"])] == [answer["steps"]] * 4
    assert answer["forward_steps"] == len(trace["nodes"])
    cell = code.split("\n")
    for step, line in enumerate(answer["lines"]):
        text = cell[line["cell"] - 1]
        assert (text == "L.backward()") == (step >= answer["forward_steps"])
    assert all(line["engine"] for line in answer["lines"][answer["forward_steps"] :])


@of_random_programs
def test_figure_shows_every_number_and_every_gradient_at_the_end(code: str) -> None:
    trace = record(code)
    answer = figure(trace, "A graph")
    shown = {n["place"]: [(w["step"], w["exact"]) for w in n["writes"]] for n in answer["numbers"]}
    for node in trace["nodes"]:
        here = f'[data-node="{node["id"]}"]'
        assert shown[f"{here} [data-role=data]"] == [(0, str(node["data"]))]
        events = [
            (answer["forward_steps"] + 1 + i, str(e["after"]))
            for i, e in enumerate(trace["backward"])
            if e["to"] == node["id"]
        ]
        assert shown.get(f"{here} [data-role=grad]", []) == events
        if events:
            assert events[-1][1] == str(node["grad"])


def written(trace: Trace, role: str) -> dict[str, list[tuple[int, str, str]]]:
    """Return what is written to the places of a role, as (step, text, exact), by node or edge."""
    here = [number for number in numbers(trace) if number["place"].endswith(f"[data-role={role}]")]
    return {
        x["place"].split('"')[1]: [(w["step"], w["text"], w["exact"]) for w in x["writes"]]
        for x in here
    }


def test_numbers_has_each_gradient_as_it_grows() -> None:
    trace = record("a = Value(3.0)\nL = a + a * 4\nL.backward()")
    # nodes: a, 4, a·4, L; steps 1 to 4 compute them, 5 is the 1 at L
    assert written(trace, "grad") == {
        "3": [(5, "1", "1.0")],
        "0": [(6, "1", "1.0"), (8, "5", "5.0")],  # 1 + 4
        "2": [(7, "1", "1.0")],
        "1": [(9, "3", "3.0")],
    }


def test_numbers_has_the_local_derivative_of_each_edge_of_a_times_b() -> None:
    trace = record("a, b = Value(3.0), Value(4.0)\nL = a * b\nL.backward()")
    assert written(trace, "local") == {"0-2-0": [(0, "4", "4.0")], "1-2-1": [(0, "3", "3.0")]}


def test_numbers_has_no_local_derivative_twice_after_a_second_backward() -> None:
    trace = record("a = Value(3.0)\nL = a.relu()\nL.backward()\nL.backward()")
    assert written(trace, "local") == {"0-1-0": [(0, "1", "1.0")]}


def test_numbers_of_a_leaf_change_where_the_program_has_changed_them() -> None:
    code = "for _ in range(2):\n    L = w * w\n    L.backward()\n    w.data -= 0.25 * w.grad\n"
    trace = record(f"w = Value(4.0)\n{code}")
    # steps: w, L = 16, the 1, twice 4 to w; zero or not, then L of w = 4 − 0.25 · 8 = 2
    data = written(trace, "data")
    assert data["1"] == [(0, "16", "16.0")]
    assert data["2"] == [(0, "4", "4.0")]
    (first, then, last) = data["0"]
    assert (first, then[1:]) == ((0, "4", "4.0"), ("2", "2.0"))
    step = steps(trace)[then[0] - 1]
    assert (step.is_forward, step.event["node"]) == (True, 2)
    # the second gradient: 8 + 2 · 2 = 12, so w = 2 − 3 = −1 in the end
    assert last == (len(steps(trace)), "−1", "-1.0")


def test_score_of_two_backwards_shows_nothing_anew() -> None:
    trace = record("a = Value(3.0)\nL = a + a\nL.backward()\nL.backward()")
    cues = [c for step in score(trace) for c in step if c["property"] == "opacity"]
    faded = [c["target"] for c in cues]
    assert len(faded) == len(set(faded))


def test_as_text_writes_each_cue_as_a_list() -> None:
    (step,) = json.loads(as_text(score(record("a = Value(3.0)"))))
    assert step[:2] == [  # [target, property, from, to, at, for]
        ['[data-node="0"] .body', "opacity", 0, 1, 0, 250],
        ['[data-node="0"] .data', "opacity", 0, 1, 150, 250],
    ]


def test_score_of_nothing_is_nothing() -> None:
    assert score(record("x = 1")) == []


def test_a_figure_of_a_leaf_alone() -> None:
    answer = figure(record("L = Value(2.0)\nL.backward()"), "A leaf")
    assert (answer["steps"], answer["forward_steps"], answer["at"]) == (2, 1, [0, 0])


def test_flow_lights_edges_node_by_node_and_leaves_everything_as_it_was() -> None:
    made = flow([(0, 2, 0), (1, 2, 1), (2, 4, 0)])
    assert [{place(cue["target"])[1] for cue in cues} for cues in made] == [
        {(0, 2, 0), (1, 2, 1)},
        {(2, 4, 0)},
    ]
    assert {(c["property"], c["from"], c["to"]) for cues in made for c in cues} == {("light", 0, 1)}


# The shape.


@of_random_programs
def test_shape_is_equal_for_other_numbers(code: str) -> None:
    other = re.sub(r"= Value\([^,]*,", "= Value(0.75,", code)
    assert shape(other) == shape(code)


def shape(code: str) -> str:
    trace = record(code)
    return shape_of(trace, names(trace))


@of_random_programs
def test_figure_without_its_drawing_is_a_part_of_the_whole(code: str) -> None:
    trace = record(code)
    whole = figure(trace, "A graph")
    live = figure(trace, "A graph", drawn=whole["shape"])
    assert "svg" not in live
    assert live == {key: whole[key] for key in live}


def test_shape_is_different_for_another_structure() -> None:
    leaves = 'a, b = Value(2.0, label="a"), Value(3.0, label="b")\n'
    codes = [
        *["L = a + b", "L = a * b", "L = b + a", "L = a + a", "L = a + b + a", "M = a + b"],
        *["L = a", "L = 2 * a", "L = 3 * a", "L = a * 2", "L = a ** 2", "L = a ** 3"],
        *["L = a + b\nL.backward()", "L = a + b\nL.backward()\nL.backward()", "L = a.exp()"],
        *["k = Value(2.0)\nL = k * a", "a.label = 'b'\nL = a + b"],
    ]
    shapes = [shape(leaves + code) for code in codes]
    assert len(set(shapes)) == len(codes)


# Labels.

LABELS = [
    "<img onerror=alert(1)>",
    "</text></svg><script>alert(1)</script>",
    'a "quoted" name',
    "it's",
    "a & b",
    "&lt;",
    "]]>",
    "größe ∂L/∂a 🙂",
    "x" * 300,
]
TAGS = {f"{SVG}{tag}" for tag in ("svg", "g", "path", "rect", "circle", "text", "tspan")}


def drawn(label: str, title: str = "A graph") -> ET.Element:
    with Recorder(Value) as recorder:
        a = Value(2.0, label=label)
        (a * Value(3.0, label=label + "2")).backward()
    return ET.fromstring(figure(recorder.trace(), title)["svg"])


@pytest.mark.parametrize("label", LABELS)
def test_labels_show_as_text(label: str) -> None:
    svg = drawn(label)
    texts = [x.text for x in svg.iter(f"{SVG}text") if x.attrib.get("class") == "label"]
    assert texts == [label, label + "2"]
    node = next(x for x in svg.iter() if x.attrib.get("data-node") == "0")
    assert node.attrib["aria-label"] == label
    assert {x.tag for x in svg.iter()} <= TAGS


@settings(max_examples=100, deadline=None)
@given(st.text(), st.text())
def test_a_drawing_is_well_formed_for_any_label_and_title(label: str, title: str) -> None:
    svg = drawn(label, title)
    assert {x.tag for x in svg.iter()} <= TAGS
    allowed = {"class", "data-node", "data-edge", "data-role", "role", "aria-label", "transform"}
    allowed |= {"x", "y", "dy", "cy", "r", "d", "width", "height", "rx", "pathLength", "viewBox"}
    assert {name for x in svg.iter() for name in x.attrib} <= allowed | {"style"}


def test_control_characters_in_a_label_are_shown_as_unknown() -> None:
    texts = [x.text for x in drawn("a\x00b\x1b").iter(f"{SVG}text")]
    assert "a\ufffdb\ufffd" in texts


# The cases, as figures.

LARGEST = 2_000


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["id"])
def test_case_as_a_figure_shows_its_data_and_gradients(case: dict[str, Any]) -> None:
    with Recorder(Value) as recorder:
        out, inputs = run(case)
    trace = recorder.trace()
    is_drawn = len(trace["nodes"]) <= LARGEST
    data, grads = shown_at_the_end(trace, case["id"]) if is_drawn else at_the_end(trace)
    near = {"rel": 1e-12, "abs": 0, "nan_ok": True}
    assert data[recorder.id_of(out)] == pytest.approx(float(case["value"]), **near)
    for name, leaf in inputs.items():
        node = recorder.id_of(leaf)
        assert data[node] == pytest.approx(leaf.data, nan_ok=True)
        assert grads[node] == pytest.approx(float(case["grads"][name]), **near), name


def shown_at_the_end(trace: Trace, title: str) -> tuple[list[float], list[float]]:
    """Draw the figure, and return the data and gradients that stand in it after the last step."""
    answer = figure(trace, title)
    json.dumps(answer, allow_nan=False)
    assert len(answer["narration"]) == answer["steps"]
    places = selectors(answer["svg"])
    assert {number["place"] for number in answer["numbers"]} <= places
    last = {number["place"]: number["writes"][-1]["exact"] for number in answer["numbers"]}
    here = [f'[data-node="{node["id"]}"]' for node in trace["nodes"]]
    data = [float(last[f"{node} [data-role=data]"]) for node in here]
    return data, [float(last.get(f"{node} [data-role=grad]", 0)) for node in here]


def at_the_end(trace: Trace) -> tuple[list[float], list[float]]:
    """Return the data of a trace, and what was written to each gradient last."""
    grads = [0.0] * len(trace["nodes"])
    for event in trace["backward"]:
        grads[event["to"]] = event["after"]
    return [node["data"] for node in trace["nodes"]], grads
