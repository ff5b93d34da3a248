"""Questions that change faster than they are answered."""

import asyncio
from collections.abc import Coroutine
from typing import Any

import pytest

from app.page.latest import Latest


class Kernel:
    """Answers by hand: every `ask` waits until the test gives it an answer or an error."""

    def __init__(self) -> None:
        self.asked: list[Any] = []
        self.shown: list[Any] = []
        self.failed: list[str] = []
        self._answers: list[asyncio.Future[Any]] = []
        self.latest = Latest(self._ask, self.shown.append, lambda e: self.failed.append(str(e)))

    async def _ask(self, request: Any) -> Any:
        self.asked.append(request)
        self._answers.append(asyncio.get_running_loop().create_future())
        return await self._answers[-1]

    async def request(self, *requests: Any) -> None:
        for request in requests:
            self.latest.request(request)
        await settle()

    async def answer(self, answer: Any) -> None:
        self._answers[-1].set_result(answer)
        await settle()

    async def break_with(self, message: str) -> None:
        self._answers[-1].set_exception(RuntimeError(message))
        await settle()


async def settle() -> None:
    for _ in range(5):
        await asyncio.sleep(0)


def run(test: Coroutine[Any, Any, None]) -> None:
    asyncio.run(asyncio.wait_for(test, timeout=5))


def test_request_is_asked_and_its_answer_is_shown() -> None:
    async def test() -> None:
        kernel = Kernel()
        await kernel.request("a")
        assert (kernel.asked, kernel.shown) == (["a"], [])
        await kernel.answer("A")
        assert (kernel.asked, kernel.shown, kernel.failed) == (["a"], ["A"], [])

    run(test())


def test_request_waits_while_another_is_under_way() -> None:
    async def test() -> None:
        kernel = Kernel()
        await kernel.request("a")
        await kernel.request("b")
        assert kernel.asked == ["a"]
        await kernel.answer("A")
        assert kernel.asked == ["a", "b"]

    run(test())


def test_newest_request_replaces_those_that_wait() -> None:
    async def test() -> None:
        kernel = Kernel()
        await kernel.request("a")
        await kernel.request("b", "c", "d")
        await kernel.answer("A")
        await kernel.answer("D")
        assert (kernel.asked, kernel.shown) == (["a", "d"], ["A", "D"])

    run(test())


def test_requests_of_one_moment_are_asked_once() -> None:
    async def test() -> None:
        kernel = Kernel()
        await kernel.request("a", "b", "c")
        assert kernel.asked == ["c"]

    run(test())


def test_request_after_an_answer_is_asked_again() -> None:
    async def test() -> None:
        kernel = Kernel()
        for request in ("a", "b", "b"):
            await kernel.request(request)
            await kernel.answer(request.upper())
        assert (kernel.asked, kernel.shown) == (["a", "b", "b"], ["A", "B", "B"])

    run(test())


def test_burst_of_100_requests_is_asked_a_few_times_and_ends_with_the_last() -> None:
    asked, shown = [], []

    async def ask(request: int) -> int:
        asked.append(request)
        for _ in range(30):  # as long as 30 requests take to come
            await asyncio.sleep(0)
        return request * 10

    async def test() -> None:
        latest = Latest(ask, shown.append, pytest.fail)
        for i in range(100):
            latest.request(i)
            await asyncio.sleep(0)
        await latest._task
        assert len(asked) <= 5
        assert asked == sorted(asked)
        assert asked[-1] == 99
        assert shown == [request * 10 for request in asked]

    run(test())


def test_failure_is_told() -> None:
    async def test() -> None:
        kernel = Kernel()
        await kernel.request("a")
        await kernel.break_with("no number")
        assert (kernel.shown, kernel.failed) == ([], ["no number"])

    run(test())


def test_failure_is_not_told_when_something_newer_waits() -> None:
    async def test() -> None:
        kernel = Kernel()
        await kernel.request("a")
        await kernel.request("b")
        await kernel.break_with("no number")
        await kernel.answer("B")
        assert (kernel.shown, kernel.failed) == (["B"], [])

    run(test())


def test_request_after_a_failure_is_asked() -> None:
    async def test() -> None:
        kernel = Kernel()
        await kernel.request("a")
        await kernel.break_with("no number")
        await kernel.request("b")
        await kernel.answer("B")
        assert (kernel.shown, kernel.failed) == (["B"], ["no number"])

    run(test())


def test_request_made_while_an_answer_is_shown_is_asked_next() -> None:
    async def test() -> None:
        kernel = Kernel()
        kernel.latest.show = lambda answer: (
            kernel.shown.append(answer),
            kernel.latest.request("b") if answer == "A" else None,
        )
        await kernel.request("a")
        await kernel.answer("A")
        await kernel.answer("B")
        assert (kernel.asked, kernel.shown) == (["a", "b"], ["A", "B"])

    run(test())


def test_request_after_a_drawing_that_broke_is_asked() -> None:
    def show(answer: str) -> None:
        raise ZeroDivisionError("in the drawing")

    async def test() -> None:
        kernel = Kernel()
        kernel.latest.show = show
        await kernel.request("a")
        await kernel.answer("A")
        with pytest.raises(ZeroDivisionError, match="in the drawing"):
            await kernel.latest._task  # so that a console shows it
        await kernel.request("b")
        assert (kernel.asked, kernel.failed) == (["a", "b"], [])

    run(test())
