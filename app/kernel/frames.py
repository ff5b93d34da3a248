"""Reads from the stack of running functions where in the source something happened."""

from types import FrameType
from typing import Any


def place_of(frame: FrameType) -> dict[str, Any]:
    """Return the file and the line that run in a frame."""
    return {"file": frame.f_code.co_filename, "line": frame.f_lineno}


def learners_line(frame: FrameType | None, cell: str) -> int | None:
    """Return the line of the learner's cell that led here, or None when none did.

    A `Value` class may stand in the cell itself: the lines of its methods, and of all that these
    call, are not what is meant.
    """
    line = None
    while frame:
        if line is not None or frame.f_code.co_filename == cell:  # else it tells nothing
            is_of_a_value = hasattr(_self_of(frame), "_prev")
            line = None if is_of_a_value else line or frame.f_lineno
        frame = frame.f_back
    return line


def is_inside_an_operation(frame: FrameType | None, made: object) -> bool:
    """Tell whether another node's method runs: a leaf made there is a constant, as in `2 * a`."""
    while frame:
        node = _self_of(frame)
        if node is not made and hasattr(node, "_prev"):
            return True
        frame = frame.f_back
    return False


def _self_of(frame: FrameType) -> object:
    """Return the object whose method runs, or whose method made the function that runs."""
    code = frame.f_code
    is_there = "self" in code.co_varnames or "self" in code.co_freevars
    return frame.f_locals.get("self") if is_there else None
