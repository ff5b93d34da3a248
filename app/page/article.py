"""The whole article: connects each figure and each cell to its controller."""

from app.page import browser
from app.page.accidents import Accidents
from app.page.backpropagation import Backpropagation
from app.page.check import Check
from app.page.embed_offer import Offer
from app.page.engine import Engine
from app.page.graph import Graph
from app.page.language import say
from app.page.lesson import Lesson
from app.page.nudge import Nudge
from app.page.operation import Operation
from app.page.shelf import Shelf


def figure_of(name):
    return browser.find('[data-figure="' + name + '"]')


figures = {
    "operations": Operation(figure_of("operation")),
    "nudge": Nudge(figure_of("nudge")),
    "graph": Graph(figure_of("graph")),
    "backpropagation": Backpropagation(figure_of("backpropagation")),
}  # that run on the engine in force
check = Check(figure_of("check"))
offer = Offer()
for name in figures:
    offer.add(name, figures[name])
offer.add("accidents", Accidents(figure_of("accidents")))
offer.add("check", check)


async def begin_networks():
    """Connect the sections with networks: what they need is large, and comes after the rest."""
    try:
        await browser.bring("networks")
    except Exception:
        for name in ("network", "training"):
            problem = figure_of(name).querySelector('[data-part="problem"]')
            problem.hidden = False
            problem.textContent = say(
                "This section could not be fetched. Check the network, then reload."
            )
        return
    from app.page.network import Network
    from app.page.training import Training

    figures["networks"] = Network(figure_of("network"))
    offer.add("networks", figures["networks"])
    offer.add("training", Training(figure_of("training"), show_network))


def show_network(followed):
    """Show a network of a cell, or of the training, in the section Neural networks."""
    if "networks" in figures:
        figures["networks"].show_followed(followed)
    else:
        figure_of("network").scrollIntoView()


lessons = []
for section in browser.find_all(browser.document, "[data-section]"):
    kind = Shelf if section.id == "workbench" else Lesson
    lesson = kind(section, show_network)
    lesson.embed = offer.open_cell
    lessons.append(lesson)
    browser.spawn(lesson.restore())


def on_engine():
    """Another engine is in force: the figures ask it, and the cells' variables are gone."""
    for name in figures:
        figures[name].ask_again()
    for lesson in lessons:
        lesson.forget()


Engine(browser.find("#engine"), browser.find("#own-engine"), check, on_engine)
browser.spawn(begin_networks())
