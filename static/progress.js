// How much of Python has come, in the line that tells how it is, and what can be done when nothing comes.

import { noted, say, withDecimalSign } from "./language.js";

const root = document.documentElement;

// A start that takes longer than so many milliseconds shows how much has come; what does not move for so long
// can be asked for again.
const SHORT = 400;
const STUCK = 10_000;
// And when all has come, and Python has not started for so long, it can be started again.
const SLOW = 30_000;

export const STARTING = noted("Python is starting …");

/** @typedef {import("./kernel/downloads.js").Progress} Progress */

/**
 * Shows how much has come: to the eye at once, and in words four times, because a screen reader reads each.
 * @param {HTMLElement} text @param {HTMLButtonElement} button
 */
export function showProgress(text, button) {
  const bar = /** @type {HTMLProgressElement} */ (document.getElementById("loaded"));
  const numbers = /** @type {HTMLElement} */ (document.getElementById("loaded-bytes"));
  /** @type {Progress | undefined} */
  let latest;
  let isShort = true;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let stuck;

  function show() {
    clearTimeout(stuck);
    const { kernel, page } = root.dataset;
    if (kernel === "failed" || page === "failed") return; // how much has come stays there while the network is gone
    const isLoading = kernel === "loading" && !isShort && latest !== undefined && latest.loaded !== latest.total;
    bar.hidden = numbers.hidden = !isLoading;
    if (kernel !== "loading" || isShort) return;
    if (isLoading || !latest) stuck = setTimeout(sayStuck, STUCK);
    if (!latest) return;
    button.hidden = true;
    showBytes(bar, numbers, latest);
    const words = isLoading ? wordsFor(latest) : say(STARTING);
    if (text.textContent !== words) text.textContent = words;
    if (!isLoading) stuck = setTimeout(saySlow, SLOW);
  }

  function saySlow() {
    text.textContent = say("Python takes long to start here. Wait, or start it again.");
    button.hidden = false;
  }

  function sayStuck() {
    text.textContent = say("Nothing has come for ten seconds: the network is slow, or gone. What is here is kept.");
    numbers.hidden = true;
    button.hidden = false;
  }

  document.addEventListener("kernel", show);
  document.addEventListener("kernel-progress", (event) => {
    latest = /** @type {CustomEvent<Progress>} */ (event).detail;
    show();
  });
  setTimeout(() => {
    isShort = false;
    show();
  }, SHORT);
}

/** @param {HTMLProgressElement} bar @param {HTMLElement} numbers @param {Progress} progress */
function showBytes(bar, numbers, { loaded, total }) {
  const parts = { loaded: megabytes(loaded), total: megabytes(total ?? 0) };
  numbers.textContent = total === null ? say("{loaded} MB", parts) : say("{loaded} of {total} MB", parts);
  if (total === null) bar.removeAttribute("value");
  else bar.value = loaded / total;
}

/** @param {Progress} progress */
function wordsFor({ loaded, total }) {
  const quarters = total === null ? 0 : Math.floor((4 * loaded) / total);
  return quarters ? say("Python is loading, {percent} %", { percent: 25 * quarters }) : say("Python is loading");
}

/** @param {number} bytes */
function megabytes(bytes) {
  return withDecimalSign((bytes / 1e6).toFixed(1));
}
