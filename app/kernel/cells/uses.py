"""Which names of the lesson a cell reads, and which ones it defines, from its text alone.

A name is defined by whatever binds it: =, +=, def, class, import, for, with, :=, del. To change
what is inside of a thing, as in `a.grad = 0` or `xs.append(1)`, defines nothing.
"""

import ast
import symtable
import warnings
from typing import Any, NamedTuple

from ..depth import DEEPEST, depth_of


class Uses(NamedTuple):
    """The names that a cell takes from elsewhere, and those that it gives a value."""

    reads: frozenset[str] = frozenset()
    defines: frozenset[str] = frozenset()


def uses(code: str) -> Uses:
    """Return what code uses; nothing when Python cannot read it, or it is nested too deep.

    A name that the cell itself defines is read from elsewhere only if that happens first, as in
    `x += 1`. What stands in functions counts as if they were called at the cell's end.
    """
    if len(code) > DEEPEST and depth_of(code) > DEEPEST:
        return Uses()
    order = _Order()
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # they are told when the code is run
            table = symtable.symtable(code, "<cell>", "exec")
            order.visit(ast.parse(code))
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return Uses()
    read, defined = _in_functions(table)
    read, defined = read | order.read, defined | order.defined
    return Uses(frozenset(read - defined | order.read_first), frozenset(defined))


def first_line(name: str, code: str) -> int:
    """Return the first line in which code gives a name a value; 0 if there is none."""
    lines: list[int] = []
    for node in ast.walk(ast.parse(code)):
        if isinstance(node, ast.Name | ast.FunctionDef | ast.ClassDef | ast.alias):
            order = _Order()
            order.visit(node)
            lines += [node.lineno] if name in order.defined - order.read else []
    return min(lines, default=0)


def _in_functions(table: symtable.SymbolTable) -> tuple[set[str], set[str]]:
    """Return the global names that are read and that are defined in functions and classes."""
    read, defined = set(), set()
    waiting = table.get_children()
    while waiting:
        scope = waiting.pop()
        waiting += scope.get_children()
        for symbol in scope.get_symbols():
            if symbol.is_global():
                read |= {symbol.get_name()} if symbol.is_referenced() else set()
                is_bound = symbol.is_assigned() or symbol.is_imported()
                defined |= {symbol.get_name()} if is_bound else set()
    return read, defined


# What is run before the other parts of a statement, which follow as they stand.
_FIRST = {"value", "iter", "type", "bases", "keywords", "decorator_list", "args"}


class _Order(ast.NodeVisitor):
    """Walks through code in the order in which it is run, and leaves out what functions do."""

    def __init__(self) -> None:
        self.read: set[str] = set()
        self.read_first: set[str] = set()
        self.defined: set[str] = set()
        self._inside: list[set[str]] = []  # the names of comprehensions and classes around

    def visit_Name(self, node: ast.Name) -> None:
        if not isinstance(node.ctx, ast.Store):
            self._read(node.id)
        if not isinstance(node.ctx, ast.Load):
            self._define(node.id)

    def visit_AugAssign(self, node: ast.AugAssign) -> None:
        if isinstance(node.target, ast.Name):
            self._read(node.target.id)
        self.generic_visit(node)

    def visit_NamedExpr(self, node: ast.NamedExpr) -> None:
        self.visit(node.value)
        self.defined.add(node.target.id)  # outside of a comprehension, too

    def visit_BinOp(self, node: ast.BinOp) -> None:
        """Of a + b + c + …, which may be long, the left end comes first."""
        parts: list[ast.expr] = [node]
        while isinstance(first := parts[-1], ast.BinOp):
            parts[-1:] = [first.right, first.left]
        self._visit_all(parts[::-1])

    def visit_alias(self, node: ast.alias) -> None:
        self._define(node.asname or node.name.partition(".")[0])

    def visit_Lambda(self, node: ast.Lambda) -> None:
        self.visit(node.args)

    def visit_ClassDef(self, node: ast.ClassDef) -> None:
        self._visit_all([*node.decorator_list, *node.bases, *node.keywords])
        self._inside.append(set())
        self._visit_all(node.body)
        self._inside.pop()
        self._define(node.name)

    def _visit_comprehension(self, node: Any) -> None:
        first, *others = node.generators
        self.visit(first.iter)
        names = [x.id for part in node.generators for x in ast.walk(part.target)
                 if isinstance(x, ast.Name)]  # fmt: skip
        self._inside.append(set(names))
        self._visit_all([*first.ifs, *others])
        self._visit_all([getattr(node, part, None) for part in ("elt", "key", "value")])
        self._inside.pop()

    def generic_visit(self, node: ast.AST) -> None:
        """Go through the parts of a node; what is bound in it comes after what it is bound to."""
        if hasattr(node, "generators"):
            return self._visit_comprehension(node)
        is_function = isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        fields = dict(ast.iter_fields(node))
        for field in sorted(fields, key=lambda field: field not in _FIRST):
            if not (is_function and field == "body"):
                self._visit_all(fields[field])
            bound = fields[field] if field in ("name", "rest") else None
            if isinstance(bound, str):
                self._define(bound)

    def _visit_all(self, part: object) -> None:
        for node in part if isinstance(part, list) else [part]:
            if isinstance(node, ast.AST):
                self.visit(node)

    def _read(self, name: str) -> None:
        if not any(name in names for names in self._inside):
            self.read.add(name)
            self.read_first |= {name} - self.defined

    def _define(self, name: str) -> None:
        (self._inside[-1] if self._inside else self.defined).add(name)
