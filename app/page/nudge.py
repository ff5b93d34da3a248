"""The figure of a nudge: a curve with its tangent, what was measured, and the derivative."""

from app.page import browser
from app.page.figure import Figure


class Nudge(Figure):
    method = "nudge"

    def question(self):
        numbers = self.inputs.numbers()
        return {
            "op": self.inputs.chosen("operation"),
            "nudged": self.inputs.chosen("nudged"),
            "exponent": numbers.pop("h"),
            "inputs": numbers,
        }

    def show(self, answer):
        self.inputs.offer(answer["inputs"])
        browser.set_markup(self.part("curve"), answer["svg"])
        for name in ("h", "quotient", "slope", "gap", "says"):
            self.part(name).textContent = answer[name]
        for place in browser.find_all(self.element, "[data-nudged-name]"):
            place.textContent = answer["name"]
