// Steps through a trace that was computed before the page was opened: what app/page/player.py does with a
// live one. All that it shows came with the trace.

import { say } from "./language.js";
import { createPicture } from "./picture.js";
import { setMarkup } from "./markup.js";
import { lightLine } from "./source.js";
import { animate, createTimer } from "./vendor/anime.js";

/** @typedef {import("./picture.js").Drawing} Drawing */
/**
 * What app/first.py and app/traces.py have written. `pictures` are by the part of the figure that each
 * stands in. `told` is what parts say at each step, from 0 on, as markup; `told_after` once its motion
 * has ended. `wrong` are places in the last picture, each with the step from which on it is marked.
 * @typedef {{ shape: string, steps: number, forward_steps: number, pictures: Record<string, Drawing>,
 *   told?: Record<string, string[]>, told_after?: Record<string, string[]>, wrong?: [string, number][] }} Trace
 */

const STEP = 1000; // milliseconds, as in app/page/stage.py
const TYPED_INTO = "input, textarea, select, button, [contenteditable=true]";

/** The same as in app/page/transport.py. @type {Record<string, string>} */
const KEYS = { " ": "toggle", ArrowRight: "step_forward", ArrowLeft: "step_back", Home: "reset", End: "finish" };

export class Stepping {
  /** It stands behind its last step. @param {HTMLElement} figure @param {Trace} trace */
  constructor(figure, trace) {
    this.figure = figure;
    this.trace = trace;
    this.pictures = Object.entries(trace.pictures).map(([name, drawing]) => pictureIn(figure, name, drawing));
    this.narrations = Object.keys(trace.pictures).map((name) => part(figure, name === "graph" ? "narration" : `${name}-narration`));
    this.ends = this.pictures.map(({ drawing }) => drawing.narration.length);
    this.step = this.arrived = trace.steps;
    this.until = 0; // the step to which it is playing
    this.isUsed = false;
    /** @type {{ pause: () => unknown }[]} */
    this.motions = [];
    /** @type {import("./timeline.js").Timeline[] | undefined} */
    this.made = undefined;

    this.listening = new AbortController();
    const { signal } = this.listening;
    for (const button of this.buttons()) button.addEventListener("click", () => this.act(button.dataset.action ?? ""), { signal });
    figure.addEventListener("keydown", (event) => this.onKey(event), { signal });
    this.scrubber = field(figure, "scrubber");
    this.scrubber?.addEventListener("input", () => this.jump(Number(this.scrubber?.value)), { signal });
    this.showLines();
  }

  /** Made with the first step: nothing of a drawing has to be touched before. */
  get timelines() {
    if (!this.made) {
      this.made = this.pictures.map((picture) => picture.timeline(STEP));
      this.seek(this.step);
    }
    return this.made;
  }

  buttons() {
    return /** @type {NodeListOf<HTMLElement>} */ (this.figure.querySelectorAll("[data-action]"));
  }

  /** @param {KeyboardEvent} event */
  onKey(event) {
    const { target, key, ctrlKey, metaKey, altKey } = event;
    if (!(key in KEYS) || ctrlKey || metaKey || altKey || /** @type {Element} */ (target).closest(TYPED_INTO)) return;
    event.preventDefault();
    this.act(KEYS[key]);
  }

  /** @param {string} action */
  act(action) {
    const { steps, forward_steps } = this.trace;
    this.isUsed = true;
    if (action === "reset") this.jump(0);
    if (action === "finish") this.jump(steps);
    if (action === "step_forward") this.stepTo(this.step + 1);
    if (action === "step_back") this.stepTo(this.step - 1);
    if (action === "play_forward") this.play(0, forward_steps);
    if (action === "play_backward") this.play(forward_steps, steps);
    if (action !== "toggle") return;
    if (!this.until) return this.play(this.step === steps ? 0 : this.step, steps);
    this.rest();
    this.show();
  }

  /** @param {number} step */
  jump(step) {
    this.rest();
    this.step = this.arrived = Math.max(0, Math.min(step, this.trace.steps));
    this.seek(this.step);
    this.show();
  }

  /** @param {number} step */
  stepTo(step) {
    this.rest();
    if (step >= 0 && step <= this.trace.steps) this.glide(step);
    else this.show();
  }

  /** @param {number} start @param {number} until */
  play(start, until) {
    this.jump(start);
    if (start === until) return;
    this.until = until;
    this.glide(start + 1);
  }

  /** Moves to a step; whoever wants no motion sees it at once. @param {number} step */
  glide(step) {
    const duration = STEP / Number(field(this.figure, "speed")?.value ?? 1);
    const arrived = { onComplete: () => this.arrive() };
    this.step = step;
    if (matchMedia("(prefers-reduced-motion: reduce)").matches) {
      this.seek(step);
      this.arrived = step;
      this.motions = [createTimer({ duration, ...arrived })];
    } else {
      this.motions = this.timelines.map((timeline, i) =>
        animate(timeline, { currentTime: this.time(step, i), duration, ease: "linear", ...(i === 0 ? arrived : {}) }),
      );
    }
    this.show();
  }

  arrive() {
    this.arrived = this.step;
    if (this.step < this.until) return this.glide(this.step + 1);
    this.rest();
    this.show();
  }

  /** Ends what plays or moves, where it was going to. */
  rest() {
    this.until = 0;
    if (!this.motions.length) return;
    for (const motion of this.motions.splice(0)) motion.pause();
    this.seek(this.step);
    this.arrived = this.step;
  }

  /** @param {number} step */
  seek(step) {
    for (const [i, timeline] of this.timelines.entries()) timeline.seek(this.time(step, i));
  }

  /** A picture with fewer steps than another one waits at its end. @param {number} step @param {number} i */
  time(step, i) {
    return Math.min(step, this.ends[i]) * STEP;
  }

  /** Listens and moves no longer; what is shown stays. */
  end() {
    this.listening.abort();
    for (const motion of this.motions.splice(0)) motion.pause();
  }

  // What is shown.

  show() {
    this.showButtons();
    for (const [i, picture] of this.pictures.entries()) {
      picture.showNumbers(this.arrived);
      picture.follow(this.step);
      setText(this.narrations[i], this.sentence(i));
    }
    this.showParts();
    this.showLines();
  }

  /** @param {number} i */
  sentence(i) {
    const isAlone = this.pictures.length === 1;
    return this.step || !isAlone ? this.pictures[i].sentence(this.step) : say("Nothing has been computed yet.");
  }

  showButtons() {
    const { figure, step, scrubber } = this;
    const { steps } = this.trace;
    figure.dataset.step = String(step);
    figure.dataset.steps = String(steps);
    for (const button of this.buttons()) {
      const { action } = button.dataset;
      const isOff = (action === "step_back" && step === 0) || (action === "step_forward" && step === steps);
      button.setAttribute("aria-disabled", String(isOff));
      if (action === "toggle") button.textContent = this.until ? say("Pause") : say("Play");
    }
    if (scrubber) [scrubber.max, scrubber.value] = [String(steps), String(step)];
  }

  showParts() {
    const { told = {}, told_after = {}, wrong = [] } = this.trace;
    const parts = [...Object.entries(told).map(([name, all]) => [name, all[this.step]]),
      ...Object.entries(told_after).map(([name, all]) => [name, all[this.arrived]])];
    for (const [name, markup] of parts) {
      const place = part(this.figure, name);
      if (place.innerHTML !== markup) setMarkup(place, markup);
      const without = field(this.figure, `no-${name}`);
      if (without) without.hidden = markup !== "";
    }
    const marked = this.pictures[this.pictures.length - 1];
    for (const [place, from] of wrong) marked.find(place).classList.toggle("wrong", this.arrived >= from);
  }

  showLines() {
    const { cell, engine } = this.pictures[0].lines(this.step);
    for (const [name, line] of /** @type {[string, number | null][]} */ ([["cell", cell], ["engine", engine]])) {
      const place = field(this.figure, name);
      if (place) lightLine(place, line);
    }
  }
}

/** @param {HTMLElement} figure @param {string} name @param {Drawing} drawing */
function pictureIn(figure, name, drawing) {
  const picture = createPicture(part(figure, name));
  picture.show(drawing);
  return picture;
}

/** A screen reader reads each change. @param {HTMLElement} place @param {string} text */
function setText(place, text) {
  if (place.textContent !== text) place.textContent = text;
}

/** @param {HTMLElement} figure @param {string} name @returns {HTMLElement} */
export function part(figure, name) {
  return /** @type {HTMLElement} */ (figure.querySelector(`[data-part="${name}"]`));
}

/** A part that not every figure has. @param {HTMLElement} figure @param {string} name */
function field(figure, name) {
  return /** @type {HTMLInputElement | null} */ (figure.querySelector(`[data-part="${name}"]`));
}
