"""Training in a cell is compiled to WebAssembly, with the digits of the engine, and stops."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, Route

import micrograd
from tests.browser.conftest import Watched

FOLDER = Path(micrograd.__file__).parent
ENGINE, NN = ((FOLDER / name).read_text(encoding="utf-8") for name in ("engine.py", "nn.py"))

# Calls the kernel as the page does. Stops a cell soon after it has printed "begun".
CALL = """
async ([method, request]) => {
  const kernel = await import("./static/kernel/kernel.js");
  let printed = "";
  const onPrint = (text) => {
    printed += text;
    if (text.includes("begun")) setTimeout(kernel.stop, 100);
  };
  const answer = await kernel.call(method, JSON.stringify(request), request.code && onPrint);
  return { ...JSON.parse(answer), printed };
}
"""

TRAINERS = """
from micrograd import data
from micrograd.nn import MLP
from micrograd.train import SGD, Adam, Trainer, bce_with_logits, mse

def train(loss, optimiser, rows, **options):
    model = MLP(2, [3, 1], activation="tanh", seed=1)
    return Trainer(model, rows, loss=loss, optimiser=optimiser(model.parameters(), 0.1), **options)

def circle(**options):
    return train(mse, SGD, data.circle(12, seed=1), batch_size=5, **options)

def classes(**options):
    return train(bce_with_logits, Adam, data.circle(12, seed=1).as_classes(), **options)

def powers(**options):
    return train(far_off, SGD, data.circle(12, seed=1), **options)

def far_off(outputs, targets):
    return sum((1 + (y - t) ** 2) ** 1.5 for y, t in zip(outputs, targets)) / len(targets)

def parameters(trainer):
    return [p.data.hex() for p in trainer.optimiser.parameters]

def have_the_same_digits(trainer, other):
    return parameters(trainer) == parameters(other) and trainer.history == other.history

def compare(make):
    compiled, eager = make(), make(compile=False)
    for trainer in (compiled, eager):
        while trainer.steps < 30:
            trainer.epoch()
    print(compiled.explain())
    return have_the_same_digits(compiled, eager)
"""


def call(page: Page, method: str, **request: Any) -> dict[str, Any]:
    answer: dict[str, Any] = page.evaluate(CALL, [method, request])
    return answer


def run(page: Page, code: str, cell: str = "1") -> tuple[dict[str, Any], str]:
    """Run a cell of the lesson "test"; return what came of it, and what it printed."""
    outcome = call(page, "run_cell", lesson="test", cell=cell, code=code, texts=[[cell, code]])
    assert not outcome["failure"], outcome["failure"]
    return outcome, outcome["printed"]


def value(page: Page, code: str, cell: str = "1") -> tuple[str, str]:
    """Return what is shown of a cell's last value, and what the cell printed."""
    outcome, printed = run(page, code, cell)
    return outcome["shown"]["text"], printed


@pytest.mark.parametrize("make", ["circle", "classes", "powers"])
def test_a_trainer_in_a_cell_is_compiled_and_has_the_digits_of_the_engine(
    page: Page, make: str
) -> None:
    same, explained = value(page, f"{TRAINERS}compare({make})")
    assert explained.startswith("Steps run as WebAssembly")
    assert "machine      this browser\n" in explained
    assert "the same digits as the engine's" in explained
    assert same == "True"


def test_stop_interrupts_compiled_steps_and_the_trainer_goes_on(page: Page) -> None:
    endless = "trainer = circle()\ntrainer.run(1)\nprint('begun')\ntrainer.run(10_000_000)"
    outcome, _ = run(page, TRAINERS + endless)
    assert outcome["state"] == "stopped"
    assert value(page, "trainer.steps >= 3 * len(trainer.history) > 3", "2")[0] == "True"
    go_on = (
        "before = len(trainer.history)\n"
        "trainer.run(3)\n"
        "other = circle()\n"
        "other.run(before + 3)\n"
        "epochs = [epoch.step for epoch in trainer.history]\n"
        "[have_the_same_digits(trainer, other), trainer.steps == 3 * len(epochs), "
        "epochs == [3 * k for k in range(1, before + 4)]]"
    )
    assert value(page, go_on, "2")[0] == "[True, True, True]"


def without_libm(route: Route) -> None:
    """Serve the page's machine as if Python's own tanh, exp, log and pow could not be had."""
    text = (FOLDER.parent / "static/kernel/machine.js").read_text(encoding="utf-8")
    assert 'typeof python[`_${name}`] === "function"' in text
    body = text.replace('typeof python[`_${name}`] === "function"', "false")
    route.fulfill(body=body, content_type="text/javascript")


def test_where_the_browsers_own_functions_must_do_the_digits_are_close_and_it_is_said(
    fresh: Watched,
) -> None:
    fresh.page.route("**/static/kernel/machine.js", without_libm)
    page = fresh.open()
    compare_closely = (
        "import math\n"
        "compiled, eager = classes(), classes(compile=False)\n"
        "for trainer in (compiled, eager): trainer.run(30)\n"
        "print(compiled.explain())\n"
        "pairs = zip(compiled.optimiser.parameters, eager.optimiser.parameters)\n"
        "all(math.isclose(p.data, q.data, rel_tol=1e-9) for p, q in pairs)"
    )
    are_close, explained = value(page, TRAINERS + compare_closely)
    assert explained.startswith("Steps run as WebAssembly")
    assert "tanh, exp, log and pow may differ from Python's in the last digits" in explained
    assert are_close == "True"


@pytest.fixture
def original(page: Page) -> Iterator[None]:
    """Take a learner's engine back when the test is over."""
    yield
    call(page, "restore_engine")


DIFFERS = "The engine makes each step: its first step differs: "
EDITED = {
    "another function": ("math.tanh(self.data)", "math.sin(self.data)", DIFFERS),
    "a gradient overwritten": ("operand.grad += local", "operand.grad = local", DIFFERS),
    "a comment": ("class Value:", "class Value:  # mine", "Steps run as WebAssembly"),
}


@pytest.mark.usefixtures("original")
@pytest.mark.parametrize(("before", "after", "begins"), EDITED.values(), ids=EDITED.keys())
def test_a_learners_engine_is_compiled_only_if_the_digits_are_its_own(
    page: Page, before: str, after: str, begins: str
) -> None:
    assert before in ENGINE
    used = call(page, "use_engine", engine=ENGINE.replace(before, after), nn=NN)
    assert not used["refused"]
    same, explained = value(page, f"{TRAINERS}compare(circle)")
    assert explained.startswith(begins)
    assert same == "True"
