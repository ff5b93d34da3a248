"""One neuron."""

import math
from typing import Any

from ...kernel.exercises.comparison import compare, same
from ...kernel.exercises.demand import a_class, number, value
from ...kernel.exercises.exercise import Names, Wrong
from ...kernel.numbers import plain

TASK = (
    "A neuron multiplies each input by its weight, adds all of it and the bias, and sends the sum "
    "through tanh. Write what happens when it is called with a list of inputs."
)

START = """\
import random

from micrograd.engine import Value


class Neuron:
    def __init__(self, nin):
        self.w = [Value(random.uniform(-1, 1)) for _ in range(nin)]
        self.b = Value(random.uniform(-1, 1))

    def __call__(self, x):
        return ...
"""

W, X, B = (0.5, -1.0), (2.0, 1.75), -0.5  # no two slips give the same number
SUM = 0.5 * 2 - 1 * 1.75  # −0.75
RIGHT = math.tanh(SUM + B)  # tanh(−1.25)
THREE = (0.5, -1.0, 2.0)


def check_output(names: Names) -> str | None:
    """The output of a neuron with two inputs."""
    out = value(neuron(names, W)(list(X)), "What your neuron gives")
    what = "With w = [0.5, −1], b = −0.5 and x = [2, 1.75], your neuron's output"
    formula = "tanh(0.5 × 2 − 1 × 1.75 − 0.5) = tanh(−1.25)"
    return compare(what, number(out.data, "The output's data"), RIGHT, formula, slips())


def slips() -> dict[float, str]:
    """Return what is said about outputs that are no accident."""
    pairs = sum(w * x for w in W for x in X)
    return {
        math.tanh(SUM): "That is tanh(−0.75): the bias is missing.",
        SUM + B: "That is the sum itself, −1.25: it has to go through tanh.",
        SUM: "That is the weighted sum alone: the bias and tanh are missing.",
        max(SUM + B, 0.0): "That is what ReLU makes of the sum. This neuron has tanh.",
        math.tanh(SUM) + B: "The bias was added behind tanh. It belongs into the sum.",
        math.tanh(SUM + 2 * B): "The bias was added once for each input. It belongs to the neuron, "
        "so add it once.",
        math.tanh(pairs + B): "Each weight was multiplied by each input. They go in pairs: "
        "zip(self.w, x).",
        math.tanh(W[0] * X[0] + B): "Only the first input is in it. Does the loop end too early?",
        math.tanh(W[1] * X[1] + B): "Only the last input is in it. Does the loop forget the sum "
        "of before?",
        math.tanh(
            SUM + B + 1
        ): "There is 1 too much in the sum. A sum begins at 0, or at the bias.",
        math.tanh(W[0] * W[1] + X[0] * X[1] + B): "Both weights were multiplied, and both "
        "inputs. Pairs of a weight and an input come from zip(self.w, x).",
        math.tanh(sum(W) + B): "The weights were added without their inputs.",
    }


def check_three_inputs(names: Names) -> str | None:
    """A neuron with three inputs."""
    out = value(neuron(names, THREE)([*X, 0.5]), "What your neuron gives")
    right = math.tanh(SUM + B + 2.0 * 0.5)
    known = {RIGHT: "The third input is not in it. Take as many as there are: zip(self.w, x)."}
    what = "With a third weight 2 and a third input 0.5, your neuron's output"
    return compare(
        what, number(out.data, "The output's data"), right, "tanh(−1.25 + 2 × 0.5)", known
    )


def check_way_back(names: Names) -> str | None:
    """The gradients of the weights and the bias."""
    its = neuron(names, W)
    out = value(its(list(X)), "What your neuron gives")
    out.backward()
    slope = 1 - RIGHT**2
    known = {
        0.0: "No way leads back to it. Compute with the Values themselves, not with their .data."
    }
    for name, node, x in (("w[0]", its.w[0], X[0]), ("w[1]", its.w[1], X[1]), ("b", its.b, 1.0)):
        got = number(node.grad, f"{name}.grad")
        formula = f"(1 − tanh(−1.25)²) × {plain(x)}"
        what = f"After backward() from the output, {name}.grad"
        if says := compare(what, got, slope * x, formula, known):
            return says
    return None


def check_second_call(names: Names) -> str | None:
    """The same neuron, called twice."""
    its = neuron(names, W)
    its(list(X))
    out = value(its(list(X)), "What your neuron gives")
    got, b = number(out.data, "The output's data"), number(its.b.data, "b.data")
    if not same(b, B):
        return (
            f"Calling your neuron has changed its bias from −0.5 to {plain(b)}. Begin with a sum "
            "of its own, and leave self.b as it is."
        )
    return compare("When it is called a second time, your neuron's output", got, RIGHT)


def neuron(names: Names, weights: tuple[float, ...]) -> Any:
    """Return a neuron of the learner's class with these weights, and the bias B."""
    made = a_class(names, "Neuron")(len(weights))
    for node, number_of_it in zip(made.w, weights):
        node.data = number_of_it
    made.b.data = B
    return made


HINTS = [
    "Go through weights and inputs in pairs: for wi, xi in zip(self.w, x).",
    "sum(…) of the products begins at 0. It can also begin at the bias: that is its second "
    "argument.",
    "The sum is a Value. What method of a Value is the activation?",
]

SOLUTION = START.replace(
    "        return ...\n",
    """\
        weighted_sum = sum((wi * xi for wi, xi in zip(self.w, x)), self.b)
        return weighted_sum.tanh()
""",
)

_LOOP = """\
        act = self.b
        for wi, xi in zip(self.w, x):
            act = act + wi * xi
        return act.tanh()
"""


def _with(body: str) -> str:
    """Return the starting text with another body of __call__."""
    return START.replace("        return ...\n", body)


def _loop(before: str, after: str) -> str:
    """Return the same neuron written as a loop, with a change in it."""
    return _with(_LOOP.replace(before, after))


WRONG = {
    "no bias": Wrong(
        SOLUTION.replace(", self.b)", ")"),
        "With w = [0.5, −1], b = −0.5 and x = [2, 1.75], your neuron's output is −0.6351, "
        "it should be tanh(0.5 × 2 − 1 × 1.75 − 0.5) = tanh(−1.25) ≈ −0.8483. That is "
        "tanh(−0.75): the bias is missing.",
    ),
    "no activation": Wrong(
        SOLUTION.replace("weighted_sum.tanh()", "weighted_sum"),
        "With w = [0.5, −1], b = −0.5 and x = [2, 1.75], your neuron's output is −1.25, it "
        "should be tanh(0.5 × 2 − 1 × 1.75 − 0.5) = tanh(−1.25) ≈ −0.8483. That is the sum "
        "itself, −1.25: it has to go through tanh.",
    ),
    "neither of both": Wrong(
        SOLUTION.replace(", self.b)", ")").replace("weighted_sum.tanh()", "weighted_sum"),
        "With w = [0.5, −1], b = −0.5 and x = [2, 1.75], your neuron's output is −0.75, it "
        "should be tanh(0.5 × 2 − 1 × 1.75 − 0.5) = tanh(−1.25) ≈ −0.8483. That is the "
        "weighted sum alone: the bias and tanh are missing.",
    ),
    "relu": Wrong(
        SOLUTION.replace(".tanh", ".relu"),
        "With w = [0.5, −1], b = −0.5 and x = [2, 1.75], your neuron's output is 0, it "
        "should be tanh(0.5 × 2 − 1 × 1.75 − 0.5) = tanh(−1.25) ≈ −0.8483. That is what "
        "ReLU makes of the sum. This neuron has tanh.",
    ),
    "bias behind tanh": Wrong(
        SOLUTION.replace(", self.b)", ")").replace(".tanh()", ".tanh() + self.b"),
        "With w = [0.5, −1], b = −0.5 and x = [2, 1.75], your neuron's output is −1.135, it "
        "should be tanh(0.5 × 2 − 1 × 1.75 − 0.5) = tanh(−1.25) ≈ −0.8483. The bias was "
        "added behind tanh. It belongs into the sum.",
    ),
    "bias for each input": Wrong(
        SOLUTION.replace("wi * xi for", "wi * xi + self.b for").replace(", self.b)", ")"),
        "With w = [0.5, −1], b = −0.5 and x = [2, 1.75], your neuron's output is −0.9414, "
        "it should be tanh(0.5 × 2 − 1 × 1.75 − 0.5) = tanh(−1.25) ≈ −0.8483. The bias was "
        "added once for each input. It belongs to the neuron, so add it once.",
    ),
    "each with each": Wrong(
        SOLUTION.replace("for wi, xi in zip(self.w, x)", "for wi in self.w for xi in x"),
        "With w = [0.5, −1], b = −0.5 and x = [2, 1.75], your neuron's output is −0.9828, "
        "it should be tanh(0.5 × 2 − 1 × 1.75 − 0.5) = tanh(−1.25) ≈ −0.8483. Each weight "
        "was multiplied by each input. They go in pairs: zip(self.w, x).",
    ),
    "return in the loop": Wrong(
        _loop("        return act.tanh()", "            return act.tanh()"),
        "With w = [0.5, −1], b = −0.5 and x = [2, 1.75], your neuron's output is 0.4621, it "
        "should be tanh(0.5 × 2 − 1 × 1.75 − 0.5) = tanh(−1.25) ≈ −0.8483. Only the first "
        "input is in it. Does the loop end too early?",
    ),
    "the sum is overwritten": Wrong(
        _loop("act = act + wi * xi", "act = self.b + wi * xi"),
        "With w = [0.5, −1], b = −0.5 and x = [2, 1.75], your neuron's output is −0.978, it "
        "should be tanh(0.5 × 2 − 1 × 1.75 − 0.5) = tanh(−1.25) ≈ −0.8483. Only the last "
        "input is in it. Does the loop forget the sum of before?",
    ),
    "the sum begins at 1": Wrong(
        _loop("act = self.b", "act = self.b + 1"),
        "With w = [0.5, −1], b = −0.5 and x = [2, 1.75], your neuron's output is −0.2449, "
        "it should be tanh(0.5 × 2 − 1 × 1.75 − 0.5) = tanh(−1.25) ≈ −0.8483. There is 1 "
        "too much in the sum. A sum begins at 0, or at the bias.",
    ),
    "a sum without inputs": Wrong(
        _loop("wi * xi", "wi"),
        "With w = [0.5, −1], b = −0.5 and x = [2, 1.75], your neuron's output is −0.7616, "
        "it should be tanh(0.5 × 2 − 1 × 1.75 − 0.5) = tanh(−1.25) ≈ −0.8483. The weights "
        "were added without their inputs.",
    ),
    "two inputs for ever": Wrong(
        _with("        w = self.w\n        return (w[0] * x[0] + w[1] * x[1] + self.b).tanh()\n"),
        "With a third weight 2 and a third input 0.5, your neuron's output is −0.8483, it "
        "should be tanh(−1.25 + 2 × 0.5) ≈ −0.2449. The third input is not in it. Take as "
        "many as there are: zip(self.w, x).",
    ),
    "one too many": Wrong(
        _with(
            "        act = self.b\n        for i in range(len(x) + 1):\n"
            "            act = act + self.w[i] * x[i]\n        return act.tanh()\n"
        ),
        "The output of a neuron with two inputs: your code stops in line 14. IndexError: "
        "list index out of range",
    ),
    "no zip": Wrong(
        SOLUTION.replace("for wi, xi in zip(self.w, x)", "for wi, xi in (self.w, x)"),
        "With w = [0.5, −1], b = −0.5 and x = [2, 1.75], your neuron's output is 0.9866, it "
        "should be tanh(0.5 × 2 − 1 × 1.75 − 0.5) = tanh(−1.25) ≈ −0.8483. Both weights "
        "were multiplied, and both inputs. Pairs of a weight and an input come from "
        "zip(self.w, x).",
    ),
    "a number": Wrong(
        "import math\n" + SOLUTION.replace("weighted_sum.tanh()", "math.tanh(weighted_sum.data)"),
        "What your neuron gives is a plain number, where a Value belongs. A number does not "
        "remember how it was made: compute with Values, not with their .data.",
    ),
    "a Value of a number": Wrong(
        "import math\n"
        + SOLUTION.replace("weighted_sum.tanh()", "Value(math.tanh(weighted_sum.data))"),
        "After backward() from the output, w[0].grad is 0, it should be (1 − tanh(−1.25)²) "
        "× 2 ≈ 0.5608. No way leads back to it. Compute with the Values themselves, not "
        "with their .data.",
    ),
    "math.tanh": Wrong(
        "import math\n" + SOLUTION.replace("weighted_sum.tanh()", "math.tanh(weighted_sum)"),
        "The output of a neuron with two inputs: your code stops in line 14. This function "
        "takes plain numbers. A Value has tanh, relu, exp, log, sigmoid; its number is "
        "a.data. Write a.data for the number in a.",
    ),
    "the bias is changed": Wrong(
        _with(
            "        for wi, xi in zip(self.w, x):\n            self.b = self.b + wi * xi\n"
            "        return self.b.tanh()\n"
        ),
        "Calling your neuron has changed its bias from −0.5 to −2. Begin with a sum of its "
        "own, and leave self.b as it is.",
    ),
    "no return": Wrong(
        SOLUTION.replace("return weighted", "weighted"),
        "What your neuron gives is None. Does the function return its result?",
    ),
}
