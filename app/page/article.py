"""The whole article: connects each figure and each cell to its controller."""

from app.page import browser
from app.page.accidents import Accidents
from app.page.backpropagation import Backpropagation
from app.page.check import Check
from app.page.engine import Engine
from app.page.graph import Graph
from app.page.lesson import Lesson
from app.page.network import Network
from app.page.nudge import Nudge
from app.page.operation import Operation
from app.page.shelf import Shelf
from app.page.training import Training

network = Network(browser.find('[data-figure="network"]'))
figures = [
    Operation(browser.find('[data-figure="operation"]')),
    Graph(browser.find('[data-figure="graph"]')),
    Backpropagation(browser.find('[data-figure="backpropagation"]')),
    Nudge(browser.find('[data-figure="nudge"]')),
    network,
]
Training(browser.find('[data-figure="training"]'), network.show_followed)
Accidents(browser.find('[data-figure="accidents"]'))
lessons = []
for section in browser.find_all(browser.document, "[data-section]"):
    kind = Shelf if section.id == "workbench" else Lesson
    lesson = kind(section, network.show_followed)
    lessons.append(lesson)
    browser.spawn(lesson.restore())


def on_engine():
    """Another engine is in force: the figures ask it, and the cells' variables are gone."""
    for figure in figures:
        figure.ask_again()
    for lesson in lessons:
        lesson.forget()


check = Check(browser.find('[data-figure="check"]'))
Engine(browser.find("#engine"), browser.find("#own-engine"), check, on_engine)
