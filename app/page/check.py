"""The figure of a gradient check: the smallest example that goes wrong, and a table of all."""

from app.page import browser
from app.page.pair import Paired


class Check(Paired):
    method = "check_gradients"

    def __init__(self, element):
        super().__init__(element)
        browser.on(self.part("only"), "change", self.on_only)

    def question(self):
        return {}

    def on_kernel(self, state):
        """A new kernel has another engine; nobody has asked for a check of it."""
        if state in ("loading", "stopped"):
            self.hide()

    def hide(self):
        self.element.hidden = True

    def fail(self, error):
        self.element.hidden = False
        for part in ("example", "table"):
            self.part(part).hidden = True
        self.part("says").textContent = ""
        super().fail(error)

    def show(self, answer):
        self.element.hidden = False
        self.part("says").textContent = answer["says"]
        self.part("says").setAttribute("data-right", answer["passes"])
        self.part("counts").textContent = answer["counts"]
        browser.fill_rows(self.part("rows"), answer["rows"])
        self.part("only").checked = answer["wrong_rows"] > 0
        self.part("table").hidden = not answer["rows"]
        self.on_only(None)
        self.part("example").hidden = "code" not in answer
        self.part("graphs").hidden = not answer["mark"]
        if answer["mark"]:
            self.show_pair(answer)
        else:
            self.part("code").textContent = answer.get("code", "")

    def on_only(self, event):
        """Show only the rows that are not right, or all."""
        self.part("table").toggleAttribute("data-only", self.part("only").checked)
