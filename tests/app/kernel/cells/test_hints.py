"""Every hint, with the code that provokes it, and code near it that does not."""

import pytest

from app.kernel.cells.lesson import Lesson
from tests.app.kernel.cells.run import failure, run


def hint(*codes: str) -> str:
    return failure(*codes).hint


A = "a = Value(2.0)"


@pytest.mark.parametrize(
    ("code", "sentence"),
    [
        # A name that is a little different.
        ("pritn(1)", "pritn has no value yet at this place. Did you mean print?"),
        ("loss = 1\nlos", "los has no value yet at this place. Did you mean loss?"),
        ("Value(2.0).tahn()", "A Value has no tahn. Did you mean tanh?"),
        # Brackets, colons, signs.
        ("print((1)", "A bracket is opened here and never closed."),
        ("for i in range(3)\n    i", "A colon is missing here."),
        ("if x = 2: 3", "A single = gives a name its value. To compare, write ==."),
        ("for i in [1]:\ni", "The line after a colon has to be indented."),
        ("  x = 1", "This line is indented, but nothing before it asks for that."),
        ("if 1:\n\t2\n        3", "Tabs and spaces are mixed before this line. Use spaces only."),
        # Values and numbers are compared by <.
        (f"{A}\na > 1", "These cannot be compared. Numbers can: a.data < b.data."),
    ],
)
def test_the_sentence_helps_by_itself(code: str, sentence: str) -> None:
    found = failure(code)
    assert (found.says, found.hint) == (sentence, "")


@pytest.mark.parametrize(
    ("code", "sentence"),
    [
        # Names of modules, of what is in them, and of arguments.
        ("import maht", "Did you mean math?"),
        ("import micrograd.engin", "Did you mean micrograd.engine?"),
        ("import torch", "torch is not part of this page. Plain Python and micrograd are."),
        ("from jax.numpy import x", "jax is not part of this page. Plain Python and micrograd "
         "are."),
        ("from micrograd.engine import Valeu", "Did you mean Value?"),
        ("import math\nmath.sqr(2)", "Did you mean sqrt?"),
        ("Value.tahn", "Did you mean tanh?"),
        ("Value(2, lable='a')", "Did you mean label?"),
        ("def f(x, *, rate): pass\nf(1, rat=2)", "Did you mean rate?"),
        ("math.exp(1)", "math is a module. Write import math before this line."),
        # A Value where a number belongs.
        (f"import math\n{A}\nmath.exp(a)", "Write a.exp(), which stays in the graph."),
        (f"import math\n{A}\nmath.cos(a)", "Write math.cos(a.data)."),
        (f"import math\n{A}\nmath.exp(a * 2)", "Write math.exp(a.data * 2)."),
        (f"import math\n{A}\nmath.pow(a, a.data)", "Write math.pow(a.data, a.data)."),
        (f"{A}\nfloat(a)", "Write float(a.data)."),
        (f"{A}\nint(a)", "Write int(a.data)."),
        (f"{A}\nround(a, 2)", "Write round(a.data, 2)."),
        (f"{A}\nabs(a)", "Write abs(a.data)."),
        (f"{A}\nfor i in range(a): pass", "Write range(int(a.data))."),
        (f"{A}\nxs = [1, 2, 3]\nxs[a]", "Write xs[int(a.data)]."),
        (f"{A}\n'%.2f' % a", "Write '%.2f' % a.data."),
        ("'%.2f' % Value(1)", "Write a.data for the number in a."),
        ("class Scalar(Value):\n    def __init__(self, x): super().__init__(x)\ns = Scalar(1)\n"
         "float(s)", "Write float(s.data)."),
        # A number where a Value belongs.
        ("2.0.backward()", "A plain number does not remember how it was made. What begins with "
         "Value(...) does, and has backward."),
        ("x = 3\nx.grad", "A plain number does not remember how it was made. What begins with "
         "Value(...) does, and has grad."),
        ("[Value(1)].backward()", "Each Value in the list has its own backward. To make one Value "
         "of all: sum(...)."),
        ("print(1).data", "Something gave None here. A function without return does, and so does "
         "print(...)."),
        # What is no function.
        ("sum = 3\nsum([1])", "sum was made an int, and hides Python's own sum(). Choose another "
         "name for it, and run: del sum"),
        ("import random\nrandom()", "random is a module. Its functions stand behind a point: "
         "random.…(…)."),
        (f"{A}\na.data()", "a.data is a number, no method: leave the brackets away."),
        ("xs = [1]\nxs(0)", "An element of a list is taken with square brackets: xs[0]."),
        # Names in functions.
        ("k = 1\ndef f():\n    k = k + 1\nf()", "Because this function gives k a value, k is a "
         "name of its own in all of it. Hand the other k over as an argument, or write global k "
         "first."),
        ("k\nk = 1", "k gets its value further down, in line 2."),
        ("f(1)\n\ndef f(x): pass", "f gets its value further down, in line 3."),
        ("math.pi\nimport math", "math gets its value further down, in line 2."),
        ("raise RuntimeError('asyncio.run() cannot be called')", "A cell waits for nothing here. "
         "Leave async and await away."),
    ],
)  # fmt: skip
def test_a_hint(code: str, sentence: str) -> None:
    assert hint(code) == sentence


@pytest.mark.parametrize(
    "code",
    [
        "zzz",
        "k = 1\ndel k\nk",
        "if 0:\n    k = 1\nk",
        "raise ImportError(name=3)",
        "math",  # nothing is taken from it
        "code.foo",  # a module nobody means
        "import qqqqqq",
        "import math\nmath.qqqqqq",
        "Value(2, qqqqqq=1)",
        "dict(**1)",
        "int('x')",
        "float([1])",
        "range('a')",
        "'abc'[0.5]",
        "(1).foo",
        "(1).__foo__",
        "'a'.backward()",
        "1 + 'a'",
        "sum(3)",
        "sum('a')",
        "(3)(4)",
        "k = 1\ndef f():\n    l = l + 1\nf()",
        "raise RuntimeError('no')",
        "raise AttributeError(\"'int' object has no attribute 'foo'\")",
        "raise ImportError('no')",
        "raise NameError('no')",
        "raise ValueError('NoneType')",
        "Value('a')",
        f"{A}\na * 'x'",
        f"{A}\na.tanh",
    ],
)
def test_no_hint(code: str) -> None:
    found = run(code)
    assert found.failure is None or found.failure.hint == ""


@pytest.mark.parametrize(
    "code",
    [
        "Value(2.0).data + 1.5",
        "import math\nmath.exp(Value(2.0).data)",
        "sum = 3\ndel sum\nsum([1])",
        "def f():\n    global k\n    k = 1\n    k = k + 1\nf()",
    ],
)
def test_what_is_right_is_no_error(code: str) -> None:
    assert run(code).state == "done"


def test_the_value_of_an_f_string_is_written_as_its_number() -> None:
    assert hint(f'{A}\nf"a is {{a:.2f}}"') in (
        'Write f"a is {a.data:.2f}".',  # where Python marks the whole text
        "Write {a.data:.2f}.",  # since 3.12, the part in braces
    )


# Other cells.


def test_a_name_of_a_cell_that_has_not_run() -> None:
    lesson = Lesson()
    texts = [("first", "1"), ("second", "w = 1"), ("third", "w + 1")]
    found = lesson.run("third", "w + 1", lambda text: None, texts).failure
    assert found is not None
    assert found.says == "w has no value yet at this place."
    assert found.hint == "w is defined in cell 2, which has not run yet."


def test_a_name_of_a_cell_that_has_failed() -> None:
    assert hint("1 / 0\nw = 1", "w + 1") == "w is defined in cell 1. Run it again."


def test_a_name_of_python_that_another_cell_has_hidden() -> None:
    assert hint("1", "list = [1]", "list('abc')") == (
        "list was made a list by cell 2, and hides Python's own list(). "
        "Choose another name for it, and run: del list"
    )
