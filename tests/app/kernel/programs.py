"""Programs to record: written out, and at random."""

from typing import Any

from hypothesis import strategies as st

from app.kernel.recorder import Recorder, Trace
from micrograd.engine import Value

# A Value as people write it with the lecture: closures, a set of operands, recursion.
LECTURE = """
import math

class Value:
    def __init__(self, data, _children=(), _op="", label=""):
        self.data = data
        self.grad = 0.0
        self._backward = lambda: None
        self._prev = set(_children)
        self._op = _op
        self.label = label

    def __add__(self, other):
        other = other if isinstance(other, Value) else Value(other)
        out = Value(self.data + other.data, (self, other), "+")

        def _backward():
            self.grad += 1.0 * out.grad
            other.grad += 1.0 * out.grad

        out._backward = _backward
        return out

    def __mul__(self, other):
        other = other if isinstance(other, Value) else Value(other)
        out = Value(self.data * other.data, (self, other), "*")

        def _backward():
            self.grad += other.data * out.grad
            other.grad += self.data * out.grad

        out._backward = _backward
        return out

    def __pow__(self, other):
        out = Value(self.data**other, (self,), f"**{other}")

        def _backward():
            self.grad += other * self.data ** (other - 1) * out.grad

        out._backward = _backward
        return out

    def __radd__(self, other):
        return self + other

    def __rmul__(self, other):
        return self * other

    def tanh(self):
        t = (math.exp(2 * self.data) - 1) / (math.exp(2 * self.data) + 1)
        out = Value(t, (self,), "tanh")

        def _backward():
            self.grad += (1 - t**2) * out.grad

        out._backward = _backward
        return out

    def exp(self):
        out = Value(math.exp(self.data), (self,), "exp")

        def _backward():
            self.grad += out.data * out.grad

        out._backward = _backward
        return out

    def relu(self):
        out = Value(0.0 if self.data < 0 else self.data, (self,), "ReLU")

        def _backward():
            self.grad += (out.data > 0) * out.grad

        out._backward = _backward
        return out

    def backward(self):
        order, visited = [], set()

        def visit(node):
            if node not in visited:
                visited.add(node)
                for child in node._prev:
                    visit(child)
                order.append(node)

        visit(self)
        self.grad = 1.0
        for node in reversed(order):
            node._backward()
"""
LECTURE_LINES = LECTURE.count("\n")


def record(code: str, **names: Any) -> Trace:
    """Run a cell with the engine's Value, and return its trace; `names` are there from before."""
    with Recorder(Value) as recorder:
        variables = recorder.names(Value=Value, **names)
        exec(compile(code, "<cell>", "exec"), variables)
    return recorder.trace(variables)


def record_lecture(code: str, engine: str = LECTURE) -> Trace:
    """Run a cell in which the learner's own Value stands before the code."""
    return record(engine + code)


@st.composite
def programs(draw: st.DrawFn, largest: int = 12) -> str:
    """Draw lines of code: leaves a, b, c, then operations on anything that was made before."""
    numbers = st.floats(-2, 2, allow_nan=False).map(lambda x: round(x, 3))
    lines = [f'{name} = Value({draw(numbers)}, label="{name}")' for name in "abc"]
    made = ["a", "b", "c"]
    for i in range(draw(st.integers(1, largest))):
        x, y = draw(st.sampled_from(made)), draw(st.sampled_from(made))
        pattern = draw(st.sampled_from(PATTERNS))
        lines.append(f"v{i} = {pattern.format(x=x, y=y, k=draw(numbers))}")
        made.append(f"v{i}")
    return "\n".join([*lines, f"L = {made[-1]}", "L.backward()"])


PATTERNS = (
    *["{x} + {y}", "{x} * {y}", "{x} - {y}", "{x} / {y}", "{x} ** 2", "{x} ** -1", "-{x}"],
    *["{x} + {x}", "{x} * {x}", "{x} + {k}", "{k} * {x}", "{k} - {x}", "{x} + {x} * {y}"],
    *["{x}.tanh()", "{x}.relu()", "{x}.exp()", "({x} * {x}).log()", "{x}.sigmoid()"],
)
