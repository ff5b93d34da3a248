"""What + and * pass on."""

from ...kernel.exercises.comparison import compare
from ...kernel.exercises.demand import function, pair
from ...kernel.exercises.exercise import Names, Wrong
from ...kernel.numbers import plain

TASK = (
    "On the way back, each operation multiplies the gradient that comes to it by a local "
    "derivative, one for each operand. Return the local derivatives of a + b, and those of a * b: "
    "first the one by a, then the one by b."
)

START = """\
def of_sum(a, b):
    # How fast does a + b change when a changes, and when b changes?
    by_a = ...
    by_b = ...
    return by_a, by_b


def of_product(a, b):
    # How fast does a * b change when a changes, and when b changes?
    by_a = ...
    by_b = ...
    return by_a, by_b
"""

PLACES = [(2.0, -3.0), (0.5, 4.0)]  # a and b; no two slips give the same number at the first


def check_sum(names: Names) -> str | None:
    """The local derivatives of a + b."""
    of_sum = function(names, "of_sum")
    for a, b in PLACES:
        by_a, by_b = pair(of_sum(a, b), f"of_sum{shown(a, b)}")
        known = {
            a + b: "That is a + b itself. How much does it grow when one of them grows by 1?",
            0.5: "Nothing is shared out here: the sum grows by as much as either of them does.",
            a: "That is the number a. But the sum grows by as much as a does, whatever a is.",
            b: "That is the number b. But the sum grows by as much as b does, whatever b is.",
            0.0: "With 0, the sum would not change at all.",
        }
        for name, got in (("a", by_a), ("b", by_b)):
            if says := compare(
                f"{at(a, b)}, your derivative of a + b by {name}", got, 1.0, "", known
            ):
                return says
    return None


def check_product(names: Names) -> str | None:
    """The local derivatives of a * b."""
    of_product = function(names, "of_product")
    for a, b in PLACES:
        by_a, by_b = pair(of_product(a, b), f"of_product{shown(a, b)}")
        for name, other, got, right in (("a", "b", by_a, b), ("b", "a", by_b, a)):
            known = {
                a * b: "That is the product itself. How much does it grow when one factor "
                "grows by 1?",
                1.0: "That is what + passes on. In a product, a change is multiplied by the "
                "other factor.",
                a + b - right: f"That is {name} itself. When {name} grows by 1, the product "
                f"grows by {other}.",
                0.0: "With 0, the product would not change at all.",
            }
            what = f"{at(a, b)}, your derivative of a * b by {name}"
            if says := compare(what, got, right, "", known):
                return says
    return None


def at(a: float, b: float) -> str:
    return f"At a = {plain(a)} and b = {plain(b)}"


def shown(a: float, b: float) -> str:
    return f"({plain(a)}, {plain(b)})"


HINTS = [
    "Take a = 2 and b = −3. Let a grow to 2.1. By how much does a + b grow?",
    "The derivative is that change of the result, divided by the change of a. Here it is 0.1.",
    "For the product: 2 × −3 is −6, and 2.1 × −3 is −6.3. Which number has turned 0.1 into −0.3?",
]

SOLUTION = """\
def of_sum(a, b):
    return 1.0, 1.0


def of_product(a, b):
    return b, a
"""

WRONG = {
    "+ passes the numbers themselves": Wrong(
        SOLUTION.replace("1.0, 1.0", "a, b"),
        "At a = 2 and b = −3, your derivative of a + b by a is 2, it should be 1. That is "
        "the number a. But the sum grows by as much as a does, whatever a is.",
    ),
    "+ passes the other number": Wrong(
        SOLUTION.replace("1.0, 1.0", "b, a"),
        "At a = 2 and b = −3, your derivative of a + b by a is −3, it should be 1. That is "
        "the number b. But the sum grows by as much as b does, whatever b is.",
    ),
    "+ passes the sum": Wrong(
        SOLUTION.replace("1.0, 1.0", "a + b, a + b"),
        "At a = 2 and b = −3, your derivative of a + b by a is −1, it should be 1. That is "
        "a + b itself. How much does it grow when one of them grows by 1?",
    ),
    "+ shares the gradient out": Wrong(
        SOLUTION.replace("1.0, 1.0", "0.5, 0.5"),
        "At a = 2 and b = −3, your derivative of a + b by a is 0.5, it should be 1. Nothing "
        "is shared out here: the sum grows by as much as either of them does.",
    ),
    "+ passes nothing to b": Wrong(
        SOLUTION.replace("1.0, 1.0", "1.0, 0.0"),
        "At a = 2 and b = −3, your derivative of a + b by b is 0, it should be 1. With 0, "
        "the sum would not change at all.",
    ),
    "one number for both": Wrong(
        SOLUTION.replace("1.0, 1.0", "1.0"),
        "of_sum(2, −3) is a plain number, where two numbers belong. Write return x, y.",
    ),
    "* passes the own number": Wrong(
        SOLUTION.replace("b, a\n", "a, b\n"),
        "At a = 2 and b = −3, your derivative of a * b by a is 2, it should be −3. That is "
        "a itself. When a grows by 1, the product grows by b.",
    ),
    "* passes 1 as + does": Wrong(
        SOLUTION.replace("b, a\n", "1.0, 1.0\n"),
        "At a = 2 and b = −3, your derivative of a * b by a is 1, it should be −3. That is "
        "what + passes on. In a product, a change is multiplied by the other factor.",
    ),
    "* passes the product": Wrong(
        SOLUTION.replace("b, a\n", "a * b, a * b\n"),
        "At a = 2 and b = −3, your derivative of a * b by a is −6, it should be −3. That is "
        "the product itself. How much does it grow when one factor grows by 1?",
    ),
    "* passes b to both": Wrong(
        SOLUTION.replace("b, a\n", "b, b\n"),
        "At a = 2 and b = −3, your derivative of a * b by b is −3, it should be 2. That is "
        "b itself. When b grows by 1, the product grows by a.",
    ),
    "no return": Wrong(
        SOLUTION.replace("return b, a", "b, a"),
        "of_product(2, −3) is None. Does the function return its result?",
    ),
}
