"""What a figure of typed code is told: its graph or its mistake, and the paths through it."""

import json
from typing import Any

import pytest

from app.kernel.folding import LARGEST
from app.kernel.gone import GoneError
from app.kernel.graphs import chain_rule, fold, graph, unfold
from app.kernel.paths import light_path

LECTURE = "L = (a*b + c) * f"
# a, b, c, f are nodes 0 to 3; a·b is 4, the sum 5, L 6
DIAMOND = "d = a * 2\ne = a * 3\nL = d * e"
# a is 0; 2 is 1, d 2; 3 is 3, e 4; L is 5


def ask(code: str, passes: str = "forward", drawn: str = "", **values: str) -> dict[str, Any]:
    return graph("test", code, values, passes, drawn)


def nodes(*numbers: int) -> list[str]:
    return [f'[data-node="{i}"]' for i in numbers]


def edges(*names: str) -> list[str]:
    return [f'[data-edge="{name}"]' for name in names]


# graph


def test_graph_names_its_leaves_with_their_values_as_one_types_them() -> None:
    assert ask(LECTURE, f="-0.25")["leaves"] == [
        {"name": "a", "node": 0, "value": "2", "made": False, "can_change": True},
        {"name": "b", "node": 1, "value": "-3", "made": False, "can_change": True},
        {"name": "c", "node": 2, "value": "10", "made": False, "can_change": True},
        {"name": "f", "node": 3, "value": "-0.25", "made": False, "can_change": True},
    ]


def test_graph_tells_the_number_of_a_leaf_before_the_code_has_changed_it() -> None:
    code = "a = Value(2.0)\nL = a * b\na.data = 7.0\nb.data += 1\nL"
    assert [(x["name"], x["value"], x["made"]) for x in ask(code)["leaves"]] == [
        ("b", "-3", False),
        ("a", "2", True),
    ]


def test_graph_puts_a_moved_leaf_into_the_code_that_makes_it() -> None:
    assert ask("a = Value(2.0)\nL = a * b", a="2.5")["code"] == "a = Value(2.5)\nL = a * b"


def test_graph_knows_an_engine_that_the_code_imports() -> None:
    answer = ask("from micrograd.engine import Value\na = Value(2.0)\nL = a * a")
    assert (answer["mistake"], answer["steps"]) == (None, 2)


def test_graph_gives_back_what_the_code_prints() -> None:
    assert ask("L = a * b\nprint(L.data)\nL")["printed"] == "-6.0\n"


def test_graph_runs_forward_only_or_both_ways() -> None:
    forward, both = ask(LECTURE), ask(LECTURE, "both")
    assert (forward["steps"], both["steps"]) == (7, 14)  # 7 nodes; the 1 at L, and 6 edges
    assert not [x for x in forward["numbers"] if x["place"].endswith("[data-role=grad]")]
    grads = [x for x in both["numbers"] if x["place"].endswith("[data-role=grad]")]
    assert {x["place"].split('"')[1]: x["writes"][-1]["text"] for x in grads} == {
        **{"0": "6", "1": "−4", "2": "−2", "3": "4"},  # a, b, c, f: as in the lecture
        **{"4": "−2", "5": "−2", "6": "1"},
    }


def test_graph_shows_the_values_that_were_typed() -> None:
    numbers = ask("L = a * b", a="5")["numbers"]
    shown = {number["place"]: number["writes"][-1]["text"] for number in numbers}
    assert shown['[data-node="2"] [data-role=data]'] == "−15"


def test_graph_of_a_shape_that_is_drawn_sends_numbers_only() -> None:
    first = ask(LECTURE)
    again = ask(LECTURE, drawn=first["shape"], a="7")
    assert "svg" not in again
    assert again["leaves"][0]["value"] == "7"
    assert again["shape"] == first["shape"]


def test_graph_of_other_code_is_drawn_anew() -> None:
    assert "svg" in ask("L = a + b", drawn=ask(LECTURE)["shape"])


def test_graph_of_a_mistake_says_where_and_keeps_the_last_good_graph() -> None:
    ask(LECTURE)
    assert ask("L = (a*b + c) * ") == {
        "mistake": {
            "says": "The line ends too early: something is missing after it.",
            "line": 1,
            "excerpt": ["L = (a*b + c) *", " ", ""],
        }
    }
    assert light_path("test", 6)["says"].startswith("L = ")


LONG = "L = a\nfor _ in range({}):\n    L = L + b"


def test_graph_with_more_nodes_than_a_page_can_draw_is_folded() -> None:
    whole, large = ask(LONG.format(LARGEST - 2)), ask(LONG.format(LARGEST - 1))
    assert (whole["svg"].count("data-node="), large["svg"].count("data-node=")) == (300, 20)
    assert "data-switch" not in whole["svg"]
    assert large["svg"].count('data-switch="unfold"') == 1
    assert large["leaves"] == [
        {"name": "a", "node": None, "value": "2", "made": False, "can_change": True},  # folded away
        {"name": "b", "node": 0, "value": "-3", "made": False, "can_change": True},
    ]


def test_unfold_shows_more_and_fold_takes_it_back() -> None:
    ask(LONG.format(500), "both")
    folded = 1  # after b: 483 operations in one card
    more = unfold("test", folded)
    assert more["svg"].count("data-node=") == 20 + 20
    assert len(more["narration"]) == more["steps"] == 40 + 1 + 2 * 38 + 1  # b of the card
    output = 39
    assert fold("test", output)["svg"].count("data-node=") == 1
    assert unfold("test", 0)["svg"] == ask(LONG.format(500), "both")["svg"]


def test_unfold_says_why_a_part_with_too_many_cards_stays_folded() -> None:
    code = "x, y = a, b\nfor _ in range(400):\n    x, y = y, x + y\ny"  # each is used twice
    ask(code)
    assert unfold("test", 0) == {
        "says": "This would show 400 cards more. A drawing holds 300: fold something else first."
    }


def test_graph_keeps_open_what_was_unfolded_while_a_leaf_is_moved() -> None:
    ask(LONG.format(500))
    more = unfold("test", 1)
    moved = ask(LONG.format(500), drawn=more["shape"], a="5")
    assert "svg" not in moved


def said(path: dict[str, Any]) -> str:
    """Return what is said, its spaces as they are typed."""
    return str(path["says"]).replace("\u00a0", " ")


def test_graphs_of_two_figures_are_kept_apart() -> None:
    graph("one", "L = a + b", {}, "forward")
    graph("two", "L = a * b", {}, "forward")
    assert said(light_path("one", 2)) == "L = a + b = 2 + (−3) = −1."
    assert said(light_path("two", 2)) == "L = a × b = 2 × (−3) = −6."


@pytest.mark.parametrize("value", ["inf", "nan", "-0.0", "1e308", "5e-324"])
def test_graph_answers_json_at_the_edges(value: str) -> None:
    json.dumps(ask("L = (a*b + c) / f ** a", "both", f=value, a=value), allow_nan=False)


def test_graph_keeps_the_name_of_a_leaf_that_gets_a_label() -> None:
    answer = ask("a.label = 'weight'\nL = a * b")
    assert [leaf["name"] for leaf in answer["leaves"]] == ["a", "b"]


# light_path


@pytest.mark.parametrize(
    ("node", "lit", "along", "says"),
    [
        (0, [0, 4, 5, 6], ["0-4-0", "4-5-0", "5-6-0"], "a is a leaf: a number that was given, 2."),
        (3, [3, 6], ["3-6-1"], "f is a leaf: a number that was given, −2."),
        (
            4,
            [0, 1, 4, 5, 6],
            ["0-4-0", "1-4-1", "4-5-0", "5-6-0"],
            "a × b = 2 × (−3) = −6.",
        ),
        (
            6,
            [0, 1, 2, 3, 4, 5, 6],
            ["0-4-0", "1-4-1", "4-5-0", "2-5-1", "5-6-0", "3-6-1"],
            "L = (a × b + c) × f = 4 × (−2) = −8.",
        ),
    ],
)
def test_light_path_of_the_lectures_expression(
    node: int, lit: list[int], along: list[str], says: str
) -> None:
    ask(LECTURE)
    path = light_path("test", node)
    assert path["places"] == [*nodes(*lit), *edges(*along)]
    assert said(path) == says


@pytest.mark.parametrize(
    ("node", "lit", "along"),
    [
        (0, [0, 2, 4, 5], ["0-2-0", "0-4-0", "2-5-0", "4-5-1"]),  # both ways
        (1, [1, 2, 5], ["1-2-1", "2-5-0"]),
        (2, [0, 1, 2, 5], ["0-2-0", "1-2-1", "2-5-0"]),  # not through e
        (5, [0, 1, 2, 3, 4, 5], ["0-2-0", "1-2-1", "0-4-0", "3-4-1", "2-5-0", "4-5-1"]),
    ],
)
def test_light_path_of_a_diamond(node: int, lit: list[int], along: list[str]) -> None:
    ask(DIAMOND)
    assert light_path("test", node)["places"] == [*nodes(*lit), *edges(*along)]


def test_light_path_goes_along_both_edges_of_a_plus_a() -> None:
    ask("L = a + a")
    assert light_path("test", 0)["places"] == [*nodes(0, 1), *edges("0-1-0", "0-1-1")]


def test_light_path_of_a_leaf_alone_is_itself() -> None:
    ask("L = a")
    path = light_path("test", 0)
    assert (path["places"], json.loads(path["flow"])) == (nodes(0), [])


def test_light_path_of_a_node_that_leads_nowhere_is_what_it_was_made_from() -> None:
    ask("d = a * b\nL = a + c")
    assert light_path("test", 3)["places"] == [*nodes(0, 1, 3), *edges("0-3-0", "1-3-1")]


def test_light_path_flows_node_by_node_towards_the_output() -> None:
    ask(DIAMOND)
    flow = json.loads(light_path("test", 0)["flow"])
    found = [sorted({target.split()[0] for target, *_ in cues}) for cues in flow]
    assert found == [edges("0-2-0"), edges("0-4-0"), edges("2-5-0", "4-5-1")]


def test_a_graph_that_python_has_forgotten_is_told_in_a_sentence() -> None:
    with pytest.raises(GoneError, match="has forgotten this graph: run its cell again"):
        chain_rule("of-before", 1)


def test_a_node_of_a_graph_that_is_gone_is_told_in_a_sentence() -> None:
    ask(LONG.format(500))
    ask("L = a")
    for question in (
        lambda: light_path("test", 19),
        lambda: unfold("test", 1),
        lambda: fold("test", 0),
    ):
        with pytest.raises(GoneError, match="has become another one meanwhile"):
            question()
