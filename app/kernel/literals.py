"""Leaves that the code makes itself, as in a = Value(2.0), and other numbers for them.

A leaf counts when its line runs once: at the top level, its name assigned nowhere else, and `Value`
the engine's own. Its number is changed in the tree, which keeps the places of the code as it was
typed, and in the text.
"""

import ast
import math
import re
from collections import Counter
from collections.abc import Iterator

from .recorded import ORIGINAL


def literals(tree: ast.Module) -> dict[str, ast.expr]:
    """Return the number in each call Value(number) that makes a leaf, by name, as they appear."""
    bound = Counter(_bound(tree))
    if bound["Value"] or bound["*"]:  # the cell's own class, or another one that it imports
        return {}
    found = [made for statement in tree.body if (made := _made(statement))]
    return {name: number for name, number in found if bound[name] == 1}


def made_in(code: str) -> list[str]:
    """Return the names of the leaves that code makes itself; none when Python cannot read it."""
    try:
        return list(literals(ast.parse(code)))
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return []


def with_values(code: str, values: dict[str, float]) -> str:
    """Give the leaves made in the code these values; code that Python cannot read stays."""
    try:
        return change(code, ast.parse(code), values) if values else code
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return code


def number_of(literal: ast.expr) -> float:
    """Return the number as the engine takes it: 1e999 and an int beyond all floats are inf."""
    return ORIGINAL(ast.literal_eval(literal)).data


def change(code: str, tree: ast.Module, values: dict[str, float]) -> str:
    """Give the leaves made in the code these values: in the tree, and in the text returned.

    Other names in `values` are none of ours. A number that is the same stays as it is written.
    """
    found = literals(tree)
    new = {
        literal: values[name]
        for name, literal in found.items()
        if name in values and repr(values[name]) != repr(number_of(literal))
    }
    text = _rewrite(code, new)
    for literal, x in new.items():
        _put(literal, x)
    return text


def _made(statement: ast.stmt) -> tuple[str, ast.expr] | None:
    """Return name and number, if the statement makes a leaf."""
    match statement:
        case ast.Assign([ast.Name(name)], call) | ast.AnnAssign(ast.Name(name), _, call):
            number = _argument(call)
            return (name, number) if number and _is_number(number) else None
    return None


def _argument(call: ast.expr | None) -> ast.expr | None:
    """Return the argument of Value(argument), which may be called data and have a label beside."""
    match call:
        case ast.Call(ast.Name("Value"), given, named):
            data = [*given, *(keyword.value for keyword in named if keyword.arg == "data")]
            others = {keyword.arg for keyword in named} - {"data", "label"}
            return data[0] if len(data) == 1 and not others else None
    return None


def _is_number(argument: ast.expr) -> bool:
    match argument:
        case ast.UnaryOp(ast.USub() | ast.UAdd(), ast.Constant(number)) | ast.Constant(number):
            on_one_line = argument.lineno == argument.end_lineno
            return type(number) in (int, float) and on_one_line
    return False


def _bound(tree: ast.AST) -> Iterator[str]:
    """Name each name as often as some line gives it a value, or takes it away."""
    for node in ast.walk(tree):
        match node:
            case ast.Name(name, ast.Store() | ast.Del()):
                yield name
            case ast.alias(name, other):
                yield other or name.partition(".")[0]
            case ast.MatchMapping(rest=str(name)):
                yield name
            case _ if isinstance(given := getattr(node, "name", None), str):
                yield given  # to a function, a class, an exception, a part of a match


def _put(literal: ast.expr, x: float) -> None:
    match literal:
        case ast.UnaryOp(ast.USub(), ast.Constant() as number):
            number.value = -x
        case ast.UnaryOp(_, ast.Constant() as number) | (ast.Constant() as number):
            number.value = x


def _rewrite(code: str, new: dict[ast.expr, float]) -> str:
    """Write other numbers in the place of literals; Python counts columns in bytes."""
    pieces = re.split("(\r\n|\r|\n)", code)  # at even places the lines
    for literal in sorted(new, key=lambda literal: literal.col_offset, reverse=True):
        at = 2 * (literal.lineno - 1)
        line = pieces[at].encode()
        before, after = line[: literal.col_offset], line[literal.end_col_offset :]
        pieces[at] = (before + _written(new[literal], literal).encode() + after).decode()
    return "".join(pieces)


def _written(x: float, literal: ast.expr) -> str:
    """Write a number as people do: a whole one without a point, where there was none before."""
    if not math.isfinite(x):
        return f'float("{x}")'
    was_whole = isinstance(ast.literal_eval(literal), int)
    return repr(x).removesuffix(".0") if was_whole and repr(x) != "-0.0" else repr(x)
