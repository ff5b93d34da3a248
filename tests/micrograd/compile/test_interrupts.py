"""An interrupt waits for the end of a block that must not be left half done."""

import signal
import threading

import pytest

from micrograd.compile.interrupts import held_back


def test_an_interrupt_is_raised_at_the_end_and_seen_before() -> None:
    seen = []

    def work() -> None:
        with held_back() as interrupts:
            seen.append(interrupts.is_waiting)
            signal.raise_signal(signal.SIGINT)
            seen.append(interrupts.is_waiting)

    with pytest.raises(KeyboardInterrupt):
        work()
    assert seen == [False, True]


def test_without_an_interrupt_nothing_happens_and_the_handler_is_put_back() -> None:
    before = signal.getsignal(signal.SIGINT)
    with held_back() as interrupts:
        assert signal.getsignal(signal.SIGINT) is not before
    assert not interrupts.is_waiting
    assert signal.getsignal(signal.SIGINT) is before


def test_an_error_goes_before_an_interrupt() -> None:
    before = signal.getsignal(signal.SIGINT)
    with pytest.raises(ValueError, match="mine"), held_back():
        raise ValueError("mine")
    assert signal.getsignal(signal.SIGINT) is before


def test_another_thread_has_no_interrupts_to_hold_back() -> None:
    seen = []

    def work() -> None:
        with held_back() as interrupts:
            seen.append(interrupts.is_waiting)

    thread = threading.Thread(target=work)
    thread.start()
    thread.join()
    assert seen == [False]
