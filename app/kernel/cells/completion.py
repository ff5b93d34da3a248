"""How a name may go on. Nothing of the learner's runs for it: no property, no `__getattr__`."""

import builtins
import inspect
import re
from types import GetSetDescriptorType, MemberDescriptorType
from typing import Any

MOST = 200  # names

_PATH = re.compile(r"(?:[^\W\d]\w*\s*\.\s*)*(?:[^\W\d]\w*)?")
_dict_of = type.__dict__["__dict__"].__get__  # of a class, whatever its own class says
_mro_of = type.__dict__["__mro__"].__get__


class _UnknownError(Exception):
    """What stands before the point could only be known by running something."""


def completions(prefix: str, names: dict[str, Any]) -> list[str]:
    """Return the names that begin like the last part of `prefix`, such as "loss.ba".

    Names with an underscore are left out, unless the last part begins with one.
    """
    if not _PATH.fullmatch(prefix):
        return []
    *path, last = (part.strip() for part in prefix.split("."))
    try:
        known = _attributes(_find(path, names)) if path else {*names}
    except _UnknownError:
        return []
    found = sorted(name for name in known if name.startswith(last) and name.isidentifier())
    return [name for name in found if last.startswith("_") or not name.startswith("_")][:MOST]


def _find(path: list[str], names: dict[str, Any]) -> Any:
    """Return the thing at the end of a path such as ["model", "layers"]."""
    first, *rest = path
    if first not in names and first not in vars(builtins):
        raise _UnknownError
    thing = names[first] if first in names else vars(builtins)[first]
    for name in rest:
        thing = _attribute(thing, name)
    return thing


def _attribute(thing: Any, name: str) -> Any:
    try:
        found = inspect.getattr_static(thing, name)
    except AttributeError:
        raise _UnknownError from None
    if _is_class(thing):
        return found
    if type(found) is MemberDescriptorType:  # a slot
        try:
            return found.__get__(thing)
        except AttributeError:
            raise _UnknownError from None
    if _is_descriptor(found) and name not in _own(thing):  # a property, a method
        raise _UnknownError
    return found


def _attributes(thing: Any) -> set[str]:
    """Return the names of the attributes that a thing and its classes have."""
    kinds = _mro_of(thing) if _is_class(thing) else ()
    found = {name for kind in (*kinds, *_mro_of(type(thing))) for name in _dict_of(kind)}
    return {name for name in {*found, *_own(thing)} if type(name) is str}


def _is_class(thing: Any) -> bool:
    return type in _mro_of(type(thing))  # isinstance() would ask the thing itself


def _is_descriptor(thing: Any) -> bool:
    return any("__get__" in _dict_of(kind) for kind in _mro_of(type(thing)))


def _own(thing: Any) -> dict[str, Any]:
    """Return the attributes that a thing has itself, if they are kept in the ordinary way."""
    for kind in _mro_of(type(thing)):
        keeper = _dict_of(kind).get("__dict__")
        if type(keeper) in (GetSetDescriptorType, MemberDescriptorType):
            own = keeper.__get__(thing)
            return own if type(own) is dict else {}
        if keeper is not None:
            return {}
    return {}
