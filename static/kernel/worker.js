// The kernel's side of the wire: CPython in a worker, with the engine and app/kernel in its file system.
//
// It posts {type: "ready"} or {type: "failed", message} once, then answers each {id, method, request}
// with {id, answer} or {id, error}. Requests and answers are JSON text.

import { loadPyodide } from "../vendor/pyodide/pyodide.mjs";
import { KERNEL_FILES } from "./files.js";

const site = new URL("../../", import.meta.url);
const vendor = new URL("static/vendor/pyodide/", site);

/** @typedef {(method: string, request: string) => string} Handle */

/**
 * Pyodide waits forever for a WebAssembly file that does not come, or breaks off. This promise is
 * rejected then, and otherwise never settles.
 */
const wasmFailed = new Promise((_, reject) => {
  for (const name of /** @type {const} */ (["compileStreaming", "instantiateStreaming"])) {
    const original = /** @type {Function} */ (WebAssembly[name]);
    WebAssembly[name] = (/** @type {any[]} */ ...args) => {
      const result = original.apply(WebAssembly, args);
      result.catch(reject);
      return result;
    };
  }
});

/** Loads the interpreter and our Python side by side, and returns the kernel's door. */
async function start() {
  const [pyodide, sources] = await Promise.all([
    loadPyodide({
      indexURL: vendor.href,
      stdLibURL: new URL("python_stdlib.zip", vendor).href,
      enableRunUntilComplete: false, // needs JSPI, which not every browser has
      env: { HOME: "/home/pyodide" },
    }),
    Promise.all(KERNEL_FILES.map(async (path) => ({ path, text: await read(path) }))),
  ]);
  for (const { path, text } of sources) write(pyodide.FS, `/site/${path}`, text);
  pyodide.setInterruptBuffer(/** @type {any} */ (interrupt));
  pyodide.runPython("import sys; sys.path.insert(0, '/site')");
  return /** @type {Handle} */ (pyodide.pyimport("app.kernel.main").handle);
}

/** @param {string} path */
async function read(path) {
  const response = await fetch(new URL(path, site), { priority: "low" }); // after what the page itself waits for
  if (!response.ok) throw new Error(`${path}: ${response.status} ${response.statusText}`);
  return response.text();
}

/** @param {any} fs Emscripten's file system @param {string} path @param {string} text */
function write(fs, path, text) {
  fs.mkdirTree(path.slice(0, path.lastIndexOf("/")));
  fs.writeFile(path, text);
}

/** A call that takes longer than so many milliseconds is interrupted, as Ctrl+C would. */
const TOO_LONG = 5_000;
let deadline = Infinity;

/** What Pyodide looks at now and then: 2 stands for an interrupt. It is given once for each call. */
const interrupt = {
  get 0() {
    const isDue = performance.now() > deadline;
    if (isDue) deadline = Infinity;
    return isDue ? 2 : 0;
  },
  set 0(_) {},
};

const handle = start();

Promise.race([handle, wasmFailed]).then(
  () => postMessage({ type: "ready" }),
  (error) => postMessage({ type: "failed", message: String(error?.message ?? error) }),
);

self.onmessage = async ({ data: { id, method, request } }) => {
  try {
    const call = await handle;
    deadline = performance.now() + TOO_LONG;
    postMessage({ id, answer: call(method, request) });
  } catch (error) {
    postMessage({ id, error: String(/** @type {any} */ (error)?.message ?? error) });
  } finally {
    deadline = Infinity;
  }
};
