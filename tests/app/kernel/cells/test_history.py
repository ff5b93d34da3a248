"""Which cells are out of date, and which have to be run first."""

import pytest

from app.kernel.cells.history import Ran, defined_in, out_of_date, to_run_first
from app.kernel.cells.uses import uses

TEXTS = [("A", "x = 1"), ("B", "y = x"), ("C", "z = y"), ("D", "w = 1")]


def ran(order: str, texts: list[tuple[str, str]] = TEXTS, failed: str = "") -> dict[str, Ran]:
    """Run cells in an order like "ABA"."""
    codes = dict(texts)
    last = {cell: number for number, cell in enumerate(order, 1)}
    return {
        cell: Ran(number, codes[cell], uses(codes[cell]), cell in failed)
        for cell, number in last.items()
    }


@pytest.mark.parametrize(
    ("order", "old"),
    [
        ("", ""),
        ("ABCD", ""),
        ("ABCDA", "BC"),  # B reads x, and C has y from B
        ("ABCDAB", "C"),
        ("ABCDABC", ""),
        ("ABCDB", "C"),
        ("ABCDC", ""),
        ("ABCDD", ""),
        ("AAB", ""),
        ("BA", "B"),  # B failed, or had its x from somewhere else
    ],
)
def test_a_cell_is_out_of_date_when_a_name_was_defined_again_since(order: str, old: str) -> None:
    assert out_of_date(ran(order), TEXTS) == list(old)


def test_a_cell_is_out_of_date_when_its_text_was_changed_and_so_are_those_that_use_it() -> None:
    texts = [("A", "x = 2"), *TEXTS[1:]]
    assert out_of_date(ran("ABCD"), texts) == ["A", "B", "C"]
    assert out_of_date(ran("BCD"), texts) == []  # A has not run


def test_a_cell_that_changes_its_own_name_is_not_out_of_date_by_itself() -> None:
    texts = [("A", "x = 1"), ("B", "x += 1"), ("C", "x")]
    assert out_of_date(ran("ABC", texts), texts) == []
    assert out_of_date(ran("ABCB", texts), texts) == ["C"]
    assert out_of_date(ran("ABCA", texts), texts) == ["B", "C"]


def test_out_of_date_speaks_of_cells_on_the_page_only() -> None:
    assert out_of_date(ran("ABA"), TEXTS[:1]) == []


def test_what_is_changed_inside_of_a_thing_makes_nothing_out_of_date() -> None:
    texts = [("A", "xs = []"), ("B", "len(xs)"), ("C", "xs.append(1)")]
    assert out_of_date(ran("ABC", texts), texts) == []


@pytest.mark.parametrize(
    ("order", "cell", "first"),
    [
        ("", "A", ""),
        ("", "B", "A"),
        ("", "C", "AB"),
        ("", "D", ""),
        ("AB", "C", ""),
        ("A", "C", "B"),
        ("B", "C", "AB"),  # B has to run again once A has
        ("ABA", "C", "B"),
        ("ABCD", "C", ""),
    ],
)
def test_to_run_first_is_what_the_names_of_a_cell_come_from(
    order: str, cell: str, first: str
) -> None:
    assert to_run_first(ran(order), TEXTS, cell) == list(first)


def test_to_run_first_takes_cells_that_failed_or_were_changed() -> None:
    assert to_run_first(ran("AB", failed="A"), TEXTS, "B") == ["A"]
    assert to_run_first(ran("AB"), [("A", "x = 2"), *TEXTS[1:]], "C") == ["A", "B"]


def test_to_run_first_looks_upwards_only_and_takes_the_nearest() -> None:
    texts = [("A", "x = 1"), ("B", "x = 2"), ("C", "x"), ("D", "x = 3")]
    assert to_run_first({}, texts, "C") == ["B"]
    texts[1] = ("B", "x += 1")
    assert to_run_first({}, texts, "C") == ["A", "B"]


def test_to_run_first_of_an_unknown_cell_raises() -> None:
    with pytest.raises(KeyError):
        to_run_first({}, TEXTS, "nowhere")


def test_defined_in_is_the_first_cell_that_defines_a_name() -> None:
    assert defined_in("y", TEXTS) == "B"
    assert defined_in("nothing", TEXTS) is None
