"""Moves through the steps of a figure: forward, backward, one at a time, to and fro.

The player knows numbers of steps only. It tells a `stage` which step to glide or jump to, and
`changed` after each change, so that the page can show where the figure is.
"""


class Player:
    def __init__(self, stage, changed):
        self.stage = stage
        self.changed = changed
        self.steps = 0  # how many there are
        self.forward_steps = 0  # how many of them are the forward pass
        self.step = 0  # how many have been made, or are just being made
        self.arrived = 0  # the step whose motion has ended: only now its numbers are there
        self.playing = False
        self._asks = False  # is there a question before each step of the backward pass?
        self._until = 0
        self._speed = None  # of the playing, where it is not the one that the visitor chose

    def load(self, steps, forward_steps, step):
        """Take over a new score, and stand behind the given step of it."""
        self.steps = steps
        self.forward_steps = forward_steps
        self.jump(step)

    def go_on(self, begun):
        """Take over from static/first.js what stands at a step, moves to it, or plays."""
        self.steps = begun.steps
        self.forward_steps = begun.forwardSteps
        self.step, self.arrived = begun.step, begun.arrived
        self.stage.timeline = begun.timeline
        self._until = begun.until
        self.playing = begun.until > 0
        if self.playing or self.arrived != self.step:
            self._glide(self.step, self._next if self.playing else None)
        else:
            self.jump(self.step)

    def jump(self, step):
        """Stand still behind this step at once."""
        self._pause()
        self.step = self.arrived = max(0, min(step, self.steps))
        self.stage.jump(self.step)
        self.changed()

    def reset(self):
        self.jump(0)

    def finish(self):
        self.jump(self.steps)

    def step_forward(self):
        self._step_to(self.step + 1)

    def step_back(self):
        self._step_to(self.step - 1)

    def ask(self, asks):
        """From now on halt before each step of the backward pass, or no longer."""
        self._asks = asks
        if self.playing:
            self._until = min(self._until, self._end(self.step))

    def play(self):
        """Play to the end or the next question; from the end, once more from the start."""
        start = 0 if self.step == self.steps else self.step
        self._play_from(start, self._end(start + 1))

    def build_up(self, speed):
        """Play the forward pass once at another speed."""
        self._play_from(0, self.forward_steps, speed)

    def play_until(self, step):
        """Play on from here past all questions, and stop behind a step."""
        self._play_from(self.step, step)

    def play_forward(self):
        self._play_from(0, self.forward_steps)

    def play_backward(self):
        """Play the backward pass. Its first question is a place to halt at, as any other."""
        start = self.forward_steps
        if self._asks and self.arrived != start:
            self.jump(start)
        else:
            self._play_from(start, self._end(start + 1))

    def toggle(self):
        if self.playing:
            self.pause()
        else:
            self.play()

    def pause(self):
        self._pause()
        self.changed()

    def _step_to(self, step):
        """Glide to a step. Where there is none, this still ends what was playing."""
        self._pause()
        if 0 <= step <= self.steps:
            self._glide(step, None)
        else:
            self.changed()

    def _end(self, first):
        """Return the step behind which playing ends, when `first` is made in any case."""
        if not self._asks:
            return self.steps
        return min(max(first, self.forward_steps), self.steps)

    def _play_from(self, start, until, speed=None):
        self.jump(start)
        self.playing = True
        self._speed = speed
        self._until = until
        self._next()

    def _next(self):
        if not self.playing:
            return
        if self.step >= self._until:
            self.pause()
        else:
            self._glide(self.step + 1, self._next)

    def _glide(self, step, then):
        self.step = step
        self.changed()
        if self.stage.glide(
            step, lambda: self._arrive(then), self._speed if then else None
        ):  # it was a cut, not a motion
            self._show_arrival()

    def _arrive(self, then):
        self._show_arrival()
        if then:
            then()

    def _show_arrival(self):
        if self.arrived != self.step:
            self.arrived = self.step
            self.changed()

    def _pause(self):
        self.playing = False
        self.stage.finish()
        self.arrived = self.step
