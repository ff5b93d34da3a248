"""The way back through the whole graph."""

from collections.abc import Callable
from typing import Any

from ...kernel.exercises.comparison import compare
from ...kernel.exercises.demand import a_class, number
from ...kernel.exercises.exercise import Names, Wrong

TASK = (
    "Each node has a _backward() that passes its gradient on to its operands. Write backward(): "
    "begin with the right gradient at the output, and call every node's _backward() once, when its "
    "gradient is complete."
)

START = """\
class Value:
    def __init__(self, data, _children=(), _op=""):
        self.data = data
        self.grad = 0.0
        self._backward = lambda: None
        self._prev = _children
        self._op = _op

    def __add__(self, other):
        out = Value(self.data + other.data, (self, other), "+")

        def _backward():
            self.grad += out.grad
            other.grad += out.grad

        out._backward = _backward
        return out

    def __mul__(self, other):
        out = Value(self.data * other.data, (self, other), "*")

        def _backward():
            self.grad += other.data * out.grad
            other.grad += self.data * out.grad

        out._backward = _backward
        return out

    def backward(self):
        pass
"""

Nodes = dict[str, Any]  # by the names that they have in a sentence

_SEED = {
    0.0: "Nobody has set it. A value changes exactly as fast as itself: begin with that.",
    -6.0: "That is the number of L. But the question is how fast L changes with itself.",
}


def check_seed(names: Names) -> str | None:
    """The gradient of the output."""
    nodes = one_product(names)
    nodes["L"].backward()
    return compare("After L = a * b and L.backward(), L.grad", grad(nodes, "L"), 1.0, "", _SEED)


def check_one_operation(names: Names) -> str | None:
    """The gradients of a * b."""
    nodes = one_product(names)
    calls = watch(nodes)
    nodes["L"].backward()
    if not calls:
        return "L._backward() was never called. Without its brackets, a function is not called."
    known = {
        0.0: "L has passed on what it had when L._backward() was called. Set its gradient before.",
        1.0: "Only the output begins with 1. What comes to the others, L._backward() has added.",
    }
    what = "After L = a * b with b = −3 and L.backward(), a.grad"
    return compare(what, grad(nodes, "a"), -3.0, "", known)


def check_order(names: Names) -> str | None:
    """The order in which the nodes are asked."""
    for build in (used_first, used_last):
        code, nodes = build(names)
        calls = watch(nodes)
        nodes["L"].backward()
        if fault := _fault(calls, nodes):
            return f"In {code}: {fault}"
    return None


def check_gradients(names: Names) -> str | None:
    """The gradients of a larger graph."""
    code, nodes = used_first(names)
    nodes["L"].backward()
    for name, right, formula in (
        ("d", -2.0, "4 − 6"),  # dL/dd = e + d·de/dd
        ("c", -6.0, ""),  # dL/dc = d
        ("a", 6.0, "−2 × −3"),  # dL/da = dL/dd · b
        ("b", -4.0, "−2 × 2"),
    ):
        what = f"In {code} with a = 2, b = −3 and c = 10, {name}.grad"
        known = {1.0: "Only the output begins with 1, the others with 0."}
        if says := compare(what, grad(nodes, name), right, formula, known):
            return says
    return None


def check_leaf(names: Names) -> str | None:
    """A value that was not made of others."""
    leaf = a_class(names, "Value")(4.0)
    leaf.backward()
    return compare(
        "After a.backward(), where a is a leaf, a.grad", number(leaf.grad, "a.grad"), 1.0
    )


def one_product(names: Names) -> Nodes:
    """Return the nodes of L = a * b, by name."""
    its_class = a_class(names, "Value")
    a, b = its_class(2.0), its_class(-3.0)
    return {"a": a, "b": b, "L": a * b}


def used_first(names: Names) -> tuple[str, Nodes]:
    """Return a graph in which d is used twice, and reached on the short way first."""
    nodes = _two_uses(names)
    return "d = a * b, e = d + c, L = d * e", {**nodes, "L": nodes["d"] * nodes["e"]}


def used_last(names: Names) -> tuple[str, Nodes]:
    """Return the same graph, with the factors of L the other way round."""
    nodes = _two_uses(names)
    return "d = a * b, e = d + c, L = e * d", {**nodes, "L": nodes["e"] * nodes["d"]}


def _two_uses(names: Names) -> Nodes:
    its_class = a_class(names, "Value")
    a, b, c = its_class(2.0), its_class(-3.0), its_class(10.0)
    d = a * b
    return {"a": a, "b": b, "c": c, "d": d, "e": d + c}


def watch(nodes: Nodes) -> list[str]:
    """Note the name of each node when its `_backward` is called."""
    calls: list[str] = []

    def watched(name: str, pass_on: Callable[[], None]) -> Callable[[], None]:
        def _backward() -> None:
            calls.append(name)
            pass_on()

        return _backward

    for name, node in nodes.items():
        node._backward = watched(name, node._backward)
    return calls


def _fault(calls: list[str], nodes: Nodes) -> str:
    """Say what is wrong in the order of the calls, or nothing."""
    if calls and calls[0] != "L" and "L" in calls:
        return (
            f"the first to pass its gradient on was {calls[0]}, when nothing had come to it yet. "
            "Begin at the output, L: is the order the wrong way round?"
        )
    for missing in [name for name in ("L", "e", "d") if name not in calls]:
        return f"{missing}._backward() was never called, so nothing came to the nodes behind it."
    for early, late in (("e", "L"), ("d", "e")):
        if calls.index(early) < calls.index(late):
            return (
                f"{early} passed its gradient on before {late} had added to it. A node has to wait "
                "until all that use it have had their turn."
            )
    for name in nodes:
        if calls.count(name) > 1:
            return (
                f"{name}._backward() was called {calls.count(name)} times, and passed on too much. "
                "Remember which nodes you have visited."
            )
    return ""


def grad(nodes: Nodes, name: str) -> float:
    return number(nodes[name].grad, f"{name}.grad")


HINTS = [
    "How fast does the output change with itself? That is the gradient to begin with.",
    "Make a list of all nodes in which each one comes after its operands: visit the operands of a "
    "node first, and then append the node.",
    "A node can be reached on several ways. Keep a set of those that you have visited.",
    "In your list the output comes last. On the way back it has its turn first.",
]

_BACKWARD = """\
    def backward(self):
        order, visited = [], set()

        def visit(node):
            if node not in visited:
                visited.add(node)
                for operand in node._prev:
                    visit(operand)
                order.append(node)

        visit(self)
        self.grad = 1.0
        for node in reversed(order):
            node._backward()
"""
_ABOVE = START.partition("    def backward")[0]
SOLUTION = _ABOVE + _BACKWARD


def _instead(before: str, after: str) -> str:
    """Return the solution with a change in its backward()."""
    return _ABOVE + _BACKWARD.replace(before, after)


_QUEUE = """\
    def backward(self):
        self.grad = 1.0
        order = [self]
        for node in order:
            node._backward()
            order += [x for x in node._prev if x not in order]
"""

WRONG = {
    "no seed": Wrong(
        _instead("        self.grad = 1.0\n", ""),
        "After L = a * b and L.backward(), L.grad is 0, it should be 1. Nobody has set it. "
        "A value changes exactly as fast as itself: begin with that.",
    ),
    "the number as seed": Wrong(
        _instead("self.grad = 1.0", "self.grad = self.data"),
        "After L = a * b and L.backward(), L.grad is −6, it should be 1. That is the number "
        "of L. But the question is how fast L changes with itself.",
    ),
    "seed after the way back": Wrong(
        _instead("        self.grad = 1.0\n", "") + "        self.grad = 1.0\n",
        "After L = a * b with b = −3 and L.backward(), a.grad is 0, it should be −3. L has "
        "passed on what it had when L._backward() was called. Set its gradient before.",
    ),
    "the wrong direction": Wrong(
        _instead("reversed(order)", "order"),
        "In d = a * b, e = d + c, L = d * e: the first to pass its gradient on was a, when "
        "nothing had come to it yet. Begin at the output, L: is the order the wrong way "
        "round?",
    ),
    "the node before its operands": Wrong(
        _instead("                order.append(node)\n", "")
        .replace(
            "(node)\n                for",
            "(node)\n                order.append(node)\n                for",
        )
        .replace("reversed(order)", "order"),
        "In d = a * b, e = d + c, L = d * e: d passed its gradient on before e had added to "
        "it. A node has to wait until all that use it have had their turn.",
    ),
    "depth first": Wrong(
        _ABOVE + "    def backward(self):\n        self.grad = 1.0\n        self.pass_on()\n\n"
        "    def pass_on(self):\n        self._backward()\n"
        "        for operand in self._prev:\n            operand.pass_on()\n",
        "In d = a * b, e = d + c, L = d * e: d passed its gradient on before e had added to "
        "it. A node has to wait until all that use it have had their turn.",
    ),
    "breadth first": Wrong(
        _ABOVE + _QUEUE,
        "In d = a * b, e = d + c, L = d * e: d passed its gradient on before e had added to "
        "it. A node has to wait until all that use it have had their turn.",
    ),
    "visited is forgotten": Wrong(
        _instead("                visited.add(node)\n", ""),
        "In d = a * b, e = d + c, L = d * e: a._backward() was called 2 times, and passed "
        "on too much. Remember which nodes you have visited.",
    ),
    "the output only": Wrong(
        _ABOVE + "    def backward(self):\n        self.grad = 1.0\n        self._backward()\n",
        "In d = a * b, e = d + c, L = d * e: e._backward() was never called, so nothing "
        "came to the nodes behind it.",
    ),
    "the operands of the output only": Wrong(
        _ABOVE + "    def backward(self):\n        self.grad = 1.0\n        self._backward()\n"
        "        for operand in self._prev:\n            operand._backward()\n",
        "In d = a * b, e = d + c, L = d * e: d passed its gradient on before e had added to "
        "it. A node has to wait until all that use it have had their turn.",
    ),
    "backward calls backward": Wrong(
        _ABOVE + "    def backward(self):\n        self.grad = 1.0\n        self._backward()\n"
        "        for operand in self._prev:\n            operand.backward()\n",
        "After L = a * b with b = −3 and L.backward(), a.grad is 1, it should be −3. Only "
        "the output begins with 1. What comes to the others, L._backward() has added.",
    ),
    "_backward without brackets": Wrong(
        _instead("node._backward()", "node._backward"),
        "L._backward() was never called. Without its brackets, a function is not called.",
    ),
    "every node begins with 1": Wrong(
        _instead(
            "            node._backward()\n",
            "            if node._prev:\n                node.grad = 1.0\n"
            "            node._backward()\n",
        ),
        "In d = a * b, e = d + c, L = d * e with a = 2, b = −3 and c = 10, d.grad is 1, it "
        "should be 4 − 6 = −2. Only the output begins with 1, the others with 0.",
    ),
    "no seed without operands": Wrong(
        _instead(
            "        self.grad = 1.0\n", "        if self._prev:\n            self.grad = 1.0\n"
        ),
        "After a.backward(), where a is a leaf, a.grad is 0, it should be 1.",
    ),
    "without end": Wrong(
        _instead("node._backward()", "self.backward()"),
        "The gradient of the output: your code stops in line 34. A function calls itself "
        "too often, or without end.",
    ),
}
