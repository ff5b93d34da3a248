"""Plays the steps of one picture: they stand on a timeline, which is only ever sought."""

from app.page import browser

STEP = 1000  # milliseconds of the timeline for one step; of the clock too, at speed 1


class Stage:
    def __init__(self, picture):
        self.picture = picture
        self.timeline = None
        self.speed = 1
        self.motion = None  # the animation that moves the timeline's time, while there is one
        self.then = None
        self.time = 0
        self._arrived = browser.callback(self._arrive)

    def load(self):
        """Take over the steps of what is drawn now."""
        self.finish()
        self.timeline = self.picture.timeline(STEP)

    def jump(self, step):
        self.time = step * STEP
        self.timeline.seek(self.time)

    def glide(self, step, then, speed=None):
        """Move to a step, and call `then` a step's time later.

        Who wants no motion gets a cut: then this returns True, and the step is there already.
        """
        self.finish()
        self.then = then
        self.time = step * STEP
        duration = STEP / (speed or self.speed)
        is_cut = browser.wants_no_motion()
        if is_cut:
            self.timeline.seek(self.time)
            self.motion = browser.after(duration, self._arrived)
        else:
            self.motion = browser.glide(self.timeline, self.time, duration, self._arrived)
        return is_cut

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
