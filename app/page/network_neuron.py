"""A neuron that is opened: its part of the scalar graph, as a figure of its own."""

from app.page import browser
from app.page.language import say
from app.page.latest import Latest
from app.page.result import Result

NAME = "neuron"


class Scalars(Result):
    """Shows a neuron as it is after both passes: its gradients are those of the network above."""

    def first_step(self, answer):
        return answer["steps"]

    def build_up(self):
        pass


class OpenNeuron:
    def __init__(self, network):
        self.network = network
        self.place = network.part("neuron")
        self.neuron = None  # its layer and its place in it
        self.result = None
        self.leaf_of = {}  # the parameter that a leaf is
        self.parameters = {}
        self.features = {}
        self.latest = Latest(self.ask, self.show, network.fail)
        self.scrolls = False
        browser.on(network.part("close-neuron"), "click", self.on_close)

    def open(self, k, i):
        self.neuron = (k, i)
        self.scrolls = True
        self.ask_again()

    def close(self):
        self.neuron = None
        self.place.hidden = True

    def on_close(self, event):
        k, i = self.neuron
        self.close()
        element = self.network.picture.at("neuron " + str(k) + "-" + str(i))
        if element:
            self.network.picture.focus(element)

    def ask_again(self):
        if self.neuron is None:
            return
        k, i = self.neuron
        sizes = self.network.good["sizes"]
        if k > len(sizes) or i >= sizes[k - 1]:
            self.close()
            return
        request = {"figure": NAME, "shape": self.network.shape, "layer": k, "neuron": i}
        request["followed"] = self.network.follow.parameter
        self.latest.request(request)

    async def ask(self, request):
        request["drawn"] = self.result.shape if self.result else ""  # as it is now
        return await browser.call("network_neuron", request)

    def show(self, answer):
        if self.neuron is None or "is_gone" in answer:
            return  # another network is on its way
        self.place.hidden = False
        if not self.result:
            self.make()
        self.leaf_of = answer["leaf_of"]
        self.parameters = answer["parameters"]
        self.features = answer["features"]
        self.network.part("neuron-title").textContent = answer["title"]
        self.result.take(answer)
        self.mark(answer["followed"])
        if self.scrolls:
            self.scrolls = False
            browser.network.reveal(self.place)

    def make(self):
        figure = browser.copy_figure(NAME, say("The scalars of a neuron"))
        self.network.part("neuron-figure").append(figure)
        self.result = Scalars(figure, self.on_moved, lambda line: None)
        browser.on(self.result.frame, "click", self.on_leaf)

    def mark(self, followed):
        for old in browser.find_all(self.result.frame, ".followed"):
            old.classList.remove("followed")
        if followed is not None:
            node = self.result.frame.querySelector('[data-node="' + str(followed) + '"]')
            node.classList.add("followed")

    def on_leaf(self, event):
        """A weight was clicked: it is followed from now on."""
        node = event.target.closest("[data-node]")
        number = node.getAttribute("data-node") if node else ""
        if number in self.leaf_of:
            self.network.follow.take_up(self.leaf_of[number])

    def on_moved(self, pending):
        """Leaves were moved: they are parameters of the network, or inputs of the sample."""
        for name in pending:
            if name in self.parameters:
                self.network.follow.take_up(self.parameters[name])
                self.network.set(self.parameters[name], pending[name])
            elif name in self.features:
                self.network.sample.set(self.features[name], pending[name])
