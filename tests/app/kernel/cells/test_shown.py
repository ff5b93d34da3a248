"""What is shown of a cell's last value."""

import math

import pytest

from app.kernel.cells.lesson import Lesson
from app.kernel.cells.shown import Shown, cut, shorten
from tests.app.kernel.cells.run import failure, run
from tests.app.kernel.programs import LECTURE


def shown(*codes: str) -> Shown:
    found = run(*codes)
    assert found.shown is not None, found
    return found.shown


@pytest.mark.parametrize(
    "code",
    ["", "# 1", "None", "x = 1", "1;", "(1);", "1 ; # one", "'ü';", "print()", "if 1: 1", "f = 1;"],
)
def test_nothing_is_shown(code: str) -> None:
    found = run(code)
    assert (found.state, found.shown) == ("done", None)


@pytest.mark.parametrize(
    ("code", "kind", "text"),
    [
        ("1 + 1", "repr", "2"),
        ("x = 2\nx", "repr", "2"),
        ("'a;'", "repr", "'a;'"),
        ("'a' # ;", "repr", "'a'"),
        ("x = 2; x", "repr", "2"),
        ("(\n 1\n)", "repr", "1"),
        ("float('nan')", "repr", "nan"),
        ("[]", "text", "[]"),
        ("[1, 2.5]", "text", "[1, 2.5]"),
        ("(1,)", "text", "(1,)"),
        ("{'b': [1], 'a': 2}", "text", "{'b': [1], 'a': 2}"),
        ("[['x' * 50] * 2]", "text", f"[['{'x' * 50}',\n  '{'x' * 50}']]"),
        ("Value(2.0)", "graph", "Value(data=2.0, grad=0.0)"),
        ("Value", "repr", "<class 'micrograd.engine.Value'>"),
    ],
)
def test_the_last_value_is_shown(code: str, kind: str, text: str) -> None:
    found = shown(code)
    assert (found.kind, found.text, found.note) == (kind, text, "")


def test_a_long_text_is_cut_and_a_note_says_so() -> None:
    found = shown("'x' * 20_000")  # and its two quotation marks
    assert len(found.text) == 10_000
    assert found.note == "… 10,002 more characters are not shown."
    assert cut("abc", 3) == ("abc", "")


def test_a_long_list_is_shortened() -> None:
    assert shown("[7] * 1_000_000").text.endswith(" 7,\n … 999,000 more]")
    assert repr(shorten([1, 2, 3], 2)) == "[1, 2, … 1 more]"
    assert repr(shorten([[1, 2], [3, 4]], 4)) == "[[1, 2], [… 2 more]]"
    assert repr(shorten(((1, 2), 3), 2)) == "((1, … 1 more), … 1 more)"
    assert repr(shorten({"a": 1, "b": 2}, 1)) == "{'a': 1, … 1 more: …}"


def test_a_list_in_itself_is_shown() -> None:
    assert "Recursion" in shown("x = [1]\nx.append(x)\nx").text


def test_a_repr_that_fails_is_an_error_like_any_other() -> None:
    found = failure("class A:\n    def __repr__(self):\n        return 1 / 0\nA()")
    assert (found.says, found.line) == ("ZeroDivisionError: division by zero", 3)
    assert failure("class A:\n    def __repr__(self):\n        1 / 0\n[A()]").line == 3


def test_an_async_function_that_was_called_gets_a_note() -> None:
    found = shown("async def f(): pass\nf()")
    assert found.note.startswith("An async function was called")


def test_a_list_that_is_nested_too_deep_is_told_so() -> None:
    found = failure("x = []\nfor i in range(5_000): x = [x]\nx")
    assert found.says == "The last value is nested too deep to be shown."


def test_a_number_that_is_too_long_is_told_so() -> None:
    assert failure("10**5000").says.startswith("The last value cannot be shown. ValueError: ")


# Graphs.


def test_a_value_is_shown_with_its_own_trace_only() -> None:
    found = shown("a, b = Value(2.0), Value(3.0)\nM = b + 1\nL = a * a\nL.backward()\nL")
    assert found.trace is not None
    nodes = found.trace["nodes"]
    assert [(n["label"], n["line"], n["grad"]) for n in nodes] == [("a", 1, 4.0), ("L", 3, 1.0)]
    assert [event["cell_line"] for event in found.trace["backward"]] == [4, 4, 4]


def test_a_value_of_another_cell_is_shown_without_lines() -> None:
    found = shown("a = Value(2.0)\nL = a * a\nL.backward()", "1\nL")
    assert found.trace is not None
    nodes = found.trace["nodes"]
    assert [(n["label"], n["line"], n["grad"]) for n in nodes] == [("a", None, 4.0), ("L", None, 1)]


def test_a_value_of_the_learners_own_class_is_shown() -> None:
    for codes in [(LECTURE + "a = Value(2.0)\nL = a * a\nL.backward()\nL",),
                  (LECTURE, "a = Value(2.0)\nL = a * a\nL.backward()\nL")]:  # fmt: skip
        trace = shown(*codes).trace
        assert trace is not None
        assert [node["grad"] for node in trace["nodes"]] == [4.0, 1.0]
        assert len(trace["backward"]) == 3


def test_a_value_of_a_class_that_is_gone_is_shown() -> None:
    trace = shown(LECTURE + "a = Value(2.0)\nL = a * a", "Value = None", "L").trace
    assert trace is not None
    assert [node["data"] for node in trace["nodes"]] == [2.0, 4.0]


def test_a_graph_that_is_too_large_is_told_so() -> None:
    code = "L = a = Value(1.0)\nfor i in range({}): L = L + a\nL"
    assert shown(code.format(4999)).kind == "graph"  # a and 4,999 sums
    found = shown(code.format(5000))
    assert (found.kind, found.trace) == ("repr", None)
    assert found.note == "This graph is too large to be drawn: up to 5000 nodes can be."


def test_a_graph_goes_backward_in_the_picture_and_no_gradient_is_changed() -> None:
    lesson = Lesson()
    code = "a = Value(3.0)\na.grad = 7.0\nL = a * a\nL"
    found = lesson.run("1", code, print).shown
    assert found
    assert found.trace
    events = [(e["from"], e["to"], e["contribution"], e["after"]) for e in found.trace["backward"]]
    # d(a²)/da = 3 + 3; the 7 is not in the picture
    assert events == [(None, 1, 1.0, 1.0), (1, 0, 3.0, 3.0), (1, 0, 3.0, 6.0)]
    assert (lesson.names["a"].grad, lesson.names["L"].grad) == (7.0, 0.0)


def test_a_graph_that_the_cell_took_backward_itself_is_shown_as_it_was() -> None:
    found = shown("a = Value(3.0)\na.grad = 7.0\nL = a * a\nL.backward()\nL")
    assert found.trace
    assert found.trace["nodes"][0]["grad"] == 13.0  # 7 + 6


@pytest.mark.parametrize("fault", ["1 / 0", "self.grad = no_such_name", "raise ValueError"])
def test_a_backward_that_fails_leaves_the_graph_without_one(fault: str) -> None:
    lesson = Lesson()
    code = f"def backward(self):\n    self.grad = 5.0\n    {fault}\nValue.backward = backward\n"
    found = lesson.run("1", code + "a = Value(3.0)\nL = a * a\nL", print).shown
    assert found
    assert found.trace
    assert (found.kind, found.trace["backward"]) == ("graph", [])
    assert lesson.names["L"].grad == 0.0


def test_a_class_in_the_lectures_style_goes_backward_in_the_picture_too() -> None:
    found = shown(LECTURE + "a = Value(3.0)\nL = a * a + 1\nL")
    assert found.trace
    assert [e["after"] for e in found.trace["backward"] if e["to"] == 0][-1] == 6.0


def test_a_value_that_was_made_from_itself_is_told_so() -> None:
    found = shown("a = Value(1.0)\nL = a + a\na._prev = (L,)\n", "L")
    assert (found.kind, found.note) == ("repr", "This was made from itself, so it cannot be drawn.")


def test_a_number_that_is_not_finite_is_a_text_in_json() -> None:
    data = run("Value(float('inf')) * Value(float('nan'))").as_data()
    nodes = data["shown"]["trace"]["nodes"]
    assert [node["data"] for node in nodes] == ["inf", "nan", "nan"]
    assert math.isinf(float(nodes[0]["data"]))


def test_what_is_still_under_way_is_not_waited_for() -> None:
    lesson = Lesson()
    code = "import asyncio\nloop = asyncio.new_event_loop()\nfuture = loop.create_future()\nfuture"
    found = lesson.run("1", code, print).shown
    lesson.run("2", "loop.close()", print)
    assert found is not None
    assert found.note == (
        "This is still under way, and nothing waits for it here: a cell only runs to its last line."
    )
