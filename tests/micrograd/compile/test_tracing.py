"""Which models and losses are compiled, and the sentence for each that is not."""

import random
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import Any

import pytest

from micrograd.compile.tape import Node, NotCompilable
from micrograd.compile.tracing import trace_loss, trace_model
from micrograd.data import Dataset, xor
from micrograd.engine import Value
from micrograd.nn import Module
from micrograd.train import SGD, cross_entropy, mae, mse
from tests.micrograd.compile.pairs import compiled, fallback, run, trainer_of

Formula = Callable[[Any, Sequence[float]], Any]


class Own(Module):
    """A learner's model: any formula of two weights `a` and `b`, and a constant `c`."""

    def __init__(self, formula: Formula) -> None:
        self.a, self.b, self.c = Value(0.3), Value(-0.2), Value(1.5)
        self.formula = formula
        self.scale = {"of": 2.0}
        self.chance = random.Random(1)
        self.doubled = self.a * 2

    def __call__(self, x: Sequence[float]) -> Any:
        return self.formula(self, x)

    def named_parameters(self) -> Iterator[tuple[str, Value]]:
        yield "a", self.a
        yield "b", self.b


SLOW = partial(SGD, lr=0.01)


def made_of(formula: Formula, **options: Any) -> Any:
    return lambda compile: trainer_of(Own(formula), compile=compile, **options)


def line(m: Any, x: Sequence[float]) -> Value:
    return m.a * x[0] + m.b * x[1]


@pytest.mark.parametrize(
    "formula",
    [
        line,
        lambda m, x: line(m, x) * m.scale["of"] + m.c,
        lambda m, x: (m.a * x[0]).exp() / (1 + (m.b * x[1]).exp()),
        lambda m, x: ((m.a * x[0]) ** 2 + 1).log() - 2 ** (m.b * x[1]),
        lambda m, x: (m.a * m.a + 1) ** (m.b * x[0]),
        lambda m, x: m.a * m.a + m.a,
        lambda m, x: line(m, x) ** 3,
        lambda m, x: (line(m, x) ** 2 + 1) ** -0.5,
        lambda m, x: line(m, x) ** 0 + line(m, x) ** 1,
        lambda m, x: m.a * 0 - m.b,
        lambda m, x: -(m.a * x[0]).sigmoid() / 3,
        lambda m, x: Value(1) - m.a * x[1],
    ],
)
def test_models_of_any_formula_have_the_same_digits(formula: Formula) -> None:
    compiled(made_of(formula, optimiser=SLOW, batch_size=4), run(10))


@pytest.mark.parametrize(
    ("formula", "reason"),
    [
        (
            lambda m, x: m.a if (m.a * x[0]).data > 0 else m.b,
            "the model looks at numbers while it computes, so it may change",
        ),
        (
            lambda m, x: m.a if x[0] > 0 else m.b,
            "the model can't be run on Values in the place of numbers "
            "('>' not supported between instances of 'Value' and 'int')",
        ),
        (
            lambda m, x: m.a * x[0] if x[0] == 1 else m.b * x[1],
            "the model looks at numbers while it computes, so it may change",
        ),
        (
            lambda m, x: m.a * x[0] if x[0] else m.b * x[1],
            "the model looks at numbers while it computes, so it may change",
        ),
        (lambda m, x: line(m, x) * (m.chance.random() < 0.9), "the model draws random numbers"),
        (
            lambda m, x: m.doubled * x[0],
            "the model keeps a Value that it computed, from one row to the next",
        ),
    ],
)
def test_model_that_is_no_tape_is_left_to_the_engine(formula: Formula, reason: str) -> None:
    assert fallback(made_of(formula)) == f"{reason}."


def test_what_tracing_drew_at_random_is_taken_back() -> None:
    def make(compile: bool) -> Any:
        random.seed(5)
        return made_of(lambda m, x: line(m, x) * random.random())(compile)

    assert fallback(make) == "the model draws random numbers."


def test_model_that_computes_rows_differently_is_no_tape() -> None:
    signs = iter([1.0, -1.0])
    with pytest.raises(NotCompilable, match="one row in another way than the next"):
        trace_model(lambda x: next(signs) * x[0], [], ([1.0], [2.0]))  # type: ignore[arg-type]


@pytest.mark.parametrize("output", [1.0, None, "a", [Value(1), 2.0]])
def test_model_must_return_values(output: Any) -> None:
    with pytest.raises(NotCompilable, match=f"returns a {type(output).__name__}, not Values"):
        trace_model(lambda x: output, [], ([1.0], [2.0]))


def test_output_that_is_a_parameter_is_left_to_the_engine() -> None:
    data = xor(6).as_classes()
    make = made_of(lambda m, x: [m.a, m.b * x[0]], data=data, loss=cross_entropy)
    assert fallback(make) == "an output of the model is one of its parameters."


def test_subclass_of_value_is_left_to_the_engine() -> None:
    class Loud(Value):
        pass

    reason = fallback(made_of(lambda m, x: Loud(2) * m.a * x[0]))
    assert reason == "there is a Loud where a Value of micrograd.engine is expected."


def test_operation_of_a_learner_is_left_to_the_engine() -> None:
    def cube(x: Value) -> Value:
        return Value(1.0, (x,), "cube", _local=(3.0,))

    reason = fallback(made_of(lambda m, x: cube(line(m, x))))
    assert reason == "the operation 'cube' is not one of the engine's."


def test_trace_lists_trained_parameters_then_other_values_that_stay() -> None:
    model = Own(lambda m, x: m.a * x[0] + m.c)
    trace = trace_model(model, [model.a], ([1.0], [2.0]))
    assert trace.parameters == [model.a, model.c]
    assert trace.tape.nodes == [
        Node("parameter", (), 0),
        Node("parameter", (), 1),
        Node("input", (), 0),
        Node("*", (0, 2)),
        Node("+", (3, 1)),
    ]
    assert (trace.shape, trace.layers, trace.tape.outputs) == (None, [], [4])


# Losses.


def total(p: Any, t: Sequence[float]) -> list[Value]:
    return [(y - x) ** 2 for y, x in zip(p, t)]


@pytest.mark.parametrize(
    "loss",
    [
        lambda p, t: sum(total(p, t)),
        lambda p, t: sum(total(p, t)) / len(t),
        lambda p, t: 2 * mse(p, t) + 1,
        lambda p, t: -(mse(p, t) * -1),
        lambda p, t: 3 - mae(p, t),
        lambda p, t: mse(p, t) * (1 / len(t)),
    ],
)
@pytest.mark.parametrize("batch_size", [1, 4, None])
def test_losses_of_a_learner_have_the_same_digits(loss: Any, batch_size: int | None) -> None:
    options = {"loss": loss, "batch_size": batch_size, "test": xor(3), "optimiser": SLOW}
    compiled(made_of(line, **options), run(8))


OUTSIDE = Value(2.0)


@pytest.mark.parametrize(
    ("loss", "reason"),
    [
        (lambda p, t: mse(p, t) ** 0.5, "the loss is not a sum over the rows"),
        (lambda p, t: sum(reversed(total(p, t))), "the loss is not a sum over the rows"),
        (lambda p, t: sum((y - p[0]) ** 2 for y in p), "the loss is not a sum over the rows"),
        (
            lambda p, t: sum(e * (1 + t.count(x)) for e, x in zip(total(p, t), t)),
            "what the loss does with a row depends on the other rows",
        ),
        (
            lambda p, t: mse(p, t) * OUTSIDE,
            "the loss uses a Value that it was not given",
        ),
        (
            lambda p, t: mse(p, t) * (2 if p[0].data > 0 else 1),
            "the loss looks at numbers while it computes, so it may change",
        ),
        (
            lambda p, t: mse(p, t) if len(t) != 5 else mae(p, t),
            "what the loss does with a row depends on the other rows",
        ),
    ],
)
def test_loss_that_is_no_fold_is_left_to_the_engine(loss: Any, reason: str) -> None:
    assert fallback(made_of(line, data=xor(12), batch_size=5, loss=loss)) == f"{reason}."


def test_loss_that_differs_for_the_last_batch_is_left_to_the_engine() -> None:
    def loss(p: Any, t: Sequence[float]) -> Value:
        return mse(p, t) if len(t) != 3 else mse(p, t) * 2  # 13 rows are 5, 5 and 3

    assert "the loss" in fallback(made_of(line, data=xor(13), batch_size=5, loss=loss))


def test_loss_must_return_a_value() -> None:
    with pytest.raises(NotCompilable, match="the loss returns a float, not a Value"):
        trace_loss(lambda p, t: 1.0, [0.0], None)  # type: ignore[arg-type,return-value]


def test_loss_that_refuses_the_targets_tells_its_words() -> None:
    with pytest.raises(NotCompilable, match="needs at least one"):
        trace_loss(lambda p, t: mse([], []), [0.0], None)


def test_values_are_themselves_again_after_tracing() -> None:
    before = dict(vars(Value))
    trace_loss(mse, [1.0], None)
    assert vars(Value) == before


def test_rows_of_other_sizes_are_left_to_the_engine() -> None:
    test = Dataset([[1.0, 2.0, 3.0]], [1.0], "signs")
    reason = fallback(made_of(line, test=test), 1)
    assert reason == "rows have different numbers of inputs."


def test_sets_of_different_tasks_are_left_to_the_engine() -> None:
    reason = fallback(made_of(line, test=xor(3).as_classes()), 1)
    assert reason == "the training data and the test data have different tasks."
