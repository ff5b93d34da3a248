"""The section "Values and operations": its inputs go to the kernel, the kernel's answer to its figures."""

from app.page import browser
from app.page.latest import Latest
from app.page.player import Player
from app.page.stage import Stage

class Operations:
    def __init__(self, section):
        self.section = section
        self.graph = self.part("graph")
        self.player = Player(Stage(self.graph), self.show_step)
        self.latest = Latest(self.ask, self.show, self.fail)
        self.shape = ""  # what is drawn now
        self.narration = []
        self.lines = []
        self.cell = browser.show_source(self.part("cell"), "The cell")
        self.engine = browser.show_source(self.part("engine"), "micrograd/engine.py")
        self.connect()

    def part(self, name):
        return self.section.querySelector('[data-part="' + name + '"]')

    def connect(self):
        browser.on(self.section, "input", self.on_input)
        for button in browser.find_all(self.section, "[data-transport] button"):
            browser.on(button, "click", self.on_transport)
        browser.on_kernel_state(self.on_kernel)
        if browser.kernel_state() == "ready":
            self.on_kernel("ready")

    # Messages from the page.

    def on_input(self, event):
        field = event.target
        name = field.getAttribute("data-input")
        if name and self.is_number(field):
            for twin in browser.find_all(self.section, '[data-input="' + name + '"]'):
                if not twin.isSameNode(field):
                    twin.value = field.value
        self.request()

    def is_number(self, field):
        """Tell whether a number stands in the field; if not, say so below it."""
        good = field.value != ""
        problem = self.part("problem-" + field.getAttribute("data-input"))
        if problem:
            problem.hidden = good
        field.setAttribute("aria-invalid", "false" if good else "true")
        return good

    def on_transport(self, event):
        name = event.currentTarget.getAttribute("data-action")
        if name == "toggle":
            name = "pause" if self.player.playing else "play"
        getattr(self.player, name)()

    def on_kernel(self, state):
        if state == "ready" and not self.shape:
            self.request()
            browser.spawn(self.show_engine())

    # To the kernel and back.

    def request(self):
        if browser.kernel_state() in ("ready", "busy"):
            self.latest.request(self.settings())

    def settings(self):
        chosen = self.section.querySelector('[name="operation"]:checked')
        nudged = self.section.querySelector('[name="nudged"]:checked')
        return {
            "op": chosen.value,
            "inputs": {name: self.value(name) for name in ("a", "b")},
            "nudged": nudged.value,
            "exponent": self.value("h"),
        }

    def value(self, name):
        """Return the last good number of an input, as text."""
        for field in browser.find_all(self.section, '[data-input="' + name + '"]'):
            if field.value != "":
                return field.value

    async def ask(self, request):
        request["drawn"] = self.shape
        return await browser.call("operate", request)

    async def show_engine(self):
        answer = await browser.call("engine_source", {})
        self.engine.show(answer["text"])
        self.show_step()

    def fail(self, error):
        self.part("narration").textContent = str(error)

    # What is shown.

    def show(self, answer):
        self.narration = answer["narration"]
        self.cell.show(answer["code"])
        if "svg" in answer:
            self.show_figure(answer)
        for number in answer["numbers"]:
            place = self.graph.querySelector(number["place"])
            place.textContent = number["text"]
            place.setAttribute("data-exact", number["exact"])
        self.part("formulas").innerHTML = "".join(
            "<p>" + formula + "</p>" for formula in answer["formulas"]
        )
        self.show_nudge(answer["nudge"])
        self.show_step()

    def show_figure(self, answer):
        self.shape = answer["shape"]
        self.lines = answer["lines"]
        self.graph.innerHTML = answer["svg"]
        self.player.stage.load(answer["steps"])
        for field in browser.find_all(self.section, "[data-for-b]"):
            field.hidden = "b" not in answer["inputs"]
        steps = len(answer["steps"])
        self.player.load(steps, answer["forward_steps"], steps)

    def show_nudge(self, nudge):
        self.part("slope").innerHTML = nudge["svg"]
        for name in ("quotient", "slope", "gap", "says", "h"):
            self.part("nudge-" + name).textContent = nudge[name]
        for place in browser.find_all(self.section, "[data-nudged-name]"):
            place.textContent = nudge["name"]

    def show_step(self):
        step = self.player.step
        figure = self.graph.closest("[data-figure]")
        figure.setAttribute("data-step", str(step))
        figure.setAttribute("data-steps", str(self.player.steps))
        if self.narration:
            text = self.narration[step - 1] if step else "Nothing has been computed yet."
            self.part("narration").textContent = text
            line = self.lines[step - 1] if step else {"cell": None, "engine": None}
            self.cell.light(line["cell"])
            self.engine.light(line["engine"])
        self.show_buttons()

    def show_buttons(self):
        player = self.player
        toggle = self.section.querySelector('[data-action="toggle"]')
        toggle.textContent = "Pause" if player.playing else "Play"
        for action, off in (("step_back", player.step == 0), ("step_forward", player.step == player.steps)):
            self.section.querySelector('[data-action="' + action + '"]').setAttribute(
                "aria-disabled", "true" if off else "false"
            )
