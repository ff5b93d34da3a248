"""Formulas, read without their tags: a fraction is (above)/(below), a power base^(exponent)."""

import math
import xml.etree.ElementTree as ET
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.kernel.formulas import FORMULAS, derivative_formula, value_formula

INF, NAN = math.inf, math.nan
BINARY = ["+", "-", "*", "/", "**"]
UNARY = ["tanh", "ReLU", "exp", "log"]


def read(formula: str) -> str:
    """Return a formula as a line of text, with every mark that the eye sees."""
    return _read(ET.fromstring(formula)).replace("\u2061", "").replace("\xa0", " ")


def _read(element: ET.Element) -> str:
    parts = [_read(part) for part in element]
    if element.tag == "mfrac":
        return f"[{parts[0]}]/[{parts[1]}]"
    if element.tag == "msup":
        return f"{parts[0]}^[{parts[1]}]"
    if element.tag == "mtr":
        return " ".join(parts) + "; "
    return (element.text or "") + "".join(parts)


def names_of(op: str) -> list[str]:
    return ["a", "b", "c"] if op in BINARY else ["a", "c"]


def value(op: str, *values: float) -> str:
    return read(value_formula(op, names_of(op), values))


def derivative(op: str, slot: int, values: Sequence[float], local: float) -> str:
    return read(derivative_formula(op, slot, names_of(op), values, local))


def test_every_operation_of_the_engine_has_a_formula() -> None:
    assert list(FORMULAS) == [*BINARY, *UNARY, "neg", "sigmoid"]


def test_negation_and_sigmoid_are_written_with_names_and_numbers() -> None:
    assert read(value_formula("neg", ["a", "c"], [-2.0, 2.0])) == "c=−a=−(−2)=2"
    names, values = ["a", "c"], [0.0, 0.5]
    assert read(value_formula("sigmoid", names, values)) == "c=σ(a)=σ(0)=0.5"
    derivative = derivative_formula("sigmoid", 0, names, values, 0.25)  # 0.5·(1 − 0.5)
    assert read(derivative) == "[∂c]/[∂a]=c·(1−c)=0.5·(1−0.5)=0.25"


@pytest.mark.parametrize(
    ("op", "values", "text"),
    [
        ("+", (2, 3, 5), "c=a+b=2+3=5"),
        ("-", (2, 3, -1), "c=a−b=2−3=−1"),
        ("*", (2, 3, 6), "c=a×b=2×3=6"),
        ("/", (3, 2, 1.5), "c=[a]/[b]=[3]/[2]=1.5"),
        ("**", (2, 3, 8), "c=a^[b]=2^[3]=8"),
        ("tanh", (0, 0), "c=tanh(a)=tanh(0)=0"),
        ("ReLU", (2, 2), "c=ReLU(a)=ReLU(2)=2"),
        ("exp", (0, 1), "c=e^[a]=e^[0]=1"),
        ("log", (1, 0), "c=log(a)=log(1)=0"),
    ],
)
def test_value_formula_says_it_with_names_and_with_numbers(
    op: str, values: tuple[float, ...], text: str
) -> None:
    assert value(op, *map(float, values)) == text


@pytest.mark.parametrize(
    ("op", "values", "text"),
    [
        ("+", (-2, -3, -5), "c=a+b=−2+(−3)=−5"),  # nothing before a: it needs none
        ("-", (-2, -3, 1), "c=a−b=−2−(−3)=1"),
        ("*", (-2, -3, 6), "c=a×b=−2×(−3)=6"),
        ("/", (-3, -2, 1.5), "c=[a]/[b]=[−3]/[−2]=1.5"),  # a fraction keeps them apart
        ("**", (-2, -3, -0.125), "c=a^[b]=(−2)^[−3]=−0.125"),  # not −2³
        ("tanh", (-INF, -1), "c=tanh(a)=tanh(−∞)=−1"),
        ("ReLU", (-2, 0), "c=ReLU(a)=ReLU(−2)=0"),
        ("exp", (-INF, 0), "c=e^[a]=e^[−∞]=0"),
        ("log", (-1, NAN), "c=log(a)=log(−1)=nan"),
        ("+", (1, -0.0, 1), "c=a+b=1+(−0)=1"),
    ],
)
def test_value_formula_guards_a_negative_operand_where_it_must(
    op: str, values: tuple[float, ...], text: str
) -> None:
    assert value(op, *map(float, values)) == text


@pytest.mark.parametrize(
    ("op", "values", "text"),
    [
        ("/", (1, 3, 1 / 3), "c=[a]/[b]=[1]/[3]≈0.3333"),  # the result was shortened,
        ("-", (1 / 3, 1 / 3, 0), "c=a−b=0.3333−0.3333≈0"),  # or both operands,
        ("*", (3, 1 / 3, 1), "c=a×b=3×0.3333≈1"),  # or one,
        ("*", (4, 0.25, 1), "c=a×b=4×0.25=1"),  # or nothing
    ],
)
def test_value_formula_is_about_equal_where_a_number_was_shortened(
    op: str, values: tuple[float, ...], text: str
) -> None:
    assert value(op, *map(float, values)) == text


# d(a ÷ b)/db = −a/b²; d(aᵇ)/da = b·aᵇ⁻¹; d(aᵇ)/db = aᵇ·log a; d(tanh a)/da = 1 − tanh² a.
@pytest.mark.parametrize(
    ("op", "slot", "values", "local", "text"),
    [
        ("+", 0, (2, 3, 5), 1, "[∂c]/[∂a]=1"),
        ("+", 1, (2, 3, 5), 1, "[∂c]/[∂b]=1"),
        ("-", 0, (2, 3, -1), 1, "[∂c]/[∂a]=1"),
        ("-", 1, (2, 3, -1), -1, "[∂c]/[∂b]=−1"),
        ("*", 0, (2, 3, 6), 3, "[∂c]/[∂a]=b=3"),  # not b = 3 = 3
        ("*", 1, (2, 3, 6), 2, "[∂c]/[∂b]=a=2"),
        ("/", 0, (3, 2, 1.5), 0.5, "[∂c]/[∂a]=[1]/[b]=[1]/[2]=0.5"),
        ("/", 1, (3, 2, 1.5), -0.75, "[∂c]/[∂b]=−[a]/[b^[2]]=−[3]/[2^[2]]=−0.75"),
        ("**", 0, (2, 3, 8), 12, "[∂c]/[∂a]=b·a^[b−1]=3·2^[3−1]=12"),
        ("**", 1, (1, 3, 1), 0, "[∂c]/[∂b]=a^[b]·log(a)=1^[3]·log(1)=0"),
        ("tanh", 0, (0, 0), 1, "[∂c]/[∂a]=1−c^[2]=1−0^[2]=1"),
        ("ReLU", 0, (2, 2), 1, "[∂c]/[∂a]={1 if a>0; 0 otherwise; =1"),
        ("exp", 0, (0, 1), 1, "[∂c]/[∂a]=e^[a]=e^[0]=1"),
        ("log", 0, (4, math.log(4)), 0.25, "[∂c]/[∂a]=[1]/[a]=[1]/[4]=0.25"),
    ],
)
def test_derivative_formula_says_it_with_names_and_with_numbers(
    op: str, slot: int, values: tuple[float, ...], local: float, text: str
) -> None:
    assert derivative(op, slot, [float(x) for x in values], float(local)) == text


@pytest.mark.parametrize(
    ("op", "slot", "values", "local", "text"),
    [
        ("*", 0, (2, -3, -6), -3, "[∂c]/[∂a]=b=−3"),
        ("/", 0, (1, -2, -0.5), -0.5, "[∂c]/[∂a]=[1]/[b]=[1]/[−2]=−0.5"),
        ("/", 1, (-1, -2, 0.5), 0.25, "[∂c]/[∂b]=−[a]/[b^[2]]=−[−1]/[(−2)^[2]]=0.25"),
        ("**", 0, (-2, 2, 4), -4, "[∂c]/[∂a]=b·a^[b−1]=2·(−2)^[2−1]=−4"),
        ("**", 0, (2, -1, 0.5), -0.25, "[∂c]/[∂a]=b·a^[b−1]=−1·2^[−1−1]=−0.25"),
        ("**", 1, (-2, 2, 4), NAN, "[∂c]/[∂b]=a^[b]·log(a)=(−2)^[2]·log(−2)=nan"),
        ("tanh", 0, (-INF, -1), 0, "[∂c]/[∂a]=1−c^[2]=1−(−1)^[2]=0"),
        ("exp", 0, (-INF, 0), 0, "[∂c]/[∂a]=e^[a]=e^[−∞]=0"),
        ("log", 0, (-2, NAN), -0.5, "[∂c]/[∂a]=[1]/[a]=[1]/[−2]=−0.5"),
    ],
)
def test_derivative_formula_guards_a_negative_operand_where_it_must(
    op: str, slot: int, values: tuple[float, ...], local: float, text: str
) -> None:
    assert derivative(op, slot, [float(x) for x in values], float(local)) == text


@pytest.mark.parametrize(
    ("op", "slot", "values", "local", "text"),
    [
        # The result, or the other operand, was shortened, but isn't in this formula:
        ("log", 0, (2, math.log(2)), 0.5, "[∂c]/[∂a]=[1]/[a]=[1]/[2]=0.5"),
        ("/", 0, (1 / 3, 2, 1 / 6), 0.5, "[∂c]/[∂a]=[1]/[b]=[1]/[2]=0.5"),
        ("+", 0, (1 / 3, 2, 7 / 3), 1, "[∂c]/[∂a]=1"),
        ("*", 0, (1 / 3, 2, 2 / 3), 2, "[∂c]/[∂a]=b=2"),
        ("ReLU", 0, (1 / 3, 1 / 3), 1, "[∂c]/[∂a]={1 if a>0; 0 otherwise; =1"),
        # It is:
        ("*", 1, (1 / 3, 2, 2 / 3), 1 / 3, "[∂c]/[∂b]=a≈0.3333"),
        ("/", 0, (1, 1 / 3, 3), 3, "[∂c]/[∂a]=[1]/[b]=[1]/[0.3333]≈3"),
        ("/", 0, (1, 3, 1 / 3), 1 / 3, "[∂c]/[∂a]=[1]/[b]=[1]/[3]≈0.3333"),
        ("tanh", 0, (10, math.tanh(10)), 0, "[∂c]/[∂a]=1−c^[2]=1−1^[2]≈0"),
    ],
)
def test_derivative_formula_is_about_equal_where_a_number_in_it_was_shortened(
    op: str, slot: int, values: tuple[float, ...], local: float, text: str
) -> None:
    assert derivative(op, slot, [float(x) for x in values], float(local)) == text


def test_derivative_formula_of_both_operands_alike_names_both() -> None:
    # a * a has two slots of the same operand
    formula = derivative_formula("*", 1, ["a", "a", "c"], [3.0, 3.0, 9.0], 3.0)
    assert read(formula) == "[∂c]/[∂a]=a=3"


# The markup itself.


def test_value_formula_marks_numbers_as_data() -> None:
    assert value_formula("*", ["a", "b", "c"], [2.0, -3.0, -6.0]) == (
        "<math><mrow><mi>c</mi><mo>=</mo>"
        "<mrow><mi>a</mi><mo>×</mo><mi>b</mi></mrow><mo>=</mo>"
        '<mrow><mn class="data">2</mn><mo>×</mo>'
        '<mrow><mo>(</mo><mn class="data">−3</mn><mo>)</mo></mrow></mrow>'
        '<mrow><mo>=</mo><mn class="data">−6</mn></mrow></mrow></math>'
    )


def test_derivative_formula_marks_its_result_as_a_gradient() -> None:
    assert derivative_formula("/", 0, ["a", "b", "c"], [1.0, 3.0, 1 / 3], 1 / 3) == (
        "<math><mrow>"
        "<mfrac><mrow><mi>∂</mi><mi>c</mi></mrow><mrow><mi>∂</mi><mi>a</mi></mrow></mfrac>"
        "<mo>=</mo><mfrac><mn>1</mn><mi>b</mi></mfrac>"
        '<mo>=</mo><mfrac><mn>1</mn><mn class="data">3</mn></mfrac>'
        '<mo>≈</mo><mn class="grad">0.3333</mn></mrow></math>'
    )


def test_derivative_formula_of_relu_is_a_table_of_two_cases() -> None:
    formula = derivative_formula("ReLU", 0, ["a", "c"], [-1.0, 0.0], 0.0)
    assert (
        '<mrow><mo fence="true">{</mo><mtable>'
        "<mtr><mtd><mn>1</mn></mtd><mtd><mtext>if&#160;</mtext><mi>a</mi><mo>&gt;</mo><mn>0</mn></mtd></mtr>"
        "<mtr><mtd><mn>0</mn></mtd><mtd><mtext>otherwise</mtext></mtd></mtr></mtable></mrow>"
        '<mo>=</mo><mn class="grad">0</mn>'
    ) in formula


@pytest.mark.parametrize("op", FORMULAS)
@given(numbers=st.lists(st.floats(), min_size=4, max_size=4))
def test_formulas_are_well_formed_for_any_numbers(op: str, numbers: list[float]) -> None:
    names = names_of(op)
    values = numbers[: len(names)]
    ET.fromstring(value_formula(op, names, values))
    for slot in range(len(names) - 1):
        ET.fromstring(derivative_formula(op, slot, names, values, numbers[3]))
