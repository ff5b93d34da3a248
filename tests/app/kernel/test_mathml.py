"""MathML from Python calls: literal in, literal out."""

import math
import xml.etree.ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.kernel import mathml as m


def test_math_is_a_whole_formula_in_one_row() -> None:
    assert m.math("<mi>a</mi>", "<mo>=</mo>") == ("<math><mrow><mi>a</mi><mo>=</mo></mrow></math>")


def test_math_of_nothing_is_an_empty_row() -> None:
    assert m.math() == "<math><mrow></mrow></math>"


def test_row_keeps_its_parts_together_in_order() -> None:
    assert m.row("<mi>a</mi>", "<mi>b</mi>") == "<mrow><mi>a</mi><mi>b</mi></mrow>"


def test_name_and_sign_escape_what_html_would_read() -> None:
    assert m.name("a<b") == "<mi>a&lt;b</mi>"
    assert m.sign(">") == "<mo>&gt;</mo>"


def test_data_and_grad_carry_their_colour() -> None:
    assert m.data(-0.5) == '<mn class="data">−0.5</mn>'
    assert m.grad(2.0) == '<mn class="grad">2</mn>'


@pytest.mark.parametrize(
    ("x", "text"), [(math.inf, "∞"), (math.nan, "nan"), (-0.0, "−0"), (1e-9, "1e−9")]
)
def test_data_writes_any_number(x: float, text: str) -> None:
    assert m.data(x) == f'<mn class="data">{text}</mn>'


@pytest.mark.parametrize("x", [-3.0, -0.0, -math.inf])
def test_guarded_puts_a_negative_number_in_parentheses(x: float) -> None:
    assert m.guarded(m.data(x)) == f"<mrow><mo>(</mo>{m.data(x)}<mo>)</mo></mrow>"
    assert m.guarded(m.grad(x)) == f"<mrow><mo>(</mo>{m.grad(x)}<mo>)</mo></mrow>"


@pytest.mark.parametrize(
    "term", [m.data(3.0), m.data(0.0), m.data(1e-9), m.data(math.nan), m.name("a"), m.ONE]
)
def test_guarded_leaves_everything_else_as_it_is(term: str) -> None:
    assert m.guarded(term) == term


def test_frac_and_power_have_two_parts() -> None:
    assert m.frac(m.ONE, m.name("b")) == "<mfrac><mn>1</mn><mi>b</mi></mfrac>"
    assert m.power(m.name("b"), m.TWO) == "<msup><mi>b</mi><mn>2</mn></msup>"


def test_apply_says_that_it_is_a_function() -> None:
    # U+2061 is "function application", which a screen reader reads as "of".
    assert m.apply("log", m.name("a")) == (
        "<mrow><mi>log</mi><mo>&#x2061;</mo><mo>(</mo><mi>a</mi><mo>)</mo></mrow>"
    )


def test_partial_is_a_fraction_of_changes() -> None:
    assert m.partial("c", "a") == (
        "<mfrac><mrow><mi>∂</mi><mi>c</mi></mrow><mrow><mi>∂</mi><mi>a</mi></mrow></mfrac>"
    )


@given(text=st.text(st.characters(exclude_categories=["Cs", "Cc"])))
def test_name_is_well_formed_for_any_label(text: str) -> None:
    formula = m.math(m.name(text), m.partial(text, text))
    names = [e.text or "" for e in ET.fromstring(formula).iter("mi")]
    assert names == [text, "∂", text, "∂", text]
