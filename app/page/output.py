"""What stands below a cell: what it printed, its value, and what went wrong."""

from app.page import browser
from app.page.language import say
from app.page.result import Result


class Output:
    def __init__(self, element, name, moved, light, open_network):
        self.element = element
        self.name = name
        self.moved = moved
        self.light = light
        self.result = None  # the figure, once there was a graph to be shown
        self.still = None  # the drawing, once there was a network
        self.open_network = open_network
        self.network = None  # as the section Neural networks takes it, where it can

    def part(self, name):
        return self.element.querySelector('[data-part="' + name + '"]')

    def show_text(self, name, text):
        """Show a text in its place; the place is hidden while there is none."""
        place = self.part(name)
        place.textContent = text
        place.hidden = text == ""

    def begin(self):
        """Make room for what is printed. What was there before stays until the cell has ended."""
        self.show_text("printed", "")

    def add(self, text):
        """Add to what was printed."""
        place = self.part("printed")
        place.hidden = False
        place.append(text)
        place.scrollTop = place.scrollHeight

    def show(self, answer):
        shown = answer["shown"] or {"kind": "", "text": "", "note": ""}
        is_graph = "shape" in answer
        self.show_text("value", "" if is_graph else shown["text"])
        self.show_text("note", "" if is_graph else shown["note"])
        self.show_text("advice", answer["advice"])
        self.show_failure(answer["failure"])
        self.part("figure").hidden = not is_graph
        self.part("network").hidden = "network" not in answer
        if is_graph:
            self.show_graph(answer)
        elif "network" in answer:
            self.show_network(answer)

    def show_graph(self, answer):
        if not self.result:
            figure = browser.copy_figure(self.name, say("The graph of this cell's value"))
            self.part("figure").append(figure)
            self.result = Result(figure, self.moved, self.light)
        self.result.take(answer)

    def show_network(self, answer):
        if not self.still:
            on_open = browser.callback(lambda event: self.open_network(self.network))
            self.still = browser.network.createStill(self.part("network"), self.name, on_open)
        self.network = answer["network"]["opens"]
        self.still.show(answer["pictures"], bool(self.network))

    def show_failure(self, failure):
        self.part("failure").hidden = not failure
        failure = failure or failed("")
        self.part("says").textContent = failure["says"]
        self.show_text("elsewhere", failure["elsewhere"])
        self.show_text("hint", failure["hint"])
        self.show_text("error", failure["error"])
        steps = browser.to_json([words(step) for step in failure["steps"]])
        browser.cell.fillList(self.part("steps"), steps)
        self.part("way").hidden = len(failure["steps"]) < 2

    def step(self):
        """Return where the figure stands."""
        return self.result.player.step if self.result else 0

    def jump(self, step):
        if self.result and step > 0:
            self.result.player.jump(step)

    def shape(self):
        """Return what is drawn, so that only its numbers have to be sent."""
        return self.result.shape if self.result else ""


def failed(says):
    """Return a failure of which only a sentence is known."""
    return {"says": says, "line": 0, "hint": "", "elsewhere": "", "error": "", "steps": []}


def words(step):
    """Say one step of the way to an error."""
    if step["kind"] == "folded":
        return step["says"]
    if step["function"]:
        place = say("line {line} in {function}", line=step["line"], function=step["function"])
    else:
        place = say("line {line}", line=step["line"])
    if step["times"] > 1:
        place = say("{place} ({times} times)", place=place, times=step["times"])
    return place + ": " + step["text"]
