// The page's side of the wire: starts the kernel's worker, calls it, and tells how it is.
//
// States, also on <html data-kernel>: "loading", "ready", "busy" (a call is under way), "failed".

import { whatIsMissing } from "../missing.js";

/** @typedef {"loading" | "ready" | "busy" | "failed"} State */
/** @typedef {{ resolve: (answer: string) => void, reject: (reason: Error) => void }} Call */

/** @type {Worker | undefined} */
let worker;
/** @type {Map<number, Call>} */
const calls = new Map();
let lastId = 0;

/** Starts the kernel; on a kernel that runs, starts it again from nothing. */
export function restart() {
  worker?.terminate();
  rejectAll("Python was restarted before it could answer.");
  tell("loading");
  const started = new Worker(new URL("worker.js", import.meta.url), { type: "module" });
  worker = started;
  started.onmessage = ({ data }) => worker === started && receive(data);
  started.onerror = (event) => {
    event.preventDefault();
    if (worker === started) fail(event.message || "the worker could not be loaded");
  };
}

/**
 * Calls a method of app/kernel/main.py. The promise always settles: it is rejected when the call
 * fails (with Python's traceback), or when the kernel ends before it has answered.
 * @param {string} method @param {string} request JSON text @returns {Promise<string>} JSON text
 */
export function call(method, request) {
  return new Promise((resolve, reject) => {
    if (!worker) return reject(new Error("Python is not running."));
    calls.set(++lastId, { resolve, reject });
    worker.postMessage({ id: lastId, method, request });
    if (state() === "ready") tell("busy");
  });
}

/**
 * Calls a method, and keeps the pictures in its answer on this side: they can be large, and the page's
 * Python has no use for what is in them.
 * @param {string} method @param {string} request JSON text
 * @returns {Promise<{ answer: string, pictures: object }>} the answer is JSON text
 */
export async function ask(method, request) {
  const { pictures = {}, ...answer } = JSON.parse(await call(method, request));
  return { answer: JSON.stringify(answer), pictures };
}

/** @param {any} message */
function receive({ type, id, answer, error, message }) {
  if (type === "ready") return tell(calls.size ? "busy" : "ready");
  if (type === "failed") return fail(message);
  const pending = calls.get(id);
  calls.delete(id);
  if (!calls.size) tell("ready");
  if (error === undefined) pending?.resolve(answer);
  else pending?.reject(new Error(error));
}

/** @param {string} reason what the browser or the interpreter said */
async function fail(reason) {
  worker?.terminate();
  worker = undefined;
  rejectAll(`Python could not start: ${reason}`);
  tell("failed", await explain(reason));
}

/** Says what failed and what to do, in a sentence. @param {string} reason */
async function explain(reason) {
  const missing = await whatIsMissing();
  if (missing) return missing;
  if (/memory|allocat/i.test(reason)) {
    return "The browser has not enough memory left for Python. Close other tabs, then start Python again.";
  }
  if (/fetch|network|NetworkError/i.test(reason)) {
    return "The connection broke while Python was loading. Check the network, then start Python again.";
  }
  const lastLine = reason.trim().split("\n").at(-1);
  return `Python could not start in this browser (${lastLine}). Reload the page, or try another browser.`;
}

/** @param {string} reason */
function rejectAll(reason) {
  for (const { reject } of calls.values()) reject(new Error(reason));
  calls.clear();
}

function state() {
  return /** @type {State} */ (document.documentElement.dataset.kernel);
}

/** @param {State} now @param {string} [sentence] what a failure means */
function tell(now, sentence = "") {
  document.documentElement.dataset.kernel = now;
  document.dispatchEvent(new CustomEvent("kernel", { detail: { state: now, sentence } }));
}
