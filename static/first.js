// The first figure, before any Python is there: it steps through a trace that came with the page, which
// the same engine has made. The page's Python takes the figure over as it stands, also in motion.

import { show as showInFrame } from "./embed/frame.js";
import { createPicture } from "./picture.js";
import { lightLine } from "./source.js";
import { animate, createTimer } from "./vendor/anime.js";

/** @typedef {import("./picture.js").Drawing & { score: string }} Drawing */
/** What app/first.py has written. @typedef {{ shape: string, steps: number, forward_steps: number, drawing: Drawing }} Trace */

const STEP = 1000; // milliseconds, as in app/page/stage.py
const TYPED_INTO = "input, textarea, select, button, [contenteditable=true]";

/** The same as in app/page/transport.py. @type {Record<string, string>} */
const KEYS = { " ": "toggle", ArrowRight: "step_forward", ArrowLeft: "step_back", Home: "reset", End: "finish" };

class First {
  /** @param {HTMLElement} figure @param {Trace} trace */
  constructor(figure, trace) {
    this.figure = figure;
    this.trace = trace;
    this.picture = createPicture(part(figure, "graph"));
    this.picture.show(trace.drawing);
    this.step = this.arrived = trace.steps;
    this.until = 0; // the step to which it is playing
    this.isUsed = false;
    /** @type {{ pause: () => unknown } | undefined} */
    this.motion = undefined;
    /** @type {ReturnType<typeof this.picture.timeline> | undefined} */
    this.made = undefined;

    this.listening = new AbortController();
    const { signal } = this.listening;
    for (const button of this.buttons()) button.addEventListener("click", () => this.act(button.dataset.action ?? ""), { signal });
    figure.addEventListener("keydown", (event) => this.onKey(event), { signal });
    this.showLines();
  }

  /** Made with the first step: nothing of the drawing has to be touched before. */
  get timeline() {
    if (!this.made) {
      this.made = this.picture.timeline(STEP);
      this.made.seek(this.step * STEP);
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
    this.timeline.seek(this.step * STEP);
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
    this.until = until;
    this.glide(start + 1);
  }

  /** Moves to a step; whoever wants no motion sees it at once. @param {number} step */
  glide(step) {
    const onComplete = () => this.arrive();
    this.step = step;
    if (matchMedia("(prefers-reduced-motion: reduce)").matches) {
      this.timeline.seek(step * STEP);
      this.arrived = step;
      this.motion = createTimer({ duration: STEP, onComplete });
    } else {
      this.motion = animate(this.timeline, { currentTime: step * STEP, duration: STEP, ease: "linear", onComplete });
    }
    this.show();
  }

  arrive() {
    this.motion = undefined;
    this.arrived = this.step;
    if (this.step < this.until) return this.glide(this.step + 1);
    this.until = 0;
    this.show();
  }

  /** Ends what plays or moves, where it was going to. */
  rest() {
    this.until = 0;
    if (!this.motion) return;
    this.motion.pause();
    this.motion = undefined;
    this.timeline.seek(this.step * STEP);
    this.arrived = this.step;
  }

  show() {
    const { figure, step, picture } = this;
    figure.dataset.step = String(step);
    for (const button of this.buttons()) {
      const { action } = button.dataset;
      const isOff = (action === "step_back" && step === 0) || (action === "step_forward" && step === this.trace.steps);
      button.setAttribute("aria-disabled", String(isOff));
      if (action === "toggle") button.textContent = this.until ? "Pause" : "Play";
    }
    picture.showNumbers(this.arrived);
    part(figure, "narration").textContent = step ? picture.sentence(step) : "Nothing has been computed yet.";
    this.showLines();
  }

  showLines() {
    const { cell, engine } = this.picture.lines(this.step);
    lightLine(part(this.figure, "cell"), cell);
    lightLine(part(this.figure, "engine"), engine);
  }
}

/** @type {First | undefined} */
let first = begin();

// A slider and its number field are the same number, in every figure.
document.addEventListener("input", ({ target }) => {
  if (!(target instanceof HTMLInputElement) || !target.dataset.input || target.value === "") return;
  const figure = target.closest("[data-figure]");
  for (const twin of figure?.querySelectorAll(`[data-input="${target.dataset.input}"]`) ?? []) {
    if (twin !== target) /** @type {HTMLInputElement} */ (twin).value = target.value;
  }
});

function begin() {
  const figure = /** @type {HTMLElement} */ (document.querySelector("[data-first]"));
  const section = document.documentElement.dataset.embed;
  const query = new URLSearchParams(location.search);
  if (section !== undefined && (section !== "operations" || query.has("operation") || query.has("values"))) return clear(figure);
  const begun = new First(figure, JSON.parse(document.getElementById("first-trace")?.textContent ?? ""));
  if (section === undefined) return begun;
  if (/^\d{1,6}$/.test(query.get("step") ?? "")) begun.jump(Number(query.get("step")));
  if (!query.has("hide")) showInFrame(figure); // else the page's Python does, which knows what to hide
  return begun;
}

/** Takes the figure off, where another one is asked for. @param {HTMLElement} figure */
function clear(figure) {
  for (const name of ["graph", "narration", "cell", "engine", "formulas"]) part(figure, name).replaceChildren();
  figure.dataset.step = figure.dataset.steps = "0";
  figure.removeAttribute("data-first");
  return undefined;
}

/**
 * Gives the figure away, as it stands: to the page's Python. Without a shape, nothing was drawn.
 * @param {HTMLElement} frame
 */
export function handOver(frame) {
  const given = first;
  first = undefined;
  if (!given) return { picture: createPicture(frame), shape: "", isUsed: false };
  const { picture, timeline, step, arrived, until, isUsed } = given;
  given.listening.abort();
  given.motion?.pause();
  const { shape, steps, forward_steps } = given.trace;
  return { picture, timeline, shape, steps, forwardSteps: forward_steps, step, arrived, until, isUsed };
}

/** @param {HTMLElement} figure @param {string} name @returns {HTMLElement} */
function part(figure, name) {
  return /** @type {HTMLElement} */ (figure.querySelector(`[data-part="${name}"]`));
}
