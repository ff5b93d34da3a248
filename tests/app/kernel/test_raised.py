"""Exceptions from a file of the learner's, in words and with their line."""

import pytest

from app.kernel.raised import raised

FILE = "learner/engine.py"


def raise_in(text: str) -> BaseException:
    with pytest.raises(BaseException) as caught:  # noqa: PT011
        exec(compile(text, FILE, "exec"), {})
    return caught.value


@pytest.mark.parametrize(
    ("text", "says", "line"),
    [
        ("a = (1\n", "A bracket is opened here and never closed.", 1),
        ("a = 1\nb = a / 0", "ZeroDivisionError: division by zero", 2),
        ("def f():\n    return g\n\nf()", "g has no value yet at this place.", 2),
        (
            "def f():\n    return f()\n\nf()",
            "A function calls itself too often, or without end.",
            2,
        ),
        ("raise KeyboardInterrupt", "This ran for longer than 5 seconds, and was stopped.", 1),
        (
            "import json\njson.loads('?')",
            "JSONDecodeError: Expecting value: line 1 column 1 (char 0)",
            2,
        ),
    ],
)
def test_raised_says_what_happened_and_where(text: str, says: str, line: int) -> None:
    found = raised(raise_in(text), text, FILE)
    assert (found.says, found.line) == (says, line)


def test_raised_knows_no_line_of_a_file_that_did_not_run() -> None:
    assert raised(raise_in("1 / 0"), "1 / 0", "another.py").line == 0
