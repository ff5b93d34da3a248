"""Plays the score of one figure: its cues stand on one Anime.js timeline, which is only sought."""

from app.page import browser

STEP = 1000  # milliseconds of the timeline, and of the clock, for one step


class Stage:
    def __init__(self, figure):
        self.figure = figure
        self.timeline = None
        self.motion = None  # the animation that moves the timeline's time, while there is one
        self.then = None
        self.time = 0
        self._arrived = browser.callback(self._arrive)

    def load(self, steps):
        """Build the timeline from the cues of every step."""
        self.timeline = browser.timeline()
        for i, cues in enumerate(steps):
            for cue in cues:
                targets = self.figure.querySelectorAll(cue["target"])
                change = {
                    cue["property"]: {"from": cue["from"], "to": cue["to"]},
                    "duration": cue["for"],
                }
                browser.add_to(self.timeline, targets, change, i * STEP + cue["at"])
        browser.show_beginning(self.timeline)

    def jump(self, step):
        self.time = step * STEP
        self.timeline.seek(self.time)

    def glide(self, step, then):
        """Move to a step, and call `then` on arrival. Who wants no motion gets a cut."""
        self.finish()
        self.then = then
        self.time = step * STEP
        if browser.wants_no_motion():
            self.timeline.seek(self.time)
            self.motion = browser.after(STEP, self._arrived)
        else:
            self.motion = browser.glide(self.timeline, self.time, STEP, self._arrived)

    def finish(self):
        """End any motion where it was going to."""
        self.then = None
        if self.motion:
            self.motion.pause()
            self.motion = None
            self.timeline.seek(self.time)

    def _arrive(self, *_):
        self.motion = None
        then, self.then = self.then, None
        if then:
            then()
