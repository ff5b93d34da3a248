"""What is kept of what a program prints."""

from app.kernel.printed import MOST, Printed


def printed(*texts: str) -> str:
    output = Printed()
    for text in texts:
        print(text, end="", file=output)
    return output.text()


def test_printed_keeps_everything_in_order() -> None:
    assert printed("a = 2\n", "", "ä\r\n") == "a = 2\nä\r\n"


def test_printed_of_nothing_is_empty() -> None:
    assert Printed().text() == ""


def test_printed_keeps_2000_characters() -> None:
    assert printed("x" * MOST) == "x" * 2000


def test_printed_cuts_what_is_longer_and_says_so() -> None:
    note = "\n… The rest is not shown: only the first 2,000 characters are kept."
    assert printed("x" * (MOST + 1)) == "x" * 2000 + note
    assert printed("x" * 1999, "yz", "and so on") == "x" * 1999 + "y" + note


def test_printed_has_no_halves_of_characters() -> None:
    assert printed("a\ud800b") == "a?b"


def test_write_returns_how_much_was_written_as_a_file_does() -> None:
    output = Printed()
    assert (output.write("x" * 3000), output.write("abc")) == (3000, 3)
