"""A figure of a trace: its picture, its steps, a sentence for each, and the lines that ran."""

from app.page import browser
from app.page.figure import Figure
from app.page.language import say
from app.page.player import Player
from app.page.stage import Stage
from app.page.transport import Transport


class Traced(Figure):
    """Subclasses say what they ask the kernel, and what else they show."""

    def __init__(self, element):
        graph = element.querySelector('[data-part="graph"]')
        self.picture = self.make_picture(graph)
        self.shape = ""  # what is drawn now
        self.player = Player(Stage(self.picture), self.show_step)
        self.transport = Transport(element, self.player)
        self.cell = self.source(element, "cell", say("The cell that ran"))
        self.engine = self.source(element, "engine", "micrograd/engine.py")
        self.has_engine = False
        super().__init__(element)

    def make_picture(self, frame):
        return browser.make_picture(frame)

    def source(self, element, name, label):
        """Make a view of source where the figure has a place for it."""
        place = element.querySelector('[data-part="' + name + '"]')
        return browser.show_source(place, label) if place else None

    async def ask(self, question):
        question["drawn"] = self.shape  # as it is now: an older answer may have come meanwhile
        return await super().ask(question)

    def show(self, answer):
        if self.cell:
            self.cell.show(answer["code"])
        if self.engine and not self.has_engine:
            self.has_engine = True
            browser.spawn(self.show_engine())
        self.picture.show(answer["pictures"].graph)
        if "steps" in answer:
            self.shape = answer["shape"]
            self.show_new(answer)
        self.show_step()

    def show_new(self, answer):
        """Take over the steps of a figure that was drawn anew."""
        self.player.stage.load()
        self.player.load(answer["steps"], answer["forward_steps"], self.first_step(answer))

    def first_step(self, answer):
        """Return the step that a new figure shows: the last, because all of it has run."""
        return answer["steps"]

    def ask_again(self):
        super().ask_again()
        if self.has_engine:
            browser.spawn(self.show_engine())

    async def show_engine(self):
        try:
            answer = await browser.call("engine_source", {})
        except Exception:  # Python was ended: with the next answer, the new one is asked
            self.has_engine = False
            return
        self.engine.show(answer["engine"]["text"])
        self.show_step()

    def show_step(self):
        self.transport.show()
        step = self.player.step
        if not self.shape:
            return  # nothing is drawn yet
        self.picture.showNumbers(self.player.arrived)
        self.picture.follow(step)
        sentence = self.picture.sentence(step) if step else say("Nothing has been computed yet.")
        narration = self.part("narration")
        if narration.textContent != sentence:  # a screen reader reads each change
            narration.textContent = sentence
        lines = self.picture.lines(step)
        for source, line in ((self.cell, lines.cell), (self.engine, lines.engine)):
            if source:
                source.light(line)
