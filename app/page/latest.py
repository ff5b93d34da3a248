"""Asks for answers while the question keeps changing: a slider that is being dragged."""

import asyncio


class Latest:
    """Sends one request at a time, always the newest, so that answers are shown in order.

    `ask` is awaited with a request; `show` gets its answer, `fail` its exception. A request that
    comes while another is under way waits, and replaces any that waited before it.
    """

    def __init__(self, ask, show, fail):
        self.ask = ask
        self.show = show
        self.fail = fail
        self._waiting = None
        self._asking = False
        self._task = None

    def request(self, request):
        self._waiting = request
        if not self._asking:
            self._asking = True
            self._task = asyncio.create_task(self._answer_all())

    async def _answer_all(self):
        try:
            while self._waiting is not None:
                await self._answer_one()
        finally:
            self._asking = False  # also when `show` raises: the next request is asked all the same

    async def _answer_one(self):
        request, self._waiting = self._waiting, None
        try:
            answer = await self.ask(request)
        except Exception as error:
            if self._waiting is None:
                self.fail(error)
            return
        self.show(answer)
