"""Settings as they stand in an address: read, changed and written; bad ones are told."""

from __future__ import annotations

import pytest

from app.kernel.training.settings import (
    BY_KEY,
    DEFAULTS,
    SETTINGS,
    as_data,
    change,
    describe,
    read,
    write,
)

# A link as TensorFlow Playground makes it.
PLAYGROUND = (
    "#activation=relu&regularization=L2&batchSize=20&dataset=xor&regDataset=reg-gauss"
    "&learningRate=0.1&regularizationRate=0.003&noise=15&networkShape=6,5,2&seed=0.71204"
    "&showTestData=true&discretize=true&percTrainData=70&x=true&y=false&xTimesY=true"
    "&xSquared=true&ySquared=false&cosX=false&sinX=true&cosY=false&sinY=false"
    "&collectStats=false&problem=classification&initZero=false&hideText=false"
    "&learningRate_hide=true"
)


def test_a_link_of_the_playground_is_understood() -> None:
    settings, problems = read(PLAYGROUND)
    assert problems == []
    assert settings.activations == ("relu", "relu", "relu")
    assert (settings.regularization, settings.regularization_rate) == ("L2", 0.003)
    assert (settings.batch_size, settings.dataset, settings.noise) == (20, "xor", 15.0)
    assert settings.network_shape == (6, 5, 2)
    assert (settings.x, settings.y, settings.x_times_y, settings.sin_x) == (True, False, True, True)
    assert (settings.perc_train_data, settings.show_test_data) == (70, True)
    assert settings.hidden == {"learningRate"}


def test_init_zero_of_the_playground_is_an_initialisation_here() -> None:
    assert read("initZero=true")[0].init == "zero"


def test_nothing_is_the_defaults_and_they_are_written_as_nothing() -> None:
    assert read("") == (DEFAULTS, [])
    assert write(DEFAULTS) == ""


def test_a_regression_has_as_many_rows_as_in_the_playground() -> None:
    assert read("problem=regression")[0].samples == 1200
    assert read("problem=regression&samples=50")[0].samples == 50


@pytest.mark.parametrize(
    "query",
    [PLAYGROUND, "networkShape=", "custom=sin(x1)%2Bx2*2", "learningRate=0.00001&optimiser=adamw"],
)
def test_what_is_written_is_read_again(query: str) -> None:
    settings, _ = read(query)
    assert read(write(settings)) == (settings, [])


@pytest.mark.parametrize(
    ("query", "says"),
    [
        ("learningRate=fast", "Learning rate cannot be 'fast': it is a number."),
        ("learningRate=11", "Learning rate cannot be '11': it goes from 1e-05 to 10."),
        ("learningRate=nan", "Learning rate cannot be 'nan': it goes from 1e-05 to 10."),
        (
            "batchSize=2.5",
            "Batch size (0: all) cannot be '2.5': it is a whole number from 0 to 5000.",
        ),
        ("batchSize=inf", "Batch size (0: all) cannot be 'inf'"),
        ("samples=inf", "cannot be 'inf': it is a whole number from "),
        ("samples=nan", "cannot be 'nan': it is a whole number from "),
        ("networkShape=4,99", "Hidden layers cannot be '4,99': it is a whole number from 1 to 16."),
        ("networkShape=1,1,1,1,1,1,1,1,1", "there are at most 8 hidden layers"),
        ("activation=swish", "'swish' is none of relu, tanh, sigmoid, linear"),
        ("dataset=cats", "Data set cannot be 'cats': choose one of circle"),
        ("x=maybe", "x₁ cannot be 'maybe': it is true or false."),
    ],
)
def test_what_cannot_be_is_told_and_the_default_stays(query: str, says: str) -> None:
    settings, problems = read(query)
    assert settings == DEFAULTS
    assert len(problems) == 1
    assert says in problems[0]


def test_change_changes_one_setting_or_says_why_not() -> None:
    settings, problems = change(DEFAULTS, "learningRate", "0.3")
    assert (settings.learning_rate, problems) == (0.3, [])
    same, problems = change(settings, "learningRate", "x")
    assert same == settings
    assert problems


def test_a_layer_more_gets_the_activation_of_the_last() -> None:
    settings, _ = change(read("activation=relu,tanh")[0], "networkShape", "4,2,3")
    assert settings.activations == ("relu", "tanh", "tanh")


def test_a_loss_of_classes_gives_way_in_a_regression() -> None:
    assert read("loss=bce&problem=regression")[0].loss == "squared"


def test_the_table_has_each_setting_once_with_its_field() -> None:
    assert len(BY_KEY) == len(SETTINGS) == len(describe()) == len(as_data(DEFAULTS))
    for row in describe():
        if row["control"] == "select":
            assert as_data(DEFAULTS)[row["key"]] in [value for value, _ in row["choices"]]
