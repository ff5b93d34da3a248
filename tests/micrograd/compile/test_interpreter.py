"""Any graph, run by the interpreter and as straight code: the engine's digits, bit for bit."""

import math
import os
import subprocess
import sys
import textwrap
from array import array
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from micrograd.compile.arithmetic import LIBM
from micrograd.compile.graph import Graph
from micrograd.compile.interpreter import Interpreter, code
from micrograd.compile.machine import machine
from micrograd.compile.module import module
from micrograd.compile.straight import Straight
from micrograd.compile.tape import Node, NotCompilable, Tape, tape_of
from micrograd.compile.wasm import f64, i32
from micrograd.engine import Value
from tests.micrograd.compile.pairs import bits

each = pytest.mark.parametrize


# Literal graphs.


def test_graph_gives_output_and_gradients() -> None:
    a, b = Value(2.0), Value(-3.0)
    graph = Graph(a * b + a, [a, b])
    assert graph.forward([2.0, -3.0]) == -4.0  # 2·(-3) + 2
    assert graph.gradients() == [-2.0, 2.0]  # b + 1, a


def test_graph_runs_again_with_other_numbers() -> None:
    a, b = Value(2.0), Value(-3.0)
    graph = Graph(a * b + a, [a, b])
    assert graph.forward([5.0, 7.0]) == 40.0
    assert graph.gradients() == [8.0, 5.0]
    assert (a.data, a.grad) == (2.0, 0.0)  # the Values stay as they are


def test_graph_has_run_once_with_the_numbers_of_its_leaves() -> None:
    a = Value(3.0)
    assert Graph(a * a, [a]).gradients() == [6.0]  # 2a


def test_gradients_can_be_asked_twice() -> None:
    a = Value(3.0)
    graph = Graph(a * a, [a])
    assert graph.gradients() == graph.gradients() == [6.0]


def test_graph_of_a_leaf_alone() -> None:
    a = Value(3.0)
    graph = Graph(a, [a])
    assert graph.forward([4.0]) == 4.0
    assert graph.gradients() == [1.0]


def test_graph_without_leaves_is_a_constant() -> None:
    graph = Graph(Value(2.0) * 3.0, [])
    assert graph.forward([]) == 6.0
    assert graph.gradients() == []


def test_a_plus_a_counts_twice() -> None:
    a = Value(3.0)
    assert Graph(a + a, [a]).gradients() == [2.0]


def test_an_unused_leaf_has_gradient_0() -> None:
    a, b = Value(3.0), Value(4.0)
    assert Graph(a * 2.0, [a, b]).gradients() == [2.0, 0.0]


def test_other_leaves_are_constants() -> None:
    a, b = Value(3.0), Value(4.0)
    graph = Graph(a * b, [a])
    b.data = 100.0
    assert graph.forward([5.0]) == 20.0


def test_a_choice_by_a_number_is_not_made_again() -> None:
    a = Value(3.0)
    graph = Graph(a * 2.0 if a.data > 0 else a * 10.0, [a])
    assert graph.forward([-3.0]) == -6.0


def test_a_chain_of_10_000() -> None:
    a = x = Value(0.0)
    for _ in range(10_000):
        x = x + 1.0
    graph = Graph(x, [a])
    assert graph.forward([0.5]) == 10_000.5
    assert graph.gradients() == [1.0]


def test_a_graph_that_is_kept_to_the_end_is_freed_without_a_word(tmp_path: Path) -> None:
    text = """
        from micrograd.compile.graph import Graph
        from micrograd.engine import Value

        a = Value(3.0)
        graph = Graph(a * a, [a])
        graph.itself = graph  # a cycle, which Python frees last
    """
    (tmp_path / "kept.py").write_text(textwrap.dedent(text))
    paths = os.pathsep.join([str(tmp_path), str(Path(__file__).parents[3])])
    ended = subprocess.run(
        [sys.executable, "-c", "import kept"],
        env={**os.environ, "PYTHONPATH": paths},
        capture_output=True,
        text=True,
    )
    assert (ended.returncode, ended.stderr) == (0, "")


def test_a_leaf_listed_twice_is_refused() -> None:
    a = Value(3.0)
    with pytest.raises(ValueError, match="twice"):
        Graph(a + 1.0, [a, a])


def test_a_result_among_the_leaves_is_refused() -> None:
    a = Value(3.0)
    b = a + 1.0
    with pytest.raises(ValueError, match="no leaf"):
        Graph(b * b, [b])


def test_too_few_numbers_are_refused() -> None:
    a = Value(3.0)
    with pytest.raises(ValueError, match="1 leaves, but 0 numbers"):
        Graph(a + 1.0, [a]).forward([])


def test_an_unknown_operation_is_refused() -> None:
    a = Value(3.0)
    with pytest.raises(NotCompilable, match="'sin'"):
        Graph(Value(math.sin(3.0), (a,), "sin", _local=(math.cos(3.0),)), [a])


def test_what_is_beside_the_first_output_gets_no_gradient() -> None:
    # 0 · inf, the slope of √x at 0 times a gradient of 0, would be nan
    square = Node("*", (0, 0))
    tape = Tape([Node("input"), Node("** number", (0,), 0.5), square], [2, 1], [])
    interpreter = Interpreter(machine(), tape, {"input": 1})
    interpreter.write("input", [0.0])
    assert interpreter.forward() == array("d", [0.0, 0.0])
    interpreter.backward()
    assert interpreter.gradients("input") == array("d", [0.0])


def test_the_module_is_small_and_differs_only_in_its_memory() -> None:
    small, large = code(100), code(200_000)  # 1 page, 4 pages
    assert len(small) < 2_000
    assert [a for a, b in zip(small, large) if a != b] == [1]


# Random graphs.

SPECIAL = [0.0, -0.0, 1.0, -1.0, 0.5, 2.0, -3.0, math.inf, -math.inf, math.nan, 1e-310, 1e300]
EXPONENTS = [0.0, 1.0, 2.0, 3.0, -1.0, 0.5, -0.5, 1 / 3, 1e6]
ONE = ["neg", "tanh", "relu", "exp", "log", "sigmoid", "**", "+1"]
TWO = ["+", "-", "*", "/", "**"]

Recipe = list[tuple[str, int, int, float]]
numbers = st.sampled_from(SPECIAL) | st.floats() | st.floats(-2, 2)


@st.composite
def recipes(draw: st.DrawFn, longest: int = 25) -> Recipe:
    """Draw operations, each with the places of its operands: leaves and older results."""
    place = st.integers(0, 100)
    one = st.tuples(st.sampled_from(ONE), place, st.just(-1), st.sampled_from(EXPONENTS))
    two = st.tuples(st.sampled_from(TWO), place, place, st.just(0.0))
    return draw(st.lists(one | two, min_size=1, max_size=longest))


OPERATORS: dict[str, Callable[[Value, Value], Value]] = {
    "+": lambda a, b: a + b,
    "-": lambda a, b: a - b,
    "*": lambda a, b: a * b,
    "/": lambda a, b: a / b,
    "**": lambda a, b: a**b,
}


def cook(recipe: Recipe, leaves: Sequence[Value]) -> Value:
    """Do the operations, and add up all that nobody has used: so each of them counts."""
    values = list(leaves)
    used = set()
    for op, i, j, k in recipe:
        a = values[-1 - i % len(values)]
        used.add(a)
        if j >= 0:
            b = values[-1 - j % len(values)]
            used.add(b)
            values.append(OPERATORS[op](a, b))
        elif op == "**":
            values.append(a**k)
        elif op == "+1":
            values.append(a + 1.0)
        else:
            values.append(-a if op == "neg" else getattr(a, op)())
    last, *others = [value for value in values[::-1] if value not in used]
    return sum(others, last)


def by_engine(recipe: Recipe, numbers: Sequence[float]) -> tuple[float, list[float]]:
    leaves = [Value(x) for x in numbers]
    output = cook(recipe, leaves)
    output.backward()
    return output.data, [leaf.grad for leaf in leaves]


def graph_of(recipe: Recipe, leaves: int) -> Graph:
    values = [Value(0.5) for _ in range(leaves)]
    return Graph(cook(recipe, values), values)


def straight(recipe: Recipe, numbers: Sequence[float], piece: int) -> tuple[float, list[float]]:
    """Run a program of one row: its numbers, their gradients, the output, and what it spills."""
    n = len(numbers)
    data, grad, result, scratch = 8, 8 + 8 * n, 8 + 16 * n, 16 + 16 * n
    leaves = [Value(0.5) for _ in numbers]
    tape = tape_of([cook(recipe, leaves)], {leaf: ("input", i) for i, leaf in enumerate(leaves)})
    (output,) = tape.outputs
    program = Straight(
        tape,
        lambda leaf: (i32(0), data + 8 * leaf.place),
        lambda leaf: (i32(0), grad + 8 * leaf.place),
        scratch=scratch,
        sinks={output: [(i32(0), result)]},
        seeds={output: [f64(1.0)]},
        piece=piece,
    )
    functions = program.functions(len(LIBM), b"")
    run = {"run": len(LIBM) + len(functions) - 1}
    instance = machine().instantiate(module(LIBM, functions, run, scratch + program.size))
    instance.write(data, array("d", numbers).tobytes())
    instance.call("run", 0)
    found = array("d", instance.read(grad, 8 * n + 8))
    return found[-1], found[:-1].tolist()


some = st.lists(numbers, min_size=3, max_size=3)


@settings(max_examples=500, deadline=None)
@given(recipes(), some, some)
def test_the_interpreter_has_the_engines_digits(
    recipe: Recipe, first: list[float], second: list[float]
) -> None:
    graph = graph_of(recipe, 3)
    for leaves in (first, second, first):
        found = graph.forward(leaves), graph.gradients()
        assert bits(found) == bits(by_engine(recipe, leaves))


@settings(max_examples=300, deadline=None)
@given(recipes(), some, st.sampled_from([1, 3, 4, 7, 1_000]))
def test_straight_code_has_the_engines_digits(
    recipe: Recipe, leaves: list[float], piece: int
) -> None:
    assert bits(straight(recipe, leaves, piece)) == bits(by_engine(recipe, leaves))


@each("x", SPECIAL)
@each("y", SPECIAL)
def test_every_operation_at_the_special_numbers(x: float, y: float) -> None:
    for op in TWO:
        check([(op, 0, 1, 0.0)], [x, y])


@each("x", [*SPECIAL, 710.0, -746.0, 20.0, -40.0, 5e-324])
@each("op", ONE)
def test_operations_of_one_at_the_special_numbers(op: str, x: float) -> None:
    for exponent in EXPONENTS if op == "**" else [0.0]:
        check([(op, 0, -1, exponent)], [x])


GRAPHS: dict[tuple[str, int], Graph] = {}


def check(recipe: Recipe, leaves: list[float]) -> None:
    key = repr(recipe), len(leaves)
    if key not in GRAPHS:
        GRAPHS[key] = graph_of(recipe, len(leaves))
    found = GRAPHS[key].forward(leaves), GRAPHS[key].gradients()
    assert bits(found) == bits(by_engine(recipe, leaves))


@each("piece", [1, 2, 3, 50, 1_000])
def test_straight_code_in_pieces_of_a_long_chain(piece: int) -> None:
    recipe: Recipe = [("tanh", 0, -1, 0.0), ("*", 0, 2, 0.0), ("+", 0, 1, 0.0)] * 100
    expected = by_engine(recipe, [0.5, -0.25, 0.75])
    assert bits(straight(recipe, [0.5, -0.25, 0.75], piece)) == bits(expected)
