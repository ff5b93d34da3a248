"""The derivative of tanh."""

import math

from ...kernel.exercises.comparison import compare
from ...kernel.exercises.demand import function, number
from ...kernel.exercises.exercise import Names, Wrong
from ...kernel.numbers import plain

TASK = (
    "Return the derivative of tanh at x. It can be computed from t = tanh(x) alone, which the "
    "node knows already from the way forward."
)

START = """\
import math


def slope_of_tanh(x):
    t = math.tanh(x)
    return ...
"""

PLACES = [0.6, -0.25, 0.0, 0.999]  # of t; no two slips give the same number at the first


def check_slope(names: Names) -> str | None:
    """The derivative of tanh at some places."""
    slope_of_tanh = function(names, "slope_of_tanh")
    for t in PLACES:
        x = math.atanh(t)
        got = number(slope_of_tanh(x), f"slope_of_tanh({plain(x)})")
        what = f"At x = {plain(x)}, where t = {plain(t)}, your derivative"
        power = f"({plain(t)})²" if t < 0 else f"{plain(t)}²"
        if says := compare(what, got, 1 - t**2, f"1 − {power}", slips(x, t)):
            return says
    return None


def slips(x: float, t: float) -> dict[float, str]:
    """Return what is said about numbers that are no accident."""
    return {
        1 - t: "That is 1 − t: the square is missing.",
        1 - 2 * t: "That is 1 − 2t. A square is t * t, or t**2.",
        t: "That is t itself. The derivative says how fast t changes with x.",
        t**2: "That is t². It has to be taken from 1.",
        t**2 - 1: "The sign is the wrong way round: tanh never falls.",
        1 + t**2: "The square has to be subtracted: tanh is steepest at 0, and flat far out.",
        (1 - t) ** 2: "That is (1 − t)². Only t is squared.",
        1 - x**2: "That is 1 − x². The formula has t in it, which is tanh(x).",
        1 - math.tanh(t) ** 2: "That is 1 − tanh(t)². The t is the tanh already: "
        "do not take it twice.",
        1.0: "That is so at x = 0 only.",
    }


HINTS = [
    "Look at the curve of tanh. Where is it steepest, and what is t there? Where is it flat?",
    "At t = 0 the derivative is 1. Where t comes near to 1 or to −1, it comes near to 0.",
    "So something is taken away from 1, and it is the same for t and for −t.",
]

SOLUTION = """\
import math


def slope_of_tanh(x):
    t = math.tanh(x)
    return 1 - t**2
"""

_IMPORT = "from micrograd.engine import Value\n"

WRONG = {
    "no square": Wrong(
        SOLUTION.replace("t**2", "t"),
        "At x = 0.6931, where t = 0.6, your derivative is 0.4, it should be 1 − 0.6² = "
        "0.64. That is 1 − t: the square is missing.",
    ),
    "twice for squared": Wrong(
        SOLUTION.replace("t**2", "2 * t"),
        "At x = 0.6931, where t = 0.6, your derivative is −0.2, it should be 1 − 0.6² = "
        "0.64. That is 1 − 2t. A square is t * t, or t**2.",
    ),
    "t": Wrong(
        SOLUTION.replace("1 - t**2", "t"),
        "At x = 0.6931, where t = 0.6, your derivative is 0.6, it should be 1 − 0.6² = "
        "0.64. That is t itself. The derivative says how fast t changes with x.",
    ),
    "the square alone": Wrong(
        SOLUTION.replace("1 - t**2", "t**2"),
        "At x = 0.6931, where t = 0.6, your derivative is 0.36, it should be 1 − 0.6² = "
        "0.64. That is t². It has to be taken from 1.",
    ),
    "the wrong way round": Wrong(
        SOLUTION.replace("1 - t**2", "t**2 - 1"),
        "At x = 0.6931, where t = 0.6, your derivative is −0.64, it should be 1 − 0.6² = "
        "0.64. The sign is the wrong way round: tanh never falls.",
    ),
    "plus": Wrong(
        SOLUTION.replace("1 - t**2", "1 + t**2"),
        "At x = 0.6931, where t = 0.6, your derivative is 1.36, it should be 1 − 0.6² = "
        "0.64. The square has to be subtracted: tanh is steepest at 0, and flat far out.",
    ),
    "all of it squared": Wrong(
        SOLUTION.replace("1 - t**2", "(1 - t) ** 2"),
        "At x = 0.6931, where t = 0.6, your derivative is 0.16, it should be 1 − 0.6² = "
        "0.64. That is (1 − t)². Only t is squared.",
    ),
    "x for t": Wrong(
        SOLUTION.replace("t**2", "x**2"),
        "At x = 0.6931, where t = 0.6, your derivative is 0.5195, it should be 1 − 0.6² = "
        "0.64. That is 1 − x². The formula has t in it, which is tanh(x).",
    ),
    "tanh of tanh": Wrong(
        SOLUTION.replace("t**2", "math.tanh(t) ** 2"),
        "At x = 0.6931, where t = 0.6, your derivative is 0.7116, it should be 1 − 0.6² = "
        "0.64. That is 1 − tanh(t)². The t is the tanh already: do not take it twice.",
    ),
    "always 1": Wrong(
        SOLUTION.replace("1 - t**2", "1.0"),
        "At x = 0.6931, where t = 0.6, your derivative is 1, it should be 1 − 0.6² = 0.64. "
        "That is so at x = 0 only.",
    ),
    "a difference quotient": Wrong(
        SOLUTION.replace("1 - t**2", "(math.tanh(x + 1e-3) - t) / 1e-3"),
        "At x = 0.6931, where t = 0.6, your derivative is 0.6396, it should be 1 − 0.6² = 0.64.",
    ),
    "^ for **": Wrong(
        SOLUTION.replace("t**2", "t^2"),
        "The derivative of tanh at some places: your code stops in line 6. In Python, ^ is "
        "not a power. Write a**2.",
    ),
    "a Value": Wrong(
        _IMPORT + SOLUTION.replace("1 - t**2", "Value(1 - t**2)"),
        "slope_of_tanh(0.6931) is a Value, where a plain number belongs. Take its number, "
        "which is its .data.",
    ),
    "a text": Wrong(
        SOLUTION.replace("1 - t**2", "'1 - t**2'"),
        "slope_of_tanh(0.6931) is the text '1 - t**2', where a plain number belongs.",
    ),
    "nan": Wrong(
        SOLUTION.replace("1 - t**2", "math.nan"),
        "slope_of_tanh(0.6931) is nan, which means: not a number.",
    ),
    "print for return": Wrong(
        SOLUTION.replace("return 1 - t**2", "print(1 - t**2)"),
        "slope_of_tanh(0.6931) is None. Does the function return its result?",
    ),
    "the name is used again": Wrong(
        SOLUTION + "\nslope_of_tanh = slope_of_tanh(0.5)\n",
        "slope_of_tanh is a plain number now, and should be a function: this name is used "
        "for two things. Choose another one for the second.",
    ),
    "the function has another name": Wrong(
        SOLUTION.replace("slope_of_tanh", "slope"),
        "There is no slope_of_tanh yet. Keep the line that begins with def slope_of_tanh, "
        "and write below it.",
    ),
    "math is something else": Wrong(
        SOLUTION + "\nmath = 3\n",
        "The derivative of tanh at some places: your code stops in line 5. An int has no "
        "tanh. math is a plain number now, and hides the module math. Choose another name "
        "for it.",
    ),
    "no x": Wrong(
        SOLUTION.replace("tanh(x):", "tanh():"),
        "The derivative of tanh at some places: slope_of_tanh takes no value in its "
        "brackets, and got 1.",
    ),
}
