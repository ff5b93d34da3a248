"""Two graphs side by side that go through their steps together: as it should be, and as it is."""

from app.page import browser
from app.page.figure import Figure
from app.page.player import Player
from app.page.stage import Stage
from app.page.transport import Transport


class Pair:
    """Two stages that move as one. The shorter waits at its end for the longer."""

    def __init__(self, stages):
        self.stages = stages
        self.ends = [0 for _ in stages]

    def load(self, ends):
        self.ends = ends
        for stage in self.stages:
            stage.load()

    def jump(self, step):
        for stage, end in zip(self.stages, self.ends):
            stage.jump(min(step, end))

    def glide(self, step, then, speed=None):
        first, *others = zip(self.stages, self.ends)
        for stage, end in others:
            stage.glide(min(step, end), None, speed)
        return first[0].glide(min(step, first[1]), then, speed)

    def finish(self):
        for stage in self.stages:
            stage.finish()


class Paired(Figure):
    """A figure of two runs, with a mark on what is wrong in the second. Subclasses say of what."""

    sides = ("right", "wrong")

    def __init__(self, element):
        frames = [element.querySelector('[data-part="' + side + '"]') for side in self.sides]
        self.pictures = [browser.make_picture(frame) for frame in frames]
        stages = [Stage(picture) for picture in self.pictures]
        self.player = Player(Pair(stages), self.show_step)
        self.transport = Transport(element, self.player)
        self.mark = None  # while something is drawn
        super().__init__(element)

    def show_pair(self, answer):
        self.mark = answer["mark"]
        figures = [answer[side] for side in self.sides]
        self.pictures[0].show(answer["pictures"].right)
        self.pictures[1].show(answer["pictures"].wrong)
        self.part("code").textContent = answer["code"]
        steps = [figure["steps"] for figure in figures]
        self.player.stage.load(steps)
        self.player.load(max(steps), figures[0]["forward_steps"], max(steps))

    def show_step(self):
        self.transport.show()
        if not self.mark:
            return
        step = self.player.step
        for side, picture in zip(self.sides, self.pictures):
            picture.showNumbers(self.player.arrived)
            self.part(side + "-narration").textContent = picture.sentence(step)
            picture.follow(step)
        self.show_mark(self.mark, self.player.arrived)

    def show_mark(self, mark, step):
        """Mark the first wrong number when it is there, and in the end all that are wrong."""
        is_wrong, is_end = step >= mark["step"], step == self.player.steps
        for place in mark["in_the_end"]:
            self.pictures[1].find(place).classList.toggle("wrong", is_end)
        for place in mark["places"]:
            self.pictures[1].find(place).classList.toggle("wrong", is_wrong)
        sentence = mark["says_in_the_end"] if is_end else mark["says"]
        self.part("mark").textContent = sentence if is_wrong else ""
