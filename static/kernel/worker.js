// The kernel's side of the wire: CPython in a worker, with the engine and app/kernel in its file system.
//
// It posts {type: "ready"} or {type: "failed", message} once, then answers each {id, method, request, flag, client}
// with {type: "begun", id} and then {id, answer, arrays} or {id, error}, or at once with {id, lack}, a reason, where files
// that it needs could not be had. Requests and answers are JSON text;
// arrays are typed, by name, for what is too much to be text. What a call prints comes before, as
// {type: "print", id, text}. A call with a flag has all the time it wants, until the flag is raised.
// When Python ends itself, the last message is {type: "died", message}. The first message it gets is
// {type: "start", memory}, and where its memory can't be kept here, it posts {type: "memory", memory}: see kept.js.
// Before it is ready it posts {type: "progress", loaded, total}, in bytes, and {type: "broken"} when the network is
// gone: it goes on after {type: "retry"}, with what it has. When ready, it brings the files that most calls need, and
// posts {type: "supplied"}, or {type: "lacks", message}: then it tries again after {type: "supply"}.
// Whatever it is asked, it posts {type: "taken"} at once.

import { confine } from "./confine.js";
import { Downloads } from "./downloads.js";
import { isRaised } from "./flag.js";
import { keep } from "./kept.js";
import { machineOf } from "./machine.js";
import { needsFiles, needsLater } from "./methods.js";
import { startPython } from "./start.js";
import { supplyCells, supplyLater } from "./supply.js";

if (location.protocol !== "blob:") throw new Error("Only launch.js starts the kernel: else the page's policy would not hold.");
confine();

/** @typedef {(method: string, request: string, tell: (text: string) => void, client: string) => string} Handle */
/** @typedef {import("./kept.js").Memory} Memory */
/** @typedef {Record<string, Float32Array | Float64Array>} Arrays */
/** @typedef {{ pyodide: any, handle: Handle, prepare: (method: string, client: string) => void, arrays: () => Arrays }} Kernel */

const downloads = new Downloads({
  onProgress: (progress) => postMessage({ type: "progress", ...progress }),
  onBreak: () => postMessage({ type: "broken" }),
});

/** Returns the kernel's door. @param {Memory} [memory] what the page has kept of an earlier worker */
async function start(memory) {
  const { pyodide, left } = await startPython(downloads, memory);
  if (left) kernel.then(() => keep(left)).then((isKept) => isKept || postMessage({ type: "memory", memory: left }, { transfer: [left.bytes] }));
  pyodide.setInterruptBuffer(/** @type {any} */ (interrupt));
  const { handle, prepare, arrays } = pyodide.pyimport("app.kernel.main");
  pyodide.pyimport("app.kernel.machine").use_machine(machineOf(pyodide));
  protectStack(pyodide);
  noticeDeath(pyodide);
  return /** @type {Kernel} */ ({ pyodide, handle, prepare, arrays: () => copied(arrays()) });
}

/** Copies Python's arrays, which stay where they are. @param {any} list what main.py's `arrays` returns */
function copied(list) {
  /** @type {Arrays} */
  const arrays = {};
  for (const item of list) {
    const [name, type, numbers] = item;
    const buffer = numbers.getBuffer(type);
    arrays[name] = buffer.data.slice();
    for (const proxy of [buffer, numbers, item]) (proxy.release ?? proxy.destroy).call(proxy);
  }
  list.destroy();
  return arrays;
}

/** So many bytes of its own stack Python may use. A browser's is full when about 60,000 are used. */
const STACK = 48 * 1024;

/**
 * Lets calls that go through C without end (`__add__` that adds, `__repr__` that calls repr) raise a
 * RecursionError. Python counts the bytes of a stack of 10 MB in WebAssembly's memory. The browser
 * has one of its own for the same calls, 500 kB in Chromium's workers, and to fill that is fatal.
 * @param {any} pyodide there is no public way
 */
function protectStack({ _module: python }) {
  const bottom = python._emscripten_stack_get_base() - STACK;
  python._PyUnstable_ThreadState_SetStackProtection(python._PyThreadState_Get(), bottom, STACK);
}

/**
 * Tells the page when Python cannot go on. Pyodide would only write that to the console.
 * @param {any} pyodide there is no public way
 */
function noticeDeath({ _api: api }) {
  const fatal = api.fatal_error;
  api.fatal_error = (/** @type {any} */ error) => {
    console.error = console.warn = () => {}; // it all can be said in a sentence, and is
    api.on_fatal = () => postMessage({ type: "died", message: String(error?.message ?? error) });
    fatal(error);
  };
}

/** A call without a flag that takes longer than so many milliseconds is interrupted, as by Ctrl+C. */
const TOO_LONG = 5_000;
/** So many milliseconds lie between two looks at the flag, or two messages with what was printed. */
const OFTEN = 100;
const SOON = 50;
/** So many milliseconds later a raised flag interrupts again, if an `except` swallowed the first one. */
const AGAIN = 400;

/** The call that is under way: what was printed and not yet sent, and when what is due. */
const now = {
  id: 0,
  flag: /** @type {import("./flag.js").Sent | undefined} */ (undefined),
  printed: "",
  sentAt: 0,
  deadline: Infinity,
  nextLook: Infinity,
};

/** @param {string} text */
function tell(text) {
  now.printed += text;
  if (performance.now() - now.sentAt >= SOON) send();
}

function send() {
  if (now.printed) postMessage({ type: "print", id: now.id, text: now.printed });
  now.printed = "";
  now.sentAt = performance.now();
}

/** A cell that closes its own worker, in which nobody would answer any more, ends Python. */
self.close = () => postMessage({ type: "died", message: "closed" });

/** What Pyodide looks at now and then: 2 stands for an interrupt. */
const interrupt = {
  get 0() {
    const time = performance.now();
    if (time < now.nextLook && time < now.deadline) return 0;
    if (now.printed) send();
    const isDue = now.flag === undefined ? time >= now.deadline : isRaised(now.flag);
    now.deadline = Infinity; // it is given once
    now.nextLook = now.flag === undefined ? Infinity : performance.now() + (isDue ? AGAIN : OFTEN);
    return isDue ? 2 : 0;
  },
  set 0(_) {},
};

/** @param {{ id: number, flag?: import("./flag.js").Sent }} call */
function begin({ id, flag }) {
  const time = performance.now();
  Object.assign(now, { id, flag, printed: "", sentAt: -Infinity, deadline: Infinity, nextLook: Infinity });
  if (flag === undefined) now.deadline = time + TOO_LONG;
  else now.nextLook = time + OFTEN;
}

function end() {
  now.deadline = now.nextLook = Infinity;
  send();
}

/** @type {(memory?: Memory) => void} */
let begun;
/** @type {Promise<Kernel>} */
const kernel = new Promise((resolve) => (begun = (memory) => resolve(start(memory))));

Promise.race([kernel, downloads.failed]).then(
  () => {
    downloads.end();
    postMessage({ type: "ready" });
    supply();
  },
  (error) => postMessage({ type: "failed", message: messageOf(error) }),
);

/** Brings the files that calls need, in the order in which they do. */
async function supply() {
  const { pyodide } = await kernel;
  try {
    await supplyCells(pyodide);
    postMessage({ type: "supplied" });
  } catch (error) {
    postMessage({ type: "lacks", message: messageOf(error) });
  }
  supplyLater(pyodide).catch(() => {}); // who needs it asks again, and says why
}

/** @typedef {{ id: number, method: string, request: string, flag?: import("./flag.js").Sent, client?: string }} Call */

self.onmessage = async ({ data }) => {
  if (data.type === "start") return begun(data.memory);
  postMessage({ type: "taken" });
  if (data.type === "retry") return downloads.retry();
  if (data.type === "supply") return supply();
  const message = await answerTo(data).catch((error) => ({ id: data.id, error: messageOf(error), arrays: {} }));
  end();
  postMessage(message, { transfer: Object.values(message.arrays).map(({ buffer }) => /** @type {ArrayBuffer} */ (buffer)) });
};

/** @param {Call} call */
async function answerTo({ id, method, request, flag, client = "" }) {
  const { pyodide, handle, prepare, arrays } = await kernel;
  try {
    if (flag !== undefined || needsLater(method, request)) await supplyLater(pyodide);
    else if (needsFiles(method)) await supplyCells(pyodide);
  } catch (error) {
    return { id, lack: messageOf(error), arrays: {} };
  }
  prepare(method, client);
  postMessage({ type: "begun", id });
  begin({ id, flag });
  return { id, answer: handle(method, request, tell, client), arrays: arrays() };
}

/** @param {any} error */
function messageOf(error) {
  return String(error?.message ?? error);
}
