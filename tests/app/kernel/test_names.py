"""What nodes are called, from programs that the engine ran."""

import time
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.kernel.names import LONGEST, names, whole
from app.kernel.recorder import Recorder
from micrograd.engine import Value


def names_of(code: str) -> list[str]:
    with Recorder(Value) as recorder:
        variables = recorder.names(Value=Value)
        exec(compile(f"a, b = Value(2.0), Value(-3.0)\n{code}", "<cell>", "exec"), variables)
    return names(recorder.trace(variables))


def name_of(expression: str) -> str:
    """Name the last node of an expression that stands alone, so that no variable holds it."""
    return names_of(expression)[-1]


def node(i: int, op: str, operands: list[int], **more: Any) -> dict[str, Any]:
    return {"id": i, "op": op, "operands": operands, "label": "", "data": 0.0, **more}


def test_names_calls_a_node_by_its_label() -> None:
    assert names_of("c = a * b") == ["a", "b", "c"]


def test_names_calls_a_constant_by_its_number() -> None:
    assert names_of("c = 2.5 * a - 1 / 3") == ["a", "b", "2.5", "2.5 × a", "0.3333", "c"]


def test_names_calls_an_unnamed_leaf_by_the_order_of_creation() -> None:
    assert names_of("c = Value(5.0) * a") == ["a", "b", "#2", "c"]


@pytest.mark.parametrize(
    ("code", "name"),
    [
        ("a + b", "a + b"),
        ("(a + b) * 2", "(a + b) × 2"),
        ("a * b + a", "a × b + a"),
        ("a + b * a", "a + b × a"),
        ("a + b + a", "a + b + a"),
        ("a + (b + a)", "a + (b + a)"),
        ("a - (b - a)", "a − (b − a)"),
        ("a / (b * a)", "a ÷ (b × a)"),
        ("a / b / a", "a ÷ b ÷ a"),
        ("a * -2", "a × (−2)"),
        ("-2 * a", "−2 × a"),
        ("-a", "−a"),
        ("-(a + b)", "−(a + b)"),
        ("-(a * b)", "−(a × b)"),
        ("-(-a)", "−(−a)"),
        ("-a * b", "−a × b"),
        ("b - -a", "b − (−a)"),
        ("a**2", "a²"),
        ("a**-1", "a⁻¹"),
        ("a**0.5", "a ** 0.5"),
        ("a**-0.5", "a ** (−0.5)"),
        ("a**b", "a ** b"),
        ("2**a", "2 ** a"),
        ("(-2)**a", "(−2) ** a"),
        ("(a**2)**2", "(a²)²"),
        ("(a + b)**2", "(a + b)²"),
        ("-(a**2)", "−a²"),
        ("(-a)**2", "(−a)²"),
        ("a.tanh()", "tanh(a)"),
        ("(a + b).relu()", "ReLU(a + b)"),
        ("a.exp().log()", "log(exp(a))"),
    ],
)
def test_names_puts_parentheses_where_they_are_needed(code: str, name: str) -> None:
    assert name_of(code) == name


def test_names_calls_a_longer_expression_by_the_order_of_creation() -> None:
    found = names_of("L = ((a + b) * (a - b)).tanh()")
    assert found == ["a", "b", "a + b", "a − b", "#4", "L"]  # (a + b) × (a − b) is too long


def test_names_gives_no_two_nodes_the_same_expression() -> None:
    assert names_of("L = a * b + a * b") == ["a", "b", "a × b", "#3", "L"]


def test_names_gives_no_expression_that_is_a_label() -> None:
    label = node(2, "tanh", [0], label="a + b")
    assert names({"nodes": [leaf("a"), leaf("b"), label, node(3, "+", [0, 1])]})[3] == "#3"


def leaf(label: str) -> dict[str, Any]:
    return node("ab".index(label), "", [], label=label)


def test_names_puts_a_label_of_several_words_in_parentheses() -> None:
    nodes = [node(0, "", [], label="my a"), node(1, "**2", [0]), node(2, "", [], label="x[1]")]
    assert names({"nodes": [*nodes, node(3, "**2", [2])]}) == ["my a", "(my a)²", "x[1]", "x[1]²"]


def test_names_writes_an_unknown_operation_as_a_function() -> None:
    assert names({"nodes": [leaf("a"), leaf("b"), node(2, "max", [0, 1])]})[2] == "max(a, b)"


def test_names_of_a_chain_takes_time_in_proportion_to_its_length() -> None:
    chain = [leaf("a"), *(node(i, "+", [i - 1, i - 1]) for i in range(1, 20_001))]
    start = time.perf_counter()
    found = names({"nodes": chain})
    assert time.perf_counter() - start < 2
    assert found[:4] == ["a", "a + a", "#2", "#2 + #2"]  # a + a + (a + a) is too long
    assert max(map(len, found)) <= LONGEST


operations = st.lists(
    st.tuples(st.sampled_from(["+", "-", "*", "/", "**", "neg", "**2", "tanh"]), st.randoms()),
    max_size=30,
)


@given(operations)
def test_names_of_computed_nodes_are_all_different(steps: list[tuple[str, Any]]) -> None:
    nodes = [leaf("a"), leaf("b")]
    for op, random in steps:
        count = 2 if op in ("+", "-", "*", "/", "**") else 1
        nodes.append(node(len(nodes), op, random.choices(range(len(nodes)), k=count)))
    found = names({"nodes": nodes})
    assert len(set(found)) == len(found)
    assert all(name.count("(") == name.count(")") for name in found)


@pytest.mark.parametrize(
    ("name", "found"),
    [("a", "a"), ("#7", "#7"), ("a × b", "(a × b)"), ("−a", "(−a)"), ("tanh(a)", "tanh(a)")],
)
def test_whole_puts_a_name_of_several_parts_in_parentheses(name: str, found: str) -> None:
    assert whole(name) == found
