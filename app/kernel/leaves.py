"""The leaves that code takes from outside: the names that it uses and never assigns."""

import ast
import builtins
import symtable
from collections.abc import Iterator

from .functions import functions

# What a leaf is until somebody gives it another value: first the numbers of Karpathy's lecture.
_LECTURE = {"a": 2.0, "b": -3.0, "c": 10.0, "f": -2.0, "x1": 2.0, "x2": 0.0, "w1": -3.0, "w2": 1.0}
_OTHERS = (1.5, -0.5, 2.5, -1.5, 0.5)


def leaf_values(code: str, tree: ast.Module, values: dict[str, float]) -> dict[str, float]:
    """Return a value for each name that the code uses and does not define, as they appear."""
    free = _free_names(symtable.symtable(code, "<cell>", "exec"))
    used = [node.id for node in _in_order(tree) if isinstance(node, ast.Name)]
    leaves = [name for name in dict.fromkeys(used) if name in free]
    spare = iter(_OTHERS * (len(leaves) // len(_OTHERS) + 1))
    defaults = {name: _LECTURE[name] if name in _LECTURE else next(spare) for name in leaves}
    return {name: values.get(name, default) for name, default in defaults.items()}


def _free_names(table: symtable.SymbolTable) -> set[str]:
    """Return the names that a piece of code takes from outside, functions inside it included."""
    known = set(vars(builtins)) | set(functions()) | {"Value", "__builtins__"}
    assigned: set[str] = set()
    used: set[str] = set()
    waiting = [table]
    while waiting:
        scope = waiting.pop()
        waiting += scope.get_children()
        for symbol in scope.get_symbols():
            if symbol.is_global() or scope is table:
                assigned |= {symbol.get_name()} if _gives_a_value(symbol) else set()
                used |= {symbol.get_name()} if symbol.is_referenced() else set()
    return used - assigned - known


def _gives_a_value(symbol: symtable.Symbol) -> bool:
    return symbol.is_assigned() or symbol.is_imported()


def _in_order(tree: ast.AST) -> Iterator[ast.AST]:
    """Walk through code as it is read: line by line, from left to right."""
    nodes = [node for node in ast.walk(tree) if hasattr(node, "lineno")]
    return iter(sorted(nodes, key=lambda node: (node.lineno, node.col_offset)))  # type: ignore[attr-defined]
