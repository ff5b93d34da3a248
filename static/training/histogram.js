// How often numbers of which size occur: a small histogram, symmetric around 0, on a canvas of its own.

import { setSize } from "./heatmap.js";
import { short, writeTabular } from "./digits.js";
import { font, onTheme, token } from "./palette.js";

/** @typedef {{ kind?: "data" | "grad", title?: string }} Options data is blue, gradient is orange */
/** @typedef {{ canvas: HTMLCanvasElement, values: ArrayLike<number>, options: Options }} Shown */

const BINS = 31; // odd, so that 0 has one of its own
const HEIGHT = 76; // CSS pixels, with the numbers below and the title above
const [ABOVE, BELOW] = [18, 17];

/** @type {Map<Element, Shown>} */
const all = new Map();
const observer = new ResizeObserver((entries) => entries.forEach(({ target }) => redraw(target)));
onTheme(() => [...all.keys()].forEach(redraw));

/**
 * Paints a histogram of the numbers; those that are not finite are left out.
 * @param {HTMLElement} element @param {ArrayLike<number>} values @param {Options} options
 */
export function paintHistogram(element, values, options = {}) {
  let shown = all.get(element);
  if (!shown) {
    shown = { canvas: document.createElement("canvas"), values, options };
    element.classList.add("histogram");
    element.append(shown.canvas);
    all.set(element, shown);
    observer.observe(element);
    forgetRemoved();
  }
  Object.assign(shown, { values, options });
  draw(element, shown);
}

/** @param {Element} element */
function redraw(element) {
  const shown = all.get(element);
  if (shown) draw(element, shown);
}

/** Histograms of a network that is gone are forgotten when a new one comes. */
function forgetRemoved() {
  for (const element of all.keys()) {
    if (element.isConnected) continue;
    observer.unobserve(element);
    all.delete(element);
  }
}

/** Counts in equal bins from -reach to reach. @param {ArrayLike<number>} values @param {number} reach @param {number} bins @public */
export function count(values, reach, bins = BINS) {
  const counts = new Array(bins).fill(0);
  for (let i = 0; i < values.length; i++) {
    const bin = Math.floor(((values[i] / reach + 1) / 2) * bins);
    if (bin >= 0 && bin <= bins) counts[Math.min(bin, bins - 1)]++;
  }
  return counts;
}

/** The next of 1, 2, 5, 10, ... that is no less than the size of every number. @param {ArrayLike<number>} values @public */
export function reachOf(values) {
  let most = 0;
  for (let i = 0; i < values.length; i++) {
    const size = Math.abs(values[i]);
    if (size > most && size < Infinity) most = size;
  }
  if (!most) return 1;
  const power = 10 ** Math.floor(Math.log10(most));
  return ([1, 2, 5].find((n) => n * power >= most) ?? 10) * power;
}

/** @param {Element} element @param {Shown} shown */
function draw(element, { canvas, values, options: { kind = "data", title = element.getAttribute("aria-label") ?? "" } }) {
  const width = element.clientWidth;
  if (!width) return;
  const ratio = window.devicePixelRatio || 1;
  canvas.style.width = `${width}px`;
  canvas.style.height = `${HEIGHT}px`;
  setSize(canvas, Math.round(width * ratio), Math.round(HEIGHT * ratio));
  const context = /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d"));
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
  context.clearRect(0, 0, width, HEIGHT);
  const reach = reachOf(values);
  const counts = count(values, reach);
  drawBars(context, counts, width, token(kind === "grad" ? "--grad" : "--data"));
  drawNumbers(context, width, reach, title);
}

/** @param {CanvasRenderingContext2D} context @param {number[]} counts @param {number} width @param {string} colour */
function drawBars(context, counts, width, colour) {
  const most = Math.max(1, ...counts);
  const floor = HEIGHT - BELOW;
  const step = width / counts.length;
  context.fillStyle = colour;
  counts.forEach((n, i) => {
    const height = n && Math.max(1.5, (n / most) * (floor - ABOVE));
    context.fillRect(i * step + 0.5, floor - height, Math.max(1, step - 1), height);
  });
  context.fillStyle = token("--control");
  context.fillRect(0, floor, width, 1);
  context.fillRect(Math.round(width / 2) - 0.5, floor, 1, 4);
}

/** @param {CanvasRenderingContext2D} context @param {number} width @param {number} reach @param {string} title */
function drawNumbers(context, width, reach, title) {
  context.fillStyle = token("--ink-soft");
  context.font = font(10.5);
  context.textBaseline = "bottom";
  for (const [number, x, align] of /** @type {[number, number, CanvasTextAlign][]} */ ([[-reach, 0, "left"], [0, width / 2, "center"], [reach, width, "right"]])) {
    context.textAlign = align;
    writeTabular(context, short(number), x, HEIGHT);
  }
  context.font = font(11.5, 500);
  context.textAlign = "left";
  context.textBaseline = "top";
  context.fillText(title, 0, 1, width);
}
