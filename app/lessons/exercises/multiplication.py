"""A multiplication that knows the way back."""

from typing import Any

from ...kernel.exercises.comparison import compare
from ...kernel.exercises.demand import UnmetError, a_class, number, value
from ...kernel.exercises.exercise import Names, Wrong

TASK = (
    "This is the Value of the lecture. Write its __mul__ as its __add__ is written: compute the "
    "product, and keep in out._backward how its gradient goes to the two factors."
)

START = """\
class Value:
    def __init__(self, data, _children=(), _op=""):
        self.data = data
        self.grad = 0.0
        self._backward = lambda: None
        self._prev = set(_children)
        self._op = _op

    def __add__(self, other):
        other = other if isinstance(other, Value) else Value(other)
        out = Value(self.data + other.data, (self, other), "+")

        def _backward():
            self.grad += out.grad
            other.grad += out.grad

        out._backward = _backward
        return out

    def __mul__(self, other):
        return ...
"""

A, B = 2.0, -3.0


def check_product(names: Names) -> str | None:
    """The number of a * b."""
    a, b, out = multiply(names, A, B)
    if says := compare("At a = 2 and b = −3, a * b", number(out.data, "The data of a * b"), A * B):
        return says
    if {id(operand) for operand in out._prev} != {id(a), id(b)}:
        return (
            "a * b does not remember what it was made of. Hand its factors over: "
            'Value(…, (self, other), "*").'
        )
    return None


def check_each_factor(names: Names) -> str | None:
    """What goes to a, and what to b."""
    a, b, out = multiply(names, A, B)
    pass_on(out, 1.0)
    known = {
        1.0: "That is what + passes on. In a product, it is the number of the other factor.",
        A * B: "That is the product itself. It is the number of the other factor.",
    }
    lost = {
        "a": "Is the function kept, as in out._backward = _backward?",
        "b": "Each factor needs a line of its own.",
    }
    own = "That is {0}'s own number. What goes to {0} is the number of the other factor."
    for name, node, right in (("a", a, B), ("b", b, A)):
        what = f"When 1 comes to a * b with a = 2 and b = −3, {name}.grad"
        nothing = {0.0: f"Nothing came to it. {lost[name]}"}
        known_here = {**known, **nothing, node.data: own.format(name)}
        if says := compare(what, grad(node, name), right, "", known_here):
            return says
    return None


def check_chain_rule(names: Names) -> str | None:
    """The gradient that comes to a * b."""
    a, b, out = multiply(names, A, B)
    pass_on(out, 10.0)
    for name, node, right, formula in (("a", a, B, "10 × −3"), ("b", b, A, "10 × 2")):
        known = {
            right: "The gradient that comes to the product, out.grad, has to be multiplied by it.",
            right + 10: "The gradient that comes to the product is multiplied, not added.",
        }
        what = f"When out.grad is 10, with a = 2 and b = −3, {name}.grad"
        if says := compare(what, grad(node, name), right * 10, formula, known):
            return says
    return None


def check_accumulation(names: Names) -> str | None:
    """A factor that has a gradient from elsewhere."""
    a, b, out = multiply(names, A, B)
    a.grad = b.grad = 5.0
    pass_on(out, 1.0)
    for name, node, right, formula in (("a", a, B, "5 − 3"), ("b", b, A, "5 + 2")):
        known = {
            right: "What had come on another way is overwritten. It has to be added: += and not =."
        }
        what = f"When {name}.grad was 5 before, {name}.grad"
        if says := compare(what, grad(node, name), 5 + right, formula, known):
            return says
    return None


def check_square(names: Names) -> str | None:
    """Both factors the same, a * a."""
    a = a_class(names, "Value")(3.0)
    out = value(a * a, "a * a")
    pass_on(out, 1.0)
    known = {
        3.0: "Here self and other are one and the same: add to its grad twice, each time to what "
        "is there by then.",
        0.0: "Here self and other are one and the same, and both ways count.",
    }
    return compare("For a * a with a = 3, a.grad", grad(a, "a"), 6.0, "3 + 3", known)


def check_plain_number(names: Names) -> str | None:
    """A product with a plain number, a * 3."""
    a = a_class(names, "Value")(A)
    try:
        product = a * 3
    except AttributeError:  # of the 3
        return (
            "a * 3 stops with an error, since 3 has no data. First make a Value of other if it is "
            "none, as __add__ does."
        )
    out = value(product, "a * 3")
    data = number(out.data, "The data of a * 3")
    pass_on(out, 1.0)
    return compare("At a = 2, a * 3", data, 6.0) or compare(
        "When 1 comes to a * 3, a.grad", grad(a, "a"), 3.0
    )


def multiply(names: Names, x: float, y: float) -> tuple[Any, Any, Any]:
    """Return a, b and a * b, made of the learner's class."""
    its_class = a_class(names, "Value")
    a, b = its_class(x), its_class(y)
    return a, b, value(a * b, "a * b")


def pass_on(out: Any, gradient: float) -> None:
    """Let the gradient of a node go on to its operands."""
    if out._backward is None:
        raise UnmetError(
            "out._backward is None. Write out._backward = _backward, without brackets: the "
            "function itself is kept, and called later."
        )
    out.grad = gradient
    out._backward()


def grad(node: Any, name: str) -> float:
    return number(node.grad, f"{name}.grad")


HINTS = [
    "Begin with a copy of the body of __add__. What changes in the way forward?",
    "On the way back, + multiplies out.grad by 1. What are the two local derivatives of a * b?",
    "To self goes the number of the other one, times what has come to out; and the same for other.",
]

_MUL = """\
    def __mul__(self, other):
        other = other if isinstance(other, Value) else Value(other)
        out = Value(self.data * other.data, (self, other), "*")

        def _backward():
            self.grad += other.data * out.grad
            other.grad += self.data * out.grad

        out._backward = _backward
        return out
"""
SOLUTION = START.partition("    def __mul__")[0] + _MUL


def _instead(before: str, after: str) -> str:
    """Return the solution with a change in its __mul__."""
    return SOLUTION.replace(_MUL, _MUL.replace(before, after))


WRONG = {
    "= for +=": Wrong(
        _instead("+=", "="),
        "When a.grad was 5 before, a.grad is −3, it should be 5 − 3 = 2. What had come on "
        "another way is overwritten. It has to be added: += and not =.",
    ),
    "the own number": Wrong(
        _instead("+= other.data", "+= 1 * self.data").replace("+= self.data", "+= other.data"),
        "When 1 comes to a * b with a = 2 and b = −3, a.grad is 2, it should be −3. That is "
        "a's own number. What goes to a is the number of the other factor.",
    ),
    "as in +": Wrong(
        _instead("other.data * out.grad", "out.grad"),
        "When 1 comes to a * b with a = 2 and b = −3, a.grad is 1, it should be −3. That is "
        "what + passes on. In a product, it is the number of the other factor.",
    ),
    "no out.grad": Wrong(
        _instead(" * out.grad", ""),
        "When out.grad is 10, with a = 2 and b = −3, a.grad is −3, it should be 10 × −3 = "
        "−30. The gradient that comes to the product, out.grad, has to be multiplied by it.",
    ),
    "out.grad added": Wrong(
        _instead(" * out.grad", " + out.grad - 1"),
        "When out.grad is 10, with a = 2 and b = −3, a.grad is 6, it should be 10 × −3 = −30.",
    ),
    "only one factor": Wrong(
        _instead("            other.grad += self.data * out.grad\n", ""),
        "When 1 comes to a * b with a = 2 and b = −3, b.grad is 0, it should be 2. Nothing "
        "came to it. Each factor needs a line of its own.",
    ),
    "no return": Wrong(
        _instead("        return out\n", ""), "a * b is None. Does the function return its result?"
    ),
    "a plain number": Wrong(
        _instead("return out", "return self.data * other.data"),
        "a * b is a plain number, where a Value belongs. A number does not remember how it "
        "was made: compute with Values, not with their .data.",
    ),
    "_backward is not kept": Wrong(
        _instead("        out._backward = _backward\n", ""),
        "When 1 comes to a * b with a = 2 and b = −3, a.grad is 0, it should be −3. Nothing "
        "came to it. Is the function kept, as in out._backward = _backward?",
    ),
    "_backward is called": Wrong(
        _instead("= _backward\n", "= _backward()\n"),
        "out._backward is None. Write out._backward = _backward, without brackets: the "
        "function itself is kept, and called later.",
    ),
    "no operands": Wrong(
        _instead(", (self, other)", ", ()"),
        "a * b does not remember what it was made of. Hand its factors over: Value(…, "
        '(self, other), "*").',
    ),
    "computes a sum": Wrong(
        _instead("self.data * other.data", "self.data + other.data"),
        "At a = 2 and b = −3, a * b is −1, it should be −6.",
    ),
    "a * a counts once": Wrong(
        _instead(
            "            self.grad += other.data * out.grad\n"
            "            other.grad += self.data * out.grad\n",
            "            to_self = self.grad + other.data * out.grad\n"
            "            to_other = other.grad + self.data * out.grad\n"
            "            self.grad, other.grad = to_self, to_other\n",
        ),
        "For a * a with a = 3, a.grad is 3, it should be 3 + 3 = 6. Here self and other are "
        "one and the same: add to its grad twice, each time to what is there by then.",
    ),
    "no plain number": Wrong(
        _instead("        other = other if isinstance(other, Value) else Value(other)\n", ""),
        "a * 3 stops with an error, since 3 has no data. First make a Value of other if it "
        "is none, as __add__ does.",
    ),
    "a plain number is dropped": Wrong(
        _instead("else Value(other)", "else Value(1.0)"), "At a = 2, a * 3 is 2, it should be 6."
    ),
    "a Value as data": Wrong(
        _instead("Value(self.data * other.data", "Value(self + other"),
        "The data of a * b is a Value, where a plain number belongs. Take its number, which "
        "is its .data.",
    ),
}
