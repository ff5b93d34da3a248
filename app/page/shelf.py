"""The workbench: a lesson to which a visitor adds cells, and where code from a link arrives."""

from app.page import browser
from app.page.cell import Cell
from app.page.kept import are_numbers
from app.page.language import say
from app.page.lesson import Lesson


class Shelf(Lesson):
    def __init__(self, section, open_network):
        super().__init__(section, open_network)
        self.own = [cell.name for cell in self.cells]  # the lesson's cells, not the visitor's
        for element in browser.find_all(section, "[data-cell]:not([data-exercise])"):
            element.querySelector('[data-do="embed"]').hidden = False
        self.added = section.querySelector('[data-part="added"]')
        self.last = 0  # the number of the last cell that was added
        for button in browser.find_all(section, "[data-shelf]"):
            browser.on(button, "click", self.on_button)
        self.file = section.querySelector('[data-part="file"]')
        browser.on(self.file, "change", self.on_file)
        browser.on_link(self.on_link)

    def on_button(self, event):
        getattr(self, event.currentTarget.getAttribute("data-shelf"))()

    def notice(self, sentence):
        place = self.section.querySelector('section > [data-part="notice"]')
        place.textContent = sentence
        place.hidden = sentence == ""

    # Cells come and go.

    def add(self):
        self.make(self.last + 1).editor.focus()
        self.keep_names()

    def make(self, number):
        """Make an empty cell below the others."""
        self.last = max(self.last, number)
        cell = Cell(self, browser.cell.addCell(self.added, self.name + "-added-" + str(number)))
        cell.button("reset").hidden = True
        cell.button("remove").hidden = cell.button("embed").hidden = False
        self.cells.append(cell)
        return cell

    def remove(self, cell):
        """Take a cell away; it can be brought back while the page is open."""
        self.cells.remove(cell)
        cell.element.setAttribute("data-removed", "")
        self.keep_names()
        again = browser.cell.addButton(cell.element, say("Bring the cell back"))
        browser.on(again, "click", lambda event: self.bring_back(cell, again))
        again.focus()

    def bring_back(self, cell, button):
        button.remove()
        cell.element.removeAttribute("data-removed")
        self.cells.append(cell)
        self.keep_names()
        cell.editor.focus()

    def keep_names(self):
        numbers = [
            int(cell.name.split("-")[-1]) for cell in self.cells if cell.name not in self.own
        ]
        browser.keep("added:" + self.name, numbers)

    async def restore(self):
        for number in await browser.kept("added:" + self.name, are_numbers) or []:
            self.make(number)
        await super().restore()
        await self.take_link()

    # Files.

    def export_py(self):
        browser.spawn(self.export("py"))

    def export_ipynb(self):
        browser.spawn(self.export("ipynb"))

    async def export(self, kind):
        texts = [cell.text for cell in self.cells]
        answer = await browser.call("export_cells", {"kind": kind, "texts": texts})
        browser.export.saveText(answer["text"], "micrograd-cells." + kind)

    def import_file(self):
        self.file.click()

    def on_file(self, event):
        browser.spawn(self.take_file())

    async def take_file(self):
        """Add the cells of a file below the others."""
        name, text = await browser.read_file(self.file)
        found = await browser.call("import_cells", {"text": text, "name": name})
        for code in found["cells"]:
            self.make(self.last + 1).editor.setText(code)
        self.keep_names()
        self.notice((were_added(len(found["cells"])) + " " + found["says"]).strip())

    # Links.

    def on_link(self, event):
        browser.spawn(self.take_link())

    async def take_link(self):
        """Show the code that came with the address. It does not run by itself."""
        found = await browser.read_link()
        if not found:
            return
        code = found.get("state", {}).get("code")
        if not isinstance(code, str):
            self.notice(found.get("problem", say("The link has no code in it.")))
            return
        cell = self.make(self.last + 1)
        cell.editor.setText(code)
        cell.link_step = step_of(found["state"])
        cell.notice(say("This code came with a link. Read it first: it runs when you press Run."))
        self.keep_names()
        if browser.is_lasting():
            browser.forget_link()
        cell.element.scrollIntoView()


def were_added(count):
    if count == 0:
        return ""
    return say("1 cell was added.") if count == 1 else say("{n} cells were added.", n=count)


def step_of(state):
    step = state.get("step")
    return step if isinstance(step, int) and step > 0 else 0
