"""The first figure as it stands in index.html: the kernel would draw it the same today."""

import html
import json
import re
from typing import Any

import pytest

from app.first import INDEX, parts, with_first_figure
from app.kernel.main import handle
from micrograd import Value

PAGE = INDEX.read_text(encoding="utf-8")
FIGURE = PAGE.partition('id="operation-figure"')[2].partition("</figure>")[0]


def marked(name: str) -> str:
    """Return what stands between the marks of a part."""
    return PAGE.partition(f"<!-- first: {name} -->")[2].partition("<!-- end of first -->")[0]


def trace() -> dict[str, Any]:
    told: dict[str, Any] = json.loads(re.sub(r"</?script[^>]*>", "", marked("trace")))
    return told


def number(place: str, role: str) -> float:
    found = re.search(rf'{place}.*?data-role="{role}" data-exact="([^"]+)"', marked("graph"))
    assert found
    return float(found[1])


def answer() -> dict[str, Any]:
    request = {"op": "*", "inputs": {"a": "2", "b": "-3"}}
    told: dict[str, Any] = json.loads(handle("operate", json.dumps(request)))
    return told


def test_the_page_holds_what_the_kernel_answers_today() -> None:
    if with_first_figure(PAGE) != PAGE:
        pytest.fail("The first figure would be drawn differently now. Run: make traces")


def test_writing_it_twice_changes_nothing_more() -> None:
    once = with_first_figure(PAGE.replace(marked("narration"), "something else"))
    assert once == PAGE


def test_a_page_without_a_place_for_it_is_refused() -> None:
    with pytest.raises(ValueError, match="no place"):
        with_first_figure(PAGE.replace("<!-- first: formulas -->", ""))


def test_its_numbers_are_those_of_the_engine() -> None:
    a, b = Value(2.0), Value(-3.0)
    c = a * b
    c.backward()
    for node, value in enumerate((a, b, c)):
        assert number(f'data-node="{node}"', "data") == value.data
        assert number(f'data-node="{node}"', "grad") == value.grad
    assert number('data-edge="0-2-0"', "local") == -3.0  # ∂(a × b)/∂a = b
    assert number('data-edge="1-2-1"', "local") == 2.0  # ∂(a × b)/∂b = a


def test_without_its_numbers_the_drawing_is_the_kernel_s() -> None:
    numbers = r'(<tspan data-role="local"|<text class="number"[^>]*?) data-exact="[^"]+">[^<]+<'
    drawn = re.sub(r"--letters: \d+", "--letters: 1", marked("graph"))
    assert re.sub(numbers, r"\1><", drawn) == answer()["pictures"]["graph"]["svg"]


def test_its_trace_has_all_that_a_step_shows() -> None:
    graph = answer()["pictures"]["graph"]
    graph.pop("svg")
    assert trace()["pictures"]["graph"] == graph
    assert trace()["shape"] == answer()["shape"]


def test_the_figure_stands_behind_its_last_step() -> None:
    steps = trace()["steps"]
    assert f'data-step="{steps}" data-steps="{steps}"' in FIGURE
    assert html.unescape(marked("narration")) == trace()["pictures"]["graph"]["narration"][-1]
    last = trace()["pictures"]["graph"]["lines"][-1]
    for name, line in last.items():
        lines = re.findall(r'<span class="(line[^"]*)">', marked(name))
        assert [i for i, kind in enumerate(lines, 1) if kind == "line running"] == [line]


def test_a_button_is_off_where_there_is_no_further_step() -> None:
    assert re.search(r'data-action="step_forward" aria-disabled="true"', FIGURE)


def test_the_numbers_of_the_fields_are_asked_for() -> None:
    other = PAGE.replace('max="4" step="0.1" value="2"', 'max="4" step="0.1" value="2.5"', 1)
    other = other.replace(
        'step="0.1" value="2" data-input="a"', 'step="0.1" value="2.5" data-input="a"'
    )
    assert "2.5 × (−3) = −7.5" in parts(other)["trace"].replace("\u00a0", " ")  # 2.5 * -3


def test_it_is_small() -> None:
    assert sum(map(len, parts(PAGE).values())) < 40_000
