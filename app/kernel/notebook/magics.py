"""Lines for Jupyter, such as %matplotlib or !pip, which Python itself cannot read.

They are found where a statement begins. There, no Python begins with % or ! or ?; inside of
brackets and texts, a line may begin with anything.
"""

import re

# Cells of Python that begin with one of these; those of all other %%names are of another language.
_OF_PYTHON = {"capture", "debug", "prun", "python", "python3", "time", "timeit"}

_CELL = re.compile(r"\s*%%(\w+)")
# Nothing is tried twice (*+ and ++ give nothing back), so a strange file takes as long as others.
_COMMAND = re.compile(
    r"""(?P<indent>[ \t]*+)
    (?P<text>
        (?: %{1,2}[A-Za-z]                                  # %matplotlib inline
          | !                                               # !pip install torch
          | \?{1,2}[A-Za-z]                                 # ?print
          | [\w.] [\w., ]*+ = [ \t]*+ (?: %[A-Za-z] | ! )   # files = !ls
          | [\w.]++ \?{1,2} [ \t]*+ $                       # print?
        ) .* (?: (?<=\\) \n .* )*    # with the lines that a backslash adds
    )""",
    re.VERBOSE | re.MULTILINE,
)
_PIECE = re.compile(
    r"""
    (?P<quotes>\"{3}|'{3}) (?s: \\. | (?!(?P=quotes)) . )* (?: (?P=quotes) | \Z )
    | " (?: (?s: \\. ) | [^"\\\n] )* "?
    | ' (?: (?s: \\. ) | [^'\\\n] )* '?
    | \#.*
    | \\\n
    | [^"'\#\\()\[\]{}\n]+
    | (?s: . )
    """,
    re.VERBOSE,
)


def comment_out(code: str) -> tuple[str, int]:
    """Return the code with Jupyter's commands as comments, and how many there were."""
    cell = _CELL.match(code)
    if cell and cell[1] not in _OF_PYTHON:
        return "\n".join(f"# {line}".rstrip() for line in code.split("\n")), 1
    parts, at, count = [], 0, 0
    while at < len(code):
        if command := _COMMAND.match(code, at):
            parts.append(_as_comment(command["indent"], command["text"]))
            at, count = command.end(), count + 1
        end = _end_of_statement(code, at)
        parts.append(code[at:end])
        at = end
    return "".join(parts), count


def _as_comment(indent: str, text: str) -> str:
    """A block needs a statement: so an indented command becomes one that does nothing."""
    first, *others = text.split("\n")
    lines = [f"{indent}pass  # {first}" if indent else f"# {first}"]
    return "\n".join(lines + [f"{indent}# {line}" for line in others])


def _end_of_statement(code: str, start: int) -> int:
    """Return where the line ends that begins at `start`, with all lines that belong to it."""
    depth = 0
    for piece in _PIECE.finditer(code, start):
        text = piece[0]
        depth += (text in "([{") - (text in ")]}" and depth > 0)
        if text == "\n" and depth == 0:
            return piece.end()
    return len(code)
