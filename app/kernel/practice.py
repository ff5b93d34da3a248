"""Practice in a figure: what is asked before a step, and what is said to the answer."""

from typing import Any

from app.kernel.graphs import backward_index, last_run
from app.kernel.names import names
from app.kernel.questions import judge as judge_number
from app.kernel.questions import predict as question_before
from app.kernel.turns import why_not

_WHICH = {
    "contribution": "Type what it gets.",
    "gradient": "Type what it has then.",
}


def predict(figure: str, step: int) -> dict[str, Any]:
    """Return the question about the step after this one; `asks` is False where there is none."""
    trace, i = last_run(figure).trace, backward_index(figure, step + 1)
    if i < 0:
        return _statement("The questions begin with the backward pass.")
    if i >= len(trace["backward"]):
        return _statement("All gradients are computed.")
    question = question_before(trace, i)
    if question is None:
        return _statement("There is nothing to work out in the next step.")
    return {"asks": True, "question": f"{question['sentence']} {_WHICH[_asked(trace, i)]}"}


def judge(figure: str, step: int, answer: str) -> dict[str, Any]:
    """Judge the number that was typed for the step after this one."""
    trace, i = last_run(figure).trace, backward_index(figure, step + 1)
    if not 0 <= i < len(trace["backward"]):
        return {"right": False, "mistake": None, "says": "There is no question at this step."}
    return judge_number(trace, i, _asked(trace, i), answer)


def choose(figure: str, step: int, node: int) -> dict[str, Any]:
    """Judge a node that was chosen to pass its gradient on after this step.

    Several may be ready. The figure then goes on with the one that the engine took, until the step
    `until`.
    """
    trace, done = last_run(figure).trace, backward_index(figure, step + 1)
    if not 0 <= done < len(trace["backward"]):
        return _chosen(False, _no_turn(done), step)
    reason = why_not(trace, done, node)
    if reason is not None:
        return _chosen(False, reason, step)
    taken, called = _passes_on(trace["backward"][done]), names(trace)
    turn = _length_of_turn(trace, done)
    if node == taken:
        return _chosen(True, f"Right: the gradient of {called[node]} is complete.", step + turn)
    says = f"{called[node]} is ready too. The engine takes the newest first, {called[taken]}."
    return _chosen(True, says, step + turn)


def _no_turn(done: int) -> str:
    if done < 0:
        return "Gradients come after the forward pass. Press Forward pass first."
    return "All gradients are computed."


def _passes_on(event: dict[str, Any]) -> int:
    """Return whose turn an event is: at the very beginning it is the output's."""
    node: int = event["to"] if event["from"] is None else event["from"]
    return node


def _length_of_turn(trace: dict[str, Any], done: int) -> int:
    """Return how many events follow each other in which the same node passes its gradient on."""
    events = trace["backward"][done:]
    others = (i for i, event in enumerate(events) if event["from"] != events[0]["from"])
    return next(others, len(events))


def _asked(trace: dict[str, Any], i: int) -> str:
    """Ask for the sum where there is something to add to: forgetting that is the classic slip."""
    return "gradient" if trace["backward"][i]["before"] != 0 else "contribution"


def _statement(sentence: str) -> dict[str, Any]:
    return {"asks": False, "question": sentence}


def _chosen(right: bool, says: str, until: int) -> dict[str, Any]:
    return {"right": right, "says": says, "until": until}
