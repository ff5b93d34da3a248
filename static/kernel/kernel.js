// The page's side of the wire: starts the kernel's worker, calls it, and tells how it is.
//
// States, also on <html data-kernel>: "loading", "ready", "busy" (a call is under way), "stopped" (Python
// had to be ended, and is starting anew), "failed"; with data-lacks, files could not be had that some calls
// need. Calls wait here and go to the worker one by one, so that those that have not begun outlive it.

import { createFlag } from "./flag.js";
import { launchOrJoin } from "./join.js";
import { needsFiles } from "./methods.js";
import { noted, say, tableAsText } from "../language.js";
import { whatIsMissing } from "../missing.js";

/** @typedef {Record<string, Float32Array | Float64Array>} Arrays */
/** JSON text, and what is too much for that. @typedef {{ answer: string, arrays: Arrays }} Answer */
/** @typedef {"loading" | "ready" | "busy" | "stopped" | "failed"} State */
/**
 * A call that runs a learner's code has `onPrint`. It can be stopped, and has no limit of time.
 * @typedef {{
 *   id: number, method: string, request: string, onPrint?: (text: string) => void,
 *   resolve: (answer: Answer) => void, reject: (reason: Error) => void,
 *   flag?: import("./flag.js").Flag, timers: ReturnType<typeof setTimeout>[],
 * }} Call
 */

/** So many milliseconds Python has to stop by itself, and to answer a call without `onPrint`. */
const PATIENCE = 1_000;
const TOO_LONG = 8_000; // in the worker, it is interrupted after 5 seconds
/** After so many milliseconds, a call that can be stopped tells so: with the event "kernel-long". */
const LONG = 10_000;

/** A call that was stopped before it began: it changed nothing. */
export class NotBegun extends Error {
  name = "NotBegun";
}

/** Python had to be ended, and is starting anew: all variables are gone. Its message is for the learner. */
export class StartedAnew extends Error {
  name = "StartedAnew";
}

/** @type {ReturnType<typeof launchOrJoin> | undefined} */
let worker;
let isReady = false;
let isHeard = false; // something came from the worker since it was started, or last asked
let isWhole = false; // all that a start needs has been loaded
let isBroken = false; // the network is gone, and the worker waits with what it has
/** Files that most calls need, and that come when Python is ready. @type {"coming" | "here" | "lacking"} */
let files = "coming";
let lacks = ""; // which a call needed and did not get, in a sentence: calls that need none go on
/** What the next worker begins with, where the browser keeps nothing. @type {import("./kept.js").Memory | undefined} */
let memory;
/** @type {Call | undefined} */
let running;
/** @type {Call[]} */
let waiting = [];
let lastId = 0;
/** The calls of figures that ended Python, which would ask them again. @type {Map<string, string>} */
const deadly = new Map();

/** Starts the kernel; on a kernel that runs, starts it again from nothing. */
export function restart() {
  rejectAll(say("Python was restarted before it could answer."));
  deadly.clear();
  begin("loading");
}

/** Goes on with a start where the network was gone or does not move, and else starts again. */
export function retry() {
  if (!worker || isReady || isWhole || !isHeard) return restart();
  isBroken = isHeard = false;
  worker.postMessage({ type: "retry" });
  tell("loading");
}

/** Tells once more that Python is ready, where it is: to those that came after it. */
export function tellAgain() {
  next();
}

/**
 * Calls a method of app/kernel/main.py. The promise always settles: it is rejected when the call
 * fails (with Python's traceback), or when the kernel ends before it has answered.
 * @param {string} method @param {string} request JSON text
 * @param {((text: string) => void) | null} [onPrint] gets what a learner's code prints, while it runs
 * @returns {Promise<string>} JSON text
 */
export async function call(method, request, onPrint) {
  return (await send(method, request, onPrint)).answer;
}

/** @param {string} method @param {string} request @param {((text: string) => void) | null} [onPrint] @returns {Promise<Answer>} */
function send(method, request, onPrint) {
  return new Promise((resolve, reject) => {
    const death = deadly.get(method + request);
    if (!worker) return reject(new Error(say("Python is not running.")));
    if (death) return reject(new StartedAnew(death));
    if (files === "lacking" && needsFiles(method)) supply();
    waiting.push({ id: ++lastId, method, request, onPrint: onPrint ?? undefined, resolve, reject, timers: [] });
    next();
  });
}

/** Tells a new Python the language of the page, before anything else is asked. */
function speak() {
  const table = tableAsText();
  if (!table) return;
  const ignore = () => {}; // without the table it answers in English
  const request = `{"table": ${table}}`;
  waiting.unshift({ id: ++lastId, method: "speak", request, resolve: ignore, reject: ignore, timers: [] });
}

/**
 * Calls a method, and keeps the pictures in its answer on this side: they can be large, and the page's
 * Python has no use for what is in them.
 * @param {string} method @param {string} request JSON text @param {((text: string) => void) | null} [onPrint]
 * @returns {Promise<{ answer: string, pictures: object }>} the answer is JSON text
 */
export async function ask(method, request, onPrint) {
  const came = await send(method, request, onPrint);
  const { pictures = {}, ...answer } = JSON.parse(came.answer);
  return { answer: JSON.stringify(answer), pictures: { ...pictures, arrays: came.arrays } };
}

/**
 * Stops the learner's code. It is interrupted, as by Ctrl+C, and answers that it was stopped; what does
 * not let itself be interrupted is ended together with its Python. Calls of figures go on.
 */
export function stop() {
  const isCell = (/** @type {Call} */ { onPrint }) => onPrint !== undefined;
  const withdrawn = waiting.filter(isCell);
  waiting = waiting.filter((call) => !isCell(call));
  for (const { reject } of withdrawn) reject(new NotBegun(say("Stopped before it began.")));
  if (!running?.flag) return;
  running.flag.raise();
  later(running, PATIENCE, () => startAnew(say(STOPPED)));
}

const STOPPED = noted("Stopped. Python had to be started anew for that, and the variables are gone: run the cells above again.");
const GONE = noted("Python was gone, and was started anew: run the cells above again.");
const HUNG = noted("This took too long, and Python had to be started anew: run the cells above again.");
const BEFORE = noted("Python had to be started anew before this could run: run the cells above again.");
const OTHER = noted("Python had to be started anew, because of another figure on this page: run the cells above again.");

/** Says how Python ended, in a sentence. @param {string} reason what the browser said */
function causeOfDeath(reason) {
  if (/call stack|recursion/i.test(reason)) {
    return say("This ended Python itself: probably a function that calls itself without end. Python was started anew; run the cells above again.");
  }
  if (/memory|allocat/i.test(reason)) {
    return say("This ended Python itself: it needed more memory than there is. Python was started anew; run the cells above again.");
  }
  return say("This ended Python itself. Python was started anew; run the cells above again.");
}

/** @param {State} state @param {string} [sentence] */
function begin(state, sentence) {
  worker?.terminate();
  isReady = isHeard = isWhole = isBroken = false;
  files = "coming";
  lacks = "";
  const started = launchOrJoin();
  worker = started;
  started.onmessage = ({ data }) => worker === started && receive(data);
  started.onerror = (event) => {
    event.preventDefault();
    if (worker !== started) return;
    if (isReady) startAnew(causeOfDeath(event.message ?? ""));
    else fail(event.message || say("the worker could not be loaded"));
  };
  started.postMessage({ type: "start", memory });
  tell(state, sentence);
}

/** Ends the worker, and the call under way, and starts another one. @param {string} sentence what happened */
function startAnew(sentence) {
  const ended = settled();
  const cells = waiting.filter(({ onPrint }) => onPrint);
  waiting = waiting.filter(({ onPrint }) => !onPrint);
  if (ended && !ended.onPrint) deadly.set(ended.method + ended.request, sentence);
  begin("stopped", sentence);
  ended?.reject(new StartedAnew(sentence));
  for (const { reject } of cells) reject(new StartedAnew(say(BEFORE)));
}

/** Sends the call that has waited longest, if the worker can take it. */
function next() {
  if (!isReady || running) return;
  running = waiting.find(({ method }) => files === "here" || !needsFiles(method));
  tell(waiting.length ? "busy" : "ready");
  if (!running) return;
  waiting.splice(waiting.indexOf(running), 1);
  const { id, method, request, onPrint } = running;
  if (onPrint) running.flag = createFlag();
  worker?.postMessage({ id, method, request, flag: running.flag?.sent });
  if (worker instanceof Worker) listenFor(running);
}

/** A worker takes a call at once. One that browser or system have ended tells nobody, and takes none. @param {Call} call */
function listenFor(call) {
  isHeard = false;
  const wait = (/** @type {number} */ milliseconds, /** @type {() => void} */ act) => later(call, milliseconds, () => isHeard || act());
  wait(TOO_LONG, () => wait(PATIENCE, revive)); // twice: after a sleep of the computer, the first one is due at once
}

/** Starts another worker; what was asked of the one that is gone, it never took. */
function revive() {
  const call = settled();
  if (call) waiting.unshift(call);
  startAnew(say(GONE));
}

/** Python has begun with a call: now its time counts. @param {Call} call */
function watch(call) {
  if (call.onPrint) later(call, LONG, () => document.dispatchEvent(new CustomEvent("kernel-long")));
  else later(call, TOO_LONG, () => startAnew(say(HUNG)));
}

/** @param {any} message */
function receive({ type, id, answer, arrays, error, lack: reason, message, text, memory: made, loaded, total }) {
  isHeard = true;
  if (type === "taken") return;
  if (type === "progress") isWhole = loaded === total;
  if (type === "progress") return void document.dispatchEvent(new CustomEvent("kernel-progress", { detail: { loaded, total } }));
  if (type === "broken") return breakOff();
  if (type === "failed") return fail(message);
  if (type === "memory") return void (memory = made);
  if (type === "restarted") return startAnew(say(OTHER));
  if (type === "died") return startAnew(causeOfDeath(message));
  if (type === "begun") return running && running.id === id ? watch(running) : undefined;
  if (type === "print") return running?.id === id && running?.onPrint?.(text);
  if (type === "supplied") return supplied();
  if (type === "lacks") return void lack(message);
  if (type === "ready") {
    isReady = true;
    speak();
    return next();
  }
  if (reason !== undefined) return void refuse(reason, [settled()]);
  const call = settled();
  next();
  if (error === undefined) call?.resolve({ answer, arrays });
  else call?.reject(new Error(error));
}

/** Asks for the files once more. */
function supply() {
  files = "coming";
  worker?.postMessage({ type: "supply" });
}

function supplied() {
  files = "here";
  lacks = "";
  next();
}

/** Calls that wait for files wait no longer. @param {string} reason */
function lack(reason) {
  files = "lacking";
  const refused = waiting.filter(({ method }) => needsFiles(method));
  waiting = waiting.filter((call) => !refused.includes(call));
  if (refused.length) return refuse(reason, refused);
}

/** Rejects calls that need files that could not be had. @param {string} reason @param {(Call | undefined)[]} refused */
async function refuse(reason, refused) {
  const asked = worker;
  const sentence = await explain(reason);
  if (worker === asked) lacks = sentence; // another one may have them
  next();
  for (const call of refused) call?.reject(new Error(sentence));
}

/** @param {Call} call @param {number} milliseconds @param {() => void} act unless it is settled by then */
function later(call, milliseconds, act) {
  call.timers.push(setTimeout(act, milliseconds));
}

/** Takes the call that is under way out of the way. */
function settled() {
  const call = running;
  running = undefined;
  call?.flag?.end();
  call?.timers.forEach(clearTimeout);
  return call;
}

/** The network is gone. Calls go on waiting, as they do for every start. */
function breakOff() {
  const sentence = say("The connection broke while Python was loading. Check the network, then start Python again: it goes on with what is here.");
  if (!isBroken) tell("failed", sentence);
  isBroken = true;
}

/** @param {string} reason what the browser or the interpreter said */
async function fail(reason) {
  worker?.terminate();
  worker = undefined;
  isReady = false;
  rejectAll(say("Python could not start: {reason}", { reason }));
  tell("failed", await explain(reason));
}

/** Says what failed and what to do, in a sentence. @param {string} reason */
async function explain(reason) {
  const missing = await whatIsMissing();
  if (missing) return missing;
  if (/memory|allocat/i.test(reason)) {
    return say("The browser has not enough memory left for Python. Close other tabs, then start Python again.");
  }
  if (/fetch|network|load failed/i.test(reason)) {
    return say("The connection broke while Python was loading. Check the network, then start Python again.");
  }
  const lastLine = reason.trim().split("\n").at(-1) ?? "";
  return say("Python could not start in this browser ({lastLine}). Reload the page, or try another browser.", { lastLine });
}

/** @param {string} reason */
function rejectAll(reason) {
  const calls = [settled(), ...waiting];
  waiting = [];
  for (const call of calls) call?.reject(new Error(reason));
}

/** @param {State} now @param {string} [sentence] what a stop or a failure means; a Python that is ready may lack files */
function tell(now, sentence = "") {
  const root = document.documentElement;
  root.toggleAttribute("data-lacks", lacks !== "");
  root.dataset.kernel = now;
  document.dispatchEvent(new CustomEvent("kernel", { detail: { state: now, sentence: sentence || lacks } }));
}
