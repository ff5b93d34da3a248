// A score, which is data, as something that can be sought: every step has its place in time.
//
// Only the step that is in motion is an Anime.js timeline. Those before it stand at their end, those
// after it at their beginning, so that a long score loads as fast as a short one moves.

import { createTimeline } from "./vendor/anime.js";

/**
 * A cue: what changes (a CSS selector in the figure), which property, from what to what, and when and
 * for how long, in milliseconds of its step. The property "light" is a light that runs along an edge,
 * from one end of it (0) to the other (1); it is there only while it runs.
 * @typedef {[target: string, property: string, from: number, to: number, at: number, duration: number]} Cue
 */

/**
 * @typedef {{ elements: Element[], property: string, from: number, to: number, at: number, duration: number }} Change
 */

export class Timeline {
  /**
   * @param {Element} figure
   * @param {string} score JSON: the cues of each step
   * @param {number} stepDuration milliseconds
   */
  constructor(figure, score, stepDuration) {
    this.figure = figure;
    this.steps = resolve(figure, score);
    this.stepDuration = stepDuration;
    this.time = 0;
    this.current = 0; // the step that is in motion, or stands at its beginning
    /** @type {ReturnType<typeof moving> | undefined} */
    this.motion = undefined;
    for (const step of [...this.steps].reverse()) settle(step, "from");
  }

  get currentTime() {
    return this.time;
  }

  set currentTime(time) {
    this.seek(time);
  }

  /** Shows the figure as it is at a time. @param {number} time milliseconds from the very beginning */
  seek(time) {
    const last = this.steps.length - 1;
    if (last < 0) return;
    this.time = Math.min(Math.max(time, 0), this.steps.length * this.stepDuration);
    const step = Math.min(Math.floor(this.time / this.stepDuration), last);
    if (step !== this.current) this.end();
    for (; this.current < step; this.current++) settle(this.steps[this.current], "to");
    for (; this.current > step; this.current--) settle(this.steps[this.current], "from");
    this.motion ??= moving(this.steps[step]);
    this.motion.seek(this.time - step * this.stepDuration);
    readOut(this.steps[step], this.time - step * this.stepDuration);
  }

  /** Forgets the step that is in motion, and takes its lights off. */
  end() {
    this.motion = undefined;
    for (const light of this.figure.querySelectorAll(".light")) light.remove();
  }
}

/** Plays a score once, from its beginning. @param {Element} figure @param {string} score @param {number} stepDuration */
export function playOnce(figure, score, stepDuration) {
  const lightsOff = () => figure.querySelectorAll(".light").forEach((light) => light.remove());
  const timeline = createTimeline({ defaults: { ease: "inOutQuad" }, onComplete: lightsOff });
  resolve(figure, score).forEach((step, i) => add(timeline, step, i * stepDuration));
  return timeline;
}

/** Finds the elements of every cue. @param {Element} figure @param {string} score @returns {Change[][]} */
function resolve(figure, score) {
  /** @type {Map<string, Element[]>} */
  const found = new Map();
  /** @param {string} target */
  const find = (target) => {
    const elements = found.get(target) ?? [...figure.querySelectorAll(target)];
    found.set(target, elements);
    return elements;
  };
  const steps = /** @type {Cue[][]} */ (JSON.parse(score));
  return steps.map((cues) =>
    cues.map(([target, property, from, to, at, duration]) => ({ elements: find(target), property, from, to, at, duration })),
  );
}

/** Puts a step to its beginning or its end at once. @param {Change[]} step @param {"from" | "to"} end */
function settle(step, end) {
  for (const change of end === "to" ? step : [...step].reverse()) {
    for (const element of change.elements) {
      if (change.property !== "light") /** @type {any} */ (element).style[change.property] = change[end];
    }
  }
  readOut(step, end === "to" ? Infinity : 0);
}

/** What cannot be seen is not read out either: a screen reader goes by the same steps. @param {Change[]} step @param {number} time in it */
function readOut(step, time) {
  for (const { elements, property, from, to, at } of step) {
    if (property !== "opacity") continue;
    const isHidden = (time > at ? to : from) === 0;
    for (const element of elements) {
      if (isHidden) element.setAttribute("aria-hidden", "true");
      else if (element.hasAttribute("aria-hidden")) element.removeAttribute("aria-hidden");
    }
  }
}

/** Makes a step that moves. @param {Change[]} step */
function moving(step) {
  const timeline = createTimeline({ autoplay: false, defaults: { ease: "inOutQuad", composition: "none" } });
  add(timeline, step, 0);
  return timeline.init();
}

/** @param {ReturnType<typeof createTimeline>} timeline @param {Change[]} step @param {number} start */
function add(timeline, step, start) {
  for (const { elements, property, from, to, at, duration } of step) {
    if (property === "light") elements.forEach((edge) => addLight(timeline, edge, from < to, start + at, duration));
    else timeline.add(elements, { [property]: { from, to }, duration }, start + at);
  }
}

const LENGTH = 22; // of a light, in hundredths of its edge; see figure.css
const FADE = 60; // milliseconds

/**
 * Lets a light run along an edge: a dash is shifted along a path whose length counts as 100.
 * @param {ReturnType<typeof createTimeline>} timeline @param {Element} edge
 * @param {boolean} isForward @param {number} at @param {number} duration
 */
function addLight(timeline, edge, isForward, at, duration) {
  const wire = /** @type {SVGPathElement} */ (edge.querySelector(".wire"));
  const light = /** @type {SVGPathElement} */ (wire.cloneNode());
  light.setAttribute("class", `light ${isForward ? "forward" : "backward"}`);
  light.setAttribute("pathLength", "100");
  light.removeAttribute("style");
  wire.after(light);
  const [from, to] = isForward ? [LENGTH, -100] : [-100, LENGTH];
  timeline.add(light, { strokeDashoffset: { from, to }, duration }, at);
  timeline.add(light, { opacity: { from: 0, to: 1 }, duration: FADE }, at);
  timeline.add(light, { opacity: { from: 1, to: 0 }, duration: FADE }, at + duration - FADE);
}
