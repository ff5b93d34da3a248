"""The chart of a training: how it is drawn, and the runs that are kept in it to be compared."""

from app.page import browser


class Curve:
    def __init__(self, training):
        self.training = training
        for name in ("log", "accuracy"):
            browser.on(training.part(name), "change", self.on_choice)

    def on_choice(self, event):
        stage = self.training.stage
        stage.setLog(self.training.part("log").checked)
        stage.setAccuracy(self.training.part("accuracy").checked)

    def keep_run(self):
        self.training.stage.keepRun()
        self.training.button("forget_runs").hidden = False

    def forget_runs(self):
        self.training.stage.forgetRuns()
        self.training.button("forget_runs").hidden = True
