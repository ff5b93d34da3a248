"""What is shown of a training: arrays that fit together, and texts with the numbers."""

from __future__ import annotations

import math

import pytest

from app.kernel.training.frame import COARSE, FINE, frame, view, watched
from app.kernel.training.grid import grid, nearest_targets
from tests.app.kernel.training.test_session import begin


def test_a_frame_has_a_picture_of_each_neuron_and_a_large_one_of_the_output() -> None:
    session = begin("samples=40&networkShape=3,2")
    shown = frame(session, moves=False)
    arrays, drawn = shown["arrays"], shown["drawn"]
    assert len(arrays["neurons"]) == 6 * COARSE * COARSE
    assert (len(arrays["plane"]), drawn["fine"]) == (FINE * FINE, FINE)
    assert len(arrays["weights"]) == len(arrays["gradients"]) == 3 * 3 + 2 * 4 + 3
    assert drawn["level"] == 0.0
    assert drawn["texts"]["epoch"] == "0"


def test_while_it_moves_the_plane_is_as_coarse_as_the_neurons() -> None:
    session = begin()
    shown = frame(session, moves=True)
    assert shown["arrays"]["plane"] == shown["arrays"]["neurons"][-COARSE * COARSE :]


def test_the_plane_is_what_the_model_gives_in_the_middle_of_each_cell() -> None:
    session = begin()
    plane = frame(session, moves=True)["arrays"]["plane"]
    cell = 12 / COARSE  # from -6 to 6
    x, y = -6 + 5.5 * cell, 6 - 2.5 * cell  # the third line, the sixth column
    output = session.model([x, y])
    assert not isinstance(output, list)
    assert plane[2 * COARSE + 5] == pytest.approx(output.data, rel=1e-6)


def test_a_neuron_can_be_the_large_picture() -> None:
    session = begin()
    shown = frame(session, moves=True, shown=1)
    n = COARSE * COARSE
    assert shown["arrays"]["plane"] == shown["arrays"]["neurons"][n : 2 * n]
    assert shown["drawn"]["level"] is None  # a boundary is the output's


def test_pictures_of_gradients_are_those_of_the_nearest_rows_target() -> None:
    session = begin("samples=40&networkShape=3&picture=gradient")
    plane = frame(session, moves=True)["arrays"]["plane"]
    point, target = grid(session.rows, COARSE)[700], nearest_targets(session.rows, COARSE)[700]
    *_, (output,) = session.model.activations(point)
    session.trainer.loss([output], [target]).backward()
    assert plane[700] == pytest.approx(output.grad, rel=1e-6)


def test_nearest_targets_are_the_rows_own_where_a_row_is() -> None:
    session = begin("dataset=gauss&samples=40")  # 1 up right, -1 down left
    targets = nearest_targets(session.rows, 10)
    assert targets[9] == 1.0  # the corner at the top right
    assert targets[90] == -1.0
    assert set(targets) == {1.0, -1.0}


def test_confusion_counts_every_row_of_the_test_set() -> None:
    texts = frame(begin(), moves=True)["drawn"]["texts"]
    assert sum(int(texts[name]) for name in ("c00", "c01", "c10", "c11")) == 20


def test_a_regression_has_neither_a_boundary_nor_counts() -> None:
    shown = frame(begin("problem=regression&samples=40"), moves=True)["drawn"]
    assert shown["level"] is None
    assert shown["texts"]["test_accuracy"] == "–"
    assert "c00" not in shown["texts"]


def test_a_parameter_is_told_with_its_gradient() -> None:
    session = begin()
    session.parameters[2].data, session.parameters[2].grad = 0.5, -0.25
    assert watched(session, 2) == "layers.0.neurons.0.b: 0.5, gradient −0.25"


def test_the_view_has_all_rows_and_where_each_layers_parameters_are() -> None:
    seen = view(begin("samples=40&networkShape=3"))
    assert seen["layers"] == [(0, 9), (9, 13)]
    assert len(seen["rows"]["x"]) == 40
    assert sum(seen["rows"]["isTest"]) == 20
    assert seen["domain"] == [-6.0, 6.0, -6.0, 6.0]
    assert seen["svg"].count("data-neuron") == 4


def test_pictures_of_numbers_that_are_not_finite_have_a_scale() -> None:
    session = begin("samples=40&networkShape=3&activation=relu")
    session.parameters[0].data = math.inf
    scales = frame(session, moves=True)["arrays"]["scales"]
    assert all(math.isfinite(x) and x > 0 for x in scales)
