"""Stories: set-ups in which something typical goes wrong, each with a question to answer first."""

from __future__ import annotations

from typing import Any, NamedTuple

from ..language import noted, say


class Choice(NamedTuple):
    text: str
    is_right: bool
    says: str  # to who chooses it


class Preset(NamedTuple):
    """A set-up as it stands in a link, and what to think about before it is played."""

    name: str
    title: str
    query: str
    look: str  # what to do, and where to look
    question: str
    choices: tuple[Choice, ...]

    def as_data(self) -> dict[str, Any]:
        says = {key: say(getattr(self, key)) for key in ("title", "look", "question")}
        choices = [
            {"text": say(c.text), "isRight": c.is_right, "says": say(c.says)} for c in self.choices
        ]
        return {**self._asdict(), **says, "choices": choices}


PRESETS = (
    Preset(
        "rate",
        noted("A learning rate that is too high"),
        "problem=regression&samples=100&networkShape=&learningRate=0.3",
        noted("One neuron, and a plane to be learnt. Step epoch by epoch, and watch the loss."),
        noted("What will the loss do with a learning rate of 0.3?"),
        (
            Choice(
                noted("It falls, only faster."),
                False,
                noted(
                    "A step follows the slope where it begins. A step of this size leaves the "
                    "place for which the slope was right."
                ),
            ),
            Choice(
                noted("It grows with every epoch."),
                True,
                noted(
                    "Each step jumps over the valley and lands on the other side, higher up, where "
                    "the slope is steeper still. Step back, take 0.03, and see."
                ),
            ),
            Choice(
                noted("It stays where it is."),
                False,
                noted(
                    "The gradient is not 0, so the weights move, and far: the rate multiplies it."
                ),
            ),
        ),
    ),
    Preset(
        "dead",
        noted("Dead ReLUs"),
        "dataset=circle&samples=200&networkShape=6&activation=relu&learningRate=3&seed=2",
        noted("Play for some epochs, then pause. Some pictures have turned to one colour."),
        noted("Can a ReLU that is 0 on every row learn to be useful again?"),
        (
            Choice(
                noted("Yes, it only takes longer."),
                False,
                noted(
                    "Its slope is 0 wherever its input is below 0. No row sends it a gradient, so "
                    "its weights never move, however long you wait."
                ),
            ),
            Choice(
                noted("No: it gets no gradient."),
                True,
                noted(
                    "Where the input is below 0 the local derivative is 0, and the upstream "
                    "gradient is multiplied by it. Edit its bias to 2 and it is alive."
                ),
            ),
            Choice(
                noted("Yes, if the learning rate grows."),
                False,
                noted("Whatever the learning rate is multiplied with, the gradient is 0."),
            ),
        ),
    ),
    Preset(
        "vanishing",
        noted("A gradient that vanishes"),
        "dataset=circle&samples=200&networkShape=4,4,4,4,4,4,4,4&activation=sigmoid&seed=1",
        noted(
            "Play, then choose the pictures ∂loss/∂neuron and open the histograms of each layer."
        ),
        noted("Eight layers of sigmoids: which layers learn?"),
        (
            Choice(
                noted("All in the same way."),
                False,
                noted(
                    "Each layer multiplies the gradient by its weights and by slopes of at most ¼. "
                    "After eight layers almost nothing is left."
                ),
            ),
            Choice(
                noted("The first ones, near the data."),
                False,
                noted(
                    "They are the farthest from the loss: the gradient comes from the other side."
                ),
            ),
            Choice(
                noted("The last ones, near the loss."),
                True,
                noted(
                    "The slope of a sigmoid is at most ¼, and the gradient of layer 1 is a product "
                    "of eight of them. Try tanh with weights after Glorot."
                ),
            ),
        ),
    ),
    Preset(
        "overfitting",
        noted("Learning by heart, and L2 against it"),
        "dataset=gauss&samples=60&noise=50&networkShape=8,8&activation=relu&learningRate=0.03"
        "&showTestData=true&xSquared=true&ySquared=true&sinX=true&sinY=true&seed=4",
        noted(
            "30 noisy rows, and more than a hundred weights. Play for some hundred epochs, and "
            "compare the two lines of the chart."
        ),
        noted("What does the test loss do?"),
        (
            Choice(
                noted("It falls together with the other."),
                False,
                noted(
                    "At first it does. Then the network begins to bend around single rows, and the "
                    "rows that it has not seen lie elsewhere."
                ),
            ),
            Choice(
                noted("It falls first, then rises."),
                True,
                noted(
                    "What is learnt after the turning point is the noise of these 30 rows. Switch "
                    "on L2 with 0.03: large weights cost something now."
                ),
            ),
            Choice(
                noted("It does not change."),
                False,
                noted("It does: the network is the same for both sets, and it is being changed."),
            ),
        ),
    ),
    Preset(
        "symmetry",
        noted("Weights that all begin at 0"),
        "dataset=xor&samples=200&networkShape=4&init=zero&learningRate=0.3&seed=1",
        noted("Play for some epochs, and look at the pictures in the neurons."),
        noted("Four neurons with the same first weights. What will they learn?"),
        (
            Choice(
                noted("Four different things."),
                False,
                noted(
                    "What would make them differ? They see the same inputs, and their outputs are "
                    "weighted equally."
                ),
            ),
            Choice(
                noted("The same, or nothing."),
                True,
                noted(
                    "Equal weights get equal gradients, and stay equal: here even 0, since all "
                    "outgoing weights are 0. Random first weights break the symmetry."
                ),
            ),
            Choice(
                noted("It depends on the order of the rows."),
                False,
                noted("Every row gives each of the four the same gradient, in any order."),
            ),
        ),
    ),
)
