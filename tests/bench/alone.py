"""Pyodide alone: the least that a start from nothing takes, with the same program and library."""

import shutil
from pathlib import Path

from tests.bench.plain import write_plain

BODY = """\
    <script type="module">
      const worker = new Worker("kept/worker.js", { type: "module" });
      worker.onmessage = () => (document.documentElement.dataset.kernel = "ready");
    </script>
"""

WORKER = """\
import { loadPyodide } from "./pyodide/pyodide.mjs";

const stdLibURL = new URL("pyodide/python_stdlib.zip", import.meta.url).href;
await loadPyodide({ stdLibURL, enableRunUntilComplete: false });
postMessage("ready");
"""


def make_alone(folder: Path, site: Path) -> None:
    """Write an empty page with a worker, and the Pyodide of a built site with its twins."""
    (pyodide,) = site.glob("v-*/static/vendor/pyodide")
    shutil.copytree(pyodide, folder / "kept" / "pyodide")
    (folder / "kept" / "worker.js").write_text(WORKER, encoding="utf-8")
    write_plain(folder, "Pyodide", BODY)
