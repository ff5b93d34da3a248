"""The first sentence about an exception: what went wrong, in words."""

import re

from ..mistake import explain
from .scene import Scene, with_builtins
from .terminal import NoKeyboardError

LONGEST = 1_000  # characters of a message

_WORDS = {
    r"module '(.+?)' has no attribute '(.+?)'": "The module {0} has no {1}.",
    r"type object '(.+?)' has no attribute '(.+?)'": "The class {0} has no {1}.",
    r"cannot import name '(.+?)' from '(.+?)'": "The module {1} has no {0}.",
    r"No module named '(.+?)'": "There is no module called {0}.",
}


def in_words(error: BaseException, scene: Scene, hint: str) -> str:
    """Return the sentence. It makes no suggestion of its own where the hint does."""
    message = message_of(error)
    if isinstance(error, RecursionError) and not scene.line:
        return "The last value is nested too deep to be shown."
    if isinstance(error, RecursionError):
        return "A function calls itself too often, or without end."
    if isinstance(error, MemoryError):
        return "This needs more memory than the browser has."
    if isinstance(error, NoKeyboardError):
        return message
    if hint and (found := re.search("'(.+?)' object is not callable", message)):
        return f"This is {a(found[1])}, and not a function."
    for pattern, words in _WORDS.items() if isinstance(error, AttributeError | ImportError) else ():
        if found := re.match(pattern, message):
            return words.format(*found.groups())
    return _explained(error, scene, hint)


def _explained(error: BaseException, scene: Scene, hint: str) -> str:
    no_place = "" if scene.line else "The last value cannot be shown. "
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


def a(kind: str) -> str:
    """Put the article before a word: an int, a float."""
    return f"{'an' if kind[0] in 'aeiouAEIOU' else 'a'} {kind}"
