"""The section "Training": what a visitor does goes to the kernel, and its frames to the stage."""

from app.page import browser
from app.page.brought import Brought, has_own_points
from app.page.curve import Curve
from app.page.findings import Findings
from app.page.kept import is_text
from app.page.language import say
from app.page.latest import Latest
from app.page.layers import Layers
from app.page.problem import words_of
from app.page.sample import Sample
from app.page.weight import Weight

KEY = "training"  # under which the settings are kept


class Training:
    """One training at a time. `follow` shows one sample of it in the section above."""

    def __init__(self, element, follow):
        self.element = element
        self.query = None  # the settings as a link, once there is a training
        self.wanted = None  # the settings that the address or an earlier visit wants
        self.settings = None
        self.is_opening = False
        self.is_known = False  # does Python have it? A new one does not, until it is opened there
        self.is_playing = False
        self.hide = browser.callback(self.on_hide)
        self.latest = {}  # for each setting that is being moved
        self.stage = browser.training.createTraining(element, browser.callback(self.on_told))
        self.controls = browser.controls.createControls(element, browser.callback(self.on_setting))
        self.layers = Layers(self)
        self.weight = Weight(self)
        self.sample = Sample(self, follow)
        self.brought = Brought(self)
        self.curve = Curve(self)
        self.findings = Findings(self)
        self.is_open = False
        self.has_table = False
        self.history = self.part("history")
        browser.on(self.history, "input", self.on_scrub)
        browser.on(self.history, "change", self.on_scrubbed)
        for button in browser.find_all(element, "[data-do]"):
            browser.on(button, "click", self.on_button)
        browser.on(self.part("explain").closest("details"), "toggle", self.on_explain)
        browser.on_link(self.on_link)
        browser.on_kernel_state(self.on_kernel)
        browser.panel.whenNear(element, browser.callback(self.on_near))
        self.is_near = False

    def part(self, name):
        return self.element.querySelector('[data-part="' + name + '"]')

    def button(self, action):
        return self.element.querySelector('[data-do="' + action + '"]')

    # Beginning.

    def on_near(self):
        self.is_near = True
        self.begin()

    def on_kernel(self, state):
        if state in ("loading", "stopped"):
            self.query = None
            self.is_known = False
        if state == "ready":
            self.begin()

    def begin(self):
        """Open the training when it is near the screen and Python can; what was trained stays."""
        if self.is_near and self.query is None and browser.kernel_state() in ("ready", "busy"):
            self.query = ""
            self.is_opening = True
            browser.spawn(self.open())

    async def open(self):
        weights = browser.from_json(self.stage.weights())
        if self.wanted is None:
            kept = await browser.kept(KEY, is_text)
            self.wanted = browser.panel.settingsInAddress() or kept or ""
        request = {"query": self.wanted, "weights": weights, "epoch": self.stage.epoch()}
        request.update(await self.brought.kept())
        await self.ask("training_open", request)
        self.is_opening = False

    async def opened(self):
        """Wait until it is open, trying again if that failed; tell whether Python has it."""
        if not self.is_known and not self.is_opening:
            self.query, self.is_near = None, True  # or it was not near yet
            self.begin()
        while self.is_opening:
            await browser.sleep(20)
        return self.is_known

    async def told(self, method, request):
        """Return an answer that is no frame, or None where Python has no training."""
        return await browser.call(method, request) if await self.opened() else None

    def on_link(self, event):
        """A link with settings was followed on this very page."""
        query = browser.panel.settingsInAddress()
        if query:
            self.wanted = query
            self.do("training_open", {"query": query})

    # To the kernel and back.

    def do(self, method, request):
        browser.spawn(self.ask(method, request))

    async def ask(self, method, request):
        """Call a method and show its frame; return the answer, or None where there is none."""
        if method != "training_open" and not await self.opened():
            return None
        try:
            answer = await browser.call(method, request)
        except Exception as error:
            self.say_problem(words_of(error))
            return None
        self.is_known = True
        self.take(answer)
        return answer

    def take(self, answer):
        self.stage.show(answer["pictures"])
        self.say_problem(" ".join(answer["problems"]))
        self.show_place(answer["begin"], answer["end"], answer["step"])
        self.part("state").textContent = answer["says"]
        if "settings" in answer:
            self.take_settings(answer)
        if not self.is_playing:
            browser.spawn(self.findings.tell())

    def take_settings(self, answer):
        if not self.has_table:
            self.has_table = True
            self.controls.make(browser.to_json(answer["table"]))
            browser.spawn(self.findings.show_stories())
        self.controls.show(browser.to_json(answer["settings"]))
        self.controls.hide(browser.to_json(answer["hidden"]))
        self.controls.makeHiding(
            self.part("hiding"), browser.to_json(answer["hidden_by_teacher"]), self.hide
        )
        self.settings = answer["settings"]
        self.stage.plane.canMove = has_own_points(self.settings)
        self.layers.show(answer["shape"], answer["activations"])
        if "names" in answer:  # another network, or other rows
            self.weight.names = answer["names"]
            self.sample.forget()
            self.part("plane-name").textContent = say("Output")
            self.button("output").hidden = True
        self.part("confusion").hidden = answer["settings"]["problem"] == "regression"
        is_first, self.is_open = not self.is_open, True
        self.query = self.wanted = answer["query"]
        if not is_first:
            browser.keep(KEY, self.query)
            browser.panel.writeSettings(self.query)

    def show_place(self, begin, end, step):
        self.history.min = str(begin)
        self.history.max = str(end)
        self.history.value = str(step)
        self.element.setAttribute("data-step", str(step))
        self.element.setAttribute("data-steps", str(end))

    def say_problem(self, sentence):
        self.part("problem").textContent = sentence
        self.part("problem").hidden = sentence == ""

    # What the stage tells.

    def on_told(self, what, detail):
        getattr(self, "on_" + what)(browser.from_json(detail))

    def on_paused(self, answer):
        """It was paused, or ended by itself: once more, and finer."""
        if not self.stage.isPlaying:
            self.show_playing(False)
            self.do("training_frame", {})

    def on_failed(self, sentence):
        self.show_playing(False)
        self.say_problem(sentence)

    def on_moment(self, answer):
        """A frame was shown while it plays."""
        self.show_place(answer["begin"], answer["end"], answer["step"])

    def on_pick(self, row):
        self.sample.pick(row)

    def on_cursor(self, place):
        x, y, value = place
        self.part("cursor").textContent = browser.panel.placeWords(x, y, value)

    def on_add(self, place):
        self.brought.add(place)

    def on_move(self, place):
        self.brought.move(place)

    def on_edit(self, parameter):
        self.weight.edit(parameter)

    def on_nudge(self, change):
        self.weight.nudge(change)

    def on_neuron(self, neuron):
        self.enlarge(neuron)

    def enlarge(self, neuron):
        """Show the picture of a neuron large; None is the output."""
        output = say("Output")
        name = output if neuron is None else self.stage.nameOf(neuron)
        self.part("plane-name").textContent = name
        self.button("output").hidden = name == output
        self.do("training_show", {"neuron": neuron})

    # Playing.

    def on_button(self, event):
        action = event.currentTarget.getAttribute("data-do")
        parts = (self, self.brought, self.sample, self.curve)
        getattr(next(part for part in parts if hasattr(part, action)), action)()

    def toggle(self):
        if self.is_playing:
            self.stage.pause()
            self.show_playing(False)
        else:
            browser.spawn(self.play())

    async def play(self):
        if await self.opened() and not self.is_playing:
            self.show_playing(True)
            self.stage.play()
            browser.spawn(self.findings.keep_telling())

    def show_playing(self, is_playing):
        self.is_playing = is_playing
        self.button("toggle").textContent = say("Pause") if is_playing else say("Play")
        self.element.toggleAttribute("data-playing", is_playing)

    def by(self):
        return self.part("by").value

    def step(self):
        self.stage.pause()
        self.do("training_step", {"by": self.by()})

    def back(self):
        self.stage.pause()
        self.do("training_back", {"by": self.by()})

    def reset(self):
        self.stage.pause()
        self.do("training_reset", {})

    def new_weights(self):
        self.stage.pause()
        self.do("training_reset", {"new": "weights"})

    def regenerate(self):
        self.stage.pause()
        self.do("training_reset", {"new": "rows"})

    def output(self):
        self.enlarge(None)

    # The past.

    def on_scrub(self, event):
        self.stage.pause()
        self.ask_latest(
            "history", "training_seek", {"step": int(self.history.value), "moves": True}
        )

    def on_scrubbed(self, event):
        self.ask_latest("history", "training_seek", {"step": int(self.history.value)})

    # Settings.

    def on_setting(self, key, text):
        self.ask_latest(key, "training_set", {"key": key, "text": text})

    def on_hide(self, keys):
        self.do("training_hide", {"keys": browser.from_json(keys)})

    def ask_latest(self, name, method, request):
        """Ask while something is being moved: of several that wait, the newest."""
        if not self.is_known:
            return
        if name not in self.latest:
            self.latest[name] = Latest(self.ask_for, self.take, self.fail)
        self.latest[name].request((method, request))

    async def ask_for(self, question):
        method, request = question
        return await browser.call(method, request)

    def fail(self, error):
        self.say_problem(words_of(error))

    # How the steps are made.

    def on_explain(self, event):
        browser.spawn(self.explain())

    async def explain(self):
        answer = await self.told("training_explain", {})
        if answer:
            self.part("explain").textContent = answer["says"]
