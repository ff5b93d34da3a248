// Keeps the place that a link led to where it is, while the figures above it come and grow. Browsers do that
// by themselves only where it is simple, and Safari not at all.

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
  for (const part of document.querySelectorAll("header, main > section")) observer.observe(part);
}
