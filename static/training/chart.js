// Lines over a common x: axes, a legend line with the values under the cursor, a logarithmic scale if wished.
// uPlot draws them: it is fetched when there is something to draw. The cursor follows the mouse or a finger; on
// the keyboard it is a slider.

import { say, spoken } from "../language.js";
import { onTheme, font, token } from "./palette.js";
import { short, writeTabular } from "./digits.js";

/** @typedef {{ x: ArrayLike<number>, ys: ArrayLike<number>[] }} Run */
/** @typedef {{ label?: string, x?: string, height?: number }} Options `x` is the word for the x axis */
/** @typedef {{ name: string, colour: string, isDashed: boolean, width: number }} Series the colour is a token, or any CSS colour */
/** @typedef {(number | null | undefined)[][]} Columns x, then each series; null where there is no number */
/** @typedef {import("../vendor/uplot.js").uPlot} Plot */
/** @typedef {typeof import("../vendor/uplot.js").uPlot} Plots */

const RUNS = ["--data", "--code-keyword", "--ready", "--failed", "--code-definition", "--control"];
const DASH = [5, 4];

/** @type {Plots | undefined} */
let uPlot;

class Chart {
  /** @param {HTMLElement} element @param {Options} options */
  constructor(element, { label = say("Chart"), x = say("epoch"), height = 220 } = {}) {
    this.element = element;
    this.label = label;
    this.x = x;
    this.height = height;
    this.isLog = false;
    /** @type {Series[]} */
    this.series = [];
    /** @type {Columns} */
    this.data = [[]];
    /** What the numbers were made of, as they came. @type {ArrayLike<number>[]} */
    this.came = [];
    /** @type {Plot | null} */
    this.plot = null;
    this.isFetching = false;
    /** What was to be shown while uPlot was on its way. @type {(() => void) | undefined} */
    this.later = undefined;
    /** Where the cursor is, when it is on the chart. @type {number | null} */
    this.index = null;
    element.classList.add("chart");
    this.legend = document.createElement("p");
    this.legend.className = "chart-legend";
    this.stage = document.createElement("div");
    this.stage.className = "chart-stage";
    element.append(this.legend, this.stage);
    this.listen();
    new ResizeObserver(() => this.resize()).observe(this.stage);
    onTheme(() => this.build());
  }

  // What it shows.

  /** @param {string[]} names @param {string[]} colours tokens (`--data`) or CSS colours @param {boolean[]} dashed @param {number[]} widths */
  setSeries(names, colours, dashed = [], widths = []) {
    const series = names.map((name, i) => ({ name, colour: colours[i] ?? "--ink", isDashed: Boolean(dashed[i]), width: widths[i] ?? 1.75 }));
    if (JSON.stringify(series) === JSON.stringify(this.series)) return;
    this.series = series;
    this.index = null;
    this.data = [[], ...series.map(() => [])];
    this.came = [];
    this.nameSeries();
    this.forget();
  }

  /** @param {ArrayLike<number>[]} arrays x, which grows, then the numbers of each series; what is not finite leaves a gap */
  setData(arrays) {
    this.came = arrays;
    const clean = (/** @type {number | null | undefined} */ y) => {
      if (y === undefined) return y; // another run has a number here: the line goes on
      return y !== null && Number.isFinite(y) && (!this.isLog || y > 0) ? y : null;
    };
    this.data = arrays.map((column, i) => Array.from(column, i ? clean : Number));
    this.showData();
  }

  /**
   * Shows runs, each over x of its own: two series of each, of which the second is dashed. The first run stands out.
   * @param {string[]} names of all series @param {Run[]} runs
   */
  setRuns(names, runs) {
    const of = runs.flatMap(({ ys }, run) => ys.map((_, i) => ({ run, i })));
    this.setSeries(
      names,
      of.map(({ run, i }) => (run === 0 && i > 0 ? "--ink" : RUNS[run % RUNS.length])),
      of.map(({ i }) => i > 0),
      of.map(({ run }) => (run === 0 ? 1.75 : 1.25)),
    );
    this.later = undefined;
    if (runs.length === 1) return this.setData([runs[0].x, ...runs[0].ys]);
    if (!uPlot) {
      this.later = () => this.setRuns(names, runs);
      return void this.fetch();
    }
    const tables = /** @type {Plot["data"][]} */ (runs.map(({ x, ys }) => [x, ...ys].map((column) => Array.from(column))));
    this.setData(/** @type {any} */ (uPlot.join(tables)));
  }

  /** @param {boolean} isLog */
  setLog(isLog) {
    if (isLog === this.isLog) return;
    this.isLog = isLog;
    this.forget();
    if (this.came.length) this.setData(this.came);
  }

  showData() {
    if (this.index !== null && this.index >= this.data[0].length) this.index = null;
    if (!this.plot) this.build();
    else this.plot.setData(/** @type {Plot["data"]} */ (this.data));
    this.showValues();
    this.tellValue(this.index ?? Math.max(0, this.data[0].length - 1));
  }

  // The legend line: the values under the cursor, or the last ones.

  nameSeries() {
    this.legend.replaceChildren(document.createElement("span"));
    this.values = this.series.map(({ name, colour, isDashed }) => {
      const item = document.createElement("span");
      const key = document.createElement("i");
      key.style.borderTopColor = colour.startsWith("--") ? `var(${colour})` : colour;
      key.style.borderTopStyle = isDashed ? "dashed" : "solid";
      const value = document.createElement("b");
      item.append(key, `${name} `, value);
      this.legend.append(item);
      return value;
    });
  }

  showValues() {
    const at = this.index ?? this.data[0].length - 1;
    const x = this.data[0][at];
    write(this.legend.firstElementChild, x == null ? "" : `${this.x} ${x.toLocaleString(spoken())}`);
    this.series.forEach((_, i) => write(this.values?.[i], this.valueText(i, at)));
  }

  /** @param {number} series @param {number} at */
  valueText(series, at) {
    let y = this.data[series + 1]?.[at];
    // Another run may have no number exactly here: then its last one before.
    for (let i = at; y === undefined && i > 0; i--) y = this.data[series + 1]?.[i];
    return y == null ? "–" : short(y);
  }

  // Drawing.

  forget() {
    this.plot?.destroy();
    this.plot = null;
  }

  build() {
    this.forget();
    const width = this.stage.clientWidth;
    if (!width || !this.came.length) return;
    if (!uPlot) return void this.fetch();
    this.plot = new uPlot(this.settings(width), /** @type {Plot["data"]} */ (this.data), this.stage);
    const { ctx } = this.plot;
    ctx.fillText = (text, x, y) => writeTabular(ctx, text, x, y); // what uPlot writes: it draws a little later
    if (this.isKeyed && this.index !== null) this.moveTo(this.index);
  }

  async fetch() {
    if (this.isFetching) return;
    this.isFetching = true;
    this.stage.textContent = "";
    try {
      uPlot ??= (await import("../vendor/uplot.js")).uPlot;
      if (this.later) this.later();
      else this.build();
    } catch {
      this.stage.textContent = say("What draws the curve could not be fetched. It is asked for again with the next epoch.");
    }
    this.isFetching = false;
  }

  resize() {
    const width = this.stage.clientWidth;
    if (!width) return;
    if (this.plot) this.plot.setSize({ width, height: this.height });
    else this.build();
  }

  /** @param {number} width @returns {ConstructorParameters<Plots>[0]} */
  settings(width) {
    const line = { stroke: () => token("--rule"), width: 1 };
    const axis = { stroke: () => token("--ink-soft"), font: font(11), ticks: { ...line, size: 4 }, grid: line, gap: 5 };
    const colourOf = (/** @type {Series} */ { colour }) => (colour.startsWith("--") ? token(colour) : colour);
    return {
      width,
      height: this.height,
      padding: [8, 12, 0, 0],
      legend: { show: false },
      scales: {
        x: { time: false, range: (_, low, high) => (low == null ? [0, 1] : [low, high > low ? high : low + 1]) },
        y: this.isLog ? { distr: 3, log: 10, range: logRange } : { range: linearRange },
      },
      axes: [
        { ...axis, size: 28, values: (_, splits) => splits.map((x) => (x === Math.round(x) ? x.toLocaleString(spoken()) : "")) },
        { ...axis, size: 52, values: (_, splits) => splits.map((y) => (y == null ? "" : short(y, 3))) },
      ],
      series: [
        {},
        ...this.series.map((one) => ({
          label: one.name,
          stroke: () => colourOf(one),
          width: one.width,
          pxAlign: 0,
          dash: one.isDashed ? DASH : undefined,
          points: { show: (/** @type {Plot} */ plot) => plot.data[0].length < 2, size: 6 },
        })),
      ],
      cursor: { y: false, drag: { x: false, y: false, setScale: false }, points: { size: 7 } },
      hooks: { setCursor: [(plot) => this.follow(plot.cursor.idx)] },
    };
  }

  // The cursor.

  /** @param {number | null | undefined} index */
  follow(index) {
    if (this.isKeyed || this.index === (index ?? null)) return;
    this.index = index ?? null;
    this.showValues();
  }

  listen() {
    const { stage } = this;
    stage.tabIndex = 0;
    stage.setAttribute("role", "slider");
    stage.setAttribute("aria-label", this.label);
    stage.setAttribute("aria-valuemin", "0");
    this.tellValue(0);
    stage.addEventListener("focus", () => {
      if (stage.matches(":focus-visible")) this.moveTo(this.data[0].length - 1);
    });
    stage.addEventListener("blur", () => {
      this.isKeyed = false;
      this.index = null;
      this.plot?.setCursor({ left: -10, top: -10 });
      this.showValues();
    });
    stage.addEventListener("pointermove", () => (this.isKeyed = false));
    stage.addEventListener("keydown", (event) => {
      const last = this.data[0].length - 1;
      const at = this.index ?? last;
      const page = Math.max(1, Math.round(last / 10));
      const wanted = /** @type {Record<string, number>} */ ({
        ArrowLeft: at - 1, ArrowDown: at - 1, ArrowRight: at + 1, ArrowUp: at + 1,
        PageDown: at - page, PageUp: at + page, Home: 0, End: last,
      })[event.key];
      if (wanted === undefined || event.ctrlKey || event.altKey || event.metaKey) return;
      event.preventDefault();
      this.moveTo(Math.max(0, Math.min(last, wanted)));
    });
  }

  /** Puts the cursor on a place of the data. @param {number} index */
  moveTo(index) {
    const x = this.data[0][index];
    if (x == null) return;
    this.isKeyed = true; // else uPlot's own answer, rounded to pixels, would take its place
    this.index = index;
    this.plot?.setCursor({ left: this.plot.valToPos(x, "x"), top: 0 });
    this.showValues();
    this.tellValue(index);
  }

  /** @param {number} index */
  tellValue(index) {
    const { stage, data, series } = this;
    const said = series.map(({ name }, i) => `${name} ${this.valueText(i, index)}`).join(say(", "));
    stage.setAttribute("aria-valuemax", String(Math.max(0, data[0].length - 1)));
    stage.setAttribute("aria-valuenow", String(index));
    stage.setAttribute("aria-valuetext", data[0][index] == null ? say("nothing yet") : `${this.x} ${data[0][index]}: ${said}`);
  }

  // Taking it away.

  /** A canvas with the lines and their names, for a file. */
  toCanvas() {
    const canvas = document.createElement("canvas");
    const context = /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d"));
    const from = this.plot?.ctx.canvas;
    const ratio = window.devicePixelRatio || 1;
    canvas.width = from?.width ?? 1;
    canvas.height = (from?.height ?? 1) + 28 * ratio;
    context.fillStyle = token("--raised");
    context.fillRect(0, 0, canvas.width, canvas.height);
    if (from) context.drawImage(from, 0, 28 * ratio);
    context.scale(ratio, ratio);
    context.font = font(12, 500);
    context.textBaseline = "middle";
    let x = 52;
    for (const { name, colour, isDashed } of this.series) {
      context.strokeStyle = colour.startsWith("--") ? token(colour) : colour;
      context.fillStyle = token("--ink");
      context.lineWidth = 2;
      context.setLineDash(isDashed ? DASH : []);
      context.beginPath();
      context.moveTo(x, 14);
      context.lineTo(x + 20, 14);
      context.stroke();
      context.fillText(name, x + 26, 14);
      x += 46 + context.measureText(name).width;
    }
    return canvas;
  }

  /** The same as text. */
  async toSvg() {
    if (!this.plot) return "";
    const { chartSvg } = await import("./chart-svg.js");
    return chartSvg(this.plot, this.series, this.label);
  }
}

/** @param {unknown} _ @param {number | null} low @param {number | null} high @returns {[number, number]} from 0, or below, to a little above the highest */
function linearRange(_, low, high) {
  if (low == null || high == null) return [0, 1];
  const room = 0.06 * (high - Math.min(0, low)) || 1;
  return [low < 0 ? low - room : 0, high + room];
}

/** @param {unknown} _ @param {number | null} low @param {number | null} high @returns {[number, number]} */
function logRange(_, low, high) {
  if (low == null || high == null || low <= 0) return [0.1, 1];
  return [low / 1.25, high * 1.25];
}

/** @param {Element | null | undefined} element @param {string} text */
function write(element, text) {
  if (element && element.textContent !== text) element.textContent = text;
}

/** @param {HTMLElement} element @param {Options} options */
export function createChart(element, options = {}) {
  return new Chart(element, options);
}
