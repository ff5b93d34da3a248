"""What every live figure does: ask the kernel after each change, and show the newest answer."""

from app.page import browser
from app.page.inputs import Inputs
from app.page.latest import Latest
from app.page.problem import words_of


class Figure:
    """A figure that one method of the kernel answers. Subclasses say how to ask and to show."""

    method = ""

    def __init__(self, element):
        self.element = element
        self.answered = False
        self.inputs = Inputs(element, self.request)
        self.latest = Latest(self.ask, self.take, self.fail)
        browser.on_kernel_state(self.on_kernel)

    def part(self, name):
        return self.element.querySelector('[data-part="' + name + '"]')

    def on_kernel(self, state):
        if state == "ready" and not self.answered:
            self.answered = True  # it is about to be; until then, "ready" is told once more
            self.request()
        if state in ("loading", "stopped"):
            self.answered = False  # a new kernel: whatever is shown, ask it again

    def request(self):
        if browser.kernel_state() in ("ready", "busy"):
            self.latest.request(self.question())

    async def ask(self, question):
        return await browser.call(self.method, question)

    def take(self, answer):
        """Show an answer; one that is only a problem leaves what is drawn, but dimmed."""
        self.answered = True
        self.say_problem(answer.get("problem", ""))
        self.element.toggleAttribute("data-stale", "problem" in answer)
        if "problem" not in answer:
            self.show(answer)

    def ask_again(self):
        """Another engine is in force: its numbers may be others."""
        self.request()

    def fail(self, error):
        """Say what the kernel said. What is drawn stays: it was right for its own inputs."""
        self.say_problem(words_of(error))

    def spawn(self, coroutine):
        """Let what a reader does run by itself; say it where it gets no answer."""
        browser.spawn(self.attempt(coroutine))

    async def attempt(self, coroutine):
        try:
            await coroutine
        except browser.NoAnswerError as error:
            self.fail(error)

    def say_problem(self, sentence):
        problem = self.part("problem")
        problem.textContent = sentence
        problem.hidden = sentence == ""
