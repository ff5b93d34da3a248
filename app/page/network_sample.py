"""The sample that goes through the network: a row of the data, or numbers of one's own."""

from app.page import browser


class Sample:
    def __init__(self, network):
        self.network = network
        self.fields = network.part("sample")
        self.choice = network.part("rows")
        self.rows = []
        self.shown = None  # what stands in the fields
        browser.on(self.fields, "input", self.on_input)
        browser.on(self.choice, "change", self.on_choice)

    def show(self, rows):
        """Show the sample in the fields, unless it comes from there, and which row it is."""
        self.rows = rows
        setup = self.network.setup
        sample = {"names": setup["names"], "inputs": setup["inputs"], "target": setup["target"]}
        if sample != self.shown:
            self.shown = sample
            browser.network.fillSample(self.fields, browser.to_json(sample))
        self.choice.hidden = not rows
        for number, radio in enumerate(browser.find_all(self.choice, "input")):
            radio.checked = number < len(rows) and self.is_row(rows[number])

    def is_row(self, row):
        here = self.shown["inputs"] + [self.shown["target"]]
        there = row["inputs"] + [row["target"]]
        return [as_number(x) for x in here] == [as_number(x) for x in there]

    def on_choice(self, event):
        if self.rows:  # else nothing is shown yet
            row = self.rows[int(event.target.value)]
            self.send(row["inputs"], row["target"])

    def on_input(self, event):
        fields = browser.find_all(self.fields, "input")
        numbers = [field.value for field in fields]
        self.shown = {
            "names": self.network.setup["names"],
            "inputs": numbers[:-1],
            "target": numbers[-1],
        }
        self.send(numbers[:-1], numbers[-1])

    def set(self, number, text):
        """Give one input another number."""
        inputs = list(self.network.setup["inputs"])
        inputs[number] = text
        self.send(inputs, self.network.setup["target"])

    def send(self, inputs, target):
        self.network.setup = dict(self.network.setup, inputs=inputs)
        self.network.change("target", target)


def as_number(text):
    """Return the number of a field; None for what is none."""
    try:
        return float(text)
    except ValueError:
        return None
