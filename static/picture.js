// The drawing of a trace in its frame: the SVG, the numbers that stand in it, and what is lit.
// It knows no lesson: all it gets is texts, and the places where they belong.

import { setMarkup } from "./markup.js";
import { Timeline, playOnce } from "./timeline.js";

/** @typedef {{ place: string, writes: { step: number, text: string, exact: string }[] }} Placed */
/** @typedef {{ cell: number | null, engine: number | null }} Lines */
/**
 * What the kernel's figure.py makes of a trace. The drawing and its score are there when they are new; without the drawing, it stands in the frame already;
 * sentences, running lines and nodes are one for each step.
 * @typedef {{ svg?: string, score?: string, numbers: Placed[],
 *   narration: string[], lines: Lines[], at: number[] }} Drawing
 */

export class Picture {
  /** @param {HTMLElement} frame */
  constructor(frame) {
    this.frame = frame;
    this.score = "[]";
    /** @type {Drawing} */
    this.drawing = { numbers: [], narration: [], lines: [], at: [] };
    /** @type {Map<string, Element>} */
    this.found = new Map();
    // A finger on a leaf drags its number, not the page: SVG knows no `touch-action` of its own.
    frame.addEventListener("touchstart", keepLeaf, { passive: false });
  }

  /** Draws the SVG, if there is a new one. @param {Drawing} drawing */
  show(drawing) {
    const { svg, score } = drawing;
    if (svg !== undefined) {
      setMarkup(this.frame, svg);
      this.found.clear();
    }
    this.score = score ?? this.score;
    this.drawing = drawing;
  }

  /** Shows each number as it is after so many steps; before its first write there is none. @param {number} step */
  showNumbers(step) {
    for (const { place, writes } of this.drawing.numbers) {
      const write = writes.findLast((write) => write.step <= step);
      this.write(place, write ?? { text: "", exact: "" });
    }
  }

  /** @param {string} place @param {{ text: string, exact: string }} number */
  write(place, { text, exact }) {
    const element = this.find(place);
    if (element.textContent !== text) {
      element.textContent = text;
      if (element.matches(".number")) /** @type {SVGElement} */ (element).style.setProperty("--letters", String(text.length || 1));
    }
    if (element.getAttribute("data-exact") !== exact) element.setAttribute("data-exact", exact);
  }

  /** @param {string} place a CSS selector */
  find(place) {
    const element = this.found.get(place) ?? /** @type {Element} */ (this.frame.querySelector(place));
    this.found.set(place, element);
    return element;
  }

  /** The sentence for a step, counted from 1; none before the first and after the last. @param {number} step */
  sentence(step) {
    return this.drawing.narration[step - 1] ?? "";
  }

  /** The line of the learner's cell and of the engine that run in a step. @param {number} step */
  lines(step) {
    return this.drawing.lines[step - 1] ?? { cell: null, engine: null };
  }

  /** Lets every node be reached with the Tab key. */
  makeFocusable() {
    for (const node of this.frame.querySelectorAll("[data-node]")) node.setAttribute("tabindex", "0");
  }

  /** Shows these places in full ink and dims the rest; with none, shows everything. @param {string} places JSON */
  light(places) {
    const svg = /** @type {Element} */ (this.frame.querySelector("svg"));
    for (const element of svg.querySelectorAll(".lit")) element.classList.remove("lit");
    const lit = /** @type {string[]} */ (JSON.parse(places));
    for (const place of lit) this.find(place).classList.add("lit");
    svg.classList.toggle("dimmed", lit.length > 0);
  }

  /** The node that a step is about; none before the first. @param {number} step */
  nodeOf(step) {
    const node = this.drawing.at[Math.min(step, this.drawing.at.length) - 1];
    return node === undefined ? null : this.find(`[data-node="${node}"]`);
  }

  /** Scrolls a graph that is larger than its frame to the node of a step; the page stays. @param {number} step */
  follow(step) {
    const frame = this.frame;
    const node = this.nodeOf(step);
    if (!node || (frame.scrollWidth <= frame.clientWidth && frame.scrollHeight <= frame.clientHeight)) return;
    const here = frame.getBoundingClientRect();
    const there = node.getBoundingClientRect();
    frame.scrollLeft += there.left + there.width / 2 - here.left - here.width / 2;
    frame.scrollTop += there.top + there.height / 2 - here.top - here.height / 2;
  }

  /** Returns the steps of the drawing as something that can be sought. @param {number} stepDuration */
  timeline(stepDuration) {
    return new Timeline(this.frame, this.score, stepDuration);
  }

  /** Plays another score on the drawing, once. @param {string} score @param {number} stepDuration */
  play(score, stepDuration) {
    return playOnce(this.frame, score, stepDuration);
  }
}

/** @param {TouchEvent} event */
function keepLeaf(event) {
  const isLeaf = /** @type {Element} */ (event.target).closest(".editable");
  if (isLeaf && event.touches.length === 1) event.preventDefault();
}

/** @param {HTMLElement} frame */
export function createPicture(frame) {
  return new Picture(frame);
}
