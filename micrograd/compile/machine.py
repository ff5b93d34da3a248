"""What runs a module of WebAssembly: a browser, or wasmtime where there is none.

A program that has one offers it as the module `micrograd_machine`: the page's kernel does so with
the browser's own. Elsewhere it is wasmtime: `pip install wasmtime`.
"""

from __future__ import annotations

import atexit
import math
import sys
import weakref
from array import array
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from typing import Any, Protocol

from micrograd.compile.tape import NotCompilable
from micrograd.engine import _exp, _log, _power


class Instance(Protocol):
    """A module with its memory. Addresses and sizes are in bytes."""

    def call(self, name: str, *arguments: int) -> int | None: ...

    def read(self, address: int, size: int) -> bytes | bytearray: ...

    def write(self, address: int, content: bytes | bytearray | memoryview) -> None: ...


def read_numbers(instance: Instance, address: int, size: int) -> array[float]:
    numbers = array("d")
    if size:
        numbers.frombytes(instance.read(address, size))
    return numbers


def write_numbers(instance: Instance, address: int, numbers: array[float] | array[int]) -> None:
    if numbers:
        instance.write(address, memoryview(numbers).cast("B"))


class Machine(Protocol):
    name: str
    is_exact: bool  # tanh, exp, log and pow are those of Python's `math`

    def instantiate(self, code: bytes) -> Instance: ...


_installed: list[Machine] = []


def install(machine: Machine) -> None:
    """Run all programs on this machine from now on."""
    _installed[:] = [machine]


def aside() -> AbstractContextManager[None]:
    """Enter what a machine offers for work that nobody who watches the engine has to see."""
    enter = getattr(sys.modules.get("micrograd_machine"), "aside", nullcontext)
    context: AbstractContextManager[None] = enter()
    return context


def machine() -> Machine:
    """Return the machine, or raise `NotCompilable` if there is none."""
    if not _installed:
        install(sys.modules.get("micrograd_machine") or _Wasmtime())
    return _installed[0]


_LIBM: list[tuple[int, Callable[..., float]]] = [  # with the number of their operands
    (1, math.tanh),
    (1, _exp),
    (1, _log),
    (2, _power),
]


class _Wasmtime:
    name = "wasmtime"
    is_exact = True

    def __init__(self) -> None:
        try:
            import wasmtime
        except ImportError:
            raise NotCompilable("there is no WebAssembly here: pip install wasmtime") from None
        self._wasmtime: Any = wasmtime
        self._engine = wasmtime.Engine()
        self._stores: weakref.WeakSet[Any] = weakref.WeakSet()
        atexit.register(self._close)

    def instantiate(self, code: bytes) -> Instance:
        w = self._wasmtime
        store = w.Store(self._engine)
        self._stores.add(store)
        number = w.ValType.f64()
        imports = [
            w.Func(store, w.FuncType([number] * operands, [number]), function)
            for operands, function in _LIBM
        ]
        return _WasmtimeInstance(
            store, w.Instance(store, w.Module(self._engine, code), imports).exports(store)
        )

    def _close(self) -> None:
        """Free everything while Python is still whole: wasmtime can't when it is half gone."""
        for store in list(self._stores):
            store.close()
        self._engine.close()


class _WasmtimeInstance:
    def __init__(self, store: Any, exports: Any) -> None:
        self._store = store
        self._exports = exports
        self._memory = exports["memory"]

    def call(self, name: str, *arguments: int) -> int | None:
        result: int | None = self._exports[name](self._store, *arguments)
        return result

    def read(self, address: int, size: int) -> bytearray:
        content: bytearray = self._memory.read(self._store, address, address + size)
        return content

    def write(self, address: int, content: bytes | bytearray | memoryview) -> None:
        self._memory.write(self._store, content, address)
