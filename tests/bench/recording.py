"""What recording costs: an MLP forward on ten samples and backward, watched and not."""

import gc
from collections.abc import Callable
from statistics import median
from time import perf_counter

from app.kernel.recorder import Recorder
from micrograd.engine import Value
from micrograd.nn import MLP
from tests.bench.table import Row

RUNS = 15
SAMPLES = [(i / 10, 1 - i / 10) for i in range(10)]


def measure_recording() -> list[Row]:
    """Measure in a process that has not recorded yet: a class that was changed could stay slow."""
    before = _times(_train)
    while_recording = _times(_record)
    after = _times(_train)
    for _ in range(1000):  # from about 3.13 on, Python optimises a class for so many changes only
        _record_a_little()
    long_after = _times(_train)
    return [
        ("before any recording", before),
        ("while recording", while_recording),
        (f"after {RUNS} ({_ratio(after, before)} of before)", after),
        (f"after 1000 ({_ratio(long_after, before)} of before)", long_after),
    ]


def _times(run: Callable[[], None]) -> list[float]:
    return [_time(run) for _ in range(RUNS)]


def _time(run: Callable[[], None]) -> float:
    gc.collect()
    start = perf_counter()
    run()
    return 1000 * (perf_counter() - start)


def _ratio(these: list[float], those: list[float]) -> str:
    return f"{median(these) / median(those):.0%}"


def _train() -> None:
    network = MLP(2, [16, 16, 1], seed=0)
    errors = [(network(x) - 1) ** 2 for x in SAMPLES]  # type: ignore[operator]
    sum(errors, Value(0)).backward()


def _record() -> None:
    with Recorder(Value):
        _train()


def _record_a_little() -> None:
    with Recorder(Value):
        (Value(2) * 3).backward()
