"""How what is printed goes on, piece by piece."""

import time

import pytest

from app.kernel.cells import writer
from app.kernel.cells.writer import Writer
from tests.app.kernel.cells.run import printed


def pieces(*texts: str, most: int = 200_000) -> list[str]:
    found: list[str] = []
    writing = Writer(found.append, most)
    for text in texts:
        writing.write(text)
    writing.end()
    return found


def test_write_hands_on_each_line_at_once() -> None:
    assert pieces("a", "\n", "b", "\n") == ["a\n", "b\n"]


def test_end_hands_on_what_is_left() -> None:
    assert pieces("a", "b") == ["ab"]
    assert pieces() == []
    assert pieces("") == []


def test_write_joins_many_lines() -> None:
    found = pieces(*["line\n"] * 10_000)
    assert "".join(found) == "line\n" * 10_000
    assert len(found) < 100  # 40 in the first second, then 8,192 characters together


def test_write_hands_on_half_a_line_that_has_waited(monkeypatch: pytest.MonkeyPatch) -> None:
    clock = iter(range(100))
    monkeypatch.setattr(writer.time, "monotonic", lambda: float(next(clock)))
    assert pieces("a", "b") == ["a", "b"]


def test_flush_hands_on_half_a_line() -> None:
    found: list[str] = []
    print("a", end="", file=Writer(found.append), flush=True)
    assert found == ["a"]


def test_write_drops_what_is_too_much_and_end_says_how_much() -> None:
    assert "".join(pieces("abc", "def", "ghi", most=4)) == (
        "abcd\n… 5 more characters were not shown\n"
    )
    assert pieces("abcd", most=4) == ["abcd"]


def test_write_takes_text_only() -> None:
    with pytest.raises(TypeError, match="only text can be printed, not bytes"):
        Writer(print).write(b"a")  # type: ignore[arg-type]


def test_a_hundred_million_characters_are_printed_in_a_moment() -> None:
    start = time.monotonic()
    text = printed("for i in range(100_000):\n    print('x' * 999)")
    assert text[200_000:] == "\n… 99,800,000 more characters were not shown\n"
    assert time.monotonic() - start < 5


def test_both_standard_output_and_standard_error_are_printed_in_order() -> None:
    code = "import sys\nprint(1)\nprint(2, file=sys.stderr)\nprint(3)"
    assert printed(code) == "1\n2\n3\n"


def test_what_is_printed_before_an_error_is_shown() -> None:
    assert printed("print('so far', end='')\n1 / 0") == "so far"
