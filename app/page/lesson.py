"""The cells of one section: they share their variables, as in a notebook."""

from app.page import browser
from app.page.cell import Cell
from app.page.exercise import Exercise
from app.page.language import say


class Lesson:
    was_told = False  # on this page, that nothing can be kept
    embed = None  # what opens the dialog to embed a cell

    def __init__(self, section, open_network):
        self.name = section.id
        self.open_network = open_network  # in the section Neural networks
        self.section = section
        elements = browser.find_all(section, "[data-cell]")
        self.cells = [self.make_cell(element) for element in elements]
        if self.cells:
            self.cells[0].button("above").hidden = True
        browser.on_kernel_state(self.on_kernel)
        browser.on_long_call(self.on_long)

    def make_cell(self, element):
        kind = Exercise if element.hasAttribute("data-exercise") else Cell
        return kind(self, element)

    def texts(self):
        return [[cell.name, cell.text] for cell in self.cells]

    def go_on(self, cell):
        """Go to the cell after this one, if there is one."""
        after = self.cells[self.cells.index(cell) + 1 :]
        if after:
            after[0].editor.focus()

    async def run_above(self, cell):
        """Run what a cell builds on, and has not run or is out of date; then the cell."""
        request = {"lesson": self.name, "cell": cell.name, "texts": self.texts()}
        first = (await browser.call("run_first", request))["cells"]
        for other in self.cells:
            if other.name in first and not await other.run_now():
                return  # what went wrong stands below that one
        cell.run()

    def take(self, cell, answer):
        """Mark every cell after one has run."""
        for other in self.cells:
            other.number = answer["runs"].get(other.name)
            stopped = other.name == cell.name and answer["state"] == "stopped"
            other.show_state(other.name in answer["out_of_date"], stopped)

    def keep(self, cell):
        cell.keep()
        if not browser.is_lasting() and not Lesson.was_told:
            Lesson.was_told = True
            cell.notice(
                say(
                    "This browser keeps nothing for this page: "
                    "what you write is there until you leave."
                )
            )

    async def restore(self):
        """Bring back what the visitor wrote at an earlier visit."""
        for cell in self.cells:
            await cell.restore()

    def remove(self, cell):
        pass

    def on_long(self):
        for cell in self.cells:
            cell.say_long()

    def forget(self):
        """The engine has changed, and with it the kernel has forgotten all variables."""
        for cell in self.cells:
            cell.number = None
            cell.show_state()
            if cell.ran is not None:
                cell.say_state(say("The engine has changed: run this again."))

    def on_kernel(self, state):
        """A new kernel knows no variables: no cell has run."""
        if state in ("loading", "stopped"):
            for cell in self.cells:
                cell.number = None
                cell.show_state()
