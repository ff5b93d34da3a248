"""The training loop."""

from typing import Any

from ...kernel.exercises.comparison import compare, same
from ...kernel.exercises.demand import UnmetError, describe, function, number
from ...kernel.exercises.exercise import Names, Wrong
from ...kernel.numbers import plain

TASK = (
    "Train a model: in each step compute the loss, which is the sum of (model(x) - y)² over all "
    "rows, go backward, and move every parameter of model.parameters() against its gradient. "
    "Return the list of the losses, as plain numbers."
)

START = """\
def train(model, xs, ys, steps, learning_rate):
    losses = []
    for step in range(steps):
        # 1. forward: the loss
        # 2. set all gradients to 0, and go backward
        # 3. move the parameters
        pass
    return losses
"""

XS, YS, RATE = (1.0, 2.0), (3.0, 5.0), 0.01


class Line:
    """The model w·x + b, which begins at w = 1 and b = 0; made of the lesson's own Values."""

    def __init__(self) -> None:
        from micrograd.engine import Value

        self.w, self.b = Value(1.0), Value(0.0)

    def __call__(self, x: float) -> Any:
        return self.w * x + self.b

    def parameters(self) -> list[Any]:
        return [self.w, self.b]


def descend(steps: int, kept: bool = False) -> tuple[float, float, list[float]]:
    """Train in plain numbers; return w, b and the losses. `kept`: gradients are never zeroed."""
    w, b, by_w, by_b = 1.0, 0.0, 0.0, 0.0
    losses = []
    for _ in range(steps):
        errors = [w * x + b - y for x, y in zip(XS, YS)]
        by_w = kept * by_w + sum(2 * e * x for e, x in zip(errors, XS))
        by_b = kept * by_b + sum(2 * e for e in errors)
        w, b = w - RATE * by_w, b - RATE * by_b
        losses.append(sum(e**2 for e in errors))
    return w, b, losses


def check_one_step(names: Names) -> str | None:
    """One step of training."""
    model = Line()
    _train(names, model, 1)
    known = {
        1.0: _why_it_stays(model),
        0.84: "That goes uphill: the gradient points to where the loss grows, so subtract it.",
        17.0: "The learning rate is not used. Multiply the gradient by it.",
        1.5: "That is a learning rate of your own. Use the one that was handed over.",
        1.08: "That is the mean over the rows. This loss is their sum.",
    }
    what = "After one step with a learning rate of 0.01, w"
    w, b = number(model.w.data, "w.data"), number(model.b.data, "b.data")
    formula = "1 − 0.01 × (−16)"  # dL/dw = 2·(1 − 3)·1 + 2·(2 − 5)·2
    if says := compare(what, w, 1.16, formula, known):
        return says
    what = "After one step w is right, but b, which began at 0,"
    also = {0.0: "Every parameter has to move: for p in model.parameters()."}
    return compare(what, b, 0.1, "0 − 0.01 × (−10)", also)  # dL/db = 2·(1 − 3) + 2·(2 − 5)


def check_two_steps(names: Names) -> str | None:
    """Two steps of training."""
    model = Line()
    _train(names, model, 2)
    known = {
        descend(2, kept=True)[0]: "In the second step, its gradient still had that of the first "
        "in it. Set all gradients to 0 before each backward().",
        descend(1)[0]: "That is where the first step leads: nothing moved in a second one. Does "
        "the loop end too early?",
        1.32: "The second step had the gradient of the first loss. Compute the loss inside the "
        "loop: it changes when the parameters do.",
        1.48: "The second step went back through the first loss, and added to its gradients. "
        "Compute the loss inside the loop, and set all gradients to 0 before each backward().",
    }
    w = number(model.w.data, "w.data")
    return compare("After two steps, w", w, descend(2)[0], "1.16 − 0.01 × (−13.8)", known)


def check_losses(names: Names) -> str | None:
    """The list of losses."""
    losses = _train(names, Line(), 3)
    if not isinstance(losses, list):
        return f"train(…) gives {describe(losses)}, where a list of losses belongs."
    if len(losses) != 3:
        return (
            f"After 3 steps, len(losses) is {len(losses)}. Append the loss of each step: "
            "losses.append(…)."
        )
    right = descend(3)[2]
    for i, got in enumerate(losses):
        known = dict.fromkeys(right[i + 1 :], "That is the loss of a later step.")
        if says := compare(f"losses[{i}]", number(got, f"losses[{i}]"), right[i], "", known):
            return says
    return None


def _train(names: Names, model: Line, steps: int) -> object:
    losses = function(names, "train")(model, list(XS), list(YS), steps, RATE)
    if losses is None:
        raise UnmetError("train(…) gives None. Let it return the list of losses.")
    return losses


def _why_it_stays(model: Line) -> str:
    """Say why w has not moved, as far as its gradient tells."""
    gradient = number(model.w.grad, "w.grad")
    if same(gradient, 0.0):
        return (
            "Its gradient is 0. Call loss.backward() before the step, and let nothing set it to 0 "
            "in between."
        )
    if same(gradient, -16.0):
        return (
            "Its gradient is −16 now, but no step has used it. First loss.backward(), and then "
            "p.data -= learning_rate * p.grad."
        )
    return f"Its gradient was moved instead, from −16 to {plain(gradient)}. Move p.data."


HINTS = [
    "The order in a step: forward, gradients to 0, backward, move.",
    "Forward is one expression: a sum(…) over the pairs of zip(xs, ys).",
    "backward() adds to the gradients that are there. So before it, for each p of "
    "model.parameters(), p.grad has to become 0.",
    "A gradient points uphill. To make the loss smaller, p.data goes the other way, and only a "
    "little: learning_rate times as far.",
]

SOLUTION = """\
def train(model, xs, ys, steps, learning_rate):
    losses = []
    for step in range(steps):
        loss = sum((model(x) - y) ** 2 for x, y in zip(xs, ys))
        for p in model.parameters():
            p.grad = 0.0
        loss.backward()
        for p in model.parameters():
            p.data -= learning_rate * p.grad
        losses.append(loss.data)
    return losses
"""

_LOSS = "        loss = sum((model(x) - y) ** 2 for x, y in zip(xs, ys))\n"
_ZERO = "        for p in model.parameters():\n            p.grad = 0.0\n"
_BACK = "        loss.backward()\n"
_MOVE = "        for p in model.parameters():\n            p.data -= learning_rate * p.grad\n"
_LOOP = "    for step in range(steps):\n"


def _instead(before: str, after: str) -> str:
    """Return the solution with one change."""
    return SOLUTION.replace(before, after)


WRONG = {
    "no zero_grad": Wrong(
        _instead(_ZERO, ""),
        "After two steps, w is 1.458, it should be 1.16 − 0.01 × (−13.8) = 1.298. In the "
        "second step, its gradient still had that of the first in it. Set all gradients to "
        "0 before each backward().",
    ),
    "zero_grad once, before the loop": Wrong(
        _instead(_ZERO, "").replace(
            _LOOP, "    for p in model.parameters():\n        p.grad = 0.0\n" + _LOOP
        ),
        "After two steps, w is 1.458, it should be 1.16 − 0.01 × (−13.8) = 1.298. In the "
        "second step, its gradient still had that of the first in it. Set all gradients to "
        "0 before each backward().",
    ),
    "zero_grad after backward": Wrong(
        _instead(_ZERO + _BACK, _BACK + _ZERO),
        "After one step with a learning rate of 0.01, w is 1, it should be 1 − 0.01 × (−16) "
        "= 1.16. Its gradient is 0. Call loss.backward() before the step, and let nothing "
        "set it to 0 in between.",
    ),
    "plus": Wrong(
        _instead("-= learning_rate", "+= learning_rate"),
        "After one step with a learning rate of 0.01, w is 0.84, it should be 1 − 0.01 × "
        "(−16) = 1.16. That goes uphill: the gradient points to where the loss grows, so "
        "subtract it.",
    ),
    "minus the learning rate": Wrong(
        _instead("-= learning_rate", "-= -learning_rate"),
        "After one step with a learning rate of 0.01, w is 0.84, it should be 1 − 0.01 × "
        "(−16) = 1.16. That goes uphill: the gradient points to where the loss grows, so "
        "subtract it.",
    ),
    "no learning rate": Wrong(
        _instead("learning_rate * p.grad", "p.grad"),
        "After one step with a learning rate of 0.01, w is 17, it should be 1 − 0.01 × "
        "(−16) = 1.16. The learning rate is not used. Multiply the gradient by it.",
    ),
    "mean for sum": Wrong(
        _instead("zip(xs, ys))\n", "zip(xs, ys)) / len(xs)\n"),
        "After one step with a learning rate of 0.01, w is 1.08, it should be 1 − 0.01 × "
        "(−16) = 1.16. That is the mean over the rows. This loss is their sum.",
    ),
    "step before backward": Wrong(
        _instead(_BACK + _MOVE, _MOVE + _BACK),
        "After one step with a learning rate of 0.01, w is 1, it should be 1 − 0.01 × (−16) "
        "= 1.16. Its gradient is −16 now, but no step has used it. First loss.backward(), "
        "and then p.data -= learning_rate * p.grad.",
    ),
    "no step": Wrong(
        _instead(_MOVE, ""),
        "After one step with a learning rate of 0.01, w is 1, it should be 1 − 0.01 × (−16) "
        "= 1.16. Its gradient is −16 now, but no step has used it. First loss.backward(), "
        "and then p.data -= learning_rate * p.grad.",
    ),
    "no backward": Wrong(
        _instead(_BACK, ""),
        "After one step with a learning rate of 0.01, w is 1, it should be 1 − 0.01 × (−16) "
        "= 1.16. Its gradient is 0. Call loss.backward() before the step, and let nothing "
        "set it to 0 in between.",
    ),
    "the gradient is moved": Wrong(
        _instead("p.data -=", "p.grad -="),
        "After one step with a learning rate of 0.01, w is 1, it should be 1 − 0.01 × (−16) "
        "= 1.16. Its gradient was moved instead, from −16 to −15.84. Move p.data.",
    ),
    "p itself is moved": Wrong(
        _instead("p.data -=", "p = p -"),
        "After one step with a learning rate of 0.01, w is 1, it should be 1 − 0.01 × (−16) "
        "= 1.16. Its gradient is −16 now, but no step has used it. First loss.backward(), "
        "and then p.data -= learning_rate * p.grad.",
    ),
    "one step only": Wrong(
        _instead("    return losses", "        return losses"),
        "After two steps, w is 1.16, it should be 1.16 − 0.01 × (−13.8) = 1.298. That is "
        "where the first step leads: nothing moved in a second one. Does the loop end too "
        "early?",
    ),
    "loss outside of the loop": Wrong(
        _instead(_LOSS, "").replace(_LOOP, _LOSS[4:] + _LOOP),
        "After two steps, w is 1.32, it should be 1.16 − 0.01 × (−13.8) = 1.298. The second "
        "step had the gradient of the first loss. Compute the loss inside the loop: it "
        "changes when the parameters do.",
    ),
    "loss outside of the loop, no zero_grad": Wrong(
        _instead(_LOSS, "").replace(_ZERO, "").replace(_LOOP, _LOSS[4:] + _LOOP),
        "After two steps, w is 1.48, it should be 1.16 − 0.01 × (−13.8) = 1.298. The second "
        "step went back through the first loss, and added to its gradients. Compute the "
        "loss inside the loop, and set all gradients to 0 before each backward().",
    ),
    "one parameter only": Wrong(
        _instead(_MOVE, _MOVE.replace("model.parameters()", "model.parameters()[:1]")),
        "After one step w is right, but b, which began at 0, is 0, it should be 0 − 0.01 × "
        "(−10) = 0.1. Every parameter has to move: for p in model.parameters().",
    ),
    "losses that are Values": Wrong(
        _instead("append(loss.data)", "append(loss)"),
        "losses[0] is a Value, where a plain number belongs. Take its number, which is its .data.",
    ),
    "one loss for all": Wrong(
        _instead(
            "        losses.append(loss.data)\n    return",
            "    losses.append(loss.data)\n    return",
        ),
        "After 3 steps, len(losses) is 1. Append the loss of each step: losses.append(…).",
    ),
    "no return": Wrong(
        _instead("    return losses\n", ""),
        "train(…) gives None. Let it return the list of losses.",
    ),
    "only the last loss": Wrong(
        _instead("return losses", "return loss.data"),
        "train(…) gives a plain number, where a list of losses belongs.",
    ),
    "loss of a number": Wrong(
        _instead("model(x) - y", "model(x).data - y"),
        "One step of training: your code stops in line 7. A float has no backward. A plain "
        "number does not remember how it was made. What begins with Value(...) does, and "
        "has backward.",
    ),
}
