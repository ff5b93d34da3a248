"""Engines in which one place is changed, each with the fault that has to be found in it."""

from pathlib import Path
from typing import NamedTuple

import micrograd.engine
from app.kernel.engines import FAULTS, Fault, change

ENGINE = Path(micrograd.engine.__file__).read_text(encoding="utf-8")


class Mutant(NamedTuple):
    """What is changed into what, the faults to be found, and the smallest program that shows it."""

    before: str
    after: str
    faults: tuple[str, ...]
    smallest: str

    @property
    def text(self) -> str:
        return change(ENGINE, Fault(self.before, self.after))


_ADD = '(self, other), "+", _local=(1.0, 1.0)'
_SUB = '(self, other), "-", _local=(1.0, -1.0)'
_MUL = '(self, other), "*", _local=(other.data, self.data)'
_DIV = "local = (_divide(1.0, other.data), -_divide(quotient, other.data))"
_PASS = "operand.grad += local * self.grad"
_SORTED = 'sorted(nodes, key=attrgetter("_serial"), reverse=True)'
_KEPT = "            leaf.grad += grad\n"
_ZERO = "        for node in order:\n            node.grad = 0.0\n"
_TWO = ("-", "*", "/", "a ** b")  # where the two operands have different derivatives

# One operation is wrong.
OPERATIONS = {
    "sum by the second": Mutant(_ADD, _ADD.replace("1.0)", "-1.0)"), ("+",), "a + b"),
    "difference without the minus": Mutant(_SUB, _SUB.replace("-1", "1"), ("-",), "a - b"),
    "difference the wrong way round": Mutant(
        "self.data - other.data", "other.data - self.data", ("-",), "a - b"
    ),
    "product by its own operand": Mutant(
        _MUL, _MUL.replace("(other.data, self.data)", "(self.data, other.data)"), ("*",), "a * b"
    ),
    "product by one operand twice": Mutant(
        _MUL, _MUL.replace("other.data, self.data", "other.data, other.data"), ("*",), "a * b"
    ),
    "product computes a sum": Mutant(
        "self.data * other.data", "self.data + other.data", ("*",), "a * b"
    ),
    "quotient without the minus": Mutant(_DIV, _DIV.replace("-_", "_"), ("/",), "a / b"),
    "quotient divided once": Mutant(
        _DIV, _DIV.replace("-_divide(quotient, other.data)", "-quotient"), ("/",), "a / b"
    ),
    "quotient by a": Mutant(_DIV, _DIV.replace("1.0, other", "1.0, self"), ("/",), "a / b"),
    "exponent not decremented": Mutant(
        "_power(base, exponent - 1.0)", "_power(base, exponent)", ("**", "a ** b"), "a**2"
    ),
    "exponent not in front": Mutant(
        "exponent * _power(base, exponent - 1.0)",
        "_power(base, exponent - 1.0)",
        ("**", "a ** b"),
        "a**2",
    ),
    "exponent decremented by 2": Mutant(
        "_power(base, exponent - 1.0)", "_power(base, exponent - 2.0)", ("**", "a ** b"), "a**2"
    ),
    "power by the exponent without log": Mutant("power * _log(base)", "power", ("a ** b",), "a**b"),
    "number as exponent has no slope": Mutant(
        "slope = _power_by_base(self.data, k)", "slope = 0.0", ("**",), "a**2"
    ),
    "negation without the minus": Mutant("_local=(-1.0,)", "_local=(1.0,)", ("neg",), "-a"),
    "tanh without the square": Mutant(
        "slope = (1.0 - t) * (1.0 + t)", "slope = 1.0 - t", ("tanh",), "tanh(a)"
    ),
    "tanh by its operand": Mutant(
        "slope = (1.0 - t) * (1.0 + t)", "slope = 1.0 - self.data**2", ("tanh",), "tanh(a)"
    ),
    "tanh computes a sine": Mutant("math.tanh", "math.sin", ("tanh",), "tanh(a)"),
    "ReLU the wrong way round": Mutant(
        "0.0 if self.data <= 0 else 1.0", "1.0 if self.data <= 0 else 0.0", ("ReLU",), "relu(a)"
    ),
    "ReLU always passes": Mutant(
        "slope = 0.0 if self.data <= 0 else 1.0", "slope = 1.0", ("ReLU",), "relu(a)"
    ),
    "ReLU never cuts": Mutant(
        "0.0 if self.data < 0 else self.data", "self.data", ("ReLU",), "relu(a)"
    ),
    "exp by its operand": Mutant(
        '"exp", _local=(e,)', '"exp", _local=(self.data,)', ("exp",), "exp(a)"
    ),
    "log by its operand": Mutant(
        "_local=(_divide(1.0, self.data),)", "_local=(self.data,)", ("log",), "log(a)"
    ),
    "log is nan": Mutant(
        "_local=(_divide(1.0, self.data),)", "_local=(math.nan,)", ("log",), "log(a)"
    ),
    "sigmoid without s": Mutant("((1.0 - s) * s,)", "((1.0 - s),)", ("sigmoid",), "sigmoid(a)"),
    "sigmoid without the minus": Mutant(
        "_exp(-self.data)", "_exp(self.data)", ("sigmoid",), "sigmoid(a)"
    ),
    "number - a swapped": Mutant(
        "_as_value(other) - self", "self - _as_value(other)", ("number - a",), "3 - a"
    ),
    "number / a swapped": Mutant(
        "_as_value(other) / self", "self / _as_value(other)", ("number / a",), "3 / a"
    ),
    "number ** a swapped": Mutant(
        "_as_value(other) ** self", "self ** _as_value(other)", ("number ** a",), "3**a"
    ),
    "number + a without the number": Mutant(
        "_as_value(other) + self", "self", ("number + a",), "3 + a"
    ),
    "number * a as a plain number": Mutant(
        "_as_value(other) * self", "Value(other * self.data)", ("number * a",), "3 * a"
    ),
    "operands swapped on the way back": Mutant(
        "zip(self._prev, self._local)", "zip(reversed(self._prev), self._local)", _TWO, "a - b"
    ),
    "sum has one derivative only": Mutant(
        _ADD, _ADD.replace("(1.0, 1.0)", "(1.0,)"), ("+",), "a + b"
    ),
    "sum is not returned": Mutant(
        "return Value(self.data + other", "Value(self.data + other", ("+",), "a + b"
    ),
    "exp is a plain number": Mutant(
        'return Value(e, (self,), "exp", _local=(e,))', "return e", ("exp",), "exp(a)"
    ),
    "exp stops": Mutant("e = _exp(self.data)", "e = exp(self.data)", ("exp",), "exp(a)"),
}

# What all operations have in common is wrong.
RULES = {
    "= for +=": Mutant(_PASS, _PASS.replace("+=", "="), ("accumulation",), "a + a"),
    "+= only for another operand": Mutant(
        _PASS,
        "operand.grad = local * self.grad if operand in self._prev[1:] else "
        "operand.grad + local * self.grad",
        ("accumulation",),
        "a + a",
    ),
    "without the own gradient": Mutant(_PASS, "operand.grad += local", ("chain rule",), "a**3 * c"),
    "own gradient added": Mutant(
        _PASS, "operand.grad += local + self.grad - 1", ("chain rule",), "a**3 * c"
    ),
    "depth first": Mutant(*FAULTS["no order"], ("order",), "d = a + a\nd + (d + d)"),
    "breadth first": Mutant(
        f"return {_SORTED}", "return nodes", ("order",), "d = a + a\nd + (d + d)"
    ),
    "oldest first": Mutant(", reverse=True", "", ("order",), "a**3 * c"),
    "operands of the output only": Mutant(
        "        for node in order:\n            node._backward()\n",
        "        self._backward()\n",
        ("chain rule",),
        "a**3 * c",
    ),
    "seed 0": Mutant("self.grad = 1.0  #", "self.grad = 0.0  #", ("seed",), "a**2"),
    "no seed": Mutant("self.grad = 1.0  #", "#", ("seed",), "a**2"),
    "seed 2": Mutant("self.grad = 1.0  #", "self.grad = 2.0  #", ("seed",), "a**2"),
    "seed is the number itself": Mutant(
        "self.grad = 1.0  #", "self.grad = self.data  #", ("seed",), "a**2"
    ),
    "backward with a minus": Mutant(_PASS, _PASS.replace("+=", "-="), ("backward",), "a**2"),
    "leaves lose everything": Mutant(
        _KEPT, "            leaf.grad = grad\n", ("backward",), "a**2"
    ),
    "backward stops": Mutant("node._backward()", "node.backwards()", ("backward",), "a**2"),
    "backward calls itself": Mutant("node._backward()", "node.backward()", ("backward",), "a**2"),
    "leaves are zeroed": Mutant(_KEPT, "            pass\n", ("second call",), "a + b"),
    "nothing is zeroed, and kept twice": Mutant(_ZERO, "", ("second call",), "a + b"),
    "gradients in between stay": Mutant(
        _ZERO,
        _ZERO.replace("for node in order:", "for node, _ in kept:"),
        ("inner gradients",),
        "tanh(a * b)",
    ),
}

# These change nothing that a gradient could show.
HARMLESS = {
    "nothing": ("", ""),
    "a comment": (
        "# Backpropagation.",
        "# Here it goes back.",
    ),
    "a variable with another name": (
        "        t = math.tanh(self.data)\n        slope = (1.0 - t) * (1.0 + t)",
        "        u = t = math.tanh(self.data)\n        slope = (1.0 - u) * (1.0 + u)",
    ),
    "tanh with a square": ("(1.0 - t) * (1.0 + t)", "1.0 - t**2"),
    "ReLU takes 1 at 0": ("0.0 if self.data <= 0 else 1.0", "0.0 if self.data < 0 else 1.0"),
    "difference made of others": (
        'return Value(self.data - other.data, (self, other), "-", _local=(1.0, -1.0))',
        "return self + (-other)",
    ),
    "quotient made of others": (
        "        quotient = _divide",
        "        return self * other**-1\n        quotient = _divide",
    ),
    "product the other way round": ("_as_value(other) * self", "self * _as_value(other)"),
}
