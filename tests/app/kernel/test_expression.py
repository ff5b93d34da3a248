"""What is run, what becomes a leaf, and which value is the output, for code as people type it."""

import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.kernel.expression import Run, forward, run
from app.kernel.mistake import Mistake
from tests.app.kernel.programs import LECTURE, programs


def ran(code: str, **values: float) -> Run:
    found = run(code, values)
    assert isinstance(found, Run), found
    return found


def output(code: str, **values: float) -> float:
    found = ran(code, **values)
    data: float = found.trace["nodes"][found.output]["data"]
    return data


def says(code: str) -> tuple[str, int]:
    found = run(code, {})
    assert isinstance(found, Mistake)
    return found.says, found.line


# Leaves.


@pytest.mark.parametrize(
    ("code", "leaves"),
    [
        ("a", ["a"]),
        ("z + y * x", ["z", "y", "x"]),
        ("L = (a*b + c) * f", ["a", "b", "c", "f"]),
        ("d = b * a\nL = d + c", ["b", "a", "c"]),
        ("a = Value(3) * 1\nL = a * b", ["b"]),
        ("L = a * a", ["a"]),
        ("def g(x):\n    return x * k\n\nL = g(a)", ["k", "a"]),
        ("def g():\n    def h():\n        return k\n    return h()\n\nL = g()", ["k"]),
        ("L = sum(w * x for x in [a, b])", ["w", "a", "b"]),
        ("L = [x * k for x in [a]][0]", ["k", "a"]),
        ("for i in range(2):\n    L = a * i", ["a"]),
        ("L = (lambda x: x * k)(a)", ["k", "a"]),
        ("L = (y := a) * y", ["a"]),
        ("L = [y := a * i for i in range(2)][1] + y", ["a"]),
        ("def g():\n    global k\n    k = a\n\ng()\nL = k", ["a"]),
        ("from math import pi\nL = a * pi", ["a"]),
        ("import math\nL = a * math.pi", ["a"]),
        ("try:\n    1 / 0\nexcept ZeroDivisionError as e:\n    pass\nL = a", ["a"]),
        ("class Net:\n    k = b\n\nL = a * Net.k", ["b", "a"]),
        ("L: int = a", ["a"]),
        ("L = tanh(a) + abs(-2) + len([b])", ["a", "b"]),
        ("größe * ß", ["größe", "ß"]),
        ("self * other", ["self", "other"]),
        ("L = a * len(__builtins__)", ["a"]),
    ],
)
def test_names_that_are_used_and_never_assigned_become_leaves_as_they_appear(
    code: str, leaves: list[str]
) -> None:
    found = ran(code)
    assert list(found.leaves) == leaves
    assert [found.trace["nodes"][i]["label"] for i in found.leaves.values()] == leaves
    assert list(found.leaves.values()) == list(range(len(leaves)))  # they are made first


def test_a_leaf_keeps_its_name_when_the_code_gives_it_another_label() -> None:
    found = ran("a.label = 'weight'\nL = a * b", a=5.0)
    assert found.leaves == {"a": 0, "b": 1}
    assert found.trace["nodes"][0]["label"] == "weight"


# The output.


@pytest.mark.parametrize(
    ("code", "data"),
    [
        ("a * b", -6.0),
        ("L = a * b", -6.0),
        ("L = M = a * b", -6.0),
        ("L = a\nL += b", -1.0),
        ("L: Value = a * b", -6.0),
        ("d = a * b; d + c", 4.0),
        ("d = a * b\nd", -6.0),
        ("for i in range(3):\n    L = a * i", 4.0),
        ("L = a\nfor i in range(3):\n    L = L * 2", 16.0),
        ("L = a\nfor i in range(3):\n    L += b", -7.0),
        ("if a.data > 0:\n    L = a\nelse:\n    L = -a", 2.0),
        ("if a.data < 0:\n    L = a\nelse:\n    L = -a", -2.0),
        ("if 1:\n    if 1:\n        L = a", 2.0),
        ("import contextlib\nwith contextlib.nullcontext():\n    L = a * c", 20.0),
        ("try:\n    L = a\nfinally:\n    pass", 2.0),
        ("(L := a) * b", -6.0),
        ("a if a.data > b.data else b", 2.0),
        ("max([a, b], key=lambda x: x.data)", 2.0),
        ("# a comment\n\na  # and one more\n", 2.0),
        ("tanh(0*a) + relu(b) + exp(0*a) + log(exp(c)) + sigmoid(0*a)", 11.5),
        ("exp(0) * a", 2.0),  # a function of a number is a Value, too
    ],
)
def test_the_last_line_is_the_output(code: str, data: float) -> None:
    assert output(code) == pytest.approx(data)


NOTHING = "There is nothing to compute yet. Type something like (a*b + c) * f."
NO_VALUE = "The last line gives no value. Let it compute one, such as L = a * b."
SEVERAL = "The last line gives several values. Make one of them, for instance with sum(...)."
NUMBER = "The result is a plain number, so there is no graph. Use a name in it, such as a."


@pytest.mark.parametrize(
    ("code", "sentence", "line"),
    [
        ("", NOTHING, 0),
        (" \n# only a comment", NOTHING, 0),
        ("1 + 2", NUMBER, 1),
        ("a\nL = 3.5", NUMBER, 2),
        ("a.data", NUMBER, 1),
        ("a, b", SEVERAL, 1),
        ("L = a, b", SEVERAL, 1),
        ("[a, b]", SEVERAL, 1),
        ("print(end='')", NO_VALUE, 1),
        ("a\nx, y = a, b", NO_VALUE, 2),
        ("x = [a]\nx[0] = b", NO_VALUE, 2),
        ("a.label = 'x'", NO_VALUE, 1),
        ("if 0:\n    L = a", NO_VALUE, 1),
        ("for x in []:\n    L = a", NO_VALUE, 1),
        ("for x in [a]:\n    x * b", NO_VALUE, 1),
        ("def f():\n    L = a", NO_VALUE, 1),
        ("class A:\n    L = a", NO_VALUE, 1),
        ("import math", NO_VALUE, 1),
        ("L = a\ndel L", NO_VALUE, 2),
        ("pass", NO_VALUE, 1),
        ("'a'", "The last line gives a str. Let it compute a Value, such as L = a * b.", 1),
        ("a.exp", "The last line gives a method. Let it compute a Value, such as L = a * b.", 1),
        (
            "class Value:\n    def __init__(self, data):\n        self.data = data\n\nL = Value(2)",
            "The last line gives a Value that cannot be watched. It is, when its class has "
            "__init__ and backward(), and keeps data, grad, _prev and _op.",
            5,
        ),
    ],
)
def test_code_that_gives_no_value_is_told_so(code: str, sentence: str, line: int) -> None:
    assert says(code) == (sentence, line)


# Running.


def test_run_records_forward_and_backward() -> None:
    found = ran("L = (a*b + c) * f")
    grads = {node["label"]: node["grad"] for node in found.trace["nodes"] if node["label"]}
    # ∂L/∂a = f·b, ∂L/∂b = f·a, ∂L/∂c = f, ∂L/∂f = a·b + c
    assert grads == {"a": 6.0, "b": -4.0, "c": -2.0, "f": 4.0, "L": 1.0}


def test_run_without_backward_leaves_the_gradients_alone() -> None:
    found = run("L = a * b", {}, backward=False)
    assert isinstance(found, Run)
    assert found.trace["backward"] == []
    assert {node["grad"] for node in found.trace["nodes"]} == {0.0}


def test_run_uses_the_values_that_are_given() -> None:
    assert output("a * b", a=4.0, b=0.5) == 2.0


def test_run_knows_the_lines_of_the_code() -> None:
    trace = ran("d = a * b\n\nL = (d\n     + c)").trace
    assert [node["line"] for node in trace["nodes"]] == [None, None, None, 1, 3]
    assert {event["cell_line"] for event in trace["backward"]} == {None}  # backward is ours


def test_run_returns_what_is_printed(capsys: pytest.CaptureFixture[str]) -> None:
    assert ran("print('a is', a.data)\nprint('ä', end='')\nL = a").printed == "a is 2.0\nä"
    assert ran("L = a").printed == ""
    assert capsys.readouterr().out == ""


def test_run_returns_what_a_backward_of_the_learners_own_prints() -> None:
    own = LECTURE.replace(
        "        order, visited =", "        print('back')\n        order, visited ="
    )
    assert ran(own + "L = Value(2.0) + 1").printed == "back\n"


@pytest.mark.parametrize("code", ["print('so far')\nL = a.tanch()", "print('so far')\nL = 2"])
def test_a_mistake_keeps_what_was_printed_before(code: str) -> None:
    found = run(code, {})
    assert isinstance(found, Mistake)
    assert found.printed == "so far\n"


@pytest.mark.parametrize(
    "code",
    [
        "print(1)\nL = a",
        "L = a.tanch()",
        "import sys\nsys.stdout = None\nL = a",
        "import sys\nsys.stdout.close()\nprint(1)\nL = a",
        "raise SystemExit",
    ],
)
def test_run_gives_standard_output_back(code: str) -> None:
    before = sys.stdout
    run(code, {})
    forward(code, {})
    assert sys.stdout is before


def test_run_keeps_what_python_warns_of_to_itself(recwarn: pytest.WarningsRecorder) -> None:
    assert output("L = a if a is 2 else b") == -3.0
    assert output("'\\d'\nL = a") == 2.0
    assert list(recwarn) == []


def test_run_takes_a_value_class_of_the_learners_own() -> None:
    found = ran(LECTURE + "a = Value(2.0)\nb = Value(-3.0)\nL = a * b + a")
    nodes = found.trace["nodes"]
    assert [(n["label"], n["data"], n["grad"]) for n in nodes] == [
        ("a", 2.0, -2.0),  # b + 1
        ("b", -3.0, 2.0),
        ("", -6.0, 1.0),
        ("L", -4.0, 1.0),
    ]
    assert found.leaves == {}  # the class is not ours: its numbers stay as they are


def test_run_of_a_learners_own_value_with_one_of_ours_does_not_raise() -> None:
    found = run(LECTURE + "L = Value(2.0) * a", {})
    assert isinstance(found, Run | Mistake)


def test_run_takes_a_class_whose_backward_does_nothing() -> None:
    own = "class Value:\n    def __init__(self, data):\n        self.data, self.grad = data, 0.0\n"
    own += "        self._prev, self._op = (), ''\n    def backward(self):\n        pass\n"
    assert ran(own + "L = Value(2)").trace["backward"] == []


def test_run_of_one_code_leaves_nothing_to_the_next() -> None:
    ran("k = a\nL = k")
    assert list(ran("L = k * a").leaves) == ["k", "a"]


@pytest.mark.parametrize(
    "code",
    [
        "xs = [" + "(1, -2.5), " * 2_000 + "]\nL = a",  # wide, not deep
        "text = '" + "- + * " * 1_000 + "'\nL = a",
        "# " + "-" * 5_000 + "\nL = a",
        "L = a" + " + b" * 900,
        "if a: L = a\n" * 1_000,
    ],
)
def test_run_takes_long_code(code: str) -> None:
    assert isinstance(run(code, {}), Run)


def test_run_takes_code_of_10000_characters() -> None:
    line = "L = L * a + b\n"
    code = "L = a\n" + line * 714
    assert len(code) > 10_000
    found = ran(code, a=1.0, b=0.0)
    assert len(found.trace["nodes"]) == 2 + 2 * 714
    assert found.trace["nodes"][0]["grad"] == 715.0  # L = a·a·…·a, 715 times, at a = 1


def test_run_takes_a_last_line_that_calls_backward_for_the_output() -> None:
    ran = run("L = a * b\nL.backward()", {"a": 2.0, "b": -3.0})
    assert isinstance(ran, Run)
    nodes = ran.trace["nodes"]
    assert [node["grad"] for node in nodes] == [-3.0, 2.0, 1.0]  # b, a, 1: once, not twice
    assert (ran.output, ran.leaves) == (2, {"a": 0, "b": 1})


# Leaves that the code makes.


def test_run_takes_a_value_that_the_code_makes_for_a_leaf() -> None:
    found = ran("a = Value(2.0, label='weight')\nL = a * b  # a·b", a=-0.5)
    assert found.leaves == {"b": 0, "a": 1}  # the free names are made first
    assert found.made == ("a",)
    assert [node["data"] for node in found.trace["nodes"]] == [-3.0, -0.5, 1.5]
    assert found.code == "a = Value(-0.5, label='weight')\nL = a * b  # a·b"
    assert [node["line"] for node in found.trace["nodes"]] == [None, 1, 2]


def test_run_of_the_lectures_first_lines_has_a_leaf_for_each() -> None:
    code = "a = Value(2.0)\nb = Value(-3.0)\nc = Value(10)\nL = a*b + c"
    found = ran(code, b=1.0)
    assert found.leaves == {"a": 0, "b": 1, "c": 2}
    assert found.code == "a = Value(2.0)\nb = Value(1.0)\nc = Value(10)\nL = a*b + c"
    assert found.trace["nodes"][found.output]["data"] == 12.0  # 2·1 + 10


def test_run_leaves_the_code_alone_without_such_leaves() -> None:
    assert ran("L =  a * b # +", a=7.0).code == "L =  a * b # +"


def test_a_mistake_stands_where_it_was_typed_although_a_number_before_it_is_longer_now() -> None:
    code = "a = Value(2); L = a.tanch()"
    found = run(code, {"a": 0.123456789})
    assert isinstance(found, Mistake)
    assert found.as_data(code)["excerpt"] == ["a = Value(2); L = ", "a.tanch", "()"]


# Forward only.

OWN = LECTURE + "x = Value(2.0)\ny = Value(-3.0)\n"


@pytest.mark.parametrize(
    "code",
    [
        "(a*b + c) * f",
        "L = (a*b + c) * f\nL.backward()",
        "L = tanh(a) / exp(b) ** c - log(f)",
        "L = a\nfor i in range(30):\n    L = L * b + i / 3",
        "L = a if a.data > 0.3 else b.sigmoid()",
        "a = Value(2.0)\nc = Value(data=-1, label='c')\nL = (a / 3 + b) * c",
        "print(a)\na.data = 0.7\nL = (a + b).relu()",
        "L = a * b\nL.backward()\nL = L + a.grad",
        "class Neuron:\n    def __call__(self, x): return (w1 * x).tanh()\n\nL = Neuron()(a)",
        "L = a * len(__builtins__)",
        OWN + "L = (x * y + 1 / 3).tanh()",
        OWN + "L = x.exp() ** 2 + 0.1 * y",
    ],
)
@settings(max_examples=30, deadline=None)
@given(values=st.dictionaries(st.sampled_from("abcf"), st.floats(-3, 3)))
def test_forward_is_what_run_finds_to_the_last_bit(code: str, values: dict[str, float]) -> None:
    found = run(code, values, backward=False)
    assert isinstance(found, Run)
    assert repr(forward(code, values)) == repr(found.trace["nodes"][found.output]["data"])


@settings(max_examples=60, deadline=None)
@given(code=programs(), x=st.floats())
def test_forward_of_random_programs_is_what_run_finds(code: str, x: float) -> None:
    found = run(code, {"a": x}, backward=False)
    assert isinstance(found, Run)
    assert list(found.leaves) == ["a", "b", "c"]
    assert repr(forward(code, {"a": x})) == repr(found.trace["nodes"][found.output]["data"])


def test_forward_prints_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    assert forward("print(a)\nL = a", {"a": 0.5}) == 0.5
    assert capsys.readouterr().out == ""


def test_forward_does_not_go_backward() -> None:
    own = LECTURE.replace("        order, visited = [], set()\n", "        raise OSError\n")
    assert isinstance(run(own + "L = Value(2.0) * 3", {}), Mistake)
    assert forward(own + "L = Value(2.0) * 3", {}) == 6.0


def test_forward_leaves_pythons_own_names_alone() -> None:
    assert forward("__builtins__['abs'] = None\nL = a", {"a": 2.0}) == 2.0
    assert abs(-1) == 1


@pytest.mark.parametrize(
    "code",
    [
        "L = a * [b][int(a.data)]",
        "L = a if a.data < 1 else 3",
        "L = [a]",
        "L = a *",
        "",
        "-" * 2000 + "a",
        "if a.data > 1: quit()\nL = a",
        "def f(): return f()\nL = f()",
    ],
)
def test_forward_of_code_that_fails_with_these_numbers_is_none(code: str) -> None:
    assert forward(code, {"a": 2.0}) is None


def test_forward_that_takes_too_long_is_stopped() -> None:
    with pytest.raises(KeyboardInterrupt):
        forward("raise KeyboardInterrupt", {})
