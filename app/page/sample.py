"""One row of the data: what the network makes of it, and the way to its scalars."""

from app.page import browser


class Sample:
    def __init__(self, training, follow):
        self.training = training
        self.show_followed = follow
        self.row = None

    def pick(self, row):
        self.row = row
        browser.spawn(self.ask())

    def forget(self):
        self.row = None
        self.training.part("sample").hidden = True
        self.training.stage.plane.pick(None)

    async def ask(self):
        self.training.stage.plane.pick(self.row)
        answer = await self.training.ask("training_pick", {"row": self.row})
        if answer:
            self.training.part("sample").hidden = self.row is None
            self.training.part("sample-says").textContent = answer["sample"]

    def follow(self):
        """Show this sample in the section above, where it goes through every neuron and scalar."""
        self.training.stage.pause()
        browser.spawn(self.show_in_networks())

    async def show_in_networks(self):
        answer = await self.training.told("training_network", {"row": self.row})
        if answer:
            self.show_followed(answer["network"])
