"""The check of a gradient in a graph: choose a leaf and a step, and compare what is measured.

It runs the program many times over, so it asks the kernel only while it is on the screen.
"""

from app.page import browser
from app.page.language import say
from app.page.latest import Latest

COMPARED = (
    "gradient",
    "gap",
    "says",
    "summary",
)  # what is known when the gradient has been computed


class Nudging:
    def __init__(self, figure, fail):
        self.figure = figure
        self.place = figure.part("nudging")
        self.leaves = figure.part("nudged-leaf")
        self.h = figure.part("nudge-h")
        self.names = []
        self.is_stale = False  # is what it shows about other numbers than the graph's?
        self.answer = None
        self.latest = Latest(self.ask, self.show, fail)
        browser.on(self.leaves, "change", self.on_change)
        browser.on(self.h, "input", self.on_change)
        browser.on(browser.document, "scroll", self.on_view)
        browser.on(browser.document.defaultView, "resize", self.on_view)

    def offer(self, names):
        """Offer the leaves that the graph has now, and measure the chosen one anew."""
        if names != self.names:
            chosen = self.chosen() if self.names else None
            self.names = names
            for old in browser.find_all(self.leaves, "label"):
                old.remove()
            for name in names:
                is_on = name == chosen or (chosen not in names and name == names[0])
                browser.add_radio(self.leaves, self.figure.name + "-leaf", name, is_on)
        self.place.hidden = not names
        self.on_change(None)

    def chosen(self):
        return self.leaves.querySelector(":checked").value

    def on_change(self, event):
        self.is_stale = bool(self.names)
        self.on_view(None)

    def on_view(self, event):
        """Measure what has changed since, if it can be seen."""
        if self.is_stale and browser.is_in_view(self.place):
            self.is_stale = False
            request = {"figure": self.figure.name, "leaf": self.chosen(), "exponent": self.h.value}
            self.latest.request(request)

    async def ask(self, request):
        return await browser.call("nudge_leaf", request)

    def show(self, answer):
        self.answer = answer
        self.figure.part("nudge-quotient").textContent = answer["quotient"]
        self.figure.part("nudge-h-value").textContent = answer["h"]
        browser.set_markup(self.figure.part("gap-curve"), answer["svg"])
        self.show_comparison()

    def show_comparison(self):
        """Compare with the gradient, but not before the backward pass has come to its end."""
        self.on_view(None)  # with the step, the height of what stands above may have changed
        player = self.figure.player
        is_known = player.steps > 0 and player.arrived == player.steps
        self.figure.part("gap-curve").classList.toggle("waiting", not is_known)
        for name in COMPARED:
            text = self.answer[name] if is_known and self.answer else ""
            self.figure.part("nudge-" + name).textContent = text
        if not is_known:
            self.figure.part("nudge-says").textContent = say("Go to the last step to compare.")
