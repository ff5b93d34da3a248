"""The figure of the accidents: each beside the run as it should be, and what was changed for it."""

from app.page.language import say
from app.page.pair import Paired


class Accidents(Paired):
    method = "accident"

    def question(self):
        return {"name": self.inputs.chosen("accident")}

    def show(self, answer):
        self.part("says").textContent = answer["says"]
        self.show_code("before", say("without"), answer["change"]["before"])
        self.show_code("after", say("with"), answer["change"]["after"])
        self.part("where").textContent = {
            "engine": say("What is changed in the engine"),
            "program": say("What is changed in the program"),
        }[answer["change"]["where"]]
        self.show_pair(answer)

    def show_code(self, name, caption, code):
        """Show what stood or stands there, if anything; figure.css shows the caption above it."""
        self.part(name).setAttribute("data-caption", caption)
        self.part(name).textContent = code
        self.part(name).hidden = code == ""
