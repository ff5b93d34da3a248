// Lets a visitor zoom and pan a graph: wheel with Ctrl, two fingers, dragging the background, buttons.
// d3-zoom does it: it is fetched when there is a graph, and until it has come, a graph is shown as it fits.

/** `zoomBy` tells whether it can be done. @typedef {{ fit: () => void, zoomBy: (factor: number) => Promise<boolean>, follow: (node: SVGGElement | null) => void }} Viewport */

/** Makes the SVG in a frame zoomable. Called again for each new drawing. @param {HTMLElement} frame @returns {Viewport} */
export function createViewport(frame) {
  const svg = frame.querySelector("svg");
  /** @type {ReturnType<typeof makeViewport> | undefined} */
  let viewport;
  const coming = import("./vendor/d3-zoom.js").then((d3) => {
    if (svg?.isConnected) viewport = makeViewport(d3, frame, svg);
    return true;
  }, () => false);
  return {
    fit: () => viewport?.fit(),
    zoomBy: (factor) => coming.then((hasCome) => (viewport?.zoomBy(factor), hasCome)),
    follow: (node) => viewport?.follow(node),
  };
}

/** @param {typeof import("./vendor/d3-zoom.js")} d3 @param {HTMLElement} frame @param {SVGSVGElement} drawing */
function makeViewport({ select, zoom, zoomIdentity }, frame, drawing) {
  const svg = select(drawing);
  const plane = svg.select(".plane");
  const behaviour = /** @type {import("d3-zoom").ZoomBehavior<SVGSVGElement, unknown>} */ (zoom())
    .scaleExtent([0.5, svg.classed("large") ? 40 : 8])
    .filter(isMeant)
    .on("zoom", ({ transform }) => {
      plane.attr("transform", transform);
      frame.classList.toggle("zoomed", transform.k !== 1 || transform.x !== 0 || transform.y !== 0);
    });
  svg.call(behaviour).on("dblclick.zoom", null);
  return {
    fit: () => svg.call(behaviour.transform, zoomIdentity),
    zoomBy: (/** @type {number} */ factor) => svg.call(behaviour.scaleBy, factor),
    follow: (/** @type {SVGGElement | null} */ node) => {
      if (!node || !frame.classList.contains("zoomed") || isWithin(node, frame)) return;
      const { e, f } = /** @type {DOMMatrix} */ (node.transform.baseVal.consolidate()?.matrix);
      const { width, height } = node.getBBox();
      svg.call(behaviour.translateTo, e + width / 2, f + height / 2);
    },
  };
}

/** @param {Element} node @param {Element} frame */
function isWithin(node, frame) {
  const [here, there] = [node.getBoundingClientRect(), frame.getBoundingClientRect()];
  const isAcross = here.left >= there.left && here.right <= there.right;
  return isAcross && here.top >= there.top && here.bottom <= there.bottom;
}

/**
 * The wheel alone scrolls the page, and one finger too: a figure must not catch who is reading on.
 * A node keeps its own clicks and drags.
 * @param {WheelEvent | MouseEvent | TouchEvent} event
 */
function isMeant(event) {
  if (event.type === "wheel") return event.ctrlKey || event.metaKey;
  if (event.type === "touchstart") return /** @type {TouchEvent} */ (event).touches.length > 1;
  return !(/** @type {Element} */ (event.target).closest("[data-node]"));
}
