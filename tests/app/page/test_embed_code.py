"""Code that came with an address runs at once only when all that it can do is to compute."""

import pytest

from app.page.embed_code import only_computes


@pytest.mark.parametrize(
    "code",
    [
        "L = (a*b + c) * f",
        "d = a * b\ne = a + b\nL = d * e",
        "n = x1*w1 + x2*w2 + b  # a neuron\no = tanh(n)",
        "s = 1 / (1 + exp(-x))",
        "a = Value(2.0)\nL = (a * 3).tanh() ** .5\nL.backward()",
        "L = a + 1e-3",
    ],
)
def test_arithmetic_with_values_only_computes(code: str) -> None:
    assert only_computes(code)


@pytest.mark.parametrize(
    "code",
    [
        "import js",
        "from js import fetch",
        "__import__",
        "exec(a)",
        "(exec)(a)",
        "(exec\n(a))",
        "tanh = exec\ntanh(a)",
        "tanh(a)(b)",
        "a.tanh()(b)",
        "a.data",
        "a.__class__",
        "t = a.tanh",
        "x = [1]",
        "'text'",
        'f"{a}"',
        "while a: b",
        "f = lambda: 1",
        "1if a else 2",
        "exit()",
        "a; b",
        "a\\\n(b)",
        "del a",
        "aé = 1",
        "x\x0c(1)",
        "a + " * 1000 + "a",
    ],
)
def test_all_else_has_to_be_read_first(code: str) -> None:
    assert not only_computes(code)
