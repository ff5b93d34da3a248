"""The field of a figure that code is typed into: examples, mistakes, and what the code prints."""

from app.page import browser

MOST_ROWS = 12  # longer code scrolls in the field


class Typed:
    """Calls `changed` when the code was typed into, and `chosen` with the numbers of an example."""

    def __init__(self, element, changed, chosen):
        self.element = element
        self.changed = changed
        self.chosen = chosen
        self.field = self.part("code")
        self.asked = ""  # what the kernel was asked about last
        browser.on(self.field, "input", self.on_input)
        for button in browser.find_all(element, "[data-code]"):
            browser.on(button, "click", self.on_example)

    def part(self, name):
        return self.element.querySelector('[data-part="' + name + '"]')

    def on_input(self, event):
        self.grow()
        self.changed()

    def on_example(self, event):
        button = event.currentTarget
        self.field.value = button.getAttribute("data-code")
        self.grow()
        self.chosen(browser.from_json(button.getAttribute("data-values") or "{}"))

    def grow(self):
        """Give the field as many lines as its text has."""
        self.field.rows = min(max(1, len(self.field.value.split("\n"))), MOST_ROWS)

    def ask(self):
        """Return the code, and remember that it was asked about."""
        self.asked = self.field.value
        return self.asked

    def show(self, answer):
        """Show what was printed, and take over the code with the number of a leaf that was moved.

        What was typed since has the last word.
        """
        if answer["code"] != self.asked == self.field.value:
            self.field.value = self.asked = answer["code"]
        self.part("printed").textContent = answer["printed"]
        self.part("printed").hidden = answer["printed"] == ""

    def show_mistake(self, mistake):
        """Say what is wrong with the code and where. The last good graph stays, but dimmed."""
        self.element.toggleAttribute("data-stale", bool(mistake))
        place = self.part("mistake")
        place.hidden = not mistake
        self.field.setAttribute("aria-invalid", "true" if mistake else "false")
        if mistake:
            place.querySelector("p").textContent = mistake["says"]
            parts = mistake["excerpt"] or ["", "", ""]
            for element, text in zip(browser.find_all(place, "pre > *"), parts):
                element.textContent = text
            place.querySelector("pre").hidden = not mistake["excerpt"]
