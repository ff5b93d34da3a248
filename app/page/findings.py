"""What goes wrong in a training, with the setting that helps; and the stories to try."""

from app.page import browser

SOON = 1_000  # milliseconds from one look to the next while it trains


class Findings:
    def __init__(self, training):
        self.training = training
        for name in ("findings", "stories"):
            browser.on(training.part(name), "click", self.on_choice)

    async def keep_telling(self):
        while self.training.is_playing:
            await browser.sleep(SOON)
            if self.training.is_playing:
                await self.tell()

    async def tell(self):
        try:
            answer = await browser.call("training_diagnose", {})
        except Exception:
            return  # a new training, or a new Python, says it itself
        findings = browser.to_json(answer["findings"])
        browser.panel.fillFindings(self.training.part("findings"), findings)

    async def show_stories(self):
        answer = await browser.call("training_stories", {})
        stories = browser.to_json(answer["stories"])
        browser.panel.fillStories(self.training.part("stories"), stories)

    def on_choice(self, event):
        """A finding leads to the setting that helps; a story begins; an answer is judged."""
        place = event.target.closest("[data-go], [data-story], [data-answer]")
        if not place:
            return
        if place.hasAttribute("data-go"):
            self.training.controls.focus(place.getAttribute("data-go"))
        elif place.hasAttribute("data-story"):
            self.training.stage.pause()
            self.training.do("training_preset", {"name": place.getAttribute("data-story")})
        else:
            self.judge(place)

    def judge(self, answer):
        """Say whether an answer to the question of a story is right, and why."""
        place = answer.closest("[data-stories]").querySelector(".verdict")
        place.textContent = answer.getAttribute("data-says")
        place.setAttribute("data-right", answer.getAttribute("data-answer"))
