"""The figure of one operation: its graph and passes, and its formulas with the live numbers."""

from app.page.traced import Traced


class Operation(Traced):
    method = "operate"

    def question(self):
        numbers = self.inputs.numbers()
        operation = self.inputs.chosen("operation")
        return {"op": operation, "inputs": numbers, "drawn": self.shape}

    def show(self, answer):
        self.inputs.offer(answer["inputs"])
        formulas = ["<p>" + formula + "</p>" for formula in answer["formulas"]]
        self.part("formulas").innerHTML = "".join(formulas)
        super().show(answer)
