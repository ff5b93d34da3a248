"""One parameter of the network: its number is looked at, typed, and moved with the arrow keys."""

from app.page import browser
from app.page.language import with_decimal_sign, with_point


class Weight:
    def __init__(self, training):
        self.training = training
        self.names = []
        self.parameter = None
        self.form = training.part("edit")
        self.field = training.part("edit-number")
        browser.on(self.form, "submit", self.on_submit)
        browser.on(self.field, "keydown", self.on_key)

    def edit(self, parameter):
        """Open the field for a parameter, with its number as it is."""
        self.parameter = max(0, min(parameter, len(self.names) - 1))
        self.form.hidden = False
        self.training.part("edit-name").textContent = self.names[self.parameter]
        number = str(self.training.stage.weight(self.parameter))
        self.field.value = with_decimal_sign(number)
        self.training.stage.watch(self.parameter)
        self.field.focus()
        self.field.select()

    def nudge(self, change):
        """Move a parameter by so much, and without the dust of binary fractions."""
        parameter, difference = change
        number = round(self.training.stage.weight(parameter) + difference, 6)
        self.send(parameter, str(number))

    def on_submit(self, event):
        event.preventDefault()
        self.send(self.parameter, with_point(self.field.value))

    def on_key(self, event):
        """Up and down move the number, Page up and down go to another, Escape closes."""
        if event.key in ("ArrowUp", "ArrowDown"):
            event.preventDefault()
            self.nudge((self.parameter, 0.1 if event.key == "ArrowUp" else -0.1))
        elif event.key in ("PageUp", "PageDown"):
            event.preventDefault()
            self.edit(self.parameter + (1 if event.key == "PageDown" else -1))
        elif event.key == "Escape":
            self.close()

    def close(self):
        self.form.hidden = True
        self.training.stage.focusParameter(self.parameter)

    def send(self, parameter, text):
        request = {"parameter": parameter, "text": text}
        browser.spawn(self.ask(request))

    async def ask(self, request):
        answer = await self.training.ask("training_edit", request)
        if answer and not answer["problems"] and request["parameter"] == self.parameter:
            self.field.value = with_decimal_sign(request["text"])
