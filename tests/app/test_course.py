"""The lessons: the page is made of them, their cells run, and their answers show what they say."""

import html
import json
import re
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from app.course import INDEX, LESSONS, Cell, markup_of, parts, read, with_lessons
from app.kernel.lessons import forget_all, run_cell
from app.lessons.glossary import GLOSSARY
from micrograd.engine import Value
from micrograd.nn import MLP
from tests.lessons import code_cells, live_cells, plain

PAGE = INDEX.read_text(encoding="utf-8")

# What learners ask: the anchor of each answer, the lesson, and its cells.
ANSWERS = {
    "why-topological-order": ("backpropagation", ["backpropagation-1", "backpropagation-3"]),
    "why-add": ("backpropagation", ["backpropagation-4"]),
    "backward-twice": ("backpropagation", ["backpropagation-5"]),
    "why-zero-grad": ("training", ["training-1"]),
    "why-is-the-loss-going-up": ("training", ["training-2"]),
    "what-is-a-leaf": ("graph", ["graph-3"]),
    "why-not-finite-differences": ("operations", ["operations-4"]),
    "derivative-of-tanh": ("operations", ["operations-1"]),
    "what-does-the-bias-do": ("networks", ["networks-2"]),
    "what-is-a-dead-relu": ("networks", ["networks-3"]),
    "from-here-to-pytorch": ("workbench", ["workbench-3"]),
}
# What cells print, because the text beside them says so.
PRINTED = {
    "graph-3": "0 2\n",
    "backpropagation-1": "4.0\n",
    "backpropagation-3": "6.0\n",
    "backpropagation-4": "-2.0\n",
    "backpropagation-5": "36.0 12.0\n72.0 12.0\n",
    "networks-3": "0.0 0.0 0.0\n",
    "training-1": "0 2.0\n1 4.0\n2 6.0\n",
    "workbench-3": "-12.0 9.0 -2.0\n",
}


def run(lesson: str, cell: str) -> tuple[str, dict[str, Any]]:
    """Run a lesson up to a cell as the page does; return what that one prints, and its answer."""
    forget_all()
    try:
        for name, code in code_cells(lesson).items():
            printed: list[str] = []
            answer = json.loads(json.dumps(run_cell(lesson, name, code, [], printed.append)))
            assert answer["failure"] is None, answer["failure"]
            if name == cell:
                return "".join(printed), answer
    finally:
        forget_all()
    pytest.fail(f"{lesson} has no cell {cell}")


def nodes_of(output: Value) -> list[tuple[float, float]]:
    """Return data and gradient of all nodes of a graph, in the order in which they were made."""
    return [(node.data, node.grad) for node in reversed(output._topological_order())]


def shown_in(answer: dict[str, Any]) -> list[tuple[float, float]]:
    """Return data and gradient of all nodes, as they stand in a figure after its last step."""
    shown: dict[int, dict[str, float]] = {}
    for number in answer["numbers"]:
        if place := re.fullmatch(
            r'\[data-node="(\d+)"\] \[data-role=(data|grad)\]', number["place"]
        ):
            writes = number["writes"]
            shown.setdefault(int(place[1]), {})[place[2]] = float(writes[-1]["exact"])
    return [(numbers["data"], numbers.get("grad", 0.0)) for _, numbers in sorted(shown.items())]


# The page.


def test_the_page_holds_what_the_lessons_say() -> None:
    assert with_lessons(PAGE) == PAGE, "A lesson has changed: make lessons"


def test_every_part_has_its_place_and_no_place_is_left() -> None:
    assert re.findall(r"<!-- lesson: (.+?) -->", PAGE) == list(parts())


@pytest.mark.parametrize("lesson", LESSONS)
def test_every_lesson_has_what_a_lesson_has(lesson: str) -> None:
    kinds = [cell.marks.get("kind") for cell in read(lesson)]
    assert "question" in kinds
    (remember,) = (cell for cell in read(lesson) if cell.marks.get("kind") == "remember")
    assert remember.text.count("\n- ") == 2
    exercises = [cell for cell in read(lesson) if "exercise" in cell.marks]
    assert exercises or lesson == "workbench"  # there, it is what learners bring
    names = [cell.marks["cell"] for cell in read(lesson) if cell.is_code]
    assert names
    assert len(names) == len(set(names))


def test_the_contents_lead_to_every_lesson() -> None:
    contents = re.findall(r'<li><a href="#(\w+)">(.+?)</a></li>', parts()["contents"])
    titles = re.findall(
        r'<section id="(\w+)" data-section [^>]*>.*?<h2[^>]*>(.+?)</h2>', PAGE, re.S
    )
    assert contents == titles
    assert [name for name, _ in contents] == list(LESSONS)


def test_anchors_are_unique() -> None:
    anchors = re.findall(r'\bid="([^"]+)"', PAGE)
    assert len(anchors) == len(set(anchors))


def test_a_cell_is_escaped() -> None:
    cell = Cell("a < b & c", True, {"cell": "x-1"})
    expected = (
        '        <div class="cell" id="x-1" data-cell="x-1"><pre>a &lt; b &amp; c</pre></div>\n'
    )
    assert markup_of(cell) == expected


def test_an_exercise_brings_its_own_text() -> None:
    cell = Cell("# see there", True, {"cell": "x-2", "exercise": "tanh"})
    assert 'data-exercise="tanh"><pre></pre>' in markup_of(cell)


QUESTION = "How *many*?\n\n- [x] 7\n- [ ] 3: The others.\n\nSeven.\n\nCount them."


def test_a_question_has_choices_and_an_answer() -> None:
    cell = Cell(QUESTION, False, {"kind": "question", "id": "q"})
    assert [line.strip() for line in markup_of(cell).splitlines()] == [
        '<fieldset class="question" id="q">',
        "<legend>How <em>many</em>?</legend>",
        '<label><input type="radio" name="q" data-right="x" data-told="Yes."> 7</label>',
        '<label><input type="radio" name="q" data-right="" data-told="The others."> 3</label>',
        '<p class="judged" role="status"></p>',
        "<details><summary>Show the answer</summary>",
        "<p>Seven.</p>",
        "<p>Count them.</p></details>",
        "</fieldset>",
    ]


def test_a_wrong_choice_has_to_be_told_why() -> None:
    text = QUESTION.replace(": The others.", "")
    with pytest.raises(ValueError, match="a wrong choice"):
        markup_of(Cell(text, False, {"kind": "question", "id": "q"}))


def test_every_question_has_one_right_choice() -> None:
    for markup in re.findall(r'<fieldset class="question".*?</fieldset>', PAGE, re.DOTALL):
        assert markup.count('data-right="x"') == 1


def test_headings_stand_below_the_title_of_the_page() -> None:
    cell = Cell("## Why?\n\nBecause.", False, {"id": "why"})
    assert markup_of(cell) == '        <h3 id="why">Why?</h3>\n        <p>Because.</p>\n'


def test_a_heading_without_an_anchor_is_refused() -> None:
    with pytest.raises(ValueError, match="needs id="):
        markup_of(Cell("## Why?", False, {}))


def test_a_term_leads_to_what_it_means() -> None:
    cell = Cell("A [leaf](term:leaf).", False, {})
    assert markup_of(cell) == '        <p>A <a class="term" href="#term-leaf">leaf</a>.</p>\n'


def test_a_term_that_is_not_explained_is_refused() -> None:
    with pytest.raises(ValueError, match="no term 'twig'"):
        markup_of(Cell("A [twig](term:twig).", False, {}))


def test_every_term_is_marked_where_it_arises_and_explained_once() -> None:
    marked = re.findall(r'class="term" href="#term-([\w-]+)"', PAGE)
    names = [term.replace(" ", "-") for term in GLOSSARY]
    assert sorted(set(marked)) == sorted(names)
    assert re.findall(r'<dt id="term-([\w-]+)">', PAGE) == sorted(names)


def test_no_term_stands_in_a_summary_where_it_could_not_be_pressed() -> None:
    assert not re.search(r"<summary>[^\n]*class=\"term\"", PAGE)


# The cells.


@pytest.mark.parametrize("lesson", LESSONS)
def test_a_lesson_is_a_file_that_runs(lesson: str) -> None:
    for cell, (printed, _) in plain(lesson).items():
        if cell not in live_cells(lesson):
            assert run(lesson, cell)[0] == printed


@pytest.mark.parametrize("anchor", ANSWERS)
def test_an_answer_is_reached_by_a_link_and_shows_true_numbers(anchor: str) -> None:
    lesson, cells = ANSWERS[anchor]
    _, found, rest = PAGE.partition(f'<h3 id="{anchor}">')
    assert found
    answer = re.split(r"<h[23] |<div class=\"remember\"|<!-- end of lesson", rest)[0]
    codes, figures = code_cells(lesson), 0
    for cell in cells:
        assert f"<pre>{html.escape(codes[cell], quote=False)}</pre>" in answer
        printed, told = run(lesson, cell)
        _, value = plain(lesson)[cell]
        figures += isinstance(value, Value)
        if isinstance(value, Value):
            assert shown_in(told) == nodes_of(value)
        if cell in PRINTED:
            assert printed == PRINTED[cell]
    assert figures


def test_measuring_is_best_at_a_step_that_is_neither_large_nor_tiny() -> None:
    printed, _ = run("operations", "operations-4")
    errors = [float(line.split()[1]) for line in printed.splitlines()]
    assert min(errors) == errors[2]
    assert errors[0] > errors[1] > errors[2] < errors[3] < errors[4]


def test_the_derivative_of_tanh_is_what_the_formula_says() -> None:
    printed, _ = run("operations", "operations-1")
    found, formula = map(float, printed.split())
    assert found == pytest.approx(formula, rel=1e-15)


def test_without_an_input_only_the_bias_has_a_gradient() -> None:
    printed, _ = run("networks", "networks-2")
    of_weight, of_bias = map(float, printed.split())
    assert of_weight == 0
    assert 0 < of_bias < 1


def test_the_loss_grows_with_each_step_that_is_too_long() -> None:
    printed, _ = run("training", "training-2")
    losses = [float(line.split()[1]) for line in printed.splitlines()]
    ratios = [after / before for before, after in pairwise(losses)]
    assert ratios == pytest.approx([1.44] * 4)


TOY = json.loads((Path(__file__).parents[1] / "data" / "training_golden.json").read_text())[
    "toy_tanh_mlp_3_4_4_1"
]


def test_both_programs_train_the_network_that_pytorch_has_trained() -> None:
    cells = list(read("workbench"))
    (at,) = (i for i, cell in enumerate(cells) if cell.marks.get("cell") == "workbench-4")
    printed = re.search(r"```text\n(.*?)\n```", cells[at + 1].text, re.DOTALL)
    assert printed
    assert printed[1].splitlines() == [f"{i} {loss}" for i, loss in enumerate(TOY["losses"][:5])]
    ours = [float(line.split()[1]) for line in plain("workbench")["workbench-4"][0].splitlines()]
    assert ours == pytest.approx(TOY["losses"][:5], rel=1e-14)
    assert "with\nPyTorch 2.13.0" in cells[at + 1].text


def test_the_program_for_pytorch_prints_what_stands_below_it(
    capsys: pytest.CaptureFixture[str],
) -> None:
    pytest.importorskip("torch")
    text = next(cell.text for cell in read("workbench") if "import torch" in cell.text)
    program, printed = re.findall(r"```\w+\n(.*?)\n```", text, re.DOTALL)
    exec(program, {})
    numbers = [float(line.split()[1]) for line in capsys.readouterr().out.splitlines()]
    expected = [float(line.split()[1]) for line in printed.splitlines()]
    assert numbers == pytest.approx(expected, rel=1e-14)


def test_compiled_steps_are_faster_and_give_the_same_loss() -> None:
    printed, _ = run("workbench", "workbench-5")
    eager, compiled, ratio = (line.split() for line in printed.splitlines())
    assert eager[3] == compiled[1]
    assert float(eager[4]) / float(compiled[2]) == float(ratio[-1]) > 1


def test_a_network_of_three_inputs_has_as_many_parameters_as_the_question_says() -> None:
    assert len(MLP(3, [4, 4, 1]).parameters()) == 41
    assert "It has 41." in parts()["networks"]
