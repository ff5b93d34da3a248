"""Every sentence about a mistake, with the code that provokes it, and the place that is marked."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.kernel import mistake
from app.kernel.expression import run
from app.kernel.mistake import Mistake


def explained(code: str) -> dict[str, Any]:
    found = run(code, {})
    assert isinstance(found, Mistake)
    return found.as_data(code)


def says(code: str) -> str:
    sentence: str = explained(code)["says"]
    return sentence


def marked(code: str) -> str:
    """Return the line of the mistake with «marks» around what is wrong."""
    before, wrong, after = explained(code)["excerpt"]
    return f"{before}«{wrong}»{after}"


# What Python cannot read.

SYNTAX = {
    "was never closed": ("(a + b", "«(»a + b"),
    "unmatched": ("a + b)", "a + b«)»"),
    "unindent does not match": ("if a:\n  b\n c", " «c»"),
    "inconsistent use of tabs": ("if a:\n\tb\n        c", "« »       c"),
    "does not match": ("(a + b]", "(a + b«]»"),
    "invalid decimal literal": ("L = 2a + b", "L = «2»a + b"),
    "unterminated": ("L = 'a", "L = «'»a"),
    "unexpected indent": ("  a + b", " « »a + b"),
    "expected an indented block": ("for i in range(3):\na", "«a»"),
    "cannot assign": ("a + b = c", "«a + b» = c"),
    "invalid character": ("a × b", "a «×» b"),
    "non-printable": ("a\u00a0+ b", "a«\u00a0»+ b"),
    "null bytes": ("a\0", None),
    "surrogates": ("a\ud800", None),
    "instead of '='": ("if a = b: c", "if «a = b»: c"),
    "expected ':'": ("for i in range(3)\n  a", "for i in range(3«)»"),
    "leading zeros": ("L = 08 * a", "L = «0»8 * a"),
    "limit": ("a * " + "1" * 4301, None),
    "too many nested": ("(" * 300 + "a" + ")" * 300, None),
    "outside function": ("L = a\nreturn L", "«return L»"),
    "outside loop": ("if a:\n  break", "  «break»"),
    "not properly in loop": ("continue", "«continue»"),
}


def test_every_sentence_about_syntax_is_provoked() -> None:
    assert list(SYNTAX) == list(mistake._SYNTAX)


@pytest.mark.parametrize("key", SYNTAX)
def test_syntax_is_explained_at_its_place(key: str) -> None:
    code, place = SYNTAX[key]
    assert says(code) == mistake._SYNTAX[key]
    if place is not None:
        assert marked(code) == place


@pytest.mark.parametrize("code", ["yield a", "await a"])
def test_what_works_in_a_function_only_is_told_outside(code: str) -> None:
    assert says(code) == "This works in a function only, below a def."


def test_a_long_text_in_three_quotes_is_a_quotation_mark_too() -> None:
    assert says("'''a") == "A quotation mark is opened here and never closed."


@pytest.mark.parametrize(
    ("code", "place"),
    [
        ("a *", "a «*»"),
        ("L =", "L «=»"),
        ("a + b\nL = ", "L =« »"),
        ("a*b.", "a*b«.»"),
        ("not", "no«t»"),
    ],
)
def test_a_line_that_ends_too_early(code: str, place: str) -> None:
    assert says(code) == "The line ends too early: something is missing after it."
    assert marked(code) == place


@pytest.mark.parametrize(
    ("code", "place"),
    [
        ("a b", "a «b»"),
        ("(a b)", "(«a b»)"),
        ("a * / b", "a * «/» b"),
        ("a,,b", "a,«,»b"),
        ("a $ b", "a «$» b"),
        ("a && b", "a &«&» b"),
    ],
)
def test_syntax_that_is_just_wrong(code: str, place: str) -> None:
    sentence = "Python cannot go on from here. Is a sign or a name missing, or one too many?"
    assert (says(code), marked(code)) == (sentence, place)


@pytest.mark.parametrize(
    ("code", "sentence"),
    [
        ("nonlocal x", "nonlocal declaration not allowed at module level"),
        ("def f(x, x): pass", "duplicate argument 'x' in function definition"),
        ("a if b", "expected 'else' after 'if' expression"),
        ("f(a=1, b)", "positional argument follows keyword argument"),
    ],
)
def test_other_syntax_is_said_as_python_says_it(code: str, sentence: str) -> None:
    assert says(code) == f"Python cannot read this: {sentence}."


@pytest.mark.parametrize(
    "code",
    [
        "-" * 10_000 + "a",  # each of these would end Pyodide
        "a" + " + a" * 20_000,
        "L = (a\n" + "+ a\n" * 5_000 + ")",
        "a" + ".b" * 5_000,
        "a" + "()" * 5_000,
        "not " * 5_000 + "a",
        "a if b else " * 5_000 + "c",
        "if a: b\n" + "elif a: b\n" * 5_000,
        "[" * 50 + "-" * 5_000 + "a" + "]" * 50,
    ],
)
def test_what_is_nested_too_deep_to_be_read(code: str) -> None:
    assert explained(code) == {"says": mistake.TOO_DEEP, "line": 0, "excerpt": []}


# What goes wrong while it runs.


@pytest.mark.parametrize(
    ("code", "sentence", "place"),
    [
        ("L = L * a", "L has no value yet at this place.", "L = «L» * a"),
        (
            "loss1 = a\nL = loss2 * b\nloss2 = c",
            "loss2 has no value yet at this place. Did you mean loss1?",
            "L = «loss2» * b",
        ),
        ("del a", "a has no value yet at this place.", "del «a»"),
        ("total += a", "total has no value yet at this place.", "«total» += a"),
        (
            "x = a\ndef f():\n    x = x + a\n    return x\nL = f()",
            "x has no value yet at this place.",
            "    x = «x» + a",
        ),
        ("L = a.tanch()", "A Value has no tanch. Did you mean tanh?", "L = «a.tanch»()"),
        ("a.wobble = 3", "A Value has no wobble.", "«a.wobble» = 3"),
        ("L = print(a).data", "None has no data.", "L = «print(a).data»"),
        ("(3).grad", "An int has no grad.", "«(3).grad»"),
        ("L = a ^ 2", "In Python, ^ is not a power. Write a**2.", "L = «a ^ 2»"),
        (
            "L = a(b + c)",
            "This is not a function. Write a sign before the bracket: a*(b + c).",
            "L = «a(b + c)»",
        ),
        (
            "L = 2(b + c)",
            "This is not a function. Write a sign before the bracket: a*(b + c).",
            "L = «2(b + c)»",
        ),
        (
            "if a > b:\n  a",
            "These cannot be compared. Numbers can: a.data < b.data.",
            "if «a > b»:",
        ),
        ("max(a, b)", "These cannot be compared. Numbers can: a.data < b.data.", "«max(a, b)»"),
        (
            "def f(): return f()\nf()",
            "A function calls itself too often, or without end.",
            "def f(): return «f()»",
        ),
        (
            "raise MemoryError",
            "This needs more memory than the browser has.",
            "«raise MemoryError»",
        ),
        (
            "raise KeyboardInterrupt",  # as when the time is up
            "This ran for longer than 5 seconds, and was stopped.",
            "«raise KeyboardInterrupt»",
        ),
        ("quit()", "This would end Python, and the page with it.", "«quit()»"),
        ("L = a / (1 / 0)", "ZeroDivisionError: division by zero", "L = a / («1 / 0»)"),
        ("assert a.data == 7", "AssertionError", "assert «a.data == 7»"),
        ("max()", "TypeError: max expected at least 1 argument, got 0", "«max()»"),
        ("import foo", "ModuleNotFoundError: No module named 'foo'", "«import foo»"),
        ("exec('a b')", "SyntaxError: invalid syntax (<string>, line 1)", "«exec('a b')»"),
    ],
)
def test_an_exception_is_explained_at_its_place(code: str, sentence: str, place: str) -> None:
    assert (says(code), marked(code)) == (sentence, place)


def test_the_place_is_the_innermost_in_the_learners_code() -> None:
    code = "def half(x):\n    return x.halve()\n\nL = half(a)"
    assert (explained(code)["line"], marked(code)) == (2, "    return «x.halve»()")


@pytest.mark.parametrize(
    ("code", "place"),
    [
        ("größe = a; L = größe.tanch()", "größe = a; L = «größe.tanch»()"),
        ("a\nü = 'äöü'; L = a.tanch() * ü", "ü = 'äöü'; L = «a.tanch»() * ü"),
        ("L = '日本' + a.tanch()", "L = '日本' + «a.tanch»()"),
        ("L = '🙂' + a.tanch()", "L = '🙂' + «a.tanch»()"),
        ("ä = (a b)", "ä = («a b»)"),
        ("a\r\nL = a.tanch()", "L = «a.tanch»()"),
        ("a  # \x0c \u2028 one line still\nL = a.tanch()", "L = «a.tanch»()"),
    ],
)
def test_marks_count_characters_not_bytes(code: str, place: str) -> None:
    assert marked(code) == place


def test_a_mistake_over_several_lines_is_marked_where_it_begins() -> None:
    assert marked("L = (a\n  ^ b)") == "L = («a»"


def test_a_mistake_in_backward_is_nowhere_in_the_code() -> None:
    found = explained("a.grad = None\nL = a * b")
    assert (found["line"], found["excerpt"]) == (0, [])
    assert found["says"].startswith("None stands where a value belongs.")


def test_a_mistake_without_a_column_is_about_its_whole_line() -> None:
    assert Mistake("No.", 2).as_data("a\nb = c") == {
        **{"says": "No.", "line": 2, "excerpt": ["", "b = c", ""]},
    }


@pytest.mark.parametrize("line", [0, 3])
def test_a_mistake_in_no_line_has_no_excerpt(line: int) -> None:
    assert Mistake("No.", line, 1, 2).as_data("a\nb")["excerpt"] == []


# A mistake never raises.


def check(code: str) -> None:
    """Run the code; if there is a mistake, its excerpt is a line of the code."""
    found = run(code, {})
    if isinstance(found, Mistake):
        data = found.as_data(code)
        assert data["says"][0].isprintable()
        assert "".join(data["excerpt"]) in code
    else:
        assert found.trace["nodes"][found.output]


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=60))
def test_random_text_never_raises(code: str) -> None:
    check(code)


@settings(max_examples=300, deadline=None)
@given(st.text("ab(L+*)=.,:' \n\t#^ä×", max_size=25))
def test_random_text_of_signs_and_names_never_raises(code: str) -> None:
    check(code)


PROGRAMS = [
    "L = (a*b + c) * f",
    "d = a * b\ne = d + c\nL = (e - d).tanh()",
    "def f(x):\n    return x.exp() + b\n\nL = f(a) * f(c)",
    "total = 0\nfor x in [a, b]:\n    total = total + x * x\nL = total",
    "L = sum(w * x for w, x in zip([w1, w2], [x1, x2]))",
    "ä = a.relu()\nif ä.data > 0:\n    L = ä\nelse:\n    L = -ä",
]


@st.composite
def mutated(draw: st.DrawFn) -> str:
    code = draw(st.sampled_from(PROGRAMS))
    for _ in range(draw(st.integers(1, 3))):
        at = draw(st.integers(0, len(code)))
        piece = draw(
            st.sampled_from(["", "", "(", ")", "=", ".", ",", ":", "\n", " ", "'", "^", "L"])
        )
        code = code[:at] + piece + code[at + draw(st.integers(0, 2)) :]
    return code


@settings(max_examples=300, deadline=None)
@given(mutated())
def test_a_program_that_was_mistyped_never_raises(code: str) -> None:
    check(code)
