"""Stops, interrupts and changes in the middle of compiled training, and what is told of it."""

import re
import sys
from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

import pytest

import micrograd.engine
from micrograd.compile import machine, straight
from micrograd.compile.check import check
from micrograd.compile.tape import NotCompilable
from micrograd.compile.training import Compiled
from micrograd.data import xor
from micrograd.engine import Value
from micrograd.nn import Module
from micrograd.train import SGD, Adam, NonFiniteLossError, Trainer, linear, mse
from tests.micrograd.compile.pairs import (
    bits,
    compiled,
    is_compiled,
    network,
    run,
    state_of,
    trainer_of,
)

FAST = partial(SGD, lr=30.0)


@pytest.mark.parametrize("batch_size", [None, 4])
def test_stop_in_the_middle_leaves_what_the_engine_leaves(batch_size: int | None) -> None:
    def make(compile: bool) -> Trainer:
        model = network(activation="relu")
        options = {"schedule": linear(10), "batch_size": batch_size, "compile": compile}
        return trainer_of(model, optimiser=FAST, **options)

    trainer = compiled(make, run(300))
    with pytest.raises(NonFiniteLossError):
        trainer.step()


def test_training_goes_on_after_a_stop() -> None:
    def play(trainer: Trainer) -> None:
        with pytest.raises(NonFiniteLossError):
            trainer.run(300)
        for p in trainer.optimiser.parameters:
            p.data = 0.1
        trainer.learning_rate = 0.01
        trainer.run(5)

    def make(compile: bool) -> Trainer:
        return trainer_of(network(activation="relu"), optimiser=FAST, compile=compile)

    compiled(make, play)


class Interrupted:
    """An instance whose calls are broken off, before or after they were made."""

    def __init__(self, instance: Any, calls: int, is_before: bool) -> None:
        self.read, self.write = instance.read, instance.write
        self._instance, self._calls, self._is_before = instance, calls, is_before

    def call(self, name: str, *arguments: int) -> int | None:
        self._calls -= 1
        if self._calls == 0 and self._is_before:
            raise KeyboardInterrupt
        result: int | None = self._instance.call(name, *arguments)
        if self._calls == 0:
            raise KeyboardInterrupt
        return result


@pytest.mark.parametrize("calls", [1, 2, 4])
@pytest.mark.parametrize("is_before", [True, False])
def test_interrupt_leaves_whole_steps(calls: int, is_before: bool) -> None:
    trainer = trainer_of(network(), optimiser=Adam, batch_size=2)
    trainer.step()
    program: Any = trainer._compilation._compiled
    program._steps_at_once = 1
    program.instance = Interrupted(program.instance, calls, is_before)
    with pytest.raises(KeyboardInterrupt):
        trainer.run(20)
    by_engine = trainer_of(network(), optimiser=Adam, batch_size=2, compile=False)
    while by_engine.steps < trainer.steps:
        by_engine.step()
    assert state_of(trainer) == state_of(by_engine)
    trainer.run(2)
    by_engine.run(2)
    assert state_of(trainer) == state_of(by_engine)


def test_schedule_is_not_asked_for_steps_that_are_not_made() -> None:
    schedule = [1.0, 0.5, 0.25].__getitem__

    def play(trainer: Trainer) -> None:
        for _ in range(3):
            trainer.step()

    compiled(partial(trainer_of, schedule=schedule, batch_size=1), play)


def test_schedule_that_looks_at_the_history_is_asked_at_each_step() -> None:
    def make(compile: bool) -> Trainer:
        trainer = trainer_of(network(), compile=compile)
        trainer.schedule = lambda step: 0.5 if len(trainer.history) % 2 else 1.0
        return trainer

    compiled(make, run(6))


def clear(trainer: Trainer) -> None:
    trainer.history.clear()


def shorten(trainer: Trainer) -> None:
    del trainer.history[:-1]


@pytest.mark.parametrize("forget", [clear, shorten])
@pytest.mark.parametrize("batch_size", [None, 4])
@pytest.mark.parametrize("is_coupled", [False, True])
def test_history_that_is_shortened_leaves_the_same_digits(
    forget: Callable[[Trainer], None], batch_size: int | None, is_coupled: bool
) -> None:
    def play(trainer: Trainer) -> None:
        trainer.run(3)
        forget(trainer)
        trainer.step()
        forget(trainer)
        last = 8 if batch_size is None else 7  # a step is an epoch, or half of one
        assert [epoch.epoch for epoch in trainer.run(4)][-4:] == [*range(last - 3, last + 1)]
        forget(trainer)
        assert trainer.epoch().epoch == trainer.epochs == last + 1
        assert trainer.step().epoch == last + 2

    def whole(outputs: Sequence[Any], targets: Sequence[float]) -> Value:
        return sum((y * t for y, t in zip(outputs, targets)), Value(0.0)).sigmoid()

    options: Any = {"batch_size": batch_size, "loss": whole if is_coupled else mse}
    compiled(partial(trainer_of, **options), play)


def test_batches_of_five_sizes_keep_their_constants() -> None:
    def play(trainer: Trainer) -> None:
        trainer.step()  # of 7 rows; 93 are left
        trainer.batch_size = 40
        trainer.run(2)

    make = partial(trainer_of, data=xor(100), batch_size=7)
    compiled(lambda compile: make(network(nouts=[30, 1]), compile=compile), play)


def test_epochs_that_end_each_time_otherwise_keep_their_constants() -> None:
    def play(trainer: Trainer) -> None:
        for _ in range(12):  # the rest of an epoch is one row shorter each time
            trainer.batch_size, trainer.compile, compiles = 1, False, trainer.compile
            trainer.step()
            trainer.batch_size, trainer.compile = 10, compiles
            trainer.step()

    make = partial(trainer_of, data=xor(100), batch_size=10)
    compiled(lambda compile: make(network(nouts=[4, 1]), compile=compile), play)


def test_long_tapes_in_pieces_have_the_same_digits(monkeypatch: pytest.MonkeyPatch) -> None:
    defaults = {**(straight.Straight.__init__.__kwdefaults__ or {}), "piece": 7}
    monkeypatch.setattr(straight.Straight.__init__, "__kwdefaults__", defaults)
    make = lambda compile: trainer_of(network(nouts=[4, 3, 1]), optimiser=Adam, compile=compile)  # noqa: E731
    compiled(make, run(20))


# Pictures.


@pytest.mark.parametrize("points", [0, 1, 999, 1000, 2500])
def test_activations_are_those_of_the_engine(points: int) -> None:
    grid = [(i / 100 - 5, 3 - i / 200) for i in range(points)]
    pictures = []
    for compile in (False, True):
        trainer = trainer_of(network(nouts=[3, 2, 1], activation="sigmoid"), compile=compile)
        trainer.step()
        pictures.append([[bits(list(n)) for n in layer] for layer in trainer.activations(grid)])
    assert pictures[1] == pictures[0]
    assert is_compiled(trainer)


class Net(Module):
    """A model that is no MLP, with two outputs."""

    def __init__(self) -> None:
        self.w = Value(0.5)

    def __call__(self, x: Sequence[float]) -> list[Value]:
        return [self.w * x[0], (self.w * x[1]).tanh()]

    def named_parameters(self) -> Any:
        yield "w", self.w


def test_activations_of_another_model_are_its_outputs() -> None:
    options: Any = {"data": xor(6).as_classes(), "loss": micrograd.train.cross_entropy}
    trainer = trainer_of(Net(), **options)
    [[first, second]] = trainer.activations([(1.0, 0.0), (2.0, 0.0)])
    assert (list(first), list(second)) == ([0.5, 1.0], [0.0, 0.0])
    assert is_compiled(trainer)


def test_activations_refuse_points_of_other_sizes() -> None:
    with pytest.raises(ValueError, match="each point needs 2 inputs"):
        trainer_of().activations([(1.0,), (1.0, 2.0, 3.0)])


# What is told, and what is not trusted.


def test_explain_tells_of_the_program() -> None:
    trainer = trainer_of(network(nouts=[1]))
    trainer.step()
    text = re.sub(r"in +\d+ ms", "in T ms", re.sub(r"[\d,]+ bytes", "N bytes", trainer.explain()))
    assert text.splitlines()[:5] == [
        "Steps run as WebAssembly: the code of one row, in a loop over the batch.",
        "  machine      wasmtime",
        "  nodes        13 a row, 78 a step",
        "  parameters   3",
        "  code         N bytes",
    ]


def test_explain_tells_that_compiling_is_off() -> None:
    trainer = trainer_of(compile=False)
    trainer.step()
    assert trainer.explain() == "The engine makes each step: compile=False."


def test_without_wasmtime_the_way_to_install_it_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(machine, "_installed", [])
    monkeypatch.setitem(sys.modules, "wasmtime", None)
    trainer = trainer_of()
    trainer.step()
    assert "pip install wasmtime" in trainer.explain()
    assert trainer.steps == 1


class Squashed(Net):
    def __call__(self, x: Sequence[float]) -> Any:
        return (self.w * x[0]).tanh()


def test_engine_that_was_changed_is_traced_again(monkeypatch: pytest.MonkeyPatch) -> None:
    names = dict(vars(micrograd.engine))
    wrong = (
        "def tanh(self):\n    return Value(math.tanh(self.data), (self,), 'tanh', _local=(2.0,))"
    )

    def play(trainer: Trainer) -> None:
        trainer.step()
        with monkeypatch.context() as change:
            exec(wrong, vars(micrograd.engine))
            change.setattr(Value, "tanh", vars(micrograd.engine).pop("tanh"))
            trainer.step()
            assert trainer.compile is False or not is_compiled(trainer)
        trainer.step()

    compiled(lambda compile: trainer_of(Squashed(), compile=compile), play)
    assert names == dict(vars(micrograd.engine))


def test_machine_with_another_tanh_is_not_trusted(monkeypatch: pytest.MonkeyPatch) -> None:
    (one, _), *others = machine._LIBM
    monkeypatch.setattr(machine, "_LIBM", [(one, lambda x: x), *others])
    with pytest.raises(NotCompilable, match="its first step differs: the loss is"):
        check(Compiled(trainer_of(Squashed())), 1000)
