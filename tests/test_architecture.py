"""The rules that hold the parts apart, and the lists that have to agree with the folders.

Each check is a function from a source text to what is wrong in it, and is itself tested on texts
that break the rule: a check that has gone blind fails here too.
"""

import ast
import re
import tomllib
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
KERNEL = sorted((ROOT / "app" / "kernel").rglob("*.py"))
PAGE = sorted((ROOT / "app" / "page").rglob("*.py"))
EXERCISES = sorted((ROOT / "app" / "lessons" / "exercises").glob("*.py"))
ENGINE = sorted((ROOT / "micrograd").rglob("*.py"))
OURS = sorted({*ENGINE, *(ROOT / "app").rglob("*.py")})


def path_of(file: Path) -> str:
    return file.relative_to(ROOT).as_posix()


def source(file: Path) -> str:
    return file.read_text(encoding="utf-8")


each = pytest.mark.parametrize


def test_the_folders_are_where_these_tests_look() -> None:
    files = {path_of(file) for file in [*KERNEL, *PAGE, *ENGINE]}
    assert files >= {"app/kernel/main.py", "app/page/browser.py", "micrograd/engine.py"}
    assert set(OURS) >= {*KERNEL, *PAGE, *ENGINE}


# Who may import whom.


def imports(text: str, package: str = "") -> set[str]:
    """List the modules that a text imports, anywhere: `from a.b import c` is a.b and a.b.c."""
    found = set()
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Import):
            found |= {name.name for name in node.names}
        elif isinstance(node, ast.ImportFrom):
            above = package.split(".")[: 1 - node.level or None] if node.level else []
            base = ".".join([*above, node.module] if node.module else above)
            found |= {base, *(f"{base}.{name.name}" for name in node.names)}
        elif isinstance(node, ast.Name | ast.Attribute):
            name = node.id if isinstance(node, ast.Name) else node.attr
            if name in {"__import__", "import_module"}:
                found.add("importlib")
    return found


def imports_of(file: Path, find: Callable[[str, str], set[str]] = imports) -> set[str]:
    return find(source(file), ".".join(file.relative_to(ROOT).parent.parts))


def reaches(modules: set[str], *packages: str) -> set[str]:
    """Return those of the modules that are one of the packages, or in one."""
    return {m for m in modules if any(f"{m}.".startswith(f"{package}.") for package in packages)}


@each(
    ("text", "found"),
    [
        ("import js", {"js"}),
        ("import a.b as c, d", {"a.b", "d"}),
        ("from app.page import player", {"app.page", "app.page.player"}),
        ("def f():\n    from js import window", {"js", "js.window"}),
        ("from . import x", {"app.kernel", "app.kernel.x"}),
        ("from ..page.latest import Latest", {"app.page.latest", "app.page.latest.Latest"}),
        ("__import__('js')", {"importlib"}),
        ("importlib.import_module('js')", {"importlib"}),
        ("'import js'  # import js", set()),
    ],
)
def test_imports_finds_every_way_to_import(text: str, found: set[str]) -> None:
    assert imports(text, "app.kernel") == found


def test_reaches_tells_packages_from_names_that_begin_alike() -> None:
    assert reaches({"js", "json", "js.window", "app"}, "js", "app.page") == {"js", "js.window"}


@each("file", ENGINE, ids=path_of)
def test_the_engine_imports_nothing_of_the_app(file: Path) -> None:
    assert reaches(imports_of(file), "app", "js", "pyscript", "pyodide", "importlib") == set()


@each("file", KERNEL, ids=path_of)
def test_the_kernel_imports_nothing_of_the_page(file: Path) -> None:
    assert reaches(imports_of(file), "app.page", "importlib") == set()


@each("file", PAGE, ids=path_of)
def test_the_page_imports_nothing_of_the_kernel_or_the_engine(file: Path) -> None:
    assert reaches(imports_of(file), "app.kernel", "micrograd", "importlib") == set()


def imports_at_once(text: str, package: str = "") -> set[str]:
    """List the modules that a text imports before anything in it is called."""
    first = [node for node in ast.parse(text).body if isinstance(node, ast.Import | ast.ImportFrom)]
    return imports(ast.unparse(ast.Module(first, [])), package)


def test_imports_at_once_leaves_out_what_functions_import() -> None:
    assert imports_at_once("import a\ndef f():\n    import b\nimport c") == {"a", "c"}


@each("file", EXERCISES, ids=path_of)
def test_an_exercise_leaves_it_to_the_lesson_which_engine_there_is(file: Path) -> None:
    assert reaches(imports_of(file, imports_at_once), "micrograd") == set()
    of_the_app = reaches(imports_of(file), "app")
    assert reaches(of_the_app, "app.kernel.exercises", "app.kernel.numbers") == of_the_app


BROWSER = ("js", "pyscript", "pyodide", "polyscript", "pyodide_js", "_pyodide")
DOORS = {"app/page/browser.py", "app/kernel/main.py"}


@each("file", [file for file in OURS if path_of(file) not in DOORS], ids=path_of)
def test_only_the_doors_touch_the_browser(file: Path) -> None:
    assert reaches(imports_of(file), *BROWSER) == set()


# What is loaded: lists in JavaScript and in pyscript.toml.


def module_files(module: str) -> Iterator[Path]:
    """Yield the files that Python reads for a module of ours: its packages' too."""
    parts = module.split(".")
    for i in range(1, len(parts) + 1):
        path = ROOT.joinpath(*parts[:i])
        yield from (
            file for file in (path / "__init__.py", path.with_suffix(".py")) if file.is_file()
        )


def with_all_they_import(files: list[Path]) -> set[Path]:
    found, waiting = set(), list(files)
    while waiting:
        file = waiting.pop()
        if file not in found:
            found.add(file)
            waiting += [f for module in imports_of(file) for f in module_files(module)]
    return found


def with_all_they_import_at_once(files: list[Path]) -> set[Path]:
    """Follow only the imports that are made before anything is called."""
    found, waiting = set(), list(files)
    while waiting:
        file = waiting.pop()
        if file not in found:
            found.add(file)
            modules = imports_of(file, imports_at_once)
            waiting += [f for module in modules for f in module_files(module)]
    return found


def test_with_all_they_import_follows_imports_of_imports() -> None:
    found = {path_of(f) for f in with_all_they_import([ROOT / "micrograd" / "nn.py"])}
    assert found >= {"micrograd/__init__.py", "micrograd/engine.py", "micrograd/nn.py"}


FILES = "static/kernel/files.js"


def listed(name: str) -> list[str]:
    """Return the strings of a list in files.js."""
    text = source(ROOT / FILES).partition(f"{name} = [")[2]
    return re.findall(r'"([^"]+)"', text.partition("]")[0])


def at_once(*names: str) -> set[str]:
    found = with_all_they_import_at_once([ROOT / "app" / "kernel" / name for name in names])
    return {path_of(file) for file in found}


def test_the_worker_loads_first_exactly_what_the_kernel_starts_with() -> None:
    assert sorted(listed("FIRST_FILES")) == sorted(at_once("main.py", "machine.py")), FILES


def test_then_it_loads_exactly_what_cells_need() -> None:
    expected = at_once("cell_methods.py") - {*listed("FIRST_FILES")}
    assert sorted(listed("CELL_FILES")) == sorted(expected), FILES


def test_the_worker_loads_later_exactly_what_else_there_is() -> None:
    before = {*listed("FIRST_FILES"), *listed("CELL_FILES")}
    expected = {*map(path_of, [*KERNEL, *ENGINE])} - before
    assert sorted(listed("LATER_FILES")) == sorted(expected), FILES


def test_pyscript_loads_exactly_the_page() -> None:
    files = tomllib.loads(source(ROOT / "pyscript.toml"))["files"]
    assert sorted(files) == sorted(path_of(file) for file in PAGE if file.name != "main.py")
    assert list(files) == list(files.values())


def test_the_pages_python_takes_the_javascript_that_it_may_call() -> None:
    (path,) = tomllib.loads(source(ROOT / "pyscript.toml"))["js_modules"]["main"]
    given = re.findall(r'^export \* as (\w+) from "\./(.+)";$', source(ROOT / path), re.MULTILINE)
    assert [file for _, file in given if not (ROOT / "static" / file).is_file()] == []
    browser = source(ROOT / "app" / "page" / "browser.py")
    taken = re.findall(r"^(\w+) = modules\.(\w+)$", browser, re.MULTILINE)
    assert taken == [(name, name) for name, _ in given]


# The page's Python stays inside MicroPython's dialect (tried on MicroPython 1.27).

MODULES = {"asyncio", "json", "math", "random", "re", "time"}
NOT_IN_STR = {
    *["casefold", "isidentifier", "ljust", "removeprefix", "removesuffix"],
    *["rjust", "title", "translate", "zfill"],
}


def foreign_to_micropython(text: str) -> list[str]:
    """Return what MicroPython would not run, with its line."""
    found = []
    for node in ast.walk(ast.parse(text)):
        sentence = _what_is_foreign(node)
        if sentence:
            found.append(f"line {getattr(node, 'lineno', 0)}: {sentence}")
    return found


def _what_is_foreign(node: ast.AST) -> str:
    match node:
        case ast.Match():
            return "match"
        case ast.Set() | ast.List(ctx=ast.Load()) | ast.Tuple(ctx=ast.Load()):
            return "[*a, b]" if any(isinstance(e, ast.Starred) for e in node.elts) else ""
        case ast.Dict():
            return "{**d}" if None in node.keys else ""
        case ast.TryStar():
            return "except*"
        case ast.arguments():
            return "def f(a, /)" if node.posonlyargs else ""
        case ast.comprehension():
            return "[x async for x in y]" if node.is_async else ""
        case ast.Attribute():
            return f".{node.attr}()" if node.attr in NOT_IN_STR else ""
        case ast.Call(func=ast.Name(id="zip")):
            return "zip(strict=...)" if node.keywords else ""
    return ""


@each("file", PAGE, ids=path_of)
def test_the_page_is_written_for_micropython(file: Path) -> None:
    assert foreign_to_micropython(source(file)) == []


@each("file", PAGE, ids=path_of)
def test_the_page_imports_only_what_micropython_has(file: Path) -> None:
    browser = {"pyscript"} if path_of(file) == "app/page/browser.py" else set()
    assert {module.split(".")[0] for module in imports_of(file)} <= MODULES | {"app"} | browser


@each(
    "text",
    [
        "match x:\n    case 1:\n        pass",
        "x = [*a, b]",
        "x = (*a, b)",
        "x = {*a}",
        "def f():\n    return *a, b",
        "x[*a]",
        "x = {**a, 'b': 1}",
        "def f(a, /):\n    pass",
        "try:\n    pass\nexcept* ValueError:\n    pass",
        "async def f():\n    return [x async for x in y]",
        "'a'.removesuffix('a')",
        "zip(a, b, strict=True)",
    ],
)
def test_what_micropython_lacks_is_found(text: str) -> None:
    assert len(foreign_to_micropython(text)) == 1


@each(
    "text",
    [
        "a, *b = x",
        "f(*a, **b)",
        "def f(*a, **b):\n    return f'{a!r:>4}'",
        "dict(a, b=1)",
        "x = a | b",
        "async def f():\n    async with a:\n        await b",
    ],
)
def test_what_micropython_has_is_fine(text: str) -> None:
    assert foreign_to_micropython(text) == []


# Nothing that nobody calls: vulture sees to the rest.


def named_in(texts: list[str]) -> set[str]:
    """Return all names in texts; `data-do="zoom-in"` calls zoom_in."""
    return {name.replace("-", "_") for text in texts for name in re.findall(r"[\w-]+", text)}


def test_named_in_takes_names_of_html_as_those_of_python() -> None:
    assert named_in(['<b data-do="zoom-in">', "a.fit()"]) == {"b", "data_do", "zoom_in", "a", "fit"}


def test_all_of_the_page_is_called_by_somebody() -> None:
    definition = re.compile(r"\b(?:async )?def (\w+)")
    texts = [source(file) for file in PAGE]
    called = named_in([definition.sub("", text) for text in texts])
    scripts = [f for f in (ROOT / "static").rglob("*.js") if "vendor" not in f.parts]
    elsewhere = named_in([source(file) for file in [ROOT / "index.html", *scripts]])
    defined = {name for text in texts for name in definition.findall(text)}
    events = {name for name in defined if name.startswith("on_")}  # "on_" + what happened
    assert {f"on_{name}" for name in elsewhere} >= events - called
    assert defined - called - elsewhere - events <= {"__init__"}


# Small enough to read.


def functions(text: str) -> dict[str, int]:
    """Return how many lines each function has."""
    return {
        f"{node.name}, line {node.lineno}": (node.end_lineno or 0) - node.lineno + 1
        for node in ast.walk(ast.parse(text))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    }


def test_functions_counts_lines() -> None:
    text = "class A:\n    def f(self):\n        pass\n\n\nasync def g(): pass"
    assert functions(text) == {"f, line 2": 2, "g, line 6": 1}


@each("file", [*ENGINE, *KERNEL, *PAGE, *EXERCISES], ids=path_of)
def test_functions_have_at_most_40_lines(file: Path) -> None:
    assert {name: n for name, n in functions(source(file)).items() if n > 40} == {}


@each("file", OURS, ids=path_of)
def test_files_have_at_most_320_lines(file: Path) -> None:
    assert len(source(file).splitlines()) <= 320
