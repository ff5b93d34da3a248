"""Measures training from within the page: this text is run as a cell, and a call is its last line.

Each function returns rows for a table of compiled.py. Times are in seconds unless a name says
otherwise; the clock of a worker has a resolution of 0.1 ms, so many steps are measured together.
"""

import re
from collections.abc import Callable
from functools import partial
from statistics import median
from time import perf_counter
from typing import Any

from micrograd import data
from micrograd.data import Dataset
from micrograd.nn import MLP
from micrograd.train import SGD, Trainer, hinge, mse

WARM = 1.0  # seconds that code runs before it is measured
ENOUGH = 0.1  # seconds that a measurement lasts
REPEATED = 7  # of the fast ones; the slow ones are measured three times
DECAY = 1e-4
POINTS = [(x / 8 - 6.25, y / 8 - 6.25) for y in range(100) for x in range(100)]
FOUR_ROWS = Dataset(
    [[2.0, 3.0, -1.0], [3.0, -1.0, 0.5], [0.5, 1.0, 1.0], [1.0, 1.0, -1.0]],
    [1.0, -1.0, -1.0, 1.0],
)


# What is trained.


def toy(compile: bool = True) -> Trainer:
    model = MLP(3, [4, 4, 1], seed=1)
    sgd = SGD(model.parameters(), 0.01)
    return Trainer(model, FOUR_ROWS, loss=mse, optimiser=sgd, shuffle=False, compile=compile)


def moons(compile: bool = True, rows: int = 100, rate: float = 0.05) -> Trainer:
    return on_rows(MLP(2, [16, 16, 1], seed=1), moons_of(rows), rate, compile)


def on_rows(model: MLP, rows: Dataset, rate: float, compile: bool = True) -> Trainer:
    """Train as Karpathy's demo does: all rows at once, hinge loss, and a penalty for squares."""
    sgd = SGD(model.parameters(), rate)
    return Trainer(model, rows, loss=hinge, optimiser=sgd, l2=DECAY, shuffle=False, compile=compile)


def playground(compile: bool = True, test: bool = False) -> Trainer:
    model = MLP(2, [4, 2, 1], activation=["tanh", "tanh", "tanh"], seed=1)
    sgd = SGD(model.parameters(), 0.03)
    train, held_out = data.circle(250, seed=1).split(0.5)
    return Trainer(
        model,
        train,
        held_out if test else None,
        loss=mse,
        optimiser=sgd,
        batch_size=10,
        compile=compile,
    )


def moons_of(rows: int) -> Dataset:
    return data.moons(rows, noise=0.1, seed=1)


class Theirs:
    """The same training with Karpathy's package, written as in his demo."""

    def __init__(self, engine: str, nn: str, sizes: list[int], rows: Dataset, loss: str) -> None:
        names: dict[str, Any] = {}
        exec(engine, names)
        exec(nn.replace("from micrograd.engine import Value", ""), names)
        self.value = names["Value"]
        self.model = names["MLP"](sizes[0], sizes[1:])
        self.rows = [*zip(rows.inputs, rows.targets)]
        self.loss = loss

    def epoch(self, batch: int, rate: float) -> None:
        for first in range(0, len(self.rows), batch):
            self.step(self.rows[first : first + batch], rate)

    def step(self, rows: list[tuple[Any, float]], rate: float) -> None:
        total = self.loss_on(rows)
        self.model.zero_grad()
        total.backward()
        for p in self.model.parameters():
            p.data -= rate * p.grad

    def loss_on(self, rows: list[tuple[Any, float]]) -> Any:
        scores = [self.model([self.value(x) for x in inputs]) for inputs, _ in rows]
        pairs = [(score, target) for score, (_, target) in zip(scores, rows)]
        if self.loss == "mse":
            return sum((score - target) ** 2 for score, target in pairs) * (1.0 / len(rows))
        losses = [(1 + -target * score).relu() for score, target in pairs]
        penalty = DECAY * sum(p * p for p in self.model.parameters())
        return sum(losses) * (1.0 / len(losses)) + penalty


# What is measured.


def seconds(run: Callable[[], object]) -> float:
    began = perf_counter()
    run()
    return perf_counter() - began


def epoch_of(trainer: Trainer) -> float:
    """Return how long an epoch takes, when the browser has optimised the code.

    It is the median of several measurements, each of as many epochs as take long enough.
    """
    began, epochs, last = perf_counter(), 1, 0.0
    while perf_counter() - began < WARM or last < ENOUGH:
        epochs *= 2 if last < ENOUGH else 1
        last = run(trainer, epochs)
    return median(run(trainer, epochs) / epochs for _ in range(REPEATED))


def run(trainer: Trainer, epochs: int) -> float:
    trainer.history.clear()
    return seconds(lambda: trainer.run(epochs))


def slowly(epoch: Callable[[], object]) -> float:
    """Return how long an epoch takes that takes long."""
    epoch()
    epochs = max(1, round(0.05 / max(seconds(epoch), 1e-4)))
    return median(seconds(lambda: [epoch() for _ in range(epochs)]) / epochs for _ in range(3))


def stop_recording() -> None:
    """Make so many values that the page records this cell no longer: from here on it is fast."""
    moons(compile=False).run(1)


def made(trainer: Trainer) -> dict[str, float]:
    """Return the size of a trainer's code in bytes and the milliseconds that it took to make it."""
    text = trainer.explain()
    code, took = re.search(r"code +([\d,]+) bytes", text), re.search(r"made in +(\d+) ms", text)
    if not code or not took:
        raise RuntimeError(text)
    return {"bytes": int(code[1].replace(",", "")), "made": int(took[1])}


def cold() -> list[dict[str, float]]:
    """Return what two trainers need, one after the other, from nothing to 100 steps on moons."""
    return [_cold(), _cold()]


def _cold() -> dict[str, float]:
    began = perf_counter()
    trainer = moons()
    trainer.run(1)
    first = perf_counter() - began
    trainer.run(99)
    return {
        "first step": 1000 * first,
        "100 steps": 1000 * (perf_counter() - began),
        **made(trainer),
    }


def speeds(engine: str, nn: str) -> dict[str, dict[str, float]]:
    """Return the seconds of a step: by the engine, by Karpathy's package, and compiled."""
    stop_recording()
    four, hundred, circle = FOUR_ROWS, moons_of(100), playground().train
    theirs = {
        "toy": Theirs(engine, nn, [3, 4, 4, 1], four, "mse"),
        "moons": Theirs(engine, nn, [2, 16, 16, 1], hundred, "hinge"),
        "playground": Theirs(engine, nn, [2, 4, 2, 1], circle, "mse"),
    }
    cases = {"toy": (toy, 4, 1), "moons": (moons, 100, 1), "playground": (playground, 10, 13)}
    return {
        name: {
            "eager": slowly(make(compile=False).epoch) / steps,
            "pypi": slowly(partial(theirs[name].epoch, batch, 0.01)) / steps,
            "compiled": epoch_of(make()) / steps,
        }
        for name, (make, batch, steps) in cases.items()
    }


def one_by_one() -> float:
    """Return the seconds of a `Trainer.step()` on moons, each asked for by itself."""
    stop_recording()
    trainer = moons()
    trainer.run(2_000)
    return median(seconds(lambda: [trainer.step() for _ in range(200)]) / 200 for _ in range(3))


def pictures(engine: str, nn: str) -> dict[str, dict[str, float]]:
    """Return the milliseconds of 50 epochs of the playground, test rows too, and of heatmaps."""
    stop_recording()
    compiled, eager = playground(test=True), playground(compile=False, test=True)
    compiled.run(2_000)
    compiled.activations(POINTS)
    theirs = Theirs(engine, nn, [2, 4, 2, 1], compiled.train, "mse")
    test = [*zip(compiled.test.inputs, compiled.test.targets)] if compiled.test else []

    def their_epochs() -> None:
        for _ in range(50):
            theirs.epoch(10, 0.01)
            theirs.loss_on(test)

    several = range(REPEATED)
    return {
        "50 epochs": {
            "eager": 1000 * seconds(lambda: eager.run(50)),
            "pypi": 1000 * seconds(their_epochs),
            "compiled": 1000 * median(seconds(lambda: compiled.run(50)) for _ in several),
        },
        "heatmaps": {
            "eager": 1000 * seconds(lambda: eager.activations(POINTS)),
            "compiled": 1000
            * median(seconds(lambda: compiled.activations(POINTS)) for _ in several),
        },
    }


def growth_of_rows() -> list[dict[str, float]]:
    stop_recording()
    return [_size(moons(rows=rows, rate=1e-3)) for rows in (10, 100, 1_000, 10_000)]


def growth_of_parameters() -> list[dict[str, float]]:
    """Go from 41 parameters to 20,301, on ten rows. All nets but the first have two inputs."""
    stop_recording()
    ten = moons_of(10)
    three = Dataset([[*x, 0.5] for x in ten.inputs], ten.targets, ten.task)
    trainers = [on_rows(MLP(3, [4, 4, 1], seed=1), three, 1e-4)]
    for n in (16, 50, 100, 140):
        trainers.append(on_rows(MLP(2, [n, n, 1], seed=1), ten, 1e-4))
    return [_size(trainer) for trainer in trainers]


def _size(trainer: Trainer) -> dict[str, float]:
    first = seconds(lambda: trainer.run(1))
    step = epoch_of(trainer)
    size = {"rows": len(trainer.train), "parameters": len(trainer.optimiser.parameters)}
    return {**size, "step": step, "first step": 1000 * first, **made(trainer)}
