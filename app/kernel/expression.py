"""Runs what a learner types into a figure: an expression, or a few lines of Python.

Names that are used but never assigned become leaves, so that `L = (a*b + c) * f` is a whole
program. Those that the code makes itself, as in `a = Value(2.0)`, are leaves as well. The last
line's value is the output; `backward()` starts there.
"""

import ast
import builtins
import warnings
from contextlib import redirect_stdout
from typing import Any, NamedTuple

from .contribution import as_number
from .depth import DEEPEST, depth_of
from .edition import engine_in_force
from .functions import functions
from .language import say
from .leaves import leaf_values
from .literals import change, literals
from .mistake import TOO_DEEP, Mistake, explain, explain_syntax
from .printed import Printed
from .raised import with_place
from .recorded import leaf, value_class
from .recorder import Recorder, Trace
from .release import operands_first, release

CELL = "<cell>"


class Run(NamedTuple):
    """What came of running the code: its trace, its leaves by name, and the output's number.

    `made` names the leaves that the code makes itself, `code` is the code with their values in it,
    and `printed` is what it printed.
    """

    trace: Trace
    leaves: dict[str, int]
    output: int
    code: str = ""
    made: tuple[str, ...] = ()
    printed: str = ""


class _Program(NamedTuple):
    """Code that Python can read, with its leaves: the free ones by value, and those it makes."""

    code: str
    tree: ast.Module
    free: dict[str, float]
    made: list[str]
    changed: str  # the code with other numbers for the leaves that it makes


def run(code: str, values: dict[str, float], backward: bool = True) -> Run | Mistake:
    """Run the code with these values for its leaves, and record it; then its `backward()`, too.

    A mistake in the code is returned, not raised: with its place, in words.
    """
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # what Python would write to the console
        program = _read(code, values)
        return program if isinstance(program, Mistake) else _record(program, backward)


def forward(code: str, values: dict[str, float]) -> float | None:
    """Return the output's number as `run` finds it, without a recording and without `backward()`.

    None when there is none: the code did run before, but may not with these values. It is stopped
    by a KeyboardInterrupt when it takes too long.
    """
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        program = _read(code, values)
        return None if isinstance(program, Mistake) else _compute(program)


def _read(code: str, values: dict[str, float]) -> _Program | Mistake:
    if len(code) > DEEPEST and depth_of(code) > DEEPEST:
        return Mistake(say(TOO_DEEP))
    try:
        tree = ast.parse(code, CELL)
        free = leaf_values(code, tree, values)
    except (SyntaxError, ValueError) as error:  # ValueError: a null character
        return explain_syntax(error, code)
    except (RecursionError, MemoryError):
        return Mistake(say(TOO_DEEP))
    if not tree.body:
        return Mistake(say("There is nothing to compute yet. Type something like (a*b + c) * f."))
    made = list(literals(tree))
    return _Program(code, tree, free, made, change(code, tree, values))


def _record(program: _Program, backward: bool) -> Run | Mistake:
    imported = [engine_in_force().Value] if "micrograd" in program.code else []
    own = {"Value": value_class(), **functions()}
    with (
        Recorder(value_class(), *imported, cell=CELL) as recorder,
        redirect_stdout(Printed()) as printed,
    ):
        names = recorder.names(**own)
        try:
            leaves = _make(program)
            names |= leaves
            output = _execute(program.tree, names)
            if not recorder.knows(output):
                return _no_value(output, program.tree)._replace(printed=printed.text())
            if backward:
                output.backward()
        except BaseException as error:  # a KeyboardInterrupt when it takes too long
            return _explain(error, program, names)._replace(printed=printed.text())
    made = {name: names[name] for name in program.made if recorder.knows(names.get(name))}
    numbers = {name: recorder.id_of(node) for name, node in (leaves | made).items()}
    trace, output = recorder.trace(names), recorder.id_of(output)
    return Run(trace, numbers, output, program.changed, tuple(made), printed.text())


def _compute(program: _Program) -> float | None:
    own: dict[str, Any] = {"Value": value_class(), **functions()}
    own["__builtins__"] = {**vars(builtins)}  # what the code does to them ends with it
    with redirect_stdout(Printed()):
        try:
            output = _execute(program.tree, own | _make(program))
        except (Exception, SystemExit):
            return None
    if not hasattr(output, "_prev"):
        return None
    number = as_number(getattr(output, "data", None))
    held = operands_first(output)
    del output
    release(held)
    return number


def _explain(error: BaseException, program: _Program, names: dict[str, Any]) -> Mistake:
    """Explain an exception; where it came from an engine of the learner's, say in which line."""
    found = explain(error, program.code, names)
    return found._replace(says=with_place(found.says, error))


def _make(program: _Program) -> dict[str, Any]:
    return {name: leaf(x, name) for name, x in program.free.items()}


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
    return Mistake(_not_a_value(output), tree.body[-1].lineno)


def _not_a_value(output: object) -> str:
    if isinstance(output, int | float):
        return say(
            "The result is a plain number, so there is no graph. Use a name in it, such as a."
        )
    if isinstance(output, list | tuple):
        return say(
            "The last line gives several values. Make one of them, for instance with sum(...)."
        )
    if output is None:
        return say("The last line gives no value. Let it compute one, such as L = a * b.")
    kind = type(output).__name__
    if hasattr(output, "data"):
        return say(
            "The last line gives a {kind} that cannot be watched. It is, when its class has "
            "__init__ and backward(), and keeps data, grad, _prev and _op.",
            kind=kind,
        )
    return say(
        "The last line gives a {kind}. Let it compute a Value, such as L = a * b.", kind=kind
    )
