"""The training as the page asks for it: a method's name and JSON in, JSON and arrays out."""

from __future__ import annotations

import json
from typing import Any

import pytest

from app.kernel.main import arrays, handle
from app.kernel.training.live import training


@pytest.fixture(autouse=True)
def _coarse(monkeypatch: pytest.MonkeyPatch) -> None:
    """Pictures of a few points: what is in them is tested elsewhere."""
    for name in ("FINE", "COARSE"):
        monkeypatch.setattr(f"app.kernel.training.frame.{name}", 8)


def ask(method: str, **request: Any) -> dict[str, Any]:
    answer: dict[str, Any] = json.loads(handle(f"training_{method}", json.dumps(request)))
    return answer


def begin(query: str = "samples=40&networkShape=3") -> dict[str, Any]:
    return ask("open", query=query)


def weights() -> list[float]:
    ask("frame")
    return next(numbers.tolist() for name, _, numbers in arrays() if name == "weights")


def rows() -> list[list[float]]:
    return training().rows.raw


def test_open_returns_all_that_is_shown() -> None:
    answer = begin()
    assert answer["problems"] == []
    assert answer["settings"]["samples"] == "40"
    assert answer["settings"]["x"] == "true"
    assert (answer["settings"]["dataset"], answer["settings"]["custom"]) == ("circle", "")
    assert answer["shape"] == [3]
    assert len(answer["names"]) == 13
    assert answer["pictures"]["drawn"]["view"]["svg"].startswith("<svg")
    types = {name: kind for name, kind, _ in arrays()}
    assert (types["weights"], types["plane"], types["curve"]) == ("f64", "f32", "f64")


def test_frames_are_numbered() -> None:
    first = begin()["pictures"]["drawn"]["serial"]
    assert ask("frame")["pictures"]["drawn"]["serial"] == first + 1


def test_step_and_back_go_by_what_is_asked_for() -> None:
    begin()
    steps = [ask("step", by=by)["step"] for by in ("sample", "batch", "epoch")]
    assert steps == [1, 2, 3]  # 20 rows: 1, then 10, then the last 9
    assert ask("back", by="batch")["step"] == 2
    assert ask("seek", step=0)["step"] == 0
    assert ask("frame")["end"] == 3


def test_advance_makes_as_many_steps_as_the_settings_say() -> None:
    begin("samples=40&networkShape=3&stepsPerFrame=5")
    assert ask("advance")["step"] == 5
    assert ask("advance", watch=2)["pictures"]["drawn"]["texts"]["watched"].startswith("layers.0")


def test_advance_tells_when_it_is_over() -> None:
    begin("samples=40&networkShape=3&stopEpoch=2")
    answers = (ask("advance") for _ in range(100))  # one for as much as there is time for
    answer = next(answer for answer in answers if answer["state"] != "running")
    assert (answer["state"], answer["says"], answer["epoch"]) == ("over", "Epoch 2 is over.", 2)


def test_reset_brings_back_the_first_weights_or_new_ones_or_new_rows() -> None:
    begin()
    first, points = weights(), rows()
    ask("step", by="epoch")
    ask("reset")
    assert (weights(), rows()) == (first, points)
    ask("reset", new="weights")
    others = weights()
    assert others != first
    assert rows() == points
    ask("reset", new="rows")
    assert weights() == others
    assert rows() != points


def test_set_changes_what_is_live_and_begins_anew_with_the_rest() -> None:
    begin()
    ask("step", by="epoch")
    assert ask("set", key="learningRate", text="0.3")["step"] == 2
    answer = ask("set", key="activation", text="relu")
    assert (answer["step"], answer["activations"]) == (0, ["relu"])
    answer = ask("set", key="noise", text="lots")
    assert answer["problems"] == ["Noise cannot be 'lots': it is a number."]
    assert answer["settings"]["noise"] == "0"


def test_what_cannot_be_trained_on_leaves_everything_as_it_was() -> None:
    begin()
    ask("step", by="batch")
    answer = ask("set", key="custom", text="x1 +")
    assert "no Python expression" in answer["problems"][0]
    assert (answer["step"], answer["settings"]["custom"]) == (1, "")


def test_a_first_link_that_cannot_be_gives_the_usual_rows() -> None:
    answer = ask("open", query="dataset=own", points=[])
    assert answer["problems"][0].startswith("There is no point yet")


def test_points_that_are_drawn_keep_the_weights() -> None:
    begin()
    points = [[1, 1, 1], [-1, -1, -1]]
    assert ask("points", points=points)["settings"]["dataset"] == "own"
    ask("step", by="epoch")
    before = weights()
    answer = ask("points", points=[*points, [2, 0, 1]])
    assert weights() == before
    assert len(answer["pictures"]["drawn"]["view"]["rows"]["x"]) == 3


def test_a_table_decides_the_problem() -> None:
    begin()
    rows = "\n".join(f"{i},{i * i},{i / 3}" for i in range(12))
    answer = ask("csv", text=rows)
    assert (answer["settings"]["problem"], answer["settings"]["regDataset"]) == (
        "regression",
        "csv",
    )
    assert ask("csv", text="a,b\n1,x")["problems"] != []


@pytest.mark.parametrize("text", ["abc", "", "nan", "inf", "1e999"])
def test_a_number_that_is_none_changes_no_parameter(text: str) -> None:
    begin()
    before = weights()
    assert ask("edit", parameter=1, text=text)["problems"] == [
        f"{text!r} is no number. Type one such as 0.5 or -2."
    ]
    assert weights() == before


@pytest.mark.parametrize("text", ["-2.5", "−2.5", "-2,5"])
def test_a_number_may_be_typed_in_several_ways(text: str) -> None:
    begin()
    ask("edit", parameter=1, text=text)
    assert weights()[1] == -2.5
    assert ask("watch", parameter=1)["number"] == "-2.5"


def test_weights_travel_by_link_and_by_file() -> None:
    begin()
    ask("step", by="epoch")
    trained = weights()
    link = ask("link")["query"]
    file = ask("export", what="json")["text"]
    for bring in (lambda: ask("open", query=link), lambda: ask("load", text=file)):
        begin("dataset=xor")
        answer = bring()
        assert (answer["problems"], answer["epoch"]) == ([], 1)
        assert weights() == trained


def test_a_link_says_whether_its_settings_are_enough() -> None:
    begin()
    assert ask("link")["is_first"]
    assert ask("link")["settings"] == "samples=40&networkShape=3"
    ask("edit", parameter=1, text="0.5")
    assert not ask("link")["is_first"]
    begin()
    ask("step", by="batch")
    assert not ask("link")["is_first"]
    ask("reset")
    assert ask("link")["is_first"]


def test_damaged_weights_are_told_and_training_begins_anew() -> None:
    answer = ask("open", query="samples=40&weights=abc")
    assert answer["problems"][0].startswith("The weights in the link were damaged")
    assert "no JSON" in ask("load", text="{")["problems"][0]


@pytest.mark.parametrize("what", ["pytorch", "micrograd", "json", "csv"])
def test_every_file_has_a_name_and_a_text(what: str) -> None:
    begin()
    file = ask("export", what=what)
    assert file["name"].rpartition(".")[2] in ("py", "json", "csv")
    assert file["text"].endswith("\n")


def test_a_sample_is_told_and_handed_on_with_the_network() -> None:
    begin()
    answer = ask("pick", row=3)
    assert answer["sample"].startswith("Row 4: x₁ = ")
    network = ask("network", row=3)["network"]
    assert network["sizes"] == [2, 3, 1]
    assert network["inputs"] == answer["exact"]["inputs"]
    assert len(network["parameters"]) == 13


def test_layers_change_the_network() -> None:
    begin()
    answer = ask("shape", shape=[2, 2], activations=["tanh", "relu"])
    assert answer["query"] == "samples=40&networkShape=2,2&activation=tanh,relu"


def test_what_is_hidden_stands_in_the_link() -> None:
    begin()
    answer = ask("hide", keys=["noise"])
    assert answer["query"].endswith("noise_hide=true")
    assert "noise" in answer["hidden"]
    assert answer["hidden_by_teacher"] == ["noise"]


def test_a_picture_of_a_neuron_has_no_boundary() -> None:
    begin()
    assert ask("show", neuron=0)["pictures"]["drawn"]["level"] is None
    assert ask("show", neuron=None)["pictures"]["drawn"]["level"] == 0.0


def test_stories_and_findings_are_plain_data() -> None:
    assert len(ask("stories")["stories"]) == 5
    ask("preset", name="symmetry")
    findings = ask("diagnose")["findings"]
    assert findings[0]["kind"] == "symmetry"
    assert ask("explain")["says"].startswith("Steps run as WebAssembly")


@pytest.mark.parametrize("query", ["x=false&y=false", "custom=x3", "x=false&dataset=own"])
def test_a_link_to_a_training_that_cannot_be_begins_with_another_and_says_why(query: str) -> None:
    handle("forget_client", '{"client": "a visitor"}')
    request = json.dumps({"query": f"samples=40&networkShape=3&{query}"})
    answer = json.loads(handle("training_open", request, client="a visitor"))
    assert len(answer["problems"]) == 1
    assert answer["settings"]["x"] == "true"
    assert (answer["settings"]["dataset"], answer["settings"]["custom"]) == ("circle", "")


def test_what_is_meant_of_a_larger_network_that_was_here_before_changes_nothing() -> None:
    begin("samples=40&networkShape=8,8")
    last, neuron = len(weights()) - 1, 15
    begin()
    before = weights()
    assert ask("watch", parameter=last) == {"says": "", "number": "", "pictures": {}}
    ask("edit", parameter=last, text="5")
    ask("show", neuron=neuron)
    assert weights() == before
    assert "watched" not in ask("advance", watch=last)["pictures"]["drawn"]["texts"]
