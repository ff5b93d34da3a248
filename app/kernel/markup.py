"""Text as it stands in markup, be it HTML, MathML or SVG."""

import re

_CONTROL = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_ENTITIES = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#x27;"})


def escape(text: str) -> str:
    """Write a text as XML can hold it: most control characters it cannot.

    `html.escape` does the same for the other ones, but brings a table of all names in HTML.
    """
    return _CONTROL.sub("\ufffd", text).translate(_ENTITIES)
