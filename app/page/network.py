"""The section "Neural networks": a network of any shape, one sample, and every number of it."""

from app.page import browser
from app.page.language import say
from app.page.network_follow import Follow
from app.page.network_neuron import OpenNeuron
from app.page.network_places import Places
from app.page.network_sample import Sample
from app.page.network_shape import Shape
from app.page.traced import Traced


class Network(Traced):
    """All that is shown follows from `setup`, which goes to the kernel after each change."""

    method = "network"

    def __init__(self, element):
        self.element = element
        self.setup = {}  # the kernel has the first one
        self.first = {}
        self.good = {}  # the last that could be shown
        self.is_near = False
        super().__init__(element)
        self.shape_of = Shape(self)
        self.sample = Sample(self)
        self.places = Places(self)
        self.opened = OpenNeuron(self)
        self.follow = Follow(self)
        for button in browser.find_all(element, "[data-network]"):
            browser.on(button, "click", self.on_button)
        browser.on(self.part("edges"), "change", self.on_edges)
        for name in ("init", "seed"):
            browser.on(self.part(name), "change", self.on_beginning)
        browser.panel.whenNear(element, browser.callback(self.on_near))

    def part(self, name):
        """Return a part of the figure, or of what unfolds below it."""
        where = '[data-part="' + name + '"]'
        here = self.element.querySelector(where)
        return here or self.element.closest("section").querySelector(where)

    def make_picture(self, frame):
        return browser.network.createNetworkPicture(frame, self.part("parameters"))

    def source(self, element, name, label):
        if name == "cell":
            label = say("The Python that builds this network")
        return super().source(element, name, label)

    # To the kernel and back.

    def on_near(self):
        """The section is almost on the screen: only now it costs anything."""
        self.is_near = True
        self.request()

    def request(self):
        if self.is_near:
            super().request()

    def question(self):
        return {"setup": self.setup}

    def take(self, answer):
        super().take(answer)
        if "problem" in answer and self.good:
            self.setup = changed(self.setup, "changes", self.good["changes"])
            is_other = any(self.setup[name] != self.good[name] for name in self.good)
            self.element.toggleAttribute("data-stale", is_other)

    def show(self, answer):
        if not self.setup:
            self.setup = self.first = answer["setup"]
        self.good = answer["setup"]
        self.picture.take(answer["pictures"])
        super().show(answer)
        self.shape_of.show(answer)
        self.sample.show(answer["rows"])
        self.part("counts").textContent = answer["counts"]
        self.part("trained").textContent = answer["trained"]
        self.part("init").value = self.setup["init"]
        self.part("seed").value = self.setup["seed"]
        self.places.tell_again()
        self.opened.ask_again()
        self.follow.ask_again()

    def show_new(self, answer):
        self.places.forget()
        super().show_new(answer)

    # What is changed.

    def change(self, name, value):
        """Change one thing of the setup, and show what comes of it."""
        self.setup = changed(self.setup, name, value)
        self.request()

    def begin(self, **others):
        """Begin anew with other layers, another initialisation or seed: nothing is trained yet."""
        setup = changed(self.setup, "changes", [])
        for name in others:
            setup = changed(setup, name, others[name])
        self.setup = setup
        self.request()

    def set(self, parameter, text):
        """Give a parameter another number. While it is moved, that stays one change."""
        changes = list(self.setup["changes"])
        if changes and changes[-1][:2] == ["set", parameter]:
            changes.pop()
        self.change("changes", changes + [["set", parameter, text]])

    def show_followed(self, network):
        """Show a network with its weights, and one row, as the section Training has them."""
        self.is_near = True
        self.opened.close()
        self.follow.forget()
        self.setup = {
            "names": network["names"],
            "sizes": network["sizes"][1:],
            "activations": network["activations"],
            "init": "uniform",
            "seed": self.setup["seed"] if self.setup else "0",
            "changes": [["load"] + network["parameters"]],
            "inputs": [str(x) for x in network["inputs"]],
            "target": str(network["target"]),
        }
        self.request()
        self.element.scrollIntoView()

    def on_beginning(self, event):
        if self.setup:
            self.begin(init=self.part("init").value, seed=self.part("seed").value)

    def on_edges(self, event):
        self.picture.showOnEdges(event.target.value)

    # Buttons.

    def on_button(self, event):
        if self.good:  # else nothing is there yet
            getattr(self, event.currentTarget.getAttribute("data-network"))()

    def new_weights(self):
        self.begin(seed=str(int(self.good["seed"]) + 1))

    def lecture(self):
        """Go back to the network that was there first."""
        self.opened.close()
        self.follow.forget()
        self.setup = self.first
        self.request()

    def train_one(self):
        self.train(1)

    def train_many(self):
        self.train(20)

    def train(self, steps):
        changes = list(self.setup["changes"])
        rate = self.part("rate").value
        self.change("changes", changes + [["train", steps, rate]])

    def undo(self):
        if self.setup["changes"]:
            self.change("changes", self.setup["changes"][:-1])


def changed(setup, name, value):
    """Return a setup with one thing changed."""
    other = dict(setup)
    other[name] = value
    return other
