"""What an exception says to a reader."""

import pytest

from app.page.problem import words_of

TRACEBACK = "Traceback (most recent call last):\n  File ...\n"


@pytest.mark.parametrize(
    ("says", "words"),
    [
        ("ValueError: no", "ValueError: no"),
        (f"{TRACEBACK}ValueError: no\n", "ValueError: no"),
        (f"{TRACEBACK}app.kernel.gone.GoneError: It is gone: run it.\n", "It is gone: run it."),
        (f"{TRACEBACK}KeyboardInterrupt\n", "This took too long, and was stopped."),
    ],
)
def test_the_last_line_is_told(says: str, words: str) -> None:
    assert words_of(Exception(says)) == words
    assert words_of(Exception("JsException", "Error", says)) == words
