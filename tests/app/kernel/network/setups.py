"""Networks for tests, as the page would send them."""

from typing import Any

from app.kernel.network.descent import course
from app.kernel.network.passes import Pass, record
from app.kernel.network.setup import Setup, read_setup

LECTURE: dict[str, Any] = {
    "names": ["x1", "x2", "x3"],
    "sizes": [4, 4, 1],
    "activations": ["tanh", "tanh", "tanh"],
    "init": "uniform",
    "seed": "3",
    "changes": [],
    "inputs": ["2", "3", "-1"],
    "target": "1",
}

# One neuron: w1 = 3, w2 = -2, b = 4, and the sample x1 = 5, x2 = 6 with the target 1.
NEURON: dict[str, Any] = {
    **LECTURE,
    "names": ["a", "b"],
    "sizes": [1],
    "activations": ["linear"],
    "changes": [["load", 3, -2, 4]],
    "inputs": ["5", "6"],
    "target": "1",
}

# Two layers: h1.1 = relu(2·3 + 1) = 7, out = 10·7 - 60 = 10, the loss (10 - 8)² = 4.
CHAIN: dict[str, Any] = {
    **LECTURE,
    "names": ["x"],
    "sizes": [1, 1],
    "activations": ["relu", "linear"],
    "changes": [["load", 2, 1, 10, -60]],
    "inputs": ["3"],
    "target": "8",
}


def setup(given: dict[str, Any] = LECTURE, **others: Any) -> Setup:
    return read_setup({**given, **others})


def passed(given: dict[str, Any] = LECTURE, **others: Any) -> Pass:
    """Send the sample through a network."""
    read = setup(given, **others)
    return record(read, course(read).now)
