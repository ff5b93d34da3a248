"""The page that ours is compared with: Python in a worker, as PyScript does it by itself.

It is one file of HTML, the files of PyScript and Pyodide as npm has them, and our engine. Its
headers let PyScript's worker and page share memory, which is the fastest way for them.
"""

import shutil
import subprocess
from pathlib import Path

from tests.bench.plain import write_plain

ROOT = Path(__file__).parents[2]
PACKAGES = ROOT / "node_modules"
PYODIDE = [
    "pyodide.mjs",
    "pyodide.asm.mjs",
    "pyodide.asm.wasm",
    "pyodide-lock.json",
    "python_stdlib.zip",
]

HEAD = """\
    <link rel="stylesheet" href="kept/pyscript/core.css">
    <script type="module" src="kept/pyscript/core.js"></script>
"""

BODY = """\
    <p>Python is starting …</p>
    <script type="py" worker src="kept/main.py" config="kept/pyscript.toml"></script>
"""

CONFIG = """\
interpreter = "pyodide/pyodide.mjs"

[files]
"micrograd/__init__.py" = "micrograd/__init__.py"
"micrograd/engine.py" = "micrograd/engine.py"
"""

PROGRAM = """\
from micrograd.engine import Value
from pyscript import document

a = Value(2.0)
b = Value(-3.0)
c = a * b
c.backward()
assert (c.data, a.grad, b.grad) == (-6.0, -3.0, 2.0)
document.documentElement.dataset.kernel = "ready"
"""

HEADERS = """\
/*
  Cross-Origin-Opener-Policy: same-origin
  Cross-Origin-Embedder-Policy: require-corp

"""


def make_stock(folder: Path) -> None:
    """Write the page and all its files, with their compressed twins, into a folder."""
    kept = folder / "kept"
    for part in ("micrograd", "pyodide"):
        (kept / part).mkdir(parents=True)
    for name in ("__init__.py", "engine.py"):
        shutil.copy(ROOT / "micrograd" / name, kept / "micrograd" / name)
    for name in PYODIDE:
        shutil.copy(PACKAGES / "pyodide" / name, kept / "pyodide" / name)
    shutil.copytree(PACKAGES / "@pyscript/core/dist", kept / "pyscript")
    (kept / "main.py").write_text(PROGRAM, encoding="utf-8")
    (kept / "pyscript.toml").write_text(CONFIG, encoding="utf-8")
    write_plain(folder, "PyScript", BODY, HEAD, HEADERS)
    subprocess.run(["node", "tests/bench/twins.js", str(folder)], cwd=ROOT, check=True)
