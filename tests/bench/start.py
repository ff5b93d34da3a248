"""The start of the built site, beside that of a stock PyScript page, and the budgets for it."""

import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from statistics import median
from typing import NamedTuple

from playwright.sync_api import Browser

from tests.bench.alone import make_alone
from tests.bench.host import Host, Network, open_host
from tests.bench.stock import ROOT, make_stock
from tests.bench.table import Table
from tests.bench.visit import Visit, visit

RUNS = 5
NEAR = Network("On this machine")
FAR = Network("Over 10 Mbit/s, 40 ms away", rate=10e6, latency=0.04)

COLD, WARM, KEPT, STOCK, STOCK_WARM, ALONE = (
    "first visit",
    "second visit",
    "second, no service worker",
    "stock PyScript, first",
    "stock PyScript, second",
    "Pyodide alone, first",
)
COLUMNS = [COLD, WARM, KEPT, STOCK, STOCK_WARM, ALONE]

Medians = dict[str, Visit]  # of each column


class Budget(NamedTuple):
    name: str
    column: str
    key: str
    limit: float
    unit: str  # s, KB or MB


SECOND, KILOBYTE, MEGABYTE = 1000, 1000, 1_000_000
UNITS = {"s": SECOND, "KB": KILOBYTE, "MB": MEGABYTE}
BUDGETS = [
    Budget("first paint with the figure, first visit", COLD, "figure", 0.5, "s"),
    Budget("page ready, first visit", COLD, "page", 0.6, "s"),
    Budget("kernel ready, first visit", COLD, "kernel", 1.6, "s"),
    Budget("kernel ready, second visit", WARM, "kernel", 0.8, "s"),
    Budget("the page's own files until it is ready", COLD, "own bytes until page", 400, "KB"),
    Budget("everything until the kernel is ready", COLD, "bytes until kernel", 5.5, "MB"),
]
FASTER = 3  # times, than stock PyScript

ROWS = [
    ("first contentful paint, ms", "paint"),
    ("first paint with the figure, ms", "figure"),
    ("largest contentful paint, ms", "largest"),
    ("page ready, ms", "page"),
    ("kernel ready, ms", "kernel"),
    ("total blocking time, ms", "blocked"),
    ("cumulative layout shift", "shift"),
    ("requests until page ready", "requests until page"),
    ("requests until kernel ready", "requests until kernel"),
    ("KB until page ready, the page's own", "own bytes until page"),
    ("KB until page ready, the kernel's too", "bytes until page"),
    ("KB until kernel ready", "bytes until kernel"),
]


def measure_start(browser: Browser) -> list[Table]:
    with tempfile.TemporaryDirectory() as folder:
        site, stock, alone = (Path(folder, name) for name in ("site", "stock", "alone"))
        make_site(site)
        make_stock(stock)
        make_alone(alone, site)
        near, encodings = _measure(browser, [site, stock, alone], NEAR)
        far, _ = _measure(browser, [site, stock, alone], FAR)
    return [
        table_of_budgets(near),
        table_of_visits(near, NEAR.name, f"Sent with the encoding {encodings}. {NOTE_NEAR}"),
        table_of_visits(far, FAR.name, NOTE_FAR),
    ]


def make_site(out: Path) -> None:
    """Build the site as `make site` does, into another folder."""
    command = ["node", "static/build/site.js", "--out", str(out)]
    subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.DEVNULL)


def _measure(browser: Browser, folders: list[Path], network: Network) -> tuple[Medians, str]:
    """Visit the pages by turns; return the median of each figure, and how files were encoded."""
    visits: dict[str, list[Visit]] = {column: [] for column in COLUMNS}
    with ExitStack() as stack:
        hosts = [stack.enter_context(open_host(folder, network)) for folder in folders]
        for _ in range(RUNS):
            for column, seen in _visits(browser, *hosts):
                visits[column].append(seen)
    medians = {
        column: {key: median(seen[key] for seen in every) for key in every[0]}
        for column, every in visits.items()
    }
    return medians, " and ".join(sorted(set().union(*(host.encodings for host in hosts))))


def _visits(browser: Browser, ours: Host, theirs: Host, alone: Host) -> Iterator[tuple[str, Visit]]:
    with browser.new_context() as context:
        yield COLD, visit(context, ours)
        yield WARM, visit(context, ours)
    with browser.new_context(service_workers="block") as context:
        visit(context, ours)
        yield KEPT, visit(context, ours)
    with browser.new_context() as context:
        yield STOCK, visit(context, theirs, with_page=False)
        yield STOCK_WARM, visit(context, theirs, with_page=False)
    with browser.new_context() as context:
        yield ALONE, visit(context, alone, with_page=False)


def table_of_budgets(medians: Medians) -> Table:
    rows = [_budget_row(budget, medians[budget.column]) for budget in BUDGETS]
    for name, ours, stock in [("first", COLD, STOCK), ("second", WARM, STOCK_WARM)]:
        times = medians[stock]["kernel"] / medians[ours]["kernel"]
        what = f"kernel ready, times faster than stock PyScript, {name} visit"
        rows.insert(-2, [what, f"at least {FASTER}", f"{times:.1f}", _word(times >= FASTER)])
    least = medians[STOCK]["kernel"] / medians[ALONE]["kernel"]
    note = f"{NOTE} {NOTE_ALONE.format(least=least)}"
    return Table("Lighthouse-style figures", note, ["what", "budget", "measured", "met"], rows)


def _budget_row(budget: Budget, seen: Visit) -> list[str]:
    measured = seen[budget.key] / UNITS[budget.unit]
    digits = 0 if budget.unit == "KB" else 2
    limit = f"under {budget.limit:g} {budget.unit}"
    shown = f"{measured:,.{digits}f} {budget.unit}"
    return [budget.name, limit, shown, _word(measured < budget.limit)]


def _word(is_met: bool) -> str:
    return "yes" if is_met else "no"


def table_of_visits(medians: Medians, name: str, note: str) -> Table:
    rows = [[what, *(_cell(medians[column], key) for column in COLUMNS)] for what, key in ROWS]
    return Table(f"The start: {name[0].lower()}{name[1:]}", note, ["", *COLUMNS], rows)


def _cell(seen: Visit, key: str) -> str:
    if key not in seen:
        return ""
    if "bytes" in key:
        return f"{seen[key] / KILOBYTE:,.0f}"
    return f"{seen[key]:.3f}" if key == "shift" else f"{seen[key]:,.0f}"


NOTE = (
    f"Medians of {RUNS} visits to the built site on this machine, each in a new context of the "
    "browser, and the budgets that were set for them. The page's own files are all but Pyodide, "
    "its library and the kernel's Python, which come at the same time, for the worker. Sizes "
    "are of everything that the server sent, headers too."
)
NOTE_ALONE = (
    "At a first visit, Pyodide alone, in a worker of an empty page and with our compiled library, "
    "is {least:.1f} times faster than stock PyScript. It starts Python from nothing; our kernel "
    "begins with a memory that comes along, and has the page beside it."
)
NOTE_NEAR = (
    "The server sends the compressed files and the headers that `make site` has made, over "
    "HTTP/1.1. A second visit comes when the service worker has kept the page, and needs no "
    "network; without a service worker the browser has what it kept by itself. Stock PyScript "
    'is a page with `<script type="py" worker>`: the files of PyScript and Pyodide as npm has '
    "them, and our engine, compressed and kept in the same way, from a server that isolates the "
    "page, so that its worker may share memory. It is ready when its Python has done one "
    "`backward()`. Pyodide alone is what our kernel begins with where the memory is no good, and "
    "nothing of ours in it."
)
NOTE_FAR = (
    "The same. The server itself is slow: all its connections together, the workers' too, carry "
    "so many bits, and each request waits so long."
)
