"""Runs what a learner types into a figure: an expression, or a few lines of Python.

Names that are used but never assigned become leaves, so that `L = (a*b + c) * f` is a whole
program. The last line's value is the output; `backward()` starts there.
"""

import ast
import builtins
import symtable
import tokenize
import warnings
from collections.abc import Callable, Iterator
from io import StringIO
from typing import Any, NamedTuple

from app.kernel.mistake import TOO_DEEP, Mistake, explain, explain_syntax
from app.kernel.recorded import Value
from app.kernel.recorder import Recorder, Trace

CELL = "<cell>"
DEEPEST = 1000  # nested operations; a browser's stack ends at some 3,000, and Pyodide with it

# What a leaf is until somebody gives it another value: first the numbers of Karpathy's lecture.
_LECTURE = {"a": 2.0, "b": -3.0, "c": 10.0, "f": -2.0, "x1": 2.0, "x2": 0.0, "w1": -3.0, "w2": 1.0}
_OTHERS = (1.5, -0.5, 2.5, -1.5, 0.5)

# Functions that stand beside the methods, because tanh(a) is what people write first.
FUNCTIONS: dict[str, Callable[[Any], Any]] = {
    "tanh": lambda x: _value(x).tanh(),
    "relu": lambda x: _value(x).relu(),
    "exp": lambda x: _value(x).exp(),
    "log": lambda x: _value(x).log(),
    "sigmoid": lambda x: _value(x).sigmoid(),
}


class Run(NamedTuple):
    """What came of running the code: its trace, its leaves by name, and the output's number."""

    trace: Trace
    leaves: dict[str, int]
    output: int


def run(code: str, values: dict[str, float], backward: bool = True) -> Run | Mistake:
    """Run the code with these values for its leaves, and record it; then its `backward()`, too.

    A mistake in the code is returned, not raised: with its place, in words.
    """
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # what Python would write to the console
        if len(code) > DEEPEST and _depth(code) > DEEPEST:
            return Mistake(TOO_DEEP)
        try:
            tree = ast.parse(code, CELL)
            leaves = leaf_values(code, tree, values)
        except (SyntaxError, ValueError) as error:  # ValueError: a null character
            return explain_syntax(error, code)
        except (RecursionError, MemoryError):
            return Mistake(TOO_DEEP)
        if not tree.body:
            return Mistake("There is nothing to compute yet. Type something like (a*b + c) * f.")
        return _record(code, tree, leaves, backward)


def _record(code: str, tree: ast.Module, values: dict[str, float], backward: bool) -> Run | Mistake:
    with Recorder(Value, cell=CELL) as recorder:
        leaves = {name: Value(x, label=name) for name, x in values.items()}
        names = recorder.names(Value=Value, **FUNCTIONS) | leaves
        try:
            output = _execute(tree, names)
            if not recorder.knows(output):
                return _no_value(output, tree)
            if backward:
                output.backward()
        except BaseException as error:  # a KeyboardInterrupt when it takes too long
            return explain(error, code, names)
    numbers = {name: recorder.id_of(node) for name, node in leaves.items()}
    return Run(recorder.trace(names), numbers, recorder.id_of(output))


def leaf_values(code: str, tree: ast.Module, values: dict[str, float]) -> dict[str, float]:
    """Return a value for each name that the code uses and does not define, as they appear."""
    free = _free_names(symtable.symtable(code, CELL, "exec"))
    used = [node.id for node in _in_order(tree) if isinstance(node, ast.Name)]
    leaves = [name for name in dict.fromkeys(used) if name in free]
    spare = iter(_OTHERS * (len(leaves) // len(_OTHERS) + 1))
    defaults = {name: _LECTURE[name] if name in _LECTURE else next(spare) for name in leaves}
    return {name: values.get(name, default) for name, default in defaults.items()}


def _free_names(table: symtable.SymbolTable) -> set[str]:
    """Return the names that a piece of code takes from outside, functions inside it included."""
    known = set(vars(builtins)) | set(FUNCTIONS) | {"Value", "__builtins__"}
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


def _depth(code: str) -> int:
    """Return how deep the code is nested, or more: a + b + c is one sum inside another."""
    deepest, elifs = 0, 0
    nested = [0]  # for each open bracket, how deep the operations are since the last comma in it
    try:
        for token in tokenize.generate_tokens(StringIO(code).readline):
            elifs += token.string == "elif"  # one inside the other, over all lines
            if token.type == tokenize.NEWLINE:
                nested = [0]
            elif token.string == ",":
                nested[-1] = 0
            elif token.type == tokenize.OP and token.string in "([{":
                nested.append(1)
            elif token.type == tokenize.OP and token.string in ")]}" and len(nested) > 1:
                nested.pop()
                nested[-1] += 1
            elif token.type == tokenize.OP or token.string in ("not", "if", "lambda", "await"):
                nested[-1] += 1
            deepest = max(deepest, sum(nested))
    except (tokenize.TokenError, SyntaxError):  # Python will say what it cannot read
        pass
    return max(deepest, elifs)


def _in_order(tree: ast.AST) -> Iterator[ast.AST]:
    """Walk through code as it is read: line by line, from left to right."""
    nodes = [node for node in ast.walk(tree) if hasattr(node, "lineno")]
    return iter(sorted(nodes, key=lambda node: (node.lineno, node.col_offset)))  # type: ignore[attr-defined]


def _execute(tree: ast.Module, names: dict[str, Any]) -> Any:
    """Run the code; return the value of its last line, or of the name that it assigns."""
    *body, last = tree.body
    if name := _backward_of(last):  # the figure itself goes backward, when it is time
        exec(compile(ast.Module(body, []), CELL, "exec"), names)
        return names.get(name)
    if isinstance(last, ast.Expr):
        exec(compile(ast.Module(body, []), CELL, "exec"), names)
        return eval(compile(ast.Expression(last.value), CELL, "eval"), names)
    exec(compile(tree, CELL, "exec"), names)
    target = _assigned(last)
    return names.get(target) if target else None


def _backward_of(statement: ast.stmt) -> str | None:
    """Return L, if the statement is L.backward()."""
    match statement:
        case ast.Expr(ast.Call(ast.Attribute(ast.Name(name), "backward"), [], [])):
            return name
    return None


def _assigned(statement: ast.stmt) -> str | None:
    """Return the name that a statement assigns; of a block, the one that its last line does."""
    while body := getattr(statement, "body", None):
        statement = body[-1]
    targets = getattr(statement, "targets", None) or [getattr(statement, "target", None)]
    return targets[-1].id if isinstance(targets[-1], ast.Name) else None


def _no_value(output: object, tree: ast.Module) -> Mistake:
    """Say why there is nothing to draw: the result is not a Value."""
    line = tree.body[-1].lineno
    if isinstance(output, int | float):
        return Mistake(
            "The result is a plain number, so there is no graph. Use a name in it, such as a.", line
        )
    if isinstance(output, list | tuple):
        return Mistake(
            "The last line gives several values. Make one of them, for instance with sum(...).",
            line,
        )
    if output is None:
        return Mistake("The last line gives no value. Let it compute one, such as L = a * b.", line)
    kind = type(output).__name__
    if hasattr(output, "data"):
        return Mistake(
            f"The last line gives a {kind} that cannot be watched. It is, when its class has "
            "__init__ and backward(), and keeps data, grad, _prev and _op.",
            line,
        )
    return Mistake(
        f"The last line gives a {kind}. Let it compute a Value, such as L = a * b.", line
    )


def _value(x: Any) -> Any:
    return x if hasattr(x, "_prev") else Value(x)
