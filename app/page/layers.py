"""The shape of the network: layers and neurons come and go, each layer has its activation."""

from app.page import browser

MOST_LAYERS = 8
MOST_NEURONS = 16
NEW = 4  # neurons of a layer that is added


class Layers:
    def __init__(self, training):
        self.training = training
        self.place = training.part("shape")
        self.shape = []  # as it is wanted
        self.activations = []
        self.shown = ([], [])
        self.waiting = 0  # requests that have no answer yet
        browser.on(self.place, "click", self.on_click)
        browser.on(self.place, "change", self.on_change)

    def show(self, shape, activations):
        if self.waiting > 1:
            return  # the visitor has gone on: more answers are on their way
        self.shown = (shape, activations)
        self.shape, self.activations = shape, activations
        layers = {"shape": self.shape, "activations": self.activations}
        browser.panel.fillLayers(self.place, browser.to_json(layers))

    def on_click(self, event):
        button = event.target.closest("[data-layer]")
        if button and button.hasAttribute("data-more"):
            self.change(
                int(button.getAttribute("data-layer")), int(button.getAttribute("data-more"))
            )

    def change(self, layer, more):
        """Add or remove a neuron of a hidden layer; of layer -1, a whole layer at the end."""
        shape, activations = list(self.shape), list(self.activations)
        if layer >= 0:
            shape[layer] = max(1, min(MOST_NEURONS, shape[layer] + more))
        elif more > 0 and len(shape) < MOST_LAYERS:
            shape.append(NEW if not shape else min(shape[-1], NEW))
            activations.append(activations[-1] if activations else "tanh")
        elif more < 0 and shape:
            shape.pop()
            activations.pop()
        if shape != self.shape:
            self.send(shape, activations)

    def on_change(self, event):
        layer = event.target.getAttribute("data-layer")
        if layer is not None:
            activations = list(self.activations)
            activations[int(layer)] = event.target.value
            self.send(self.shape, activations)

    def send(self, shape, activations):
        self.shape, self.activations = shape, activations
        browser.spawn(self.ask({"shape": shape, "activations": activations}))

    async def ask(self, request):
        self.waiting += 1
        answer = await self.training.ask("training_shape", request)
        self.waiting -= 1
        if not answer:
            self.shape, self.activations = self.shown
