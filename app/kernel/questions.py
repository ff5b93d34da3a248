"""Asks what a step of `backward()` will do, and tells a learner what kind of mistake was made."""

from typing import Any

from .answer import UnreadableError, as_shown, read, same
from .derivative import local_derivative
from .language import noted, say
from .names import names, whole
from .numbers import show
from .writes import kinds

Event = dict[str, Any]
Judgement = dict[str, Any]


def predict(trace: dict[str, Any], i: int) -> dict[str, Any] | None:
    """Return the question before backward event i, and both numbers that answer it.

    None where there is nothing to work out: a gradient that is set to 0, or overwritten.
    """
    event, kind = trace["backward"][i], kinds(trace)[i]
    sentence = _question(event, kind, names(trace))
    if sentence is None:
        return None
    answers = {"contribution": event["contribution"], "gradient": event["after"]}
    return {**answers, "sentence": sentence}


def judge(trace: dict[str, Any], i: int, asked: str, answer: str) -> Judgement:
    """Judge what somebody typed before backward event i. `asked` is "contribution" or "gradient".

    A wrong number gets the kind of the mistake, and a sentence that shows the way without the
    number.
    """
    question, event, kind = predict(trace, i), trace["backward"][i], kinds(trace)[i]
    if question is None:
        return _judgement(None, say("There is nothing to predict in this step."))
    try:
        number = read(answer)
    except UnreadableError as error:
        return _judgement(None, str(error))
    if any(same(number, right, _slack(event, asked)) for right in _right(event, asked)):
        says = say("Right: {number}.", number=show(question[asked]))
        return {"right": True, "mistake": None, "says": says}
    if kind != "pass":
        parts = (event["before"], event["contribution"]) if kind == "kept" else ()
        mistake = "added" if any(same(number, part) for part in parts) else "unknown"
        return _judgement(mistake, _hint(event, kind, names(trace)))
    made = [name for name, x in _mistakes(trace, event, asked) if same(number, x)]
    mistake = made[0] if made else "unknown"
    return _judgement(mistake, _says(mistake, event, asked, trace))


def _judgement(mistake: str | None, says: str) -> Judgement:
    return {"right": False, "mistake": mistake, "says": says}


def _question(event: Event, kind: str, called: list[str]) -> str | None:
    to = called[event["to"]]
    if kind == "seed":
        return say(
            "{to} is the output. How fast does it change with itself: what is its gradient?", to=to
        )
    if kind == "kept":
        return say(
            "{to} kept a gradient from an earlier call. What is it after that is added again?",
            to=to,
        )
    if kind != "pass":
        return None
    sender = called[event["from"]]
    return say(
        "{sender} passes its gradient on to {to}. What does {to} get, and what has it then?",
        sender=sender,
        to=to,
    )


def _right(event: Event, asked: str) -> list[float]:
    """Return the right number, and what comes out of the shortened numbers that are shown."""
    before, given = as_shown(event["before"]), [event["contribution"]]
    given.append(as_shown(event["contribution"]))
    if event["from"] is not None:
        given.append(as_shown(event["upstream"]) * as_shown(event["local"]))
    if asked == "contribution":
        return given
    return [event["after"], *(before + x for x in given)]


def _slack(event: Event, asked: str) -> float:
    """Return how far a sum may be off: 0.3 − 0.3 is 5.6e−17 when one of them was rounded."""
    if asked == "contribution":
        return 0.0
    return 1e-12 * float(max(abs(event["before"]), abs(event["contribution"])))


def _mistakes(trace: dict[str, Any], event: Event, asked: str) -> list[tuple[str, float]]:
    """List what comes out of each kind of mistake, the more specific kinds first."""
    slips = _slips(trace["nodes"], event)
    before, after = event["before"], event["after"]
    if before == 0:
        return slips
    if asked == "contribution":
        return [*slips[:-1], ("added", after), slips[-1]]
    added = [(name, before + x) for name, x in slips]
    return [("added", event["contribution"]), *added, ("sign", -after), *slips]


def _slips(nodes: list[dict[str, Any]], event: Event) -> list[tuple[str, float]]:
    """List what wrong contributions come out where the chain rule is not followed."""
    node, slot = nodes[event["from"]], event["slot"]
    upstream, local = event["upstream"], event["local"]
    operands = [nodes[operand]["data"] for operand in node["operands"]]
    sign = [("sign", -event["contribution"])]
    slips = []
    if node["op"] == "/" and len(operands) == 2:
        slips.append(("order of division", local_derivative("/", operands[::-1], 1 - slot)))
    if node["op"] not in ("+", "-"):
        others = [i for i in range(len(operands)) if i != slot]
        slips += [("other operand", local_derivative(node["op"], operands, i)) for i in others]
    passed_on = [(name, upstream * x) for name, x in slips]
    forgotten = [("upstream", local), ("local", upstream)]
    first = sign if local == -1 else []  # as in a - b: there a sign is all there is to forget
    return [*first, *passed_on, *forgotten, *slips, *sign]


def _hint(event: Event, kind: str, called: list[str]) -> str:
    to = called[event["to"]]
    if kind == "kept":
        return say("Not yet. What {to} kept is added to what this call has brought it.", to=to)
    return say("Not yet. If {to} grows by a little, by how much does {to} grow?", to=to)


_SAYS = {
    "upstream": noted(
        "This is {local} alone. The chain rule multiplies it by the gradient that {sender} has "
        "already."
    ),
    "local": noted(
        "This is the gradient of {sender} itself. Multiply it by {local}: how fast does {sender} "
        "change with {to}?"
    ),
    "added": noted(
        "This is only what {sender} adds. {to} had a gradient before, and what comes from several "
        "sides is added up."
    ),
    "sign": noted(
        "Only the sign is wrong. Look at the signs of both factors: the gradient of {sender}, and "
        "{local}."
    ),
    "other operand": noted(
        "This takes the derivative of {sender} by its other operand. Asked is {local}: {to} "
        "changes, and the other operand stays."
    ),
    "order of division": noted(
        "This is right for {last} ÷ {first}. But {sender} is {first} ÷ {last}."
    ),
    "unknown": noted("Not yet. Two numbers are multiplied: the gradient of {sender}, and {local}."),
}


def _says(mistake: str, event: Event, asked: str, trace: dict[str, Any]) -> str:
    called = names(trace)
    sender, to = called[event["from"]], called[event["to"]]
    others = [called[i] for i in trace["nodes"][event["from"]]["operands"]]
    if mistake == "added" and asked == "contribution":
        return say(
            "This is what {to} has in the end. Asked is only what {sender} adds to it now.",
            to=to,
            sender=sender,
        )
    says = say(
        _SAYS[mistake],
        sender=sender,
        to=to,
        local=f"∂{whole(sender)}/∂{whole(to)}",
        first=whole(others[0]),
        last=whole(others[-1]),
    )
    if mistake == "unknown" and asked == "gradient" and event["before"] != 0:
        return f"{says} {say('Then comes what {to} had before.', to=to)}"
    return says
