"""Runs axe-core on a page: the accessibility rules of WCAG 2.2, levels A and AA."""

from collections.abc import Sequence
from pathlib import Path

from playwright.sync_api import Page

AXE = Path(__file__).parents[2] / "node_modules/axe-core/axe.min.js"
TAGS = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice")
# A colour on its way to another one is no colour of the page. All are there within a second; what
# is not drawn, as in a closed <details>, does not move, and its transition may never end.
SETTLE = """async () => {
  const moving = () => document.getAnimations().filter((x) => x instanceof CSSTransition);
  const settled = (x) => x.finished.catch(() => {});
  const late = new Promise((done) => setTimeout(done, 1000));
  const frame = new Promise(requestAnimationFrame);
  await Promise.race([frame.then(() => Promise.all(moving().map(settled))), late]);
}"""
RUN = "([within, rules]) => axe.run({include: [within]}, {runOnly: rules})"


def violations(page: Page, within: str = "html", rules: Sequence[str] = TAGS) -> list[str]:
    """Return a line for each violation: the rule, what it asks for, and the elements.

    Where only a part has changed since the page was looked at, `within` is its CSS selector; and
    where only a few rules can say something new, they are in `rules`.
    """
    page.evaluate(SETTLE)
    page.evaluate(AXE.read_text(encoding="utf-8"))
    found = page.evaluate(RUN, [within, rules])["violations"]
    return [
        f"{rule['id']}: {rule['help']}: {[node['html'][:120] for node in rule['nodes']]}"
        for rule in found
    ]
