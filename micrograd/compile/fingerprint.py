"""What a program was made from, so that a change of it is noticed before the next step."""

from __future__ import annotations

from types import CellType, CodeType, FunctionType, ModuleType
from typing import TYPE_CHECKING, Any

from micrograd.compile.rule import options_of
from micrograd.engine import Value
from micrograd.nn import ACTIVATIONS, Module

if TYPE_CHECKING:
    from micrograd.train import Trainer


WATCHED = {"__init__", "grad"}  # where a recorder listens, which changes no number


def fingerprint(trainer: Trainer) -> tuple[object, ...]:
    """Return everything that the program was made from; the numbers it reads each time are not.

    What only the optimiser's rule was made from comes last.
    """
    return (
        _structure(trainer.model),
        {name: part for name, part in vars(Value).items() if name not in WATCHED},
        dict(ACTIVATIONS),
        trainer.loss,
        _structure(trainer.loss),
        _rows(trainer),
        trainer.batch_size,
        trainer.shuffle,
        (trainer.l1 != 0, trainer.l2 != 0),
        list(map(id, trainer.optimiser.parameters)),
        (type(trainer.optimiser), options_of(trainer.optimiser)),
    )


def _rows(trainer: Trainer) -> list[object]:
    sets = [data for data in (trainer.train, trainer.test) if data is not None]
    return [
        part for data in sets for part in (data.task, [*map(tuple, data.inputs)], [*data.targets])
    ]


Above = tuple[object, ...]  # the parts that this one is in: it may know the whole


def _structure(x: Any, above: Above = ()) -> object:
    """Describe a part by what it is made of: `Value`s by identity, all else by what it equals."""
    if isinstance(x, Value):
        return id(x)
    if isinstance(x, list | tuple):
        return [id(v) if type(v) is Value else _structure(v, above) for v in x]
    if isinstance(x, dict):
        return [(key, _structure(part, above)) for key, part in x.items()]
    if isinstance(x, str | int | float | bool | None):
        return x
    if isinstance(x, type | ModuleType) or any(x is y for y in above):
        return id(x)
    if isinstance(x, FunctionType):
        return _function(x, (*above, x))
    if hasattr(x, "__dict__") and (isinstance(x, Module) or not _is_ours(x)):
        parts = [(name, _structure(part, (*above, x))) for name, part in vars(x).items()]
        return (id(x), type(x), _structure(type(x).__call__, (*above, x)), parts)
    return id(x)


def _function(f: FunctionType, above: Above) -> object:
    """Describe a function by its code and what it uses: `delta` may be another in the next cell."""
    if _is_ours(f):
        return f
    used = [f.__globals__[name] for name in sorted(_names(f.__code__)) if name in f.__globals__]
    enclosed = [cell.cell_contents for cell in f.__closure__ or () if cell != CellType()]
    return (f.__code__, _structure([f.__defaults__, f.__kwdefaults__, used, enclosed], above))


def _is_ours(x: object) -> bool:
    """Tell whether it is of this package, whose functions stay as they are."""
    module = getattr(x, "__module__", None) or type(x).__module__
    return module.partition(".")[0] == "micrograd"


def _names(code: CodeType) -> set[str]:
    """Return the names that a function's code uses, and the functions in it."""
    inner = [const for const in code.co_consts if isinstance(const, CodeType)]
    return {*code.co_names}.union(*map(_names, inner))
