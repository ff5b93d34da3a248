// One figure in a frame on somebody else's page: what is shown of the page, what the parent is told, and
// what it may ask for. It knows no lesson: which elements those are, the page's Python says.
//
// Nothing that a parent can send runs any code: it may choose a theme and a step, pause, and resume.

import { say, spoken } from "../language.js";

/** @typedef {{ type: "ready" | "height" | "state" | "error" } & Record<string, unknown>} Told */
/** @typedef {"step" | "pause" | "resume"} Wish */

const SOURCE = "micrograd-explainer";
const THEMES = ["light", "dark", "auto"];

const root = document.documentElement;
const bar = document.createElement("div");
/** @type {((wish: Wish, step: number) => void)[]} */
const heard = [];
/** Wishes that came before anybody could fulfil them. @type {[Wish, number][]} */
let early = [];
let wasReady = false;
let lastHeight = 0;

/** Begins to be a frame, where the address says so. */
export function beginFrame() {
  if (!isEmbedded()) return;
  makeBar();
  addEventListener("message", hear);
  new MutationObserver(tellHow).observe(root, { attributeFilter: ["data-page", "data-kernel", "data-lacks"] });
  new MutationObserver(tellStep).observe(document.body, {
    subtree: true,
    attributeOldValue: true,
    attributeFilter: ["data-step", "data-steps", "data-right"],
  });
  new ResizeObserver(tellHeight).observe(document.body);
  // Also in a frame, this is about what can be seen on the screen.
  new IntersectionObserver(([entry]) => wish(entry.isIntersecting ? "resume" : "pause")).observe(document.body);
  tellHow();
}

export function isEmbedded() {
  return root.hasAttribute("data-embed");
}

/** Under this, what a reader changes here is kept apart from the article, and from other frames. */
export function shelf() {
  return isEmbedded() ? `embed${location.search}:` : "";
}

/** What stands in the address, as JSON: pairs of a name and a text. */
export function query() {
  return JSON.stringify([...new URLSearchParams(location.search)]);
}

/** Shows an element, of all that is on the page. @param {Element} element */
export function show(element) {
  for (let at = /** @type {Element | null} */ (element); at && at !== document.body; at = at.parentElement) {
    at.setAttribute("data-shown", "");
  }
  const section = element.closest("section")?.id;
  const link = bar.querySelector("a");
  if (section && link) link.hash = section;
}

/** Hides parts that this frame shall not have. @param {Element} place @param {string} selector @returns {boolean} were there any? */
export function hide(place, selector) {
  const parts = place.querySelectorAll(selector);
  for (const part of parts) part.setAttribute("data-off", "");
  return parts.length > 0;
}

/** Says what is wrong with what was asked for, here and to the parent. @param {string} sentence */
export function sayProblem(sentence) {
  const line = document.createElement("p");
  line.className = "embed-problem";
  line.setAttribute("role", "status");
  line.dataset.shown = "";
  line.textContent = sentence;
  bar.after(line);
  tell({ type: "error", sentence });
}

/** Shows code that has to be read first; a button lets it run. @param {HTMLElement} figure @param {string} sentence @param {() => void} run */
export function hold(figure, sentence, run) {
  const line = document.createElement("p");
  const button = document.createElement("button");
  line.className = "embed-held";
  button.type = "button";
  button.textContent = say("Run");
  button.addEventListener("click", () => {
    line.remove();
    figure.removeAttribute("data-held");
    run();
  });
  line.append(sentence, " ", button);
  figure.setAttribute("data-held", "");
  figure.append(line);
}

/** Calls back with what the parent wants, and whether the frame can be seen. @param {(wish: Wish, step: number) => void} callback */
export function onWish(callback) {
  heard.push(callback);
  for (const [name, step] of early.splice(0)) callback(name, step);
}

// Telling the parent.

/** @param {Told} what */
function tell(what) {
  if (parent !== window) parent.postMessage({ source: SOURCE, ...what }, "*"); // there is no secret in it
}

/** Tells when both Pythons are there, and when one of them can't, or lacks files. */
function tellHow() {
  const { page, kernel, lacks } = root.dataset;
  if (page === "failed" || kernel === "failed" || lacks !== undefined) {
    const sentence = document.getElementById("status-text")?.textContent ?? "";
    tell({ type: "error", sentence });
  } else if (!wasReady && page === "ready" && (kernel === "ready" || kernel === "busy")) {
    wasReady = true;
    tell({ type: "ready", section: root.dataset.embed });
    tellHeight();
  }
}

function tellHeight() {
  const height = Math.ceil(document.body.getBoundingClientRect().height);
  if (height !== lastHeight) tell({ type: "height", height });
  lastHeight = height;
}

/** @param {MutationRecord[]} records */
function tellStep(records) {
  const shown = records.filter(({ target }) => /** @type {Element} */ (target).closest("main > section > [data-shown]"));
  const steps = shown.filter(({ attributeName }) => attributeName !== "data-right");
  const last = steps.at(-1);
  if (last && shown.some(hasChanged)) tell({ type: "state", ...stateOf(last.target) });
  for (const [i, record] of shown.entries()) {
    if (record.attributeName !== "data-right") continue;
    const after = shown.slice(i + 1).find((next) => next.target === record.target && next.attributeName === "data-right");
    const element = /** @type {HTMLElement} */ (record.target);
    const right = after ? after.oldValue : element.dataset.right;
    const says = after ? "" : element.textContent;
    if (right) tell({ type: "state", ...stateOf(element), answer: { right: right === "yes", says } });
  }
}

/** @param {MutationRecord} record */
function hasChanged({ target, attributeName, oldValue }) {
  return /** @type {Element} */ (target).getAttribute(attributeName ?? "") !== oldValue;
}

/** @param {Node} place */
function stateOf(place) {
  const { step, steps } = /** @type {Element} */ (place).closest("[data-step]")?.getAttributeNames().length
    ? /** @type {HTMLElement} */ (/** @type {Element} */ (place).closest("[data-step]")).dataset
    : { step: "0", steps: "0" };
  return { step: Number(step), steps: Number(steps) };
}

// Hearing the parent.

/** @param {MessageEvent} event */
function hear({ source, data }) {
  if (source !== parent || parent === window) return;
  if (typeof data !== "object" || data === null || data.source !== SOURCE) return;
  const { type, theme, step } = data;
  if (type === "theme" && THEMES.includes(theme)) document.dispatchEvent(new CustomEvent("embed-theme", { detail: theme }));
  if (type === "step" && Number.isInteger(step) && step >= 0) wish("step", step);
  if (type === "pause" || type === "resume") wish(type);
}

/** @param {Wish} name @param {number} [step] */
function wish(name, step = 0) {
  for (const callback of heard) callback(name, step);
  if (!heard.length) early.push([name, step]);
}

/** The line that tells how Python is stands above the figure, while there is something to tell. */
function makeBar() {
  const link = document.createElement("a");
  const status = document.getElementById("status");
  bar.className = "embed-bar";
  bar.dataset.shown = "";
  link.href = location.pathname + (new URLSearchParams(location.search).has("lang") ? `?lang=${spoken()}` : "");
  link.textContent = say("Open the full page");
  if (origin !== "null") link.target = "_blank"; // a sandboxed frame may open no window
  link.rel = "noopener";
  if (status) bar.append(status);
  bar.append(link);
  document.body.prepend(bar);
}
