// What is seen of a training: the network, the plane, the chart. It asks for frames as fast as they can be
// drawn, and knows no lesson: all it gets are texts with their places, and arrays.

import { saveCanvas, saveText } from "../export.js";
import * as kernel from "../kernel/kernel.js";
import { noted, say, spoken } from "../language.js";
import { createChart } from "./chart.js";
import { paintHistogram } from "./histogram.js";
import { createNetworkView } from "./network.js";
import { createPlane } from "./plane.js";

/**
 * What app/kernel/training/frame.py makes of a training. What is null has not changed.
 * @typedef {{
 *   serial: number, texts: Record<string, string>, resolution: number, fine: number, shown: number,
 *   view: View | null, level: number | null, discretize: boolean, showTest: boolean, scale: number,
 * }} Frame
 * @typedef {{ svg: string, rows: Rows, domain: number[], neurons: number, layers: [number, number][], axes: [string, string] }} View
 * @typedef {{ x: number[], y: number[], target: number[], isTest: boolean[] }} Rows
 */
/** @typedef {Record<string, Float32Array | Float64Array>} Arrays */
/** @typedef {{ drawn: Frame, arrays: Arrays }} Pictures */

const SMOOTH = 12; // milliseconds of drawing in a frame; what takes longer is drawn more rarely
const DRAG = 40; // pixels for one unit
const SERIES = [noted("training"), noted("test")];

export class TrainingStage {
  /**
   * @param {HTMLElement} element
   * @param {(what: string, detail: string) => void} tell gets what happens; the detail is JSON
   */
  constructor(element, tell) {
    this.element = element;
    this.tell = (/** @type {string} */ what, /** @type {unknown} */ detail) => tell(what, JSON.stringify(detail ?? null));
    this.plane = createPlane(this.part("plane"));
    this.network = createNetworkView(this.part("network"));
    this.chart = createChart(this.part("chart"), { label: say("Loss over the epochs") });
    this.serial = -1;
    this.isPlaying = false;
    /** Settles when no frame is on its way. @type {Promise<void>} */
    this.ended = Promise.resolve();
    /** The parameter that is looked at. @type {number | null} */
    this.watched = null;
    /** @type {Arrays} */
    this.arrays = {};
    /** @type {{ name: string, columns: Float64Array }[]} */
    this.kept = [];
    this.rest = 1; // the network is drawn in one of so many frames
    this.cost = 0; // milliseconds of drawing a frame, lately
    this.frames = 0;
    this.showsAccuracy = false;
    this.plane.onPick((/** @type {number} */ row) => this.tell("pick", row));
    this.plane.onAdd((/** @type {number} */ x, /** @type {number} */ y) => this.tell("add", [x, y]));
    this.plane.onMove((/** @type {number} */ row, /** @type {number} */ x, /** @type {number} */ y) => this.tell("move", [row, x, y]));
    this.plane.onCursor((/** @type {number} */ x, /** @type {number} */ y, /** @type {number} */ value) => this.tell("cursor", [x, y, value]));
    this.part("histograms").closest("details")?.addEventListener("toggle", () => this.showNetwork());
    this.listen();
  }

  /** @param {string} name @returns {HTMLElement} */
  part(name) {
    return /** @type {HTMLElement} */ (this.element.querySelector(`[data-part="${name}"]`));
  }

  // Showing.

  /** Shows a frame, unless a newer one is there. @param {Pictures} pictures */
  show({ drawn, arrays }) {
    if (!drawn || drawn.serial < this.serial) return;
    const began = performance.now();
    this.serial = drawn.serial;
    Object.assign(this.arrays, arrays);
    if (drawn.view) this.showView(drawn.view);
    this.frame = drawn;
    for (const [place, text] of Object.entries(drawn.texts)) this.write(place, text);
    this.showPlane();
    if (++this.frames % this.rest === 0 || !this.isPlaying) {
      this.showNetwork();
      this.showChart();
    }
    this.cost = 0.8 * this.cost + 0.2 * (performance.now() - began);
  }

  /** @param {View} view */
  showView(view) {
    this.view = view;
    this.network.setSvg(view.svg);
    this.plane.setRows(view.rows, view.domain, view.axes);
    this.makeHistograms(view.layers.length);
    this.watched = null;
  }

  showPlane() {
    const { frame, arrays } = this;
    if (!frame || !arrays.plane) return;
    const { scale, discretize, level, showTest, fine } = frame;
    this.plane.show(/** @type {Float32Array} */ (arrays.plane), fine, { low: -scale, high: scale, discretize, level, showTest });
  }

  showNetwork() {
    const { frame, arrays, view } = this;
    if (!frame || !view || !arrays.weights) return;
    const weights = /** @type {Float64Array} */ (arrays.weights);
    const gradients = /** @type {Float64Array} */ (arrays.gradients);
    this.network.paintWeights(weights, gradients, "weights");
    if (arrays.neurons) {
      const scales = /** @type {Float32Array} */ (arrays.scales);
      this.network.paintNeurons(/** @type {Float32Array} */ (arrays.neurons), frame.resolution, {
        lows: scales.map((x) => -x), highs: scales, discretize: frame.discretize,
      });
    }
    if (this.histograms && /** @type {HTMLDetailsElement} */ (this.part("histograms").closest("details")).open) {
      view.layers.forEach(([first, end], k) => {
        paintHistogram(this.histograms[2 * k], weights.subarray(first, end), { kind: "data" });
        paintHistogram(this.histograms[2 * k + 1], gradients.subarray(first, end), { kind: "grad" });
      });
    }
  }

  showChart() {
    const columns = this.arrays.curve;
    if (!columns) return;
    const column = (/** @type {ArrayLike<number> & { subarray: Function }} */ from, /** @type {number} */ k, /** @type {number} */ m) => from.subarray(k * m, (k + 1) * m);
    const first = this.showsAccuracy ? 3 : 1;
    const runs = [{ name: "", columns }, ...this.kept];
    const names = runs.flatMap(({ name }) => SERIES.map((series) => say(series) + (name && ` (${name})`)));
    this.chart.setRuns(
      names,
      runs.map(({ columns }) => {
        const m = columns.length / 5;
        return { x: column(columns, 0, m), ys: [column(columns, first, m), column(columns, first + 1, m)] };
      }),
    );
  }

  /** @param {number} layers */
  makeHistograms(layers) {
    const place = this.part("histograms");
    place.replaceChildren();
    /** @type {HTMLElement[]} */
    this.histograms = [];
    for (let k = 0; k < layers; k++) {
      for (const what of [say("Layer {n}: weights", { n: k + 1 }), say("Layer {n}: gradients", { n: k + 1 })]) {
        const figure = document.createElement("div");
        figure.setAttribute("role", "img");
        figure.setAttribute("aria-label", what);
        place.append(figure);
        this.histograms.push(figure);
      }
    }
  }

  /** @param {string} place @param {string} text */
  write(place, text) {
    const element = this.element.querySelector(`[data-text="${place}"]`);
    if (element && element.textContent !== text) element.textContent = text;
  }

  // Playing.

  /** Asks for frame after frame until `pause`, or until the training ends by itself. */
  async play() {
    if (this.isPlaying) return;
    this.isPlaying = true;
    const before = this.ended;
    await before; // the last frame of before may still be on its way
    if (this.isPlaying && this.ended === before) this.ended = this.loop(); // unless something else was wanted meanwhile
  }

  async loop() {
    this.frames = 0;
    const clock = { since: performance.now(), frames: 0, steps: 0, epochs: 0 };
    let coming = this.advance();
    let answer = null;
    try {
      while (this.isPlaying) {
        const came = await coming;
        answer = JSON.parse(came.answer);
        const { state, step, epoch } = answer;
        if (state !== "running") this.isPlaying = false;
        else if (this.isPlaying) coming = this.advance(); // Python computes while this one is drawn
        await nextFrame();
        this.show(/** @type {any} */ (came.pictures));
        this.tell("moment", answer);
        this.keepSmooth(clock, step, epoch);
      }
      const last = await coming;
      answer = JSON.parse(last.answer);
      this.show(/** @type {any} */ (last.pictures));
    } catch (error) {
      this.isPlaying = false;
      this.tell("failed", String(/** @type {any} */ (error)?.message ?? error));
      return;
    }
    this.rest = 1;
    this.write("pace", "");
    this.tell("paused", answer);
  }

  pause() {
    this.isPlaying = false;
  }

  advance() {
    return kernel.ask("training_advance", JSON.stringify({ watch: this.watched }));
  }

  /** Draws the network more rarely when drawing takes too long, and says how it goes, twice a second. @param {any} clock @param {number} step @param {number} epoch */
  keepSmooth(clock, step, epoch) {
    clock.frames++;
    clock.step ??= step;
    clock.epoch ??= epoch;
    const seconds = (performance.now() - clock.since) / 1000;
    if (seconds < 0.5) return;
    this.rest = Math.max(1, Math.round(this.cost / SMOOTH));
    const rate = Math.round((epoch - clock.epoch) / seconds).toLocaleString(spoken());
    const pace = { rate, frames: Math.round(clock.frames / seconds), rest: this.rest };
    const all = () => say("{rate} epochs a second, {frames} frames a second", pace);
    const some = () => say("{rate} epochs a second, {frames} frames a second, the network in one of {rest} frames", pace);
    this.write("pace", this.rest > 1 ? some() : all());
    Object.assign(clock, { since: performance.now(), frames: 0, step, epoch });
  }

  // Looking and changing.

  listen() {
    const frame = this.part("network");
    const parameterOf = (/** @type {Event} */ event) => {
      const place = /** @type {Element} */ (event.target).closest("[data-parameter]");
      return place ? Number(place.getAttribute("data-parameter")) : null;
    };
    frame.addEventListener("pointerover", (event) => {
      const parameter = parameterOf(event);
      if (parameter !== null && parameter !== this.watched) this.watch(parameter);
    });
    frame.addEventListener("click", (event) => {
      const parameter = parameterOf(event);
      const neuron = /** @type {Element} */ (event.target).closest("[data-neuron]");
      if (parameter !== null) this.tell("edit", parameter);
      else if (neuron) this.tell("neuron", Number(neuron.getAttribute("data-index")));
    });
    let drag = /** @type {{ parameter: number, at: number, number: number } | null} */ (null);
    frame.addEventListener("pointerdown", (event) => {
      const parameter = parameterOf(event);
      if (parameter === null || event.button !== 0 || !this.has(parameter)) return;
      drag = { parameter, at: event.clientX - event.clientY, number: this.weight(parameter) };
    });
    frame.addEventListener("pointermove", (event) => {
      if (!drag || !this.has(drag.parameter)) return;
      const number = drag.number + Math.round((event.clientX - event.clientY - drag.at) / DRAG * 10) / 10;
      if (number === this.weight(drag.parameter)) return;
      frame.setPointerCapture(event.pointerId); // also when it leaves the frame; and it is no click
      this.tell("nudge", [drag.parameter, number - this.weight(drag.parameter)]);
    });
    for (const end of ["pointerup", "pointercancel"]) frame.addEventListener(end, () => (drag = null));
    frame.addEventListener("keydown", (event) => {
      const neuron = /** @type {Element} */ (event.target).closest("[data-neuron]");
      if (neuron && (event.key === "Enter" || event.key === " ")) {
        event.preventDefault();
        if (event.key === "Enter") this.tell("neuron", Number(neuron.getAttribute("data-index")));
        else this.tell("edit", Number(neuron.querySelector("[data-parameter]")?.getAttribute("data-parameter")));
      }
    });
  }

  /** Looks at a parameter: its numbers are told from now on. @param {number | null} parameter */
  async watch(parameter) {
    this.watched = parameter;
    if (this.isPlaying || parameter === null) return;
    const came = await kernel.ask("training_watch", JSON.stringify({ parameter })).catch(() => null);
    if (came && this.watched === parameter) this.write("watched", JSON.parse(came.answer).says);
  }

  /** @param {number} parameter */
  weight(parameter) {
    return this.arrays.weights?.[parameter] ?? NaN;
  }

  /** Tells whether a parameter has a number: the network may just become another one. @param {number} parameter */
  has(parameter) {
    return !Number.isNaN(this.weight(parameter));
  }

  /** Goes to where a parameter is. @param {number} parameter */
  focusParameter(parameter) {
    const place = this.part("network").querySelector(`[data-parameter="${parameter}"]`);
    const neuron = place?.closest("[data-neuron]") ?? this.neuronOf(place?.getAttribute("data-weight"));
    /** @type {HTMLElement | null | undefined} */ (neuron)?.focus();
  }

  /** What a neuron is called. @param {number} neuron */
  nameOf(neuron) {
    return this.part("network").querySelector(`[data-index="${neuron}"]`)?.getAttribute("aria-label") ?? "";
  }

  /** @param {string | null | undefined} weight "k-i-j" */
  neuronOf(weight) {
    return this.part("network").querySelector(`[data-neuron="${weight?.split("-").slice(0, 2).join("-")}"]`);
  }

  epoch() {
    return this.arrays.curve ? this.arrays.curve[this.arrays.curve.length / 5 - 1] : 0;
  }

  /** @param {boolean} isOn */
  setLog(isOn) {
    this.chart.setLog(isOn);
  }

  /** The parameters as JSON, for a Python that was started anew. */
  weights() {
    return JSON.stringify(this.arrays.weights ? [...this.arrays.weights] : []);
  }

  // Pictures to take away.

  savePlane() {
    saveCanvas(this.plane.toCanvas(), "plane.png");
  }

  saveNetwork() {
    saveText(this.network.toSvg(), "network.svg");
  }

  /** @param {"png" | "svg"} kind */
  async saveChart(kind) {
    if (kind === "png") saveCanvas(this.chart.toCanvas(), "losses.png");
    else saveText(await this.chart.toSvg(), "losses.svg");
  }

  // Runs to compare with.

  keepRun() {
    if (!this.arrays.curve) return 0;
    this.kept.push({ name: say("run {n}", { n: this.kept.length + 1 }), columns: /** @type {Float64Array} */ (this.arrays.curve).slice() });
    this.showChart();
    return this.kept.length;
  }

  forgetRuns() {
    this.kept = [];
    this.showChart();
  }

  /** @param {boolean} isOn */
  setAccuracy(isOn) {
    this.showsAccuracy = isOn;
    this.showChart();
  }
}

/** @returns {Promise<void>} in a tab that is hidden, only when it is seen again */
function nextFrame() {
  return new Promise((done) => requestAnimationFrame(() => done()));
}

/** @param {HTMLElement} element @param {(what: string, detail: string) => void} tell */
export function createTraining(element, tell) {
  return new TrainingStage(element, tell);
}
