"""Practice in a figure: what is asked before a step, and what is said to the answer."""

from typing import Any

from .folding import card_names
from .graphs import event_of, shown_in
from .language import noted, say
from .names import names
from .questions import judge as judge_number
from .questions import predict as question_before
from .steps import Step, steps
from .turns import why_not

_FOLDED_AWAY = noted(
    "The next gradient comes out of a part that is folded. Unfold it to work this out."
)
_TOO_EARLY = noted("Gradients come after the forward pass. Press Forward pass first.")
_ALL_DONE = noted("All gradients are computed.")
_WHICH = {
    "contribution": noted("Type what it gets."),
    "gradient": noted("Type what it has then."),
}


def predict(figure: str, step: int) -> dict[str, Any]:
    """Return the question about the step after this one; `asks` is False where there is none."""
    trace, next_step = shown_in(figure).trace, _step_after(figure, step)
    if next_step is None:
        return _statement(say(_ALL_DONE))
    if next_step.is_forward:
        return _statement(say("The questions begin with the backward pass."))
    if next_step.event.get("is_inner"):
        return _statement(say(_FOLDED_AWAY))
    i = next_step.event.get("origin", next_step.number)
    question = question_before(trace, i)
    if question is None:
        return _statement(say("There is nothing to work out in the next step."))
    return {"asks": True, "question": f"{question['sentence']} {say(_WHICH[_asked(trace, i)])}"}


def judge(figure: str, step: int, answer: str) -> dict[str, Any]:
    """Judge the number that was typed for the step after this one."""
    trace, event = shown_in(figure).trace, event_of(figure, step + 1)
    if event is None or event.get("is_inner"):
        says = say("There is no question at this step.")
        return {"right": False, "mistake": None, "says": says}
    return judge_number(trace, event["origin"], _asked(trace, event["origin"]), answer)


def choose(figure: str, step: int, node: int) -> dict[str, Any]:
    """Judge a node that was chosen to pass its gradient on after this step.

    Several may be ready. The figure then goes on with the one that the engine took, until the step
    `until`.
    """
    here, next_step = shown_in(figure, node), _step_after(figure, step)
    if next_step is None:
        return _chosen(False, say(_ALL_DONE), step)
    if next_step.is_forward:
        return _chosen(False, say(_TOO_EARLY), step)
    shown, done = here.shown, next_step.number
    called = card_names(names(here.trace), shown) if here.parts else names(here.trace)
    reason = why_not(shown, done, node, called)
    if reason is not None:
        return _chosen(False, reason, step)
    taken = _passes_on(shown["backward"][done])
    turn = _length_of_turn(shown, done)
    if node == taken:
        says = say("Right: the gradient of {name} is complete.", name=called[node])
        return _chosen(True, says, step + turn)
    says = say(
        "{name} is ready too. The engine takes the newest first, {other}.",
        name=called[node],
        other=called[taken],
    )
    return _chosen(True, says, step + turn)


def _step_after(figure: str, step: int) -> Step | None:
    """Return the step that comes next in a figure, if any."""
    made = steps(shown_in(figure).shown)
    return made[step] if step < len(made) else None


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
