"""Commands of Jupyter, and lines that only look like one."""

import ast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.kernel.notebook.magics import comment_out


@pytest.mark.parametrize(
    ("code", "commented", "count"),
    [
        ("%matplotlib inline\nx = 1", "# %matplotlib inline\nx = 1", 1),
        ("!pip install torch", "# !pip install torch", 1),
        ("x = 1\n\n!ls\n!ls -l\n", "x = 1\n\n# !ls\n# !ls -l\n", 2),
        ("?print", "# ?print", 1),
        ("print??", "# print??", 1),
        ("files = !ls", "# files = !ls", 1),
        ("t = %time f()", "# t = %time f()", 1),
        ("%%time\nf()", "# %%time\nf()", 1),
        ("%%time\n%time f()", "# %%time\n# %time f()", 2),
        ("%%bash\n\necho it's", "# %%bash\n#\n# echo it's", 1),
        ("!pip install \\\n  torch\nx", "# !pip install \\\n#   torch\nx", 1),
        ("if x:\n    %time f()", "if x:\n    pass  # %time f()", 1),
        ("!echo (\n%time f()", "# !echo (\n# %time f()", 2),
    ],
)
def test_comment_out_finds_commands(code: str, commented: str, count: int) -> None:
    assert comment_out(code) == (commented, count)


@pytest.mark.parametrize(
    "code",
    [
        "",
        "\n\n",
        "x = (5\n%x)",
        "x = 5 \\\n%y",
        'x = """\n!important\n%time\n"""',
        "x = '''\n!a'''",
        "x = 'it\\'s (' # (\ny = 1",
        "x = 'a\\\n%b'",
        "x = [1,  # a ) in a comment\n%y]",
        "# %time f()",
        "f(x)[0] != 1",
        "x = y % z",
        "x = 'who?'",
        "print('%d' % 3)",
        "x ==  1",
    ],
)
def test_comment_out_leaves_python_as_it_is(code: str) -> None:
    assert comment_out(code) == (code, 0)


@given(
    st.lists(st.sampled_from(["%t f", "!ls", "x = (", ")", "'''", "if x:", "    y", "x?", "\\"]))
)
def test_comment_out_finds_all_the_first_time(lines: list[str]) -> None:
    commented, _ = comment_out("\n".join(lines))
    assert comment_out(commented) == (commented, 0)


def test_comment_out_keeps_all_of_a_python_file() -> None:
    with open(__file__, encoding="utf-8") as file:
        code = file.read()
    ast.parse(code)
    assert comment_out(code) == (code, 0)
