"""Where something happened, from the stack of running functions."""

import sys
from types import FrameType
from typing import Any

import pytest

from app.kernel.frames import is_inside_an_operation, learners_line, place_of

HERE = sys._getframe


class Node:
    _prev = ()

    def call(self, function: Any) -> Any:
        return function()


class Other(Node):
    pass


def frame_in(cell: str, **names: Any) -> FrameType:
    """Run a cell that calls `here()`, and return the frame of that call."""
    found: list[FrameType] = []
    exec(
        compile(cell, "<cell>", "exec"),
        {"here": lambda: found.append(HERE(1)), "Node": Node, "node": Node(), **names},
    )
    return found[0]


def test_place_of_is_the_file_and_the_line() -> None:
    frame = HERE()
    assert place_of(frame) == {"file": __file__, "line": frame.f_lineno}


@pytest.mark.parametrize(
    ("cell", "line"),
    [
        ("\nhere()", 2),
        ("def f():\n    here()\n\nf()", 2),  # a learner's own function
        ("class Net:\n    def f(self):\n        here()\n\nNet().f()", 3),  # and class
        ("class Mine(Node):\n    def f(self):\n        here()\n\nMine().f()", 5),  # an engine's
        ("class Mine(Node):\n    def f(self):\n        [here() for _ in 'a']\n\nMine().f()", 5),
        ("def f():\n    here()\n\n\nnode.call(f)", 5),  # called by an engine
        (
            "class Mine(Node):\n    def f(self):\n        def g():\n            here()\n"
            "        self.call(g)\n\nMine().f()",
            7,
        ),
    ],
)
def test_learners_line_is_in_the_cell_outside_of_all_methods_of_values(
    cell: str, line: int
) -> None:
    assert learners_line(frame_in(cell), "<cell>") == line


def test_learners_line_without_a_cell_is_none() -> None:
    assert learners_line(HERE(), "<cell>") is None
    assert learners_line(None, "<cell>") is None


def test_is_inside_an_operation_of_another_node() -> None:
    made = Node()
    assert is_inside_an_operation(frame_in("node.call(here)"), made)
    inside = "class Mine(Node):\n    def f(self):\n        here()\n\nMine().f()"
    assert is_inside_an_operation(frame_in(inside), made)
    assert not is_inside_an_operation(frame_in("here()"), made)


def test_a_node_that_is_being_made_is_in_no_operation_of_its_own() -> None:
    made: list[Any] = []
    cell = "class Mine(Node):\n    def __init__(self):\n        made.append(self)\n        here()\n"
    frame = frame_in(f"{cell}\nMine()", made=made)
    assert not is_inside_an_operation(frame, made[0])
    assert is_inside_an_operation(frame, Other())
