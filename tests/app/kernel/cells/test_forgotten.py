"""Gradients that should have been set to 0, and loops that are right as they are."""

import pytest

from app.kernel.cells.forgotten import FORGOTTEN
from tests.app.kernel.cells.run import run
from tests.app.kernel.programs import LECTURE

LOOP = """\
w = Value(1.0, label="w")
for step in range({steps}):
    loss = (w * 2 + -4) ** 2
    {before}
    loss.backward()
    {after}
"""
STEP = "w.data -= 0.01 * w.grad"


def advice(code: str) -> str:
    found = run(code)
    assert found.state == "done", found
    return found.advice


@pytest.mark.parametrize("engine", ["", LECTURE])
@pytest.mark.parametrize("steps", [2, 3, 20, 20_000])
def test_a_loop_without_zero_is_advised(engine: str, steps: int) -> None:
    code = engine + LOOP.format(steps=steps, before="pass", after=STEP)
    assert advice(code) == FORGOTTEN.format("w")


def test_a_value_without_a_name_is_advised_too() -> None:
    code = "ws = [Value(1.0)]\nfor i in range(3):\n    L = ws[0] * 2\n    L.backward()\n"
    assert advice(code + "    ws[0].data -= ws[0].grad") == FORGOTTEN.format("A value")


@pytest.mark.parametrize("engine", ["", LECTURE])
@pytest.mark.parametrize(
    ("steps", "before", "after"),
    [
        (3, "w.grad = 0", STEP),  # as it should be
        (3, "w.grad = 0.0", STEP),
        (3, "pass", f"{STEP}; w.grad = 0"),
        (1, "pass", STEP),  # one step
        (3, "pass", "pass"),  # gradients are added up, and nothing is done with them
        (3, "pass", "w.data = 1.0"),  # changed to what it was
        (3, "pass", f"if step == 2: {STEP}"),  # one step for three that were added up
        (2, "w.data += 0.1", "pass"),  # looked at in two places, no step made
        (3, "w.grad *= 0.9", STEP),  # momentum
        (3, "w = Value(1.0)", STEP),  # another leaf each time
    ],
)
def test_other_loops_are_not_advised(engine: str, steps: int, before: str, after: str) -> None:
    assert advice(engine + LOOP.format(steps=steps, before=before, after=after)) == ""


def test_a_cell_without_a_backward_pass_is_not_advised() -> None:
    assert advice("a = Value(2.0)\na * a") == ""
    assert advice("1") == ""
