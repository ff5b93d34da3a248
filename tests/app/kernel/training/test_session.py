"""A training that is walked about in: on, back, with changes, and to its ends."""

from __future__ import annotations

import time
from typing import Any

import pytest

from app.kernel.training.rows import Rows, make_rows
from app.kernel.training.session import Session
from app.kernel.training.settings import change, read


def rows_of(session_settings: Any) -> Rows:
    made = make_rows(session_settings, [], "")
    assert isinstance(made, Rows), made
    return made


def begin(query: str = "samples=40&networkShape=3") -> Session:
    settings, problems = read(query)
    assert problems == []
    return Session(settings, rows_of(settings))


def weights(session: Session) -> list[float]:
    return [p.data for p in session.parameters]


def test_run_epochs_ends_where_an_epoch_ends() -> None:
    session = begin()  # 20 rows for training, in batches of 10
    session.run(1)
    session.run_epochs(1)
    assert (session.trainer.steps, session.trainer.epochs) == (2, 1)
    session.run_epochs(3)
    assert (session.trainer.steps, session.trainer.epochs) == (8, 4)


def test_a_sample_is_a_step_of_its_own() -> None:
    session = begin()
    before = weights(session)
    session.run_sample()
    assert session.trainer.steps == 1
    assert session.trainer.rows_left == 19
    assert weights(session) != before
    after = weights(session)
    session.run(1)
    session.seek(1)
    assert weights(session) == after


def test_a_step_of_a_sample_that_is_interrupted_leaves_the_batches_as_they_were(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def interrupt(steps: int) -> None:
        raise KeyboardInterrupt

    session = begin()
    before = session.trainer.batch_size, session.trainer.compile
    monkeypatch.setattr(session.trainer, "run_steps", interrupt)
    with pytest.raises(KeyboardInterrupt):
        session.run_sample()
    assert (session.trainer.batch_size, session.trainer.compile) == before


def test_back_by_an_epoch_goes_to_the_end_of_the_one_before() -> None:
    session = begin()
    session.run(5)  # in the middle of the third epoch
    session.back("epoch")
    assert session.trainer.steps == 4
    session.back("epoch")
    assert session.trainer.steps == 2
    session.back("batch")
    assert session.trainer.steps == 1
    session.back("epoch")
    assert session.trainer.steps == 0


def test_it_stops_at_an_epoch_and_can_go_on() -> None:
    session = begin("samples=40&networkShape=3&stopEpoch=3")
    session.advance(seconds=5)
    assert (session.trainer.epochs, session.reached) == (3, "Epoch 3 is over.")
    session.run(1)
    assert session.trainer.steps == 7


def test_it_stops_at_the_very_epoch_whose_loss_is_small_enough() -> None:
    session = begin("dataset=gauss&samples=100&networkShape=2&stopLoss=0.05")
    session.advance(seconds=10)
    last, before = session.curve.last, session.curve.before(session.curve.last.step)
    assert session.trainer.steps == last.step
    assert before is not None
    assert last.train_loss <= 0.05 < before.train_loss
    assert session.reached == f"The loss of epoch {last.epoch} is 0.05 or less."


def test_a_loss_that_is_not_finite_ends_it_and_one_can_go_back() -> None:
    session = begin(
        "problem=regression&samples=40&networkShape=3&activation=linear&learningRate=10"
    )
    session.advance(seconds=10)
    assert session.failure is not None
    assert "stopped in step" in str(session.failure)
    session.seek(0)
    assert session.failure is None


def test_an_edit_holds_from_there_on() -> None:
    session = begin()
    session.run(3)
    session.edit(0, 2.5)
    assert weights(session)[0] == 2.5
    session.run(2)
    session.seek(2)
    assert weights(session)[0] != 2.5
    session.seek(3)
    assert weights(session)[0] == 2.5


@pytest.mark.parametrize(
    ("key", "text"),
    [
        ("learningRate", "0.3"),
        ("optimiser", "adam"),
        ("regularization", "L1"),
        ("batchSize", "5"),
        ("schedule", "linear"),
        ("loss", "mae"),
    ],
)
def test_a_setting_changes_while_it_trains_and_the_past_keeps_the_old_one(
    key: str, text: str
) -> None:
    session = begin("samples=40&networkShape=3&regularizationRate=0.1")
    session.run(4)
    settings, problems = change(session.settings, key, text)
    assert problems == []
    session.change(settings)
    session.run(4)
    seen = weights(session)
    unchanged = begin("samples=40&networkShape=3&regularizationRate=0.1")
    unchanged.run(4)
    at_four = weights(unchanged)
    unchanged.run(4)
    assert seen != weights(unchanged)
    session.seek(4)
    assert weights(session) == at_four
    session.seek(8)
    assert weights(session) == seen


def test_other_rows_may_come_while_it_trains() -> None:
    session = begin()
    session.run(3)
    settings, _ = change(session.settings, "dataset", "xor")
    session.change_rows(settings, rows_of(settings))
    session.run_epochs(2)
    assert session.rows.train is session.trainer.train
    session.seek(2)
    assert session.trainer.steps == 2


def test_weights_are_taken_over_with_the_number_of_the_epoch() -> None:
    trained, session = begin(), begin()
    trained.run_epochs(5)
    session.load(weights(trained), 5)
    assert weights(session) == weights(trained)
    assert session.curve.last.epoch == 5
    session.run_epochs(1)
    assert session.curve.last.epoch == 6


def test_the_first_losses_are_those_that_the_trainer_measures() -> None:
    session = begin()
    first = session.curve.epochs()[0]
    assert session.rows.test is not None
    train = session.trainer.evaluate(session.rows.train)
    test = session.trainer.evaluate(session.rows.test)
    assert (first.train_loss, first.train_accuracy) == (pytest.approx(train[0]), train[1])
    assert (first.test_loss, first.test_accuracy) == (pytest.approx(test[0]), test[1])


def test_advance_takes_about_as_long_as_it_is_given() -> None:
    session = begin()
    session.advance(seconds=0.05)
    before, began = session.trainer.steps, time.perf_counter()
    session.advance(seconds=0.05)
    assert session.trainer.steps > before
    assert time.perf_counter() - began < 1
