"""The kernel's door: a method's name and JSON text in, JSON text out."""

import io
import json
import re
import subprocess
import sys
from array import array
from pathlib import Path
from typing import Any

import pytest

from app.kernel.main import METHODS, arrays, handle

ROOT = Path(__file__).parents[3]


def test_handle_answers_json_with_json() -> None:
    request = '{"op": "*", "inputs": {"a": "2", "b": "-3"}, "drawn": "*"}'
    answer = json.loads(handle("operate", request))
    assert answer["inputs"] == ["a", "b"]
    numbers = answer["pictures"]["graph"]["numbers"]
    (c,) = [number for number in numbers if '[data-node="2"]' in number["place"]][:1]
    assert c["writes"] == [{"step": 0, "text": "−6", "exact": "-6.0"}]


def test_handle_keeps_names_that_are_not_ascii_readable() -> None:
    answer = handle("operate", '{"op": "-", "inputs": {"a": "1", "b": "1"}}')
    assert "c = a\u00a0−\u00a0b" in json.loads(answer)["pictures"]["graph"]["narration"][2]


FIRST = {
    "speak": '{"table": {}}',
    "operate": '{"op": "tanh", "inputs": {"a": "2"}}',
    "nudge": '{"op": "*", "inputs": {"a": "2", "b": "-3"}, "nudged": "a", "exponent": "-3"}',
    "graph": '{"figure": "early", "code": "L = (a*b + c) * f", "values": {}, "passes": "both"}',
    "chain_rule": '{"figure": "early", "step": 9}',
    "light_path": '{"figure": "early", "node": 2}',
}


def test_what_the_first_figures_ask_reads_no_file(monkeypatch: pytest.MonkeyPatch) -> None:
    """A Python that begins with the memory of another one answers before it has our files."""
    text = (ROOT / "static/kernel/methods.js").read_text(encoding="utf-8")
    (named,) = re.findall(r"^const FIRST = /\^\((.+)\)\$/;$", text, re.M)
    assert named.split("|") == list(FIRST)
    answers = []
    with monkeypatch.context() as patched:
        patched.setattr(io, "open", None)
        patched.setattr("builtins.open", None)
        for method, request in FIRST.items():
            answers.append(json.loads(handle(method, request)))
        with pytest.raises(TypeError):
            handle("accident", '{"name": "twice"}')
    assert all("pictures" in answer for answer in answers)


def test_python_begins_with_what_the_first_figures_ask_and_nothing_else() -> None:
    code = "from app.kernel.main import METHODS; print(*METHODS)"
    command = [sys.executable, "-c", code]
    printed = subprocess.run(command, cwd=ROOT, capture_output=True, check=True, text=True).stdout
    assert sorted(printed.split()) == sorted(FIRST)


def test_engine_source_is_the_text_of_the_files() -> None:
    answer = json.loads(handle("engine_source", "{}"))
    for key in ("engine", "nn"):
        text = (ROOT / "micrograd" / f"{key}.py").read_text(encoding="utf-8")
        assert answer[key] == {"text": text, "original": text, "differs": False}


def test_handle_puts_what_is_drawn_under_pictures_and_nowhere_else() -> None:
    answer = json.loads(handle("accident", '{"name": "twice"}'))
    assert set(answer["pictures"]) == {"right", "wrong"}
    for side in ("right", "wrong"):
        assert answer["pictures"][side]["svg"].startswith("<svg")
        assert not {"svg", "score", "numbers", "narration"} & set(answer[side])
        assert answer[side]["steps"] == len(answer["pictures"][side]["narration"])


def test_handle_names_the_method_that_is_unknown_and_those_that_are() -> None:
    with pytest.raises(ValueError, match=r"no method 'opperate': it has .*, operate, "):
        handle("opperate", "{}")


def test_handle_names_an_argument_that_is_missing() -> None:
    with pytest.raises(TypeError, match="missing 1 required positional argument: 'inputs'"):
        handle("operate", '{"op": "+"}')


def test_handle_names_an_argument_that_is_unknown() -> None:
    with pytest.raises(TypeError, match="unexpected keyword argument 'colour'"):
        handle("engine_source", '{"colour": "red"}')


def test_handle_refuses_a_request_that_is_no_json() -> None:
    with pytest.raises(json.JSONDecodeError, match="line 1 column 2"):
        handle("operate", "{op: '+'}")


def test_handle_refuses_an_answer_that_is_no_json(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(METHODS, "measure", lambda: {"x": float("nan")})
    with pytest.raises(ValueError, match="Out of range float values are not JSON compliant"):
        handle("measure", "{}")


def test_what_is_drawn_and_what_is_too_much_for_json_go_other_ways(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def draws() -> dict[str, Any]:
        return {"says": "hello", "drawn": {"svg": "<svg/>"}, "arrays": {"x": array("f", [0.5])}}

    monkeypatch.setitem(METHODS, "draws", draws)
    answer = json.loads(handle("draws", "{}"))
    assert answer == {"says": "hello", "pictures": {"drawn": {"svg": "<svg/>"}}}
    assert arrays() == [("x", "f32", array("f", [0.5]))]
    handle("engine_source", "{}")
    assert arrays() == []
