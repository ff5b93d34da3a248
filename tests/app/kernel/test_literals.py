"""Which calls of Value make a leaf, and how its number is changed."""

import ast
import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.kernel.literals import change, literals, number_of


def leaves(code: str) -> dict[str, float]:
    return {name: number_of(literal) for name, literal in literals(ast.parse(code)).items()}


def changed(code: str, **values: float) -> str:
    """Change the code; the tree has to say the same as the text."""
    tree = ast.parse(code)
    text = change(code, tree, values)
    if all(map(math.isfinite, values.values())):
        in_tree = {name: number_of(literal) for name, literal in literals(tree).items()}
        assert repr(in_tree) == repr(leaves(text))
    assert text.count("\n") == code.count("\n")
    return text


# Which calls count.


@pytest.mark.parametrize(
    ("code", "found"),
    [
        ("a = Value(2.0)", {"a": 2.0}),
        ("a = Value(-3)", {"a": -3.0}),
        ("a = Value(+3)", {"a": 3.0}),
        ("a = Value(2.0, label='a')", {"a": 2.0}),
        ("a = Value(data=2.0)", {"a": 2.0}),
        ("a = Value(label='a', data=-2.0)", {"a": -2.0}),
        ("a: Value = Value(2.0)", {"a": 2.0}),
        ("b = Value(1); a = Value(2)\nc = Value(3)", {"b": 1.0, "a": 2.0, "c": 3.0}),
        ("größe = Value(2)", {"größe": 2.0}),
        ("a = Value((2))", {"a": 2.0}),
        ("a = Value(\n    2.0\n)", {"a": 2.0}),
        ("a = Value(0x10)", {"a": 16.0}),
        ("a = Value(1_000)", {"a": 1000.0}),
        ("a = Value(1e999)", {"a": math.inf}),
        ("a = Value(1" + "0" * 400 + ")", {"a": math.inf}),
        ("a = Value(2)\nL = a * b\nL.backward()", {"a": 2.0}),
        ("a = Value(2)\na.data += 1", {"a": 2.0}),
        ("def f(a):\n    return a\n\na = Value(2)", {"a": 2.0}),
    ],
)
def test_a_value_of_a_number_at_the_top_level_is_a_leaf(code: str, found: dict[str, float]) -> None:
    assert list(leaves(code).items()) == list(found.items())


@pytest.mark.parametrize(
    "code",
    [
        "a = 2.0",
        "a = Value",
        "a = Value()",
        "a = Value(b)",
        "a = Value(1 + 1)",
        "a = Value(- -1)",
        "a = Value(not 1)",
        "a = Value(True)",
        "a = Value('2')",
        "a = Value(2j)",
        "a = Value(None)",
        "a = Value(-\\\n2)",
        "a = Value(*[2])",
        "a = Value(2, **{})",
        "a = Value(2, data=2)",
        "a = Value(2, (b,), '+')",
        "a = Value(2, _children=(b,))",
        "a = Value(2) * b",
        "a = -Value(2)",
        "a = tanh(Value(2))",
        "a = micrograd.Value(2)",
        "a = [Value(2)]",
        "a: Value",
        "Value(2)",
        "L = Value(2) * a",
        # Not one simple name.
        "a = b = Value(2)",
        "a, b = Value(2), Value(3)",
        "x.a = Value(2)",
        "xs[0] = Value(2)",
        "a += Value(2)",
        "(a := Value(2))",
        # It may run more than once, or never.
        "for i in range(2):\n    a = Value(2)",
        "while 1:\n    a = Value(2)",
        "if b:\n    a = Value(2)",
        "def f():\n    a = Value(2)",
        "class Net:\n    a = Value(2)",
        "xs = [Value(2) for i in range(3)]",
        # Its name is given another value, too.
        "a = Value(2)\na = Value(3)",
        "a = Value(2)\na = a * b",
        "a = Value(2)\na += 1",
        "a = Value(2)\ndel a",
        "a = Value(2)\nfor a in []: pass",
        "a = Value(2)\nwith b as a: pass",
        "a = Value(2)\ndef a(): pass",
        "a = Value(2)\nclass a: pass",
        "import a\na = Value(2)",
        "import a.b\na = Value(2)",
        "import b as a\na = Value(2)",
        "a = Value(2)\ntry: b\nexcept OSError as a: pass",
        "a = Value(2)\nmatch b:\n    case [a]: pass",
        "a = Value(2)\nmatch b:\n    case [*a]: pass",
        "a = Value(2)\nmatch b:\n    case {**a}: pass",
        "a = Value(2)\ndef f():\n    global a\n    a = b",
        # Value is another one.
        "class Value: pass\na = Value(2)",
        "def Value(x): return x\na = Value(2)",
        "Value = float\na = Value(2)",
        "from micrograd.engine import Value\na = Value(2)",
        "from decimal import Decimal as Value\na = Value(2)",
        "from micrograd.engine import *\na = Value(2)",
    ],
)
def test_what_does_not_count(code: str) -> None:
    assert literals(ast.parse(code)) == {}
    assert changed(code, a=7.0, b=8.0) == code


# How a number is changed.


@pytest.mark.parametrize(
    ("code", "values", "text"),
    [
        ("a = Value(2.0)", {"a": 3.0}, "a = Value(3.0)"),
        ("a = Value(2.0)", {"a": 0.1}, "a = Value(0.1)"),
        ("a = Value(2.)", {"a": -3.0}, "a = Value(-3.0)"),
        ("a = Value(-3)", {"a": -4.0}, "a = Value(-4)"),
        ("a = Value(-3)", {"a": 4.0}, "a = Value(4)"),
        ("a = Value(-3)", {"a": -0.5}, "a = Value(-0.5)"),
        ("a = Value(- 3.0)", {"a": -0.5}, "a = Value(-0.5)"),
        ("a = Value(+3)", {"a": 4.0}, "a = Value(4)"),
        ("a = Value(-(3))", {"a": 4.0}, "a = Value(4)"),
        ("a = Value((3))", {"a": -4.0}, "a = Value((-4))"),
        ("a = Value(3)", {"a": 0.0}, "a = Value(0)"),
        ("a = Value(3)", {"a": -0.0}, "a = Value(-0.0)"),  # -0 is a whole number, without a sign
        ("a = Value(3)", {"a": 1e22}, "a = Value(1e+22)"),
        ("a = Value(2.0)", {"a": math.inf}, 'a = Value(float("inf"))'),
        ("a = Value(2.0)", {"a": math.nan}, 'a = Value(float("nan"))'),
        ("a = Value(2.0, label='a')", {"a": 3.0}, "a = Value(3.0, label='a')"),
        ("a = Value(label='a', data=2)", {"a": 3.0}, "a = Value(label='a', data=3)"),
        ("a=Value( 2.0 )  # two: 2.0", {"a": 3.0}, "a=Value( 3.0 )  # two: 2.0"),
        ("a = Value(2); b = Value(3)", {"a": 1.25, "b": 2.5}, "a = Value(1.25); b = Value(2.5)"),
        ("b = Value(2); a = Value(3)", {"a": 1.25}, "b = Value(2); a = Value(1.25)"),
        ("ä = 'ö日🙂'; a = Value(2); ü = a", {"a": 1.5}, "ä = 'ö日🙂'; a = Value(1.5); ü = a"),
        ("größe = Value(2)", {"größe": 1.5}, "größe = Value(1.5)"),
        ("x = 1\r\na = Value(2)\r\ny = 2", {"a": 3.0}, "x = 1\r\na = Value(3)\r\ny = 2"),
        ("x = '''\n'''; a = Value(2)", {"a": 3.0}, "x = '''\n'''; a = Value(3)"),
        ("# \x0c \u2028\na = Value(2)", {"a": 3.0}, "# \x0c \u2028\na = Value(3)"),
        ("a = \\\n  Value(\n2\n)", {"a": 3.0}, "a = \\\n  Value(\n3\n)"),
    ],
)
def test_change_writes_the_number_into_the_text(
    code: str, values: dict[str, float], text: str
) -> None:
    assert changed(code, **values) == text


@pytest.mark.parametrize("literal", ["2.50", "2.5e0", "+2.5", "(2.5)", "0_2.5"])
def test_change_to_the_same_number_keeps_how_it_is_written(literal: str) -> None:
    code = f"a = Value({literal})"
    assert changed(code, a=2.5) == code


def test_change_ignores_names_that_are_not_made_in_the_code() -> None:
    assert changed("a = Value(2)\nL = a * b", b=3.0, z=4.0) == "a = Value(2)\nL = a * b"


@given(
    st.sampled_from(["2", "-2", "2.0", "-2.0", "+.5", "1e3", "- (2)"]),
    st.floats(allow_nan=False, allow_infinity=False),
)
def test_change_keeps_every_bit_of_the_number(literal: str, x: float) -> None:
    text = changed(f"ä = 1; a = Value({literal}); L = a", a=x)
    assert repr(leaves(text)["a"]) == repr(x)
    assert (text[:15], text[-8:]) == ("ä = 1; a = Valu", "); L = a")
