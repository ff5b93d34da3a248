"""How graphs are drawn, as files to look at. `pytest --update` rewrites them."""

from collections.abc import Callable
from pathlib import Path

import pytest

from app.kernel.graphs import graph

DRAWINGS = {
    "lecture": "L = (a*b + c) * f",
    "reused": "d = a * b\ne = a + b\nL = d * e",
    "diamond": "d = a * 2\ne = a * 3\nL = d * e + d",
    "neuron": "L = tanh(x1*w1 + x2*w2 + b)",
    "a-plus-a": "L = a + a",
    "constants": "L = 1 - 2 ** (3 / a) * -0.5",
    "folded": "L = 0\nfor i in range(8):\n    o = b\n    for _ in range(20):\n"
    "        o = o + w * i\n    L = L + tanh(o) ** 2\nL",
}


@pytest.mark.parametrize("name", DRAWINGS)
def test_drawing(name: str, snapshot: Callable[[str, str], None]) -> None:
    answer = graph("test", DRAWINGS[name], {}, "both")
    snapshot(f"{name}.svg", answer["svg"])


def test_every_snapshot_is_compared() -> None:
    folder = Path(__file__).parents[2] / "snapshots"
    assert {file.name for file in folder.iterdir()} == {f"{name}.svg" for name in DRAWINGS}
