"""The chain rule's stages, from programs that were run; MathML is read as text."""

import time
from typing import Any
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.kernel.chain import _Chain, stages
from app.kernel.recorder import Recorder
from micrograd.engine import Value

LECTURE = "a, b, c, f = map(Value, (2.0, -3.0, 10.0, -2.0))\nL = (a*b + c) * f\nL.backward()"


def all_stages(trace: dict[str, Any]) -> list[list[str]]:
    chain = _Chain(trace)
    return [chain.stages(i) for i in range(len(trace["backward"]))]


def trace_of(code: str) -> dict[str, Any]:
    with Recorder(Value) as recorder:
        variables = recorder.names(Value=Value)
        exec(compile(code, "<cell>", "exec"), variables)
    return recorder.trace(variables)


def read(formula: str) -> str:
    """Read MathML as a line of text: fractions with /, powers with ^."""
    return text_of(ElementTree.fromstring(formula))


def text_of(element: ElementTree.Element) -> str:
    parts = [text_of(child) for child in element]
    if element.tag in ("mfrac", "msup"):
        return ("/" if element.tag == "mfrac" else "^").join(parts)
    return (element.text or "").replace("\xa0", " ") + "".join(parts)


def lines(code: str, i: int) -> list[str]:
    return [read(stage) for stage in stages(trace_of(code), i)]


def test_stages_of_the_seed_says_that_the_output_changes_as_fast_as_itself() -> None:
    assert lines(LECTURE, 0) == ["∂L/∂L=1"]


def test_stages_goes_from_symbols_to_numbers() -> None:
    code = LECTURE.replace("L = (a*b + c)", "d = a * b\nL = (d + c)")
    assert lines(code, 5) == ["∂L/∂a=∂L/∂d·∂d/∂a", "∂d/∂a=b=−3", "∂L/∂a=−2·(−3)=6"]


def test_stages_puts_parentheses_around_an_expression_that_has_no_label() -> None:
    assert lines(LECTURE, 5)[0] == "∂L/∂a=∂L/∂(a × b)·∂(a × b)/∂a"


def test_stages_colours_gradients_and_data() -> None:
    _, local, product = stages(trace_of("a = Value(4.0)\nL = 1 / a\nL.backward()"), 2)
    assert local.count('<mn class="data">4</mn>') == 1  # -1/a² = -1/4²
    assert local.endswith('<mo>=</mo><mn class="grad">−0.0625</mn></mrow></math>')
    assert 'class="data"' not in product
    assert product.count('class="grad"') == 3


def test_stages_says_which_path_and_what_was_in_grad_before() -> None:
    code = "a = Value(3.0)\nd = 2 * a\nL = d * a\nL.backward()"  # L = 2a²
    assert lines(code, 2) == ["∂L/∂a through L =∂L/∂L·∂L/∂a", "∂L/∂a=d=6", "∂L/∂a through L =1·6=6"]
    assert lines(code, 4) == [
        "∂L/∂a through d =∂L/∂d·∂d/∂a",
        "∂d/∂a=2",
        "∂L/∂a through d =3·2=6",
        "grad: 6+6=12",  # dL/da = 4a = 12
    ]


def test_stages_tells_the_two_paths_of_a_plus_a_apart() -> None:
    code = "a = Value(3.0)\nL = a + a\nL.backward()"
    assert lines(code, 1)[0] == "∂L/∂a through L, operand 1 =∂L/∂L·∂L/∂a"
    assert lines(code, 2)[0] == "∂L/∂a through L, operand 2 =∂L/∂L·∂L/∂a"


@pytest.mark.parametrize(
    ("code", "slot", "local"),
    [
        ("a + b", 0, "∂L/∂a=1"),
        ("a - b", 1, "∂L/∂b=−1"),
        ("a * b", 0, "∂L/∂a=b=−0.5"),
        ("a / b", 0, "∂L/∂a=1/b=1/−0.5=−2"),
        ("a / b", 1, "∂L/∂b=−a/b^2=−4/(−0.5)^2=−16"),
        ("a**b", 1, "∂L/∂b=a^b·log⁡(a)=4^−0.5·log⁡(4)≈0.6931"),
        ("a**2", 0, "∂L/∂a=2·a^2−1=2·4^2−1=8"),
        ("-a", 0, "∂L/∂a=−1"),
        ("b.relu()", 0, "∂L/∂b={1if b>00otherwise=0"),
        ("b.tanh()", 0, "∂L/∂b=1−L^2=1−(−0.4621)^2≈0.7864"),
        ("a.sigmoid()", 0, "∂L/∂a=L·(1−L)=0.982·(1−0.982)≈0.01766"),
        ("2 * a", 1, "∂L/∂a=2"),
        ("a / 3", 0, "∂L/∂a=1/3≈0.3333"),
        ("(a + b) * a", 0, "∂L/∂(a + b)=a=4"),
        ("(a + b) * a", 1, "∂L/∂a=a + b=3.5"),
        ("a / (a - b)", 1, "∂L/∂(a − b)=−a/(a − b)^2=−4/4.5^2≈−0.1975"),
        ("(a + a)**b", 1, "∂L/∂b=(a + a)^b·log⁡(a + a)=8^−0.5·log⁡(8)≈0.7352"),
    ],
)
def test_stages_writes_the_local_derivative_with_names_and_numbers(
    code: str, slot: int, local: str
) -> None:
    trace = trace_of(f"a, b = Value(4.0), Value(-0.5)\nL = {code}\nL.backward()")
    i = [event["slot"] for event in trace["backward"]].index(slot)
    assert read(stages(trace, i)[1]) == local


def test_stages_tells_numbers_as_they_were_when_the_node_was_computed() -> None:
    code = "a, b = Value(4.0), Value(2.0)\nL = a * b\nL.backward()\nb.data = 5.0"
    assert lines(code, 1)[1] == "∂L/∂a=b=2"  # not: = b = 5


def test_stages_of_a_second_call_says_what_is_lost_and_what_is_kept() -> None:
    code = "a = Value(3.0)\nL = a.relu()\nL.backward()\nL.backward()"
    assert [read(line) for (line,) in all_stages(trace_of(code))[2:5]] == [
        "grad: 1→0",
        "grad: 1→0",
        "∂L/∂L=1",
    ]
    assert lines(code, 6) == ["grad: 1+1=2"]


def test_stages_of_an_overwritten_gradient_adds_nothing() -> None:
    nodes: list[dict[str, Any]] = [
        {"id": 0, "op": "", "label": "a", "data": 2.0, "operands": []},
        {"id": 1, "op": "*", "label": "c", "data": 4.0, "operands": [0, 0]},
    ]
    event = {"from": 1, "to": 0, "slot": 1, "upstream": 1.0, "local": 2.0, "contribution": 2.0}
    trace = {"nodes": nodes, "forward": [], "backward": [{**event, "before": 3.0, "after": 2.0}]}
    assert read(stages(trace, 0)[-1]) == "grad: 3→2"


def test_stages_escapes_labels() -> None:
    code = "a = Value(3.0, label='<img onerror=x>')\nL = a + a\nL.backward()"
    assert "<img" not in "".join(stages(trace_of(code), 1))


def test_all_stages_of_a_long_chain_takes_time_in_proportion_to_its_length() -> None:
    trace = trace_of("a = Value(1.0)\nL = a\nfor _ in range(5000):\n    L = L + 1\nL.backward()")
    start = time.perf_counter()
    assert len(all_stages(trace)) == 10_001
    assert time.perf_counter() - start < 5


operations = st.sampled_from(["{} + {}", "{} * {}", "{} / {}", "-{}", "{}.tanh()", "{}**2"])


@given(st.lists(st.tuples(operations, st.randoms(use_true_random=False)), min_size=1, max_size=8))
def test_stages_are_well_formed_for_any_expression(steps: list[tuple[str, Any]]) -> None:
    code = ["v0, v1 = Value(1.5), Value(-2.0)"]
    for i, (operation, random) in enumerate(steps):
        operands = [f"v{random.randrange(i + 2)}" for _ in range(operation.count("{}"))]
        code.append(f"v{i + 2} = " + operation.format(*operands))
    trace = trace_of("\n".join([*code, f"v{len(steps) + 1}.backward()"]))
    for event, found in zip(trace["backward"], all_stages(trace)):
        assert len(found) == (1 if event["from"] is None else 3 + (event["before"] != 0))
        for formula in found:
            ElementTree.fromstring(formula)
