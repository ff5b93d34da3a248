"""Rows from data sets, points and tables, and the features of a point."""

from __future__ import annotations

import math

import pytest

from app.kernel.gone import GoneError
from app.kernel.training.features import compile_features, features_of
from app.kernel.training.rows import Rows, make_rows
from app.kernel.training.settings import read

POINTS = [(1.0, 2.0, 1.0), (-1.0, 0.5, -1.0), (0.0, 3.0, 5.0)]


def made(query: str, points: list[tuple[float, float, float]] | None = None, csv: str = "") -> Rows:
    rows = make_rows(read(query)[0], points or [], csv)
    assert isinstance(rows, Rows), rows
    return rows


def refused(query: str, csv: str = "") -> str:
    told = make_rows(read(query)[0], [], csv)
    assert isinstance(told, str)
    return told


@pytest.mark.parametrize("name", ["circle", "xor", "gauss", "spiral", "moons"])
def test_a_data_set_is_split_and_stands_on_the_plane(name: str) -> None:
    rows = made(f"dataset={name}&samples=100&percTrainData=70")
    assert rows.test is not None
    assert (len(rows.train), len(rows.test), rows.width) == (70, 30, 2)
    assert set(rows.train.targets) == {-1.0, 1.0}
    inside = [abs(x) <= 6 and abs(y) <= 6 for x, y in rows.raw]
    assert sum(inside) > 90


def test_a_row_for_testing_comes_after_those_for_training() -> None:
    rows = made("samples=20")
    assert rows.test is not None
    assert rows.row(0) == (rows.train.inputs[0], rows.train.targets[0])
    assert rows.row(10) == (rows.test.inputs[0], rows.test.targets[0])


def test_a_row_that_is_not_there_is_a_sentence() -> None:
    for rows in (made("samples=20"), made("dataset=lecture")):
        with pytest.raises(GoneError, match="These data have no row 21: choose a point"):
            rows.row(20)


REGRESSION = "problem=regression&dataset=own&regDataset="


def test_a_regression_is_about_its_own_data_set_whatever_the_other_one_is() -> None:
    table = "x1,x2,y\n" + "".join(f"{100 + i},{i},{i}.5\n" for i in range(20))
    rows = made(f"{REGRESSION}csv", csv=table)
    left, right, *_ = rows.domain
    assert left < 100 < 119 < right
    assert [x for x, _ in rows.raw] != [100.0 + i for i in range(20)]  # it is shuffled


def test_points_that_were_drawn_stay_in_their_order_and_are_all_for_training() -> None:
    points = [(float(i % 5), float(i), float(i)) for i in range(14)]
    rows = made("problem=regression&dataset=csv&regDataset=own", points)
    assert rows.raw == [[x, y] for x, y, _ in points]
    assert rows.test is None


def test_features_are_computed_of_each_row_and_each_place() -> None:
    rows = made("samples=20&xSquared=true&sinY=true&custom=x1*x2%2B1")
    (x, y), inputs = rows.raw[3], rows.train.inputs[3]
    assert inputs == [x, y, x * x, math.sin(y), x * y + 1]
    assert rows.inputs_at(x, y) == inputs
    assert rows.names == ["x₁", "x₂", "x₁²", "sin x₂", "x1*x2+1"]
    assert rows.formulas == ["x1", "x2", "x1 * x1", "sin(x2)", "x1 * x2 + 1"]


@pytest.mark.parametrize(
    ("custom", "says"),
    [
        ("x1 +", "it is no Python expression"),
        ("__import__('os')", "It can have x1, x2"),
        ("x1.real", "It can have x1, x2"),
        ("(lambda: 1)()", "It can have x1, x2"),
        ("[x1][0]", "It can have x1, x2"),
        ("'a'", "It can have x1, x2"),
        ("x3", "x3 is unknown"),
        ("9**9**9**9", "It has no value"),
        ("1/(x1-x1)", "It has no value"),
        ("log(-1-x1*x1)", "It has no value"),
        ("exp(999)", "It has no value"),
        ("x1+" * 100 + "1", "more than 200 characters"),
    ],
)
def test_an_expression_that_cannot_be_is_told(custom: str, says: str) -> None:
    settings = read("samples=20")[0]
    object.__setattr__(settings, "custom", custom)
    told = make_rows(settings, [], "")
    assert isinstance(told, str)
    assert says in told


def test_no_feature_at_all_is_told() -> None:
    assert refused("x=false&y=false").startswith("A network needs something to see")


def test_own_points_are_all_for_training_and_told_by_their_sign() -> None:
    rows = made("dataset=own", POINTS)
    assert rows.test is None
    assert rows.train.targets == [1.0, -1.0, 1.0]


def test_own_points_of_a_regression_keep_their_targets() -> None:
    rows = made("problem=regression&regDataset=own", POINTS)
    assert rows.train.targets == [1.0, -1.0, 5.0]


def test_points_that_are_not_there_yet_are_asked_for() -> None:
    assert refused("dataset=own").startswith("There is no point yet: press Draw points")


def test_a_table_of_two_columns_has_features_and_a_plane_of_its_own() -> None:
    rows = made("dataset=csv&xSquared=true", csv="a,b,y\n10,100,0\n20,300,1\n15,200,1\n")
    assert rows.width == 3
    assert sorted(rows.train.targets) == [-1.0, 1.0, 1.0]
    left, right, bottom, top = rows.domain
    assert (left, right) == (8.5, 21.5)  # 15 % of the width on both sides
    assert (bottom, top) == (70.0, 330.0)


def test_a_table_of_more_columns_shows_the_first_two_and_the_middle_of_the_others() -> None:
    rows = made("dataset=csv", csv="1,2,3,0\n2,3,5,1\n4,4,10,1\n")
    assert (rows.width, rows.formulas) == (3, [])
    assert rows.inputs_at(7.0, 8.0) == [7.0, 8.0, 6.0]


def test_the_bad_line_of_a_table_is_named() -> None:
    assert refused("dataset=csv", "a,b,y\n1,2,1\n2,x,1") == (
        "Line 3, column 2 (b): 'x' is not a number."
    )


def test_more_than_two_classes_and_numbers_are_told_apart() -> None:
    three = "\n".join(f"{i},{i},{i % 3}" for i in range(9))
    assert refused("dataset=csv", three).startswith("There are more than two classes")
    numbers = "\n".join(f"{i},{i},{i / 2}" for i in range(9))
    assert "choose the problem Regression" in refused("dataset=csv", numbers)
    assert made("problem=regression&regDataset=csv", csv=numbers).train.task == "regression"


def test_cross_entropy_gets_classes() -> None:
    assert made("loss=bce&samples=20").train.task == "classes"


def test_the_four_rows_of_the_lecture_have_three_inputs() -> None:
    rows = made("dataset=lecture")
    assert (rows.width, len(rows.train), rows.test) == (3, 4, None)


def test_compiled_features_have_floats_only() -> None:
    compute = compile_features(features_of(read("x=false&y=false&custom=7**300")[0]))
    assert not isinstance(compute, str)
    assert compute(0.0, 0.0) == [7.0**300]


@pytest.mark.parametrize("table", ["1,2,1\n-1e31,3,2\n", "1,2,1e308\n3,4,2\n", "1e200,1\n2,3\n"])
def test_numbers_of_which_no_picture_can_be_made_are_refused(table: str) -> None:
    assert "is too large to be trained on" in refused("problem=regression&regDataset=csv", table)


def test_a_formula_of_the_visitors_stands_on_one_line_in_programs() -> None:
    assert made("samples=10&custom=(x1 %23 one%0A%2B x2)").formulas[-1] == "x1 + x2"
