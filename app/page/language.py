"""What the page says, in its language: English, or what a table makes of it."""

_table = {}  # from English texts to those of the language


def speak(table):
    """Use a table of static/languages/ from now on; an empty one is English."""
    _table.clear()
    _table.update(table)


def say(english, **values):
    """Return a text in the language of the page, with values for its `{names}`."""
    return (_table.get(english) or english).format(**values)


def noted(english):
    """Mark a text that is said later, where it stands in a list: every text has to be found."""
    return english


def with_point(number):
    """Return a number as Python reads it, from how it is typed: 0,5 in German, and 0.5 too."""
    return number.replace(say("."), ".")


def with_decimal_sign(number):
    """Return a number as it is typed, from how Python writes it."""
    return number.replace(".", say("."))
