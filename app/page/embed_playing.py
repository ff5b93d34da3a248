"""Where an embedded figure stands: at a step, playing, or at rest while it is out of sight."""

from app.page import browser


class Playing:
    """Begins once the figure is there, and does what the page around the frame wishes.

    `player` returns the player of what is shown, or None where there is none yet.
    """

    def __init__(self, request):
        self.step = request["step"]
        self.plays = request["autoplay"] and not browser.wants_no_motion()
        self.player = lambda: None
        self.training = None
        self.is_resting = False  # does the page around want no motion now?
        self.until = None  # the step to which it will go on

    def follow(self, figure):
        """Begin with the first answer of a figure, or with what is there already."""
        if not hasattr(figure, "player"):
            return
        self.player = lambda: figure.player if figure.player.steps else None
        if figure.player.steps:  # it came with the page
            if not figure.begun.isUsed:
                self.begin()
            return
        show = figure.latest.show

        def show_and_begin(answer):
            show(answer)
            if figure.player.steps:
                figure.latest.show = show
                self.begin()

        figure.latest.show = show_and_begin

    def follow_cell(self, cell):
        def player():
            result = cell.output.result
            return result.player if result and result.player.steps else None

        self.player = player

    def follow_training(self, training):
        """A training plays once it is open."""
        self.training = training
        show = training.take_settings

        def show_and_begin(answer):
            show(answer)
            training.take_settings = show
            if self.plays and not self.is_resting:
                training.toggle()
            elif self.plays:
                self.until = 0

        training.take_settings = show_and_begin

    def begin(self):
        player = self.player()
        if self.step is not None:
            player.jump(self.step)
        if self.plays:
            player.reset() if self.step is None else None
            player.play()
        if self.is_resting:
            self.pause()

    # What the page around wishes.

    def on_wish(self, wish, step):
        if wish == "step":
            self.go_to(step)
        elif wish == "pause":
            self.is_resting = True
            self.pause()
        elif self.is_resting:
            self.is_resting = False
            self.resume()

    def go_to(self, step):
        player = self.player()
        self.until = None
        if player:
            player.jump(step)
        elif not self.training:
            self.step = step  # it stands there once it is there

    def pause(self):
        player = self.player()
        if self.training and self.training.is_playing:
            self.until = 0
            self.training.toggle()
        elif player and player.playing:
            self.until = player._until
            player.pause()

    def resume(self):
        """Go on with what was interrupted, unless the reader has moved it since."""
        until, self.until = self.until, None
        if until is None:
            return
        if self.training:
            if not self.training.is_playing:
                self.training.toggle()
        elif self.player() and not self.player().playing:
            self.player().play_until(until)
