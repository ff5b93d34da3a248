"""The lessons, run by nothing but Python: what the page shows is compared with that."""

import ast
from contextlib import redirect_stdout
from io import StringIO

from app.course import read
from micrograd.engine import Value


def live_cells(lesson: str) -> set[str]:
    """Return the cells of a lesson that print something else on each machine."""
    return {cell.marks["cell"] for cell in read(lesson) if cell.marks.get("live")}


def code_cells(lesson: str) -> dict[str, str]:
    """Return the code of a lesson's cells by name, without the exercises."""
    cells = [cell for cell in read(lesson) if cell.is_code and "exercise" not in cell.marks]
    return {cell.marks["cell"]: cell.text for cell in cells}


def plain(lesson: str) -> dict[str, tuple[str, object]]:
    """Run the cells of a lesson; return what each prints, and the value of its last line."""
    names: dict[str, object] = {"Value": Value}
    found = {}
    for name, code in code_cells(lesson).items():
        *before, last = ast.parse(code).body
        out, value = StringIO(), None
        with redirect_stdout(out):
            exec(compile(ast.Module(before, []), name, "exec"), names)
            if isinstance(last, ast.Expr):
                value = eval(compile(ast.Expression(last.value), name, "eval"), names)
            else:
                exec(compile(ast.Module([last], []), name, "exec"), names)
        found[name] = (out.getvalue(), value)
    return found
