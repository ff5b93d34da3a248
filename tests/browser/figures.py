"""What browser tests do with a figure, in a visitor's terms."""

import re
import time

import pytest
from playwright.sync_api import Locator, Page, expect


def press(figure: Locator, name: str) -> None:
    figure.get_by_role("button", name=name, exact=True).click()


def show_example(figure: Locator, name: str) -> None:
    """Choose an example, and wait until its graph has taken the place of the one before."""
    drawing = figure.locator("svg.graph")
    drawing.evaluate("svg => svg.classList.add('before')")
    press(figure, name)
    expect(figure.locator("svg.graph:not(.before)")).to_be_attached()


def number(figure: Locator, node: int, role: str) -> Locator:
    """Find the place of a node's number: its `data` or its `grad`."""
    return figure.locator(f"[data-node='{node}'] [data-role={role}]")


def local(figure: Locator, operand: int, node: int, slot: int) -> Locator:
    """Find the place of the local derivative on an edge."""
    return figure.locator(f"[data-edge='{operand}-{node}-{slot}'] [data-role=local]")


def expect_number(place: Locator, expected: float) -> None:
    """Wait until a place shows the number, and compare it to the last bit or nearly so.

    The browser's and this machine's libraries may differ in the last bit of tanh, exp, log and pow.
    """
    expect(place).to_have_attribute("data-exact", re.compile(re.escape(str(expected)[:9])))
    shown = float(place.get_attribute("data-exact") or "")
    assert shown == pytest.approx(expected, rel=1e-15, abs=0, nan_ok=True)


def wait_until(place: Page | Locator, condition: str, seconds: float = 10) -> None:
    """Ask a page or an element until JavaScript answers with something true.

    Playwright's own way lets the page evaluate a text again and again, which its policy forbids.
    """
    end = time.monotonic() + seconds
    while not place.evaluate(condition):
        assert time.monotonic() < end, f"never true: {condition}"
        time.sleep(0.01)


def expect_step(figure: Locator, step: int) -> None:
    expect(figure).to_have_attribute("data-step", str(step))
