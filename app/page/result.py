"""The figure of a value that a cell has computed: all that the one in Backpropagation can do."""

from app.page.backpropagation import Backpropagation


class Result(Backpropagation):
    """Shows the answers of its cell; a leaf that is moved lets the cell run again.

    `light` lights the line of the cell that ran in a step.
    """

    def __init__(self, element, moved, light):
        self.moved = moved
        super().__init__(element)
        self.cell = CellSource(light)

    def make_typed(self, element):
        return None

    def request(self):
        """Run the cell again with what was moved; a new kernel alone is no reason to run it."""
        if self.leaves.pending:
            self.moved(self.leaves.pending)

    def take(self, answer):
        self.answered = True
        self.say_problem("")
        self.show(answer)


class CellSource:
    """The cell's own editor, as a view of its source: it shows that already."""

    def __init__(self, light):
        self.light = light

    def show(self, text):
        pass
