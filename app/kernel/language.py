"""What the kernel says, in the language of who asks: English, or what a table makes of it."""

import re
from collections.abc import Iterable
from typing import Any

from .clients import own

_spoken: dict[str, dict[str, str]] = own({})  # "table": from English texts to those of a language


def speak(table: dict[str, str]) -> dict[str, Any]:
    """Use a table of static/languages/ from now on, for this client; an empty one is English."""
    _spoken["table"] = table
    return {}


def say(english: str, **values: object) -> str:
    """Return a text in the language in force, with values for its `{names}`."""
    return in_language(english).format(**values)


def in_language(english: str) -> str:
    """Return a text in the language in force as it stands in the table."""
    return _spoken.get("table", {}).get(english) or english


def noted(english: str) -> str:
    """Mark a text that is said later, where it stands in a list: every text has to be found."""
    return english


def say_again(english: str, texts: Iterable[str]) -> str:
    """Say what the engine said, in English, as that one of the noted texts that it is made from."""
    for text in texts:
        parts = re.split(r"\{(\w+)\}", text)
        pattern = "".join(f"(?P<{x}>.+)" if i % 2 else re.escape(x) for i, x in enumerate(parts))
        if found := re.fullmatch(pattern, english, re.DOTALL):
            return say(text, **found.groupdict())
    return english


def listed(parts: Iterable[str]) -> str:
    """Write things, or equations, one after the other; a decimal comma wants semicolons."""
    return in_language(", ").join(parts)


def a(kind: str) -> str:
    """Put the article before the name of a type: an int, a float."""
    is_an = kind[0] in "aeiouAEIOU"
    return say("an {kind}", kind=kind) if is_an else say("a {kind}", kind=kind)


def counted(number: int) -> str:
    """Write a count with the sign that the language has between thousands: 1,234."""
    return f"{number:,}".replace(",", in_language(","))


def with_decimal_sign(number: str) -> str:
    """Write a number that is shown, such as 0.25, with the decimal sign of the language."""
    return number.replace(".", in_language("."))
