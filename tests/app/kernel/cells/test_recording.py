"""A recording that ends by itself."""

import gc
import weakref

import pytest

from app.kernel.cells import lesson as lessons
from app.kernel.cells.recording import Recording, is_value, why_not_drawn
from app.kernel.recorder import is_value_class
from micrograd.engine import Value
from tests.app.kernel.cells.run import run


def test_a_recording_ends_after_so_many_nodes_and_gives_the_class_back() -> None:
    before = dict(vars(Value))
    with Recording(Value, cell="<cell 1>", most=10) as recording:
        a = Value(1.0)
        for _ in range(8):
            a = a + a
        assert (len(recording.nodes), recording.is_over) == (9, False)
        a = a + a
        assert (len(recording.nodes), recording.is_over) == (0, True)
        assert dict(vars(Value)) == before
        recording.watch(Value)  # too late
        a.backward()
    assert dict(vars(Value)) == before
    trace = recording.graph_of(a, {"out": a})
    assert trace is not None
    assert [node["data"] for node in trace["nodes"]] == [2.0**i for i in range(10)]
    assert (trace["nodes"][-1]["label"], trace["backward"]) == ("out", [])


def test_a_recording_ends_after_so_many_writes() -> None:
    with Recording(Value, cell="<cell 1>", most=10) as recording:
        a = Value(1.0)
        for _ in range(5):  # the first call makes 1 write, the others 3: zero, seed, kept
            a.backward()
    assert recording.is_over


def test_a_recording_forgets_reads_that_nothing_follows() -> None:
    with Recording(Value, cell="<cell 1>") as recording:
        a = Value(1.0)
        assert [a.grad for _ in range(5_000)] == [0.0] * 5_000
        assert len(recording._reads) <= 1_001


def test_a_gradient_that_is_read_often_is_still_understood() -> None:
    found = run("a = Value(2.0)\nL = a * a\nfor i in range(5_000): a.grad\nL.backward()\nL")
    assert found.shown is not None
    assert found.shown.trace is not None
    events = found.shown.trace["backward"]
    assert [event["contribution"] for event in events] == [1.0, 2.0, 2.0]


def test_a_training_loop_goes_on_after_the_recording() -> None:
    code = (
        "w = Value(0.0)\nfor i in range(10_000):\n    L = (w - 3) ** 2\n    w.grad = 0.0\n"
        "    L.backward()\n    w.data -= 0.1 * w.grad\nround(w.data, 6)"
    )
    found = run(code)
    assert found.shown is not None
    assert found.shown.text == "3.0"


def test_nothing_is_kept_of_a_recording(monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[weakref.ref[Recording]] = []

    class Noted(Recording):
        def __enter__(self) -> "Noted":
            made.append(weakref.ref(self))
            return super().__enter__()

    monkeypatch.setattr(lessons, "Recording", Noted)
    lesson = lessons.Lesson()
    code = (
        "class Own(Value):\n    def __init__(self, data):\n        super().__init__(data)\n"
        "def make():\n    class Inner(Own):\n        def __init__(self): super().__init__(1)\n"
        "    return Inner\na = make()()\nL = a * a\nL.backward()\nL"
    )
    for end in ("", "\n1 / 0"):
        run(code + end, "make()", lesson=lesson)
        gc.collect()
        assert [ref() for ref in made if ref()] == []
    assert len(made) == 4


@pytest.mark.parametrize("thing", [1, "a", None, Value, [Value(1.0)], object()])
def test_is_value_of_anything_else_is_false(thing: object) -> None:
    assert not is_value(thing)


def test_is_value_class_asks_for_init_and_backward() -> None:
    assert is_value_class(Value)
    assert not is_value_class(Value(1.0))
    assert not is_value_class(int)
    assert not is_value_class(type("Mine", (Value,), {}))  # it is watched with what it inherits


def test_why_not_drawn_takes_shared_operands_for_what_they_are() -> None:
    a = Value(1.0)
    b = a * a
    c = b + a
    assert why_not_drawn(c * c + b) == ""
    assert why_not_drawn(a) == ""
    assert why_not_drawn(c, largest=2).startswith("This graph is too large")
