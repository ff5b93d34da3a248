"""Learners' code prints while it runs, can always be stopped, and may end Python itself."""

import re
from textwrap import indent
from typing import Any

import pytest
from playwright.sync_api import Page, Route, expect

from tests.browser.conftest import Watched

pytestmark = pytest.mark.cold

# Runs a cell of the lesson "test"; returns what came of it, and how long it took.
RUN = """
async ([code, stopAfter]) => {
  const kernel = await import("./static/kernel/kernel.js");
  const states = [];
  const noteState = ({ detail }) => states.push(detail.state);
  document.addEventListener("kernel", noteState);
  const printed = [];
  let stopped = performance.now();
  const request = { lesson: "test", cell: "1", code, texts: [["1", code]] };
  const call = kernel.call("run_cell", JSON.stringify(request), (text) => printed.push(text));
  const stop = () => { stopped = performance.now(); kernel.stop(); };
  const timer = stopAfter && setTimeout(stop, stopAfter);
  const came = await call.then(JSON.parse, ({ name, message }) => ({ state: name, message }));
  clearTimeout(timer);
  const took = performance.now() - stopped;
  document.removeEventListener("kernel", noteState);
  return { ...came, took, printed, states };
}
"""

SOON = 1_000  # milliseconds, for what can be interrupted
AFTER_ALL = 2_000  # for what needs a new worker


def run(page: Page, code: str, stop_after: int = 0) -> dict[str, Any]:
    answer: dict[str, Any] = page.evaluate(RUN, [code, stop_after])
    return answer


def text(outcome: dict[str, Any]) -> str:
    """Return what is shown of a cell's last value."""
    assert outcome["state"] == "done", outcome
    shown: str = outcome["shown"]["text"]
    return shown


def await_ready(page: Page) -> None:
    expect(page.locator("html[data-kernel=ready]")).to_be_attached(timeout=20_000)


def open_with_a_clock(fresh: Watched) -> Page:
    """Open a page whose figures have their answers, and whose time then stands still."""
    page = fresh.open()
    page.evaluate(
        """async () => {
          const isReady = () => document.documentElement.dataset.kernel === "ready";
          for (let quiet = 0; quiet < 10; quiet = isReady() ? quiet + 1 : 0)
            await new Promise((done) => setTimeout(done, 50));
        }"""
    )
    page.clock.install()
    page.clock.pause_at(page.evaluate("Date.now()") + 60_000)
    return page


SWALLOWED = "try:\n    while True: pass\nexcept BaseException: pass"
INTERRUPTED = {
    "an endless loop": "while True: pass",
    "an endless loop with calls": "def f(): return sum(range(100))\nwhile True: f()",
    "a loop over values": "v = Value(1.0)\nwhile True: v = v * 1.0 + 0.5",
    "a power": "10**10**8",
    "a regular expression": 'import re\nre.match(r"(a+)+b", "a" * 40)',
    "sleep": "import time\ntime.sleep(9999)",
    "one except that swallows it": f"{SWALLOWED}\nwhile True: pass",
}


@pytest.mark.parametrize("code", INTERRUPTED.values(), ids=INTERRUPTED.keys())
def test_stop_interrupts_and_keeps_the_variables(page: Page, code: str) -> None:
    run(page, "x = 5")
    outcome = run(page, code, stop_after=400)
    assert outcome["state"] == "stopped", outcome
    assert outcome["took"] < SOON
    assert not {"stopped", "loading"} & {*outcome["states"]}
    assert text(run(page, "x")) == "5"


ENDED = {
    "an except that always swallows it": f"while True:\n{indent(SWALLOWED, '    ')}",
    "a sum in C": "sum(range(10**12))",
}


@pytest.mark.parametrize("code", ENDED.values(), ids=ENDED.keys())
def test_stop_ends_what_cannot_be_interrupted(page: Page, code: str) -> None:
    run(page, "x = 5")
    outcome = run(page, code, stop_after=400)
    assert outcome["state"] == "StartedAnew", outcome
    assert "the variables are gone: run the cells above again" in outcome["message"]
    assert outcome["took"] < AFTER_ALL
    assert outcome["states"][-1] == "stopped"
    await_ready(page)
    assert run(page, "x")["failure"]["error"].startswith("NameError")
    expect(page.locator("[data-figure=operation] [data-role=data]").last).not_to_be_empty()


@pytest.mark.parametrize("code", ["[0] * 10**10", "[0] * 10**9"])
def test_a_list_that_is_too_long_is_an_error(page: Page, code: str) -> None:
    run(page, "x = 5")
    outcome = run(page, code, stop_after=400)
    assert outcome["failure"]["error"].startswith(("MemoryError", "OverflowError"))
    assert text(run(page, "x")) == "5"


RECURSIVE = {
    "adding": "class A:\n    def __add__(self, o): return self + o\nA() + 1",
    "repr": "class A:\n    def __repr__(self): return repr(self)\nrepr(A())",
    "repr that is shown": "class A:\n    def __repr__(self): return f'{self}'\nA()",
    "comparing": "class A:\n    def __eq__(self, o): return self == o\nA() == A()",
    "an attribute": "class A:\n    def __getattr__(self, name): return self.x\nA().y",
    "sorting": "def f(x): return sorted([1], key=f)\nf(1)",
    "a function": "def f(): return f()\nf()",
    "an init": "class A:\n    def __init__(self): self.a = A()\nA()",
}


@pytest.mark.parametrize("code", RECURSIVE.values(), ids=RECURSIVE.keys())
def test_recursion_without_end_is_an_error_and_keeps_the_variables(page: Page, code: str) -> None:
    run(page, "x = 5")
    outcome = run(page, code)
    assert outcome["failure"]["error"].startswith("RecursionError")
    assert text(run(page, "x")) == "5"


LECTURE = """
class Number:
    def __init__(self, data, children=()):
        self.data, self.grad, self._prev = data, 0.0, set(children)
        self._backward = lambda: None
    def __add__(self, other):
        out = Number(self.data + other.data, (self, other))
        def _backward():
            self.grad += out.grad
            other.grad += out.grad
        out._backward = _backward
        return out
    def backward(self):
        order, visited = [], set()
        def build(v):
            if v not in visited:
                visited.add(v)
                for child in v._prev: build(child)
                order.append(v)
        build(self)
        self.grad = 1.0
        for v in reversed(order): v._backward()
start = v = Number(1.0)
for _ in range(900): v = v + Number(1.0)
v.backward()
start.grad
"""


def test_the_recursive_backward_of_the_lecture_goes_through_a_chain_of_900(page: Page) -> None:
    assert text(run(page, LECTURE)) == "1.0"


def test_a_long_chain_of_values_can_be_let_go(page: Page) -> None:
    code = "v = Value(0.0)\nfor i in range(100_000): v = v + 1\nv.data"
    assert text(run(page, code)) == "100000.0"
    assert text(run(page, "v = 5\nv")) == "5"


FATAL = {
    "lists in lists": "x = []\nfor i in range(100_000): x = [x]\ndel x",
    "errors of errors": "e = None\nfor i in range(100_000):\n    f = ValueError()\n"
    "    f.__context__, e = e, f\ndel e, f",
    "iterators of iterators": "x = iter([1])\nfor i in range(100_000): x = map(abs, x)\nnext(x)",
}


@pytest.mark.parametrize("code", FATAL.values(), ids=FATAL.keys())
def test_python_that_ends_itself_is_started_anew_and_says_so(page: Page, code: str) -> None:
    run(page, "x = 5")
    outcome = run(page, code)
    assert outcome["state"] == "StartedAnew"
    assert outcome["message"] == (
        "This ended Python itself: probably a function that calls itself without end. "
        "Python was started anew; run the cells above again."
    )
    expect(page.get_by_role("status").first).to_contain_text("This ended Python itself")
    await_ready(page)
    assert text(run(page, "1 + 1")) == "2"


def test_python_that_exits_is_started_anew(page: Page) -> None:
    outcome = run(page, "import os\nos._exit(0)")
    assert outcome["message"].startswith("This ended Python itself. Python was started anew")
    await_ready(page)


def test_figures_that_waited_are_answered_after_a_restart(page: Page) -> None:
    answers = page.evaluate(
        """async () => {
          const kernel = await import("./static/kernel/kernel.js");
          const cell = (code) => JSON.stringify({ lesson: "test", cell: "1", code, texts: [] });
          const name = (error) => error.name;
          const long = kernel.call("run_cell", cell("sum(range(10**12))"), () => {}).catch(name);
          await new Promise((done) => setTimeout(done, 200));
          const figure = kernel.call("accident", '{"name": "twice"}');
          const after = kernel.call("run_cell", cell("1"), () => {}).catch(name);
          kernel.stop();
          return [await long, await after, "pictures" in JSON.parse(await figure)];
        }"""
    )
    assert answers == ["StartedAnew", "NotBegun", True]
    await_ready(page)


def test_a_figure_that_hangs_is_ended_and_not_asked_again(fresh: Watched) -> None:
    page = open_with_a_clock(fresh)
    page.evaluate(
        """async () => {
          const kernel = await import("./static/kernel/kernel.js");
          const code = "L = a * sum(range(10**12))";
          const request = JSON.stringify({ figure: "test", code, values: {}, passes: "forward" });
          window.ask = () => kernel.call("graph", request).catch(String);
          window.first = [window.ask()]; // in a list, so that nobody waits for it yet
        }"""
    )
    page.wait_for_selector("html[data-kernel=busy]")
    page.clock.run_for(8_100)
    first = page.evaluate("window.first[0]")
    assert first.startswith("StartedAnew: This took too long, and Python had to be started anew")
    await_ready(page)
    assert page.evaluate("window.ask()") == first


def test_prints_arrive_while_a_cell_runs(page: Page) -> None:
    code = "print('first')\nwhile True: pass"
    outcome = run(page, code, stop_after=400)
    assert outcome["printed"] == ["first\n"]


def test_a_flood_of_prints_is_a_few_messages(page: Page) -> None:
    outcome = run(page, "line = 'x' * 999\nfor i in range(100_000): print(line)")  # 100 MB
    assert outcome["state"] == "done"
    assert len(outcome["printed"]) <= 2 + 20 * outcome["took"] / 1000
    whole = "".join(outcome["printed"])
    assert len(whole) < 300_000
    assert whole.endswith("more characters were not shown\n")


def test_a_long_call_tells_so(fresh: Watched) -> None:
    page = open_with_a_clock(fresh)
    page.evaluate("document.addEventListener('kernel-long', () => (window.isLong = true))")
    page.evaluate(f"() => {{ window.ran = ({RUN})(['while True: pass', 0]); }}")
    page.wait_for_selector("html[data-kernel=busy]")
    page.clock.run_for(9_000)
    assert not page.evaluate("window.isLong")
    page.clock.run_for(1_100)
    assert page.evaluate("window.isLong")
    page.evaluate("async () => (await import('./static/kernel/kernel.js')).stop()")
    assert page.evaluate("async () => (await window.ran).state") == "stopped"


def test_stop_works_where_memory_can_be_shared(fresh: Watched) -> None:
    isolated = {
        "Cross-Origin-Opener-Policy": "same-origin",
        "Cross-Origin-Embedder-Policy": "require-corp",
    }

    def with_headers(route: Route) -> None:
        response = route.fetch()
        route.fulfill(response=response, headers={**response.headers, **isolated})

    fresh.page.route(re.compile(r"/$|/worker\.js$"), with_headers)
    page = fresh.open()
    assert page.evaluate("crossOriginIsolated")
    run(page, "x = 5")
    outcome = run(page, "while True: pass", stop_after=400)
    assert outcome["state"] == "stopped"
    assert outcome["took"] < SOON
    assert text(run(page, "x")) == "5"
