"""What somebody may send: nearly right, and not at all."""

import json
from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import quote

from hypothesis import strategies as st

from app.kernel.training.table import BY_KEY

MARKUP = "</script><img src=x onerror=alert(1)>"
any_text = st.text(max_size=12)
numbers = st.one_of(
    st.sampled_from(["nan", "inf", "-inf", "1e999", "1e308", "-1e308", "5e-324", "-0", "", "1,5"]),
    st.sampled_from(["٣", "²", "1_0", "0x1", "+1", ".5", "1.", "1e5", "9" * 30, "\0", "true"]),
    st.floats().map(str),
    st.integers(-(10**6), 10**6).map(str),
)
data = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(-5, 10**30), st.floats(), any_text),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3), st.dictionaries(any_text, inner, max_size=3)
    ),
    max_leaves=6,
)

# Addresses.

SMALL = "samples=10&networkShape=2"  # which makes a training quick
setting_texts = st.one_of(
    numbers,
    any_text,
    st.sampled_from([choice for row in BY_KEY.values() for choice, _ in row.choices] or [""]),
    st.sampled_from(["false", "1/x1", "x1**x1**x1", "x1 # no", "x1\n+x2", "min()", "max(x1)"]),
    st.sampled_from(["(-1)**.5", "exp(exp(x1))", "__import__('js')", "x1.real", MARKUP, "\ud800"]),
)
_keys = st.sampled_from([*BY_KEY, "weights", "epoch", "initZero", "x_hide", "other"])


def _query(pairs: list[tuple[str, str]]) -> str:
    texts = [f"{key}={quote(text.encode('utf-8', 'surrogatepass'))}" for key, text in pairs]
    return "#" + "&".join([*texts, SMALL])


settings_in_address = st.one_of(
    st.lists(st.tuples(_keys, setting_texts), max_size=6).map(_query),
    st.text().map(lambda text: f"#{text}&{SMALL}"),
)

# Files.

_cells = st.one_of(numbers, st.sampled_from(["a", '"', '"x\ny"', "<b>", "1", "-1", "0"]), any_text)


def _table(rows: list[list[str]], separator: str) -> str:
    return "\n".join(separator.join(row) for row in rows)


def _rows_of(width: int) -> st.SearchStrategy[list[list[str]]]:
    floats = st.floats(allow_nan=False, allow_infinity=False).map(repr)
    row = st.lists(floats, min_size=width, max_size=width)
    return st.lists(row, min_size=2, max_size=12)


tables = st.one_of(
    st.text(),
    st.builds(
        _table,
        st.lists(st.lists(_cells, min_size=1, max_size=4), max_size=8),
        st.sampled_from(",;\t"),
    ),
    st.builds(_table, st.integers(2, 4).flatmap(_rows_of), st.just(",")),
)

_cell = st.fixed_dictionaries(
    {},
    optional={
        "cell_type": st.one_of(st.sampled_from(["code", "markdown", "raw"]), data),
        "source": st.one_of(st.text(), st.lists(any_text, max_size=3), data),
        "id": data,
        "outputs": data,
        "attachments": data,
    },
)
_notebook = st.fixed_dictionaries(
    {"nbformat": st.one_of(st.just(4), data)},
    optional={"cells": st.one_of(st.lists(_cell, max_size=4), data), "metadata": data},
)
notebooks = st.one_of(_notebook.map(json.dumps), data.map(json.dumps), st.text())
file_names = st.one_of(st.sampled_from(["a.ipynb", "a.py", "", "/", "..", "a\0.py"]), any_text)


def spoilt(good: dict[str, Any]) -> st.SearchStrategy[str]:
    """Draw JSON with some places of the good content replaced, or cut off."""
    places = st.sampled_from([*_places(good)])
    whole = json.dumps(good)
    return st.one_of(
        st.lists(st.tuples(places, data), min_size=1, max_size=2).map(_spoil(whole)),
        st.integers(0, len(whole)).map(lambda end: whole[:end]),
        data.map(json.dumps),
        st.text(),
    )


def _places(content: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    if path:
        yield path
    keys = content if isinstance(content, dict) else range(len(content))
    for key in keys:
        if isinstance(content[key], dict | list):
            yield from _places(content[key], (*path, key))
        else:
            yield (*path, key)


def _spoil(whole: str) -> Callable[[list[tuple[tuple[Any, ...], Any]]], str]:
    def spoil(changes: list[tuple[tuple[Any, ...], Any]]) -> str:
        content = {"": json.loads(whole)}
        for path, new in changes:
            _put(content, ("", *path), new)
        return json.dumps(content[""])

    return spoil


def _put(content: Any, path: tuple[Any, ...], new: Any) -> None:
    for key in path[:-1]:
        content = content[key] if _has(content, key) else {}
    if _has(content, path[-1]):
        content[path[-1]] = new


def _has(content: Any, key: Any) -> bool:
    if isinstance(content, list):
        return isinstance(key, int) and key < len(content)
    return isinstance(content, dict) and key in content


# Code, for a figure or a cell. None of it runs for long: what stops it is tested elsewhere.

_tokens = st.sampled_from(
    [
        *"abcLdx()[]{}+-*/%@=:,.;'\"\\#~<>|&^",
        *["x1", " ", "\n", "\n\n", "    ", "**", "//", "==", ":=", "Value", "tanh", "exp", "log"],
        *[".data", ".grad", ".backward()", ".tanh()", ".label", "._prev", "._op", "1", "2.5"],
        *["lambda ", "for ", " in ", "range(3)", "if ", "else ", "def f", "class C", "return "],
        *["yield ", "await ", "async ", "import ", "from ", "with ", "try:", "except:", "raise "],
        *["print(", "None", "True", "...", "nan", "1e999", "1j", "<b>", "π", "é", "\0", "\ud800"],
        *["\x0c", "\r", "\t", "b'", "f'{a}'", "del ", "global a", "not ", "sum(", "abs(", "max("],
    ]
)
_lines = st.sampled_from(
    [
        *["a = Value(2.0)", "a = Value(1e999)", "a = Value(float('nan'))", "L = a * b"],
        *[f"b = Value(-3, label={MARKUP!r})", f"a.label = {MARKUP!r}", f"a._op = {MARKUP!r}"],
        *["L.grad = None", "a.data = 'x'", "a.data = None", "a._prev = 5", "L = a / 0", "L = a**b"],
        *["L = log(-a)", "L = exp(1000*a)", "a.label = 5", "a.label = [1]", "L._op = None"],
        *["del a.grad", "L = Value('x')", "L = Value([1])", "L = Value(10**400)", "Value = 3"],
        *["class Value: pass", "L = a + 'x'", "L = a + 1j", "a.backward = None", "L = [a] * 3"],
        *["L = a\nL.backward()", "a.data = 10**400", "a += b", "for i in range(40): a = a * b"],
        *["raise Exception('<b>')", "raise KeyboardInterrupt", "raise SystemExit", "1 / 0"],
        *["raise BaseException", "print('<b>', end='\\0')", "def f(x): return f(x)", "f(1)"],
        *["a.__class__ = int", "a.__dict__.clear()", "L._prev = (L,)", "a._prev = (a,)"],
        *["import sys; sys.stdout = None", "L = a if a else b", "__builtins__ = 1"],
    ]
)
code = st.one_of(
    st.lists(_tokens, max_size=14).map("".join),
    st.lists(_lines, max_size=6).map("\n".join),
    st.text(max_size=30),
)
answers = st.one_of(
    numbers,
    any_text,
    st.sampled_from(["1/0", "9**9**9", "-8**.5", "(-8)**.5", "((((", "--1", "2^3", "1e999-1e999"]),
)
