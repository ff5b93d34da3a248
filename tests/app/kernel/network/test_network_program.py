import io
from contextlib import redirect_stdout
from typing import Any

import pytest

from app.kernel.network.program import program
from tests.app.kernel.network.setups import CHAIN, LECTURE, passed, setup

CHANGES = [["set", 2, "0.5"], ["train", 3, "0.1"], ["set", 3, "1"], ["train", 2, "0.05"]]


def run(text: str) -> dict[str, Any]:
    names: dict[str, Any] = {}
    with redirect_stdout(io.StringIO()):
        exec(text, names)
    return names


def test_the_program_is_what_a_person_would_write() -> None:
    assert program(setup()).text == (
        "from micrograd.nn import MLP\n"
        "\n"
        'model = MLP(3, [4, 4, 1], activation=["tanh"] * 3, seed=3)\n'
        "\n"
        "# x1, x2, x3\n"
        "x = [2.0, 3.0, -1.0]\n"
        "loss = (model(x) - 1.0) ** 2\n"
        "loss.backward()\n"
    )


@pytest.mark.parametrize(
    "given",
    [
        LECTURE,
        {**LECTURE, "changes": CHANGES},
        CHAIN,
        {**CHAIN, "changes": [*CHAIN["changes"], ["train", 2, "0.001"]], "init": "he"},
        {**LECTURE, "sizes": [1], "activations": ["linear"], "target": "-1"},
        {**LECTURE, "sizes": [2, 2, 1], "activations": ["relu", "relu", "linear"]},
        {**LECTURE, "sizes": [2, 2, 1], "activations": ["relu", "sigmoid", "linear"]},
    ],
)
def test_the_program_gives_the_numbers_that_are_shown(given: dict[str, Any]) -> None:
    made = passed(given)
    names = run(program(made.setup).text)
    assert names["loss"].data == made.data(made.loss)
    of_model = names["model"].parameters()
    assert [p.data for p in of_model] == [made.data(node) for node in made.parameters]
    assert [p.grad for p in of_model] == [made.grad(node) for node in made.parameters]


def test_the_lines_that_run_are_told() -> None:
    text, sample, forward, backward = program(setup(CHAIN))
    lines = text.splitlines()
    assert lines[sample - 1] == "x = [3.0]"
    assert lines[forward - 1] == "loss = (model(x) - 8.0) ** 2"
    assert lines[backward - 1] == "loss.backward()"
