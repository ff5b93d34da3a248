"""Changing a leaf where it stands: by typing, with the arrow keys, by dragging."""

from app.page import browser
from app.page.language import say

DRAG = 40  # pixels for one unit


class Leaves:
    """Keeps the leaves' values as text, and lays a number field over the leaf that is changed."""

    def __init__(self, field, frame, changed, tapped, say):
        self.field = field
        self.frame = frame
        self.changed = changed
        self.tapped = tapped
        self.say = say
        self.problem = ""  # what was wrong with what was typed last
        self.values = {}
        self.leaves = {}  # number of the node -> name
        self.made = []  # names of leaves whose number stands in the code
        self.pending = {}  # those of them that have another number now, until the code has it
        self.editing = None
        self.before = ""  # the number that the leaf had when the field was opened
        self.shown = ""  # the same as the graph shows it
        self.drag = None
        browser.on(frame, "keydown", self.on_key)
        browser.on(frame, "pointerdown", self.on_press)
        browser.on(frame, "pointermove", self.on_drag)
        browser.on(frame, "pointerup", self.on_release)
        browser.on(frame, "pointercancel", self.on_cancel)
        browser.on(field, "input", self.on_input)
        browser.on(field, "keydown", self.on_field_key)
        browser.on(field, "blur", self.on_blur)

    def show(self, leaves):
        """Take over the leaves that the graph has now."""
        here = [leaf for leaf in leaves if leaf["node"] is not None and leaf["can_change"]]
        self.draw({leaf["node"]: leaf["name"] for leaf in here})
        self.values = {leaf["name"]: leaf["value"] for leaf in leaves}
        self.made = [leaf["name"] for leaf in leaves if leaf["made"]]
        for name in self.made:
            if name in self.pending and float(self.pending[name]) == float(self.values[name]):
                del self.pending[name]
        for node in self.leaves:
            self.at(node).classList.add("editable")
        if self.problem:
            self.say(self.problem)

    def draw(self, leaves):
        """Take over which leaves are drawn, and let go of one that is no longer, or another now."""
        before, self.leaves = self.leaves, leaves
        if self.drag and before[self.drag[0]] != leaves.get(self.drag[0]):
            self.drag = None
        if self.editing is not None and before[self.editing] != leaves.get(self.editing):
            self.editing = None
            self.field.hidden = True

    def fill(self, values):
        """Take over other numbers for all leaves. Those that are drawn are not meant any more."""
        self.draw({})
        self.values = values
        self.pending = {}
        self.problem = ""

    def given(self):
        """Return the numbers that the code does not have: by name, as text."""
        free = {name: self.values[name] for name in self.values if name not in self.made}
        free.update(self.pending)
        return free

    def forget_pending(self):
        """Let the code have the last word, when it is typed into."""
        self.pending = {}

    def at(self, node, part=""):
        """Return the element of a node, or a part of it."""
        return self.frame.querySelector('[data-node="' + str(node) + '"] ' + part)

    def leaf_at(self, element):
        """Return the number of the leaf that an element belongs to, or None."""
        node = element.closest("[data-node]")
        number = int(node.getAttribute("data-node")) if node else None
        return number if number in self.leaves else None

    def move(self, node, difference):
        """Change a leaf by tenths, and without the dust of binary fractions."""
        self.set(node, str(round(float(self.values[self.leaves[node]]) + difference, 6)))

    def set(self, node, text):
        name = self.leaves[node]
        self.values[name] = text
        if name in self.made:
            self.pending[name] = text
        self.problem = ""
        self.changed()

    # Keys.

    def on_key(self, event):
        node = self.leaf_at(event.target)
        if node is None or event.ctrlKey or event.metaKey or event.altKey:
            return
        if event.key == "Enter":
            event.preventDefault()
            self.tapped(node)
        elif event.key in ("ArrowUp", "ArrowDown"):
            event.preventDefault()
            self.move(node, 0.1 if event.key == "ArrowUp" else -0.1)

    # Dragging: to the right or up is more.

    def on_press(self, event):
        node = self.leaf_at(event.target)
        if node is not None and event.button == 0:
            self.drag = (node, event.clientX - event.clientY, float(self.values[self.leaves[node]]))
            self.moved = False

    def on_drag(self, event):
        if self.drag:
            node, start, value = self.drag
            difference = round((event.clientX - event.clientY - start) / DRAG, 1)
            if difference != 0 and not self.moved:
                self.moved = True
                self.frame.setPointerCapture(event.pointerId)  # also when it leaves the frame
            self.move(node, value + difference - float(self.values[self.leaves[node]]))

    def on_release(self, event):
        drag, self.drag = self.drag, None
        if drag and not self.moved:
            self.tapped(drag[0])

    def on_cancel(self, event):
        self.drag = None

    # Typing.

    def edit(self, node):
        """Lay the field over the leaf's number."""
        self.editing = node
        self.field.setAttribute("aria-label", say("Value of {name}", name=self.leaves[node]))
        self.field.value = self.before = self.values[self.leaves[node]]
        self.shown = self.at(node, "[data-role=data]").textContent
        self.field.hidden = False
        browser.place_over(self.field, self.at(node, ".card"))
        self.field.focus()
        self.field.select()

    def on_input(self, event):
        event.stopPropagation()
        if self.editing is not None and is_number(self.field.value):
            self.set(self.editing, self.field.value)

    def on_field_key(self, event):
        if event.key == "Escape":
            self.field.value = self.before
            self.set(self.editing, self.before)
        if event.key in ("Enter", "Escape"):
            self.at(self.editing).focus()  # and so the field is left

    def on_blur(self, event):
        """What is no number changes nothing, and is said."""
        self.field.hidden = True
        node, self.editing = self.editing, None
        if node is not None and not is_number(self.field.value):
            self.set(node, self.before)
            self.problem = say(
                "Type a number such as 2 or −0.5. {name} is still {number}.",
                name=self.leaves[node],
                number=self.shown,
            )
            self.say(self.problem)


def is_number(text):
    """Tell whether a field has a number that a float can hold: 1e400 is too large for any."""
    return text != "" and abs(float(text)) < float("inf")
