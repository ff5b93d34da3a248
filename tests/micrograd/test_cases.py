"""The engine against PyTorch: values and gradients of the cases in `data/autograd_cases.json`."""

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from micrograd.engine import Value

DATA = Path(__file__).parent.parent / "data" / "autograd_cases.json"
CASES = json.loads(DATA.read_text())["cases"]
TYPES = {"int": int, "bool": bool, "float64": np.float64, "float32": np.float32}


def run(case: dict[str, Any]) -> tuple[Value, dict[str, Value]]:
    """Run the case's code on Values, and its backward passes as its protocol says."""
    inputs = {}
    for name, text in case["inputs"].items():
        make = TYPES[case["input_types"][name]] if name in case["input_types"] else float
        inputs[name] = Value(make(text))
    if case["protocol"] == "preset_10":
        for leaf in inputs.values():
            leaf.grad = 10.0
    names: dict[str, Any] = {**inputs, "np": np}
    exec(case["code"], names)
    out = names["out"]
    out.backward()
    if case["protocol"] == "twice":
        out.backward()
    elif case["protocol"] == "two_roots":
        names["out2"].backward()
    elif case["protocol"] == "zero_leaf_then_again":
        for leaf in inputs.values():
            leaf.grad = 0.0
        out.backward()
    return out, inputs


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["id"])
def test_case_matches_pytorch(case: dict[str, Any]) -> None:
    out, inputs = run(case)
    assert out.data == pytest.approx(float(case["value"]), rel=1e-12, abs=0, nan_ok=True)
    for name, leaf in inputs.items():
        expected = float(case["grads"][name])
        assert leaf.grad == pytest.approx(expected, rel=1e-12, abs=0, nan_ok=True), name
        assert type(leaf.data) is float
        assert type(leaf.grad) is float


def test_there_are_130_cases() -> None:
    assert len(CASES) == 130
