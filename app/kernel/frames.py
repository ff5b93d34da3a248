"""Reads from the stack of running functions where in the source something happened."""

from types import FrameType
from typing import Any


def place_of(frame: FrameType) -> dict[str, Any]:
    """Return the file and the line that run in a frame."""
    return {"file": frame.f_code.co_filename, "line": frame.f_lineno}


def learners_line(frame: FrameType | None, cell: str) -> int | None:
    """Return the line of the learner's cell that led here, or None when none did.

    A `Value` class may stand in the cell itself: the lines of its methods are not what is meant.
    """
    while frame:
        if frame.f_code.co_filename == cell and not _is_method_of_a_value(frame):
            return frame.f_lineno
        frame = frame.f_back
    return None


def is_inside_an_operation(frame: FrameType | None, value_class: type) -> bool:
    """Tell whether a method of the class runs: a leaf made there is a constant, as in `2 * a`."""
    while frame:
        if isinstance(frame.f_locals.get("self"), value_class):
            return True
        frame = frame.f_back
    return False


def _is_method_of_a_value(frame: FrameType) -> bool:
    return hasattr(frame.f_locals.get("self"), "_prev")
