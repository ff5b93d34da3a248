// Puts a score, which is data, on an Anime.js timeline. It is never played, only sought.

import { createTimeline } from "./vendor/anime.js";

/**
 * A cue: what changes (a CSS selector in the figure), which property, from what to what, and when, in
 * milliseconds of its step.
 * @typedef {{ target: string, property: string, from: number, to: number, at: number, for: number }} Cue
 */

/**
 * @param {Element} figure
 * @param {string} score JSON: the cues of each step
 * @param {number} stepDuration milliseconds
 */
export function buildTimeline(figure, score, stepDuration) {
  const timeline = createTimeline({ autoplay: false, defaults: { ease: "inOutQuad" } });
  const steps = /** @type {Cue[][]} */ (JSON.parse(score));
  steps.forEach((cues, i) => {
    for (const { target, property, from, to, at, for: duration } of cues) {
      const change = { [property]: { from, to }, duration };
      timeline.add(figure.querySelectorAll(target), change, i * stepDuration + at);
    }
  });
  return timeline.init(); // every target takes the state in which the timeline begins
}
