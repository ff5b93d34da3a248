"""The engine by hand: the lecture's code, IEEE arithmetic, mistakes, deep graphs, copies.

What PyTorch says of the same operations is in `test_cases.py`.
"""

import copy
import gc
import math
import operator
import os
import pickle
import subprocess
import sys
from collections.abc import Callable, Iterator
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from micrograd.engine import Value
from micrograd.nn import MLP

ROOT = Path(__file__).parent.parent.parent
INF, NAN = math.inf, math.nan

BINARY: dict[str, Callable[[Any, Any], Any]] = {
    "+": operator.add,
    "-": operator.sub,
    "*": operator.mul,
    "/": operator.truediv,
    "**": operator.pow,
}
UNARY: dict[str, Callable[[Value], Value]] = {
    "neg": operator.neg,
    "tanh": Value.tanh,
    "ReLU": Value.relu,
    "exp": Value.exp,
    "log": Value.log,
    "sigmoid": Value.sigmoid,
}


def run_python(program: str, *arguments: str, **environment: str) -> str:
    """Run the program in a Python of its own, and return what it prints."""
    finished = subprocess.run(
        [sys.executable, "-c", program, *arguments],
        env={**os.environ, "PYTHONPATH": str(ROOT), **environment},
        capture_output=True,
        text=True,
        check=True,
    )
    return finished.stdout


# As in the lecture.


def test_value_is_a_leaf_with_a_number_and_no_gradient_yet() -> None:
    a = Value(2.0)
    assert (a.data, a.grad, a.label, a._prev, a._op) == (2.0, 0.0, "", (), "")


def test_value_with_label() -> None:
    assert Value(2.0, label="x1").label == "x1"


def test_value_with_children_and_operation_by_position() -> None:
    a = Value(1, (), "")
    assert (a.data, a._prev, a._op) == (1.0, (), "")


def test_value_with_children_operation_and_label_by_name() -> None:
    a = Value(3.0, _children=(), _op="", label="z")
    assert (a.data, a._prev, a._op, a.label) == (3.0, (), "", "z")


def test_label_can_be_given_later() -> None:
    e = Value(2.0) * Value(-3.0)
    e.label = "e"
    assert (e.label, e.data) == ("e", -6.0)


def test_repr_shows_data_and_grad() -> None:
    assert repr(Value(2)) == "Value(data=2.0, grad=0.0)"
    a = Value(-0.5)
    (3 * a).backward()
    assert repr(a) == "Value(data=-0.5, grad=3.0)"


class Neuron:
    """The lecture's neuron: tanh(x1 w1 + x2 w2 + b), with a bias that makes tidy numbers."""

    def __init__(self) -> None:
        self.x1 = Value(2.0, label="x1")
        self.x2 = Value(0.0, label="x2")
        self.w1 = Value(-3.0, label="w1")
        self.w2 = Value(1.0, label="w2")
        self.b = Value(6.8813735870195432, label="b")
        self.x1w1 = self.x1 * self.w1
        self.x2w2 = self.x2 * self.w2
        self.x1w1x2w2 = self.x1w1 + self.x2w2
        self.n = self.x1w1x2w2 + self.b

    def gradients(self) -> list[float]:
        return [x.grad for x in (self.x1, self.x2, self.w1, self.w2, self.b)]


# do/dn = 1 - tanh(n)² = 0.5, so do/dx1 = 0.5·w1, do/dx2 = 0.5·w2, do/dw1 = 0.5·x1, do/dw2 = 0.5·x2
OF_THE_NEURON = pytest.approx([-1.5, 0.5, 1.0, 0.0, 0.5])


def test_lecture_neuron_node_by_node() -> None:
    neuron = Neuron()
    o = neuron.n.tanh()
    assert o.data == pytest.approx(math.sqrt(0.5))
    o.grad = 1.0
    o._backward()
    assert neuron.n.grad == pytest.approx(0.5)
    neuron.n._backward()
    neuron.b._backward()  # a leaf has nobody to pass it on to
    neuron.x1w1x2w2._backward()
    neuron.x2w2._backward()
    neuron.x1w1._backward()
    assert neuron.gradients() == OF_THE_NEURON


def test_lecture_neuron_with_backward() -> None:
    neuron = Neuron()
    neuron.n.tanh().backward()
    assert neuron.gradients() == OF_THE_NEURON


def test_lecture_neuron_with_tanh_made_of_exp() -> None:
    neuron = Neuron()
    e = (2 * neuron.n).exp()
    o = (e - 1) / (e + 1)
    o.backward()
    assert o.data == pytest.approx(math.sqrt(0.5))
    assert neuron.gradients() == OF_THE_NEURON


def test_backward_of_a_node_given_the_gradient_1_does_not_count_it_twice() -> None:
    a = Value(3.0)
    loss = a * a
    loss.grad = 1
    loss.backward()
    assert (a.grad, loss.grad) == (6.0, 1.0)  # d(a*a)/da = 2a = 6


def test_readme_example_of_micrograd() -> None:
    a, b = Value(-4.0), Value(2.0)
    c = a + b
    d = a * b + b**3
    c += c + 1
    c += 1 + c + (-a)
    d += d * 2 + (b + a).relu()
    d += 3 * d + (b - a).relu()
    e = c - d
    f = e**2
    g = f / 2.0
    g += 10.0 / f
    g.backward()
    assert f"{g.data:.4f} {a.grad:.4f} {b.grad:.4f}" == "24.7041 138.8338 645.5773"


# Operands.


@pytest.mark.parametrize("op", BINARY)
def test_operation_remembers_its_operands_in_order(op: str) -> None:
    a, b = Value(2.0), Value(3.0)
    assert BINARY[op](a, b)._prev == (a, b)
    assert BINARY[op](b, a)._prev == (b, a)


@pytest.mark.parametrize("op", BINARY)
def test_operation_with_itself_has_two_operands(op: str) -> None:
    a = Value(2.0)
    assert BINARY[op](a, a)._prev == (a, a)


@pytest.mark.parametrize("op", BINARY)
def test_operation_is_named_as_it_is_written(op: str) -> None:
    assert BINARY[op](Value(2.0), Value(3.0))._op == op


@pytest.mark.parametrize("op", UNARY)
def test_function_remembers_its_operand_and_its_name(op: str) -> None:
    a = Value(2.0)
    out = UNARY[op](a)
    assert (out._prev, out._op) == ((a,), op)


@pytest.mark.parametrize(
    ("exponent", "name"),
    [(2, "**2"), (2.0, "**2"), (-1, "**-1"), (0.5, "**0.5"), (0, "**0"), (np.int64(3), "**3")],
)
def test_power_by_a_number_has_one_operand_and_the_number_in_its_name(
    exponent: float, name: str
) -> None:
    a = Value(2.0)
    assert ((a**exponent)._prev, (a**exponent)._op) == ((a,), name)


@pytest.mark.parametrize("op", BINARY)
def test_number_on_the_left_is_the_left_operand(op: str) -> None:
    a = Value(3.0)
    out = BINARY[op](2, a)
    left, right = out._prev
    assert (left.data, left._prev, out._op) == (2.0, (), op)
    assert right is a


@pytest.mark.parametrize(
    ("op", "result", "slope"),
    [
        ("+", 6.0, 1.0),
        ("-", -2.0, -1.0),
        ("*", 8.0, 2.0),
        ("/", 0.5, -0.125),  # d(2/a)/da = -2/a² = -2/16
        ("**", 16.0, 16 * math.log(2)),  # d(2ᵃ)/da = 2ᵃ·log 2
    ],
)
def test_number_on_the_left_has_the_right_gradient(op: str, result: float, slope: float) -> None:
    a = Value(4.0)
    out = BINARY[op](2, a)
    out.backward()
    assert (out.data, a.grad) == (result, pytest.approx(slope))


def test_sum_of_values_starts_from_the_number_0() -> None:
    a, b = Value(2.0), Value(3.0)
    out = sum([a, b])
    assert isinstance(out, Value)
    assert (out.data, out._prev[1]) == (5.0, b)


# Gradients.


def test_add_of_itself_has_the_slope_2() -> None:
    a = Value(3.0)
    (a + a).backward()
    assert a.grad == 2.0  # d(a+a)/da = 1 + 1


def test_mul_of_itself_has_the_slope_2a() -> None:
    a = Value(3.0)
    (a * a).backward()
    assert a.grad == 6.0  # d(a*a)/da = 2a = 6


def test_sub_of_itself_has_the_slope_0() -> None:
    a = Value(3.0)
    (a - a).backward()
    assert a.grad == 0.0  # 1 - 1


def test_div_of_itself_has_the_slope_0() -> None:
    a = Value(4.0)
    (a / a).backward()
    assert a.grad == 0.0  # 1/4 - 4/16


def test_pow_of_itself_has_both_slopes() -> None:
    a = Value(2.0)
    (a**a).backward()
    assert a.grad == pytest.approx(4 * math.log(2) + 4)  # d(aᵃ)/da = aᵃ·log a + a·aᵃ⁻¹


def test_neg_has_the_slope_minus_1() -> None:
    a = Value(3.0)
    (-a).backward()
    assert a.grad == -1.0


def test_exp_is_its_own_slope() -> None:
    a = Value(2.0)
    a.exp().backward()
    assert a.grad == math.exp(2)


def test_log_has_the_slope_one_over_a() -> None:
    a = Value(4.0)
    a.log().backward()
    assert a.grad == 0.25


def test_tanh_is_steepest_at_0() -> None:
    a = Value(0.0)
    a.tanh().backward()
    assert a.grad == 1.0  # 1 - tanh(0)²


def test_sigmoid_at_0_is_a_half_with_the_slope_a_quarter() -> None:
    a = Value(0.0)
    out = a.sigmoid()
    out.backward()
    assert (out.data, a.grad) == (0.5, 0.25)  # s·(1 - s)


@pytest.mark.parametrize("x", [-1000.0, 1000.0, -INF, INF])
def test_sigmoid_and_tanh_are_flat_far_away(x: float) -> None:
    a = Value(x)
    (a.sigmoid() + a.tanh()).backward()
    assert a.grad == 0.0


@pytest.mark.parametrize(
    ("x", "result", "slope"),
    [(2.0, 2.0, 1.0), (-2.0, 0.0, 0.0), (0.0, 0.0, 0.0), (-0.0, 0.0, 0.0), (INF, INF, 1.0)],
)
def test_relu_lets_the_positive_through(x: float, result: float, slope: float) -> None:
    a = Value(x)
    out = a.relu()
    out.backward()
    assert (out.data, a.grad) == (result, slope)


def test_relu_does_not_hide_nan() -> None:
    assert math.isnan(Value(NAN).relu().data)


def test_pow_0_is_1_with_the_slope_0_everywhere() -> None:
    for x in (2.0, 0.0, -3.0, INF, NAN):
        a = Value(x)
        out = a**0
        out.backward()
        assert (out.data, a.grad) == (1.0, 0.0)


def test_pow_of_0_does_not_depend_on_the_exponent() -> None:
    base, exponent = Value(0.0), Value(2.0)
    out = base**exponent
    out.backward()
    assert (out.data, base.grad, exponent.grad) == (0.0, 0.0, 0.0)


def test_number_pow_value_at_a_negative_base_has_no_slope() -> None:
    a = Value(2.0)
    out = (-3) ** a
    out.backward()
    assert out.data == 9.0
    assert math.isnan(a.grad)  # (-3)ᵃ is real for whole a only


def test_constant_gets_a_gradient_too() -> None:
    a = Value(3.0)
    out = 2 * a
    out.backward()
    assert out._prev[0].grad == 3.0


def smooth(operands: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    """Python text of functions that are smooth and modest wherever their operands are."""
    one = st.sampled_from(
        [
            "-{0}",
            "{0}.tanh()",
            "{0}.sigmoid()",
            "{0}.tanh().exp()",
            "(1 + {0} * {0}).log()",
            "{0}.tanh()**2",
            "{0}.tanh()**3",
            "(2 + {0}.tanh())**-1.5",
            "3 / (2 + {0}.tanh())",
            "1.5**{0}.tanh()",
            "(0.7 - {0})",
            "({0} * -1.3)",
        ]
    )
    two = st.sampled_from(
        [
            "({0} + {1})",
            "({0} - {1})",
            "({0} * {1})",
            "({0} / (2 + {1}.tanh()))",
            "(2 + {0}.tanh())**{1}.tanh()",
        ]
    )
    of_one = st.tuples(one, operands).map(lambda t: t[0].format(f"({t[1]})"))
    of_two = st.tuples(two, operands, operands).map(
        lambda t: t[0].format(f"({t[1]})", f"({t[2]})"),
    )
    return of_one | of_two


@settings(deadline=None)
@given(
    code=st.recursive(st.sampled_from(["a", "b", "c"]), smooth, max_leaves=6),
    numbers=st.tuples(*[st.integers(-150, 150).map(lambda k: k / 100)] * 3),
)
def test_gradient_matches_central_differences(code: str, numbers: tuple[float, ...]) -> None:
    def at(numbers: list[float]) -> tuple[Value, list[Value]]:
        a, b, c = leaves = [Value(x) for x in numbers]
        return eval(code, {"a": a, "b": b, "c": c}), leaves

    h = 1e-5
    out, leaves = at(list(numbers))
    out.backward()
    for i, x in enumerate(numbers):
        above, _ = at([*numbers[:i], x + h, *numbers[i + 1 :]])
        below, _ = at([*numbers[:i], x - h, *numbers[i + 1 :]])
        slope = (above.data - below.data) / (2 * h)
        assert leaves[i].grad == pytest.approx(slope, rel=1e-5, abs=1e-6), code


# Backward: leaves add up, the nodes in between start from zero.


def test_backward_of_a_leaf_is_1() -> None:
    a = Value(7.0)
    a.backward()
    assert a.grad == 1.0
    a.backward()
    assert a.grad == 2.0


def test_backward_leaves_an_unused_input_alone() -> None:
    a, unused = Value(2.0), Value(5.0)
    (a * 3).backward()
    assert unused.grad == 0.0


def test_backward_twice_doubles_the_gradients_of_leaves_only() -> None:
    a, b = Value(2.0), Value(-3.0)
    c = a * b
    out = (c + a).tanh()
    out.backward()
    once = a.grad, b.grad, c.grad
    out.backward()
    assert (a.grad, b.grad, c.grad) == (2 * once[0], 2 * once[1], once[2])
    assert out.grad == 1.0


def test_backward_twice_doubles_to_the_last_bit_where_a_leaf_is_used_often() -> None:
    a = Value(1.0)
    out = 0.1 * a + 0.1 * a + 0.1 * a
    out.backward()
    once = a.grad
    out.backward()
    assert a.grad == 2 * once  # 0.6000000000000001, not once + 0.1 + 0.1 + 0.1 = 0.6


def test_backward_adds_the_whole_gradient_to_the_one_a_leaf_has() -> None:
    a = Value(1e-200)
    a.grad = 10.0
    (a / a).backward()
    assert a.grad == 10.0  # 10 + (1e200 - 1e200), not (10 + 1e200) - 1e200


def test_backward_after_zeroing_the_leaves_gives_the_same_again() -> None:
    a = Value(3.0)
    out = (a * a) * a
    out.backward()
    a.grad = 0.0
    out.backward()
    assert a.grad == 27.0  # d(a³)/da = 3a² = 27


def test_backward_adds_to_the_gradient_a_leaf_has() -> None:
    a = Value(3.0)
    a.grad = 10.0
    (a * a).backward()
    assert a.grad == 16.0  # 10 + 2a


def test_value_used_by_two_outputs_adds_up_in_the_leaf() -> None:
    a = Value(3.0)
    shared = a * a
    first, second = shared + 1, shared * 2
    first.backward()
    second.backward()
    assert a.grad == 18.0  # 2a + 4a
    assert shared.grad == 2.0  # of the second call alone


def test_backward_from_the_middle_then_from_the_end() -> None:
    a = Value(3.0)
    middle = a * a
    out = middle * middle
    middle.backward()
    out.backward()
    assert a.grad == 114.0  # 2a + 4a³ = 6 + 108


def test_backward_completes_a_node_before_it_goes_on() -> None:
    a = Value(2.0)
    near = a * 1
    far = near * 1 * 1 * 1 + near  # `near` is one step and four steps away
    far.backward()
    assert (near.grad, a.grad) == (2.0, 2.0)


def test_backward_through_a_diamond_of_diamonds_visits_each_node_once() -> None:
    a = x = Value(1.0)
    for _ in range(60):
        x = x + x  # 2⁶⁰ ways lead from the end to a
    x.backward()
    assert a.grad == 2.0**60


def test_backward_of_operands_without_local_derivatives_is_an_error() -> None:
    a = Value(2.0)
    square = Value(a.data**2, (a,), "square")
    with pytest.raises(ValueError, match="has operands, but not one local derivative for each"):
        (square + 1).backward()


def test_backward_of_a_new_operation_uses_the_local_derivatives_it_was_given() -> None:
    a = Value(2.0)
    square = Value(a.data**2, (a,), "square", _local=(2 * a.data,))
    (square * 5).backward()
    assert a.grad == 20.0  # 5·2a


# Arithmetic as IEEE 754 has it.

GRID = [
    *(0.0, 1.0, 0.5, 2.0, 3.0, 1e-310, 1e-200, 1e200, 709.5, 709.9, 745.5, 1e308, INF),
    *(-0.0, -1.0, -0.5, -2.0, -3.0, -1e-310, -1e-200, -1e200, -709.5, -709.9, -745.5, -1e308, -INF),
    NAN,
]


def is_same(x: float, y: float) -> bool:
    """Equal to the last digits, with the same infinity, and the same sign where both are 0."""
    if math.isnan(x) or math.isnan(y):
        return math.isnan(x) and math.isnan(y)
    close = x == y or (math.isfinite(x) and math.isclose(x, y, rel_tol=1e-14, abs_tol=1e-322))
    return close and math.copysign(1, x) == math.copysign(1, y)


@pytest.mark.parametrize("op", BINARY)
def test_operation_has_the_value_numpy_has_also_at_the_edges(op: str) -> None:
    with np.errstate(all="ignore"):
        for x in GRID:
            for y in GRID:
                expected = BINARY[op](np.float64(x), np.float64(y))
                assert is_same(BINARY[op](Value(x), Value(y)).data, expected), (x, y)
                assert is_same(BINARY[op](Value(x), y).data, expected), (x, y)
                assert is_same(BINARY[op](x, Value(y)).data, expected), (x, y)


@pytest.mark.parametrize("name", ["exp", "log", "tanh"])
def test_function_has_the_value_numpy_has_also_at_the_edges(name: str) -> None:
    with np.errstate(all="ignore"):
        for x in GRID:
            expected = getattr(np, name)(np.float64(x))
            assert is_same(getattr(Value(x), name)().data, expected), x


def test_sigmoid_has_its_limits_at_the_edges() -> None:
    assert [Value(x).sigmoid().data for x in (-INF, -1e308, -745.5)] == [0.0, 0.0, 0.0]
    assert [Value(x).sigmoid().data for x in (INF, 1e308, 745.5)] == [1.0, 1.0, 1.0]
    assert math.isnan(Value(NAN).sigmoid().data)


@pytest.mark.parametrize(
    ("x", "y", "result"),
    [(1, 0.0, INF), (1, -0.0, -INF), (-1, 0.0, -INF), (0, 0.0, NAN), (INF, INF, NAN)],
)
def test_div_by_0_is_not_an_exception(x: float, y: float, result: float) -> None:
    assert is_same((Value(x) / Value(y)).data, result)


def test_slopes_at_the_edges_are_infinite_where_the_curve_is_vertical() -> None:
    root, logarithm, inverse = Value(0.0), Value(0.0), Value(0.0)
    (root**0.5).backward()  # 0.5·0^-0.5
    logarithm.log().backward()  # 1/0
    (1 / inverse).backward()  # -1/0²
    assert (root.grad, logarithm.grad, inverse.grad) == (INF, INF, -INF)


@pytest.mark.parametrize("op", BINARY)
@settings(deadline=None)
@given(x=st.floats(), y=st.floats())
def test_operation_never_raises(op: str, x: float, y: float) -> None:
    a, b = Value(x), Value(y)
    out = BINARY[op](a, b)
    out.backward()
    assert all(type(number) is float for number in (out.data, a.grad, b.grad))


@pytest.mark.parametrize("op", UNARY)
@settings(deadline=None)
@given(x=st.floats())
def test_function_never_raises(op: str, x: float) -> None:
    a = Value(x)
    out = UNARY[op](a)
    out.backward()
    assert type(out.data) is type(a.grad) is float


# Numbers of all kinds.


@pytest.mark.parametrize(
    ("number", "data"),
    [
        (3, 3.0),
        (True, 1.0),
        (False, 0.0),
        (np.float64(0.1), 0.1),
        (np.float32(0.1), 0.10000000149011612),  # the float32 next to 0.1
        (np.int64(-2), -2.0),
        (np.bool_(True), 1.0),
        (np.array(2.5), 2.5),  # an array of no dimensions is one number
        (Fraction(1, 4), 0.25),
        (Decimal("0.1"), 0.1),
        (2**53 + 1, 2.0**53),  # the nearest float
        (10**400, INF),
        (-(10**400), -INF),
    ],
    ids=repr,
)
def test_value_of_any_real_number_is_a_float(number: Any, data: float) -> None:
    a = Value(number)
    assert a.data == data
    assert type(a.data) is float


NUMBERS = [
    *(2, True, 10**400, 2.5, Fraction(1, 4), Decimal("2.5")),
    *(np.float64(2.5), np.float32(2.5), np.int64(2), np.bool_(True)),
]


@pytest.mark.parametrize("number", NUMBERS, ids=repr)
@pytest.mark.parametrize("op", BINARY)
def test_operation_takes_any_real_number_on_either_side(op: str, number: Any) -> None:
    same = Value(number).data
    for x, y, p, q in [
        (Value(3.0), number, Value(3.0), Value(same)),
        (number, Value(3.0), Value(same), Value(3.0)),
    ]:
        out, expected = BINARY[op](x, y), BINARY[op](p, q)
        assert isinstance(out, Value)
        assert is_same(out.data, expected.data)
        assert type(out.data) is float
        out.backward()
        expected.backward()
        given, wanted = (x, p) if isinstance(x, Value) else (y, q)
        assert is_same(given.grad, wanted.grad)
        assert type(given.grad) is float


def test_numpy_scalar_on_the_left_asks_the_value() -> None:
    assert Value.__array_ufunc__ is None
    assert type(np.float64(2) * Value(3.0)) is Value
    with pytest.raises(TypeError, match="does not support ufuncs"):
        np.tanh(Value(0.5))


# What is not a number, and what to do instead.

MISTAKES: list[tuple[object, str]] = [
    ("3", r"the text '3': convert it with float\(\.\.\.\)"),
    ("", r"the text '': convert it with float\(\.\.\.\)"),
    (b"3", r"the text b'3': convert it with float\(\.\.\.\)"),
    (bytearray(b"3"), r"the text bytearray\(b'3'\): convert it with float\(\.\.\.\)"),
    (np.str_("3"), r"the text np.str_\('3'\): convert it with float\(\.\.\.\)"),
    (1j, r"the complex number 1j: use its \.real or \.imag part"),
    (complex(2), r"the complex number \(2\+0j\): use its \.real or \.imag part"),
    (np.complex64(1j), r"the complex number np.complex64\(1j\): use its \.real or \.imag part"),
    (None, r"None: does the function that made it return its result\?"),
    ([1.0], r"a list: make a Value of each element, as in \[Value\(x\) for x in xs\]"),
    ([], r"a list: make a Value of each element"),
    ((1.0,), r"a tuple: make a Value of each element"),
    ({"x": 1.0}, r"a dict: make a Value of each element"),
    ({1.0}, r"a set: make a Value of each element"),
    (np.array([1.0]), r"a ndarray: make a Value of each element"),
    (np.array([1.0, 2.0]), r"a ndarray: make a Value of each element"),
    (np.array([]), r"a ndarray: make a Value of each element"),
    (object(), r"a object: convert it with float\(\.\.\.\)"),
    (math.tanh, r"a builtin_function_or_method: convert it with float\(\.\.\.\)"),
]


def name_of(mistake: object) -> str | None:
    return f"{type(mistake).__name__}" if not isinstance(mistake, str) else None


@pytest.mark.parametrize(("mistake", "sentence"), MISTAKES, ids=name_of)
def test_value_of_no_number_says_what_to_do(mistake: Any, sentence: str) -> None:
    with pytest.raises(TypeError, match=f"^a Value holds one real number, not {sentence}"):
        Value(mistake)


@pytest.mark.parametrize(("mistake", "sentence"), MISTAKES, ids=name_of)
@pytest.mark.parametrize("op", BINARY)
def test_operation_with_no_number_says_what_to_do(op: str, mistake: Any, sentence: str) -> None:
    with pytest.raises(TypeError, match=f"^a Value holds one real number, not {sentence}"):
        BINARY[op](Value(2.0), mistake)


@pytest.mark.parametrize(
    ("mistake", "sentence"),
    MISTAKES,
    ids=name_of,
)
@pytest.mark.parametrize("op", BINARY)
def test_no_number_on_the_left_says_what_to_do(op: str, mistake: Any, sentence: str) -> None:
    with pytest.raises(TypeError, match=f"^a Value holds one real number, not {sentence}"):
        BINARY[op](mistake, Value(2.0))


def test_value_of_a_value_says_what_to_do() -> None:
    with pytest.raises(TypeError, match=r"stands where a plain number belongs: use its \.data"):
        Value(Value(1.0))  # type: ignore[arg-type]


def test_mistake_is_told_without_the_exception_behind_it() -> None:
    with pytest.raises(TypeError) as told:
        Value("three")  # type: ignore[arg-type]
    assert told.value.__suppress_context__


# Deep graphs, and memory.


@pytest.fixture
def no_collector() -> Iterator[None]:
    """Without the garbage collector, only reference counts free memory."""
    gc.collect()
    gc.disable()
    yield
    gc.enable()


def test_chain_of_100_000_goes_forward_and_backward() -> None:
    a = x = Value(1.0)
    for _ in range(100_000):
        x = x + 1e-5
    x.backward()
    assert (x.data, a.grad) == (pytest.approx(2.0), 1.0)


@pytest.mark.usefixtures("no_collector")
def test_chain_of_100_000_is_freed_as_soon_as_it_is_dropped() -> None:
    def living() -> int:
        return sum(type(thing) is Value for thing in gc.get_objects())

    before = living()
    x = Value(1.0)
    for _ in range(100_000):
        x = -x
    x.backward()
    assert living() == before + 100_001
    del x
    assert living() == before


@pytest.mark.usefixtures("no_collector")
def test_graph_has_no_reference_cycles() -> None:
    a, b = Value(2.0), Value(-1.0)
    out = sum(((a * b).tanh() + op(a) ** 2 / b for op in UNARY.values()), a**b)
    out.backward()
    del a, b, out
    assert gc.collect() == 0


@pytest.mark.usefixtures("no_collector")
def test_single_leaf_has_no_reference_cycle() -> None:
    a = Value(2.0)
    a.backward()
    del a
    assert gc.collect() == 0


def test_value_has_slots_and_no_dict() -> None:
    a = Value(2.0)
    assert not hasattr(a, "__dict__")
    with pytest.raises(AttributeError):
        a.gard = 0.0  # type: ignore[attr-defined]


def test_values_are_equal_only_to_themselves() -> None:
    a, same_number = Value(2.0), Value(2.0)
    assert a == a
    assert a != same_number
    assert a != 2.0
    assert len({a, same_number, a}) == 2
    assert Value.__eq__ is object.__eq__
    assert Value.__hash__ is object.__hash__


# The same each time.

SAME_EACH_TIME = """
import random
from micrograd.engine import Value
from micrograd.nn import MLP

model = MLP(2, [5, 4, 1], activation=["tanh", "relu", "sigmoid"], seed=7)
xs = [(random.Random(i).random(), random.Random(-i).random()) for i in range(6)]
loss = sum((model(x) - i % 2) ** 2 for i, x in enumerate(xs))
loss.backward()
a, b, c = Value(0.1), Value(0.2), Value(0.3)
out = (a / b + b * c + (a * c).exp() + (a - b + c) ** b) * (a + b + c)
out.backward()
print([repr(p) for p in model.parameters()], loss, a, b, c)
"""


def test_gradients_are_the_same_to_the_last_bit_whatever_the_hash_seed() -> None:
    first, second = (run_python(SAME_EACH_TIME, PYTHONHASHSEED=seed) for seed in ("0", "4321"))
    assert first == second
    assert "grad=" in first


# Copies.


def graph() -> tuple[Value, Value, Value]:
    """a² + a·b at a = 3, b = -2, where d/da = 2a + b = 4 and d/db = a = 3."""
    a, b = Value(3.0, label="a"), Value(-2.0, label="b")
    out = a * a + a * b
    out.label = "out"
    out.backward()
    return out, a, b


def by_pickle(x: Any) -> Any:
    return pickle.loads(pickle.dumps(x))


COPIES = pytest.mark.parametrize("copied", [copy.deepcopy, by_pickle], ids=["deepcopy", "pickle"])


@COPIES
def test_copy_keeps_numbers_gradients_names_and_structure(copied: Callable[[Any], Any]) -> None:
    out, a, b = copied(graph())
    square, product = out._prev
    assert square._prev == (a, a)
    assert product._prev == (a, b)
    assert [node._op for node in (out, square, product, a, b)] == ["+", "*", "*", "", ""]
    assert [node.label for node in (out, square, product, a, b)] == ["out", "", "", "a", "b"]
    assert [node.data for node in (out, square, product, a, b)] == [3.0, 9.0, -6.0, 3.0, -2.0]
    assert [node.grad for node in (out, square, product, a, b)] == [1.0, 1.0, 1.0, 4.0, 3.0]


@COPIES
def test_backward_of_a_copy_does_not_touch_the_original(copied: Callable[[Any], Any]) -> None:
    original = graph()
    out, a, b = copied(original)
    out.backward()
    assert (a.grad, b.grad) == (8.0, 6.0)  # a second time
    assert [x.grad for x in original] == [1.0, 4.0, 3.0]


@COPIES
def test_copy_of_a_leaf_is_a_leaf(copied: Callable[[Any], Any]) -> None:
    a = Value(-0.0, label="zero")
    a.grad = NAN
    b = copied(a)
    assert (repr(b), b.label, b._prev, b._op) == ("Value(data=-0.0, grad=nan)", "zero", (), "")
    assert b is not a


@COPIES
def test_copy_of_a_network_trains_apart_from_the_original(copied: Callable[[Any], Any]) -> None:
    model = MLP(2, [3, 1], seed=1)
    model([0.5, -1.0]).backward()
    before = [repr(p) for p in model.parameters()]
    twin = copied(model)
    assert [repr(p) for p in twin.parameters()] == before
    assert repr(twin) == repr(model)
    twin([0.5, -1.0]).backward()
    assert [p.grad for p in twin.parameters()] == [2 * p.grad for p in model.parameters()]
    assert [repr(p) for p in model.parameters()] == before


def test_copy_of_a_part_can_be_built_on() -> None:
    out, _, _ = graph()
    twin = copy.deepcopy(out)
    a = twin._prev[0]._prev[0]
    a.grad = 0.0
    (twin * a).backward()
    assert a.grad == 15.0  # d((a² + ab)·a)/da = 3a² + 2ab = 27 - 12


UNPICKLE = """
import pickle, sys
out, a, b = pickle.loads(bytes.fromhex(sys.argv[1]))
a.grad = b.grad = 0.0
from micrograd.engine import Value
((out + a) * Value(2.0)).backward()
print(a, b)
"""


def test_pickle_opens_in_a_process_that_has_made_fewer_values() -> None:
    for _ in range(1000):
        Value(0.0)
    printed = run_python(UNPICKLE, pickle.dumps(graph()).hex())
    # d(2·(a² + ab + a))/da = 2·(2a + b + 1) = 10, and /db = 2a = 6
    assert printed == "Value(data=3.0, grad=10.0) Value(data=-2.0, grad=6.0)\n"
