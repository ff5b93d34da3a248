"""What a recorder writes down of programs that run, with our engine and with other people's."""

import copy
import math
from typing import Any

import pytest
from hypothesis import given, settings

from app.kernel.recorder import Recorder, Trace, unheard
from micrograd import engine
from micrograd.engine import Value
from tests.app.kernel.programs import LECTURE, LECTURE_LINES, programs, record, record_lecture


def nodes(trace: Trace) -> list[tuple[str, str, float, list[int]]]:
    return [(n["label"], n["op"], n["data"], n["operands"]) for n in trace["nodes"]]


def writes(trace: Trace) -> list[tuple[str | None, str, float, float]]:
    """Return each write to a gradient as (from, to, contribution, after), by label or number."""
    called = {n["id"]: n["label"] or n["id"] for n in trace["nodes"]} | {None: None}
    return [
        (called[e["from"]], called[e["to"]], e["contribution"], e["after"])
        for e in trace["backward"]
    ]


def slots(trace: Trace) -> list[int | None]:
    return [event["slot"] for event in trace["backward"]]


# Our engine.

LECTURES_L = """\
a = Value(2.0, label="a")
b = Value(-3.0, label="b")
c = Value(10.0, label="c")
f = Value(-2.0, label="f")
L = (a * b + c) * f
L.backward()
"""


def test_recorder_notes_nodes_in_the_order_of_creation_with_operands_in_order() -> None:
    assert nodes(record(LECTURES_L)) == [
        ("a", "", 2.0, []),
        ("b", "", -3.0, []),
        ("c", "", 10.0, []),
        ("f", "", -2.0, []),
        ("", "*", -6.0, [0, 1]),
        ("", "+", 4.0, [4, 2]),
        ("L", "*", -8.0, [5, 3]),
    ]


def test_recorder_notes_each_contribution_as_it_is_made() -> None:
    trace = record(LECTURES_L)
    assert writes(trace) == [
        (None, "L", 1.0, 1.0),
        ("L", 5, -2.0, -2.0),  # ∂L/∂d = f
        ("L", "f", 4.0, 4.0),  # ∂L/∂f = d = 4
        (5, 4, -2.0, -2.0),  # 1 · -2
        (5, "c", -2.0, -2.0),
        (4, "a", 6.0, 6.0),  # b · -2
        (4, "b", -4.0, -4.0),  # a · -2
    ]
    assert trace["backward"][5] == {
        **{"from": 4, "to": 0, "slot": 0, "upstream": -2.0, "local": -3.0},
        **{"contribution": 6.0, "before": 0.0, "after": 6.0},
        **{"file": engine.__file__, "line": line_of("operand.grad += local"), "cell_line": 6},
        "computed": 7,  # nodes: all of them
    }
    assert [n["grad"] for n in trace["nodes"]] == [6.0, -4.0, -2.0, 4.0, -2.0, -2.0, 1.0]


def line_of(start: str) -> int:
    """Return the line of the engine that starts like this."""
    with open(engine.__file__, encoding="utf-8") as file:
        return next(i for i, line in enumerate(file, 1) if line.strip().startswith(start))


def test_recorder_notes_the_lines_of_the_cell_and_of_the_engine() -> None:
    trace = record(LECTURES_L)
    assert [node["line"] for node in trace["nodes"]] == [1, 2, 3, 4, 5, 5, 5]
    assert [(e["file"], e["line"]) for e in trace["forward"]] == [
        *[("<cell>", line) for line in (1, 2, 3, 4)],
        *[(engine.__file__, line_of('return Value(self.data * other.data, (self, other), "*"'))],
        *[(engine.__file__, line_of('return Value(self.data + other.data, (self, other), "+"'))],
        *[(engine.__file__, line_of('return Value(self.data * other.data, (self, other), "*"'))],
    ]
    assert {event["cell_line"] for event in trace["backward"]} == {6}


def test_recorder_tells_the_two_edges_of_a_plus_a_apart() -> None:
    trace = record("a = Value(3.0)\nL = a + a\nL.backward()")
    assert nodes(trace)[1][3] == [0, 0]
    assert writes(trace) == [(None, "L", 1, 1), ("L", "a", 1, 1), ("L", "a", 1, 2)]
    assert slots(trace) == [None, 0, 1]


def test_recorder_tells_the_two_edges_of_a_minus_a_apart() -> None:
    trace = record("a = Value(3.0)\nL = a - a\nL.backward()")
    assert [(e["slot"], e["local"], e["after"]) for e in trace["backward"][1:]] == [
        (0, 1.0, 1.0),
        (1, -1.0, 0.0),
    ]


def test_recorder_marks_constants_and_only_these() -> None:
    trace = record("a = Value(3.0)\nL = 2 * a + 1\nk = Value(5.0)")
    # a, 2, 2·a, 1, L, k
    assert [node["constant"] for node in trace["nodes"]] == [False, True, False, True, False, False]


def test_recorder_notes_a_contribution_of_zero() -> None:
    trace = record("a = Value(-1.0)\nL = a.relu()\nL.backward()")
    assert writes(trace) == [(None, "L", 1.0, 1.0), ("L", "a", 0.0, 0.0)]


def test_recorder_notes_both_calls_of_backward() -> None:
    code = 'a = Value(3.0, label="a")\nL = 2 * a\nL.backward()\nL.backward()'
    assert writes(record(code)) == [
        *[(None, "L", 1.0, 1.0), ("L", 1, 3.0, 3.0), ("L", "a", 2.0, 2.0)],
        *[(None, "L", 0.0, 0.0), (None, 1, 0.0, 0.0), (None, "a", 0.0, 0.0)],
        *[(None, "L", 1.0, 1.0), ("L", 1, 3.0, 3.0), ("L", "a", 2.0, 2.0)],
        *[(None, 1, 3.0, 6.0), (None, "a", 2.0, 4.0)],  # what the leaves kept
    ]


def test_recorder_labels_nodes_by_their_variables_but_keeps_the_labels_they_have() -> None:
    trace = record('a = Value(1.0, label="α")\nb = Value(2.0)\nc = a + b')
    assert [node["label"] for node in trace["nodes"]] == ["α", "b", "c"]


def test_trace_of_nothing_is_empty() -> None:
    nothing: dict[str, Any] = {"nodes": [], "forward": [], "backward": [], "error": None}
    assert record("x = 1") == {"trace": 1, **nothing}


# Gradients that are written by hand.


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (["a.grad += b.data * c.grad", "b.grad += a.data * c.grad"], [(0, 3, 3.0), (1, 2, 2.0)]),
        (["a.grad = b.data * c.grad", "b.grad = a.data * c.grad"], [(0, 3, 3.0), (1, 2, 2.0)]),
        (["g = c.grad", "a.grad += 3 * g", "b.grad += 2 * g"], [(0, 3, 3.0), (1, 2, 2.0)]),
        (["a.grad += (", "  b.data", "  * c.grad)"], [(0, 3, 3.0)]),
    ],
)
def test_recorder_understands_backpropagation_by_hand(
    lines: list[str], expected: list[tuple[int, float, float]]
) -> None:
    trace = record(
        "\n".join(["a, b = Value(2.0), Value(3.0)", "c = a * b", "c.grad = 1.0", *lines])
    )
    seed, *passed = trace["backward"]
    assert (seed["from"], seed["to"], seed["after"], seed["cell_line"]) == (None, 2, 1.0, 3)
    assert [(e["to"], e["local"], e["contribution"]) for e in passed] == expected
    assert {(e["from"], e["upstream"], e["file"]) for e in passed} == {(2, 1.0, "<cell>")}
    assert [e["cell_line"] for e in passed] == [e["line"] for e in passed]


def test_recorder_reports_the_mistake_of_a_hand_as_what_was_added() -> None:
    # ∂c/∂a = b = 3, but a's own number is taken: 2 · 1
    code = "a, b = Value(2.0), Value(3.0)\nc = a * b\nc.grad = 1.0\na.grad += a.data * c.grad"
    event = record(code)["backward"][1]
    assert (event["from"], event["local"], event["contribution"]) == (2, 2.0, 2.0)


def test_recorder_takes_a_zero_for_a_zero_although_gradients_were_printed_before() -> None:
    code = "a, b = Value(2.0), Value(3.0)\nc = a * b\nc.backward()\n"
    trace = record(code + "seen = a.grad, b.grad, c.grad\na.grad = 0\nb.grad = 0.0")
    assert writes(trace)[3:] == [(None, "a", 0.0, 0.0), (None, "b", 0.0, 0.0)]


def test_recorder_takes_a_step_of_descent_for_no_contribution() -> None:
    code = 'a = Value(2.0, label="a")\nL = a * a\nL.backward()\n'
    trace = record(code + "for p in [a]:\n    p.data -= 0.1 * p.grad\n    p.grad = 0.0")
    assert writes(trace)[3:] == [(None, "a", 0.0, 0.0)]
    assert trace["nodes"][0]["data"] == pytest.approx(2.0 - 0.1 * 4.0)


def test_recorder_takes_a_gradient_that_is_no_number_as_nan() -> None:
    trace = record("a = Value(2.0)\nseen = a.grad\na.grad = None")
    assert math.isnan(trace["nodes"][0]["grad"])


# Other engines.


def without_lines(trace: Trace) -> Trace:
    """Return all of a trace but for the places in the source."""
    places = {"file", "line", "cell_line"}
    plain = {
        key: [{k: x for k, x in item.items() if k not in places} for item in trace[key]]
        for key in ("nodes", "forward", "backward")
    }
    return {**trace, **plain}


LEAVES = "a, b, c, f = Value(2.0), Value(-3.0), Value(10.0), Value(-2.0)\n"


@pytest.mark.parametrize(
    "code",
    [
        "L = a",
        "L = a + b",
        "L = a + a",
        "L = a * a",
        "L = (a * b + c) * f",
        "L = a * 3 + 1",
        "L = a**2",
        "L = (a + a)**3",
        "d = a * b\nL = d * d",
        "d = a + b\nL = d * a",  # a is used twice
        "d = (a * b).exp()\nL = d.relu() * f",
        "d = a * 2 + b\nL = d * d",
    ],
)
@pytest.mark.parametrize("end", ["", "\nL.backward()"])
def test_a_learners_own_value_gives_the_same_trace(code: str, end: str) -> None:
    ours, theirs = record(LEAVES + code + end), record_lecture(LEAVES + code + end)
    assert without_lines(theirs) == without_lines(ours)


def test_a_learners_own_diamond_makes_the_same_contributions_in_an_order_of_its_own() -> None:
    code = LEAVES + "d = a * 2\ne = a * 3\nL = d * e + d\nL.backward()"
    ours, theirs = without_lines(record(code)), without_lines(record_lecture(code))
    assert theirs["nodes"] == ours["nodes"]
    order = ("from", "to", "slot", "upstream", "local", "contribution")
    made = [sorted(tuple(e[k] for k in order) for e in t["backward"][1:]) for t in (ours, theirs)]
    assert made[0] == made[1]


def test_a_learners_own_formula_for_tanh_is_reported_as_it_is() -> None:
    trace = record_lecture("n = Value(0.8814)\no = n.tanh()\no.backward()")
    event = trace["backward"][1]
    t = (math.exp(2 * 0.8814) - 1) / (math.exp(2 * 0.8814) + 1)
    assert event["contribution"] == pytest.approx(1 - t**2, rel=1e-15)
    assert event["after"] == 1 - t**2


def test_lines_are_those_after_the_class_when_it_stands_in_the_cell() -> None:
    trace = record_lecture("a = Value(2.0)\nL = 2 * a + a\n\nL.backward()")
    first = LECTURE_LINES + 1
    assert [n["line"] for n in trace["nodes"]] == [first, *[first + 1] * 3]
    assert {e["cell_line"] for e in trace["backward"]} == {first + 3}
    inside = {e["line"] for e in trace["forward"][1:]} | {e["line"] for e in trace["backward"]}
    assert max(inside) <= LECTURE_LINES


def test_lines_are_the_callers_also_where_a_closure_does_not_know_self() -> None:
    engine = LECTURE.replace(
        """            self.grad += 1.0 * out.grad
            other.grad += 1.0 * out.grad
""",
        """            for child in children:
                child.grad += 1.0 * out.grad
""",
    ).replace("        out = Value(self.data + other.data", "        children = self, other\n"
              "        out = Value(self.data + other.data")  # fmt: skip
    assert engine != LECTURE
    last = engine.count("\n") + 2
    trace = record_lecture("L = Value(1.0) + Value(2.0)\nL.backward()", engine)
    assert [e["cell_line"] for e in trace["backward"]] == [last] * 3


def test_lines_inside_a_learners_function_are_its_own() -> None:
    trace = record("def double(x):\n    return x + x\n\na = Value(1.0)\nL = double(a)")
    assert [node["line"] for node in trace["nodes"]] == [4, 2]


def test_an_engine_that_overwrites_is_recorded_as_overwriting() -> None:
    engine = LECTURE.replace(".grad +=", ".grad =")
    trace = record_lecture('a = Value(3.0, label="a")\nL = a + a * 5\nL.backward()', engine)
    to_a = [(e["contribution"], e["before"], e["after"]) for e in trace["backward"] if e["to"] == 0]
    # L gives 1 and a·5 gives 5: which one is last depends on the set; one is lost
    assert sorted(x for x, _, _ in to_a) == [1.0, 5.0]
    assert to_a[1][1:] == (to_a[0][0], to_a[1][0])
    assert trace["nodes"][0]["grad"] == to_a[1][0] != 6.0


def test_an_engine_that_reads_the_upstream_gradient_once_is_understood() -> None:
    engine = LECTURE.replace(
        """            self.grad += other.data * out.grad
            other.grad += self.data * out.grad
""",
        """            g = out.grad
            self.grad += other.data * g
            other.grad += self.data * g
""",
    )
    assert engine != LECTURE
    for code in ("L = a * b", "L = a * a", "L = (a * 0) * (b * 0)"):
        ours = record(f"{LEAVES}{code}\nL.backward()")
        theirs = record_lecture(f"{LEAVES}{code}\nL.backward()", engine)
        same = [(e["to"], e["slot"], e["local"], e["contribution"]) for e in ours["backward"]]
        found = [(e["to"], e["slot"], e["local"], e["contribution"]) for e in theirs["backward"]]
        assert sorted(found[1:]) == sorted(same[1:])


def test_backward_called_node_by_node_knows_each_line() -> None:
    code = "a, b = Value(2.0), Value(3.0)\nd = a * b\nL = d + a\n"
    trace = record_lecture(code + "L.grad = 1.0\nL._backward()\nd._backward()")
    first = LECTURE_LINES + 1
    # a, b are 0 and 1, d is 2, L is 3
    assert [(e["from"], e["to"], e["contribution"], e["cell_line"]) for e in trace["backward"]] == [
        (None, 3, 1.0, first + 3),
        (3, 2, 1.0, first + 4),
        (3, 0, 1.0, first + 4),
        (2, 0, 3.0, first + 5),
        (2, 1, 2.0, first + 5),
    ]


def test_backward_called_node_by_node_on_our_engine() -> None:
    trace = record("a, b = Value(2.0), Value(3.0)\nL = a * b\nL.grad = 1.0\nL._backward()")
    assert writes(trace) == [(None, "L", 1, 1), ("L", "a", 3, 3), ("L", "b", 2, 2)]


def test_an_operation_that_we_do_not_know_is_reported_by_what_it_did() -> None:
    engine = LECTURE + (
        "    def cube(self):\n"
        "        out = Value(self.data**3, (self,), 'cube')\n"
        "        def _backward():\n"
        "            self.grad += 3 * self.data**2 * out.grad\n"
        "        out._backward = _backward\n"
        "        return out\n"
    )
    event = record_lecture("a = Value(2.0)\nL = a.cube()\nL.backward()", engine)["backward"][1]
    assert (event["local"], event["contribution"], event["after"]) == (12.0, 12.0, 12.0)  # 3·2²


MINIMAL = """
class Value:
    {body}
    def __init__(self, data, children=(), op=""):
        self.data, self._prev, self._op = data, children, op
        {init}
    def __add__(self, other):
        return Value(self.data + other.data, (self, other), "+")
    def backward(self):
        self.grad = 1.0
        for x in self._prev:
            x.grad += self.grad
"""


@pytest.mark.parametrize(
    ("body", "init"),
    [
        ("", "self.grad = 0.0"),
        ("", "self.grad = 0"),
        ("__slots__ = 'data', 'grad', '_prev', '_op'", "self.grad = 0.0"),
        ("__slots__ = 'data', 'grad', '_prev', '_op', '__dict__'", "self.grad = 0.0"),
        ("grad = 0.0", "pass"),
        (
            "grad = property(lambda self: self._g, lambda self, x: setattr(self, '_g', x))",
            "self.grad = 0.0",
        ),
    ],
)
def test_a_gradient_may_be_kept_anywhere(body: str, init: str) -> None:
    cell = MINIMAL.format(body=body, init=init) + "a = Value(1.0)\nL = a + a\nL.backward()\n"
    trace = record(cell + "seen = a.grad, hasattr(a, 'grad')")
    assert writes(trace) == [(None, "L", 1, 1), ("L", "a", 1, 1), ("L", "a", 1, 2)]


def test_a_class_that_is_no_value_is_left_in_peace() -> None:
    code = (
        "class Layer:\n    def __init__(self):\n        self.w = Value(2.0)\n"
        "    def backward(self):\n        return hasattr(self, 'grad'), getattr(self, 'grad', 7)\n"
        "seen = Layer().backward()\nassert seen == (False, 7)"
    )
    assert nodes(record(code)) == [("", "", 2.0, [])]


def test_numbers_among_the_operands_are_no_nodes() -> None:
    cell = MINIMAL.format(body="", init="self.grad = 0.0")
    trace = record(cell + "a = Value(2.0)\nL = Value(8.0, (a, 3), '**')\nL.backward\n")
    assert nodes(trace) == [("a", "", 2.0, []), ("L", "**", 8.0, [0])]


def test_an_operation_whose_name_holds_no_number_is_not_computed() -> None:
    cell = MINIMAL.format(body="", init="self.grad = 0.0")
    trace = record(cell + "a = Value(2.0)\nL = Value(8.0, (a,), '**k')\nL.backward()\n")
    assert trace["backward"][1]["contribution"] == 1.0


# Classes that inherit.


@pytest.mark.parametrize("init", ["", "    def __init__(self, *args, **kwargs):\n"
                                      "        super().__init__(*args, **kwargs)\n"])  # fmt: skip
@pytest.mark.parametrize("engine", ["", LECTURE])
def test_a_subclass_of_value_is_recorded_once(init: str, engine: str) -> None:
    code = (
        f"{engine}\nclass Mine(Value):\n{init}    def double(self):\n        return self + self\n"
        'a = Mine(3.0, label="a")\nL = a.double()\nL.backward()\n'
    )
    trace = record(code + "names_ = vars(Mine)\n")
    assert nodes(trace) == [("a", "", 3.0, []), ("L", "+", 6.0, [0, 0])]
    assert writes(trace) == [(None, "L", 1, 1), ("L", "a", 1, 1), ("L", "a", 1, 2)]
    assert trace["nodes"][0]["constant"] is False
    lines = code.split("\n")
    assert [lines[n["line"] - 1][:1] for n in trace["nodes"]] == ["a", "L"]


def test_a_subclass_that_was_there_before_keeps_its_gradients_afterwards() -> None:
    class Mine(Value):
        pass

    with Recorder(Value, Mine) as recorder:
        a = Mine(3.0)
        (a * a).backward()
    assert a.grad == 6.0
    assert len(recorder.nodes) == 2
    assert set(vars(Mine)) & {"__init__", "grad"} == set()


# Before, after, and whatever happens.


def test_nodes_made_before_the_recording_are_adopted_before_those_that_use_them() -> None:
    a, b = Value(2.0, label="a"), Value(3.0, label="b")
    d = a * b
    trace = record("L = d + a\nL.backward()", d=d, a=a)
    assert nodes(trace) == [
        ("a", "", 2.0, []),
        ("b", "", 3.0, []),
        ("d", "*", 6.0, [0, 1]),
        ("L", "+", 8.0, [2, 0]),
    ]
    assert [(n["line"], n["constant"]) for n in trace["nodes"]] == [
        *[(None, False)] * 3,
        (1, False),
    ]
    assert [e["line"] for e in trace["forward"][:3]] == [None] * 3
    assert trace["nodes"][0]["grad"] == 4.0  # b + 1


def test_a_chain_of_10000_made_before_the_recording_is_adopted() -> None:
    x = Value(1.0)
    for _ in range(10_000):
        x = -x
    assert len(record("L = -x", x=x)["nodes"]) == 10_002


def test_a_copy_of_a_node_can_be_an_operand() -> None:
    trace = record("a = Value(2.0)\nb = copy(a)\nL = a * b\nL.backward()", copy=copy.copy)
    assert [n["grad"] for n in trace["nodes"]] == [2.0, 2.0, 1.0]


@pytest.mark.parametrize("code", ["L = Value(2.0) * 3\nL.backward()", "Value(1.0) / no_such_name"])
def test_the_class_is_left_exactly_as_it_was(code: str) -> None:
    before = dict(vars(Value))
    names: dict[str, Any] = {"Value": Value}
    with Recorder(Value) as recorder:
        assert vars(Value)["grad"] is not before["grad"]
        try:
            exec(code, names)
        except NameError:
            assert "no_such" in code
    assert list(vars(Value).items()) == list(before.items())
    assert recorder.nodes


def test_the_class_is_left_exactly_as_it_was_when_a_cell_is_stopped() -> None:
    before = dict(vars(Value))
    with pytest.raises(KeyboardInterrupt), Recorder(Value):
        raise KeyboardInterrupt
    assert dict(vars(Value)) == before


def test_a_learners_class_is_given_back_too() -> None:
    with Recorder(Value) as recorder:
        names = recorder.names(Value=Value)
        exec(LECTURE, names)
        assert "grad" in vars(names["Value"])
    assert "grad" not in vars(names["Value"])
    assert vars(names["Value"])["__init__"].__qualname__ == "Value.__init__"
    assert not hasattr(vars(names["Value"])["__init__"], "__wrapped__")
    a = names["Value"](2.0)
    (a * a).backward()
    assert (a.grad, len(recorder.nodes)) == (4.0, 0)


def test_two_recordings_one_after_the_other_have_nothing_in_common() -> None:
    assert record(LECTURES_L) == record(LECTURES_L)


def bits(names: dict[str, Any]) -> list[tuple[str, str, str]]:
    """Return data and gradient of each variable, to the last bit."""
    kept = [(name, x) for name, x in names.items() if isinstance(x, Value)]
    return [(name, float(x.data).hex(), float(x.grad).hex()) for name, x in kept]


@settings(max_examples=60, deadline=None)
@given(programs())
def test_recording_changes_no_bit(code: str) -> None:
    plain: dict[str, Any] = {"Value": Value}
    exec(code, plain)
    with Recorder(Value) as recorder:
        watched = recorder.names(Value=Value)
        exec(compile(code, "<cell>", "exec"), watched)
    assert bits(watched) == bits(plain)
    trace = recorder.trace(watched)
    assert [n["data"].hex() for n in trace["nodes"]] == [n.data.hex() for n in recorder.nodes]


@settings(max_examples=60, deadline=None)
@given(programs())
def test_contributions_add_up_to_the_gradients(code: str) -> None:
    trace = record(code)
    total = {node["id"]: 0.0 for node in trace["nodes"]}
    for event in trace["backward"]:
        assert repr(event["before"]) == repr(total[event["to"]])
        total[event["to"]] = event["after"]
        assert repr(event["before"] + event["contribution"]) == repr(event["after"])
        if event["from"] is not None:
            assert repr(event["upstream"] * event["local"]) == repr(event["contribution"])
            operands = trace["nodes"][event["from"]]["operands"]
            assert operands[event["slot"]] == event["to"]
    assert repr(list(total.values())) == repr([node["grad"] for node in trace["nodes"]])


# What nobody has to see.


def test_what_is_unheard_is_in_no_recording_and_the_rest_is_in_all() -> None:
    make, grad = vars(Value)["__init__"], vars(Value)["grad"]
    with Recorder(Value) as outer, Recorder(Value) as inner:
        a = Value(2.0, label="a")
        with unheard():
            assert vars(Value)["__init__"] is make
            assert vars(Value)["grad"] is grad
            (a * a).backward()
        b = a + 1.0
        b.backward()
    for recorder in (outer, inner):
        trace = recorder.trace()
        assert nodes(trace) == [("a", "", 2.0, []), ("", "", 1.0, []), ("", "+", 3.0, [0, 1])]
    assert a.grad == 5.0
    assert vars(Value)["__init__"] is make
    assert vars(Value)["grad"] is grad


def test_recordings_go_on_when_what_is_unheard_fails() -> None:
    with Recorder(Value) as recorder:
        with pytest.raises(ZeroDivisionError), unheard():
            _ = 1 / 0
        Value(2.0)
    assert len(recorder.nodes) == 1
