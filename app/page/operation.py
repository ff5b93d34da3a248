"""The figure of one operation: its graph and passes, and its formulas with the live numbers."""

from app.page import browser
from app.page.traced import Traced


class Operation(Traced):
    """The first figure of the page may be there before it: static/first.js hands it over."""

    method = "operate"

    def __init__(self, element):
        super().__init__(element)
        self.shape = self.begun.shape
        if self.shape:
            self.player.go_on(self.begun)

    def make_picture(self, frame):
        self.begun = browser.first.handOver(frame)
        return self.begun.picture

    def question(self):
        numbers = self.inputs.numbers()
        operation = self.inputs.chosen("operation")
        return {"op": operation, "inputs": numbers}

    def show(self, answer):
        self.element.removeAttribute("data-first")
        self.inputs.offer(answer["inputs"])
        formulas = ["<p>" + formula + "</p>" for formula in answer["formulas"]]
        browser.set_markup(self.part("formulas"), "".join(formulas))
        super().show(answer)
