// Makes the memory of a Python that has just imported the kernel: Pyodide starts in Node, once, so that no visitor's
// browser has to start Python and import anything. What is in it comes from our files, Pyodide and this file alone:
// meanwhile, time and chance stand still, and nothing of the machine can be seen.

import crypto from "node:crypto";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { packed } from "../kernel/memory.js";
import { importKernel } from "../kernel/supply.js";
import { filesOf } from "../tar.js";

const ENV = { HOME: "/home/pyodide", LANG: "C.UTF-8", PYTHONHASHSEED: "0" };

/** Forgets what it knows of files, which come later and change, and lets go of garbage. */
const TIDY = `
import gc, os, zipimport
del os.environ["PYTHONHASHSEED"]
zipimport._zip_directory_cache.clear()
sys.path_importer_cache.clear()
random.seed(0)
gc.collect()
del gc, os, zipimport
`;

/** @typedef {{ memory: Uint8Array<ArrayBuffer>, isFull: boolean }} Program */

/** @param {string} root of the site @param {Buffer} archive the kernel's Python @returns {Promise<{ memory: Buffer, size: number }>} size is that of the snapshot in it, in bytes */
export async function makeMemory(root, archive) {
  const folder = path.join(root, "static/vendor/pyodide") + path.sep;
  const { loadPyodide } = await import(pathToFileURL(`${folder}pyodide.mjs`).href);
  const program = { memory: new Uint8Array(), isFull: false };
  const goOn = [standStill(), watch(program)];
  try {
    const stdLibURL = `${folder}python_stdlib.zip`;
    const pyodide = await loadPyodide({ indexURL: folder, stdLibURL, env: { ...ENV }, _makeSnapshot: true, enableRunUntilComplete: false });
    importKernel(pyodide, filesOf(Uint8Array.from(archive).buffer));
    pyodide.runPython(TIDY);
    clearWhatIsFree(pyodide._module, program);
    const snapshot = pyodide.makeMemorySnapshot();
    return { memory: Buffer.from(packed(snapshot, program.memory)), size: snapshot.length };
  } finally {
    goOn.forEach((restore) => restore());
  }
}

/** Puts constants in the place of all that is another one each time. Returns what puts it back. */
function standStill() {
  const changed = [
    replaced(Date, "now", () => Date.UTC(2020)),
    replaced(performance, "now", () => 0),
    replaced(crypto, "randomFillSync", (/** @type {Uint8Array} */ view) => view.fill(0)),
    replaced(process, "argv", process.argv.slice(0, 1)),
    replaced(process.env, "TZ", "UTC"),
  ];
  return () => changed.forEach((restore) => restore());
}

/** @param {any} owner @param {string} name @param {unknown} value */
function replaced(owner, name, value) {
  const before = owner[name];
  owner[name] = value;
  return () => (before === undefined ? delete owner[name] : (owner[name] = before));
}

/** Notes the memory that Python's program begins with, and lets it not grow when it is full. @param {Program} program */
function watch(program) {
  const { instantiate } = WebAssembly;
  return replaced(WebAssembly, "instantiate", async (/** @type {BufferSource} */ code, /** @type {any} */ imports) => {
    const grow = imports.env?.emscripten_resize_heap;
    if (grow) imports.env.emscripten_resize_heap = (/** @type {number} */ size) => (program.isFull ? 0 : grow(size));
    const made = await instantiate(code, imports);
    const { memory } = made.instance?.exports ?? {};
    if (grow && memory instanceof WebAssembly.Memory) program.memory = new Uint8Array(memory.buffer.slice(0));
    return made;
  });
}

const LARGEST = 8 * 1024 * 1024; // bytes

/** Writes zeros where nothing is any more: they take no room. @param {any} python @param {Program} program */
function clearWhatIsFree(python, program) {
  const taken = [];
  program.isFull = true;
  for (let size = LARGEST; size >= 8; size /= 2) {
    for (let place = python._malloc(size); place; place = python._malloc(size)) {
      python.HEAPU8.fill(0, place, place + size);
      taken.push(place);
    }
  }
  taken.reverse().forEach(python._free);
  program.isFull = false;
}
