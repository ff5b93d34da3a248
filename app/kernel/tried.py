"""What came of a trial: each number that an engine computed, beside the number it should be.

The result is compared with Python's own floats, and each derivative with a central difference
(Press et al., "Numerical Recipes", section 5.7), so nothing here depends on a right engine.
"""

import math
from collections.abc import Callable
from typing import Any, NamedTuple

from .contribution import as_number
from .language import say
from .raised import raised
from .recorder import operands_of
from .trials import OPERATIONS, Trial, operations_in

# The step that balances the bend of the curve, h², with rounding, 2e-16/h: the cube root of 2e-16.
H = 6e-6
DIGITS = 8  # of a central difference that can be relied on
# Both leave an error of some 1e-9 in the trials. Any slip in a formula is larger than 1e-3.
TOLERANCE = 1e-6

NUMBERS: dict[str, Callable[[float], float]] = {
    "tanh": math.tanh,
    "relu": lambda x: max(x, 0.0),
    "exp": math.exp,
    "log": math.log,
    "sigmoid": lambda x: 1.0 / (1.0 + math.exp(-x)),
}
METHODS: dict[str, Callable[[Any], Any]] = {
    "tanh": lambda x: x.tanh(),
    "relu": lambda x: x.relu(),
    "exp": lambda x: x.exp(),
    "log": lambda x: x.log(),
    "sigmoid": lambda x: x.sigmoid(),
}


class Row(NamedTuple):
    """One number of a trial: the gradient of a leaf, or, where `leaf` is empty, the result.

    `state` is "right", "wrong", "not there" when the engine lacks an operation for it, or "once"
    when it is right for one call of `backward()`, but not for a second one on the same graph. So
    it is with the lecture's engine, which leaves the gradients in between as they are.
    `got` is None where there is no number; `problem` tells why, in words, and `line` where in the
    engine, or 0; `stops_backward` whether it was in `backward()`.
    """

    trial: Trial
    leaf: str
    expected: float
    got: float | None
    state: str
    problem: str = ""
    line: int = 0
    stops_backward: bool = False


class Tried(NamedTuple):
    """A trial with its rows, the operations of its graph, and the output's own gradient."""

    trial: Trial
    rows: list[Row]
    operations: frozenset[str] = frozenset()
    seed: float = 1.0

    @property
    def is_there(self) -> bool:
        return self.rows[0].state != "not there"

    @property
    def wrong(self) -> list[Row]:
        return [row for row in self.rows if row.state in ("wrong", "once")]


def try_out(trial: Trial, value_class: type) -> Tried:
    """Run one trial with a class and look at its numbers; what it raises becomes a row.

    A KeyboardInterrupt passes through, with a note that says in which trial the engine was.
    """
    if any(not hasattr(value_class, OPERATIONS[name]) for name in operations_in(trial.lines)):
        return Tried(trial, [_row(trial, "", None, "not there")])
    operations: frozenset[str] = frozenset()
    in_backward = False
    try:
        leaves = {name: value_class(x) for name, x in trial.values.items()}
        output = trial.run({**METHODS, **leaves})
        if not hasattr(output, "_prev"):
            return Tried(trial, [_row(trial, "", None, "wrong", _no_value(trial, output))])
        operations, data = _operations(output), output.data
        in_backward = True
        for _ in range(trial.calls):
            output.backward()
        rows = [_compare(trial, "", data)]
        rows += [_compare(trial, name, leaf.grad) for name, leaf in leaves.items()]
        return Tried(trial, rows, operations, as_number(output.grad))
    except KeyboardInterrupt as error:
        note = say("The engine did not come to an end with {code}.", code=trial.spoken)
        error.add_note(note)
        raise
    except (Exception, SystemExit) as error:
        if not in_backward and _is_refused(trial, error):
            return Tried(trial, [_row(trial, "", None, "not there")])
        found = raised(error, "", _file(value_class))
        row = _row(trial, "", None, "wrong", _stopped(trial, found.says, in_backward), found.line)
        return Tried(trial, [row._replace(stops_backward=in_backward)], operations)


def _stopped(trial: Trial, says: str, in_backward: bool) -> str:
    if in_backward:
        return say("backward() of {code} stops with an error. {says}", code=trial.spoken, says=says)
    return say("{code} stops with an error. {says}", code=trial.spoken, says=says)


def _is_refused(trial: Trial, error: BaseException) -> bool:
    """Tell whether an engine does not take a plain number, or a Value, beside a Value."""
    is_mixed = any(name.startswith("a ") for name in operations_in(trial.lines))
    refusals = (TypeError, AttributeError, AssertionError, NotImplementedError)
    return is_mixed and isinstance(error, refusals)


def expected(trial: Trial, leaf: str) -> float:
    """Return the derivative by a leaf times the number of calls; without a leaf, the result."""
    if not leaf:
        return _result(trial, trial.values)
    x = trial.values[leaf]
    h = H * max(1.0, abs(x))
    above, below = (_result(trial, {**trial.values, leaf: x + step}) for step in (h, -h))
    slope = trial.calls * (above - below) / (2 * h)
    return float(f"{slope:.{DIGITS}g}") if abs(slope) > 10**-DIGITS else 0.0


def _result(trial: Trial, values: dict[str, float]) -> float:
    result: float = trial.run({**NUMBERS, **values})
    return result


def _compare(trial: Trial, leaf: str, got: object) -> Row:
    number, right = as_number(got), expected(trial, leaf)
    is_right = abs(number - right) <= TOLERANCE * max(1.0, abs(right))
    otherwise = "once" if trial.about == "inner gradients" else "wrong"
    state = "right" if is_right else otherwise
    return Row(trial, leaf, right, number, state, _no_number(leaf, got) if number != number else "")


def _no_value(trial: Trial, output: object) -> str:
    if output is None:
        return say("{code} gives None. Does the method return its result?", code=trial.spoken)
    return say(
        "{code} gives a {kind}, where a Value belongs: from there, no way leads back.",
        code=trial.spoken,
        kind=type(output).__name__,
    )


def _no_number(leaf: str, got: object) -> str:
    what = say("the gradient of {leaf}", leaf=leaf) if leaf else say("the result")
    if isinstance(got, int | float):
        return say("{what} is nan, which means: not a number.", what=what)
    if hasattr(got, "data"):
        return say("{what} is a Value, where a plain number belongs: use its .data.", what=what)
    return say("{what} is {got}, where a number belongs.", what=what, got=repr(got))


def _row(
    trial: Trial, leaf: str, got: float | None, state: str, problem: str = "", line: int = 0
) -> Row:
    return Row(trial, leaf, expected(trial, leaf), got, state, problem, line)


def _operations(output: Any) -> frozenset[str]:
    """Return the operations of all nodes below an output: a - b may be made of a + (-b)."""
    seen, waiting = {id(output): output}, [output]
    while waiting:
        operands = [x for x in operands_of(waiting.pop()) if id(x) not in seen]
        seen.update((id(x), x) for x in operands)
        waiting += operands
    return frozenset(_name(str(x._op), len(operands_of(x))) for x in seen.values() if x._op)


def _name(op: str, operands: int) -> str:
    """Return what the operation of a node is called here: "**2" is "**"."""
    if op.startswith("**"):
        return "**" if operands == 1 else "a ** b"
    return "ReLU" if op == "relu" else op


def _file(value_class: type) -> str:
    """Return the file that a class was compiled from."""
    init = getattr(value_class.__init__, "__code__", None)  # type: ignore[misc]
    return str(init.co_filename) if init else ""
