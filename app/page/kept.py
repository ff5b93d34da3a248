"""What an earlier visit has left in this browser: of an earlier version, perhaps, or damaged."""

import json


def read(text, is_right):
    """Return what a text from the storage has in it, or None where that is not as it should be."""
    try:
        found = json.loads(text)
    except (TypeError, ValueError):
        return None
    return found if is_right(found) else None


def is_text(found):
    return isinstance(found, str)


def is_true(found):
    return found is True


def has_text(found):
    """Tell whether this is what is kept of a cell or a file, whatever stands beside its text."""
    return isinstance(found, dict) and is_text(found.get("text"))


def are_numbers(found):
    """Tell whether these are the numbers of cells, each of which comes once."""
    if not isinstance(found, list) or any(type(x) is not int or x < 1 for x in found):
        return False
    return len(set(found)) == len(found)


def are_points(found):
    """Tell whether these are points that were drawn: x, y and target of each."""
    return isinstance(found, list) and all(is_point(point) for point in found)


def is_point(found):
    if not isinstance(found, list) or len(found) != 3:
        return False
    return all(type(x) in (int, float) and abs(x) < float("inf") for x in found)
