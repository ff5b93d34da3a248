"""Which names a cell reads and defines."""

import pytest

from app.kernel.cells.uses import Uses, first_line, uses


@pytest.mark.parametrize(
    ("code", "reads", "defines"),
    [
        ("", "", ""),
        ("x", "x", ""),
        ("x = 1", "", "x"),
        ("x = 1\nx", "", "x"),
        ("x = x + 1", "x", "x"),
        ("x += 1", "x", "x"),
        ("x: int = y", "y int", "x"),
        ("(x := y)", "y", "x"),
        ("x, (y, *z) = w", "w", "x y z"),
        ("del x", "x", "x"),
        ("print(x)\nx = 1", "print x", "x"),
        ("x.data = 1", "x", ""),
        ("x[i] = y", "x i y", ""),
        ("x.append(y)", "x y", ""),
        ("import math", "", "math"),
        ("import os.path", "", "os"),
        ("import math as m", "", "m"),
        ("from math import exp as e, pi", "", "e pi"),
        ("for i in xs: i", "xs", "i"),
        ("for x in x: pass", "x", "x"),
        ("while x: y = 1", "x", "y"),
        ("with f() as g: g", "f", "g"),
        ("try: x\nexcept E as e: e", "x E", "e"),
        ("match x:\n    case [y, *z]: y\n    case {'a': b, **c}: c", "x", "y z b c"),
        ("def f(a, b=c): return a + b + d", "c d", "f"),
        ("def f(): return f()", "", "f"),
        ("def f():\n    return x\nx = 1", "", "f x"),  # f is called later, if ever
        ("def f():\n    x = 1\n    return x", "", "f"),
        ("def f():\n    global x\n    x = 1", "", "f x"),
        ("def f(x):\n    def g(): return x + y\n    return g", "y", "f"),
        ("lambda x: x + y", "y", ""),
        ("@d\ndef f(): pass", "d", "f"),
        ("class A(B):\n    x = y\n    def f(self): return z", "B y z", "A"),
        ("class Value(Value): pass", "Value", "Value"),
        ("[x for x in xs if x > y]", "xs y", ""),
        ("[x for x in x]", "x", ""),
        ("[x for x in xs for y in x if z]", "xs z", ""),
        ("[y := x for x in xs]\ny", "xs", "y"),
        ("x = 1\n[x for x in xs]\nx", "xs", "x"),
        ("class A:\n    x = y\n    z = [x, [i for i in x]]\nx", "y x", "A"),
        ("class A: k = x\nx = 1", "x", "A x"),
        ("def f():\n    import math", "", "f"),
        ("def f():\n    global m\n    import math as m", "", "f m"),
        ("{k: v for k, v in xs}", "xs", ""),
        ("v = 1\n{k: v for k, v in xs}", "xs", "v"),
        ("f'{x:{y}}'", "x y", ""),
        ("größe = ß", "ß", "größe"),
    ],
)
def test_uses_tells_what_is_read_from_elsewhere_and_what_is_defined(
    code: str, reads: str, defines: str
) -> None:
    assert uses(code) == Uses(frozenset(reads.split()), frozenset(defines.split()))


@pytest.mark.parametrize("code", ["x = (", "a\0", "return", "  x", "(" * 300, "-" * 10_000 + "x"])
def test_uses_of_what_python_cannot_read_is_nothing(code: str) -> None:
    assert uses(code) == Uses()


def test_uses_takes_a_long_sum() -> None:
    assert uses("L = a" + " + b" * 900) == Uses(frozenset("ab"), frozenset("L"))


@pytest.mark.parametrize(
    ("code", "line"),
    [("x", 0), ("y\nx = 1\nx = 2", 2), ("def x(): pass", 1), ("\nfrom a import b as x", 2)],
)
def test_first_line_is_the_first_that_gives_a_name_its_value(code: str, line: int) -> None:
    assert first_line("x", code) == line
