"""The figures by themselves: they are drawn as in the page, and have all in them that they need."""

import re
from pathlib import Path
from xml.etree import ElementTree

import pytest

from app.intuition import ROOT
from app.notebook.still import draw, style, with_numbers
from micrograd.engine import Value
from micrograd.nn import MLP

SVG = "{http://www.w3.org/2000/svg}"


def expression() -> Value:
    a, b, c, f = (Value(x, label=name) for x, name in zip((2.0, -3.0, 10.0, -2.0), "abcf"))
    result = (a * b + c) * f
    result.label = "L"
    return result


def numbers_in(svg: str, role: str) -> list[str]:
    root = ElementTree.fromstring(svg)
    return [element.text or "" for element in root.iter() if element.get("data-role") == role]


def test_draw_shows_data_and_gradients() -> None:
    svg = draw(expression()).svg
    assert numbers_in(svg, "data") == ["2", "−3", "−6", "10", "4", "−2", "−8"]
    assert numbers_in(svg, "grad") == ["6", "−4", "−2", "−2", "−2", "4", "1"]


def test_draw_leaves_the_gradients_as_they_are() -> None:
    result = expression()
    draw(result)
    assert [node.grad for node in result._topological_order()] == [0.0] * 7


def test_draw_calls_nodes_by_the_variables_that_hold_them() -> None:
    weight = Value(2.0)
    svg = draw(weight * 3.0, {"weight": weight}).svg
    assert ">weight</text>" in svg


def test_draw_takes_a_class_of_the_learners_own() -> None:
    class Mine:
        def __init__(self, data: float, _prev: tuple["Mine", ...] = (), _op: str = "") -> None:
            self.data, self.grad, self._prev, self._op = data, 0.0, set(_prev), _op

        def __mul__(self, other: "Mine") -> "Mine":
            return Mine(self.data * other.data, (self, other), "*")

        def backward(self) -> None:
            raise NotImplementedError

    data = numbers_in(draw(Mine(2.0) * Mine(3.0)).svg, "data")
    assert sorted(data) == ["2", "3", "6"]  # a set has no order


def test_draw_folds_a_large_graph() -> None:
    model = MLP(3, [4, 4, 1], seed=1)
    svg = draw(model([1.0, 2.0, 3.0])).svg  # type: ignore[arg-type]
    assert svg.count('class="node ') < 60
    assert 'class="count"' in svg


def test_draw_shows_the_weights_of_a_network() -> None:
    model = MLP(1, [1], seed=1)
    model.layers[0].neurons[0].w[0].data = 3.0
    model.layers[0].neurons[0].b.data = -0.75
    svg = draw(model).svg
    assert 'data-parameter="0" style="--sign:var(--positive);--weight:5.00"' in svg
    assert 'data-parameter="1" style="--sign:var(--negative);--weight:2.88;--dashes:9 4"' in svg


@pytest.mark.parametrize("thing", [3.0, None, [Value(1.0)], Value])
def test_draw_says_what_it_takes(thing: object) -> None:
    with pytest.raises(TypeError, match="draw takes a Value, an MLP, a layer or a neuron"):
        draw(thing)


def test_draw_refuses_what_is_too_large() -> None:
    with pytest.raises(ValueError, match="up to 2,000 are drawn"):
        draw(MLP(100, [100], seed=1))


def test_a_picture_is_xml_with_a_size_and_a_style() -> None:
    for thing in (expression(), MLP(2, [2, 1], seed=1)):
        root = ElementTree.fromstring(draw(thing).svg)
        assert root.tag == f"{SVG}svg"
        left, top, width, height = map(float, root.attrib["viewBox"].split())
        assert (float(root.attrib["width"]), float(root.attrib["height"])) == (width, height)
        assert left <= -12
        assert top <= -12
        assert root.find(f"{SVG}style") is not None


def test_every_rule_of_the_style_is_for_our_pictures_alone() -> None:
    rules = re.findall(r"([^{};]+)\{", re.sub(r"@media[^{]+\{", "", style()))
    selectors = [each.strip() for rule in rules for each in rule.split(",")]
    assert len(selectors) > 30
    assert [each for each in selectors if not each.startswith(".still")] == []


def colours(css: str) -> list[dict[str, str]]:
    """Return the colours of a style, light and dark."""
    light, dark = re.split(r"@media [a-z ]*\(prefers-color-scheme: dark\)", css)
    return [dict(re.findall(r"(--[\w-]+): (#\w+)", part)) for part in (light, dark)]


def test_the_colours_are_those_of_the_page() -> None:
    tokens = (ROOT / "static" / "css" / "tokens.css").read_text(encoding="utf-8")
    for own, pages in zip(colours(style()), colours(tokens), strict=True):
        assert len(own) == 11
        assert own.items() <= pages.items()


def test_a_number_without_a_place_is_refused() -> None:
    with pytest.raises(ValueError, match="unknown place"):
        with_numbers("<svg/>", [{"place": "nowhere", "writes": [{"text": "1", "exact": "1"}]}])


def test_a_picture_can_be_saved(tmp_path: Path) -> None:
    picture = draw(expression())
    assert picture._repr_svg_() == picture.svg
    (tmp_path / "graph.svg").write_text(picture.svg, encoding="utf-8")
    assert ElementTree.parse(tmp_path / "graph.svg").getroot().tag == f"{SVG}svg"
