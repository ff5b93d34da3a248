"""One parameter, followed: in the network, in the table, in a neuron's scalars, and in time."""

from app.page import browser
from app.page.latest import Latest


class Follow:
    def __init__(self, network):
        self.network = network
        self.parameter = None
        self.latest = Latest(self.ask, self.show, network.fail)
        self.table = network.part("parameters")
        browser.on(self.table, "click", self.on_row)
        browser.on(self.table, "keydown", self.on_row)
        browser.on(network.part("open-followed"), "click", self.on_open)
        self.neuron = ""

    def on_row(self, event):
        row = event.target.closest("[data-row]")
        if row and getattr(event, "key", "Enter") == "Enter":
            self.take_up(int(row.getAttribute("data-row")))

    def take_up(self, parameter):
        """Follow this parameter from now on."""
        if parameter != self.parameter:
            self.parameter = parameter
            self.network.picture.mark(parameter)
            self.ask_again()
            self.network.opened.ask_again()

    def forget(self):
        self.parameter = None
        self.network.picture.mark(None)
        self.network.part("followed").hidden = True
        self.network.part("not-followed").hidden = False

    def ask_again(self):
        if self.parameter is None:
            return
        if self.parameter >= self.network.picture.count():
            self.forget()
        else:
            self.latest.request({"shape": self.network.shape, "parameter": self.parameter})

    async def ask(self, request):
        return await browser.call("network_follow", request)

    def show(self, answer):
        if self.parameter is None or "is_gone" in answer:
            return  # another network is on its way
        self.neuron = answer["neuron"]
        self.network.part("followed").hidden = False
        self.network.part("not-followed").hidden = True
        self.network.part("followed-name").textContent = answer["title"]
        self.network.part("followed-data").textContent = answer["data"]
        self.network.part("followed-grad").textContent = answer["grad"]
        browser.set_markup(self.network.part("course"), answer["svg"])
        self.network.part("no-course").hidden = answer["svg"] != ""

    def on_open(self, event):
        k, i = self.neuron.split("-")
        self.network.opened.open(int(k), int(i))
