"""A method that the engine has is known wherever the operations are listed."""

import re
from pathlib import Path

import pytest

from app.kernel import derivative, tried
from app.kernel.misuse import operations
from app.kernel.operations import CODE
from app.kernel.trials import OPERATIONS, TRIALS
from app.page import embed_code
from micrograd.engine import Value

ROOT = Path(__file__).parents[2]
METHODS = operations(Value)  # tanh, relu, ...


@pytest.mark.parametrize("method", METHODS)
def test_every_operation_of_the_engine_is_listed(method: str) -> None:
    op = getattr(Value(0.5), method)()._op
    assert op in derivative._METHODS  # else a question about it asks for nan
    assert OPERATIONS[op] == method
    assert op in {trial.about for trial in TRIALS}
    assert method in tried.NUMBERS
    assert method in tried.METHODS
    assert method in embed_code.FUNCTIONS  # else a link with it asks before it runs
    assert method in embed_code.METHODS


def test_every_operation_of_the_figures_stands_in_the_page_and_in_the_documentation() -> None:
    page = (ROOT / "index.html").read_text(encoding="utf-8")
    for name in ("operation", "nudge-operation"):
        assert re.findall(rf'name="{name}" data-choice="operation" value="([^"]+)"', page) == list(
            CODE
        )
    (row,) = re.findall(
        r"^\| `operation` \| .*$",
        (ROOT / "docs" / "embedding.md").read_text(encoding="utf-8"),
        re.MULTILINE,
    )
    assert re.findall(r"`([^`]+)`", row)[3:] == list(CODE)
