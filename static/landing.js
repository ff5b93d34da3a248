// Keeps the place that a link or the Tab key led to where it is seen, while the figures above it come and grow.
// Browsers do that by themselves only where it is simple, and Safari not at all.

const ENDS = ["wheel", "touchstart", "pointerdown", "keydown", "hashchange"]; // from then on, the reader decides

/** Begins where the address names a place. */
export function keepLanding() {
  const [visit] = performance.getEntriesByType("navigation");
  if (/** @type {PerformanceNavigationTiming | undefined} */ (visit)?.type !== "navigate") return; // it goes back to where the reader was
  const place = document.getElementById(location.hash.slice(1)); // our names need no escapes
  if (!place || document.documentElement.hasAttribute("data-embed")) return;
  const wanted = parseFloat(getComputedStyle(document.documentElement).scrollPaddingTop) || 0;
  const keep = () => {
    const moved = place.getBoundingClientRect().top - wanted;
    const canMove = moved < 0 || scrollY + innerHeight < document.documentElement.scrollHeight;
    if (Math.abs(moved) >= 1 && canMove) scrollBy({ top: moved, behavior: "instant" });
  };
  const observer = new ResizeObserver(keep);
  const listening = new AbortController();
  const end = () => {
    observer.disconnect();
    listening.abort();
  };
  for (const name of ENDS) addEventListener(name, end, { signal: listening.signal, passive: true, capture: true });
  for (const part of parts()) observer.observe(part);
}

/** Keeps what the Tab key has led to in the window, until the reader does something else. */
export function keepFocus() {
  let isLed = false;
  const note = (/** @type {Event} */ event) => (isLed = event instanceof KeyboardEvent && event.key === "Tab");
  for (const name of ENDS) addEventListener(name, note, { passive: true, capture: true });
  const observer = new ResizeObserver(() => {
    const { top, bottom } = document.activeElement?.getBoundingClientRect() ?? { top: 0, bottom: 1 };
    if (isLed && (bottom <= 0 || top >= innerHeight)) document.activeElement?.scrollIntoView({ block: "nearest" });
  });
  for (const part of parts()) observer.observe(part);
}

/** What grows when something comes. */
function parts() {
  return document.querySelectorAll("header, main > section");
}
