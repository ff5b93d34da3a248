"""The controls of a player: buttons, a scrubber, the speed, and keys."""

from app.page import browser
from app.page.kept import is_text
from app.page.language import say

KEYS = {
    " ": "toggle",
    "ArrowRight": "step_forward",
    "ArrowLeft": "step_back",
    "Home": "reset",
    "End": "finish",
}
SPEED = "speed"  # under this name it is kept
TYPED_INTO = "input, textarea, select, button, [contenteditable=true]"


class Transport:
    """Connects a figure's buttons (`data-action`), scrubber, speed and keys with its player."""

    def __init__(self, figure, player):
        self.figure = figure
        self.player = player
        self.buttons = browser.find_all(figure, "[data-action]")
        self.scrubber = figure.querySelector('[data-part="scrubber"]')
        self.speed = figure.querySelector('[data-part="speed"]')
        for button in self.buttons:
            browser.on(button, "click", self.on_click)
        browser.on(figure, "keydown", self.on_key)
        if self.scrubber:
            browser.on(self.scrubber, "input", self.on_scrub)
        if self.speed:
            browser.on(self.speed, "change", self.on_speed)
            browser.spawn(self.restore_speed())

    def on_click(self, event):
        self.act(event.currentTarget.getAttribute("data-action"))

    def on_key(self, event):
        """Take the keys of a player, unless they are meant for the field that has the focus."""
        if event.target.closest(TYPED_INTO):
            return
        if event.key in KEYS and not (event.ctrlKey or event.metaKey or event.altKey):
            event.preventDefault()
            self.act(KEYS[event.key])

    def act(self, action):
        if self.player.steps:
            getattr(self.player, action)()

    def on_scrub(self, event):
        if self.player.steps:
            self.player.jump(int(event.target.value))

    def on_speed(self, event):
        self.player.stage.speed = float(self.speed.value)
        browser.keep(SPEED, self.speed.value)

    async def restore_speed(self):
        """Take the speed that the visitor chose last, in whatever figure."""
        kept = await browser.kept(SPEED, is_text)
        if kept in [option.value for option in browser.find_all(self.speed, "option")]:
            self.speed.value = kept
            self.player.stage.speed = float(kept)

    def show(self):
        """Show where the player is."""
        player = self.player
        self.figure.setAttribute("data-step", str(player.step))
        self.figure.setAttribute("data-steps", str(player.steps))
        off = {"step_back": player.step == 0, "step_forward": player.step == player.steps}
        for button in self.buttons:
            action = button.getAttribute("data-action")
            button.setAttribute("aria-disabled", "true" if off.get(action) else "false")
            if action == "toggle":
                button.textContent = say("Pause") if player.playing else say("Play")
        if self.scrubber:
            self.scrubber.max = str(player.steps)
            self.scrubber.value = str(player.step)
