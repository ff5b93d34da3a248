"""The layers of a network, changed where they are drawn: neurons, activations, whole layers."""

from app.page import browser
from app.page.layers import MOST_NEURONS

NEW = 4  # neurons of a layer that is added


class Shape:
    def __init__(self, network):
        self.network = network
        self.place = network.part("columns")
        self.columns = []
        browser.on(self.place, "click", self.on_click)
        browser.on(self.place, "change", self.on_activation)

    def show(self, answer):
        self.columns = answer.get("columns", self.columns)
        setup = self.network.setup
        layers = {
            "columns": self.columns,
            "sizes": setup["sizes"],
            "activations": setup["activations"],
        }
        if self.is_drawn():
            browser.network.fillColumns(self.place, browser.to_json(layers))

    def is_drawn(self):
        """Tell whether the layers are those that are shown; else another answer is on its way."""
        return len(self.columns) == len(self.network.setup["sizes"]) + 1

    def on_click(self, event):
        button = event.target.closest("button")
        if not button or button.getAttribute("aria-disabled") == "true" or not self.is_drawn():
            return
        sizes = list(self.network.setup["sizes"])
        activations = list(self.network.setup["activations"])
        if button.hasAttribute("data-more"):
            at = int(button.getAttribute("data-layer"))
            sizes[at] = max(1, min(MOST_NEURONS, sizes[at] + int(button.getAttribute("data-more"))))
        elif button.hasAttribute("data-add"):
            at = int(button.getAttribute("data-add"))
            sizes.insert(at, NEW)
            activations.insert(at, activations[max(0, at - 1)] if len(sizes) > 2 else "tanh")
        else:
            at = int(button.getAttribute("data-remove"))
            sizes.pop(at)
            activations.pop(at)
        self.network.begin(sizes=sizes, activations=activations)

    def on_activation(self, event):
        """Another activation leaves the weights as they are."""
        if not self.is_drawn():
            return
        activations = list(self.network.setup["activations"])
        activations[int(event.target.getAttribute("data-activation"))] = event.target.value
        self.network.change("activations", activations)
