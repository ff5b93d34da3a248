"""Says in words what Python's TypeErrors mean for somebody who computes with Values."""

import re
from collections.abc import Callable
from typing import Any

from .recorded import value_class

Names = dict[str, Any]

_SIGNS = {
    **{"+": "__add__", "-": "__sub__", "*": "__mul__", "/": "__truediv__", "**": "__pow__"},
    **{"//": "__floordiv__", "%": "__mod__", "@": "__matmul__"},
}
_KINDS = {"int": "a number", "float": "a number", "str": "a text"}
_FUNCTIONS = ("function", "method", "builtin_function_or_method")


def explain_misuse(message: str, names: Names) -> str | None:
    """Say what a TypeError means; None for one that is best said as Python says it.

    `names` are those of the code: a class in it may be the learner's own Value.
    """
    names = {"Value": value_class(), **names}
    for pattern, words in _WORDS.items():
        if (found := re.search(pattern, message)) and (says := words(names, *found.groups())):
            return says
    return None


def operations(kind: type) -> list[str]:
    """Return the names of the operations that are methods: tanh, relu, ..."""
    public = [name for name in vars(kind) if not name.startswith("_")]
    return [x for x in public if x != "backward" and callable(getattr(kind, x))]


def _from_the_engine(names: Names, message: str) -> str:
    """The engine's own sentences are good; they only begin small."""
    if re.search(f"not an? ({'|'.join(_FUNCTIONS)}):", message):
        return "A function stands here, not its result. Write brackets behind it: a.tanh()."
    return message[0].upper() + message[1:] + ("" if message.endswith("?") else ".")


def _none(names: Names) -> str:
    return "None stands where a value belongs. Does the function that made it return its result?"


def _no_operation(names: Names, sign: str, *kinds: str) -> str:
    value = next((names[kind] for kind in kinds if _is_value(kind, names)), None)
    if value is None:
        return f"{sign} does not work with {' and '.join(map(_one, kinds))}."
    signs = [sign for sign, method in _SIGNS.items() if hasattr(value, method)]
    has = " and ".join(filter(None, [" ".join(signs), ", ".join(operations(value))]))
    says = f"{sign} is not an operation of a {value.__name__}."
    return f"{says} It has {has}." if has else says


def _no_function(names: Names, kind: str) -> str:
    if not _is_value(kind, names):
        return _no_number(names, kind)
    has = ", ".join(operations(names[kind]))
    return f"This function takes plain numbers. A {kind} has {has}; its number is a.data."


def _no_number(names: Names, kind: str) -> str:
    way_out = " Take its number: a.data." if _is_value(kind, names) else ""
    return f"A plain number belongs here, not {_one(kind)}.{way_out}"


def _not_several(names: Names, kind: str) -> str | None:
    if _is_value(kind, names):
        return f"A {kind} is one number, and several belong here. Write a list of them: [a, b]."
    if _one(kind) == "a number":
        return "This is one number, and several belong here. To count, write range(3)."
    return None


def _no_elements(names: Names, kind: str) -> str | None:
    if kind in _FUNCTIONS:
        return "A function is called with round brackets: tanh(a)."
    if not _is_value(kind, names) and _one(kind) != "a number":
        return None
    one = _one(kind).capitalize() if _one(kind) == "a number" else f"A {kind}"
    return f"{one} has no elements, so leave out the [ ] behind it. Only a list such as [a, b] has."


def _too_many(names: Names, name: str, least: str | None, most: str, given: str) -> str:
    own = _is_method(name)  # its self is counted, but not written
    takes, got = int(most) - own, int(given) - own
    count = f"{int(least) - own} to {takes} values" if least else _values(takes)
    return f"{_short(name)} takes {count} in its brackets, and got {got}."


def _exactly_one(names: Names, name: str, given: str) -> str:
    return f"{_short(name)} takes 1 value in its brackets, and got {given}."


def _too_few(names: Names, name: str, count: str, missing: str) -> str:
    more = "1 more value" if count == "1" else f"{count} more values"
    return f"{_short(name)} needs {more} in its brackets: {missing.replace(chr(39), '')}."


def _unknown_argument(names: Names, name: str, argument: str) -> str:
    return f"{_short(name)} takes nothing that is called {argument}."


def _given_twice(names: Names, name: str, argument: str) -> str:
    return f"{_short(name)} is given its {argument} twice."


# What Python says, and who says it in words. The first that fits is asked.
_WORDS: dict[str, Callable[..., str | None]] = {
    r"^(a Value (?:holds|stands) .*)": _from_the_engine,
    r"for \^": lambda names: "In Python, ^ is not a power. Write a**2.",
    r"not callable": lambda names: (
        "This is not a function. Write a sign before the bracket: a*(b + c)."
    ),
    r"not supported between": lambda names: (
        "These cannot be compared. Numbers can: a.data < b.data."
    ),
    r"NoneType": _none,
    r"for unary \+": lambda names: "A + with nothing left of it is not needed. Leave it out.",
    r"operand type\(s\) for (\S+?)(?:\(\)|=)?(?: or pow\(\))?: '(.+?)' and '(.+?)'": _no_operation,
    r"operand type for (?:unary )?(\S+?)(?:\(\))?: '(.+?)'": _no_operation,
    r"type (\w+) doesn't define __(\w+)__ method": lambda names, kind, name: _no_operation(
        names, name, kind
    ),
    r"^must be real number, not '?(\w+)'?$": _no_function,
    r"argument must be .* number, not '?(?:\w+\.)*(\w+)'?$": _no_number,
    r"'(\w+)' object cannot be interpreted as an integer": _no_number,
    r"indices must be integers or slices, not (\w+)": _no_number,
    r"format string passed to (\w+)\.__format__": _no_number,
    r"'(\w+)' object is not iterable": _not_several,
    r"non-iterable (\w+) object": _not_several,
    r"object of type '(\w+)' has no len\(\)": _not_several,
    r"argument of type '(\w+)' is not": _not_several,
    r"after \*\*? must be an? \w+, not (\w+)": _not_several,
    r"'(\w+)' object (?:is not subscriptable|does(?:n't| not) support item)": _no_elements,
    r"(\S+)\(\) takes (?:from (\d+) to )?(\d+) positional arguments? but (\d+) w": _too_many,
    r"(\S+)\(\) takes exactly one argument \((\d+) given\)": _exactly_one,
    r"(\S+)\(\) missing (\d+) required positional arguments?: (.+)": _too_few,
    r"(\S+)\(\) got an unexpected keyword argument '(.+?)'": _unknown_argument,
    r"(\S+)\(\) got multiple values for argument '(.+?)'": _given_twice,
}


def _is_value(kind: str, names: Names) -> bool:
    return isinstance(names.get(kind), type) and hasattr(names[kind], "backward")


def _one(kind: str) -> str:
    return _KINDS.get(kind) or f"{'an' if kind[0] in 'aeiouAEIOU' else 'a'} {kind}"


def _values(count: int) -> str:
    return {0: "no value", 1: "1 value"}.get(count, f"{count} values")


def _is_method(name: str) -> bool:
    """Tell Value.tanh, a method, from outer.<locals>.tanh, a function in a function."""
    return "." in name.rpartition("<locals>")[2].lstrip(".")


def _short(name: str) -> str:
    """Value.tanh is written tanh, and Value.__init__ is written Value."""
    short = name.removesuffix(".__init__").rpartition(".")[2]
    return "This function" if short == "<lambda>" else short
