// The line that tells how the kernel is, and the button that starts it again.

import { restart } from "./kernel/kernel.js";
import { whatIsMissing } from "./kernel/missing.js";

const WORDS = {
  loading: "Python is starting …",
  ready: "Python is ready",
  busy: "Python is ready", // most calls take a few milliseconds: colour tells, words would flicker
};

/** Keeps the status line up to date from now on. */
export function showKernelStatus() {
  const text = /** @type {HTMLElement} */ (document.getElementById("status-text"));
  const button = /** @type {HTMLButtonElement} */ (document.getElementById("restart"));

  /** @param {keyof typeof WORDS | "failed"} state @param {string} sentence */
  const show = (state, sentence) => {
    const words = state === "failed" ? sentence : WORDS[state];
    if (text.textContent !== words) text.textContent = words; // a screen reader reads each change
    button.hidden = state !== "failed";
  };

  document.addEventListener("kernel", (event) => {
    const { state, sentence } = /** @type {CustomEvent} */ (event).detail;
    show(state, sentence);
  });
  addEventListener("unhandledrejection", async ({ reason }) => {
    if (document.documentElement.dataset.page === "ready") return;
    const missing = await whatIsMissing();
    show("failed", missing ?? `The page could not start (${reason?.message ?? reason}). Reload it to try again.`);
  });
  button.addEventListener("click", restart);
}
