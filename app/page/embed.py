"""One figure or cell by itself, in a frame on somebody else's page. Others are not even made."""

from app.page import browser
from app.page.embed_code import only_computes
from app.page.embed_parts import PARTS
from app.page.embed_playing import Playing
from app.page.embed_request import no_choice, read_request
from app.page.language import noted, say

NAMES = {  # of the figures that are not called like their section
    "operations": "operation",
    "networks": "network",
}
READ_FIRST = noted(
    "This code came with the address of the figure. Read it first: it runs when you press"
)


def begin():
    """Show what the address asks for, and say what of it cannot be had."""
    request = read_request(browser.from_json(browser.embed.query()))
    if request["section"]:
        Embedded(request)
    for sentence in request["problems"]:
        browser.embed.sayProblem(sentence)


class Embedded:
    def __init__(self, request):
        self.request = request
        self.section = request["section"]
        self.playing = Playing(request)
        self.hide()
        if self.section == "workbench":
            self.make_cell()
        elif self.section == "check":
            self.make_check()
        else:
            self.make_figure()
        browser.embed.onWish(browser.callback(self.playing.on_wish))

    def hide(self):
        """Hide what the address names. The figure of a cell is made after the one below."""
        name = "backpropagation" if self.section == "workbench" else self.section
        figure = figure_of(name)
        places = [figure, browser.find("#workbench")] if name != self.section else [figure]
        wanted = self.request["hide"]
        there = parts_in(places)
        for part, where in PARTS:
            if part in wanted:
                for place in places:
                    browser.embed.hide(place, where)
        for name in wanted:
            if name not in there:
                self.request["problems"].append(
                    say(
                        "“hide” knows {parts} here, and no “{name}”.",
                        parts=", ".join(there),
                        name=name,
                    )
                )

    # A figure.

    def make_figure(self):
        element = figure_of(self.section)
        self.choose(element)
        for name in self.request["values"]:
            for field in browser.find_all(element, '[data-input="' + name + '"]'):
                field.value = self.request["values"][name]
        browser.embed.show(element)
        code = self.request["code"]
        if code:
            element.querySelector('[data-part="code"]').value = code
        if code and not only_computes(code):
            run = browser.callback(lambda event=None: self.connect(element))
            browser.embed.hold(element, say(READ_FIRST), run)
        else:
            self.connect(element)

    def choose(self, element):
        """Turn on the radio button that the address wants."""
        for name in ("operation", "accident"):
            wanted = self.request[name]
            fields = browser.find_all(element, '[data-choice="' + name + '"]') if wanted else []
            values = [field.value for field in fields]
            for field in fields:
                field.checked = field.value == wanted if wanted in values else field.checked
            if fields and wanted not in values:
                no_choice(self.request, name, wanted, values)

    def connect(self, element):
        """Make the controller of the figure, and let it begin."""
        if self.section == "training":
            self.playing.follow_training(controller(self.section, element))
            return
        figure = controller(self.section, element)
        if self.section in ("graph", "backpropagation"):
            figure.typed.grow()
            figure.leaves.fill(self.request["values"])
        if self.section == "networks":
            browser.embed.show(element.closest("section").querySelector('[data-part="neuron"]'))
        self.playing.follow(figure)
        if browser.kernel_state() in ("ready", "busy"):  # else it asks when Python is there
            figure.answered = True  # it is about to be: once is enough
            figure.request()

    # A cell, and the engine.

    def make_cell(self):
        from app.page.lesson import Lesson

        section = browser.find("#workbench")
        element, *others = browser.find_all(section, "[data-cell]")
        for other in others:
            other.remove()
        if self.request["code"]:
            element.querySelector("pre").textContent = self.request["code"]
        browser.embed.show(element)
        lesson = Lesson(section, lambda network: None)
        lesson.cells[0].link_step = self.request["step"]
        self.playing.follow_cell(lesson.cells[0])
        browser.spawn(lesson.restore())

    def make_check(self):
        from app.page.check import Check
        from app.page.engine import Engine

        element = figure_of("check")
        browser.embed.show(browser.find("#engine"))
        browser.embed.show(element)
        check = Check(element)
        Engine(browser.find("#engine"), browser.find("#own-engine"), check, lambda: None)
        self.playing.follow(check)


def parts_in(places):
    """Name what can be hidden there."""
    return [part for part, where in PARTS if is_in(places, where)]


def is_in(places, selector):
    return len([place for place in places if place.querySelector(selector)]) > 0


def figure_of(section):
    return browser.find('[data-figure="' + NAMES.get(section, section) + '"]')


def controller(section, element):
    """Make the controller of a figure; the modules of the others are not read."""
    if section == "operations":
        from app.page.operation import Operation

        return Operation(element)
    if section == "nudge":
        from app.page.nudge import Nudge

        return Nudge(element)
    if section == "graph":
        from app.page.graph import Graph

        return Graph(element)
    if section == "backpropagation":
        from app.page.backpropagation import Backpropagation

        return Backpropagation(element)
    if section == "accidents":
        from app.page.accidents import Accidents

        return Accidents(element)
    if section == "networks":
        from app.page.network import Network

        return Network(element)
    from app.page.training import Training

    return Training(element, lambda network: None)
