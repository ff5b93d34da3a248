"""Nothing is loaded from another host.

Every address in our files is an error, wherever it stands, but for these: names of XML namespaces,
links that a reader may follow, and citations in comments, docstrings and text, as long as nothing
before them on the line would load them. What happens on the running page, the browser tests watch.
"""

import ast
import re
import tomllib
import xml.etree.ElementTree as ET
from collections.abc import Callable
from html.parser import HTMLParser
from io import StringIO
from pathlib import Path
from tokenize import COMMENT, generate_tokens

import pytest

ROOT = Path(__file__).parents[1]


def path_of(file: Path) -> str:
    return file.relative_to(ROOT).as_posix()


def source(file: Path) -> str:
    return file.read_text(encoding="utf-8")


ADDRESS = re.compile(r"\b(?:https?|wss?|ftp):|(?:(?<=[\"'`(=\s])|^)//(?=[\w\[$])", re.I)
NAMESPACE = re.compile(r"http://www\.w3\.org/(?:2000/svg|1998/Math/MathML|1999/x?html|1999/xlink)")
LOADS = re.compile(
    r"""(?: !\[[^\]]*\]\(                                        # an image in Markdown
          | \b(?:src|srcset|href|data|poster|action)\s*=\s*["'`]?
          | \burl\(\s*["']?
          | \b(?:import|from|fetch|open|load|URL|Worker)\s*\(?\s*["'`]
        )\s*$""",
    re.I | re.X,
)


def foreign(text: str) -> list[str]:
    """Return each line of code with an address in it."""
    return [line.strip() for line in text.split("\n") if ADDRESS.search(NAMESPACE.sub("", line))]


def loading(prose: str) -> list[str]:
    """Return each line of prose with an address that prose could load: an image in Markdown."""
    lines = [NAMESPACE.sub("", line) for line in prose.split("\n")]
    return [
        line.strip()
        for line in lines
        if any(LOADS.search(line[: match.start()]) for match in ADDRESS.finditer(line))
    ]


def foreign_in_javascript(text: str) -> list[str]:
    """A line that is nothing but a comment is prose: its address stands free, not in quotes."""
    code, prose = [], []
    for line in text.split("\n"):
        comment = re.match(r"\s*(?://|/?\*)\s(?!.*\*/.)", line)
        free = all(line[m.start() - 1] in " (<" for m in ADDRESS.finditer(line))
        (prose if comment and free else code).append(line)
    return foreign("\n".join(code)) + loading("\n".join(prose))


def foreign_in_css(text: str) -> list[str]:
    """Strings are read first, so that what looks like a comment in one is not taken for one."""
    part = re.compile(
        r"(\"(?:\\.|[^\"\\\n])*\"|'(?:\\.|[^'\\\n])*'|url\([^)\"']*\))|/\*.*?\*/", re.S
    )
    return foreign(part.sub(lambda match: match[1] or "", text))


def foreign_in_python(text: str) -> list[str]:
    """Comments and docstrings are prose; everything else counts, f-strings too."""
    found, lines = [], text.split("\n")
    for token in generate_tokens(StringIO(text).readline):
        if token.type == COMMENT:
            found += loading(token.string)
            row, column = token.start
            lines[row - 1] = lines[row - 1][:column]
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
            doc = ast.get_docstring(node, clean=False)
            if doc is not None:
                found += loading(doc)
                expression = node.body[0]
                for row in range(expression.lineno - 1, expression.end_lineno or 0):
                    lines[row] = ""
    return found + foreign("\n".join(lines))


class _Page(HTMLParser):
    """Collects what a browser acts on: attributes (not a link's), and scripts' and styles' text."""

    def __init__(self) -> None:
        super().__init__()
        self.acted_on: list[str] = []

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        for name, value in attributes:
            if (tag, name) != ("a", "href"):
                self.acted_on.append(f"{name}={value}".replace("\\", "/"))  # as browsers do

    def handle_data(self, data: str) -> None:
        if self.cdata_elem:  # in <script> and <style>
            self.acted_on.append(data)


def foreign_in_html(text: str) -> list[str]:
    page = _Page()
    page.feed(text)
    page.close()
    return foreign("\n".join(page.acted_on))


def foreign_in_svg(text: str) -> list[str]:
    """Names of namespaces are gone once the text is read."""
    elements = list(ET.fromstring(text).iter())
    values = [f"{key}={value}" for element in elements for key, value in element.attrib.items()]
    return foreign("\n".join([*values, *(element.text or "" for element in elements)]))


def foreign_in_toml(text: str) -> list[str]:
    return foreign(repr(tomllib.loads(text)))


READERS: dict[str, Callable[[str], list[str]]] = {
    ".css": foreign_in_css,
    ".html": foreign_in_html,
    ".js": foreign_in_javascript,
    ".json": foreign,
    ".py": foreign_in_python,
    ".svg": foreign_in_svg,
    ".toml": foreign_in_toml,
}
NOT_READ = {".pyc", ".typed", ".png", ".webp", ".woff2", ".wasm", ".csv", ".md"}  # load nothing


def served() -> list[Path]:
    """List every file of ours that a browser may get: not static/build/ nor app/serve/."""
    folders = [ROOT / "app", ROOT / "micrograd", ROOT / "static"]
    files = [file for folder in folders for file in folder.rglob("*") if file.is_file()]
    others = [ROOT / path for path in ("static/vendor", "static/build", "app/serve")]
    files = [file for file in files if not any(file.is_relative_to(other) for other in others)]
    pages = [ROOT / "index.html", ROOT / "kernel.html"]
    return sorted([*pages, ROOT / "embed.js", ROOT / "pyscript.toml", *files])


@pytest.mark.parametrize(
    "file", [file for file in served() if file.suffix not in NOT_READ], ids=path_of
)
def test_nothing_is_loaded_from_another_host(file: Path) -> None:
    assert file.suffix in READERS, "say here how this kind of file is read"
    assert READERS[file.suffix](source(file)) == []


@pytest.mark.parametrize("page", ["index.html", "kernel.html"])
def test_the_content_security_policy_lets_nothing_come_from_another_host(page: str) -> None:
    policy = re.search(r'Content-Security-Policy" content="([^"]+)"', source(ROOT / page))
    assert policy
    allowed = {word for part in policy[1].split(";") for word in part.split()[1:]}
    hosts = {word for word in allowed if not re.fullmatch(r"'[\w-]+'|blob:|data:", word)}
    assert hosts == set()
    assert policy[1].startswith("default-src 'none';")


@pytest.mark.parametrize(
    ("suffix", "text"),
    [
        (".html", '<script src="https://cdn.example/a.js"></script>'),
        (".html", "<img src=//cdn.example/a.png>"),
        (".html", '<img src="\\\\cdn.example/a.png">'),
        (".html", '<link rel="stylesheet" href="HTTP://cdn.example/a.css">'),
        (".html", '<p style="background: url(https://cdn.example/a.png)">'),
        (".html", '<script>import("https://cdn.example/a.js")</script>'),
        (".html", "<style>@import '//cdn.example/a.css'</style>"),
        (".html", '<img srcset="a.png 1x, https://cdn.example/a.png 2x">'),
        (".html", '<meta http-equiv="refresh" content="0; url=https://example.com">'),
        (".html", '<a href="x" ping="https://example.com">'),
        (".js", 'import a from "https://cdn.example/a.js";'),
        (".js", "const b = await fetch(`https://${host}/b`);"),
        (".js", 'fetch("//cdn.example/a.js"); // ours'),
        (".js", 'new WebSocket("wss://example.com")'),
        (".js", '/* see */ fetch(" https://example.com")'),
        (".js", '* fetch("https://example.com")'),
        (".js", '// import("https://cdn.example/a.js") is how others do it'),
        (".css", "@font-face { src: url(https://fonts.example/a.woff2) }"),
        (".css", '@import "//fonts.example/a.css";'),
        (".css", 'a { content: "/*"; background: url(//x.example/a.png); b: "*/" }'),
        (".py", 'SVG = f"""<image href="https://example.com/{x}.png"/>"""'),
        (".py", "url = '//example.com/a'"),
        (".py", "# ![a picture](https://example.com/a.png)"),
        (".py", 'def f():\n    """Shows <img src="https://example.com/a.png">."""'),
        (
            ".svg",
            '<svg xmlns="http://www.w3.org/2000/svg"><image href="https://example.com"/></svg>',
        ),
        (
            ".svg",
            '<svg xmlns="http://www.w3.org/2000/svg"><style>@import "//a.example"</style></svg>',
        ),
        (".toml", 'interpreter = "https://cdn.example/micropython.mjs"'),
        (".json", '{"a": "https://example.com"}'),
    ],
)
def test_an_address_that_would_be_loaded_is_found(suffix: str, text: str) -> None:
    assert READERS[suffix](text) != []


@pytest.mark.parametrize(
    ("suffix", "text"),
    [
        (
            ".html",
            '<p>After <a href="https://example.com/paper">a paper</a>, https://example.com</p>',
        ),
        (".html", '<!-- https://example.com --><svg xmlns="http://www.w3.org/2000/svg"></svg>'),
        (".js", "// See https://example.com/spec.\n  fetch(url); // 1 / 2 // 3"),
        (".js", "/**\n * After (https://example.com/spec).\n */\nconst half = a / b;"),
        (".js", 'document.createElementNS("http://www.w3.org/2000/svg", "g")'),
        (".css", "/* After https://example.com */ a { color: red }"),
        (".py", "# Downloaded from https://example.com, and "),
        (".py", '"""After https://example.com/paper."""\n\nx = 7 // 2  # https://example.com'),
        (".py", "svg = '<svg xmlns=\"http://www.w3.org/2000/svg\">'"),
        (".svg", '<svg xmlns="http://www.w3.org/2000/svg"><title>a</title></svg>'),
        (".toml", '# https://example.com\nname = "micrograd"'),
    ],
)
def test_an_address_that_is_only_read_is_fine(suffix: str, text: str) -> None:
    assert READERS[suffix](text) == []
