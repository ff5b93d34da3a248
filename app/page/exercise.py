"""A cell with an exercise: a task, checks that say what is wrong, hints, and a solution."""

from app.page import browser
from app.page.cell import Cell
from app.page.kept import has_text, is_true
from app.page.language import say
from app.page.problem import words_of


class Exercise(Cell):
    def __init__(self, lesson, element):
        super().__init__(lesson, element)
        self.exercise = element.getAttribute("data-exercise")
        self.hints = []
        self.given = 0  # how many hints
        self.solved_key = "solved:" + self.exercise
        self.part("exercise").hidden = self.part("answering").hidden = False
        self.asked = False
        self.arriving = None  # the task that brings a solution
        browser.on_kernel_state(self.on_kernel)

    # The task comes with Python: it stands in the exercise's own file.

    def on_kernel(self, state):
        if state == "ready" and not self.asked:
            self.asked = True
            browser.spawn(self.fetch())

    async def fetch(self):
        try:
            told = await browser.call("exercise", {"name": self.exercise})
        except Exception:  # Python has ended meanwhile: the next one will tell
            self.asked = False
            return
        self.part("task-title").textContent = told["title"]
        self.part("task").textContent = told["task"]
        self.hints = told["hints"]
        kept = await browser.kept(self.key, has_text)
        self.author = told["start"]
        if kept:
            self.take_kept(kept)
        elif self.text == "":
            self.editor.setText(self.author)
        if await browser.kept(self.solved_key, is_true):
            self.say_verdict(say("Solved."), True)

    async def restore(self):
        """What was kept is taken over with the task."""

    def keep(self):
        if self.author != "":  # else it is not there yet
            super().keep()

    # What a visitor does.

    def check(self):
        browser.spawn(self.check_now())

    async def check_now(self):
        """Run the cell, and check what it has defined: a solution, if that is on its way."""
        if self.arriving:
            await self.arriving
        self.say_verdict("")
        if not await self.run_now():
            return
        self.begin_call()
        request = {"lesson": self.lesson.name, "name": self.exercise}
        try:
            found = await browser.call("check_answer", request, self.on_print)
        except Exception as error:
            found = {"says": words_of(error), "passed": False}
        self.end()
        self.say_verdict(found["says"], found["passed"])
        if found["passed"]:
            browser.keep(self.solved_key, True)

    def hint(self):
        """Give one hint more; after the last one, a solution can be seen."""
        self.given = min(self.given + 1, len(self.hints))
        hints = browser.to_json(self.hints[: self.given])
        browser.cell.fillList(self.part("hints"), hints)
        is_last = self.given == len(self.hints)
        self.button("hint").hidden = is_last
        self.button("solution").hidden = not is_last

    def solution(self):
        self.arriving = browser.spawn(self.show_solution())

    async def show_solution(self):
        """Put a solution into the editor; undo brings back what stood there."""
        answer = await browser.call("solution", {"name": self.exercise})
        self.editor.setText(answer["code"])
        self.say_verdict(say("This is one solution. Undo in the editor brings back your own."))

    def say_verdict(self, sentence, is_right=None):
        verdict = self.part("answer-verdict")
        verdict.textContent = sentence
        verdict.setAttribute("data-right", {None: "", True: "yes", False: "no"}[is_right])
