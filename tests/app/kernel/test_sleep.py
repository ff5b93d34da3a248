"""A `time.sleep` in slices."""

import time

import pytest

from app.kernel.sleep import interruptible_sleep, sleep


@pytest.mark.parametrize("seconds", [0.02, 0, 0.001])
def test_sleep_takes_as_long_as_it_should(seconds: float) -> None:
    begin = time.monotonic()
    sleep(seconds)
    assert seconds <= time.monotonic() - begin < seconds + 0.5


@pytest.mark.parametrize("wrong", [-1, "1", None, float("nan")])
def test_sleep_refuses_what_time_sleep_refuses(wrong: object) -> None:
    with pytest.raises((TypeError, ValueError)):
        sleep(wrong)  # type: ignore[arg-type]


def test_interruptible_sleep_is_there_for_a_while() -> None:
    before = time.sleep
    with interruptible_sleep():
        assert time.sleep is sleep
    assert time.sleep is before
