"""The inputs of a figure: fields and sliders that show the same number, and choices."""

from app.page import browser


class Inputs:
    """Knows a figure's `data-input` fields and choices, and calls `changed` after each change."""

    def __init__(self, figure, changed):
        self.figure = figure
        self.changed = changed
        self.good = {}  # the last number that stood in each field, as text
        for field in browser.find_all(figure, "[data-input]"):
            if field.value != "":
                self.good[field.getAttribute("data-input")] = field.value
        browser.on(figure, "input", self.on_input)

    def numbers(self):
        """Return the number of each field, as it was typed, by the field's name."""
        return dict(self.good)

    def chosen(self, name):
        """Return the value of the radio button that is on."""
        return self.figure.querySelector('[data-choice="' + name + '"]:checked').value

    def offer(self, names):
        """Show what belongs to the named operands, and hide what belongs to others."""
        for part in browser.find_all(self.figure, "[data-operand]"):
            part.hidden = part.getAttribute("data-operand") not in names

    def on_input(self, event):
        name = event.target.getAttribute("data-input")
        if event.target.hasAttribute("data-choice") or (
            name and self.is_number(name, event.target)
        ):
            self.changed()

    def is_number(self, name, field):
        """Take over a number, or say below the field that there is none."""
        is_number = field.value != ""  # browsers give nothing for what they can't read as a number
        field.setAttribute("aria-invalid", "false" if is_number else "true")
        problem = self.figure.querySelector('[data-problem="' + name + '"]')
        if problem:
            problem.hidden = is_number
        if is_number:
            self.good[name] = field.value
            self.show_in_twins(name, field)
        return is_number

    def show_in_twins(self, name, field):
        for twin in browser.find_all(self.figure, '[data-input="' + name + '"]'):
            if not twin.isSameNode(field):
                twin.value = field.value
                twin.setAttribute("aria-invalid", "false")
