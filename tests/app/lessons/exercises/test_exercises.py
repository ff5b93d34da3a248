"""Every exercise of the course: its solution, other right answers, and all known wrong ones."""

import pytest

from app.kernel.exercises.collection import EXERCISES
from app.kernel.exercises.exercise import Exercise
from tests.app.kernel.exercises.answer import answer

each_exercise = pytest.mark.parametrize("exercise", EXERCISES.values(), ids=list(EXERCISES))

STOPS = "your code stops"  # begins what Python says

WRONG = [(exercise, name) for exercise in EXERCISES.values() for name in exercise.wrong]


@each_exercise
def test_the_solution_passes(exercise: Exercise) -> None:
    assert answer(exercise, exercise.solution) == (True, "This is right.", "")


@pytest.mark.parametrize(
    ("exercise", "name"), WRONG, ids=[f"{exercise.name}: {name}" for exercise, name in WRONG]
)
def test_a_wrong_answer_gets_its_sentence(exercise: Exercise, name: str) -> None:
    wrong = exercise.wrong[name]
    assert answer(exercise, wrong.code).says == wrong.says


@each_exercise
def test_the_starting_text_runs_and_is_told_what_to_do(exercise: Exercise) -> None:
    found = answer(exercise, exercise.start)
    assert not found.passed
    assert STOPS not in found.says
    assert found.which == exercise.checks[0].__name__


@each_exercise
def test_wrong_answers_are_many_and_all_different(exercise: Exercise) -> None:
    codes = [wrong.code for wrong in exercise.wrong.values()]
    assert len(codes) >= 4
    assert len({exercise.solution, exercise.start, *codes}) == len(codes) + 2


@each_exercise
def test_each_check_is_the_first_that_finds_some_wrong_answer(exercise: Exercise) -> None:
    found = {answer(exercise, wrong.code).which for wrong in exercise.wrong.values()}
    assert found == {check.__name__ for check in exercise.checks}


@each_exercise
def test_hints_contain_no_line_of_the_solution(exercise: Exercise) -> None:
    known = {line.strip() for line in exercise.start.split("\n")}
    lines = {line.strip() for line in exercise.solution.split("\n")} - known
    assert lines
    assert [line for line in lines for hint in exercise.hints if line in hint] == []


@each_exercise
def test_texts_are_sentences(exercise: Exercise) -> None:
    says = [wrong.says for wrong in exercise.wrong.values() if STOPS not in wrong.says]
    texts = [exercise.task, *exercise.hints, *says]
    assert [text for text in texts if text.strip() != text or text[-1:] not in ".?"] == []
    assert len(exercise.hints) >= 3


# Right answers that look different.

RIGHT = {
    "local_derivatives": [
        "def of_sum(a, b):\n    return [1, 1]\ndef of_product(a, b):\n    return [b, a]",
        "of_sum = lambda a, b: (a**0, b**0)\nof_product = lambda a, b: (a * b / a, a * b / b)",
    ],
    "tanh": [
        "from math import cosh\ndef slope_of_tanh(x): return 1 / cosh(x) ** 2",
        "from math import tanh\ndef slope_of_tanh(x): return (1 - tanh(x)) * (1 + tanh(x))",
        "def slope_of_tanh(x):\n    a = Value(x)\n    a.tanh().backward()\n    return a.grad",
    ],
    "multiplication": [
        EXERCISES["multiplication"].solution.replace("set(_children)", "_children"),
        EXERCISES["multiplication"].solution.replace(
            "self.grad += other.data * out.grad",
            "self.grad = self.grad + out.grad * out.data / self.data",
        ),
    ],
    "backward": [
        EXERCISES["backward"].solution.replace("self.grad = 1.0", "self.grad += 1"),
        EXERCISES["backward"].solution.replace("_prev = _children", "_prev = set(_children)"),
        EXERCISES["backward"].start.replace(
            "        pass\n",
            """\
        nodes, waiting = set(), [self]
        while waiting:
            node = waiting.pop()
            nodes.add(node)
            waiting += [x for x in node._prev if x not in nodes]
        users = {node: sum(node in user._prev for user in nodes) for node in nodes}
        self.grad, ready = 1.0, [self]
        for node in ready:
            node._backward()
            for operand in set(node._prev):
                users[operand] -= 1
                ready += [operand] if users[operand] == 0 else []
""",
        ),
    ],
    "neuron": [
        EXERCISES["neuron"].start.replace(
            "        return ...\n",
            "        act = 0\n        for i in range(len(x)):\n            act += x[i] * self.w[i]"
            "\n"
            "        return (act + self.b).tanh()\n",
        ),
        EXERCISES["neuron"].start.replace(
            "        return ...\n",
            "        e = (2 * sum((w * i for w, i in zip(self.w, x)), self.b)).exp()\n"
            "        return (e - 1) / (e + 1)\n",
        ),
    ],
    "training_loop": [
        """\
def train(model, xs, ys, steps, learning_rate):
    losses = []
    while len(losses) < steps:
        loss = Value(0.0)
        for x, y in zip(xs, ys):
            error = model(x) - y
            loss = loss + error * error
        losses.append(loss.data)
        loss.backward()
        for p in model.parameters():
            p.data = p.data - learning_rate * p.grad
            p.grad = 0.0
    return losses
""",
    ],
}


@pytest.mark.parametrize(
    ("name", "code"), [(name, code) for name, codes in RIGHT.items() for code in codes]
)
def test_another_right_answer_passes(name: str, code: str) -> None:
    assert answer(EXERCISES[name], code).says == "This is right."


def test_every_exercise_has_another_right_answer() -> None:
    assert list(RIGHT) == list(EXERCISES)
