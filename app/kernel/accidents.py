"""The classic accidents of backpropagation: each once as it should be, and once as it goes wrong.

Both sides are traces of programs that were run; where the fault is the engine's, one side ran with
an engine that has it. What is wrong is found by comparing the two traces.
"""

import math
from collections import Counter
from typing import Any

from .engines import FAULTS, faulty
from .language import noted
from .recorded import ORIGINAL
from .recorder import Recorder, Trace
from .writes import kinds

Accident = dict[str, Any]
Key = tuple[str, int | None, int, int | None]

_OVERWRITE = """\
a = Value(3.0)
b = a + a
b.backward()
"""
_NO_ORDER = """\
a = Value(3.0)
b = a + a
c = b + b
L = b + c
L.backward()
"""
_TRAINING = """\
w = Value(4.0)
for step in range(2):
    L = w * w
    w.grad = 0.0
    L.backward()
    w.data -= 0.25 * w.grad
"""
_ONCE = """\
a = Value(3.0)
b = Value(2.0)
L = a * b
L.backward()
"""

_OVERWRITE_SAYS = noted(
    "Both ways from b lead to a, and each brings a gradient. "
    "The second one overwrites the first, where it should be added."
)
_NO_ORDER_SAYS = noted(
    "b passes its gradient on as soon as it is reached, before c has added its share. "
    "What comes to b later never gets to a."
)
_TRAINING_SAYS = noted(
    "A leaf keeps its gradient until somebody sets it to 0. In the second step the old "
    "gradient is added to the new one, and w jumps too far."
)
_TWICE_SAYS = noted(
    "The second call adds the same gradients to the leaves once more: they double. "
    "PyTorch adds them up, too. But unless the first call says retain_graph=True, it "
    "mostly refuses the second, because it has freed what it would need."
)


def accidents() -> list[Accident]:
    """Run all accidents: programs and traces of both sides, and the first wrong number."""
    return [
        _in_the_engine(
            "overwrite",
            noted("Overwriting instead of adding"),
            _OVERWRITE,
            _OVERWRITE_SAYS,
        ),
        _in_the_engine(
            "no order",
            noted("No topological order"),
            _NO_ORDER,
            _NO_ORDER_SAYS,
        ),
        _in_the_program(
            "no zero_grad",
            noted("Forgotten zero_grad"),
            _TRAINING,
            _TRAINING.replace("    w.grad = 0.0\n", ""),
            ("    w.grad = 0.0\n", ""),
            _TRAINING_SAYS,
        ),
        _in_the_program(
            "twice",
            noted("backward() called twice"),
            _ONCE,
            _ONCE + "L.backward()\n",
            ("L.backward()\n", "L.backward()\nL.backward()\n"),
            _TWICE_SAYS,
        ),
    ]


def first_wrong(right: Trace, wrong: Trace) -> dict[str, Any] | None:
    """Return the first backward event of the wrong trace whose result is not what it should be.

    What should be in a gradient is the sum of the contributions that the right trace made along
    the same edges, in whatever order. `right` and `wrong` are the gradient after this event,
    `in_the_end` after all of them.
    """
    given = _contributions(right)
    due: dict[int, float] = {}
    for step, (event, key) in enumerate(zip(wrong["backward"], _keys(wrong))):
        node = event["to"]
        is_new = key[0][0] in ("zero", "seed", "given")
        due[node] = (0.0 if is_new else due.get(node, 0.0)) + _due(given, key)
        if not math.isclose(event["after"], due[node], rel_tol=1e-9, abs_tol=1e-12):
            numbers = {"right": due[node], "wrong": event["after"]}
            ends = {"right": right["nodes"][node]["grad"], "wrong": wrong["nodes"][node]["grad"]}
            return {"node": node, "step": step, **numbers, "in_the_end": ends}
    return None


def _keys(trace: Trace) -> list[tuple[Key, int]]:
    """Name each event by its kind and edge, and how many of these were before it."""
    counts: Counter[Key] = Counter()
    found = []
    for event, kind in zip(trace["backward"], kinds(trace)):
        kind = "pass" if kind == "overwrite" else kind
        key = (kind, event["from"], event["to"], event["slot"])
        found.append((key, counts[key]))
        counts[key] += 1
    return found


def _contributions(trace: Trace) -> dict[tuple[Key, int], float]:
    given = (event["contribution"] for event in trace["backward"])
    return dict(zip(_keys(trace), given))


def _due(given: dict[tuple[Key, int], float], key: tuple[Key, int]) -> float:
    """Return what was right to give along this edge: in a call too many, the same as before."""
    edge, count = key
    while count > 0 and (edge, count) not in given:
        count -= 1
    return 0.0 if edge[0] == "zero" else given.get((edge, count), 0.0)


def _in_the_engine(name: str, title: str, code: str, says: str) -> Accident:
    right, wrong = _run(code, ORIGINAL), _run(code, faulty(name).Value)
    change = {"where": "engine", "before": FAULTS[name].before, "after": FAULTS[name].after}
    return _accident(name, title, (code, code), (right, wrong), change, says)


def _in_the_program(
    name: str, title: str, good: str, bad: str, lines: tuple[str, str], says: str
) -> Accident:
    change = {"where": "program", "before": lines[0], "after": lines[1]}
    traces = _run(good, ORIGINAL), _run(bad, ORIGINAL)
    return _accident(name, title, (good, bad), traces, change, says)


def _accident(
    name: str,
    title: str,
    code: tuple[str, str],
    traces: tuple[Trace, Trace],
    change: dict[str, str],
    says: str,
) -> Accident:
    return {
        "id": name,
        "title": title,
        "code": {"right": code[0], "wrong": code[1]},
        "right": traces[0],
        "wrong": traces[1],
        "change": change,
        "first_wrong": first_wrong(*traces),
        "says": says,
    }


def _run(code: str, value_class: type) -> Trace:
    with Recorder(value_class) as recorder:
        names = recorder.names(Value=value_class)
        exec(compile(code, recorder.cell, "exec"), names)
    return recorder.trace(names)
