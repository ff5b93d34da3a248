"""Rows of a benchmark: a name, and what several runs measured."""

import os
import platform
from statistics import median
from typing import NamedTuple

Row = tuple[str, list[float]]


class Table(NamedTuple):
    """What is printed in columns; the cells are texts."""

    title: str
    note: str
    columns: list[str]
    rows: list[list[str]]

    def as_text(self) -> str:
        widths = [max(map(len, column)) for column in zip(self.columns, *self.rows)]
        lines = [
            "  " + "  ".join(_aligned(cell, width, k) for k, (cell, width) in enumerate(cells))
            for cells in (zip(row, widths) for row in (self.columns, *self.rows))
        ]
        return "\n".join([self.title, *lines])

    def as_markdown(self) -> str:
        are_numbers = [_is_number(column[-1]) for column in zip(*self.rows)]
        rule = ["--:" if is_number else "---" for is_number in are_numbers]
        lines = ["| " + " | ".join(row) + " |" for row in (self.columns, rule, *self.rows)]
        return "\n".join([f"## {self.title}", "", self.note, "", *lines])


def _is_number(cell: str) -> bool:
    return cell[:1].isdigit()


def _aligned(cell: str, width: int, column: int) -> str:
    return cell.rjust(width) if column and _is_number(cell) else cell.ljust(width)


def show_table(rows: list[Row]) -> None:
    for name, runs in rows:
        shown = " ".join(f"{run:.0f}" for run in sorted(runs)[:12])
        print(f"  {name:<34}{median(runs):>8.1f}   ({shown}{' …' if len(runs) > 12 else ''})")


def show_totals(rows: list[Row]) -> None:
    """Like `show_table`, for runs over different things, where the sum tells more than each."""
    for name, runs in rows:
        print(f"  {name:<34}{sum(runs):>8.1f} in all, median {median(runs):.2f}")


def describe_machine(browser: str) -> str:
    cpus = os.cpu_count()
    return f"{platform.system()} {platform.machine()}, {cpus} cores, Chromium {browser}"
