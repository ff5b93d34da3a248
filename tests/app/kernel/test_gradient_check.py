"""The gradient check: what it finds in engines that are right, and in engines that are not."""

import json
import time
from typing import Any

import pytest

from app.kernel.engines import Fault, change
from app.kernel.gradient_check import Report, check
from app.kernel.recorded import compile_engine
from micrograd.engine import Value
from tests.app.kernel.mutants import ENGINE, HARMLESS, OPERATIONS, RULES, Mutant
from tests.app.kernel.programs import LECTURE

MUTANTS = OPERATIONS | RULES


def report(text: str) -> Report:
    return check(compile_engine("engine", text, "learner/engine.py").Value)


def smallest(found: Report) -> str | None:
    return found.failure.row.trial.code if found.failure else None


def says(text: str) -> str:
    failure = report(text).failure
    assert failure
    return failure.says


# Engines that are right.


def test_check_finds_nothing_in_our_engine() -> None:
    found = check(Value)
    assert (found.passes, found.faults, found.missing, found.failure) == (True, (), (), None)
    assert {row.state for row in found.rows} == {"right"}


@pytest.mark.parametrize("name", HARMLESS)
def test_check_finds_nothing_where_only_the_text_is_different(name: str) -> None:
    found = report(change(ENGINE, Fault(*HARMLESS[name])) if name != "nothing" else ENGINE)
    assert (found.passes, found.faults, found.missing) == (True, (), ())


def test_check_passes_the_lectures_engine_but_knows_that_it_is_good_for_one_call() -> None:
    found = report(LECTURE)
    assert found.passes
    assert {row.state for row in found.rows} == {"right", "once", "not there"}
    assert (found.faults, smallest(found)) == (("inner gradients",), "tanh(a * b)")
    assert found.missing == (
        *("-", "/", "a ** b", "neg", "log", "sigmoid", "a - number", "a / number"),
        *("number - a", "number / a", "number ** a"),
    )


# The lecture's later operations, which are made of the first ones.
COMPOSED = LECTURE.replace(
    "    def __radd__",
    """\
    def __neg__(self):
        return self * -1

    def __sub__(self, other):
        return self + (-other)

    def __rsub__(self, other):
        return other + (-self)

    def __truediv__(self, other):
        return self * other**-1

    def __rtruediv__(self, other):
        return other * self**-1

    def __radd__""",
)


def test_check_passes_operations_that_are_made_of_others() -> None:
    found = report(COMPOSED)
    assert found.passes
    assert found.missing == ("a ** b", "log", "sigmoid", "number ** a")


# Engines that are wrong.


@pytest.mark.parametrize("name", MUTANTS)
def test_check_names_the_fault_and_shows_it_in_the_smallest_program(name: str) -> None:
    mutant: Mutant = MUTANTS[name]
    found = report(mutant.text)
    assert found.faults == mutant.faults
    assert smallest(found) == mutant.smallest
    assert found.passes is (mutant.faults == ("inner gradients",))


def test_check_names_an_operation_and_a_rule_when_both_are_wrong() -> None:
    first, second = OPERATIONS["exp by its operand"], RULES["without the own gradient"]
    found = report(change(first.text, Fault(second.before, second.after)))
    assert (found.faults, smallest(found)) == (("exp", "chain rule"), "exp(a)")


@pytest.mark.parametrize("name", MUTANTS)
def test_check_reads_the_trace_of_the_learners_engine(name: str) -> None:
    failure = report(MUTANTS[name].text).failure
    assert failure
    assert {event["file"] for event in failure.trace["backward"]} <= {"learner/engine.py"}


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("product by its own operand", (0, "grad", 1, 2, -3.0, 2.0)),  # c = #2 gives a its own 2
        ("difference without the minus", (1, "grad", 2, 2, -1.0, 1.0)),
        ("product computes a sum", (2, "data", None, None, -6.0, -1.0)),
        ("= for +=", (0, "grad", 2, 1, 2.0, 1.0)),  # the second 1 that comes to a
        ("without the own gradient", (0, "grad", 3, 2, -1.5, 0.75)),  # 3 · 0.5² · (−2)
        ("depth first", (0, "grad", 3, 1, 3.0, 1.0)),  # d passes on before it has 3
        ("seed 2", (1, "grad", 0, None, 1.0, 2.0)),
        ("operands of the output only", (0, "grad", None, None, -1.5, 0.0)),
    ],
)
def test_check_finds_the_edge_where_it_goes_wrong(name: str, expected: tuple[Any, ...]) -> None:
    failure = report(MUTANTS[name].text).failure
    assert failure
    assert failure.first_wrong == expected


def test_check_finds_no_place_in_what_stops() -> None:
    failure = report(MUTANTS["backward stops"].text).failure
    assert failure
    assert failure.first_wrong is None
    assert [node["op"] for node in failure.trace["nodes"]] == ["", "**2"]


@pytest.mark.parametrize(
    ("before", "after", "missing"),
    [
        ("    def __rmul__", "    def rmul", ("number * a",)),
        ("    def log", "    def ln", ("log",)),
        ("    def __rpow__", "    def rpow", ("number ** a",)),
        ("    def __neg__", "    def neg", ("neg",)),
    ],
)
def test_check_knows_what_is_forgotten_from_what_is_wrong(
    before: str, after: str, missing: tuple[str, ...]
) -> None:
    found = report(change(ENGINE, Fault(before, after)))
    assert (found.passes, found.faults, found.missing) == (True, (), missing)


# Closures, as in the lecture: each operation can forget the += and the chain rule by itself.


@pytest.mark.parametrize(
    ("before", "after", "fault", "program"),
    [
        (".grad +=", ".grad =", "accumulation", "a + a"),
        ("self.grad += other.data", "self.grad = other.data", "accumulation", "a * b + a + b"),
        ("other.grad += self.data", "other.grad = self.data", "accumulation", "a * a"),
        ("self.grad += 1.0", "self.grad = 1.0", "accumulation", "a + b + a + b"),
        ("(1 - t**2) * out.grad", "(1 - t**2)", "chain rule", "tanh(a) * c"),
        ("other.data * out.grad", "other.data", "chain rule", "a * b * c"),
        ("in reversed(order)", "in order", "order", "a**3 * c"),
        ("        self.grad = 1.0\n", "", "seed", "a**2"),
        ("(out.data > 0) * out", "out", "ReLU", "relu(a)"),
        ("other * self.data ** (other - 1)", "self.data ** (other - 1)", "**", "a**2"),
        ("out.data * out.grad", "self.data * out.grad", "exp", "exp(a)"),
        ("other.data * out.grad", "other * out.grad", "*", "a * b"),
    ],
)
def test_check_finds_the_slips_of_closures(
    before: str, after: str, fault: str, program: str
) -> None:
    assert before in LECTURE
    found = report(LECTURE.replace(before, after))
    assert (found.faults[0], smallest(found), found.passes) == (fault, program, False)


@pytest.mark.parametrize(
    ("before", "after", "fault"),
    [
        ("self.grad += other.data", "self.grad += self.data", "*"),
        ("self.grad += 1.0 * out", "self.grad -= 1.0 * out", "+"),
        ("return self * -1", "return self * 1", "neg"),
        ("return self + (-other)", "return (-self) + other", "-"),
        ("return self * other**-1", "return self * other**-2", "/"),
        ("return other + (-self)", "return self + (-other)", "number - a"),
    ],
)
def test_check_does_not_blame_an_operation_for_those_it_is_made_of(
    before: str, after: str, fault: str
) -> None:
    assert before in COMPOSED
    found = report(COMPOSED.replace(before, after))
    assert [name for name in found.faults if name != "inner gradients"] == [fault]
    assert found.failure
    assert found.failure.row.trial.about == fault


# In words.


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        (
            "product by its own operand",
            "a * b: the derivative by a should be b = −3, but the engine passed 2 on.",
        ),
        (
            "quotient without the minus",
            "a / b: the derivative by b should be −a/b² ≈ −0.2222, "
            "but the engine passed 0.2222 on.",
        ),
        ("product computes a sum", "a * b: the result should be −6, but the engine computed −1."),
        ("log is nan", "log(a): the gradient of a is nan, which means: not a number."),
        ("exp stops", "exp(a) stops with an error. exp has no value yet at this place."),
        ("sum is not returned", "a + b gives None. Does the method return its result?"),
        (
            "exp is a plain number",
            "exp(a) gives a float, where a Value belongs: from there, no way leads back.",
        ),
        (
            "backward stops",
            "backward() of a**2 stops with an error. A Value has no backwards. "
            "Did you mean backward?",
        ),
        (
            "seed 0",
            "a**2: the output changes exactly as fast as itself, so its gradient has to start "
            "at 1. In this engine it is 0.",
        ),
        (
            "= for +=",
            "a + a: the gradient of a should be 2, but the engine has 1. What comes to a on "
            "several ways has to be added, += and not =.",
        ),
        (
            "depth first",
            "d + (d + d) with d = a + a: the gradient of a should be 6, but the engine has 2. "
            "The + passed its gradient on too early: a node has to wait until all that use it "
            "have added theirs.",
        ),
        (
            "without the own gradient",
            "a**3 * c: the gradient of a should be −1.5, but the engine has 0.75. The **3 has to "
            "multiply its derivative by the gradient that comes to it, and pass on the product.",
        ),
        (
            "operands of the output only",
            "a**3 * c: the gradient of a should be −1.5, but the engine has 0. "
            "What comes to a node has to go on to its operands, to the leaves.",
        ),
        (
            "leaves are zeroed",
            "a + b: after two calls of backward() the gradient of a should be 2, but the engine "
            "has 1. Leaves add up what each call brings, until somebody sets them to 0.",
        ),
        (
            "gradients in between stay",
            "tanh(a * b): after two calls of backward() the gradient of a should be −1.084, but "
            "the engine has −1.626. The gradients in between still had what the first call left "
            "there. The lecture's engine does so, too: with it, call backward() once for each "
            "graph.",
        ),
    ],
)
def test_check_says_it_in_a_sentence(name: str, expected: str) -> None:
    assert says(MUTANTS[name].text) == expected


def test_check_lets_a_keyboard_interrupt_pass_with_the_program_that_did_not_end() -> None:
    endless = ENGINE.replace("node._backward()", "_stop()")
    endless += "\ndef _stop():\n    raise KeyboardInterrupt\n"
    with pytest.raises(KeyboardInterrupt) as caught:
        report(endless)
    assert caught.value.__notes__ == ["The engine did not come to an end with a + b."]


# As data, and in time.


@pytest.mark.parametrize("name", [*MUTANTS, "none"])
def test_as_data_is_json_without_nan(name: str) -> None:
    data = report(MUTANTS[name].text if name in MUTANTS else ENGINE).as_data()
    assert json.loads(json.dumps(data, allow_nan=False)) == data
    wrong = [row for row in data["rows"] if row["state"] in ("wrong", "once")]
    assert all(row["says"] for row in wrong)
    assert bool(wrong) is bool(data["smallest"]) is (name != "none")


def test_as_data_shows_each_number_and_the_smallest_program() -> None:
    data = report(MUTANTS["product by its own operand"].text).as_data()
    assert data["faults"] == ["*"]
    assert data["rows"][13] == {
        **{"code": "a * b", "about": "*", "leaf": "a", "calls": 1, "expected": "−3", "got": "2"},
        **{"state": "wrong", "line": 0},
        "says": "a * b: the derivative by a should be b = −3, but the engine passed 2 on.",
    }
    assert data["smallest"] == {
        "fault": "*",
        "code": "a * b",
        "program": "a = Value(2.0)\nb = Value(-3.0)\nL = a * b\nL.backward()",
        "line": 0,
        "says": "a * b: the derivative by a should be b = −3, but the engine passed 2 on.",
    }


@pytest.mark.parametrize("name", ["nothing", "no seed", "backward calls itself"])
def test_check_takes_no_time_that_anybody_notices(name: str) -> None:
    text = RULES[name].text if name in RULES else ENGINE
    value_class = compile_engine("engine", text, "learner/engine.py").Value
    taken = []
    for _ in range(3):
        start = time.process_time()
        check(value_class)
        taken.append(time.process_time() - start)
    assert min(taken) < (0.1 if name != "backward calls itself" else 1.0)


def test_check_gives_the_classes_back_as_they_were() -> None:
    value_class = compile_engine("engine", MUTANTS["seed 0"].text, "learner/engine.py").Value
    before = dict(vars(value_class))
    check(value_class)
    assert dict(vars(value_class)) == before
