// A score, which is data, as something that can be sought: every step has its place in time.
//
// Only the step that is in motion is an Anime.js timeline. Those before it stand at their end, those
// after it at their beginning, so that a long score loads as fast as a short one moves.

import { createTimeline } from "./vendor/anime.js";

/**
 * A cue: what changes (a CSS selector in the figure), which property, from what to what, and when and
 * for how long, in milliseconds of its step.
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
    if (step !== this.current) this.motion = undefined;
    for (; this.current < step; this.current++) settle(this.steps[this.current], "to");
    for (; this.current > step; this.current--) settle(this.steps[this.current], "from");
    this.motion ??= moving(this.steps[step]);
    this.motion.seek(this.time - step * this.stepDuration);
  }
}

/** Plays a score once, from its beginning. @param {Element} figure @param {string} score @param {number} stepDuration */
export function playOnce(figure, score, stepDuration) {
  const timeline = createTimeline({ defaults: { ease: "inOutQuad" } });
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
      /** @type {any} */ (element).style[change.property] = change[end];
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
    timeline.add(elements, { [property]: { from, to }, duration }, start + at);
  }
}
