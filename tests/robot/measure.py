"""How much a page holds: JavaScript's heap, and its nodes, listeners and workers."""

import ast
from typing import NamedTuple

from playwright.sync_api import Page

MEGABYTE = 1_000_000


class Size(NamedTuple):
    heap: float  # in MB, of what is still used
    nodes: int
    listeners: int
    workers: int


def size_of(page: Page) -> Size:
    """Collect the garbage, then count."""
    session = page.context.new_cdp_session(page)
    session.send("HeapProfiler.enable")
    for _ in range(2):  # what the first one finalises, the second one takes
        session.send("HeapProfiler.collectGarbage")
    session.send("Performance.enable")
    found = session.send("Performance.getMetrics")["metrics"]
    metrics = {metric["name"]: metric["value"] for metric in found}
    session.detach()
    return Size(
        round(metrics["JSHeapUsedSize"] / MEGABYTE, 2),
        int(metrics["Nodes"]),
        int(metrics["JSEventListeners"]),
        len(page.workers),
    )


# Python's own memory, told by a cell: the megabytes of WebAssembly's, and its objects.
TELL = """import gc, pyodide_js
gc.collect()
(pyodide_js._module.HEAP8.length / 1e6, len(gc.get_objects()))"""
RUN = """async (code) => {
  const { call } = await import(new URL("static/kernel/kernel.js", document.baseURI));
  const request = { lesson: "robot", cell: "robot", code, texts: [["robot", code]] };
  return JSON.parse(await call("run_cell", JSON.stringify(request), () => {}));
}"""


def run(page: Page, code: str) -> str:
    """Run code in a cell of the robot's own; return the text of its value, or of what came."""
    came = page.evaluate(RUN, code)
    return (came.get("shown") or {}).get("text", str(came))


def python_of(page: Page) -> tuple[float, int]:
    megabytes, objects = ast.literal_eval(run(page, TELL))
    return megabytes, objects
