"""Engines with a fault."""

from pathlib import Path

import pytest

import micrograd.engine
from app.kernel.engines import FAULTS, Fault, change, faulty, source

ENGINE = Path(micrograd.engine.__file__).read_text(encoding="utf-8")


@pytest.mark.parametrize("name", FAULTS)
def test_source_differs_from_the_engine_in_one_place(name: str) -> None:
    before, after = ENGINE.splitlines(), source(name).splitlines()
    changed = [i for i, (old, new) in enumerate(zip(before, after, strict=True)) if old != new]
    assert changed
    assert changed[-1] - changed[0] < len(FAULTS[name].before.splitlines())


@pytest.mark.parametrize("name", FAULTS)
def test_faulty_is_an_engine_of_its_own_under_a_name_of_its_own(name: str) -> None:
    value_class = faulty(name).Value
    assert value_class is not micrograd.engine.Value
    assert value_class.backward.__code__.co_filename == f"{name}/engine.py"
    a = value_class(3.0)
    (a * 2 + 1).backward()  # a tree: here neither fault does harm
    assert a.grad == 2.0


def test_faulty_overwrite_keeps_the_last_contribution_alone() -> None:
    a = faulty("overwrite").Value(3.0)
    (a * a + a).backward()
    assert a.grad in (1.0, 3.0)  # 2a + 1 = 7


def test_faulty_no_order_is_right_while_nobody_is_passed_twice() -> None:
    a = faulty("no order").Value(3.0)
    b = a + a
    (b + b).backward()
    assert a.grad == 4.0


def test_faulty_no_order_is_wrong_where_a_longer_way_comes_later() -> None:
    a = faulty("no order").Value(3.0)
    b = a + a
    (b + (b + b)).backward()
    assert a.grad == 2.0  # 6, had b waited for b + b


@pytest.mark.parametrize(("text", "count"), [("", 0), ("x x", 2)])
def test_change_wants_exactly_one_place(text: str, count: int) -> None:
    says = f"the lines to be changed are in engine.py {count} times, not once"
    with pytest.raises(ValueError, match=says):
        change(text, Fault("x", "y"))
