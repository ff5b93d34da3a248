// The first figure, before any Python is there: it steps through a trace that came with the page, which
// the same engine has made. The page's Python takes the figure over as it stands, also in motion.

import { show as showInFrame } from "./embed/frame.js";
import { createPicture } from "./picture.js";
import { Stepping, part } from "./stepping.js";

/** @type {Stepping | undefined} */
let first = begin();
standInWhenNeeded();

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
  const trace = JSON.parse(document.getElementById("first-trace")?.textContent ?? "");
  const begun = new Stepping(figure, trace);
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
  const { pictures, timelines, trace, step, arrived, until, isUsed } = given;
  given.end();
  const { shape, steps, forward_steps } = trace;
  return { picture: pictures[0], timeline: timelines[0], shape, steps, forwardSteps: forward_steps, step, arrived, until, isUsed };
}

/** Where one of the two Pythons cannot run, other figures step like this one. */
function standInWhenNeeded() {
  const { dataset } = document.documentElement;
  const look = () => {
    const isLive = dataset.page === "ready" && (dataset.kernel === "ready" || dataset.kernel === "busy");
    const isFailed = dataset.page === "failed" || dataset.kernel === "failed";
    if (isLive || isFailed) observer.disconnect();
    if (isFailed) import("./standin.js").then(({ standIn }) => standIn(), () => {}); // no network: nothing can come
  };
  const observer = new MutationObserver(look);
  observer.observe(document.documentElement, { attributeFilter: ["data-page", "data-kernel"] });
  look();
}
