"""A `Value` where a number belongs, and a number where a `Value` belongs."""

import re

from ..language import say
from .recording import is_value
from .scene import Scene

# What Python says when it is given a {kind} where it wants a number, and what to write instead of
# the name of the Value. The first that fits is said.
_WANTS_A_NUMBER = {
    r"format string passed to {kind}\.__format__": "{0}.data",
    r"must be real number, not {kind}": "{0}.data",
    r"(?:float|int)\(\) argument must be .* not '{kind}'": "{0}.data",
    r"type {kind} doesn't define __round__": "{0}.data",
    r"bad operand type for abs\(\): '{kind}'": "{0}.data",
    r"'{kind}' object cannot be interpreted as an integer": "int({0}.data)",
    r"indices must be integers or slices, not {kind}": "int({0}.data)",
    r"can only concatenate str \(not \"{kind}\"\)": "str({0}.data)",
}


def value_for_number(error: BaseException, message: str, scene: Scene) -> str:
    """Write the marked code as it would work, if it is clear which name in it is the `Value`."""
    if not isinstance(error, TypeError):
        return ""
    for kind in scene.value_classes():
        for pattern, number in _WANTS_A_NUMBER.items():
            if re.search(pattern.replace("{kind}", re.escape(kind)), message):
                return _rewritten(number, scene)
    return ""


def _rewritten(number: str, scene: Scene) -> str:
    names = {name for name in re.findall(r"\b[^\W\d]\w*\b", scene.marked) if name in scene.names}
    values = [name for name in names if is_value(scene.names[name])]
    if len(values) != 1 or len(scene.marked) > 60:
        return say("Write {instead} for the number in a.", instead=number.format("a"))
    (name,) = values
    if method := _method_instead(scene.marked, name):
        return say("Write {instead}, which stays in the graph.", instead=method)
    instead = _with_number(scene.marked, name, number.format(name))
    return say("Write {instead}.", instead=instead)


def _method_instead(marked: str, name: str) -> str:
    """Return a.exp() for math.exp(a)."""
    found = re.fullmatch(rf"math\.(exp|log|tanh)\({name}\)", marked)
    return f"{name}.{found[1]}()" if found else ""


def _with_number(marked: str, name: str, number: str) -> str:
    """Put the number in the place of the name, but not in what an f-string says itself."""
    if re.match("[rR]?[fF][rR]?['\"]", marked):
        return re.sub(rf"{{{name}(?=[:!}}])", f"{{{number}", marked)
    return re.sub(rf"(?<![\w.]){name}(?![\w.(\[])", number, marked)


def number_for_value(error: BaseException, message: str, scene: Scene) -> str:
    """Say that a plain number does not remember how it was made."""
    found = re.match("'(int|float|bool|list|tuple)' object has no attribute '(.+?)'", message)
    if not isinstance(error, AttributeError) or not found:
        return ""
    kind, name = found.groups()
    if name.startswith("_") or name not in _members(scene):
        return ""
    if kind in ("list", "tuple"):
        return say(
            "Each Value in the {kind} has its own {name}. To make one Value of all: sum(...).",
            kind=kind,
            name=name,
        )
    return say(
        "A plain number does not remember how it was made. "
        "What begins with Value(...) does, and has {name}.",
        name=name,
    )


def _members(scene: Scene) -> set[str]:
    """Return what a `Value` has and a plain number has not."""
    return {"data", "grad", "label", *dir(scene.names.get("Value"))} - {*dir(1.5), *dir(1)}
