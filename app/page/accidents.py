"""The figure of the accidents: each beside the run as it should be, and what was changed for it."""

from app.page.language import say
from app.page.pair import Paired


class Accidents(Paired):
    method = "accident"

    def question(self):
        return {"name": self.inputs.chosen("accident")}

    def show(self, answer):
        self.part("says").textContent = answer["says"]
        self.part("before").textContent = answer["change"]["before"]
        self.part("after").textContent = answer["change"]["after"]
        self.part("before").hidden = answer["change"]["before"] == ""
        self.part("after").hidden = answer["change"]["after"] == ""
        self.part("where").textContent = {
            "engine": say("What is changed in the engine"),
            "program": say("What is changed in the program"),
        }[answer["change"]["where"]]
        self.show_pair(answer)
