"""Rows of a benchmark: a name, and what several runs measured."""

import os
import platform
from statistics import median

Row = tuple[str, list[float]]


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
