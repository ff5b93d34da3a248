"""The drawing of a trace on the page: its SVG, and the numbers that stand in it."""

from app.page import browser


class Picture:
    """Shows what the kernel's figure.py made, in one element."""

    def __init__(self, frame):
        self.frame = frame
        self.shape = ""  # what is drawn now
        self.gradients = []

    def show(self, figure):
        """Draw the figure if its shape is new, and put in its numbers; tell whether it was new."""
        is_new = "svg" in figure
        if is_new:
            self.frame.innerHTML = figure["svg"]
            self.shape = figure["shape"]
        for number in figure["numbers"]:
            self.write(number["place"], number["text"], number["exact"])
        self.gradients = figure["gradients"]
        return is_new

    def find(self, place):
        return self.frame.querySelector(place)

    def show_gradients(self, step):
        """Show each gradient as it is after so many steps; before its first write there is none."""
        for gradient in self.gradients:
            text = exact = ""
            for write in gradient["writes"]:
                if write["step"] <= step:
                    text, exact = write["text"], write["exact"]
            self.write(gradient["place"], text, exact)

    def write(self, place, text, exact):
        element = self.frame.querySelector(place)
        element.textContent = text
        element.setAttribute("data-exact", exact)

    def follow(self, node):
        """Scroll a graph that is wider than its frame to a node; the page stays where it is."""
        if self.frame.scrollWidth > self.frame.clientWidth:
            card = self.frame.querySelector('[data-node="' + str(node) + '"]')
            browser.scroll_into_frame(self.frame, card)

    def light(self, places):
        """Show these places in full ink and dim the rest; with none, show everything."""
        svg = self.frame.querySelector("svg")
        for element in browser.find_all(svg, ".lit"):
            element.classList.remove("lit")
        for place in places:
            self.frame.querySelector(place).classList.add("lit")
        svg.classList.toggle("dimmed", len(places) > 0)
