"""What somebody sends to the kernel gets an answer: a sentence, or a right result."""

import ast
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.hostile import inputs
from tests.hostile.kernel import Kernel

ROOT = Path(__file__).parents[2]
slowly = settings(
    max_examples=settings.default.max_examples // 4,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)


@pytest.fixture(autouse=True)
def _coarse(monkeypatch: pytest.MonkeyPatch) -> None:
    """Pictures of a few points: they take the time."""
    for name in ("FINE", "COARSE"):
        monkeypatch.setattr(f"app.kernel.training.frame.{name}", 3)


def use(kernel: Kernel) -> None:
    """Do with a training what a visitor may do; what it exports is Python, and comes back."""
    for by in ("batch", "sample"):
        kernel.ask("training_step", by=by)
    kernel.ask("training_edit", parameter=0, text="1e308")
    kernel.ask("training_step", by="batch")
    kernel.ask("training_pick", row=0)
    kernel.ask("training_watch", parameter=0)
    kernel.ask("training_explain")
    kernel.ask("training_back", by="batch")
    for what in ("pytorch", "micrograd"):
        ast.parse(kernel.ask("training_export", what=what)["text"])
    kernel.ask("training_export", what="csv")
    weights = kernel.ask("training_export", what="json")["text"]
    assert "parameters" in json.loads(weights)
    kernel.ask("training_load", text=weights)
    link = kernel.ask("training_link")
    assert kernel.ask("training_open", query=link["query"])["query"] == link["settings"]


@slowly
@given(inputs.settings_in_address)
def test_an_address_with_settings_opens_a_training(query: str) -> None:
    kernel = Kernel()
    assert kernel.ask("training_open", query=query)["state"] in ("running", "over")
    use(kernel)
    kernel.forget()


@slowly
@given(inputs.tables)
def test_a_table_is_trained_on_or_refused_with_a_sentence(text: str) -> None:
    kernel = Kernel()
    before = kernel.ask("training_open", query=inputs.SMALL)
    answer = kernel.ask("training_csv", text=text)
    if answer["problems"]:
        assert answer["settings"] == before["settings"]
    use(kernel)
    kernel.forget()


@slowly
@given(st.one_of(st.just("custom"), st.sampled_from([*inputs.BY_KEY])), inputs.setting_texts)
def test_a_setting_is_changed_or_refused_with_a_sentence(key: str, text: str) -> None:
    kernel = Kernel()
    kernel.ask("training_open", query=inputs.SMALL)
    kernel.ask("training_set", key=key, text=text)
    kernel.ask("training_edit", parameter=0, text=text)
    use(kernel)
    kernel.forget()


def points() -> st.SearchStrategy[list[tuple[float, float, float]]]:
    number = st.floats(allow_nan=False, allow_infinity=False)
    return st.lists(st.tuples(number, number, number), max_size=6)


@slowly
@given(points(), st.sampled_from(["classification", "regression"]))
def test_points_are_trained_on_or_refused_with_a_sentence(drawn: list[Any], problem: str) -> None:
    kernel = Kernel()
    query = f"{inputs.SMALL}&problem={problem}&dataset=own&regDataset=own"
    kernel.ask("training_open", query=query, points=drawn)
    kernel.ask("training_points", points=drawn)
    use(kernel)
    kernel.forget()


@pytest.fixture(scope="module")
def weights() -> Iterator[dict[str, Any]]:
    kernel = Kernel()
    kernel.ask("training_open", query=inputs.SMALL)
    yield json.loads(kernel.ask("training_export", what="json")["text"])
    kernel.forget()


@slowly
@given(st.data())
def test_weights_are_loaded_or_refused_with_a_sentence(
    weights: dict[str, Any], data: st.DataObject
) -> None:
    kernel = Kernel()
    kernel.ask("training_open", query=inputs.SMALL)
    kernel.ask("training_load", text=data.draw(inputs.spoilt(weights)))
    use(kernel)
    kernel.forget()


@given(inputs.notebooks, inputs.file_names)
def test_a_file_gives_cells_that_can_be_saved_or_a_sentence(text: str, name: str) -> None:
    kernel = Kernel()
    found = kernel.ask("import_cells", text=text, name=name)
    assert found["cells"] or found["says"]
    for kind in ("py", "ipynb"):
        saved = kernel.ask("export_cells", kind=kind, texts=found["cells"])["text"]
        again = kernel.ask("import_cells", text=saved, name=f"a.{kind}")
        assert len(again["cells"]) >= min(1, len("".join(found["cells"]).strip()))
    kernel.forget()


@given(st.data(), inputs.code, st.sampled_from(["forward", "both"]))
def test_code_in_a_figure_is_drawn_or_refused_with_a_sentence(
    data: st.DataObject, code: str, passes: str
) -> None:
    kernel = Kernel()
    values = data.draw(st.dictionaries(st.sampled_from("abc"), st.floats().map(str), max_size=2))
    answer = kernel.ask("graph", figure="f", code=code, values=values, passes=passes)
    if answer["mistake"]:
        assert answer["mistake"]["says"]
    else:
        look_at(kernel, answer, data)
    kernel.forget()


def look_at(kernel: Kernel, answer: dict[str, Any], data: st.DataObject) -> None:
    """Ask for all that a figure offers."""
    assert "<img" not in answer["pictures"]["graph"]["svg"]
    for step in (0, answer["steps"] - 1, answer["steps"]):
        kernel.ask("chain_rule", figure="f", step=step)
        kernel.ask("choose", figure="f", step=step, node=0)
        if kernel.ask("predict", figure="f", step=step).get("asks"):
            kernel.ask("judge", figure="f", step=step, answer=data.draw(inputs.answers))
    kernel.ask("light_path", figure="f", node=0)
    for leaf in answer["leaves"][:1]:
        kernel.ask("nudge_leaf", figure="f", leaf=leaf["name"], exponent="-3")


@given(inputs.code, inputs.code)
def test_a_cell_that_is_run_says_what_came_of_it(first: str, second: str) -> None:
    kernel = Kernel()
    texts = [["1", first], ["2", second]]
    for name, code in [*texts, texts[0]]:
        answer = kernel.ask("run_cell", lesson="w", cell=name, code=code, texts=texts)
        assert answer["state"] in ("done", "failed", "stopped")
        assert "<img" not in answer["pictures"].get("graph", {}).get("svg", "")
    kernel.ask("run_first", lesson="w", cell="2", texts=texts[::-1])
    kernel.ask("complete", lesson="w", prefix=first[:5])
    kernel.ask("check_answer", lesson="w", name="tanh")
    kernel.forget()


typed = st.fixed_dictionaries(
    {},
    optional={
        "seed": inputs.answers,
        "target": inputs.answers,
        "inputs": st.lists(inputs.answers, min_size=3, max_size=3),
        "changes": st.lists(
            st.one_of(
                st.tuples(st.just("set"), st.integers(0, 40), inputs.answers),
                st.tuples(st.just("train"), st.integers(-1, 5), inputs.answers),
            ),
            max_size=3,
        ),
    },
)


@given(typed)
def test_a_network_is_drawn_or_refused_with_a_sentence(setup: dict[str, Any]) -> None:
    kernel = Kernel()
    first = kernel.ask("network", setup={})
    answer = kernel.ask("network", setup={**first["setup"], **setup})
    assert answer.get("problem", "it is drawn")
    shape = answer.get("shape", first["shape"])
    for place in ("parameter 0", "neuron 1-0", "feature 0", "loss"):
        kernel.ask("network_tell", shape=shape, place=place)
    kernel.ask("network_neuron", figure="n", shape=shape, layer=1, neuron=0)
    kernel.ask("network_follow", shape=shape, parameter=0)
    kernel.forget()


operations = st.sampled_from(["+", "-", "*", "/", "**", "tanh", "ReLU", "exp", "log"])


@given(operations, st.floats(), st.floats(), st.floats(-12, 0))
def test_an_operation_takes_any_numbers(op: str, a: float, b: float, exponent: float) -> None:
    kernel = Kernel()
    values = {"a": repr(a), "b": repr(b)}
    kernel.ask("operate", op=op, inputs=values)
    kernel.ask("nudge", op=op, inputs=values, nudged="b", exponent=repr(exponent))
    kernel.forget()


@given(inputs.code)
def test_an_engine_is_put_in_force_or_refused_and_the_original_comes_back(code: str) -> None:
    kernel = Kernel()
    source = kernel.ask("engine_source")
    engine, nn = (source[key]["original"] for key in ("engine", "nn"))
    try:
        for texts in ({"engine": f"{engine}\n{code}", "nn": nn}, {"engine": code, "nn": nn}):
            kernel.ask("use_engine", **texts)
            kernel.ask("graph", figure="f", code="(a*b + c) * f", values={}, passes="both")
            kernel.ask("operate", op="tanh", inputs={"a": "1", "b": "2"})
    finally:
        assert kernel.ask("restore_engine")["engine"]["text"] == engine
        kernel.forget()
