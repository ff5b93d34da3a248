"""An optimiser's rule as code: its own Python, run once on symbols in the place of numbers.

A symbol stands for a number that is not known yet. What is done with it is written down. So an
optimiser of a learner's own is compiled as well, as long as it only computes: a rule that decides
by a number (`if g > 1`) is not one piece of code, and stays in Python.
"""

from __future__ import annotations

import math
from array import array
from collections.abc import Callable
from functools import reduce
from types import FunctionType, SimpleNamespace
from typing import Any, NamedTuple, NoReturn, TypeAlias

from micrograd.compile import wasm
from micrograd.compile.arithmetic import exp, log, power
from micrograd.compile.tape import NotCompilable
from micrograd.compile.wasm import f64, get, i32, load, put, store
from micrograd.optimisers import Optimiser

LEARNING_RATE, STEPS, OFFSET = 0, 1, 2  # the first locals; OFFSET is 8 times a parameter's number
_FLOATS = 3  # those that follow


class Rule(NamedTuple):
    """What moves one parameter, as code.

    `once` is what is the same for all parameters of a step. `states` names the optimiser's lists,
    with a number for each parameter, that it uses.
    """

    once: bytes
    each: bytes
    states: list[str]
    floats: int  # locals
    is_for_one_step: bool  # a list without numbers gets them by a rule that may be another one


Places: TypeAlias = Callable[[str], int]  # the address of "data", "grad" or a list of the optimiser


def rule_of(optimiser: Optimiser, address_of: Places) -> Rule:
    """Trace the optimiser as it is now: its options become constants, except the learning rate.

    Raises `NotCompilable` if it does anything but arithmetic.
    """
    kind = type(optimiser)
    if kind.step is not Optimiser.step or kind.zero_grad is not Optimiser.zero_grad:
        raise NotCompilable(f"{kind.__name__} has a step of its own")
    tracer = _Tracer(address_of)
    traced = object.__new__(_on_symbols(kind))
    traced.__dict__.update(
        {name: tracer.state(name, option) for name, option in vars(optimiser).items()}
    )
    traced.__dict__.update(
        lr=_Symbol(tracer, LEARNING_RATE, True), steps=_Symbol(tracer, STEPS, True)
    )
    parameter: Any = SimpleNamespace(data=tracer.read("data"), grad=tracer.read("grad"))
    before = parameter.data
    index: Any = _INDEX
    options = vars(traced).copy()
    try:
        traced._move(index, parameter, traced._gradient(parameter))
    except NotCompilable:
        raise
    except Exception as error:
        raise NotCompilable(f"{kind.__name__} does more than arithmetic ({error})") from None
    _expect_unchanged(optimiser, traced, options)
    if parameter.data is not before:
        tracer.write("data", parameter.data)
    for state in tracer.arrays:
        if state.current is not state.before:
            tracer.write(state.name, state.current)
    used = [state.name for state in tracer.arrays if state.is_used]
    arrays = arrays_of(optimiser)
    is_for_one_step = any(arrays[name][0] is None for name in used)
    return Rule(bytes(tracer.once), bytes(tracer.each), used, tracer.floats, is_for_one_step)


def _expect_unchanged(optimiser: Optimiser, traced: Optimiser, options: dict[str, object]) -> None:
    for name, option in vars(traced).items():
        is_other = option is not options.get(name)
        if isinstance(option, dict):
            before = getattr(optimiser, name, {})
            is_other |= [*map(id, option.values())] != [*map(id, before.values())]
        if is_other:
            kind = type(optimiser).__name__
            raise NotCompilable(f"{kind} changes its {name} when it moves a parameter")


def arrays_of(optimiser: Optimiser) -> dict[str, list[float | None]]:
    """Return the optimiser's lists that have a number for each parameter."""
    n = len(optimiser.parameters)
    return {
        name: option
        for name, option in vars(optimiser).items()
        if name != "parameters"
        and isinstance(option, list)
        and len(option) == n
        and (isinstance(option[0], int | float) or option[0] is None)
    }


def numbers_of(optimiser: Optimiser) -> array[float]:
    """Return the numbers of all these lists, one after the other; 0 where there is none yet."""
    lists = arrays_of(optimiser).values()
    return array("d", [0.0 if x is None else x for numbers in lists for x in numbers])


def options_of(optimiser: Optimiser) -> list[tuple[str, object]]:
    """Return everything that a rule was traced with: when it changes, trace again."""
    arrays = arrays_of(optimiser)
    fixed = [
        (name, _kept(option))
        for name, option in vars(optimiser).items()
        if name not in arrays and name not in ("lr", "steps", "parameters")
    ]
    return [*fixed, *((name, array[0] is None) for name, array in arrays.items())]


def _kept(option: object) -> object:
    """Return what stays as it is now, also when the option is changed in place."""
    return option.copy() if isinstance(option, dict | set | list) else option


class _Index:
    """Stands for the number of the parameter."""

    def _decide(self, *_: object) -> NoReturn:
        raise NotCompilable("the optimiser moves one parameter in another way than the next")

    __bool__ = __lt__ = __le__ = __gt__ = __ge__ = __mod__ = _decide
    __eq__ = __ne__ = _decide
    __hash__ = object.__hash__


_INDEX = _Index()


class _Tracer:
    def __init__(self, address_of: Places) -> None:
        self.once = bytearray()
        self.each = bytearray()
        self.floats = 0
        self.arrays: list[_Array] = []
        self._address_of = address_of

    def state(self, name: str, option: object) -> object:
        if name == "parameters" or not isinstance(option, list):
            return _kept(option)
        self.arrays.append(_Array(self, name, option))
        return self.arrays[-1]

    def read(self, name: str) -> _Symbol:
        return self.note(load(get(OFFSET), self._address_of(name)), False)

    def write(self, name: str, value: _Symbol | float) -> None:
        self.each += store(get(OFFSET), _code(value), self._address_of(name))

    def note(self, code: bytes, is_once: bool) -> _Symbol:
        local = _FLOATS + self.floats
        self.floats += 1
        block = self.once if is_once else self.each
        block += put(local, code)
        return _Symbol(self, local, is_once)


class _Array:
    """A list of the optimiser's, of which one element is used: the one of this parameter."""

    def __init__(self, tracer: _Tracer, name: str, numbers: list[float | None]) -> None:
        self.name = name
        self.is_used = False
        self.before: _Symbol | None = None
        self.current: Any = None
        self._tracer = tracer
        self._is_empty = any(number is None for number in numbers)

    def __getitem__(self, i: object) -> Any:
        self._expect(i)
        if self.current is None and not self._is_empty:
            self.is_used = True
            self.before = self.current = self._tracer.read(self.name)
        return self.current

    def __setitem__(self, i: object, value: Any) -> None:
        self._expect(i)
        self.is_used = True
        self.current = value

    def _expect(self, i: object) -> None:
        if i is not _INDEX:
            raise NotCompilable(f"the optimiser looks at {self.name} of other parameters too")


class _Symbol:
    """A number that is not known yet, in a local variable."""

    def __init__(self, tracer: _Tracer, local: int, is_once: bool) -> None:
        self.tracer = tracer
        self.local = local
        self.is_once = is_once  # the same for all parameters

    def __add__(self, other: Any) -> _Symbol:
        return _apply(wasm.add, self, other)

    def __radd__(self, other: Any) -> _Symbol:
        return _apply(wasm.add, other, self)

    def __sub__(self, other: Any) -> _Symbol:
        return _apply(wasm.sub, self, other)

    def __rsub__(self, other: Any) -> _Symbol:
        return _apply(wasm.sub, other, self)

    def __mul__(self, other: Any) -> _Symbol:
        return _apply(wasm.mul, self, other)

    def __rmul__(self, other: Any) -> _Symbol:
        return _apply(wasm.mul, other, self)

    def __truediv__(self, other: Any) -> _Symbol:
        return _apply(wasm.div, self, other)

    def __rtruediv__(self, other: Any) -> _Symbol:
        return _apply(wasm.div, other, self)

    def __pow__(self, other: Any) -> _Symbol:
        return _apply(power, self, other)

    def __rpow__(self, other: Any) -> _Symbol:
        return _apply(power, other, self)

    def __neg__(self) -> _Symbol:
        return _apply(wasm.neg, self)

    def __abs__(self) -> _Symbol:
        return _apply(wasm.absolute, self)

    def _decide(self, *_: object) -> NoReturn:
        raise NotCompilable("the optimiser decides by a number, so its rule is not one formula")

    __bool__ = __lt__ = __le__ = __gt__ = __ge__ = _decide
    __eq__ = __ne__ = _decide


def _apply(operation: Callable[..., bytes], *operands: Any) -> _Symbol:
    symbols = [x for x in operands if isinstance(x, _Symbol)]
    code = operation(*map(_code, operands))
    return symbols[0].tracer.note(code, all(x.is_once for x in symbols))


def _code(x: _Symbol | float) -> bytes:
    return get(x.local) if isinstance(x, _Symbol) else f64(float(x))


# Python's functions, for numbers and symbols alike.


def _for_both(function: Callable[..., Any], operation: Callable[..., bytes]) -> Callable[..., Any]:
    def either(*operands: Any) -> Any:
        if not any(isinstance(x, _Symbol) for x in operands):
            return function(*operands)
        if len(operands) > 2:  # max and min
            return reduce(either, operands)
        return _apply(operation, *operands)

    return either


def _larger(a: bytes, b: bytes) -> bytes:
    return wasm.choose(wasm.greater(b, a), b, a)  # as Python's max: the first of equals


def _smaller(a: bytes, b: bytes) -> bytes:
    return wasm.choose(wasm.less(b, a), b, a)


_MATH = SimpleNamespace(
    **{
        **vars(math),
        "sqrt": _for_both(math.sqrt, wasm.sqrt),
        "exp": _for_both(math.exp, exp),
        "log": _for_both(math.log, log),
        "pow": _for_both(math.pow, power),
        "fabs": _for_both(math.fabs, wasm.absolute),
    }
)
_BUILTINS = {"max": _for_both(max, _larger), "min": _for_both(min, _smaller)}


def _on_symbols(kind: type[Optimiser]) -> type[Optimiser]:
    """Return the same class, whose functions know a `math` that takes symbols."""
    functions: dict[str, Any] = {}
    for base in reversed(kind.__mro__):
        for name, f in vars(base).items():
            if isinstance(f, FunctionType):
                names = {**f.__globals__, **_BUILTINS, "math": _MATH}
                copy = FunctionType(f.__code__, names, name, f.__defaults__, f.__closure__)
                copy.__kwdefaults__ = f.__kwdefaults__
                functions[name] = copy
    return type(kind.__name__, (kind,), functions)


def update(rule: Rule, parameters: int) -> wasm.Function:
    """Return the function (learning rate, steps) that moves all parameters once."""
    loop = wasm.count_up(OFFSET, i32(0), i32(8 * parameters), rule.each, step=8)
    body = rule.once + loop
    return wasm.Function(wasm.F64 + wasm.F64, wasm.NOTHING, body, integers=1, floats=rule.floats)
