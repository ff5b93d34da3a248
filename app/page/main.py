"""The page's own Python: connects each figure to its controller; then the page is ready."""

from app.page import browser
from app.page.accidents import Accidents
from app.page.backpropagation import Backpropagation
from app.page.graph import Graph
from app.page.lesson import Lesson
from app.page.nudge import Nudge
from app.page.operation import Operation
from app.page.shelf import Shelf

Operation(browser.find('[data-figure="operation"]'))
Graph(browser.find('[data-figure="graph"]'))
Backpropagation(browser.find('[data-figure="backpropagation"]'))
Accidents(browser.find('[data-figure="accidents"]'))
Nudge(browser.find('[data-figure="nudge"]'))
for section in browser.find_all(browser.document, "[data-section]"):
    lesson = Shelf(section) if section.id == "workbench" else Lesson(section)
    browser.spawn(lesson.restore())
browser.page_is_ready()
