// Puts a score, which is data, on an Anime.js timeline. It is never played, only sought.

import { createTimeline } from "./vendor/anime.js";

/**
 * A cue: what changes (a CSS selector in the figure), which property, from what to what, and when and
 * for how long, in milliseconds of its step.
 * @typedef {[target: string, property: string, from: number, to: number, at: number, duration: number]} Cue
 */

/**
 * Every step is a timeline of its own, and all of them stand on one: adding a cue to a timeline
 * takes time in proportion to those it has already.
 * @param {Element} figure
 * @param {string} score JSON: the cues of each step
 * @param {number} stepDuration milliseconds
 */
export function buildTimeline(figure, score, stepDuration) {
  const timeline = createTimeline({ autoplay: false });
  const steps = /** @type {Cue[][]} */ (JSON.parse(score));
  steps.forEach((cues, i) => {
    const step = createTimeline({ autoplay: false, defaults: { ease: "inOutQuad", composition: "none" } });
    for (const [target, property, from, to, at, duration] of cues) {
      step.add(figure.querySelectorAll(target), { [property]: { from, to }, duration }, at);
    }
    timeline.sync(step.init(), i * stepDuration);
  });
  return timeline.init(); // every target takes the state in which the timeline begins
}
