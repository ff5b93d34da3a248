"""How much a page holds: JavaScript's heap, and its nodes, listeners and workers."""

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
