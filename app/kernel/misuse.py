"""Says in words what Python's TypeErrors mean for somebody who computes with Values."""

import re
from collections.abc import Callable
from typing import Any

from .language import a, noted, say
from .recorded import value_class

Names = dict[str, Any]

_SIGNS = {
    **{"+": "__add__", "-": "__sub__", "*": "__mul__", "/": "__truediv__", "**": "__pow__"},
    **{"//": "__floordiv__", "%": "__mod__", "@": "__matmul__"},
}
_NUMBER = noted("a number")
_KINDS = {"int": _NUMBER, "float": _NUMBER, "str": noted("a text")}
_FUNCTIONS = ("function", "method", "builtin_function_or_method")


# How a sentence of the engine begins, how it ends, and the whole of it.
_ENGINES = (
    (
        "a Value stands where a plain number belongs",
        ": use its .data",
        noted("A Value stands where a plain number belongs: use its .data."),
    ),
    (
        "a Value holds one real number, not None",
        ": does the function that made it return its result?",
        noted(
            "A Value holds one real number, not None: does the function that made it return its "
            "result?"
        ),
    ),
    (
        "a Value holds one real number, not the text ",
        ": convert it with float(...)",
        noted("A Value holds one real number, not the text {it}: convert it with float(...)."),
    ),
    (
        "a Value holds one real number, not the complex number ",
        ": use its .real or .imag part",
        noted(
            "A Value holds one real number, not the complex number {it}: use its .real or .imag "
            "part."
        ),
    ),
    (
        "a Value holds one real number, not a ",
        ": make a Value of each element, as in [Value(x) for x in xs]",
        noted(
            "A Value holds one real number, not a {it}: make a Value of each element, as in "
            "[Value(x) for x in xs]."
        ),
    ),
    (
        "a Value holds one real number, not a ",
        ": convert it with float(...)",
        noted("A Value holds one real number, not a {it}: convert it with float(...)."),
    ),
)


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
    """The engine's own sentences are good; they only begin small, and are English."""
    if re.search(f"not an? ({'|'.join(_FUNCTIONS)}):", message):
        return say("A function stands here, not its result. Write brackets behind it: a.tanh().")
    for begins, end, says in _ENGINES:
        if message.startswith(begins) and message.endswith(end):
            return say(says, it=message[len(begins) : len(message) - len(end)])
    return message[0].upper() + message[1:] + ("" if message.endswith("?") else ".")


def _none(names: Names) -> str:
    return say(
        "None stands where a value belongs. Does the function that made it return its result?"
    )


def _no_operation(names: Names, sign: str, *kinds: str) -> str:
    value = next((names[kind] for kind in kinds if _is_value(kind, names)), None)
    if value is None:
        return say(
            "{sign} does not work with {kinds}.", sign=sign, kinds=_and([_one(x) for x in kinds])
        )
    signs = [sign for sign, method in _SIGNS.items() if hasattr(value, method)]
    has = _and([x for x in (" ".join(signs), ", ".join(operations(value))) if x])
    says = say("{sign} is not an operation of a {kind}.", sign=sign, kind=value.__name__)
    return f"{says} {say('It has {operations}.', operations=has)}" if has else says


def _no_function(names: Names, kind: str) -> str:
    if not _is_value(kind, names):
        return _no_number(names, kind)
    return say(
        "This function takes plain numbers. A {kind} has {operations}; its number is a.data.",
        kind=kind,
        operations=", ".join(operations(names[kind])),
    )


def _no_number(names: Names, kind: str) -> str:
    says = say("A plain number belongs here, not {something}.", something=_one(kind))
    return f"{says} {say('Take its number: a.data.')}" if _is_value(kind, names) else says


def _not_several(names: Names, kind: str) -> str | None:
    if _is_value(kind, names):
        return say(
            "A {kind} is one number, and several belong here. Write a list of them: [a, b].",
            kind=kind,
        )
    if _is_number(kind):
        return say("This is one number, and several belong here. To count, write range(3).")
    return None


def _no_elements(names: Names, kind: str) -> str | None:
    if kind in _FUNCTIONS:
        return say("A function is called with round brackets: tanh(a).")
    if _is_number(kind):
        return say(
            "A number has no elements, so leave out the [ ] behind it. Only a list such as [a, b] "
            "has."
        )
    if not _is_value(kind, names):
        return None
    return say(
        "A {kind} has no elements, so leave out the [ ] behind it. Only a list such as [a, b] has.",
        kind=kind,
    )


def _too_many(names: Names, name: str, least: str | None, most: str, given: str) -> str:
    own = _is_method(name)  # its self is counted, but not written
    takes, got = int(most) - own, int(given) - own
    count = _values(takes)
    if least:
        count = say("{least} to {most} values", least=int(least) - own, most=takes)
    return _takes(name, count, str(got))


def _exactly_one(names: Names, name: str, given: str) -> str:
    return _takes(name, _values(1), given)


def _takes(name: str, count: str, given: str) -> str:
    return say(
        "{name} takes {count} in its brackets, and got {given}.",
        name=_short(name),
        count=count,
        given=given,
    )


def _too_few(names: Names, name: str, count: str, missing: str) -> str:
    listed = missing.replace("'", "").replace(" and ", f" {say('and')} ")
    if count == "1":
        return say(
            "{name} needs 1 more value in its brackets: {missing}.",
            name=_short(name),
            missing=listed,
        )
    return say(
        "{name} needs {count} more values in its brackets: {missing}.",
        name=_short(name),
        count=count,
        missing=listed,
    )


def _unknown_argument(names: Names, name: str, argument: str) -> str:
    return say(
        "{name} takes nothing that is called {argument}.", name=_short(name), argument=argument
    )


def _given_twice(names: Names, name: str, argument: str) -> str:
    return say("{name} is given its {argument} twice.", name=_short(name), argument=argument)


# What Python says, and who says it in words. The first that fits is asked.
_WORDS: dict[str, Callable[..., str | None]] = {
    r"^(a Value (?:holds|stands) .*)": _from_the_engine,
    r"for \^": lambda names: say("In Python, ^ is not a power. Write a**2."),
    r"not callable": lambda names: say(
        "This is not a function. Write a sign before the bracket: a*(b + c)."
    ),
    r"not supported between": lambda names: say(
        "These cannot be compared. Numbers can: a.data < b.data."
    ),
    r"NoneType": _none,
    r"for unary \+": lambda names: say("A + with nothing left of it is not needed. Leave it out."),
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
    return say(_KINDS[kind]) if kind in _KINDS else a(kind)


def _is_number(kind: str) -> bool:
    return _KINDS.get(kind) == _NUMBER


def _and(parts: list[str]) -> str:
    return f" {say('and')} ".join(parts)


def _values(count: int) -> str:
    if count == 0:
        return say("no value")
    return say("1 value") if count == 1 else say("{count} values", count=count)


def _is_method(name: str) -> bool:
    """Tell Value.tanh, a method, from outer.<locals>.tanh, a function in a function."""
    return "." in name.rpartition("<locals>")[2].lstrip(".")


def _short(name: str) -> str:
    """Value.tanh is written tanh, and Value.__init__ is written Value."""
    short = name.removesuffix(".__init__").rpartition(".")[2]
    return say("This function") if short == "<lambda>" else short
