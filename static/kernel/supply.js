// The files that Python is given: ours, and those of its library. Some it needs to start, some for cells, and some only
// training or a learner's code may import or read: those come when Python is ready.

import { BUILT } from "../built.js";
import { filesOf, writeFiles } from "../tar.js";
import { CELL_FILES, FIRST_FILES, LATER_FILES } from "./files.js";

/** @typedef {import("../tar.js").File} File */

export const site = new URL("../../", import.meta.url);
const PYODIDE = "static/vendor/pyodide";
export const LIBRARY = `${PYODIDE}/python_stdlib.zip`;
const LATER_LIBRARY = `${PYODIDE}/python_stdlib_later.zip`;
const FOLDER = "/site/"; // where Python has our files
const IMPORT = `import sys; sys.path.insert(0, "/site")
import app.kernel.main, app.kernel.machine, random`;

/** Gives a Python, also the one whose memory the build makes, what it starts with, and imports that. @param {any} pyodide @param {File[]} files */
export function importKernel(pyodide, files) {
  writeFiles(pyodide.FS, files, FOLDER);
  pyodide.runPython(IMPORT);
}

/** @type {Promise<File[]> | undefined} */
let first;
let isLackingAll = false;

/** Reads the Python that a start imports, once. */
export function readFirst() {
  first ??= read(FIRST_FILES, BUILT?.first).catch((error) => {
    first = undefined; // who needs it asks again
    throw error;
  });
  return first;
}

/** A Python has begun with the memory of another one: it has imported all, and has no files. */
export function lackAll() {
  isLackingAll = true;
}

/** Brings what cells need. */
export const supplyCells = once(async (pyodide) => {
  const [files, library, ours] = await Promise.all([
    read(CELL_FILES, BUILT?.cells),
    isLackingAll ? bytesOf(LIBRARY) : undefined,
    isLackingAll ? readFirst() : [],
  ]);
  writeFiles(pyodide.FS, [...ours, ...files], FOLDER);
  if (library) writeLibrary(pyodide, library);
  first = undefined; // it is not needed again
});

/** Brings what only training, or a learner's code, may import or read. */
export const supplyLater = once(async (pyodide) => {
  const [files, library] = await Promise.all([read(LATER_FILES, BUILT?.later), bytesOf(LATER_LIBRARY), supplyCells(pyodide)]);
  writeFiles(pyodide.FS, files, FOLDER);
  pyodide.FS.writeFile("/lib/python_later.zip", library);
  pyodide.runPython("import sys; sys.path.append('/lib/python_later.zip')");
});

/** Does it once; again, if it failed. @param {(pyodide: any) => Promise<void>} bring */
function once(bring) {
  /** @type {Promise<void> | undefined} */
  let done;
  return (/** @type {any} */ pyodide) => {
    done ??= bring(pyodide).catch((error) => {
      done = undefined;
      throw error;
    });
    return done;
  };
}

/** Puts the library in the place of the empty one. @param {any} pyodide @param {Uint8Array} library */
function writeLibrary(pyodide, library) {
  const name = pyodide.FS.readdir("/lib").find((/** @type {string} */ name) => name.endsWith(".zip"));
  pyodide.FS.writeFile(`/lib/${name}`, library);
  pyodide.runPython("import sys\nfor finder in filter(None, sys.path_importer_cache.values()): finder.invalidate_caches()");
}

/** @param {string[]} paths @param {string} [archive] the file that has them all, as text and compiled @returns {Promise<File[]>} */
async function read(paths, archive) {
  if (archive) return filesOf((await bytesOf(archive)).buffer);
  return Promise.all(paths.map(async (path) => ({ path, content: await (await get(path)).text() })));
}

/** @param {string} path */
async function bytesOf(path) {
  const bytes = new Uint8Array(await (await get(path)).arrayBuffer());
  if (BUILT && bytes.length !== BUILT.sizes[path]) throw new Error(`${path}: not all of it came`);
  return bytes;
}

/** @param {string} path from the site's root */
export async function get(path) {
  const response = await fetch(new URL(path, site), { priority: "low" }); // after what the page itself waits for
  if (!response.ok) throw new Error(`${path}: ${response.status} ${response.statusText}`);
  return response;
}
