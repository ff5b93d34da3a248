"""A module of WebAssembly: functions and what they share, as the bytes of a file."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from micrograd.compile.wasm import F64, I32, Function, Import, i32, unsigned

PAGE = 65_536  # bytes, the unit in which memory is asked for


def module(
    imports: Sequence[Import],
    functions: Sequence[Function],
    exports: Mapping[str, int],
    size: int,
    data: Iterable[tuple[int, bytes]] = (),
) -> bytes:
    """Return the module's bytes. Its memory has at least `size` bytes, and is exported as "memory".

    Functions are numbered from 0 on: first those that are imported (from "env"), then the others.
    `data` is what stands in memory from the start, each with its address.
    """
    types: list[bytes] = []

    def number_of(parameters: bytes, result: bytes) -> bytes:
        kind = b"\x60" + _vector(parameters) + _vector(result)
        if kind not in types:
            types.append(kind)
        return unsigned(types.index(kind))

    imported = [
        _text("env") + _text(name) + b"\x00" + number_of(parameters, result)
        for name, parameters, result in imports
    ]
    defined = [number_of(f.parameters, f.result) for f in functions]
    exported = [_text(name) + b"\x00" + unsigned(index) for name, index in exports.items()]
    return b"\0asm\1\0\0\0" + b"".join(
        [
            _section(1, types),
            _section(2, imported),
            _section(3, defined),
            _section(5, [b"\x00" + unsigned(-(-size // PAGE))]),
            _section(7, [*exported, _text("memory") + b"\x02\x00"]),
            _section(10, [_body(f) for f in functions]),
            _section(11, [_segment(*each) for each in data]),
        ]
    )


def _segment(address: int, content: bytes) -> bytes:
    return b"\x00" + i32(address) + b"\x0b" + unsigned(len(content)) + content


def _section(number: int, items: Sequence[bytes]) -> bytes:
    content = unsigned(len(items)) + b"".join(items)
    return bytes([number]) + unsigned(len(content)) + content if items else b""


def _body(f: Function) -> bytes:
    groups = [unsigned(n) + kind for n, kind in ((f.integers, I32), (f.floats, F64)) if n]
    code = unsigned(len(groups)) + b"".join(groups) + f.body + b"\x0b"
    return unsigned(len(code)) + code


def _vector(items: bytes) -> bytes:
    return unsigned(len(items)) + items


def _text(text: str) -> bytes:
    return _vector(text.encode())
