"""The picture of a training, and the training that it goes along with."""

import re
from typing import Any
from xml.etree import ElementTree

import pytest

from app.notebook import training
from micrograd.data import moons
from micrograd.history import Epoch, NonFiniteLossError
from micrograd.nn import MLP
from micrograd.train import SGD, Trainer, hinge

HISTORY = [Epoch(i, i, 0.1, 1.0 / i, 2.0 / i, None, None) for i in range(1, 5)]


class Shown:
    """Stands in for IPython's display."""

    def __init__(self) -> None:
        self.pictures: list[str] = []

    def __call__(self, picture: Any, display_id: bool) -> "Shown":
        self.update(picture)
        return self

    def update(self, picture: Any) -> None:
        self.pictures.append(picture.svg)


@pytest.fixture
def shown(monkeypatch: pytest.MonkeyPatch) -> Shown:
    shown = Shown()
    monkeypatch.setattr("IPython.display.display", shown)
    return shown


def trainer(rate: float = 0.1) -> Trainer:
    model = MLP(2, [4, 1], seed=1)
    data = moons(20, seed=1).as_signs()
    return Trainer(model, data, loss=hinge, optimiser=SGD(model.parameters(), lr=rate))


def lines(svg: str) -> dict[str, list[tuple[float, float]]]:
    found = re.findall(r'<path class="line (\w+)" d="M([^"]+)"', svg)
    return {
        name: [(float(x), float(y)) for x, y in (pair.split() for pair in path.split("L"))]
        for name, path in found
    }


def test_the_picture_tells_how_far_it_is() -> None:
    svg = training.picture(HISTORY, 0, 8).svg
    assert ">Epoch 4 of 8<" in svg
    bar, done = re.findall(r'class="(?:bar|done)" x="52" y="20" width="([\d.]+)"', svg)
    assert float(done) == float(bar) / 2
    ElementTree.fromstring(svg)


def test_the_picture_counts_from_where_it_began() -> None:
    assert ">Epoch 1 of 8<" in training.picture(HISTORY, 3, 8).svg


def test_the_lines_are_the_losses_on_one_scale() -> None:
    drawn = lines(training.picture(HISTORY, 0, 4).svg)
    assert [x for x, _ in drawn["train"]] == [52.0, 217.3, 382.7, 548.0]
    bottom = 196.0
    heights = {name: [bottom - y for _, y in points] for name, points in drawn.items()}
    assert heights["test"] == pytest.approx([156.0, 78.0, 52.0, 39.0], abs=0.1)
    assert heights["train"] == pytest.approx([78.0, 39.0, 26.0, 19.5], abs=0.1)


def test_without_a_test_set_there_is_one_line() -> None:
    history = [epoch._replace(test_loss=None) for epoch in HISTORY]
    assert list(lines(training.picture(history, 0, 4).svg)) == ["train"]


def test_before_the_first_epoch_there_is_no_line() -> None:
    svg = training.picture([], 0, 4).svg
    assert ">Epoch 0 of 4<" in svg
    assert lines(svg) == {}


def test_train_trains_and_shows_the_last_epoch(shown: Shown) -> None:
    made, alone = trainer(), trainer()
    training.train(made, 5)
    assert made.history == alone.run(5)
    assert ">Epoch 0 of 5<" in shown.pictures[0]
    assert ">Epoch 5 of 5<" in shown.pictures[-1]


def test_what_stops_a_training_leaves_the_last_picture(shown: Shown) -> None:
    made = trainer(rate=1e200)
    with pytest.raises(NonFiniteLossError):
        training.train(made, 50)
    assert f">Epoch {made.epochs} of 50<" in shown.pictures[-1]
