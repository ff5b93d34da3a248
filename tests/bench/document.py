"""`make benchmarks`: measures start and training in a browser, and writes docs/benchmarks.md."""

import sys
from pathlib import Path

from tests.bench.compiled import measure_compiled
from tests.bench.start import measure_start
from tests.bench.table import describe_machine
from tests.browser.conftest import launch
from tests.browser.site import serve

FILE = Path(__file__).parents[2] / "docs" / "benchmarks.md"
BEGIN = """\
# Benchmarks

How fast the page starts, and how fast networks train in it. `make benchmarks` has measured and
written all of this in one run, on {machine}. Other machines give other
numbers.
"""


def main() -> None:
    with serve() as site, launch() as browser:
        machine = describe_machine(browser.version)
        tables = [*measure_start(browser), *measure_compiled(browser, site)]
    text = "\n\n".join([BEGIN.format(machine=machine).strip(), *(t.as_markdown() for t in tables)])
    FILE.write_text(f"{text}\n", encoding="utf-8")
    sys.stdout.write("\n\n".join([machine, *(table.as_text() for table in tables)]) + "\n")


main()
