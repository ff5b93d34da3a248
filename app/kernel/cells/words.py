"""The first sentence about an exception: what went wrong, in words."""

import re

from ..language import a, noted, say
from ..mistake import explain
from .scene import Scene, with_builtins
from .terminal import NoKeyboardError

LONGEST = 1_000  # characters of a message

NO_IN_MODULE = noted("The module {owner} has no {name}.")
_WORDS = {
    r"module '(?P<owner>.+?)' has no attribute '(?P<name>.+?)'": NO_IN_MODULE,
    r"type object '(?P<owner>.+?)' has no attribute '(?P<name>.+?)'": noted(
        "The class {owner} has no {name}."
    ),
    r"cannot import name '(?P<name>.+?)' from '(?P<owner>.+?)'": NO_IN_MODULE,
    r"No module named '(?P<name>.+?)'": noted("There is no module called {name}."),
}


def in_words(error: BaseException, scene: Scene, hint: str) -> str:
    """Return the sentence. It makes no suggestion of its own where the hint does."""
    message = message_of(error)
    if isinstance(error, RecursionError) and not scene.line:
        return say("The last value is nested too deep to be shown.")
    if isinstance(error, RecursionError):
        return say("A function calls itself too often, or without end.")
    if isinstance(error, MemoryError):
        return say("This needs more memory than the browser has.")
    if isinstance(error, NoKeyboardError):
        return message
    if hint and (found := re.search("'(.+?)' object is not callable", message)):
        return say("This is {kind}, and not a function.", kind=a(found[1]))
    for pattern, words in _WORDS.items() if isinstance(error, AttributeError | ImportError) else ():
        if found := re.match(pattern, message):
            return say(words, **found.groupdict())
    return _explained(error, scene, hint)


def _explained(error: BaseException, scene: Scene, hint: str) -> str:
    no_place = "" if scene.line else say("The last value cannot be shown.") + " "
    knows_better = hint and isinstance(error, NameError)
    try:
        names = {} if knows_better else with_builtins(scene.names)
        return no_place + explain(error, "", names).says[:LONGEST]
    except Exception:  # an exception of the learner's own, whose __str__ fails
        return type(error).__name__


def message_of(error: BaseException) -> str:
    """Return what Python says of an exception, shortened; nothing if it cannot say it."""
    try:
        return str(error)[:LONGEST]
    except Exception:
        return ""
