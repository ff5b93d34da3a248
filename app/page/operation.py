"""The figure of one operation: its graph, its passes, its formulas, and the source that ran."""

from app.page import browser
from app.page.figure import Figure
from app.page.player import Player
from app.page.stage import Stage


class Operation(Figure):
    method = "operate"

    def __init__(self, element):
        self.shape = ""  # what is drawn now
        self.narration = []
        self.lines = []
        self.graph = element.querySelector('[data-part="graph"]')
        self.player = Player(Stage(self.graph), self.show_step)
        super().__init__(element)
        self.cell = browser.show_source(self.part("cell"), "The cell that ran")
        self.engine = browser.show_source(self.part("engine"), "micrograd/engine.py")
        for button in self.buttons():
            browser.on(button, "click", self.on_button)

    def buttons(self):
        return browser.find_all(self.element, "[data-action]")

    def on_button(self, event):
        action = event.currentTarget.getAttribute("data-action")
        if self.player.steps:
            getattr(self.player, action)()

    def question(self):
        numbers = self.inputs.numbers()
        return {"op": self.inputs.chosen("operation"), "inputs": numbers, "drawn": self.shape}

    def show(self, answer):
        self.narration = answer["narration"]
        self.cell.show(answer["code"])
        if "svg" in answer:
            self.show_graph(answer)
        for number in answer["numbers"]:
            place = self.graph.querySelector(number["place"])
            place.textContent = number["text"]
            place.setAttribute("data-exact", number["exact"])
        formulas = ["<p>" + formula + "</p>" for formula in answer["formulas"]]
        self.part("formulas").innerHTML = "".join(formulas)
        self.show_step()

    def show_graph(self, answer):
        """Draw another graph. Both passes have run, so it is shown as it is after the last step."""
        if not self.shape:
            browser.spawn(self.show_engine())
        self.shape = answer["shape"]
        self.lines = answer["lines"]
        self.graph.innerHTML = answer["svg"]
        self.inputs.offer(answer["inputs"])
        self.player.stage.load(answer["steps"])
        steps = len(answer["steps"])
        self.player.load(steps, answer["forward_steps"], steps)

    async def show_engine(self):
        answer = await browser.call("engine_source", {})
        self.engine.show(answer["text"])

    def show_step(self):
        step = self.player.step
        self.element.setAttribute("data-step", str(step))
        self.element.setAttribute("data-steps", str(self.player.steps))
        line = self.lines[step - 1] if step else {"cell": None, "engine": None}
        self.part("narration").textContent = (
            self.narration[step - 1] if step else "Nothing has been computed yet."
        )
        self.cell.light(line["cell"])
        self.engine.light(line["engine"])
        self.show_buttons()

    def show_buttons(self):
        player = self.player
        off = {"step_back": player.step == 0, "step_forward": player.step == player.steps}
        for button in self.buttons():
            action = button.getAttribute("data-action")
            button.setAttribute("aria-disabled", "true" if off.get(action) else "false")
            if action == "toggle":
                button.textContent = "Pause" if player.playing else "Play"
