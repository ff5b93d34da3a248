"""Reads a cell's text as a program: what is run, and the expression whose value is shown."""

import ast
from types import CodeType
from typing import Any, NamedTuple

from ..depth import DEEPEST, depth_of
from ..language import noted, say
from ..mistake import TOO_DEEP, Mistake, explain_syntax
from .cell import Cell

NO_WAITING = noted(
    "A cell runs from its first line to its last and waits for nothing: await and async have no "
    "use outside of an async def here."
)


class Program(NamedTuple):
    """Compiled code, and the last expression apart from it, if its value is to be shown."""

    body: CodeType
    last: CodeType | None

    def run(self, names: dict[str, Any]) -> Any:
        """Run the code with these names; return the value to be shown, or None."""
        exec(self.body, names)
        return None if self.last is None else eval(self.last, names)


def read(cell: Cell) -> Program | Mistake:
    """Compile a cell. A trailing semicolon hides the last value, as in Jupyter."""
    if len(cell.code) > DEEPEST and depth_of(cell.code) > DEEPEST:
        return Mistake(say(TOO_DEEP))
    try:
        tree = ast.parse(cell.code, cell.file)
        return _compile(tree, cell)
    except (SyntaxError, ValueError) as error:  # ValueError: a null character
        mistake = explain_syntax(error, cell.code)
        return mistake._replace(says=say(NO_WAITING)) if _is_about_waiting(error) else mistake
    except (RecursionError, MemoryError):
        return Mistake(say(TOO_DEEP))


def _compile(tree: ast.Module, cell: Cell) -> Program:
    last = tree.body[-1] if tree.body else None
    if not isinstance(last, ast.Expr) or _is_hidden(last, cell.code):
        return Program(_compiled(tree, cell, "exec"), None)
    body = ast.Module(tree.body[:-1], [])
    return Program(
        _compiled(body, cell, "exec"), _compiled(ast.Expression(last.value), cell, "eval")
    )


def _compiled(tree: ast.Module | ast.Expression, cell: Cell, mode: str) -> CodeType:
    code: CodeType = compile(tree, cell.file, mode, dont_inherit=True)
    return code


def _is_hidden(last: ast.Expr, code: str) -> bool:
    """Tell whether a semicolon follows the last expression. Columns count bytes."""
    lines = code.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    rest = lines[(last.end_lineno or 0) - 1].encode()[last.end_col_offset :]
    return rest.lstrip().startswith(b";")


def _is_about_waiting(error: SyntaxError | ValueError) -> bool:
    message = str(error)
    return "outside" in message and ("await" in message or "async" in message)
