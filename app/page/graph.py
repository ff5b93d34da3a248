"""The figure of a graph that a visitor types: its code, its leaves, and the paths through it."""

from app.page import browser
from app.page.language import say
from app.page.leaves import Leaves
from app.page.traced import Traced
from app.page.typed import Typed

FLOW_STEP = 700  # milliseconds for one node, when a path is played
BUILD_UP_SPEED = 4  # a new graph builds up faster than it is stepped through


class Graph(Traced):
    method = "graph"
    passes = "forward"

    def __init__(self, element):
        self.name = element.getAttribute("data-figure")
        self.frame = element.querySelector('[data-part="graph"]')
        field = element.querySelector('[data-part="leaf"]')
        self.leaves = Leaves(field, self.frame, self.request, self.on_leaf, self.say_problem)
        self.viewport = None
        self.focused = None  # the node that is lit
        self.last_lit = 0
        self.is_refolding = False
        self.typed = self.make_typed(element)
        super().__init__(element)
        browser.on(self.frame, "pointerover", self.on_point)
        browser.on(self.frame, "pointerleave", self.on_leave)
        browser.on(self.frame, "focusin", self.on_point)
        browser.on(self.frame, "focusout", self.on_leave)
        browser.on(self.frame, "click", self.on_switch)
        browser.on(self.frame, "keydown", self.on_switch)
        for button in browser.find_all(element, "[data-tool]"):
            browser.on(button, "click", self.on_tool)

    def make_typed(self, element):
        return Typed(element, self.on_code, self.on_example)

    # Messages from the page.

    def on_code(self):
        self.leaves.forget_pending()
        self.request()

    def on_example(self, values):
        self.leaves.fill(values)
        self.shape = ""  # also the same graph builds up once more
        self.request()

    def on_point(self, event):
        node = event.target.closest("[data-node]")
        if node:
            self.light(int(node.getAttribute("data-node")))

    def on_leave(self, event):
        self.light(None)

    def on_leaf(self, node):
        """A leaf was clicked or tapped: its number can be typed."""
        self.leaves.edit(node)

    def on_tool(self, event):
        if self.viewport:  # else nothing is drawn yet
            getattr(self, event.currentTarget.getAttribute("data-tool"))()

    # Folding.

    def on_switch(self, event):
        """A card is to be unfolded, or folded: its button was clicked, or Enter pressed on it."""
        switch = event.target.closest("[data-switch]")
        if switch and getattr(event, "key", "Enter") in ("Enter", " "):
            event.preventDefault()
            event.stopPropagation()
            node = int(switch.closest("[data-node]").getAttribute("data-node"))
            self.spawn(self.refold(switch.getAttribute("data-switch"), node))

    async def refold(self, action, node):
        answer = await browser.call(action, {"figure": self.name, "node": node})
        if "says" in answer:
            self.say_problem(answer["says"])
            return
        was_at_end = self.player.step == self.player.steps
        self.is_refolding = True
        self.take(answer)
        self.is_refolding = False
        if was_at_end:
            self.player.finish()
        self.frame.querySelector('[data-node="' + str(answer["card"]) + '"]').focus()

    # Tools.

    def zoom_in(self):
        browser.spawn(self.zoom(1.4))

    def zoom_out(self):
        browser.spawn(self.zoom(1 / 1.4))

    async def zoom(self, factor):
        if not await self.viewport.zoomBy(factor):
            self.say_problem(
                say("What zooms a drawing could not be fetched. Check the network, then reload.")
            )

    def fit(self):
        self.viewport.fit()

    def copy_svg(self):
        browser.spawn(self.copy())

    async def copy(self):
        try:
            await browser.export.copySvg(self.frame.querySelector("svg"))
            self.say_problem(say("The drawing is on the clipboard, as SVG."))
        except Exception:
            self.say_problem(say("The browser does not allow this page to write to the clipboard."))

    def save_png(self):
        browser.spawn(browser.export.savePng(self.frame.querySelector("svg"), "graph"))

    def highlight_path(self):
        """Let light run once more from all that the last lit node depends on to the output."""
        self.spawn(self.play_path(self.last_lit))

    async def play_path(self, node):
        path = await browser.call("light_path", {"figure": self.name, "node": node})
        self.picture.light(browser.to_json(path["places"]))
        self.part("narration").textContent = path["says"]
        self.picture.play(path["flow"], FLOW_STEP)

    # To the kernel and back.

    def question(self):
        return {"figure": self.name, "values": self.leaves.given(), "passes": self.passes}

    async def ask(self, question):
        question["code"] = self.typed.ask()  # as it is when it is sent
        return await super().ask(question)

    def take(self, answer):
        mistake = answer["mistake"]
        self.typed.show_mistake(mistake)
        if not mistake:
            super().take(answer)
        self.answered = True

    def show(self, answer):
        if self.typed:
            self.typed.show(answer)
        super().show(answer)
        self.leaves.show(answer["leaves"])

    def show_new(self, answer):
        self.last_lit = 0
        self.viewport = browser.make_zoomable(self.frame)
        self.picture.makeFocusable()
        super().show_new(answer)
        self.build_up()

    def show_step(self):
        super().show_step()
        if self.viewport:
            self.viewport.follow(self.picture.nodeOf(self.player.step))

    def build_up(self):
        """Let a new graph grow node by node, in the order of creation, where it can be seen."""
        if self.is_refolding:
            return
        if browser.is_in_view(self.frame) and not browser.wants_no_motion():
            self.player.build_up(BUILD_UP_SPEED)

    # Lighting what belongs together.

    def light(self, node):
        if node != self.focused:
            self.focused = node
            if node is not None:
                self.last_lit = node
            self.spawn(self.show_path(node))

    async def show_path(self, node):
        if node is None:
            self.picture.light("[]")
            self.show_step()
            return
        shape = self.shape
        try:
            path = await browser.call("light_path", {"figure": self.name, "node": node})
        except Exception:
            return  # the graph is another one by now, or Python has ended
        if node == self.focused and shape == self.shape:
            self.picture.light(browser.to_json(path["places"]))
            self.part("narration").textContent = path["says"]
