// A drawn network: its weights as widths and colours of lines, its neurons as small pictures on one canvas that
// lies over the SVG. Elements are looked up once, and written to only when what is seen of them changes.

import { setSize, fill } from "./heatmap.js";
import { setMarkup } from "../markup.js";
import { colour, onTheme, stepOf } from "./palette.js";

/**
 * Where the colours of each neuron's picture end: numbers of its own, or the same for all.
 * @typedef {{ lows?: ArrayLike<number>, highs?: ArrayLike<number>, shared?: { low: number, high: number }, discretize?: boolean }} Looks
 */

/** @typedef {{ x: number, y: number, width: number, height: number }} Box in units of the viewBox */

const FULL_WEIGHT = 3; // a weight of this size has the widest line
const FULL_COLOUR = 1.5; // and of this size the full colour
const [THIN, WIDE] = [0.75, 5]; // viewBox units
const CROWD = 24; // so many wires between two layers may be that wide; more are thinner
const WIDTHS = 18; // steps of width that are told apart
const COLOURS = 64; // and of colour
const KEPT = ["fill", "stroke", "stroke-width", "stroke-dasharray", "stroke-linecap", "font-family", "font-size", "font-weight", "text-anchor"];
const INSET = 1; // viewBox units of a card's frame that stay seen around its picture

class NetworkView {
  /** @param {HTMLElement} frame */
  constructor(frame) {
    this.frame = frame;
    this.holder = document.createElement("div");
    this.holder.className = "network-view";
    frame.append(this.holder);
    this.canvas = document.createElement("canvas");
    this.canvas.className = "network-pictures";
    this.canvas.setAttribute("aria-hidden", "true");
    this.atlas = document.createElement("canvas");
    /** @type {ImageData | null} */
    this.image = null;
    /** @type {SVGSVGElement | null} */
    this.svg = null;
    /** @type {(SVGElement | undefined)[]} */
    this.marks = [];
    /** What was last written, for each parameter. */
    this.written = new Int32Array(0);
    /** @type {Box[]} */
    this.cards = [];
    /** What is drawn over the corners of cards, and stays seen. @type {Box[]} */
    this.corners = [];
    this.wide = WIDE;
    /** @type {{ values: Float32Array, resolution: number, looks: Looks } | null} */
    this.shown = null;
    /** @type {{ weights: Float64Array, gradients: Float64Array | null, which: "weights" | "gradients" } | null} */
    this.painted = null;
    this.observer = new ResizeObserver(() => this.follow());
    onTheme(() => this.repaint());
  }

  /** Shows another network, as app/kernel/network/drawing.py draws it. @param {string} text */
  setSvg(text) {
    this.observer.disconnect();
    setMarkup(this.holder, text);
    this.svg = /** @type {SVGSVGElement} */ (this.holder.querySelector("svg"));
    this.holder.append(this.canvas);
    this.find(this.svg);
    this.shown = this.painted = null;
    this.observer.observe(this.svg);
    this.follow();
  }

  /** @param {SVGSVGElement} svg */
  find(svg) {
    this.marks = [];
    for (const place of svg.querySelectorAll("[data-parameter]")) {
      const mark = /** @type {SVGElement} */ (place.querySelector(".wire, .mark"));
      this.marks[Number(place.getAttribute("data-parameter"))] = mark;
    }
    this.written = new Int32Array(this.marks.length).fill(-1);
    this.wide = WIDE * Math.min(1, Math.sqrt(CROWD / crowd(svg)));
    const neurons = [...svg.querySelectorAll("[data-neuron]")];
    neurons.sort((a, b) => Number(a.getAttribute("data-index")) - Number(b.getAttribute("data-index")));
    this.cards = neurons.map((neuron) => boxOf(/** @type {Element} */ (neuron.querySelector(".card"))));
    this.corners = [...svg.querySelectorAll(".bias .mark")].map(boxOf);
  }

  // Weights.

  /**
   * Shows each parameter, or its gradient, as a colour and a width. Weights are seen on one scale all the time,
   * gradients compared with the largest of them.
   * @param {Float64Array} weights @param {Float64Array | null} gradients @param {"weights" | "gradients"} which
   */
  paintWeights(weights, gradients, which) {
    this.painted = { weights, gradients, which };
    const numbers = which === "gradients" && gradients ? gradients : weights;
    const full = which === "gradients" ? largest(numbers) : 0;
    const [byColour, byWidth] = full ? [1 / full, 1 / full] : [1 / FULL_COLOUR, 1 / FULL_WEIGHT];
    const { marks, written } = this;
    for (let p = 0; p < marks.length; p++) {
      const number = numbers[p];
      const size = Math.abs(number);
      const share = Math.min(1, size * byColour);
      const tint = number ? Math.sign(number) * (0.18 + 0.82 * share) : number;
      const step = stepOf(tint) >> 2;
      const width = size * byWidth < 1 ? Math.round(Math.sqrt(size * byWidth) * (WIDTHS - 1)) : WIDTHS - 1;
      const look = step < 0 ? -2 : step * WIDTHS + width;
      if (look === written[p]) continue;
      written[p] = look;
      const mark = marks[p];
      if (mark) paintMark(mark, step, width / (WIDTHS - 1), this.wide);
    }
  }

  // Pictures in the neurons.

  /**
   * Paints a picture into each neuron's card.
   * @param {Float32Array} values of neuron after neuron, each row by row from the top left @param {number} resolution of each side @param {Looks} looks
   */
  paintNeurons(values, resolution, looks) {
    this.shown = { values, resolution, looks };
    if (!this.canvas.width || !this.svg) return;
    this.fillAtlas(values, resolution, looks);
    const context = /** @type {CanvasRenderingContext2D} */ (this.canvas.getContext("2d"));
    const { scale, left, top } = this.fit;
    context.clearRect(0, 0, this.canvas.width, this.canvas.height);
    for (const [n, { x, y, width, height }] of this.cards.entries()) {
      const x0 = Math.round((x + INSET) * scale + left);
      const y0 = Math.round((y + INSET) * scale + top);
      const x1 = Math.round((x + width - INSET) * scale + left);
      const y1 = Math.round((y + height - INSET) * scale + top);
      context.drawImage(this.atlas, 0, n * resolution, resolution, resolution, x0, y0, x1 - x0, y1 - y0);
    }
    for (const { x, y, width, height } of this.corners) {
      context.clearRect((x - INSET) * scale + left, (y - INSET) * scale + top, (width + 2 * INSET) * scale, (height + 2 * INSET) * scale);
    }
  }

  /** Puts all pictures below each other. @param {Float32Array} values @param {number} resolution @param {Looks} looks */
  fillAtlas(values, resolution, { lows, highs, shared, discretize }) {
    const count = Math.min(this.cards.length, Math.floor(values.length / resolution ** 2));
    const height = Math.max(1, this.cards.length * resolution);
    setSize(this.atlas, resolution, height);
    const context = /** @type {CanvasRenderingContext2D} */ (this.atlas.getContext("2d"));
    if (this.image?.width !== resolution || this.image.height !== height) this.image = context.createImageData(resolution, height);
    const pixels = new Uint32Array(this.image.data.buffer);
    for (let n = 0; n < count; n++) {
      const ends = shared ?? { low: lows?.[n] ?? -1, high: highs?.[n] ?? 1 };
      fill(pixels, values, { low: ends.low, high: ends.high, discretize }, n * resolution ** 2, resolution ** 2);
    }
    context.putImageData(this.image, 0, 0);
  }

  // Size and theme.

  /** How the viewBox lies on the canvas: `xMidYMid meet`, in the canvas's pixels. */
  get fit() {
    const { width, height } = /** @type {SVGSVGElement} */ (this.svg).viewBox.baseVal;
    const scale = Math.min(this.canvas.width / width, this.canvas.height / height);
    return { scale, left: (this.canvas.width - width * scale) / 2, top: (this.canvas.height - height * scale) / 2 };
  }

  /** Lays the canvas exactly over the SVG. */
  follow() {
    if (!this.svg) return;
    const box = this.svg.getBoundingClientRect();
    const around = this.holder.getBoundingClientRect();
    const ratio = window.devicePixelRatio || 1;
    Object.assign(this.canvas.style, {
      left: `${box.left - around.left + this.holder.scrollLeft}px`,
      top: `${box.top - around.top + this.holder.scrollTop}px`,
      width: `${box.width}px`,
      height: `${box.height}px`,
    });
    setSize(this.canvas, Math.round(box.width * ratio), Math.round(box.height * ratio));
    if (this.shown) this.paintNeurons(this.shown.values, this.shown.resolution, this.shown.looks);
  }

  /** The drawing as it is seen, with its pictures, as the text of a file. */
  toSvg() {
    if (!this.svg) return "";
    const copy = /** @type {SVGSVGElement} */ (this.svg.cloneNode(true));
    const seen = this.svg.querySelectorAll("path, rect, text");
    copy.querySelectorAll("path, rect, text").forEach((element, i) => {
      const style = getComputedStyle(seen[i]);
      element.setAttribute("style", KEPT.map((name) => `${name}:${style.getPropertyValue(name)}`).join(";"));
    });
    const { width, height } = this.svg.viewBox.baseVal;
    copy.setAttribute("xmlns", "http://www.w3.org/2000/svg");
    if (this.shown) {
      const image = document.createElementNS("http://www.w3.org/2000/svg", "image");
      for (const [name, value] of Object.entries({ width, height, href: this.canvas.toDataURL() })) image.setAttribute(name, String(value));
      copy.append(image);
    }
    return new XMLSerializer().serializeToString(copy);
  }

  /** Paints everything again, in other colours. */
  repaint() {
    this.written.fill(-1);
    if (this.painted) this.paintWeights(this.painted.weights, this.painted.gradients, this.painted.which);
    if (this.shown) this.paintNeurons(this.shown.values, this.shown.resolution, this.shown.looks);
  }
}

const DASHES = "9 4"; // of a negative wire

/** @param {SVGElement} mark a wire, or a bias @param {number} step of 64 colours; below 0 for no number @param {number} share of the width @param {number} wide */
function paintMark(mark, step, share, wide) {
  const tint = step < 0 ? colour(-1) : colour(Math.min(255, Math.round((step / (COLOURS - 1)) * 255)));
  if (mark.classList.contains("mark")) mark.style.fill = tint;
  else {
    mark.style.stroke = tint;
    mark.style.strokeDasharray = 0 <= step && step < COLOURS / 2 ? DASHES : ""; // a sign is not told by colour alone
    mark.style.strokeWidth = (THIN * (1 - share) + wide * share).toFixed(2);
  }
}

/** The wires between those two layers that have the most. @param {SVGSVGElement} svg */
function crowd(svg) {
  const counts = new Map();
  for (const weight of svg.querySelectorAll("[data-weight]")) {
    const layer = weight.getAttribute("data-weight")?.split("-")[0];
    counts.set(layer, (counts.get(layer) ?? 0) + 1);
  }
  return Math.max(1, ...counts.values());
}

/** @param {Element} rect @returns {Box} */
function boxOf(rect) {
  const [x, y, width, height] = ["x", "y", "width", "height"].map((name) => Number(rect.getAttribute(name)));
  return { x, y, width, height };
}

/** The size of the largest number that is one. @param {Float64Array} numbers */
function largest(numbers) {
  let most = 0;
  for (const number of numbers) if (Math.abs(number) > most && Math.abs(number) < Infinity) most = Math.abs(number);
  return most;
}

/** @param {HTMLElement} frame */
export function createNetworkView(frame) {
  return new NetworkView(frame);
}
