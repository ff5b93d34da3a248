"""The places of a drawn network: looked at, walked along with the arrow keys, and changed."""

from app.page import browser
from app.page.language import say
from app.page.latest import Latest
from app.page.leaves import DRAG, is_number


class Places:
    def __init__(self, network):
        self.network = network
        self.frame = network.part("graph")
        self.field = network.part("number")
        self.hint = network.part("told").textContent
        self.place = ""  # that is told
        self.editing = None  # the parameter in the field
        self.before = []  # what was done to the parameters before the field was opened
        self.pressed = None  # a parameter, where it was pressed, and its number there
        self.drag = None  # by how much it was moved since
        self.latest = Latest(self.ask, self.show, network.fail)
        handlers = {
            "pointerover": self.on_point,
            "focusin": self.on_focus,
            "click": self.on_click,
            "keydown": self.on_key,
            "pointerdown": self.on_press,
            "pointermove": self.on_drag,
            "pointerup": self.on_release,
            "pointercancel": self.on_release,
        }
        for name in handlers:
            browser.on(self.frame, name, handlers[name])
        browser.on(self.field, "input", self.on_input)
        browser.on(self.field, "keydown", self.on_field_key)
        browser.on(self.field, "blur", self.on_blur)

    def parameter_at(self, element):
        """Return the number of the parameter that an element belongs to, or None."""
        kind, _, which = self.network.picture.place(element).partition(" ")
        return int(which) if kind == "parameter" else None

    # Telling.

    def on_point(self, event):
        self.tell(self.network.picture.place(event.target))

    def on_focus(self, event):
        self.network.picture.stayAt(event.target)
        self.tell(self.network.picture.place(event.target))

    def tell(self, place):
        if place and place != self.place and self.editing is None:
            self.place = place
            self.tell_again()

    def tell_again(self):
        if self.place:
            self.latest.request({"shape": self.network.shape, "place": self.place})

    def forget(self):
        """Another network is drawn: what was told is gone."""
        self.place = ""
        self.close()
        self.network.part("told-title").textContent = ""
        self.network.part("told").textContent = self.hint

    async def ask(self, request):
        return await browser.call("network_tell", request)

    def show(self, answer):
        if "is_gone" in answer:
            return  # another network is on its way
        self.network.part("told-title").textContent = answer["title"]
        browser.set_markup(self.network.part("told"), answer["lines"])

    # Keys and clicks.

    def on_key(self, event):
        if event.ctrlKey or event.metaKey or event.altKey:
            return
        if event.key in ("ArrowLeft", "ArrowRight", "ArrowUp", "ArrowDown"):
            event.preventDefault()
            event.stopPropagation()
            self.network.picture.go(event.target, event.key)
        elif event.key in ("Enter", " "):
            event.preventDefault()
            event.stopPropagation()
            self.act(event.target)
        elif event.key in ("+", "-"):
            parameter = self.parameter_at(event.target)
            if parameter is not None:
                self.nudge(parameter, 0.1 if event.key == "+" else -0.1)

    def on_click(self, event):
        if self.drag is None:
            self.act(event.target)
        self.drag = None

    def act(self, element):
        """Open the field of a parameter, or a neuron."""
        kind, _, which = self.network.picture.place(element).partition(" ")
        if kind == "parameter":
            self.network.follow.take_up(int(which))
            self.edit(int(which))
        elif kind == "neuron":
            k, i = which.split("-")
            self.network.opened.open(int(k), int(i))

    def nudge(self, parameter, difference):
        """Change a parameter by tenths, and without the dust of binary fractions."""
        number = float(self.network.picture.number(parameter))
        self.network.set(parameter, str(round(number + difference, 6)))

    # Dragging: to the right or up is more. A finger scrolls.

    def on_press(self, event):
        parameter = self.parameter_at(event.target)
        self.drag = None
        self.pressed = None
        if parameter is not None and event.button == 0 and event.pointerType != "touch":
            number = float(self.network.picture.number(parameter))
            self.pressed = (parameter, event.clientX - event.clientY, number)

    def on_drag(self, event):
        if not self.pressed:
            return
        parameter, start, number = self.pressed
        difference = round((event.clientX - event.clientY - start) / DRAG, 1)
        if difference == 0 and self.drag is None:
            return
        if self.drag is None:
            self.frame.setPointerCapture(event.pointerId)  # also when it leaves the frame
            self.network.follow.take_up(parameter)
        if self.drag != difference:
            self.drag = difference  # and so the click that follows is none
            self.network.set(parameter, str(round(number + difference, 6)))

    def on_release(self, event):
        self.pressed = None

    # Typing.

    def edit(self, parameter):
        """Lay the field over the parameter's wire."""
        picture = self.network.picture
        self.place = "parameter " + str(parameter)
        self.tell_again()
        self.editing = parameter
        self.field.setAttribute("aria-label", say("Value of {name}", name=picture.name(parameter)))
        self.before = self.network.setup["changes"]
        self.field.value = picture.number(parameter)
        self.field.hidden = False
        picture.lay(self.field, parameter)
        self.field.focus()
        self.field.select()

    def on_input(self, event):
        event.stopPropagation()
        if self.editing is not None and is_number(self.field.value):
            self.network.set(self.editing, self.field.value)

    def on_field_key(self, event):
        if event.key not in ("Enter", "Escape"):
            return
        event.stopPropagation()
        parameter = self.editing
        if event.key == "Escape":
            self.network.change("changes", self.before)
        element = self.network.picture.at("parameter " + str(parameter))
        if event.key == "Escape":
            self.close()
        if element:
            self.network.picture.focus(element)

    def on_blur(self, event):
        """What is no number changes nothing, and is said."""
        if self.editing is not None and not is_number(self.field.value):
            self.network.say_problem(say("Type a number such as 2 or −0.5."))
        self.close()

    def close(self):
        self.editing = None
        self.field.hidden = True
