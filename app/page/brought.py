"""What a visitor brings and takes away: points, tables, weights, programs, pictures."""

from app.page import browser
from app.page.kept import are_points, is_text
from app.page.language import say

POINTS = "training-points"
TABLE = "training-table"


def has_own_points(settings):
    """Tell whether the points of a training are those that a visitor has drawn."""
    problem = settings["problem"]
    return settings["dataset" if problem == "classification" else "regDataset"] == "own"


class Brought:
    def __init__(self, training):
        self.training = training
        self.points = []  # x, y and target of each point that was drawn
        self.is_drawing = False
        element = training.element
        for name in ("csv", "json"):
            browser.on(self.part(name), "change", self.on_file)
        for button in browser.find_all(element, "[data-export]"):
            browser.on(button, "click", self.on_export)
        browser.panel.onDrop(training.part("plane"), browser.callback(self.on_drop))

    def part(self, name):
        return self.training.part(name)

    async def kept(self):
        """Return what was brought at an earlier visit, for the kernel."""
        self.points = await browser.kept(POINTS, are_points) or []
        return {"points": self.points, "csv": await browser.kept(TABLE, is_text) or ""}

    # Points.

    def draw(self):
        """Begin or end to draw: each click on the plane is a point."""
        self.is_drawing = not self.is_drawing
        self.training.button("draw").setAttribute("aria-pressed", str(self.is_drawing).lower())
        self.part("drawing").hidden = not self.is_drawing
        self.training.stage.plane.setMode("draw" if self.is_drawing else "pick")
        if self.is_drawing and self.points:
            self.send()

    def add(self, place):
        """Add a point; the first ones need both targets before there is anything to be learnt."""
        text = self.part("target").value
        if text == "":
            self.training.say_problem(say("Type a target for the point, such as 1 or -1."))
            return
        self.points.append([place[0], place[1], float(text)])
        self.send()

    def move(self, place):
        row, x, y = place
        if row < len(self.points):
            self.points[row] = [x, y, self.points[row][2]]
            self.send()

    def clear_points(self):
        self.points = []
        browser.forget(POINTS)
        key, text = "dataset", "circle"
        if self.training.settings["problem"] == "regression":
            key, text = "regDataset", "reg-plane"
        self.training.do("training_set", {"key": key, "text": text})

    def send(self):
        browser.keep(POINTS, self.points)
        self.training.ask_latest("points", "training_points", {"points": self.points})

    # Files.

    def choose_csv(self):
        self.part("csv").click()

    def choose_json(self):
        self.part("json").click()

    def on_file(self, event):
        browser.spawn(self.read(event.currentTarget))

    async def read(self, field):
        _, text = await browser.read_file(field)
        if field.getAttribute("data-part") == "csv":
            await self.take_table(text)
        else:
            await self.training.ask("training_load", {"text": text})

    def on_drop(self, text):
        browser.spawn(self.take_table(text))

    async def take_table(self, text):
        self.training.stage.pause()
        answer = await self.training.ask("training_csv", {"text": text})
        if answer and not answer["problems"]:
            browser.keep(TABLE, text)

    def on_export(self, event):
        what = event.currentTarget.getAttribute("data-export")
        browser.spawn(self.export(what))

    async def export(self, what):
        answer = await self.training.told("training_export", {"what": what})
        if answer:
            browser.export.saveText(answer["text"], answer["name"])

    def plane_png(self):
        self.training.stage.savePlane()

    def network_svg(self):
        self.training.stage.saveNetwork()

    def chart_png(self):
        self.training.stage.saveChart("png")

    def chart_svg(self):
        self.training.stage.saveChart("svg")

    def copy_link(self):
        browser.spawn(self.copy())

    async def copy(self):
        answer = await self.training.told("training_link", {})
        if not answer:
            return
        link = browser.panel.addressWith(answer["query"])
        try:
            await browser.copy_text(link)
            self.part("state").textContent = say("The link is on the clipboard, weights included.")
        except Exception:  # then the visitor can
            field = self.part("link")
            field.value = link
            field.hidden = False
            field.select()
