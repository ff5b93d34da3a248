// The plane of the inputs: what the network says everywhere, as colours, and the rows it learns from, as points.
// Points are picked, or drawn, by mouse, finger and keyboard.

import { contour } from "./contour.js";
import { between, paint, setSize } from "./heatmap.js";
import { drawAxes, drawCursor, drawPoint, drawRing } from "./marks.js";
import { onTheme, token } from "./palette.js";
import { describe, listenToPlane } from "./pointing.js";

/** @typedef {{ x: number[], y: number[], target: number[], isTest: boolean[] }} Rows */
/** @typedef {{ low: number, high: number, discretize?: boolean, level?: number | null, showTest?: boolean }} Look */

const MARGIN = { left: 34, right: 10, top: 18, bottom: 38 };

export class Plane {
  /** @param {HTMLElement} element */
  constructor(element) {
    this.element = element;
    element.classList.add("plane");
    this.map = layer(element, "plane-map");
    this.over = layer(element, "plane-points");
    /** @type {Rows} */
    this.rows = { x: [], y: [], target: [], isTest: [] };
    /** Targets between -1 and 1. @type {number[]} */
    this.targets = [];
    this.domain = [-6, 6, -6, 6];
    /** @type {[string, string]} */
    this.names = ["x₁", "x₂"];
    /** @type {{ values: Float32Array, resolution: number, look: Look } | null} */
    this.shown = null;
    /** @type {"pick" | "draw"} */
    this.mode = "pick";
    /** Are the rows points that were drawn here, and can be moved? */
    this.canMove = true;
    /** @type {number | null} */
    this.picked = null;
    /** Where the keyboard's cursor is, when it is seen. @type {[number, number] | null} */
    this.cursor = null;
    /** A row that is being moved, and where it is now. @type {{ index: number, x: number, y: number } | null} */
    this.moved = null;
    /** @type {Record<"pick" | "add" | "move" | "cursor", (...numbers: number[]) => void>} */
    this.tell = { pick() {}, add() {}, move() {}, cursor() {} };
    this.plot = { left: MARGIN.left, top: MARGIN.top, size: 0 };
    this.ratio = 0; // of the screen's pixels to CSS pixels, when it was laid out
    listenToPlane(this);
    this.setMode("pick");
    new ResizeObserver(() => this.resize()).observe(element);
    onTheme(() => this.draw());
    this.resize();
  }

  // What the plane shows.

  /**
   * @param {Rows} rows @param {number[]} domain xmin, xmax, ymin, ymax
   * @param {[string, string]} names of the axes
   */
  setRows(rows, domain, names = this.names) {
    this.rows = rows;
    this.domain = domain;
    this.names = names;
    this.targets = signed(rows.target);
    if (this.picked !== null && this.picked >= rows.x.length) this.picked = null;
    describe(this);
    this.drawOver();
  }

  /** @param {Float32Array} values row by row from the top left @param {number} resolution of each side @param {Look} look */
  show(values, resolution, look) {
    const isNew = this.shown?.look.showTest !== look.showTest;
    this.shown = { values, resolution, look };
    this.drawMap();
    if (isNew) this.drawOver();
  }

  /** Rings a row. @param {number | null} index */
  pick(index) {
    this.picked = index;
    this.drawOver();
  }

  /** @param {"pick" | "draw"} mode */
  setMode(mode) {
    this.mode = mode;
    this.moved = null;
    // A finger scrolls the page, unless it draws.
    this.over.style.touchAction = mode === "draw" ? "none" : "pan-y pinch-zoom";
    this.over.style.cursor = mode === "draw" ? "crosshair" : "pointer";
    describe(this);
  }

  /** @param {(index: number) => void} callback */
  onPick(callback) {
    this.tell.pick = callback;
  }

  /** @param {(x: number, y: number) => void} callback */
  onAdd(callback) {
    this.tell.add = callback;
  }

  /** @param {(index: number, x: number, y: number) => void} callback */
  onMove(callback) {
    this.tell.move = callback;
  }

  /** @param {(x: number, y: number, value: number) => void} callback gets the place under mouse or cursor, and what the network says there */
  onCursor(callback) {
    this.tell.cursor = callback;
  }

  /** What the network says at a place; `NaN` when nothing is shown yet. @param {number} x @param {number} y */
  valueAt(x, y) {
    if (!this.shown) return NaN;
    const { values, resolution } = this.shown;
    const [xLow, xHigh, yLow, yHigh] = this.domain;
    const column = ((x - xLow) / (xHigh - xLow)) * resolution - 0.5;
    return between(values, resolution, resolution, column, ((yHigh - y) / (yHigh - yLow)) * resolution - 0.5);
  }

  // Places: in the domain, and in CSS pixels on the canvas.

  /** @param {number} x @param {number} y @returns {[number, number]} */
  toPixels(x, y) {
    const { left, top, size } = this.plot;
    const [xLow, xHigh, yLow, yHigh] = this.domain;
    return [left + ((x - xLow) / (xHigh - xLow)) * size, top + ((yHigh - y) / (yHigh - yLow)) * size];
  }

  /** The place under a pixel, at most at the border. @param {number} px @param {number} py @returns {[number, number]} */
  toPlace(px, py) {
    const { left, top, size } = this.plot;
    const [xLow, xHigh, yLow, yHigh] = this.domain;
    const right = Math.max(0, Math.min(1, (px - left) / size));
    const down = Math.max(0, Math.min(1, (py - top) / size));
    return [xLow + right * (xHigh - xLow), yHigh - down * (yHigh - yLow)];
  }

  /** The row that is nearest to a pixel and seen, or null. @param {number} px @param {number} py @param {number} farthest in pixels */
  nearest(px, py, farthest) {
    let [best, distance] = [/** @type {number | null} */ (null), farthest];
    for (let i = 0; i < this.rows.x.length; i++) {
      if (!this.isSeen(i)) continue;
      const [x, y] = this.toPixels(this.rows.x[i], this.rows.y[i]);
      const d = Math.hypot(x - px, y - py);
      if (d < distance) [best, distance] = [i, d];
    }
    return best;
  }

  /** @param {number} index */
  isSeen(index) {
    return !this.rows.isTest[index] || Boolean(this.shown?.look.showTest);
  }

  // Drawing.

  resize() {
    const width = this.element.clientWidth;
    const size = Math.floor(width - MARGIN.left - MARGIN.right);
    const ratio = window.devicePixelRatio;
    if (size < 20 || (size === this.plot.size && ratio === this.ratio)) return; // not laid out yet, or as it was
    this.plot.size = size;
    this.ratio = ratio;
    const { left, top } = this.plot;
    place(this.map, left, top, size, size);
    place(this.over, 0, 0, width, size + MARGIN.top + MARGIN.bottom);
    this.element.style.height = `${size + MARGIN.top + MARGIN.bottom}px`;
    this.draw();
  }

  draw() {
    this.drawMap();
    this.drawOver();
  }

  drawMap() {
    if (!this.shown || !this.plot.size) return;
    const { values, resolution, look } = this.shown;
    paint(this.map, values, resolution, resolution, look);
    if (look.level == null) return;
    const context = contextOf(this.map);
    const scale = this.map.width / resolution;
    const line = new Path2D();
    contour(line, values, resolution, look.level);
    context.save();
    context.scale(scale, scale);
    context.lineWidth = (1.5 * this.map.width) / this.plot.size / scale;
    context.lineJoin = context.lineCap = "round";
    context.strokeStyle = token("--ink");
    context.stroke(line);
    context.restore();
  }

  drawOver() {
    if (!this.plot.size) return;
    const context = contextOf(this.over);
    const { left, top, size } = this.plot;
    const scale = this.over.width / parseFloat(this.over.style.width);
    context.setTransform(scale, 0, 0, scale, 0, 0);
    context.clearRect(0, 0, this.over.width, this.over.height);
    drawAxes(context, this.plot, this.domain, this.names);
    context.save();
    context.beginPath();
    context.rect(left, top, size, size);
    context.clip();
    this.drawRows(context);
    if (this.cursor) drawCursor(context, ...this.toPixels(...this.cursor));
    context.restore();
  }

  /** Test points first, so that none hides what the network learns from. @param {CanvasRenderingContext2D} context */
  drawRows(context) {
    const paper = token("--raised");
    const { isTest } = this.rows;
    for (const test of [true, false]) {
      for (let i = 0; i < isTest.length; i++) {
        if (isTest[i] === test && this.isSeen(i)) drawPoint(context, ...this.whereIs(i), this.targets[i], test, paper);
      }
    }
    const ringed = this.moved?.index ?? this.picked;
    if (ringed !== null && this.isSeen(ringed)) drawRing(context, ...this.whereIs(ringed));
  }

  /** @param {number} index */
  whereIs(index) {
    const { x, y } = this.moved?.index === index ? this.moved : { x: this.rows.x[index], y: this.rows.y[index] };
    return this.toPixels(x, y);
  }

  /** A canvas with everything that is seen, for a file. */
  toCanvas() {
    const canvas = document.createElement("canvas");
    setSize(canvas, this.over.width, this.over.height);
    const context = contextOf(canvas);
    const scale = this.over.width / parseFloat(this.over.style.width);
    context.fillStyle = token("--raised");
    context.fillRect(0, 0, canvas.width, canvas.height);
    context.drawImage(this.map, this.plot.left * scale, this.plot.top * scale);
    context.drawImage(this.over, 0, 0);
    return canvas;
  }
}

/** @param {HTMLElement} element @param {string} name */
function layer(element, name) {
  const canvas = document.createElement("canvas");
  canvas.className = name;
  element.append(canvas);
  return canvas;
}

/** @param {HTMLCanvasElement} canvas */
function contextOf(canvas) {
  return /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d"));
}

/** @param {HTMLCanvasElement} canvas @param {number} left @param {number} top @param {number} width @param {number} height */
function place(canvas, left, top, width, height) {
  const scale = window.devicePixelRatio || 1;
  Object.assign(canvas.style, { left: `${left}px`, top: `${top}px`, width: `${width}px`, height: `${height}px` });
  setSize(canvas, Math.round(width * scale), Math.round(height * scale));
}

/** Targets between -1 and 1, whatever they are: classes of 0 and 1 become signs. @param {number[]} targets */
function signed(targets) {
  if (targets.every((t) => t === 0 || t === 1)) return targets.map((t) => (t ? 1 : -1));
  const largest = targets.reduce((most, t) => Math.max(most, Math.abs(t)), 0) || 1;
  return targets.map((t) => t / largest);
}

/** @param {HTMLElement} element */
export function createPlane(element) {
  return new Plane(element);
}
