"""What every test can ask for."""

import difflib
import signal
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings

from tests.built import build

BROWSER = "tests/browser/"
SNAPSHOTS = Path(__file__).parent / "snapshots"

# The same examples each time, whatever the machine is doing; `make fuzz` looks at new ones.
settings.register_profile("suite", derandomize=True, database=None, deadline=None)
settings.register_profile("fuzz", max_examples=400, deadline=None, print_blob=True)
settings.load_profile("suite")

if (
    signal.getsignal(signal.SIGINT) == signal.SIG_IGN
):  # in a job in the background, where Ctrl+C is not heard
    signal.signal(signal.SIGINT, signal.default_int_handler)


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--update", action="store_true", help="rewrite the snapshots in tests/")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with the tests without a browser: after one, Python's event loop is another."""
    items.sort(key=lambda item: item.nodeid.startswith(BROWSER))


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> Any:
    """Give all tests without a browser to the first process, and file by file the rest to both."""
    from xdist.scheduler import LoadFileScheduling

    class Scheduling(LoadFileScheduling):
        def _split_scope(self, nodeid: str) -> str:
            return super()._split_scope(nodeid) if nodeid.startswith(BROWSER) else "tests"

    return Scheduling(config, log)


@pytest.fixture(scope="session")
def dist(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What `make site` writes. It is for all tests: who changes it takes a copy."""
    out = tmp_path_factory.mktemp("site") / "dist"
    build(out)
    return out


@pytest.fixture
def snapshot(request: pytest.FixtureRequest) -> Callable[[str, str], None]:
    """Compare a text with the file of this name in tests/snapshots/, or rewrite the file."""

    def compare(name: str, text: str) -> None:
        file = SNAPSHOTS / name
        if request.config.getoption("--update"):
            file.parent.mkdir(exist_ok=True)
            file.write_text(text + "\n", encoding="utf-8")
            return
        before = file.read_text(encoding="utf-8") if file.is_file() else ""
        if before != text + "\n":
            pytest.fail(_difference(name, before, text + "\n"), pytrace=False)

    return compare


def _difference(name: str, before: str, now: str) -> str:
    lines = difflib.unified_diff(
        before.splitlines(), now.splitlines(), f"tests/snapshots/{name}", "now", lineterm="", n=1
    )
    return "\n".join(
        [
            f"{name} is drawn differently now.",
            "If that is what you want, rewrite the snapshots, and look at them: pytest --update",
            "",
            *[line[:160] for line in lines][:40],
        ]
    )
