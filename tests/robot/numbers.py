"""Compares what stands on the page with micrograd/engine.py, computed here in CPython."""

import ast
import math
from collections.abc import Callable
from pathlib import Path
from typing import Any

from playwright.sync_api import Page

from micrograd import Value
from micrograd.nn import MLP

GRAPHS = (Path(__file__).parent / "graphs.js").read_text(encoding="utf-8")

OPERATIONS: dict[str, Callable[..., Value]] = {
    "+": lambda a, b: a + b,
    "−": lambda a, b: a - b,
    "×": lambda a, b: a * b,
    "÷": lambda a, b: a / b,
    "xʸ": lambda a, b: a**b,
    "−x": lambda a: -a,
    "σ": Value.sigmoid,
    "tanh": Value.tanh,
    "ReLU": Value.relu,
    "exp": Value.exp,
    "log": Value.log,
}
WITH_GRADIENTS = ("operation-figure", "backpropagation-figure", "right")  # of their last node
EXPONENTS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁻·", "0123456789-.")


def wrong_numbers(page: Page) -> list[str]:
    """Say which numbers in the graphs on the page are not those of the engine."""
    return [wrong for graph in page.evaluate(GRAPHS) for wrong in wrong_in_graph(graph)]


def wrong_in_graph(graph: dict[str, Any]) -> list[str]:
    nodes = {node["id"]: node for node in graph["nodes"]}
    if any("folded" in node["kind"] or "bundle" in node["kind"] for node in nodes.values()):
        return []  # not all of it is drawn
    values = {i: Value(float(node["data"] or "nan")) for i, node in nodes.items()}
    wrong = [*_wrong_leaves(graph), *_wrong_output(graph)]
    for i, node in nodes.items():
        made = _made(node, [values[j] for j, k, _ in sorted(graph["edges"], key=_slot) if k == i])
        if made is None:
            continue
        if not same(made.data, values[i].data):
            wrong.append(f"{graph['name']}: node {i} is {made.data}, not {values[i].data}")
        values[i] = _with_data(made, values[i].data)
    if graph["step"] == graph["steps"] and graph["name"] in WITH_GRADIENTS:
        wrong += _wrong_gradients(graph, nodes, values)
    return wrong


def _slot(edge: list[int]) -> int:
    return edge[2]


def _made(node: dict[str, Any], operands: list[Value]) -> Value | None:
    """Return what the engine makes of the operands; None for a leaf, and for what is unknown."""
    if not operands:
        return None
    op = node["op"]
    if op[:1] == "x" and len(operands) == 1:
        exponent = op[1:].translate(EXPONENTS)
        return operands[0] ** float(exponent) if exponent != "ʸ" else None
    return OPERATIONS[op](*operands) if op in OPERATIONS else None


def _with_data(value: Value, data: float) -> Value:
    value.data = data  # each operation is judged by itself
    return value


def _wrong_leaves(graph: dict[str, Any]) -> list[str]:
    """Compare the leaves with the fields beside the figure."""
    shown = {node["name"]: node["data"] for node in graph["nodes"] if "leaf" in node["kind"]}
    return [
        f"{graph['name']}: {name} is {shown[name]}, and {text} in its field"
        for name, text in graph["inputs"]
        if name in shown and not graph["isWrong"] and float(text or "nan") != float(shown[name])
    ]


def _wrong_output(graph: dict[str, Any]) -> list[str]:
    """Compare the last node with what the code gives that stands in the field."""
    if graph["code"] is None or graph["isWrong"]:
        return []
    names = {node["name"]: node["data"] for node in graph["nodes"] if "leaf" in node["kind"]}
    expected = run(graph["code"], {name: float(data) for name, data in names.items()})
    used = {edge[0] for edge in graph["edges"]}
    ends = [node["data"] for node in graph["nodes"] if node["id"] not in used]
    if any(same(float(end), expected) for end in ends):
        return []
    return [f"{graph['name']}: {graph['code']!r} with {names} is {expected}, not {ends}"]


def run(code: str, values: dict[str, float]) -> float:
    """Run code as in a figure, on the engine, and return the number of its last line."""
    functions = {name.lower(): make for name, make in OPERATIONS.items() if name.isalpha()}
    names: dict[str, Any] = {"Value": Value, **functions, "sigmoid": Value.sigmoid}
    names |= {name: Value(x) for name, x in values.items() if name.isidentifier()}
    tree = ast.parse(code)
    last = tree.body[-1]
    if isinstance(last, ast.Expr):
        tree.body[-1] = ast.parse("_ = 0").body[0]
        tree.body[-1].value = last.value  # type: ignore[attr-defined]
        name = "_"
    else:
        name = last.targets[0].id  # type: ignore[attr-defined]
    exec(compile(tree, "<figure>", "exec"), {"print": lambda *_: None}, names)
    return float(names[name].data)


def _wrong_gradients(
    graph: dict[str, Any], nodes: dict[int, dict[str, Any]], values: dict[int, Value]
) -> list[str]:
    """Go backward from the node whose gradient the page shows as the first one: 1."""
    used = {edge[0] for edge in graph["edges"]}
    ends = [i for i, node in nodes.items() if i not in used and node["grad"]]
    if len(ends) != 1:
        return []
    values[ends[0]].backward()
    return [
        f"{graph['name']}: the gradient of node {i} is {values[i].grad}, not {node['grad']}"
        for i, node in nodes.items()
        if node["grad"] and not same(values[i].grad, float(node["grad"]), 1e-9)
    ]


def same(a: float, b: float, by: float = 1e-13) -> bool:
    """Are two numbers the same, but for the last bits of tanh, exp, log and pow?"""
    return math.isclose(a, b, rel_tol=by, abs_tol=1e-300) or (math.isnan(a) and math.isnan(b))


# Training: the weights, and what they make of some rows.
TRAINING = """async (rows) => {
  const { call } = await import(new URL("static/kernel/kernel.js", document.baseURI));
  const ask = async (method, request) => JSON.parse(await call(method, JSON.stringify(request)));
  const { text } = await ask("training_export", { what: "json" });
  const picked = [];
  for (const row of rows) picked.push((await ask("training_network", { row })).network);
  return { text, picked };
}"""


def wrong_training(page: Page, rows: list[int]) -> list[str]:
    """Compare the outputs of the training's network with those of the engine, for some rows."""
    if not page.locator("[data-text=train_loss]").inner_text():
        return []  # it has not begun
    picked = page.evaluate(TRAINING, rows)["picked"]
    return [wrong for network in picked for wrong in _wrong_network(network)]


def _wrong_network(network: dict[str, Any]) -> list[str]:
    sizes = network["sizes"]
    model = MLP(sizes[0], sizes[1:], activation=network["activations"])
    for parameter, x in zip(model.parameters(), network["parameters"], strict=True):
        parameter.data = float(x)
    output = model(network["inputs"])
    assert isinstance(output, Value)
    if same(output.data, float(network["output"]), 1e-9):
        return []
    return [
        f"training: the output for {network['inputs']} is {output.data}, not {network['output']}"
    ]
