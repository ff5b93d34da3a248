"""The figure of backpropagation: the chain rule at each step, and questions to answer before it."""

from app.page import browser
from app.page.graph import Graph
from app.page.language import with_point
from app.page.latest import Latest
from app.page.nudging import Nudging


class Backpropagation(Graph):
    passes = "both"

    def __init__(self, element):
        self.stages = Latest(self.ask_stages, self.show_stages, self.fail)
        self.stages_of = None  # the step whose stages were asked for last
        self.asked = None  # the question that waits for an answer
        super().__init__(element)
        self.player.ask(self.practice() != "watch")
        for radio in browser.find_all(element, "[data-practice]"):
            browser.on(radio, "change", self.on_practice)
        browser.on(self.part("predict"), "submit", self.on_answer)
        browser.on(self.frame, "click", self.on_choice)
        browser.on(self.frame, "keydown", self.on_choice)
        self.nudge = Nudging(self, self.fail)

    def first_step(self, answer):
        """Show a new figure after its forward pass: the gradients are what is to come."""
        return answer["forward_steps"]

    # The chain rule.

    def show(self, answer):
        self.stages_of = None  # the numbers in it may have changed
        super().show(answer)
        self.nudge.offer([leaf["name"] for leaf in answer["leaves"]])

    def show_new(self, answer):
        self.asked = None  # the question is about another graph, also at the same step
        super().show_new(answer)

    def show_step(self):
        super().show_step()
        if self.player.steps and self.stages_of != self.player.step:
            self.stages_of = self.player.step
            self.stages.request({"figure": self.name, "step": self.player.step})
        if self.player.arrived == self.player.step:
            self.ask_question()
            self.nudge.show_comparison()

    async def ask_stages(self, request):
        return await browser.call("chain_rule", request)

    def show_stages(self, answer):
        lines = ["<p>" + stage + "</p>" for stage in answer["stages"]]
        browser.set_markup(self.part("stages"), "".join(lines))
        self.part("no-stages").hidden = len(lines) > 0

    # Practice: predict the number, or choose the node, before the step is made.

    def practice(self):
        """Return what comes before each step: "watch", "predict" or "choose"."""
        return self.element.querySelector("[data-practice]:checked").value

    def on_practice(self, event):
        self.asked = None
        self.say_verdict("")
        self.player.ask(self.practice() != "watch")
        self.ask_question()

    def say_verdict(self, sentence, is_right=None):
        verdict = self.part("verdict")
        verdict.textContent = sentence
        verdict.setAttribute("data-right", {None: "", True: "yes", False: "no"}[is_right])

    def ask_question(self):
        """Ask about the step that comes next, once for each."""
        practice = self.practice()
        self.part("predict").hidden = practice != "predict"
        self.part("choose").hidden = practice != "choose"
        if self.asked != (self.player.step, practice):
            self.asked = (self.player.step, practice)
            self.forget_verdict()
            if practice == "predict":
                self.spawn(self.predict())

    def forget_verdict(self):
        """Clear what was said to the question before; a "Right" may be read until the end."""
        is_right = self.part("verdict").getAttribute("data-right") == "yes"
        if not is_right or self.player.step == self.player.steps:
            self.say_verdict("")

    async def predict(self):
        answer = await browser.call("predict", {"figure": self.name, "step": self.player.step})
        self.part("question").textContent = answer["question"]
        self.part("answer").value = ""
        self.part("predict-row").hidden = not answer["asks"]

    def on_answer(self, event):
        event.preventDefault()
        self.spawn(self.judge(with_point(self.part("answer").value)))

    async def judge(self, text):
        request = {"figure": self.name, "step": self.player.step, "answer": text}
        verdict = await browser.call("judge", request)
        self.say_verdict(verdict["says"], verdict["right"])
        if verdict["right"]:
            self.player.step_forward()

    def on_leaf(self, node):
        if self.practice() == "choose":
            self.spawn(self.choose(node))
        else:
            super().on_leaf(node)

    def on_choice(self, event):
        """A node was clicked, or Enter pressed on it. Leaves tell of that themselves."""
        node = event.target.closest("[data-node]:not(.editable)")
        is_meant = self.practice() == "choose" and getattr(event, "key", "Enter") == "Enter"
        if node and is_meant and not event.target.closest("[data-switch]"):
            self.spawn(self.choose(int(node.getAttribute("data-node"))))

    async def choose(self, node):
        request = {"figure": self.name, "step": self.player.step, "node": node}
        verdict = await browser.call("choose", request)
        self.say_verdict(verdict["says"], verdict["right"])
        if verdict["right"]:
            self.player.play_until(verdict["until"])
