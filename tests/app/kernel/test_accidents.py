"""The accidents: what goes wrong in each, and where first."""

import json
from typing import Any

import pytest

from app.kernel.accidents import accidents, first_wrong
from app.kernel.narration import narrate
from app.kernel.recorder import Recorder
from micrograd.engine import Value

BY_NAME = {accident["id"]: accident for accident in accidents()}


def grads(name: str, side: str) -> dict[str, float]:
    return {node["label"]: node["grad"] for node in BY_NAME[name][side]["nodes"] if node["label"]}


def test_accidents_are_the_four_classic_ones_as_plain_data() -> None:
    assert list(BY_NAME) == ["overwrite", "no order", "no zero_grad", "twice"]
    assert json.loads(json.dumps(accidents(), allow_nan=False)) == accidents()


@pytest.mark.parametrize(
    ("name", "right", "wrong"),
    [
        ("overwrite", {"a": 2, "b": 1}, {"a": 1, "b": 1}),
        # L = 3b, b = 2a: dL/da = 6; wrong: only what came straight from L, 1 · 2
        ("no order", {"a": 6, "b": 3, "c": 1, "L": 1}, {"a": 2, "b": 3, "c": 1, "L": 1}),
        # d(w²)/dw = 2w: first 8, then w = 4 − 0.25 · 8 = 2 and the gradient 4; wrong: 8 + 4
        ("no zero_grad", {"w": 4, "L": 1}, {"w": 12, "L": 1}),
        ("twice", {"a": 2, "b": 3, "L": 1}, {"a": 4, "b": 6, "L": 1}),
    ],
)
def test_accidents_end_with_these_gradients(
    name: str, right: dict[str, float], wrong: dict[str, float]
) -> None:
    assert grads(name, "right") == right
    assert grads(name, "wrong") == wrong


@pytest.mark.parametrize(
    ("name", "found"),
    [
        # a gets 1, and then 1 again, which should make 2
        ("overwrite", (0, 2, 2.0, 1.0, {"right": 2.0, "wrong": 1.0})),
        # a gets 1 from b, which should have waited until it had 3
        ("no order", (0, 3, 3.0, 1.0, {"right": 6.0, "wrong": 2.0})),
        # the 8 of the first step is added to the 4 of the second
        ("no zero_grad", (0, 7, 4.0, 12.0, {"right": 4.0, "wrong": 12.0})),
        # b's 3 of the first call is added to the 3 of the second
        ("twice", (1, 9, 3.0, 6.0, {"right": 3.0, "wrong": 6.0})),
    ],
)
def test_first_wrong_finds_the_number_to_mark(name: str, found: tuple[Any, ...]) -> None:
    keys = ("node", "step", "right", "wrong", "in_the_end")
    assert BY_NAME[name]["first_wrong"] == dict(zip(keys, found))


@pytest.mark.parametrize("name", BY_NAME)
def test_first_wrong_is_nowhere_in_the_right_trace(name: str) -> None:
    assert first_wrong(BY_NAME[name]["right"], BY_NAME[name]["right"]) is None


@pytest.mark.parametrize("name", BY_NAME)
def test_first_wrong_is_what_the_trace_says_there(name: str) -> None:
    wrong, first = BY_NAME[name]["wrong"], BY_NAME[name]["first_wrong"]
    event = wrong["backward"][first["step"]]
    assert (event["to"], event["after"]) == (first["node"], first["wrong"])
    assert wrong["nodes"][first["node"]]["grad"] == first["in_the_end"]["wrong"]


def test_first_wrong_lets_contributions_come_in_another_order() -> None:
    def run(code: str) -> dict[str, Any]:
        with Recorder(Value) as recorder:
            names = recorder.names(Value=Value)
            exec(compile(code, "<cell>", "exec"), names)
        return recorder.trace(names)

    right = run("a = Value(3.0)\nb = a.exp()\nc = a.tanh()\nL = b * c\nL.backward()")
    other = {**right, "backward": [right["backward"][i] for i in (0, 2, 1, 3, 4)]}
    assert first_wrong(right, other) is None


@pytest.mark.parametrize("name", BY_NAME)
def test_change_is_the_whole_difference_between_the_sides(name: str) -> None:
    accident = BY_NAME[name]
    change, code = accident["change"], accident["code"]
    if change["where"] == "engine":
        assert code["right"] == code["wrong"]
        assert accident["wrong"]["backward"][0]["file"] == f"{name}/engine.py"
    else:
        assert code["right"].replace(change["before"], change["after"]) == code["wrong"]
        assert accident["wrong"]["backward"][0]["file"].endswith("micrograd/engine.py")


def test_the_overwriting_engine_is_told_so_in_the_narration() -> None:
    says = narrate(BY_NAME["overwrite"]["wrong"])[-1]
    assert says.endswith("It overwrites the 1 that was there. It should have been added.")


def test_the_narration_of_training_tells_what_w_was_at_each_step() -> None:
    says = narrate(BY_NAME["no zero_grad"]["right"])
    # dL/dw = 2w = 8, so w = 4 − 0.25 · 8 = 2 in the second step
    assert says[1] == "w × w = 4 × 4 = 16."
    assert "w was changed from 4 to 2. L = w × w = 2 × 2 = 4." in says
