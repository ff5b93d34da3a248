"""What is said when Python raises a TypeError: the code, the sentence, and the place."""

import pytest

from app.kernel.expression import run
from app.kernel.mistake import Mistake
from app.kernel.misuse import explain_misuse, operations
from micrograd.engine import Value
from tests.app.kernel.programs import LECTURE


def mistake(code: str) -> Mistake:
    found = run(code, {})
    assert isinstance(found, Mistake), found
    return found


def marked(code: str) -> str:
    before, wrong, after = mistake(code).as_data(code)["excerpt"]
    return f"{before}«{wrong}»{after}"


HAS = "It has + - * / ** and tanh, relu, exp, log, sigmoid."
OF_ITS_OWN = "A Value has tanh, relu, exp, log, sigmoid; its number is a.data."
NUMBER = "A plain number belongs here, not a Value. Take its number: a.data."
SEVERAL = "A Value is one number, and several belong here. Write a list of them: [a, b]."
COUNT = "This is one number, and several belong here. To count, write range(3)."
ELEMENTS = "has no elements, so leave out the [ ] behind it. Only a list such as [a, b] has."
NONE = "None stands where a value belongs. Does the function that made it return its result?"
FUNCTION = "A function stands here, not its result. Write brackets behind it: a.tanh()."
MATH = "This function takes plain numbers. "


@pytest.mark.parametrize(
    ("code", "sentence", "place"),
    [
        # Operations that the engine does not have.
        ("L = a % b", f"% is not an operation of a Value. {HAS}", "L = «a % b»"),
        ("L = 2 % b", f"% is not an operation of a Value. {HAS}", "L = «2 % b»"),
        ("L = a\nL %= b", f"% is not an operation of a Value. {HAS}", "«L %= b»"),
        ("L = a @ b", f"@ is not an operation of a Value. {HAS}", "L = «a @ b»"),
        ("L = a // b", f"// is not an operation of a Value. {HAS}", "L = «a // b»"),
        ("L = a & b", f"& is not an operation of a Value. {HAS}", "L = «a & b»"),
        ("divmod(a, 2)", f"divmod is not an operation of a Value. {HAS}", "«divmod(a, 2)»"),
        ("~a", f"~ is not an operation of a Value. {HAS}", "«~a»"),
        ("L = b * abs(a)", f"abs is not an operation of a Value. {HAS}", "L = b * «abs(a)»"),
        ("round(a)", f"round is not an operation of a Value. {HAS}", "«round(a)»"),
        ("+a", "A + with nothing left of it is not needed. Leave it out.", "«+a»"),
        ("L = a ^ 2", "In Python, ^ is not a power. Write a**2.", "L = «a ^ 2»"),
        ("L = 1 + 'a'", "+ does not work with a number and a text.", "L = «1 + 'a'»"),
        ("L = [1] - {2}", "- does not work with a list and a set.", "L = «[1] - {2}»"),
        ("-'a'", "- does not work with a text.", "«-'a'»"),
        # A plain number belongs here.
        ("L = a * float(b)", NUMBER, "L = a * «float(b)»"),
        ("int(a)", NUMBER, "«int(a)»"),
        ("for i in range(a): b", NUMBER, "for i in «range(a)»: b"),
        ("[1, 2][a]", NUMBER, "«[1, 2][a]»"),
        ("print(f'{a:.2f}')", NUMBER, None),
        ("float([a])", "A plain number belongs here, not a list.", "«float([a])»"),
        ("import math\nL = math.sin(a)", MATH + OF_ITS_OWN, "L = «math.sin(a)»"),
        (
            "import math\nL = math.sin('a')",
            "A plain number belongs here, not a text.",
            "L = «math.sin('a')»",
        ),
        # One number, where several belong.
        ("L = sum(a)", SEVERAL, "L = «sum(a)»"),
        ("L = sum(a, b)", SEVERAL, "L = «sum(a, b)»"),
        ("len(a)", SEVERAL, "«len(a)»"),
        ("L = 0\nfor x in a:\n    L += x", SEVERAL, None),
        ("x, y = a", SEVERAL, "«x, y» = a"),
        ("b in a", SEVERAL, "«b in a»"),
        ("tanh(*a)", SEVERAL, "«tanh(*a)»"),
        ("for i in 3: a", COUNT, None),
        ("len(3.5)", COUNT, "«len(3.5)»"),
        ("L = a[0]", f"A Value {ELEMENTS}", "L = «a[0]»"),
        ("a[0] = 1", f"A Value {ELEMENTS}", "«a[0]» = 1"),
        ("del a[0]", f"A Value {ELEMENTS}", "del «a[0]»"),
        ("L = a.data[0]", f"A number {ELEMENTS}", "L = «a.data[0]»"),
        ("L = tanh[a]", "A function is called with round brackets: tanh(a).", "L = «tanh[a]»"),
        ("L = {a}[0]", "TypeError: 'set' object is not subscriptable", "L = «{a}[0]»"),
        # What stands where a number belongs: the engine's own sentences.
        (
            "L = a + '1'",
            "A Value holds one real number, not the text '1': convert it with float(...).",
            "L = «a + '1'»",
        ),
        (
            "L = a + '^'",
            "A Value holds one real number, not the text '^': convert it with float(...).",
            "L = «a + '^'»",
        ),
        (
            "L = a + None",
            "A Value holds one real number, not None: "
            "does the function that made it return its result?",
            "L = «a + None»",
        ),
        (
            "L = a + [1]",
            "A Value holds one real number, not a list: "
            "make a Value of each element, as in [Value(x) for x in xs].",
            "L = «a + [1]»",
        ),
        (
            "L = Value(a)",
            "A Value stands where a plain number belongs: use its .data.",
            "L = «Value(a)»",
        ),
        ("L = a.tanh + b", FUNCTION, "L = «a.tanh + b»"),
        ("L = tanh * a", FUNCTION, "L = «tanh * a»"),
        ("L = abs * a", FUNCTION, "L = «abs * a»"),
        ("L = print(end='') * 2", NONE, "L = «print(end='') * 2»"),
        ("x, y = None", NONE, "«x, y» = None"),
        # Numbers of arguments.
        ("L = tanh(a, b)", "tanh takes 1 value in its brackets, and got 2.", "L = «tanh(a, b)»"),
        ("L = tanh()", "tanh needs 1 more value in its brackets: x.", "L = «tanh()»"),
        ("L = a.tanh(b)", "tanh takes no value in its brackets, and got 1.", "L = «a.tanh(b)»"),
        ("L = Value()", "Value needs 1 more value in its brackets: data.", "L = «Value()»"),
        (
            "L = Value(1, 2, 3, 4, 5, 6)",
            "Value takes 1 to 5 values in its brackets, and got 6.",
            "L = «Value(1, 2, 3, 4, 5, 6)»",
        ),
        ("L = Value(2, name='a')", "Value takes nothing that is called name.", None),
        ("L = Value(2, data=2)", "Value is given its data twice.", "L = «Value(2, data=2)»"),
        (
            "def f(x, y, z):\n    return x\n\nL = f()",
            "f needs 3 more values in its brackets: x, y, and z.",
            "L = «f()»",
        ),
        (
            "def f(x):\n    def g(): return x\n    return g(x)\n\nL = f(a)",
            "g takes no value in its brackets, and got 1.",
            "    return «g(x)»",
        ),
        (
            "L = (lambda x: x)(a, b)",
            "This function takes 1 value in its brackets, and got 2.",
            "L = «(lambda x: x)(a, b)»",
        ),
        ("L = abs(a, b)", "abs takes 1 value in its brackets, and got 2.", "L = «abs(a, b)»"),
        # As before.
        (
            "L = a(b)",
            "This is not a function. Write a sign before the bracket: a*(b + c).",
            "L = «a(b)»",
        ),
        ("max(a, b)", "These cannot be compared. Numbers can: a.data < b.data.", "«max(a, b)»"),
    ],
)
def test_a_type_error_is_explained_at_its_place(
    code: str, sentence: str, place: str | None
) -> None:
    assert mistake(code).says == sentence
    assert place is None or marked(code) == place  # None: Python's versions mark other parts


def test_a_value_to_go_through_is_found_in_its_line() -> None:
    assert mistake("L = 0\nfor x in a:\n    L += x").line == 2


def test_a_type_error_has_line_and_columns() -> None:
    found = mistake("d = a * b\nL = d + (c % d)")
    assert (found.line, found.column, found.end) == (2, 10, 15)


def test_a_value_of_the_learners_own_is_said_to_have_what_it_has() -> None:
    found = mistake(LECTURE + "L = Value(2.0) - Value(1.0)")
    has = "It has + * ** and tanh, exp, relu."
    assert found.says == f"- is not an operation of a Value. {has}"


def test_a_class_of_another_name_is_a_value_when_it_goes_backward() -> None:
    found = mistake("class Scalar:\n    def backward(self): pass\n\nL = Scalar() + 1")
    assert found.says == "+ is not an operation of a Scalar."


def test_explain_misuse_knows_the_engines_value_without_names() -> None:
    message = "unsupported operand type(s) for %: 'Value' and 'int'"
    assert explain_misuse(message, {}) == f"% is not an operation of a Value. {HAS}"


@pytest.mark.parametrize(
    ("message", "sentence"),
    [  # as Python 3.14 says it
        ("argument of type 'Value' is not a container or iterable", SEVERAL),
        ("complex() argument must be a string or a number, not engine.Value", NUMBER),
        ("Value after * must be an iterable, not Value", SEVERAL),
    ],
)
def test_explain_misuse_reads_what_the_browsers_python_says(message: str, sentence: str) -> None:
    assert explain_misuse(message, {}) == sentence


def test_explain_misuse_leaves_the_rest_to_python() -> None:
    assert explain_misuse("max expected at least 1 argument, got 0", {}) is None


def test_operations_of_the_engine_are_its_methods() -> None:
    assert operations(Value) == ["tanh", "relu", "exp", "log", "sigmoid"]
