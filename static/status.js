// The line that tells how the two Pythons are, and the button that starts the kernel again.

import { retry } from "./kernel/kernel.js";
import { noted, say } from "./language.js";
import { whatIsMissing } from "./missing.js";
import { STARTING, showProgress } from "./progress.js";

const root = document.documentElement;

// After so many milliseconds without a page, look for what is missing; when nothing comes for so many, give up.
const UNUSUAL = 4_000;
const TOO_LONG = 30_000;
/** After so many, a kernel without a page is told as that. */
const LATE = 10_000;

/** @type {Record<string, string>} What a stop, a failure or a lack of files means comes with it, as a sentence. */
const WORDS = {
  loading: STARTING,
  ready: noted("Python is ready"),
  busy: noted("Python is ready"), // most calls take a few milliseconds: a colour may tell, words would flicker
};

/** Keeps the line up to date from now on. */
export function showStatus() {
  const text = /** @type {HTMLElement} */ (document.getElementById("status-text"));
  const button = /** @type {HTMLButtonElement} */ (document.getElementById("restart"));

  let kernel = { state: "loading", sentence: "" };
  let isLate = false;
  const isWaiting = () => ["ready", "busy"].includes(kernel.state) && root.dataset.page !== "ready";

  const show = () => {
    if (root.dataset.page === "failed") return; // without the page's Python, the kernel's is of no use
    const waiting = isLate ? say("Python is ready, but a part of this page has not come yet. Reload it to ask for that again.") : say(STARTING);
    const words = isWaiting() ? waiting : kernel.sentence || say(WORDS[kernel.state]);
    if (text.textContent !== words) text.textContent = words; // a screen reader reads each change
    button.hidden = kernel.state !== "failed" && !("lacks" in root.dataset);
  };
  document.addEventListener("kernel", (event) => {
    kernel = /** @type {CustomEvent<{ state: string, sentence: string }>} */ (event).detail;
    show();
  });
  setTimeout(() => {
    isLate = true;
    if (isWaiting()) show();
  }, LATE);
  const observer = new MutationObserver(() => {
    observer.disconnect();
    if (kernel.state !== "loading") show();
  });
  observer.observe(root, { attributeFilter: ["data-page"] });
  showProgress(text, button);
  button.addEventListener("click", retry);
  whenPageFails((sentence) => {
    root.dataset.page = "failed";
    text.textContent = sentence;
    button.hidden = true;
  });
}

/**
 * PyScript tells nobody when it cannot start, so every sign of it counts.
 * @param {(sentence: string) => void} tell
 */
function whenPageFails(tell) {
  /** @param {string} [sign] what happened; without one, only a missing file counts */
  const check = async (sign) => {
    if (root.dataset.page) return;
    const sentence = await whatIsMissing(sign);
    if (sentence && !root.dataset.page) tell(sentence);
  };
  addEventListener("unhandledrejection", ({ reason }) => check(reason?.message ?? String(reason)));
  addEventListener("error", ({ message }) => check(message));
  addEventListener("mpy:done", () => check(say("its program ended early")));
  setTimeout(check, UNUSUAL);
  let had = 0;
  const giveUp = setInterval(() => {
    const has = performance.getEntriesByType("resource").length;
    if (root.dataset.page) clearInterval(giveUp);
    else if (has === had) check(say("it took too long"));
    had = has; // what comes slowly still comes
  }, TOO_LONG);
}
