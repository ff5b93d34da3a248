"""The whole article: connects each figure and each cell to its controller."""

from app.page import browser
from app.page.accidents import Accidents
from app.page.backpropagation import Backpropagation
from app.page.check import Check
from app.page.embed_offer import Offer
from app.page.engine import Engine
from app.page.graph import Graph
from app.page.lesson import Lesson
from app.page.network import Network
from app.page.nudge import Nudge
from app.page.operation import Operation
from app.page.shelf import Shelf
from app.page.training import Training

operation = Operation(browser.find('[data-figure="operation"]'))
graph = Graph(browser.find('[data-figure="graph"]'))
backpropagation = Backpropagation(browser.find('[data-figure="backpropagation"]'))
nudge = Nudge(browser.find('[data-figure="nudge"]'))
network = Network(browser.find('[data-figure="network"]'))
training = Training(browser.find('[data-figure="training"]'), network.show_followed)
accidents = Accidents(browser.find('[data-figure="accidents"]'))
check = Check(browser.find('[data-figure="check"]'))
offer = Offer(
    {
        "operations": operation,
        "nudge": nudge,
        "graph": graph,
        "backpropagation": backpropagation,
        "accidents": accidents,
        "networks": network,
        "training": training,
        "check": check,
    }
)
lessons = []
for section in browser.find_all(browser.document, "[data-section]"):
    kind = Shelf if section.id == "workbench" else Lesson
    lesson = kind(section, network.show_followed)
    lesson.embed = offer.open_cell
    lessons.append(lesson)
    browser.spawn(lesson.restore())


def on_engine():
    """Another engine is in force: the figures ask it, and the cells' variables are gone."""
    for figure in (operation, graph, backpropagation, nudge, network):
        figure.ask_again()
    for lesson in lessons:
        lesson.forget()


Engine(browser.find("#engine"), browser.find("#own-engine"), check, on_engine)
