"""What to do about an error, for those mistakes that everybody makes once."""

import builtins
import re
import sys
from collections.abc import Callable
from types import CodeType
from typing import Any

from ..language import a, say
from .mixed_up import number_for_value, value_for_number
from .scene import Scene, called, nearest
from .uses import first_line

# Modules that people forget to import. Others have names that a variable might have.
_COMMON = {"collections", "functools", "itertools", "json", "math", "micrograd", "operator"}
_COMMON |= {"os", "random", "re", "statistics", "sys", "time"}
_NOT_HERE = {"jax", "matplotlib", "numpy", "pandas", "scipy", "sklearn", "tensorflow", "torch"}

_NO_NETWORK = "NetworkError|Failed to (fetch|load)|Load failed"  # as browsers say it


def hint(error: BaseException, message: str, scene: Scene) -> str:
    """Return a sentence or two that help with an error, or an empty text."""
    try:
        return next((text for rule in RULES if (text := rule(error, message, scene))), "")
    except Exception:  # an exception or a class of the learner's own may do anything
        return ""


def _own_name(error: BaseException, message: str, scene: Scene) -> str:
    """`x = x + 1` in a function: x is a name of the function, whatever it is outside of it."""
    name = _quoted(message)
    if not isinstance(error, UnboundLocalError) or name not in scene.names:
        return ""
    return say(
        "Because this function gives {name} a value, {name} is a name of its own in all of it. "
        "Hand the other {name} over as an argument, or write global {name} first.",
        name=name,
    )


def _other_cell(error: BaseException, message: str, scene: Scene) -> str:
    name = _quoted(message)
    cell = scene.where(name) if _is_name_error(error) else None
    if cell is None:
        return ""
    if cell == scene.cell:
        line = first_line(name, scene.code)
        if not scene.line or line <= scene.line:
            return ""
        return say("{name} gets its value further down, in line {line}.", name=name, line=line)
    there = called(cell, scene.texts)
    if cell in scene.ran:
        return say("{name} is defined in {cell}. Run it again.", name=name, cell=there)
    return say("{name} is defined in {cell}, which has not run yet.", name=name, cell=there)


def _module(error: BaseException, message: str, scene: Scene) -> str:
    name = _quoted(message)
    if _is_name_error(error) and name in _COMMON and f"{name}." in scene.text:
        return say("{name} is a module. Write import {name} before this line.", name=name)
    return ""


def _attribute(error: BaseException, message: str, scene: Scene) -> str:
    """A misspelt name in a module or a class; of other things, the sentence says it already."""
    if not isinstance(error, AttributeError) or " object has no attribute" in message:
        return ""
    return nearest(_last_quoted(message), dir(error.obj))


def _import(error: BaseException, message: str, scene: Scene) -> str:
    if not isinstance(error, ImportError):
        return ""
    if isinstance(error, ModuleNotFoundError):
        name = (error.name or "").partition(".")[0]
        if name in _NOT_HERE:
            return say(
                "{name} is not part of this page. Plain Python and micrograd are.", name=name
            )
        return nearest(error.name or "", [*sys.stdlib_module_names, *sys.modules])
    module = sys.modules.get(error.name or "")
    return nearest(_quoted(message), dir(module)) if module else ""


def _keyword(error: BaseException, message: str, scene: Scene) -> str:
    found = re.match(r"([\w.]+)\(\) got an unexpected keyword argument '(.+?)'", message)
    if not isinstance(error, TypeError) or not found:
        return ""
    function = _look_up(found[1], scene.names)
    if not isinstance(code := getattr(function, "__code__", None), CodeType):
        return ""
    count = code.co_argcount + code.co_kwonlyargcount
    return nearest(found[2], [*code.co_varnames[:count]])


def _shadowed(error: BaseException, message: str, scene: Scene) -> str:
    """A name of Python's own was given to something else, as in sum = 3."""
    name = _callee(scene)
    if "is not callable" not in message or name not in vars(builtins) or name not in scene.names:
        return ""
    kind = a(type(scene.names[name]).__name__)
    cell = scene.where(name)
    if not cell or cell == scene.cell:
        return say(
            "{name} was made {kind}, and hides Python's own {name}(). "
            "Choose another name for it, and run: del {name}",
            name=name,
            kind=kind,
        )
    return say(
        "{name} was made {kind} by {cell}, and hides Python's own {name}(). "
        "Choose another name for it, and run: del {name}",
        name=name,
        kind=kind,
        cell=called(cell, scene.texts),
    )


def _not_callable(error: BaseException, message: str, scene: Scene) -> str:
    if not isinstance(error, TypeError) or "is not callable" not in message:
        return ""
    name, kind = _callee(scene), _quoted(message)
    if kind == "module":
        return say(
            "{name} is a module. Its functions stand behind a point: {name}.…(…).", name=name
        )
    if kind in ("list", "tuple", "dict"):
        return say(
            "An element of {kind} is taken with square brackets: {name}[0].",
            kind=a(kind),
            name=name or "xs",
        )
    if name.endswith((".data", ".grad")):
        return say("{name} is a number, no method: leave the brackets away.", name=name)
    return ""


def _none(error: BaseException, message: str, scene: Scene) -> str:
    if isinstance(error, AttributeError | TypeError) and "NoneType" in message:
        return say(
            "Something gave None here. A function without return does, and so does print(...)."
        )
    return ""


def _waiting(error: BaseException, message: str, scene: Scene) -> str:
    parts = ("event loop", "asyncio", "stack switching")  # the last one is Pyodide's
    if isinstance(error, RuntimeError) and any(part in message for part in parts):
        return say("A cell waits for nothing here. Leave async and await away.")
    return ""


def _network(error: BaseException, message: str, scene: Scene) -> str:
    from_browser = type(error).__name__ == "JsException" and re.search(_NO_NETWORK, message)
    from_python = isinstance(error, ConnectionError) or type(error).__name__ == "URLError"
    if not from_browser and not from_python:
        return ""
    return say(
        "Code in a cell reaches no other host: the Content-Security-Policy of this page forbids "
        "it, so that nothing can be sent away. Write the data into the cell."
    )


def _is_name_error(error: BaseException) -> bool:
    return isinstance(error, NameError) and not isinstance(error, UnboundLocalError)


def _callee(scene: Scene) -> str:
    """Return what is called at the marked place: `sum` of `sum(xs)`."""
    found = re.match(r"([\w.]+)\s*\(", scene.marked)
    return found[1] if found else ""


def _look_up(path: str, names: dict[str, Any]) -> Any:
    """Return the thing with a dotted name, or None."""
    first, *rest = path.split(".")
    thing = names.get(first, vars(builtins).get(first))
    for name in rest:
        thing = getattr(thing, name, None)
    return thing


def _quoted(message: str) -> str:
    found = re.search("'(.+?)'", message)
    return found[1] if found else ""


def _last_quoted(message: str) -> str:
    found: list[str] = re.findall("'(.+?)'", message)
    return found[-1] if found else ""


Rule = Callable[[BaseException, str, Scene], str]
RULES: list[Rule] = [
    *[_own_name, _other_cell, _module, _attribute, _import, _keyword],
    *[_shadowed, value_for_number, number_for_value, _not_callable, _none, _waiting, _network],
]
